"""A paper as one line of plain text."""

from __future__ import annotations

from readq.formats.document import address, venue_and_year
from readq.model.paper import Paper
from readq.model.text import clean


def plain(paper: Paper, url: str = "") -> str:
    """`Authors. Title. Venue Year. URL`, with what is known of it."""
    authors = ", ".join(paper.authors)
    if paper.et_al:
        authors = f"{authors}, et al." if authors else ""
    parts = [clean(authors), clean(paper.title) or paper.id, clean(venue_and_year(paper))]
    sentences = [part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part]
    return " ".join(filter(None, (*sentences, url or address(paper))))
