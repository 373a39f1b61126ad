"""The queue: papers in an order set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readq.errors import UsageError
from readq.library.acts import edit, once, perform, record_in
from readq.library.shelf import Shelf
from readq.library.values import Done
from readq.library.wording import already, short
from readq.model.ordering import make_room
from readq.model.paper import PaperId
from readq.model.record import Rank
from readq.model.status import Status
from readq.store.edits import Edit
from readq.store.view import View


def enqueue(shelf: Shelf, papers: Iterable[PaperId], *, top: bool) -> Done:
    """Put papers at the end, or before all others; a dropped one is wanted again."""
    papers = once(papers)
    at = shelf.moment()

    def plan(view: View) -> Iterator[Edit]:
        queue = view.queue()
        chosen = papers if top else tuple(p for p in papers if p not in set(queue))
        if queue[: len(chosen)] == chosen:
            return
        yield from _placed(view, chosen, 0 if top else len(queue))
        for paper in chosen:
            record = record_in(view, paper)
            if not record.queued:
                yield edit(paper, "queued_at", at)
            if record.status is Status.DROPPED:
                yield edit(paper, "status", Status.TO_READ)

    state = "at the top of the queue" if top else "queued"
    return perform(shelf, "queue", papers, plan, unchanged=lambda: already(shelf, state, papers))


def dequeue(shelf: Shelf, papers: Iterable[PaperId]) -> Done:
    """Take papers out."""
    papers = once(papers)

    def plan(view: View) -> Iterator[Edit]:
        for paper in papers:
            if record_in(view, paper).queued:
                yield edit(paper, "rank", None)

    return perform(shelf, "unqueue", papers, plan, unchanged=lambda: _not_queued(shelf, papers))


def toggle(shelf: Shelf, papers: Iterable[PaperId]) -> Done:
    """Queue papers; if all of them are queued, take them out."""
    papers = once(papers)
    if all(shelf.store.record(paper).queued for paper in papers):
        return dequeue(shelf, papers)
    return enqueue(shelf, papers, top=False)


def move(shelf: Shelf, paper: PaperId, by: int) -> Done:
    """Move a queued paper, up when `by` is negative; it stops at the ends."""
    queue = shelf.store.queue()
    if paper not in queue:
        return Done(message=_not_queued(shelf, (paper,)))
    return move_to(shelf, paper, max(1, queue.index(paper) + 1 + by))


def move_to(shelf: Shelf, paper: PaperId, place: int) -> Done:
    """Move a queued paper to a place counted from 1; one past the end is the last."""
    if place < 1:
        raise UsageError("places in the queue count from 1")
    queue = shelf.store.queue()
    if paper not in queue:
        return Done(message=_not_queued(shelf, (paper,)))
    place = min(place, len(queue))

    def plan(view: View) -> Iterable[Edit]:
        here = view.queue()
        if paper not in here or here.index(paper) == place - 1:
            return ()
        return _placed(view, (paper,), place - 1)

    title = short(shelf.title(paper))
    return perform(
        shelf,
        "move",
        (paper,),
        plan,
        unchanged=lambda: f"Already {place} of {len(queue)}: {title}",
        message=f"Now {place} of {len(queue)}: {title}",
    )


def _placed(view: View, papers: Sequence[PaperId], place: int) -> Iterator[Edit]:
    """The ranks that put `papers`, in order, at a place among the others."""
    chosen = set(papers)
    others = [paper for paper in view.queue() if paper not in chosen]
    ranks: list[Rank] = []
    for paper in others:
        rank = record_in(view, paper).rank
        if rank is not None:
            ranks.append(rank)
    fresh, pushed = make_room(ranks, min(place, len(others)), len(papers))
    for paper, rank in zip(papers, fresh, strict=True):
        yield edit(paper, "rank", rank)
    for index, rank in pushed.items():
        yield edit(others[index], "rank", rank)


def _not_queued(shelf: Shelf, papers: Sequence[PaperId]) -> str:
    if len(papers) == 1:
        return f"Not in the queue: {short(shelf.title(papers[0]))}"
    return "None of them is in the queue"
