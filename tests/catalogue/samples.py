"""Lists for tests, whose bytes are JSON: no reader of real lists is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readq.catalogue.listing_codec import dump_list, load_list
from readq.catalogue.load import Source
from readq.catalogue.merge import Merged, merge
from readq.model.listing import Diagnostic, Link, Listing, ReadingList
from readq.model.paper import ListKey, Paper, PaperId


def listing(title: str = "", *urls: str, line: int = 1, **fields: Any) -> Listing:
    """A listing with links labelled "paper" to `urls`."""
    links = fields.pop("links", tuple(Link("paper", url) for url in urls))
    return Listing(lines=(line, line), title=title, links=links, **fields)


def arxiv(id: str) -> str:
    """The page of an arXiv id."""
    return f"https://arxiv.org/abs/{id}"


def reading_list(*entries: Listing, title: str = "Some papers", complaints: int = 0) -> ReadingList:
    """A list of `entries` on which its reader had something to say."""
    diagnostics = tuple(Diagnostic((n + 1, n + 1), "odd", "odd") for n in range(complaints))
    return ReadingList(title=title, entries=entries, diagnostics=diagnostics)


def source(key: str, *entries: Listing, **fields: Any) -> Source:
    """A list of `entries` as bytes that `read` reads."""
    data = dump_list(reading_list(*entries, **fields)).encode()
    return Source(ListKey(key), f"/lists/{key}.md", "", data)


def read(data: bytes, *, source: str = "") -> ReadingList:
    """Reads what `source` makes."""
    return load_list(data)


@dataclass(frozen=True)
class Origin:
    """Where a list comes from."""

    key: ListKey
    source: str = "/lists/a.md"
    title_hint: str = ""


def merged(
    *lists: Sequence[Listing], fixed: Mapping[PaperId, Sequence[str]] | None = None
) -> Merged:
    """The papers of some lists of listings."""
    named = [
        (Origin(ListKey(f"list-{number}")), reading_list(*entries))
        for number, entries in enumerate(lists)
    ]
    return merge(named, fixed=fixed)


def partition(result: Merged) -> set[frozenset[tuple[str, int]]]:
    """Which listings are one paper: by list and line."""
    return {frozenset((p.list_key, p.lines[0]) for p in one.places) for one in result.papers}


def titles(papers: Iterable[Paper]) -> list[str]:
    """The titles of some papers."""
    return [paper.title for paper in papers]
