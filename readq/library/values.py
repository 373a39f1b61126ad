"""What the library gives to its front ends, beside the values of `readq.model`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from readq.catalogue.branches import Branch as Branch
from readq.catalogue.catalogue import ListInfo as ListInfo
from readq.model.paper import PaperId
from readq.model.record import Event
from readq.model.status import Status

if TYPE_CHECKING:
    # Costs start-up time that only opening a paper needs.
    from readq.services.pdf_links import Target as Target

UNLISTED = "unlisted:"
"""The key of the branch with the papers that no list has any more."""


class Row(NamedTuple):
    """What one line of the tree or of the queue needs."""

    id: PaperId
    title: str
    year: int | None
    list_count: int
    """In how many lists it stands; 0 when none has it any more."""
    status: Status
    queued: bool
    has_note: bool


class Done(NamedTuple):
    """How an act went."""

    message: str
    """What to show: "Done: Born Again Neural Networks", "Nothing to undo"."""
    event: Event | None = None
    """What was written down; None when nothing changed."""
    papers: tuple[PaperId, ...] = ()
    """The papers that it changed."""


class Changed(NamedTuple):
    """What listeners are told after an act, or when another process wrote."""

    papers: frozenset[PaperId] = frozenset()
    """Papers whose row or detail may look different."""
    queue: bool = False
    """The queue's members or order changed."""
    lists: bool = False
    """Lists came or went: branches, and the papers below them, are to be asked for anew."""
