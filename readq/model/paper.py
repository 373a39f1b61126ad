"""The work itself: one or many listings, merged."""

from __future__ import annotations

from typing import NamedTuple, NewType

from readq.model.identifier import Identifier
from readq.model.link import Lines, Link

PaperId = NewType("PaperId", str)
"""Short, readable, typeable: words of the title, `born-again-neural-networks`."""

ListKey = NewType("ListKey", str)
"""Names a list within a library; stable for as long as the list is subscribed."""


class Place(NamedTuple):
    """Where a paper is listed."""

    list_key: ListKey
    list_title: str
    source: str
    """The path or URL that the list came from."""
    section: tuple[str, ...]
    lines: Lines
    title: str
    """The title as this place writes it."""


class Conflict(NamedTuple):
    """Lists disagree about a paper in a way that merging did not settle."""

    kind: str
    """A slug: "shared-identifier" (one id under clearly different titles), "two-identifiers"."""
    message: str
    """For a person."""
    papers: tuple[PaperId, ...] = ()
    """The other papers that it concerns."""


class Paper(NamedTuple):
    """One paper with all that its lists say of it.

    Scalars come from the listing that says most; links are the union in list order.
    """

    id: PaperId
    title: str
    nickname: str | None = None
    authors: tuple[str, ...] = ()
    et_al: bool = False
    venue: str | None = None
    year: int | None = None
    year_derived_from: str | None = None
    """What `year` was concluded from ("arxiv:1503.02531") when no list says it; else None."""
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    places: tuple[Place, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    identities: tuple[str, ...] = ()
    """Every name that it can be found again by: `str(identifier)` and `title:<normalised title>`."""

    def identifier(self, scheme: str) -> str | None:
        """The first identifier of `scheme` ("arxiv", "doi", …), or None."""
        return next((one.value for one in self.identifiers if one.scheme == scheme), None)

    @property
    def list_count(self) -> int:
        """In how many lists it stands."""
        return len({place.list_key for place in self.places})
