"""What papers and listings both have: links, and lines of a source."""

from __future__ import annotations

from typing import NamedTuple

Lines = tuple[int, int]
"""First and last line of a source, counted from 1, both included."""


class Link(NamedTuple):
    """One link of a listing."""

    label: str
    """What the list calls it, lower case, without brackets: "pdf", "pytorch code"; may be empty."""
    url: str
    """The exact target as written, entities decoded."""
