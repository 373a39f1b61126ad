"""The benchmarks' own arithmetic."""

from __future__ import annotations

from benchmarks.measure import Result, alternate


def test_a_result_over_its_budget_does_not_hold() -> None:
    assert Result("x", 3.0, 1.0, 2.5).holds is False
    assert Result("x", 2.0, 1.0, 2.5).holds is True


def test_medians_of_turns_are_compared() -> None:
    subject = iter([9.0, 1.0, 2.0, 30.0])
    measure = iter([9.0, 1.0, 1.0, 1.0])
    result = alternate("x", lambda: next(subject), lambda: next(measure), budget=None, rounds=3)
    assert (result.seconds, result.measure) == (2.0, 1.0)
