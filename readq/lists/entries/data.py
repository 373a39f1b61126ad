"""Entries whose fields the format itself names: BibTeX."""

from __future__ import annotations

import re

from readq.lists.entries.records import Record
from readq.lists.fields import names
from readq.model import identifiers
from readq.model.listing import Link, Listing
from readq.model.text import clean

_VENUES = ("booktitle", "journal", "journaltitle", "school", "institution", "series")
_LINKS = ("url", "pdf", "link", "howpublished", "ee", "arxiv", "code", "website", "html")


def from_data(record: Record) -> Listing:
    """The listing that a BibTeX entry is."""
    data = record.data
    authors, et_al = _people(data.get("author") or data.get("editor") or "")
    arxiv = _arxiv(data)
    doi = identifiers.doi(data.get("doi", "")) if data.get("doi") else None
    year = re.search(r"(?:1[89]|20)\d\d", data.get("year", "") or data.get("date", ""))
    title = _unbraced(data.get("title", "").strip())
    if title.endswith(".") and not title.endswith("..."):
        title = title[:-1]
    return Listing(
        lines=(record.first, record.last),
        section=tuple(clean(text) for text in record.section if text),
        title=clean(title),
        authors=authors,
        et_al=et_al,
        venue=_venue(data),
        year=int(year[0]) if year else None,
        links=tuple(_links(data)),
        arxiv_id=arxiv,
        doi=doi,
        note=clean(data.get("note", "") if "http" not in data.get("note", "") else ""),
    )


def _unbraced(text: str) -> str:
    """`text` without the braces around all of it, that keep its capitals; those within stay."""
    while text.startswith("{") and text.endswith("}") and not text.endswith("\\}"):
        depth = 0
        for place, char in enumerate(text):
            if char in "{}" and text[place - 1 : place] != "\\":
                depth += 1 if char == "{" else -1
            if depth <= 0 and place < len(text) - 1:
                return text
        if depth:
            return text
        text = text[1:-1].strip()
    return text


def _people(text: str) -> tuple[tuple[str, ...], bool]:
    if not text:
        return (), False
    found = [part.strip() for part in re.split(r"\s+and\s+", text) if part.strip()]
    others = [name for name in found if name.lower() in ("others", "et al.", "et al")]
    if len(found) == 1 and text.count(",") > 1:
        listed, more = names.split(text)
        return tuple(map(clean, listed)), more
    return tuple(clean(name) for name in found if name not in others), bool(others)


def _venue(data: dict[str, str]) -> str | None:
    for name in _VENUES:
        text = data.get(name, "").strip()
        if text:
            if re.match(r"(?i)arxiv", text):
                return text[:5]
            bare = re.sub(r"[\s,]*\b(?:19|20)\d\d\b[\s,]*$", "", text)
            return clean(bare or text)
    prefix = data.get("archiveprefix") or data.get("eprinttype") or ""
    return clean(prefix) if prefix.lower() == "arxiv" else None


def _arxiv(data: dict[str, str]) -> str | None:
    fields = [
        data.get(name, "")
        for name in ("eprint", "arxivid", "arxiv", "url", "journal", "volume", "note")
    ]
    prefix = (data.get("archiveprefix") or data.get("eprinttype") or "arxiv").lower()
    for index, text in enumerate(fields):
        if text and (index or prefix == "arxiv"):
            found = identifiers.arxiv_id(text)
            if found and (index != 3 or "arxiv" in text):
                return found
    return None


def _links(data: dict[str, str]) -> list[Link]:
    out: list[Link] = []
    for name in _LINKS:
        for url in re.findall(r"https?://[^\s{}<>\"]+", data.get(name, "")):
            out.append(Link(name if name != "howpublished" else "url", url))
    doi = data.get("doi", "")
    if doi and re.match(r"https?://", doi):
        out.append(Link("doi", doi))
    return list(dict.fromkeys(out))
