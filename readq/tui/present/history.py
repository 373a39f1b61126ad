"""What was done: an event as one line, and in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from textual.content import Content

from readq.model import text
from readq.model.paper import PaperId
from readq.model.record import Change, Event
from readq.model.status import Status
from readq.tui.present.labels import MUTED, fit, label, muted
from readq.tui.signs import Signs

_MOST_PAPERS = 200
_WHEN = 12
"""Cells of a day with a time, or with a year."""
_NOT_SHOWN = {"queued_at", "started_at", "finished_at"}
"""Bookkeeping of an act that is told anyhow."""


def event_row(
    event: Event, words: str, *, width: int, today: date, undone: bool, signs: Signs
) -> Content:
    """An event as one line of `width` cells: when, what; one that does not stand says so."""
    then = _local(event)
    step = event.undoes or event.redoes
    head = Content.styled(f" {_when(then, today):>{_WHEN}}  ", MUTED)
    tail = Content.assemble(
        (f" {signs.undone} undone " if undone else " ", "$text-warning" if undone else "")
    )
    name = label(words, MUTED if undone or step else "")
    return head + fit(name, width - head.cell_length - tail.cell_length) + tail


def event_detail(
    event: Event,
    words: str,
    *,
    state: str,
    later: Iterable[str],
    title_of: Callable[[PaperId], str],
    signs: Signs,
) -> Content:
    """All there is to tell of an event.

    `state` is whether it stands, `later` the acts that keep it from being taken back.
    """
    then = _local(event)
    moment = f"{then:%A} {then.day} {then:%B %Y}, {then:%H:%M:%S}" if then else ""
    lines = [label(words, "bold"), muted(moment), Content(""), muted(state)]
    lines += [Content.assemble(f"{signs.dot} ", label(one)) for one in later]
    changes: dict[str, list[Change]] = {}
    for change in event.changes:
        changes.setdefault(change.key if change.table == "papers" else "", []).append(change)
    papers = [key for key in changes if key]
    if papers:
        many = "" if len(papers) == 1 else f"{len(papers)} papers"
        lines += [Content(""), *([Content.styled(many, "bold")] if many else [])]
    for key in papers[:_MOST_PAPERS]:
        if (title := title_of(PaperId(key))) not in words:
            lines.append(label(title, "" if len(papers) > 1 else "bold"))
        for change in changes[key]:
            lines += _changed(change, signs, in_full=len(papers) == 1)
    if len(papers) > _MOST_PAPERS:
        lines.append(muted(f"and {len(papers) - _MOST_PAPERS} more"))
    return Content("\n").join(lines)


def _local(event: Event) -> datetime | None:
    """When it was done, on the reader's clock; None where the id does not say."""
    try:
        return datetime.fromisoformat(f"{event.id[:19]}+00:00").astimezone()
    except ValueError:
        return None


def _when(then: datetime | None, today: date) -> str:
    if then is None:
        return ""
    if then.year != today.year:
        return f"{then.day} {then:%b %Y}"
    return f"{then.day} {then:%b %H:%M}"


def _changed(change: Change, signs: Signs, *, in_full: bool) -> Iterable[Content]:
    """What became of one field."""
    field, before, after = change.field, change.before, change.after
    if field == "note":
        yield from _note(before or "", after or "", in_full=in_full)
    elif field == "rank":
        moved = "moved in the queue" if before and after else ""
        yield muted(f"  {moved or ('into the queue' if after else 'out of the queue')}")
    elif field not in _NOT_SHOWN:
        nothing = Status.TO_READ if field == "status" else "none"
        words = f"{_value(before, nothing)} {signs.becomes} {_value(after, nothing)}"
        yield label(f"{field} {words}", MUTED).pad_left(2)


def _value(value: Any, nothing: str) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or nothing
    return nothing if value is None or value == "" else str(value)


def _note(before: str, after: str, *, in_full: bool) -> Iterable[Content]:
    if not in_full:
        yield muted("  note written" if after else "  note removed")
        return
    for name, words in (("Note after", after), ("Note before", before)):
        yield Content.assemble("\n", (name, "bold"))
        if not words:
            yield muted("none")
        for line in text.clean_block(words).split("\n") if words else ():
            yield Content(line)
