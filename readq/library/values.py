"""What the library gives to its front ends, beside the values of `readq.model`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from readq.model.paper import ListKey, PaperId
from readq.model.record import Event
from readq.model.status import Status

UNLISTED = "unlisted"
"""The key of the branch with the papers that no list has any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one line of the tree or of the queue needs."""

    id: PaperId
    title: str
    year: int | None
    list_count: int
    """In how many lists it stands; 0 when none has it any more."""
    status: Status
    queued: bool
    has_note: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How an act went."""

    message: str
    """What to show: "Done: Born Again Neural Networks", "Nothing to undo"."""
    event: Event | None = None
    """What was written down; None when nothing changed."""
    papers: tuple[PaperId, ...] = ()
    """The papers that it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What listeners are told after an act, or when another process wrote."""

    papers: frozenset[PaperId] = frozenset()
    """Papers whose row or detail may look different."""
    queue: bool = False
    """The queue's members or order changed."""
    lists: bool = False
    """Lists came or went: branches, and the papers below them, are to be asked for anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInfo:
    """A list of the library."""

    key: ListKey
    source: str
    """The path or URL that it came from; `seed:NAME` for one that readq ships with."""
    title: str
    total: int
    """How many papers it has, each counted once."""
    diagnostics: int
    """How many remarks its reader made; `readq parse` prints them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A heading of the tree: a list (depth 0) or one of its sections."""

    key: str
    """The same in every run for as long as the heading stands."""
    list_key: ListKey
    path: tuple[str, ...]
    """The headings, outermost first; empty for the list itself."""
    title: str
    depth: int
    parent: str | None
    """The key of the branch above; None for a list."""
    total: int
    """Distinct papers at or below it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where opening a paper leads."""

    url: str
    kind: Literal["pdf", "page", "search"]
