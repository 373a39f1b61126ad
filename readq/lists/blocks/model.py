"""What a document is made of, whatever its format: blocks of typed inline runs with their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple


class Style:
    """How a run is set: flags, plain numbers since they are read for every word of a list."""

    PLAIN = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    IMAGE = 8
    BREAK = 16
    """A line break that the author asked for; its text is empty."""
    QUOTE = 32
    """Inside a block quotation."""


class Run(NamedTuple):
    """A stretch of text of one style."""

    text: str
    line: int
    """The source line that it starts on, counted from 1. Newlines in `text` count on from it."""
    style: int = 0
    """`Style` flags, added up."""
    url: str | None = None
    """Where it links to, as written; an empty string for a link without a target."""
    link: int = -1
    """Runs of one link share this number."""


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ROW = "row"
    CODE = "code"
    RULE = "rule"


@dataclass(slots=True)
class Block:
    """One block: the unit that entries are made of."""

    kind: Kind
    first: int
    """Its first source line."""
    last: int
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    """Headings: 1 to 6, 7 for the summary of a fold. Others: how many list items hold it."""
    parent: int = -1
    """The index of the item that holds it, or -1."""
    group: int = -1
    """The list, table or fold that it belongs to; -1 for none."""
    cells: list[list[Run]] = field(default_factory=list)
    header: bool = False
    """A table's header row."""
    quoted: bool = False
    """Inside a block quotation."""
    ordered: bool = False
    data: dict[str, str] = field(default_factory=dict)
    """Fields that the format itself names (BibTeX)."""

    @property
    def text(self) -> str:
        """All of its words."""
        return "".join(run.text or (" " if run.style & Style.BREAK else "") for run in self.runs)


Format = Literal["markdown", "html", "rst", "org", "bibtex", "text"]


@dataclass(slots=True)
class Document:
    """A document, in blocks in source order."""

    blocks: list[Block]
    format: Format
    total: int
    """How many lines the source has."""
    title: str = ""
    """What the format itself says the title is (HTML's <title>, reST's document title)."""
    notes: list[tuple[int, int, str, str]] = field(default_factory=list)
    """First line, last line, code, reason: what could not be read on the way."""
    furniture: list[tuple[int, int]] = field(default_factory=list)
    """Lines that carry no content (front matter, directives, reference definitions)."""
