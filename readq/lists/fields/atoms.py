"""Entries cut into atoms: the smallest stretches that belong to one field.

An atom ends where the style changes or a separator stands. What it is in itself (a year, an id, a
venue with its year, a link's label, names) is told from its shape alone; which field it fills is
for the list's convention to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What an atom is by its shape."""

    TEXT = "text"
    NAMES = "names"
    VENUE_YEAR = "venue-year"
    YEAR = "year"
    ARXIV = "arxiv"
    DOI = "doi"
    ET_AL = "et-al"
    URL = "url"
    LABEL = "label"
    FLAG = "flag"
    IMAGE = "image"


@dataclass(slots=True)
class Atom:
    """A stretch of an entry's text."""

    start: int
    end: int
    text: str
    what: What
    style: int
    part: str
    """Which block or cell of the entry it stands in: "0", "1", "c2" …"""
    sep: str
    """What stands before it: "" for nothing, "." "," "-" "|" "(" … or "\\r" for a line's end."""
    line: int
    last: int
    url: str | None = None
    link: int = -1
    wrap: str = ""
    """The bracket or quote that it stands in."""
    order: int = 0
    key: str = ""
    """The label that a key before it announces ("Authors: …")."""
    hint: str = ""
    """The label that its column's head suggests."""
    partial: bool = False
    """Only a part of its link's words: then it is not what the link is called."""
    repeats: int = 1
    """In how many entries of the list the same words stand."""
    dated: bool = False
    """A year follows, and title and names came before: where citations have their venue."""
    names: float = -4.0
    """How much it looks like names of persons."""
    scores: dict[str, float] | None = None
    """What its shape alone says of each label (kept by `conventions`)."""
    """How many atoms with words of their own came before it."""


@dataclass(slots=True)
class Linked:
    """A link of an entry: its words and its target."""

    text: str
    url: str
    line: int
    image: bool = False


@dataclass(slots=True)
class Cut:
    """An entry's text with its atoms and links."""

    text: str
    atoms: list[Atom]
    links: list[Linked]
    bare_urls: int = 0
