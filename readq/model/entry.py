"""A paper together with what the user did with it: what is shown, searched and exported."""

from __future__ import annotations

from typing import NamedTuple

from readq.model.paper import Paper, PaperId
from readq.model.record import Record


class Entry(NamedTuple):
    """Paper and record, joined."""

    paper: Paper
    record: Record
    queue: int | None = None
    """Its place in the queue, counted from 1."""
    listed: bool = True
    """Whether any list of the library still has it."""

    @property
    def id(self) -> PaperId:
        """The paper's id."""
        return self.paper.id
