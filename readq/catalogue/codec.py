"""Listings and papers as JSON, compactly: what the caches hold."""

from __future__ import annotations

import json
from typing import Any

from readq.model.identifiers import Identifier
from readq.model.listing import Diagnostic, Link, Listing, ReadingList
from readq.model.paper import Conflict, ListKey, Paper, PaperId, Place


def dump_list(reading_list: ReadingList) -> str:
    """`reading_list` as JSON; `load_list` is its inverse."""
    return _dump(
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
        title=_text(data["title"]),
        entries=tuple(_to_listing(one) for one in data["entries"]),
        diagnostics=tuple(
            Diagnostic((int(first), int(last)), _text(reason), _text(code))
            for first, last, reason, code in data["diagnostics"]
        ),
    )


def dump_listings(listings: tuple[Listing, ...]) -> str:
    """Some listings as JSON; `load_listings` is its inverse."""
    return _dump([_listing(one) for one in listings])


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
        title=_text(title),
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
        note=_text(note),
        flags=tuple(flags),
    )


def dump_paper(paper: Paper, list_numbers: dict[ListKey, int]) -> str:
    """`paper` without its id and conflicts, which are kept beside; lists become numbers."""
    return _dump(
        [
            paper.title,
            paper.nickname,
            paper.authors,
            paper.et_al,
            paper.venue,
            paper.year,
            paper.year_derived_from,
            [[one.scheme, one.value] for one in paper.identifiers],
            [[link.label, link.url] for link in paper.links],
            [
                [
                    list_numbers[p.list_key],
                    p.section,
                    *p.lines,
                    p.title if p.title != paper.title else 0,
                ]
                for p in paper.places
            ],
            paper.identities,
        ]
    )


def load_paper(
    text: str,
    *,
    id: PaperId,
    lists: list[tuple[ListKey, str, str]],
    conflicts: tuple[Conflict, ...],
) -> Paper:
    """The paper out of what `dump_paper` made. `lists`: key, title, source by number."""
    title, nickname, authors, et_al, venue, year, derived, *rest = json.loads(text)
    identifiers, links, places, identities = rest
    return Paper(
        id=id,
        title=_text(title),
        nickname=nickname,
        authors=tuple(authors),
        et_al=bool(et_al),
        venue=venue,
        year=year,
        year_derived_from=derived,
        identifiers=tuple(Identifier(scheme, value) for scheme, value in identifiers),
        links=tuple(Link(label, url) for label, url in links),
        places=tuple(
            Place(
                list_key=lists[number][0],
                list_title=lists[number][1],
                source=lists[number][2],
                section=tuple(section),
                lines=(int(first), int(last)),
                title=own or title,
            )
            for number, section, first, last, own in places
        ),
        conflicts=conflicts,
        identities=tuple(identities),
    )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
