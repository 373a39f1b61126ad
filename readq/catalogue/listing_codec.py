"""Listings as JSON, compactly: what the cache of lists that were read holds."""

from __future__ import annotations

import json
from typing import Any

from readq.catalogue.codec import dump, sound_text
from readq.model.link import Link
from readq.model.listing import Diagnostic, Listing, ReadingList


def dump_list(reading_list: ReadingList) -> str:
    """`reading_list` as JSON; `load_list` is its inverse."""
    return dump(
        {
            "title": reading_list.title,
            "entries": [_listing(one) for one in reading_list.entries],
            "diagnostics": [[*d.lines, d.reason, d.code] for d in reading_list.diagnostics],
        }
    )


def load_list(text: str | bytes) -> ReadingList:
    """A list out of what `dump_list` made. Raises ValueError, KeyError or TypeError on others."""
    data = json.loads(text)
    return ReadingList(
        title=sound_text(data["title"]),
        entries=tuple(_to_listing(one) for one in data["entries"]),
        diagnostics=tuple(
            Diagnostic((int(first), int(last)), sound_text(reason), sound_text(code))
            for first, last, reason, code in data["diagnostics"]
        ),
    )


def dump_listings(listings: tuple[Listing, ...]) -> str:
    """Some listings as JSON; `load_listings` is its inverse."""
    return dump([_listing(one) for one in listings])


def load_listings(text: str) -> tuple[Listing, ...]:
    """Listings out of what `dump_listings` made; raises as `load_list`."""
    return tuple(_to_listing(one) for one in json.loads(text))


def _listing(one: Listing) -> list[Any]:
    return [
        one.lines,
        one.section,
        one.title,
        one.kind,
        one.nickname,
        one.authors,
        one.et_al,
        one.venue,
        one.year,
        [[link.label, link.url] for link in one.links],
        one.empty_links,
        one.arxiv_id,
        one.doi,
        one.note,
        one.flags,
    ]


def _to_listing(data: list[Any]) -> Listing:
    lines, section, title, kind, nickname, authors, et_al, venue, year, links, *rest = data
    empty_links, arxiv_id, doi, note, flags = rest
    if kind not in {"paper", "resource"}:
        raise ValueError(kind)
    return Listing(
        lines=(int(lines[0]), int(lines[1])),
        section=tuple(section),
        title=sound_text(title),
        kind=kind,
        nickname=nickname,
        authors=tuple(authors),
        et_al=bool(et_al),
        venue=venue,
        year=year,
        links=tuple(Link(label, url) for label, url in links),
        empty_links=int(empty_links),
        arxiv_id=arxiv_id,
        doi=doi,
        note=sound_text(note),
        flags=tuple(flags),
    )
