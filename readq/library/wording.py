"""Acts and events in words: what toasts, the command line and the history say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from readq.model.paper import PaperId
from readq.model.record import Event, Stamp
from readq.model.status import Status

if TYPE_CHECKING:
    from readq.library.shelf import Shelf

ACT_OF = {
    Status.DONE: "done",
    Status.READING: "start",
    Status.TO_READ: "todo",
    Status.DROPPED: "drop",
}
"""The act that gives a status."""

FIRST_RUN = "first-run"
"""The act that subscribes to the lists readq ships with."""

UPDATE = "update"
"""The act that takes over what a list says by now."""

_ONE_AND_MANY: Mapping[str, tuple[str, str]] = {
    "done": ("Done", "done"),
    "start": ("Reading", "started"),
    "todo": ("To read", "to read again"),
    "drop": ("Dropped", "dropped"),
    "queue": ("Queued", "queued"),
    "unqueue": ("Out of the queue", "out of the queue"),
    "move": ("Moved", "moved"),
    "note": ("Note", "with notes"),
    "tag": ("Tags", "tagged"),
    "rate": ("Rated", "rated"),
    "merge": ("Merged", "merged"),
}
_SHOWN = 60


def short(title: str, limit: int = _SHOWN) -> str:
    """A title that fits a message, cut between words where possible."""
    if len(title) <= limit:
        return title
    cut = title[: limit - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank and len(head) > limit // 2 else cut).rstrip(" ,;:–-") + "…"


def count(papers: int) -> str:
    """ "1 paper", "12 papers"."""
    return counted(papers, "paper")


def counted(number: int, noun: str) -> str:
    """ "1 list", "2 lists"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def told(shelf: Shelf, act: str, papers: Sequence[PaperId]) -> str:
    """What was done with which papers: "Done: Born Again Neural Networks", "12 papers queued"."""
    one, many = _ONE_AND_MANY.get(act, (act.capitalize(), act))
    if len(papers) == 1:
        return f"{one}: {short(shelf.title(papers[0]))}"
    return f"{count(len(papers))} {many}"


def already(shelf: Shelf, state: str, papers: Sequence[PaperId]) -> str:
    """Why an act changed nothing: "Already done: Born Again Neural Networks"."""
    if len(papers) == 1:
        return f"Already {state}: {short(shelf.title(papers[0]))}"
    return f"Nothing changed: {count(len(papers))} already {state}"


def describe(shelf: Shelf, event: Event, find: Callable[[Stamp], Event | None]) -> str:
    """An event in words; `find` gives the event with an id."""
    if (taken_back := event.undoes or event.redoes) is not None:
        verb = "Undone" if event.undoes else "Redone"
        first = find(taken_back)
        if first is None:
            return verb
        what = describe(shelf, first, find)
        # "Undone: 35 papers done", but no two colons in one line.
        return f"{verb} · {what}" if ": " in what else f"{verb}: {what}"
    if event.act in {"add", "remove", UPDATE, FIRST_RUN}:
        return _lists_told(shelf, event)
    return told(shelf, event.act, acted_on(event))


def acted_on(event: Event) -> tuple[PaperId, ...]:
    """The papers that the user meant: not those that only made room in the queue."""
    if event.act == "queue":
        meant = [c for c in event.changes if c.field == "queued_at" or c.before is None]
        return tuple(dict.fromkeys(PaperId(c.key) for c in meant)) or event.papers
    return event.papers[:1] if event.act == "move" else event.papers


def _lists_told(shelf: Shelf, event: Event) -> str:
    keys = dict.fromkeys(change.key for change in event.changes if change.table == "lists")
    titles = {str(one.key): one.title for one in shelf.store.all_subscriptions}
    titles |= {c.key: str(c.after) for c in event.changes if c.field == "title" and c.after}
    verb = {"remove": "Removed", UPDATE: "Updated"}.get(event.act, "Added")
    if len(keys) == 1:
        return f"{verb}: {short(_first(titles.get(key, key) for key in keys))}"
    return f"{verb}: {len(keys)} lists"


def _first(values: Iterable[str]) -> str:
    return next(iter(values))
