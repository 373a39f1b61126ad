"""Ratios inside one run: what is measured and its measure take turns, so both meet the same machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.terminal import ProgramInTerminal


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report."""

    name: str
    seconds: float
    measure: float
    budget: float | None
    """How many times the measure it may take; None when it is for information."""
    unit: str = "ms"
    """What a thousandth is called: "MB" where both are gigabytes, not seconds."""

    @property
    def ratio(self) -> float:
        return self.seconds / self.measure

    @property
    def holds(self) -> bool:
        return self.budget is None or self.ratio <= self.budget

    def __str__(self) -> str:
        verdict = (
            "" if self.budget is None else f"<= {self.budget:g} {'ok' if self.holds else 'OVER'}"
        )
        return (
            f"{self.name:<52} {1000 * self.seconds:9.1f} {self.unit} "
            f"{1000 * self.measure:9.1f} {self.unit} "
            f"{self.ratio:7.2f} x  {verdict}"
        )


def alternate(
    name: str,
    subject: Callable[[], float],
    measure: Callable[[], float],
    *,
    budget: float | None,
    rounds: int = 7,
) -> Result:
    """Medians of `rounds` turns of each; both give seconds. A first turn of each warms up."""
    subject(), measure()
    pairs = [(subject(), measure()) for _ in range(rounds)]
    return Result(
        name,
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        budget,
    )


def seconds_of(act: Callable[[], object]) -> float:
    """How long `act` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def with_bytecode(folder: Path) -> Mapping[str, str]:
    """The environment in which programs keep their bytecode in `folder`.

    An installed readq comes with its bytecode, as what it is measured against does; a checkout, or
    an environment that forbids bytecode, would measure the compiler.
    """
    return {"PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": ""}


def run(*arguments: str, env: Mapping[str, str] | None = None) -> float:
    """Seconds of a whole Python process."""
    return seconds_of(
        lambda: subprocess.run(
            [sys.executable, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(env or {})},
        )
    )


def painted(command: Sequence[str], shown: str, *, env: Mapping[str, str] | None = None) -> float:
    """Seconds from starting `command` in a terminal until `shown` (a pattern) is on its screen."""
    with ProgramInTerminal(command, columns=120, rows=40, env=env) as program:
        program.wait_for(shown)
        return time.perf_counter() - program.started
