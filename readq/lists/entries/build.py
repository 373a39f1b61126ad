"""From an entry's labelled atoms to its fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from readq.lists.entries import arxiv_ids
from readq.lists.entries.data import from_data
from readq.lists.entries.records import Record
from readq.lists.entries.years import packed_year, year_in
from readq.lists.fields import names
from readq.lists.fields.atoms import Atom, Cut, Linked, What
from readq.lists.fields.vocabulary import AWARDS, MONTHS, VENUE_YEAR, YEAR, is_label
from readq.model import identifiers
from readq.model.identifiers import Identifier
from readq.model.listing import Link, Listing
from readq.model.text import clean

_SPACE = re.compile(r"\s+")
_PREFIX = re.compile(
    r"(?i)^(?:in\s*:|in\s+(?=[A-Z])|published\s+in\s+|accepted\s+(?:by|at|to)\s+|to\s+appear\s+(?:in|at)\s+)\s*"
)


def build(record: Record, cut: Cut, states: Sequence[str], *, zeros_lost: bool = True) -> Listing:
    """The listing that `record` is; `zeros_lost`: see `arxiv_ids.loses_zeros`."""
    if record.data:
        return from_data(record)
    labels = [state.upper() for state in states]
    if _only_names(cut, labels):
        labels = ["A" if label == "T" else label for label in labels]
    title, title_links = _title(cut, labels)
    authors, et_al = _authors(cut, labels)
    venue, year = _venue(cut, labels, bool(title))
    arxiv, year_of_id = arxiv_ids.in_text(cut, zeros_lost)
    links, empty = _links(cut, labels, title_links)
    named = [found for link in links if (found := identifier(link.url))]
    if arxiv is None:
        arxiv = next((one.value for one in named if one.scheme == "arxiv"), None)
    doi = next((one.value for one in named if one.scheme == "doi"), None)
    if doi is None:
        doi = next((identifiers.doi(a.text) for a in cut.atoms if a.what == What.DOI), None)
    packed = packed_year(cut, labels, arxiv)
    if packed is not None:
        year = packed
    if year is None:
        year = year_of_id
    nickname = next(
        (clean(a.text) for a, label in zip(cut.atoms, labels, strict=True) if label == "K"), None
    )
    labels = [
        "F" if label in "NFL" and _is_flag(atom) else label
        for atom, label in zip(cut.atoms, labels, strict=True)
    ]
    flags = tuple(
        dict.fromkeys(
            clean(a.text).lower()
            for a, label in zip(cut.atoms, labels, strict=True)
            if label == "F"
        )
    )
    note = clean(" ".join(_notes(cut, labels)))
    venue, year = _from_section(record.section, venue, year)
    return Listing(
        lines=(record.first, max(record.last, record.first)),
        section=_plain_section(record.section),
        title=title,
        nickname=nickname,
        authors=authors,
        et_al=et_al,
        venue=venue,
        year=year,
        links=tuple(links),
        empty_links=empty,
        arxiv_id=arxiv,
        doi=doi,
        note=note,
        flags=flags,
    )


@lru_cache(maxsize=4096)
def identifier(url: str) -> Identifier | None:
    """The paper that `url` names, as `identifiers.of_url` says; asked for again and again."""
    return identifiers.of_url(url)


def _only_names(cut: Cut, labels: list[str]) -> bool:
    """Whether what stands for a title can only be names: the entry was left without one."""
    chosen = [atom for atom, label in zip(cut.atoms, labels, strict=True) if label == "T"]
    return (
        bool(chosen)
        and "A" not in labels
        and all(atom.what in (What.NAMES, What.ET_AL) for atom in chosen)
        and len(chosen[0].text) < 300
        and ("V" in labels or "Y" in labels)
        and chosen[0].text.count(",") >= 1
        and names.has_initials(chosen[0].text)
        and names.quality(chosen[0].text) > 1.5
    )


def _title(cut: Cut, labels: list[str]) -> tuple[str, set[int]]:
    chosen = [atom for atom, label in zip(cut.atoms, labels, strict=True) if label == "T"]
    if not chosen:
        return "", set()
    start, end = chosen[0].start, chosen[-1].end
    text = cut.text[start:end]
    for opening, closing in ("()", "[]"):
        # A bracket that opened inside closes inside.
        if cut.text[end : end + 1] == closing and text.count(opening) > text.count(closing):
            text += closing
        elif cut.text[start - 1 : start] == opening and text.count(closing) > text.count(opening):
            text = opening + text
    return tidy_title(text), {atom.link for atom in chosen if atom.link >= 0}


_FILE = re.compile(r"(?i)(?<=\S\S)\.(?:pdf|djvu|epub)$")
"""The end of a file's name, in lists of the files in a folder."""


def tidy_title(text: str) -> str:
    """A title in its plain form: one line, no quotes around it, no final full stop, no file's type."""
    text = _SPACE.sub(" ", text.replace("\x1d", " ").replace("\r", " ")).strip()
    text = _FILE.sub("", text.strip(" ,;|*_"))
    for opening, closing in (('"', '"'), ("“", "”"), ("'", "'"), ("``", "''"), ("‘", "’")):
        if text.startswith(opening) and text.endswith(closing) and len(text) > 2:
            text = text[len(opening) : -len(closing)].strip(" ,")
    if text.endswith(".") and not text.endswith("..."):
        text = text[:-1].rstrip()
    return clean(text)


def _authors(cut: Cut, labels: list[str]) -> tuple[tuple[str, ...], bool]:
    found: list[str] = []
    et_al = False
    group: list[Atom] = []
    groups: list[list[Atom]] = []
    for atom, label in zip(cut.atoms, labels, strict=True):
        if label == "A":
            group.append(atom)
        elif group:
            groups.append(group)
            group = []
    if group:
        groups.append(group)
    for group in groups:
        text = cut.text[group[0].start : group[-1].end]
        listed, more = names.split(text.replace("\x1d", ", ").replace("\r", ", "))
        found.extend(listed)
        et_al = et_al or more
    return tuple(clean(name) for name in found), et_al


def _venue(cut: Cut, labels: list[str], titled: bool) -> tuple[str | None, int | None]:
    venue: str | None = None
    preprint = False
    previous: Atom | None = None
    year: int | None = None
    added = False
    for atom, label in zip(cut.atoms, labels, strict=True):
        if label == "Y" or (label == "V" and atom.what == What.YEAR):
            year = year or year_in(atom.text)
            added = added or re.fullmatch(r"\d{8}", atom.text) is not None
            continue
        if label != "V":
            continue
        if atom.what == What.ARXIV:
            word = re.match(r"(?i)arxiv", atom.text)
            if venue is None and word:
                venue, preprint = word[0], True
            continue
        text = atom.text
        if (
            atom.wrap == "("
            and venue
            and not preprint
            and atom.what != What.VENUE_YEAR
            and previous is not None
            and _adjacent(cut.text, previous, atom)
        ):
            # "Empirical Methods in Natural Language Processing (EMNLP)"
            venue = f"{venue} ({text})"
            continue
        previous = atom
        found = year_in(text)
        named = _venue_name(text)
        if found and (year is None or preprint or added):
            # The day on which it was listed says less than the venue's year.
            year, added = found, False
        if named and (venue is None or preprint):
            venue = named
            preprint = named.lower() == "arxiv"
    return venue, year


def _adjacent(text: str, before: Atom, atom: Atom) -> bool:
    return text[before.end : atom.start].strip() == "("


_VOLUME = re.compile(
    r"(?i)(?:[\s,.:;(]+(?:vol(?:ume)?s?$|pages?$|pp\.?$|vol(?:ume)?s?\.?\s*\d+|no\.?\s*\d+|issue\s*\d+|pp?\.?\s*\d+(?:\s*[-–—]+\s*\d+)?|pages?\s*\d+(?:\s*[-–—]+\s*\d+)?"
    r"|\d+(?:\.\d+)*(?:\s*\(\d+(?:[-–]\d+)?\))?(?:\s*:\s*\d+(?:\s*[-–—]+\s*\d+)?)?|(?:19|20)\d\d)\)?)+\.?$"
)


_YEAR_WORD = r"(?:19|20)\d\d"


@lru_cache(maxsize=4096)
def _venue_name(text: str) -> str | None:
    text = _PREFIX.sub("", text[:400].strip())
    match = VENUE_YEAR.fullmatch(text.strip(" .,;()[]"))
    if match:
        name = match["venue"].strip()
        after = re.sub(r"[^A-Za-z]", "", match["after"] or "")
        if after:
            name = f"{name} {after}"
    else:
        name = re.sub(r"[\s,.(-]*(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d|-\d)[\s).,]*$", "", text)
        name = re.sub(r"^(?:19[5-9]\d|20[0-4]\d)[\s\-_.:|]+|\s*['’]\s?\d\d$", "", name)
        name = re.sub(r"^\d\d-(?=[A-Z])|(?<=[A-Za-z])-\d\d$", "", name)
        name = re.sub(rf"\s+{_YEAR_WORD}(?=\s+(?:Findings|Workshops?|Demos?|Main)\b)", "", name)
    name = re.sub(r"(?i)^(arxiv)\s+(?=[\u3040-\u9fff]).*", r"\1", name)
    name = _VOLUME.sub("", name.strip(" .,;"))
    name = re.sub(r"(?i)^(arxiv)\s+(?:e-?prints?|preprints?)$", r"\1", name.strip())
    name = re.sub(r"(?i)^(?:in\s*:?\s+)(?=[A-Z])", "", name)
    return clean(name.strip(" .,;:()[]'\"*_")) or None


def merge(first: Listing, second: Listing) -> Listing:
    """Two neighbours that give one paper, a title twice: what either says."""
    links = list(first.links) + [link for link in second.links if link not in first.links]
    return replace(
        first,
        lines=(first.lines[0], max(first.lines[1], second.lines[1])),
        nickname=first.nickname or second.nickname,
        authors=first.authors or second.authors,
        et_al=first.et_al if first.authors else second.et_al,
        venue=first.venue or second.venue,
        year=first.year or second.year,
        links=tuple(links),
        empty_links=first.empty_links + second.empty_links,
        arxiv_id=first.arxiv_id or second.arxiv_id,
        doi=first.doi or second.doi,
        note=" ".join(note for note in (first.note, second.note) if note),
        flags=tuple(dict.fromkeys(first.flags + second.flags)),
    )


def _links(cut: Cut, labels: list[str], title_links: set[int]) -> tuple[list[Link], int]:
    out: list[Link] = []
    empty = 0
    by_link: dict[int, str] = {}
    for atom, label in zip(cut.atoms, labels, strict=True):
        if atom.link >= 0:
            by_link.setdefault(atom.link, label)
    embedded = _embedded(cut, labels)
    for number, linked in enumerate(cut.links):
        url = linked.url.strip()
        if url.startswith("#"):
            continue
        if not url:
            empty += 1
            continue
        if UNSAFE.match(url):
            continue
        label = "title" if number in title_links else _label(linked)
        if by_link.get(number) == "A" or number in embedded:
            continue
        out.append(Link(label, url))
    return out, empty


UNSAFE = re.compile(r"(?i)\s*(?:javascript|vbscript|data|file|about|blob|jar|mailto|tel)\s*:")


def _embedded(cut: Cut, labels: list[str]) -> set[int]:
    """Links that stand within a sentence of a remark: they explain a word."""
    found: set[int] = set()
    atoms = cut.atoms
    for index in range(1, len(atoms) - 1):
        before, atom, after = atoms[index - 1 : index + 2]
        if (
            atom.link >= 0
            and labels[index - 1 : index + 2] == ["N", "N", "N"]
            and atom.what == What.TEXT
            and not atom.sep
            and not after.sep
            and before.part == atom.part == after.part
            and before.link < 0
        ):
            found.add(atom.link)
    return found


def _label(linked: Linked) -> str:
    return _label_of(linked.text[:400])


@lru_cache(maxsize=4096)
def _label_of(words: str) -> str:
    text = re.sub(r":[a-z0-9_+-]+:", lambda m: m[0].strip(":"), words)
    text = clean(text).strip(" []<>*_`.,:|!")
    text = re.sub(r"^[^\w(]+|[^\w)+]+$", "", text)
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    elif text.count(")") != text.count("("):
        text = text.strip("()")
    if re.match(r"(?i)https?:", text):
        text = "url"
    return text.lower() or ("url" if not words else "")


_PUBLISHERS = frozenset({"springer", "elsevier", "wiley", "ieee", "acm", "mdpi", "usenix", "aaai"})


def _is_flag(atom: Atom) -> bool:
    """A link's label that has no link: "[code]"."""
    return (
        atom.link < 0
        and atom.what in (What.TEXT, What.NAMES)
        and len(atom.text) > 2
        and len(atom.text.split()) <= 3
        and is_label(atom.text)
        and atom.text.lower() not in _PUBLISHERS
        and not atom.key
        and not any(word in AWARDS for word in atom.text.lower().split())
    )


_CITATION_DETAIL = re.compile(
    r"(?i)(?:vol(?:ume)?|no|pp?|pages?|issue|number)\b\.?[\s\d.:()-]*(?:no\.?\s*\d+)?\W*|[\d.:()\s–-]+|"
    + MONTHS
    + r"\W*"
)


def _notes(cut: Cut, labels: list[str]) -> list[str]:
    out: list[str] = []
    previous: Atom | None = None
    for atom, label in zip(cut.atoms, labels, strict=True):
        if label == "N" and not _CITATION_DETAIL.fullmatch(atom.text):
            if previous is not None:
                out[-1] = (
                    cut.text[previous.start : atom.end].replace("\x1d", " ").replace("\r", " ")
                )
                atom = Atom(previous.start, atom.end, "", atom.what, 0, "", "", 0, 0)
            else:
                text = atom.text
                if atom.wrap == "(":
                    text = f"({text})"
                elif atom.wrap == '"':
                    text = f'"{text}"'
                out.append(text)
            previous = atom
        else:
            previous = None
    return out


@lru_cache(maxsize=1024)
def _plain_section(section: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean(text) for text in section if text)


@lru_cache(maxsize=1024)
def _from_section(
    section: tuple[str, ...], venue: str | None, year: int | None
) -> tuple[str | None, int | None]:
    """What a heading that is a venue, a year or both gives to an entry that lacks it."""
    for heading in reversed(section):
        text = heading.strip()
        if year is None and re.fullmatch(r"\W*(?:19[5-9]\d|20[0-4]\d)\W*年?", text):
            year = year_in(text)
        match = VENUE_YEAR.fullmatch(text.strip(" .,:()[]"))
        if match:
            venue = venue or match["venue"]
            year = year or year_in(match["year"]) or year_in("'" + match["year"])
    return venue, year


__all__ = ["YEAR", "build", "tidy_title", "year_in"]
