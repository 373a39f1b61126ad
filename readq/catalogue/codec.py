"""Papers as JSON, compactly: what the catalogue's file holds."""

from __future__ import annotations

import json
from typing import Any

from readq.model.identifier import Identifier
from readq.model.link import Link
from readq.model.paper import Conflict, ListKey, Paper, PaperId, Place


def dump_paper(paper: Paper, list_numbers: dict[ListKey, int]) -> str:
    """`paper` without its id and conflicts, which are kept beside; lists become numbers."""
    return dump(
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
        title=sound_text(title),
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


def dump(value: Any) -> str:
    """JSON on one line, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sound_text(value: Any) -> str:
    """`value` if it is text; raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value
