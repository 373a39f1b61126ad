"""What a reading list says: values that the reader of lists gives out.

Fields hold what is *written* in the list. What follows from it (a year from an id inside a URL, a
venue's usual name) is derived later and kept apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from readq.model.link import Lines as Lines
from readq.model.link import Link as Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One appearance of a paper (or of a resource) in a reading list."""

    lines: Lines
    section: tuple[str, ...] = ()
    """The headings that it stands under, outermost first."""
    title: str = ""
    kind: Literal["paper", "resource"] = "paper"
    nickname: str | None = None
    """A short name that stands apart from the title ("FitNets")."""
    authors: tuple[str, ...] = ()
    et_al: bool = False
    venue: str | None = None
    year: int | None = None
    links: tuple[Link, ...] = ()
    empty_links: int = 0
    """How many links have no target."""
    arxiv_id: str | None = None
    """`YYMM.NNNNN` or the old style, without a version."""
    doi: str | None = None
    note: str = ""
    """Other free text of the entry."""
    flags: tuple[str, ...] = ()
    """Marks such as "[code]" that have no target."""


class Diagnostic(NamedTuple):
    """Something about a list that its reader should know."""

    lines: Lines
    reason: str
    """For a person: what is the matter."""
    code: str = ""
    """For a program: a short slug, the same for every occurrence of one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingList:
    """A whole list, read."""

    title: str
    """What the list calls itself; empty when it does not say."""
    entries: tuple[Listing, ...] = ()
    """In document order; a paper that is listed twice is there twice."""
    diagnostics: tuple[Diagnostic, ...] = ()
