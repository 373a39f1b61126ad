"""Acts on papers: status, notes, tags, rating. Each is one event, or none when nothing changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from readq.errors import StoreError, UsageError
from readq.library.shelf import Shelf
from readq.library.values import Done
from readq.library.wording import ACT_OF, FIRST_RUN, already, count, describe, short, told
from readq.model import text as texts
from readq.model.paper import PaperId
from readq.model.record import Event, Record, Stamp
from readq.model.status import Status
from readq.store.edits import Edit
from readq.store.view import View

_STATE = {
    Status.DONE: "done",
    Status.READING: "being read",
    Status.TO_READ: "to read",
    Status.DROPPED: "dropped",
}
_SET_AT = {Status.DONE: "finished_at", Status.READING: "started_at"}
_LEAVES_QUEUE = (Status.DONE, Status.DROPPED)
_SPARED: Mapping[Status, tuple[Status, ...]] = {
    Status.READING: (Status.DONE, Status.DROPPED),
    Status.DROPPED: (Status.DONE, Status.READING),
}
"""What is left alone where a branch or marks are started or dropped as one."""
_ONES = {Status.DONE: "done", Status.READING: "started", Status.DROPPED: "dropped"}

Planner = Callable[[View], Iterable[Edit]]


def once(papers: Iterable[PaperId]) -> tuple[PaperId, ...]:
    """Each paper once, in order."""
    return tuple(dict.fromkeys(papers))


def record_in(view: View, paper: PaperId) -> Record:
    """A paper's record, or what stands for none."""
    return view.records.get(paper) or Record(id=paper)


def edit(paper: PaperId, field: str, value: object) -> Edit:
    """An edit of a paper's record."""
    return Edit("papers", paper, field, value)


def perform(
    shelf: Shelf,
    act: str,
    papers: Sequence[PaperId],
    plan: Planner,
    *,
    unchanged: Callable[[], str],
    message: str | None = None,
    remark: Callable[[], str] = str,
) -> Done:
    """Write one act on `papers` down and say how it went; `remark` is said beside it."""
    if not papers:
        return Done(message="No paper chosen")
    event = shelf.store.act(act, plan, facts=shelf.facts(papers))
    if event is None:
        return Done(message=unchanged() + remark())
    changed = set(event.papers)
    meant = tuple(paper for paper in papers if paper in changed)
    said = (message or told(shelf, act, meant)) + remark()
    return Done(message=said, event=event, papers=meant)


def set_status(
    shelf: Shelf,
    papers: Iterable[PaperId],
    status: Status,
    *,
    spared: Collection[Status] = (),
) -> Done:
    """Give papers a status; done and dropped ones leave the queue in the same event.

    Papers with a status in `spared` are left alone.
    """
    papers = once(papers)
    at = shelf.moment()
    left: Counter[Status] = Counter()

    def plan(view: View) -> Iterator[Edit]:
        for paper in papers:
            record = record_in(view, paper)
            if record.status in spared:
                left[record.status] += 1
            else:
                yield from status_edits(record, status, at)

    def unchanged() -> str:
        others = len(papers) - left.total()
        if others and left:
            return f"Nothing changed: {count(others)} already {_STATE[status]}"
        return "Nothing changed" if left else already(shelf, _STATE[status], papers)

    return perform(
        shelf, ACT_OF[status], papers, plan, unchanged=unchanged, remark=lambda: _left_told(left)
    )


def _left_told(left: Counter[Status]) -> str:
    """ ", 3 done ones left alone"."""
    if not left:
        return ""
    kinds = [f"{number} {_ONES[status]}" for status, number in sorted(left.items())]
    return f", {' and '.join(kinds)} {'one' if left.total() == 1 else 'ones'} left alone"


def status_edits(record: Record, status: Status, at: str) -> Iterator[Edit]:
    """What has to change for `record` to have `status`; `at` is when."""
    if record.status is not status:
        yield edit(record.id, "status", status)
        if (field := _SET_AT.get(status)) is not None:
            yield edit(record.id, field, at)
    if record.queued and status in _LEAVES_QUEUE:
        yield edit(record.id, "rank", None)


def toggle_status(shelf: Shelf, papers: Iterable[PaperId], status: Status) -> Done:
    """Give papers a status; if all of them have it, make them to-read again.

    Several papers (a branch, marks) are started or dropped without those that are further already.
    """
    papers = once(papers)
    spared = _SPARED.get(status, ()) if len(papers) > 1 else ()
    concerned = [one for one in papers if shelf.store.record(one).status not in spared]
    if concerned and all(shelf.store.record(one).status is status for one in concerned):
        return set_status(shelf, concerned, Status.TO_READ)
    return set_status(shelf, papers, status, spared=spared)


def opened(shelf: Shelf, paper: PaperId, *, start: bool) -> Done:
    """Start a paper that was opened, unless it is done."""
    message = f"Opened: {short(shelf.title(paper))}"
    if not start or shelf.store.record(paper).status in (Status.DONE, Status.READING):
        return Done(message=message)
    return set_status(shelf, (paper,), Status.READING)


def tag(shelf: Shelf, papers: Iterable[PaperId], add: Iterable[str], remove: Iterable[str]) -> Done:
    """Give and take tags."""
    papers = once(papers)
    given, taken = _tag_names(add), _tag_names(remove)

    def plan(view: View) -> Iterator[Edit]:
        for paper in papers:
            tags = record_in(view, paper).tags
            wanted = tuple(sorted((set(tags) | given) - taken))
            if wanted != tags:
                yield edit(paper, "tags", wanted)

    changes = [f"#{name}" for name in sorted(given - taken)] + [f"no #{n}" for n in sorted(taken)]
    subject = short(shelf.title(papers[0])) if len(papers) == 1 else f"{len(papers)} papers"
    return perform(
        shelf,
        "tag",
        papers,
        plan,
        unchanged=lambda: f"Tags unchanged: {subject}",
        message=f"{' '.join(changes)}: {subject}",
    )


def rate(shelf: Shelf, papers: Iterable[PaperId], stars: int | None) -> Done:
    """Rate papers from 1 to 5, or take the rating away."""
    papers = once(papers)
    if stars is not None and not 1 <= stars <= 5:
        raise UsageError("a rating is a number from 1 to 5", hint="0 takes the rating away")

    def plan(view: View) -> Iterator[Edit]:
        for paper in papers:
            if record_in(view, paper).rating != stars:
                yield edit(paper, "rating", stars)

    state = f"rated {stars}" if stars else "without a rating"
    subject = short(shelf.title(papers[0])) if len(papers) == 1 else f"{len(papers)} papers"
    return perform(
        shelf,
        "rate",
        papers,
        plan,
        unchanged=lambda: already(shelf, state, papers),
        message=f"{state.capitalize()}: {subject}",
    )


def undo(shelf: Shelf) -> Done:
    """Take back the newest act that stands."""
    standing = shelf.store.can_undo
    # The lists of the first run are removed, not undone: `u` in a new library empties nothing.
    event = shelf.store.undo() if standing and standing.act != FIRST_RUN else None
    return _stepped(shelf, event, "Nothing to undo")


def take_back(shelf: Shelf, stamp: Stamp) -> Done:
    """Take back one act of the history, unless later ones set the same anew."""
    store = shelf.store
    if (event := store.event(stamp)) is not None and event.act == FIRST_RUN:
        raise UsageError("the first lists are not undone", hint="readq remove LIST takes one away")
    if later := store.depending_on(stamp):
        told = "; ".join(f"{one.id[:23]}Z {describe(shelf, one, store.event)}" for one in later[:3])
        more = f" and {len(later) - 3} more" if len(later) > 3 else ""
        raise StoreError(
            f"later acts changed the same: {told}{more}",
            hint=f"Take the newest back first: readq undo {later[0].id[:23]}Z",
        )
    return _stepped(shelf, store.take_back(stamp), "")


def redo(shelf: Shelf) -> Done:
    """Do again what was undone last."""
    return _stepped(shelf, shelf.store.redo(), "Nothing to redo")


def _stepped(shelf: Shelf, event: Event | None, nothing: str) -> Done:
    if event is None:
        return Done(message=nothing)
    message = describe(shelf, event, shelf.store.event)
    if shelf.store.left_alone(event):
        message += " · what was changed since stays"
    return Done(message=message, event=event, papers=event.papers)


def _tag_names(tags: Iterable[str]) -> set[str]:
    """Tags as they are kept: small letters, words joined by hyphens."""
    names = set()
    for written in tags:
        for one in written.split(","):
            name = "-".join(texts.clean(one, limit=60).lstrip("#").casefold().split())
            if not texts.words(name):
                raise UsageError(f"{one.strip()!r} is not a tag", hint="a tag is a word: attention")
            names.add(name)
    return names
