from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.model.ordering import (
    DIGITS,
    LONGEST,
    is_rank,
    make_room,
    rank_between,
    ranks_between,
)
from readq.model.record import Rank

RANKS = st.builds(
    lambda body, last: Rank(body + last),
    st.text(DIGITS, max_size=8),
    st.sampled_from(DIGITS[1:]),
)


@given(RANKS, RANKS)
def test_there_is_room_between_any_two_ranks(one: Rank, other: Rank) -> None:
    if one == other:
        return
    low, high = sorted((one, other))
    between = rank_between(low, high)
    assert low < between < high
    assert is_rank(between)


@given(RANKS)
def test_there_is_room_at_both_ends(rank: Rank) -> None:
    above, below = rank_between(rank, None), rank_between(None, rank)
    assert below < rank < above
    assert is_rank(above)
    assert is_rank(below)


@given(st.none() | RANKS, st.none() | RANKS, st.integers(0, 200))
def test_many_ranks_rise_and_stay_between_their_ends(
    low: Rank | None, high: Rank | None, n: int
) -> None:
    if low is not None and high is not None and low >= high:
        low, high = None, high
    ranks = ranks_between(low, high, n)
    assert len(ranks) == n
    assert all(map(is_rank, ranks))
    everything = [*([low] if low else []), *ranks, *([high] if high else [])]
    assert everything == sorted(set(everything))


def test_going_on_at_an_end_hardly_lengthens_ranks() -> None:
    last: Rank | None = None
    first: Rank | None = None
    for _ in range(10_000):
        last, first = rank_between(last, None), rank_between(None, first)
    assert last is not None
    assert first is not None
    assert len(last) <= 5
    assert len(first) <= 5


def test_many_ranks_at_once_between_neighbours_are_short() -> None:
    low = rank_between(None, None)
    high = rank_between(low, None)
    assert max(map(len, ranks_between(low, high, 10_000))) <= 6


def test_moving_back_and_forth_does_not_lengthen_ranks() -> None:
    a, b, c = ranks_between(None, None, 3)
    for _ in range(1_000):
        b = rank_between(c, None)
        b = rank_between(a, c)
    assert len(b) <= 3


@pytest.mark.parametrize("text", ["", "a0", "a b", "é", "0", None, 3])
def test_what_is_no_rank_is_refused(text: object) -> None:
    assert not is_rank(text)
    if text is not None:
        with pytest.raises(ValueError, match="not a rank"):
            rank_between(text, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [("V", "V"), ("W", "V")])
def test_ends_in_the_wrong_order_are_refused(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no room"):
        rank_between(Rank(low), Rank(high))


@given(
    st.lists(RANKS, max_size=12).map(sorted),
    st.integers(0, 12),
    st.integers(1, 5),
)
def test_room_is_made_also_between_equal_ranks(ranks: list[Rank], place: int, n: int) -> None:
    place = min(place, len(ranks))
    fresh, moved = make_room(ranks, place, n)
    after = [moved.get(at, rank) for at, rank in enumerate(ranks)]
    around = [*after[max(place - 1, 0) : place], *fresh, *after[place : place + 1]]
    assert len(fresh) == n
    assert around == sorted(set(around))
    assert after == sorted(after)
    assert all(map(is_rank, [*fresh, *moved.values()]))


def test_room_is_made_without_moving_anything_where_there_is_room() -> None:
    ranks = ranks_between(None, None, 5)
    for place in range(6):
        assert make_room(ranks, place)[1] == {}


def test_always_going_between_the_same_neighbours_stays_bounded() -> None:
    ranks = ranks_between(None, None, 10)
    for _ in range(600):
        (fresh,), moved = make_room(ranks, 5)
        ranks = [moved.get(at, rank) for at, rank in enumerate(ranks)]
        ranks.insert(5, fresh)
        assert ranks == sorted(set(ranks))
    assert max(map(len, ranks)) <= LONGEST
