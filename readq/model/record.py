"""What the user did with a paper, and how one act is written down.

These shapes are what is kept on disk: fields are added with a new schema version only.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, NewType

from readq.model.link import Link
from readq.model.paper import ListKey, PaperId
from readq.model.status import Status

Stamp = NewType("Stamp", str)
"""When and where a field was set: `2026-11-21T09:30:00.123Z-0000-a1b2c3d4`.

A hybrid logical clock (Kulkarni et al. 2014): UTC milliseconds, a counter in hexadecimal, the
library's node. Stamps order as text, and a clock that jumps back does not reverse them.
"""

Rank = NewType("Rank", str)
"""A place in the queue; see `readq.model.ordering`."""


class Seen(NamedTuple):
    """What a paper looked like when it was last listed: shown when no list has it any more."""

    title: str
    authors: tuple[str, ...] = ()
    et_al: bool = False
    venue: str | None = None
    year: int | None = None
    links: tuple[Link, ...] = ()
    lists: tuple[ListKey, ...] = ()
    """The subscribed lists that ever had it. Empty for one marked in a list that was only viewed."""


class Record(NamedTuple):
    """The user's side of a paper. A paper without a record has every default below."""

    id: PaperId
    status: Status = Status.TO_READ
    rank: Rank | None = None
    """Its place in the queue; None when it is not queued."""
    tags: tuple[str, ...] = ()
    """Sorted."""
    rating: int | None = None
    """1 to 5."""
    note: str = ""
    """Markdown, exactly as written."""
    queued_at: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    """The last time each was done: RFC 3339, UTC, seconds."""
    times: Mapping[str, Stamp] = MappingProxyType({})
    """When each field above was last set."""
    seen: Seen | None = None
    identities: tuple[str, ...] = ()
    """Every identity that its paper was ever seen under (`Paper.identities`)."""
    aliases: tuple[PaperId, ...] = ()
    """Ids that it had before."""

    @property
    def queued(self) -> bool:
        """Whether the paper is in the queue."""
        return self.rank is not None


USER_FIELDS = (
    "status",
    "rank",
    "tags",
    "rating",
    "note",
    "queued_at",
    "started_at",
    "finished_at",
)
"""The fields of a record that acts set and undo takes back; the others are bookkeeping."""


class Subscription(NamedTuple):
    """A list that belongs to the library."""

    key: ListKey
    source: str
    """An absolute path, a URL, `seed:NAME` for one that readq ships with, or `hand:` for papers added singly."""
    title: str
    """What the list called itself when it was last read."""
    file: str
    """The kept copy's name in the folder of kept lists."""
    sha256: str
    """Of the kept copy."""
    position: Rank
    """Its place among the lists."""
    added_at: str
    fetched_at: str | None = None
    removed: bool = False
    """Unsubscribed; the record stays, so that it can come back."""


class Change(NamedTuple):
    """One field of one document, before and after; values are JSON."""

    table: str
    """"papers" or "lists"."""
    key: str
    """The document's id."""
    field: str
    before: Any
    after: Any
    """None stands for the field's default, on either side."""


class Event(NamedTuple):
    """One act of the user, however many papers it touched."""

    id: Stamp
    """When; also its place in the order of events."""
    act: str
    """A verb: done, start, todo, drop, queue, unqueue, move, note, tag, rate, add, remove, undo, redo."""
    changes: tuple[Change, ...]
    undoes: Stamp | None = None
    """For "undo": the event that it took back."""
    redoes: Stamp | None = None
    """For "redo": the event that it did again."""

    @property
    def papers(self) -> tuple[PaperId, ...]:
        """The papers that it touched, each once."""
        return tuple(dict.fromkeys(PaperId(c.key) for c in self.changes if c.table == "papers"))
