"""One paper in full."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from textual.content import Content
from textual.style import Style

from readq.model import text
from readq.model.entry import Entry
from readq.model.paper import Paper, Place
from readq.model.record import Record
from readq.model.status import Status
from readq.tui.present.labels import FAINT, MUTED, label, muted
from readq.tui.signs import UNICODE, Signs

_SCHEMES = {
    "arxiv": "arXiv",
    "doi": "doi",
    "openreview": "OpenReview",
    "acl": "ACL",
    "cvf": "CVF",
    "neurips": "NeurIPS",
    "pmlr": "PMLR",
    "ecva": "ECVA",
    "ieee": "IEEE",
    "aaai": "AAAI",
    "hal": "HAL",
}
_MOST_AUTHORS = 30
_SHORT = 34
"""Characters of an identifier that may stand among others."""


def summary(entry: Entry) -> str:
    """Authors, venue and year in a few words."""
    paper = entry.paper
    names = _authors(paper, most=3)
    return " · ".join(filter(None, (names, paper.venue, str(paper.year or ""))))


def note_head(entry: Entry, told: str = "") -> Content:
    """What stands above a note that is being written; `told` is news about its text."""
    return Content("\n").join([label(summary(entry)), label(told, "$text-warning")])


def detail(entry: Entry, *, width: int, today: date, signs: Signs = UNICODE) -> Content:
    """All there is to know about a paper, for a pane of `width` cells.

    A link's cells carry its number in their meta data (`{"link": 1}`), for clicks.
    """
    paper, record = entry.paper, entry.record
    lines: list[Content | str] = [label(paper.title, "bold")]
    if paper.nickname:
        lines.append(label(paper.nickname, "italic"))
    lines.append(label(_authors(paper), MUTED) if paper.authors else muted("Authors unknown"))
    lines += _facts(paper, width)
    lines += ["", _state(entry, today, signs), *_conflicts(entry, signs)]
    lines += ["", *_links(paper, width)]
    lines += ["", *_note(record, width, signs)]
    lines += ["", *_places(entry, signs, width)]
    return Content("\n").join(lines)


def _authors(paper: Paper, *, most: int = _MOST_AUTHORS) -> str:
    names = list(paper.authors[:most])
    if len(paper.authors) > most:
        names.append(f"and {len(paper.authors) - most} more")
    joined = ", ".join(names)
    return f"{joined} et al." if paper.et_al and joined else joined


def _facts(paper: Paper, width: int) -> Iterable[Content]:
    """Venue, year and identifiers; those that are long have a line of their own."""
    year = str(paper.year or "")
    if paper.year is not None and paper.year_derived_from:
        year = f"{year} (from {paper.year_derived_from})"
    names = [f"{_SCHEMES.get(one.scheme, one.scheme)}:{one.value}" for one in paper.identifiers]
    short = [name for name in names if len(name) <= _SHORT]
    if facts := " · ".join(filter(None, (paper.venue, year, *short))):
        yield label(facts)
    for name in names:
        if len(name) > _SHORT:
            yield label(name, MUTED).truncate(width, ellipsis=True)


def _state(entry: Entry, today: date, signs: Signs) -> Content:
    record = entry.record
    since = {
        Status.TO_READ: None,
        Status.READING: record.started_at,
        Status.DONE: record.finished_at,
        Status.DROPPED: record.finished_at,
    }[record.status]
    words = str(record.status.value)
    if when := day(since, today):
        words += f" {'on' if record.status is Status.DONE else 'since'} {when}"
    parts = [Content.styled(f"{signs.status[record.status]} {words}", signs.colours[record.status])]
    if entry.queue is not None:
        parts.append(Content.styled(f"{signs.queued} queue {entry.queue}", "$text-accent"))
    if record.rating:
        parts.append(Content.styled(f"{signs.star} {record.rating} of 5", "$text-warning"))
    parts += [label(f"#{tag}", "$text-secondary") for tag in record.tags]
    return Content(f" {signs.dot} ").join(parts)


def day(moment: str | None, today: date) -> str:
    """A moment (RFC 3339) as a day: "12 Nov", with the year when it is not this one."""
    if not moment:
        return ""
    try:
        then = datetime.fromisoformat(moment).astimezone().date()
    except ValueError:
        return ""
    name = f"{then.day} {then:%b}"
    return name if then.year == today.year else f"{name} {then.year}"


def _conflicts(entry: Entry, signs: Signs) -> Iterable[Content]:
    for conflict in entry.paper.conflicts:
        yield label(f"{signs.warning} {conflict.message}", "$text-warning")


def _links(paper: Paper, width: int) -> Iterable[Content]:
    if not paper.links:
        yield _section("Links", 0)
        yield muted("none; opening it searches the web for its title")
        return
    yield _section("Links", len(paper.links))
    for number, link in enumerate(paper.links, start=1):
        shown = Content.assemble(
            (f"{number:>2} ", MUTED),
            label(link.label or "link", "$text-primary underline"),
            "  ",
            label(link.url, MUTED),
        ).truncate(max(4, width), ellipsis=True)
        yield shown.stylize(Style.from_meta({"link": number}))


def _places(entry: Entry, signs: Signs, width: int) -> Iterable[Content]:
    places = entry.paper.places
    if not places:
        yield _section("Listed", 0)
        yield muted("in no list any more" if not entry.listed else "in no list")
        return
    lists = len({place.list_key for place in places})
    yield _section("Listed in 1 list" if lists == 1 else f"Listed in {lists} lists", None)
    for place in places:
        yield from _place(place, entry.paper.title, signs, width)


def _place(place: Place, title: str, signs: Signs, width: int) -> Iterable[Content]:
    under = f" {signs.under} "
    path = under.join(text.clean(part) for part in (place.list_title, *place.section))
    words = Content(path)
    if text.normal_title(place.title) != text.normal_title(title):
        words += Content.styled(f"  as “{text.clean(place.title)}”", MUTED)
    for number, line in enumerate(words.wrap(max(1, width - 2))):
        yield Content(f"{signs.dot} " if number == 0 else "  ") + line


def _note(record: Record, width: int, signs: Signs) -> Iterable[Content]:
    rule = signs.rule
    line = rule * max(0, width - 8)
    yield Content.assemble((rule * 2, FAINT), (" Note ", "bold"), (line, FAINT))
    if not record.note:
        yield muted("none yet")
        return
    for line in text.clean_block(record.note).split("\n"):
        yield Content.styled(line, "bold" if line.startswith("#") else "")


def _section(name: str, count: int | None) -> Content:
    return Content.assemble((name, "bold"), (f" {count}" if count else "", MUTED))
