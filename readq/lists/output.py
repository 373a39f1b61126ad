"""A reading list as JSON."""

from __future__ import annotations

from typing import Any

from readq.model.listing import Listing, ReadingList


def to_json(reading_list: ReadingList, source: str) -> dict[str, Any]:
    """`reading_list` as values that `json` writes; `source` is the path or URL that it came from."""
    return {
        "title": reading_list.title,
        "source": source,
        "entries": [_entry(entry) for entry in reading_list.entries],
        "diagnostics": [
            {"lines": list(one.lines), "reason": one.reason, "code": one.code}
            for one in reading_list.diagnostics
        ],
    }


def _entry(entry: Listing) -> dict[str, Any]:
    return {
        "lines": list(entry.lines),
        "kind": entry.kind,
        "section": list(entry.section),
        "title": entry.title,
        "nickname": entry.nickname,
        "authors": list(entry.authors),
        "et_al": entry.et_al,
        "venue": entry.venue,
        "year": entry.year,
        "links": [{"label": link.label, "url": link.url} for link in entry.links],
        "empty_links": entry.empty_links,
        "arxiv_id": entry.arxiv_id,
        "doi": entry.doi,
        "note": entry.note,
        "flags": list(entry.flags),
    }
