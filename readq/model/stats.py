"""Counts of papers by status."""

from __future__ import annotations

from typing import NamedTuple


class Progress(NamedTuple):
    """How far one is with a set of papers, each counted once.

    Dropped papers are not part of `total`: a list is finished when all that is wanted is read.
    """

    total: int
    done: int = 0
    reading: int = 0
    dropped: int = 0

    @property
    def share(self) -> float:
        """Done of total, 0 to 1; 0 of nothing is 0."""
        return self.done / self.total if self.total else 0.0
