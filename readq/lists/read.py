"""The front door: bytes in, a reading list out."""

from __future__ import annotations

import re
from dataclasses import replace

from readq.lists.blocks import load
from readq.lists.conventions import Convention
from readq.lists.entries import kinds, records
from readq.lists.entries.build import build
from readq.lists.fields import atoms
from readq.model.listing import Diagnostic, Listing, ReadingList

VERSION = 1
"""Raised whenever what is read from the same bytes can change."""


def read(data: bytes, *, source: str = "") -> ReadingList:
    """Read a list of papers, whatever its format; `source` is only named in messages.

    Raises `ListError` for what is plainly no text; never for what the text says.
    """
    document = load.load(data, source)
    outline = records.outline(document)
    common = common_words(document)
    cuts = [atoms.cut(record.parts, common) for record in outline.records]
    convention = Convention()
    convention.fit(
        [(record.name, cut.atoms) for record, cut in zip(outline.records, cuts, strict=True)]
    )
    entries: list[Listing] = []
    diagnostics: list[Diagnostic] = []
    for record, cut in zip(outline.records, cuts, strict=True):
        states = convention.decode(record.name, cut.atoms)
        entries.append(build(record, cut, states))
    verdicts = kinds.judge(outline.records, entries)
    entries = [
        replace(entry, kind=verdict)
        for entry, verdict in zip(entries, verdicts, strict=True)
        if verdict in ("paper", "resource")
    ]
    return ReadingList(title=outline.title, entries=tuple(entries), diagnostics=tuple(diagnostics))


def common_words(document: object) -> frozenset[str]:
    """Words that the list writes in lower case: they are no names."""
    found: set[str] = set()
    for block in getattr(document, "blocks", ()):
        for run in block.runs or [run for cell in block.cells for run in cell]:
            found.update(re.findall(r"(?<![\w/.-])[a-z]{3,}(?![\w/@])", run.text))
    return frozenset(found)
