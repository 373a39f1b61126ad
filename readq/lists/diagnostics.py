"""What of a list was not read, and what in it looks wrong: every line is accounted for.

Codes: `prose` (text that lists nothing), `code` (a block of code), `not-understood`, `no-title`,
`empty-link` (no target), `unsafe-link` (a target that is not opened), `mangled-id`, `mojibake`,
`cut-off`, `too-deep`, `too-long`, `too-dense`, `format`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from readq.lists.blocks.model import Document, Kind
from readq.lists.entries.arxiv_ids import ARXIV_TEXT, repair_arxiv
from readq.lists.entries.build import UNSAFE
from readq.lists.entries.kinds import Verdict
from readq.lists.entries.records import Outline
from readq.lists.fields.atoms import Cut, What
from readq.model.listing import Diagnostic, Listing
from readq.model.text import clean

_MARKUP = re.compile(
    r"(?i:<title>.*)|</?[A-Za-z!][^<>]*>|<!--.*?-->|&\w+;|\[!?\[?[^\]]*\]:?\s*(?=$)"
)
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S+")
_OPEN = re.compile(r"(?:\[[^\[\]]*|\]\([^()]*|<[A-Za-z/][^<>]*)$")
"""Brackets, a target, a tag that nothing closes."""
_ANCHOR = re.compile(r"<a\s[^<>]*\bhref\b", re.IGNORECASE)
_MAX = 5000
"""Diagnostics of one list; what is beyond says nothing more."""


def diagnose(
    text: str,
    document: Document,
    outline: Outline,
    entries: Sequence[Listing],
    verdicts: Sequence[Verdict],
    cuts: Iterable[Cut],
    zeros_lost: bool,
) -> tuple[Diagnostic, ...]:
    """All that the reader of a list should know, in line order."""
    found: list[Diagnostic] = [
        Diagnostic((first, last), reason, code) for first, last, code, reason in document.notes
    ]
    covered = bytearray(document.total + 2)
    _cover(covered, document.furniture)
    _cover(
        covered,
        (
            (block.first, block.last)
            for index, block in enumerate(document.blocks)
            if index in outline.used
        ),
    )
    for entry, verdict in zip(entries, verdicts, strict=True):
        _cover(covered, [entry.lines])
        if verdict == "prose":
            found.append(Diagnostic(entry.lines, "text that lists no paper", "prose"))
        elif verdict == "nothing":
            found.append(Diagnostic(entry.lines, "not understood as a paper", "not-understood"))
        elif verdict == "paper":
            found.extend(_of_entry(entry))
    for block in document.blocks:
        if block.kind == Kind.CODE and not block.data:
            # Beside an entry it is the entry's: a citation to copy, most often.
            inside = any(covered[max(0, block.first - 2) : block.last + 1])
            _cover(covered, [(block.first, block.last)])
            if not inside:
                lines = (block.first, block.last)
                found.append(Diagnostic(lines, "a block of code", "code"))
    found.extend(_ids(cuts, zeros_lost))
    found.extend(_uncovered(text, covered, document))
    if (cut := _cut_off(text, entries, verdicts)) is not None:
        found.append(cut)
    found.sort(key=lambda one: (one.lines, one.code))
    return tuple(found[:_MAX])


def _cover(covered: bytearray, ranges: Iterable[tuple[int, int]]) -> None:
    for first, last in ranges:
        last = min(last, len(covered) - 1)
        if last >= first:
            covered[first : last + 1] = b"\x01" * (last + 1 - first)


def _of_entry(entry: Listing) -> Iterable[Diagnostic]:
    if not entry.title:
        yield Diagnostic(entry.lines, "an entry without a title", "no-title")
    if entry.empty_links:
        yield Diagnostic(entry.lines, "a link without a target", "empty-link")
    if "\ufffd" in entry.title:
        yield Diagnostic(entry.lines, "a title with characters that cannot be read", "mojibake")


def _ids(cuts: Iterable[Cut], zeros_lost: bool) -> Iterable[Diagnostic]:
    for cut in cuts:
        for link in cut.links:
            if UNSAFE.match(link.url):
                reason = "a link that is not opened: " + clean(link.url, limit=60)
                yield Diagnostic((link.line, link.line), reason, "unsafe-link")
        for atom in cut.atoms:
            if atom.what != What.ARXIV or not (match := ARXIV_TEXT.search(atom.text)):
                continue
            written = match["id"]
            repaired, _ = repair_arxiv(written, zeros_lost)
            if repaired is None:
                reason = f"arXiv:{written} is no arXiv id"
            elif repaired != written:
                reason = f"arXiv:{written} must be arXiv:{repaired}"
            else:
                continue
            yield Diagnostic((atom.line, max(atom.line, atom.last)), reason, "mangled-id")


def _uncovered(text: str, covered: bytearray, document: Document) -> Iterable[Diagnostic]:
    """Lines with words that no block, entry or known furniture has."""
    start = 0
    comment = False
    lines = text.split("\n")
    for number, line in enumerate([*lines, ""], 1):
        left = ""
        if number <= len(lines) and number < len(covered) and not covered[number]:
            if comment or "<!--" in line:
                comment = "-->" not in line[line.rfind("<!--") if "<!--" in line else 0 :]
            elif document.format == "html" or not _DEFINITION.match(line):
                left = _MARKUP.sub("", line[:2000]) if "<" in line or "[" in line else line[:2000]
        if any(char.isalnum() for char in left):
            start = start or number
        elif start:
            yield Diagnostic((start, number - 1), "not understood", "not-understood")
            start = 0


def _cut_off(
    text: str, entries: Sequence[Listing], verdicts: Sequence[Verdict]
) -> Diagnostic | None:
    """Whether the list ends in the middle of an entry."""
    lines = text.rstrip().split("\n")
    last = lines[-1][-5000:]
    number = len(lines)
    reason = "the list ends in the middle of an entry"
    if not text or text.endswith("\n"):
        # Whoever cut it may have ended the line: then only what is open for certain counts.
        above = lines[-2].strip()[-2:] if len(lines) > 1 else ""
        row = last.startswith("|") and above.endswith("|") and not last.endswith("|")
        if row or _OPEN.search(last) or len(_ANCHOR.findall(last)) > last.lower().count("</a"):
            return Diagnostic((number, number), reason, "cut-off")
        return None
    # A bracket, a quotation or a mark that opens here and closes nowhere.
    open_bracket = any(
        last.count(opening) > last.count(closing) for opening, closing in ("[]", "()", "<>")
    )
    torn = open_bracket or last.count("**") % 2 or last.count("`") % 2 or last.endswith("\ufffd")
    if torn or re.search(r"https?:/{0,2}$", last):
        return Diagnostic((number, number), reason, "cut-off")
    papers = [entry for entry, verdict in zip(entries, verdicts, strict=True) if verdict == "paper"]
    if len(papers) >= 4 and entries and entries[-1].lines[1] >= number:
        kin = [_fields(entry) for entry in papers[-20:-1]]
        usual = [sum(column) >= 0.8 * len(kin) for column in zip(*kin, strict=True)]
        missing = sum(has and not own for has, own in zip(usual, _fields(entries[-1]), strict=True))
        if missing >= 2 or (missing and missing == sum(usual)):
            return Diagnostic((number, number), reason, "cut-off")
    return None


def _fields(entry: Listing) -> tuple[bool, ...]:
    linked = bool(entry.links or entry.empty_links)
    return linked, bool(entry.authors), entry.venue is not None, entry.year is not None
