"""The front door: bytes in, a reading list out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from readq.lists.blocks import load
from readq.lists.blocks.model import Document, Style
from readq.lists.collecting import uncollected
from readq.lists.conventions import Convention
from readq.lists.diagnostics import diagnose
from readq.lists.entries import kinds, records
from readq.lists.entries.arxiv_ids import loses_zeros
from readq.lists.entries.build import build, merge
from readq.lists.fields import brackets
from readq.lists.fields.atoms import Cut
from readq.lists.fields.columns import hint
from readq.lists.fields.cutting import cut
from readq.model.listing import Diagnostic, Listing, ReadingList
from readq.model.text import clean, normal_title

VERSION = 5
"""Raised whenever what is read from the same bytes can change."""
_LOWER = re.compile(r"(?<![\w/.-])[a-z]{3,}(?![\w/@])")


@dataclass(slots=True)
class Analysis:
    """A list taken apart, with all that was concluded on the way."""

    outline: records.Outline
    records: list[records.Record]
    """The candidates that became entries, one for each."""
    entries: list[Listing]
    verdicts: list[kinds.Verdict]
    scores: list[float]
    convention: Convention
    diagnostics: tuple[Diagnostic, ...]


def read(data: bytes, *, source: str = "") -> ReadingList:
    """Read a list of papers, whatever its format; `source` is only named in messages.

    Raises `ListError` for what is plainly no text; never for what the text says.
    """
    with uncollected():
        found = analyse(data, source=source)
    return ReadingList(
        title=clean(found.outline.title),
        entries=tuple(
            entry if verdict == entry.kind else replace(entry, kind=verdict)
            for entry, verdict in zip(found.entries, found.verdicts, strict=True)
            if verdict in ("paper", "resource")
        ),
        diagnostics=found.diagnostics,
    )


def analyse(data: bytes, *, source: str = "") -> Analysis:
    """Read a list and keep what led there; raises as `read` does."""
    text, document = load.load(data, source)
    outline = records.outline(document)
    cuts = _cuts(document, outline)
    convention = Convention()
    convention.fit(
        [(record.name, pieces.atoms) for record, pieces in zip(outline.records, cuts, strict=True)]
    )
    zeros_lost = loses_zeros(cuts)
    kept: list[records.Record] = []
    entries: list[Listing] = []
    for record, pieces in zip(outline.records, cuts, strict=True):
        states = convention.decode(record.name, pieces.atoms)
        entry = build(record, pieces, states, zeros_lost=zeros_lost)
        if kept and _repeats(kept[-1], entries[-1], record, entry):
            entries[-1] = merge(entries[-1], entry)
        else:
            kept.append(record)
            entries.append(entry)
    verdicts, scores = kinds.judge(kept, entries)
    diagnostics = diagnose(text, document, outline, entries, verdicts, cuts, zeros_lost)
    return Analysis(outline, kept, entries, verdicts, scores, convention, diagnostics)


def _cuts(document: Document, outline: records.Outline) -> list[Cut]:
    common = common_words(document)
    lines = document.format != "html"
    habits = brackets.habits(
        (record.name, [run for _, runs in record.parts for run in runs])
        for record in outline.records
    )
    none: frozenset[str] = frozenset()
    cuts = [
        cut(record.parts, common, lines=lines, habit=habits.get(record.name, none))
        for record in outline.records
    ]
    for record, pieces in zip(outline.records, cuts, strict=True):
        if record.columns:
            hint(pieces, record.columns)
    return cuts


def _repeats(
    above: records.Record, before: Listing, record: records.Record, entry: Listing
) -> bool:
    """Whether two neighbours tell of one paper: its title stands in both.

    They are two paragraphs, or an entry and its citation in BibTeX.
    """
    if record.name == "data":
        return len(entry.title) > 3 and normal_title(before.title) == normal_title(entry.title)
    return (
        above.name == record.name == "p"
        and above.section == record.section
        and len(entry.title) > 12
        and normal_title(before.title) == normal_title(entry.title)
        and not (before.links and entry.links)
    )


def common_words(document: Document) -> frozenset[str]:
    """Words that the list writes in lower case, more than once: they are no names."""
    texts: list[str] = []
    for block in document.blocks:
        for run in block.runs or [run for cell in block.cells for run in cell]:
            if not run.style & Style.IMAGE:
                texts.append(run.text)
    found = Counter(_LOWER.findall("\n".join(texts)))
    return frozenset(word for word, count in found.items() if count > 1)
