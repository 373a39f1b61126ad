"""What is wrong in reading lists, with line numbers: for those who keep them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readq.catalogue.identity import identifiers, url_key
from readq.catalogue.load import Source
from readq.catalogue.merge import Merged, merge
from readq.errors import ListError
from readq.library.documents import file_source, read_list
from readq.model import identifiers as schemes
from readq.model.identifiers import Identifier
from readq.model.listing import Lines, Listing, ReadingList
from readq.model.paper import Conflict
from readq.model.text import clean

ACCOUNTED = frozenset({"prose", "code"})
"""What lists hold beside papers on purpose: known, and nothing wrong."""

_BESIDE = re.compile(
    r"\b(?:code|github\S*|gitlab|torch|pytorch|tensorflow|tf|keras|jax|caffe|theano|hugging ?face|models?"
    r"|project|home ?page|page|web ?site|site|demo|data|datasets?|video|talk|slides?|poster|blog|post"
    r"|bib\w*|notes?|date|review|supp\w*|appendix|url|colab|docs?)\b"
)
"""Labels of links that papers may well share."""
_TO_PAPER = re.compile(r"\b(?:paper|pdf|arxiv|abs|abstract)\b")
_CODE_HOST = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|gist\.github\.com|huggingface\.co)/",
    re.IGNORECASE,
)
_SUSPICIOUS = (
    (
        re.compile(r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|bilibili\.com)/"),
        "a video",
    ),
    (re.compile(r"\.(?:zip|rar|7z|tar|tgz|gz|bz2|xz)(?:$|[?#])", re.IGNORECASE), "an archive"),
    (
        re.compile(r"(?:supp(?:l|lement\w*|lementary)?|supplemental|appendix)\b[^/]*$", re.I),
        "a supplement",
    ),
    (re.compile(r"[-_](?:supp|supplemental|supplementary)\.pdf", re.IGNORECASE), "a supplement"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in one of the lists that were checked."""

    source: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    code: str
    """A slug: those of `readq.lists.diagnostics`, and `unreadable`, `no-link`, `repeated`,
    `shared-link`, `two-ids`, `suspicious-link`."""
    message: str
    """For a person."""
    spots: tuple[Spot, ...]
    """Where; the first is where to look, the others are what it disagrees with."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One list."""

    source: str
    title: str
    papers: int
    """How many of its entries are papers."""
    findings: tuple[Finding, ...]
    """In line order."""


@dataclass(frozen=True, slots=True)
class Report:
    """Several lists, and what is wrong between them."""

    lists: tuple[Checked, ...]
    between: tuple[Finding, ...]

    @property
    def found(self) -> int:
        """How many things are wrong."""
        return sum(len(one.findings) for one in self.lists) + len(self.between)


def check_files(paths: Sequence[Path], *, everything: bool = False) -> Report:
    """Look through list files; alters none, and needs no library.

    With `everything`, text and code that lists nothing is named too. A file that cannot be read is
    a finding, not an error.
    """
    sources: list[Source] = []
    read: list[ReadingList] = []
    broken: list[Checked] = []
    for path in dict.fromkeys(paths):
        try:
            source = file_source(path, [one.key for one in sources])
            reading_list = read_list(_bytes(source), source=source.source)
        except ListError as error:
            spot = Spot(str(path), (1, 1))
            broken.append(
                Checked(str(path), "", 0, (Finding("unreadable", error.message, (spot,)),))
            )
            continue
        sources.append(source)
        read.append(reading_list)
    found = [*_told(sources, read, everything), *_Compared(sources, read).findings()]
    return _report(sources, read, broken, found)


def report_json(report: Report) -> dict[str, Any]:
    """A report as JSON."""
    return {
        "lists": [
            {
                "source": one.source,
                "title": one.title,
                "papers": one.papers,
                "findings": [_finding_json(finding) for finding in one.findings],
            }
            for one in report.lists
        ],
        "between": [_finding_json(finding) for finding in report.between],
        "found": report.found,
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "message": finding.message,
        "source": finding.spots[0].source,
        "lines": list(finding.spots[0].lines),
        "also": [{"source": spot.source, "lines": list(spot.lines)} for spot in finding.spots[1:]],
    }


def _bytes(source: Source) -> bytes:
    assert isinstance(source.data, bytes)
    return source.data


def _report(
    sources: Sequence[Source],
    read: Sequence[ReadingList],
    broken: Sequence[Checked],
    found: Sequence[Finding],
) -> Report:
    own: dict[str, list[Finding]] = defaultdict(list)
    between = []
    for finding in dict.fromkeys(found):
        if len(names := {spot.source for spot in finding.spots}) == 1:
            own[names.pop()].append(finding)
        else:
            between.append(finding)
    lists = tuple(
        Checked(
            source=source.source,
            title=reading_list.title,
            papers=sum(entry.kind == "paper" for entry in reading_list.entries),
            findings=tuple(
                sorted(own[source.source], key=lambda one: (one.spots[0].lines, one.code))
            ),
        )
        for source, reading_list in zip(sources, read, strict=True)
    )
    return Report((*lists, *broken), tuple(between))


def _told(
    sources: Sequence[Source], read: Sequence[ReadingList], everything: bool
) -> Iterator[Finding]:
    """What each list's own entries and lines show."""
    for source, reading_list in zip(sources, read, strict=True):
        for one in reading_list.diagnostics:
            if everything or one.code not in ACCOUNTED:
                spot = Spot(source.source, one.lines)
                yield Finding(one.code, clean(one.reason), (spot,))
        papers = [entry for entry in reading_list.entries if entry.kind == "paper"]
        linked = any(entry.links for entry in papers)
        for entry in papers:
            spot = Spot(source.source, entry.lines)
            # A list without any link does without them; an empty link is told as such.
            if linked and not (entry.links or entry.empty_links or entry.arxiv_id or entry.doi):
                yield Finding("no-link", f"no link: {_short(entry.title)}", (spot,))
            for link in entry.links:
                if what := _suspicious(link.label, link.url):
                    message = f"the link “{link.label}” leads to {what}: {clean(link.url)}"
                    yield Finding("suspicious-link", message, (spot,))


def _suspicious(label: str, url: str) -> str:
    """What a link that says it leads to the paper leads to instead; empty when all is well."""
    if not _TO_PAPER.search(label) or _BESIDE.search(label):
        return ""
    if _CODE_HOST.match(url):
        shown = url.lower().partition("?")[0].partition("#")[0]
        return "" if shown.endswith(".pdf") or "/papers/" in shown else "a code repository"
    return next((what for pattern, what in _SUSPICIOUS if pattern.search(url)), "")


@dataclass(slots=True)
class _Entry:
    listing: Listing
    spot: Spot
    paper: int
    ids: tuple[Identifier, ...]


class _Compared:
    """The entries of all lists beside each other."""

    def __init__(self, sources: Sequence[Source], read: Sequence[ReadingList]) -> None:
        self._merged: Merged = merge(list(zip(sources, read, strict=True)))
        self._entries: list[_Entry] = []
        for source, reading_list, homes in zip(sources, read, self._merged.homes, strict=True):
            for listing, paper in zip(reading_list.entries, homes, strict=True):
                if paper is not None:
                    spot = Spot(source.source, listing.lines)
                    self._entries.append(_Entry(listing, spot, paper, identifiers(listing)))

    def findings(self) -> Iterator[Finding]:
        """What several entries show together."""
        by_paper: dict[int, list[_Entry]] = defaultdict(list)
        for entry in self._entries:
            by_paper[entry.paper].append(entry)
        for number, entries in by_paper.items():
            yield from _repeated(entries)
            for conflict in self._merged.papers[number].conflicts:
                if conflict.kind == "two-identifiers":
                    yield from _two_ids(entries, conflict)
        yield from self._shared()

    def _shared(self) -> Iterator[Finding]:
        """Links to the paper itself that stand under several titles."""
        holders: dict[str, dict[int, _Entry]] = defaultdict(dict)
        for entry in self._entries:
            for name in _names(entry):
                holders[name].setdefault(entry.paper, entry)
        for name, holding in holders.items():
            if len(holding) < 2:
                continue
            *others, last = holding.values()
            titles = ", ".join(_short(one.listing.title) for one in others[:3])
            message = f"{clean(name)} is given to “{_short(last.listing.title)}” and to “{titles}”"
            yield Finding("shared-link", message, (last.spot, *(one.spot for one in others)))


def _names(entry: _Entry) -> Iterator[str]:
    """What stands for the paper alone: its identifiers, and other addresses of the paper."""
    yield from map(str, entry.ids)
    for link in entry.listing.links:
        if schemes.of_url(link.url) or _BESIDE.search(link.label) or _CODE_HOST.match(link.url):
            continue
        if not any(pattern.search(link.url) for pattern, _ in _SUSPICIOUS):
            yield url_key(link.url)


def _repeated(entries: Sequence[_Entry]) -> Iterator[Finding]:
    first: dict[str, _Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.spot.source, entry)
        if before is not entry:
            message = f"the same paper as on {words_for(before.spot.lines)}: {_short(entry.listing.title)}"
            yield Finding("repeated", message, (entry.spot, before.spot))


def _two_ids(entries: Sequence[_Entry], conflict: Conflict) -> Iterator[Finding]:
    holders: dict[Identifier, _Entry] = {}
    for entry in entries:
        for one in entry.ids:
            if str(one) in conflict.message:
                holders.setdefault(one, entry)
    if len(holders) > 1:
        *others, last = holders.values()
        named = " and ".join(map(str, holders))
        message = f"one paper, several ids: {named}: {_short(last.listing.title)}"
        yield Finding("two-ids", message, (last.spot, *(entry.spot for entry in others)))


def words_for(lines: Lines) -> str:
    """ "line 12", "lines 12-14"."""
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _short(title: str, limit: int = 70) -> str:
    return clean(title, limit=limit)
