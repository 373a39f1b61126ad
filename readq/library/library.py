"""The front door of readq: one object that reads, acts, undoes and tells what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from readq.config import Config
from readq.library import acts, notes, queue
from readq.library.opening import Base, open_library, open_view
from readq.library.reading import Reading
from readq.library.values import Changed, Done
from readq.library.wording import UPDATE, count
from readq.model.paper import ListKey, PaperId
from readq.model.record import Stamp
from readq.model.status import Status
from readq.paths import Paths


def utc_now() -> datetime:
    """The clock that everything uses unless another is passed in."""
    return datetime.now(UTC)


class Library(Reading):
    """The lists, their papers, and what the user did.

    Every act is one event, on disk before the method returns, and undone by one `undo`. Acts that
    change nothing write nothing and say so. Papers that are named twice count once. Acts raise
    `ReadOnly` when the library cannot be written, `StoreError` when writing fails, and `NotFound`
    for a paper that is not there.
    """

    def __init__(self, base: Base, config: Config | None) -> None:
        """Use `open` or `view`."""
        super().__init__(base, config)
        self._listeners: list[Callable[[Changed], None]] = []
        self._lists_before = self._store.subscriptions
        self._queue_before: tuple[PaperId, ...] = ()

    @classmethod
    def open(
        cls, paths: Paths, *, config: Config | None = None, now: Callable[[], datetime] = utc_now
    ) -> Library:
        """The user's library. The first time ever, it subscribes to the lists readq ships with.

        Raises `Damaged` or `TooNew` when the library file cannot be used; it is left untouched.
        """
        return cls(open_library(paths, now), config)

    @classmethod
    def view(
        cls,
        paths: Paths,
        sources: Sequence[Path],
        *,
        config: Config | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> Library:
        """Other lists (files, or all lists in a folder) over the same store, without subscribing.

        Raises `ListError` for what cannot be read as a list.
        """
        return cls(open_view(paths, now, sources), config)

    def close(self) -> None:
        """Let go of the files."""
        self._base.close()

    # Acts

    def set_status(self, papers: Sequence[PaperId], status: Status) -> Done:
        """Give papers a status; done and dropped ones leave the queue, started ones stay."""
        return self._did(acts.set_status(self._shelf, papers, status))

    def toggle_done(self, papers: Sequence[PaperId]) -> Done:
        """Done; or to-read again, when all of them are done."""
        return self._did(acts.toggle_status(self._shelf, papers, Status.DONE))

    def toggle_reading(self, papers: Sequence[PaperId]) -> Done:
        """Reading; or to-read again, when all of them are being read.

        Of several, done and dropped ones are left alone, and the message says so.
        """
        return self._did(acts.toggle_status(self._shelf, papers, Status.READING))

    def toggle_dropped(self, papers: Sequence[PaperId]) -> Done:
        """Dropped; or to-read again, when all of them are dropped.

        Of several, done ones and those being read are left alone, and the message says so.
        """
        return self._did(acts.toggle_status(self._shelf, papers, Status.DROPPED))

    def enqueue(self, papers: Sequence[PaperId], *, top: bool = False) -> Done:
        """Put papers at the end of the queue, or before all others; a dropped one is wanted again."""
        return self._did(queue.enqueue(self._shelf, papers, top=top))

    def dequeue(self, papers: Sequence[PaperId]) -> Done:
        """Take papers out of the queue."""
        return self._did(queue.dequeue(self._shelf, papers))

    def toggle_queued(self, papers: Sequence[PaperId]) -> Done:
        """Queue papers; or take them out, when all of them are queued."""
        return self._did(queue.toggle(self._shelf, papers))

    def move(self, paper: PaperId, by: int) -> Done:
        """Move a queued paper `by` places: up when negative; it stops at the ends."""
        return self._did(queue.move(self._shelf, paper, by))

    def move_to(self, paper: PaperId, place: int) -> Done:
        """Move a queued paper to a place, counted from 1."""
        return self._did(queue.move_to(self._shelf, paper, place))

    def next(self) -> PaperId | None:
        """The head of the queue, started unless it is done; None when the queue is empty."""
        head = next(iter(self.queue()), None)
        if head is not None:
            self.opened(head, start=True)
        return head

    def opened(self, paper: PaperId, *, start: bool) -> Done:
        """To be called when a paper was opened: with `start`, it is being read unless done."""
        return self._did(acts.opened(self._shelf, paper, start=start))

    def set_note(self, paper: PaperId, text: str, *, base: str | None = None) -> Done:
        """Keep `text`, exactly, as a paper's note; an empty one removes it.

        `base` is the note that `text` was made from. Where another was stored since, nothing is
        overwritten: both texts are kept, and the message says so.
        """
        return self._did(notes.set_note(self._shelf, paper, text, base))

    def append_note(self, paper: PaperId, text: str) -> Done:
        """Add a paragraph to a paper's note."""
        return self._did(notes.append_note(self._shelf, paper, text))

    def tag(
        self, papers: Sequence[PaperId], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Done:
        """Give and take tags. Raises `UsageError` for a tag without a letter or digit."""
        return self._did(acts.tag(self._shelf, papers, add, remove))

    def rate(self, papers: Sequence[PaperId], stars: int | None) -> Done:
        """Rate papers from 1 to 5; None takes the rating away. Raises `UsageError`."""
        return self._did(acts.rate(self._shelf, papers, stars))

    def undo(self) -> Done:
        """Take back the last act that was not taken back yet, whoever did it."""
        return self._did(acts.undo(self._shelf))

    def take_back(self, stamp: Stamp) -> Done:
        """Take back one act of the history, which need not be the newest.

        `NotFound` when there is no such act or it does not stand; `StoreError` names the later acts
        that changed the same (see `depending_on`).
        """
        return self._did(acts.take_back(self._shelf, stamp))

    def redo(self) -> Done:
        """Do again what was undone last."""
        return self._did(acts.redo(self._shelf))

    def subscribe(self, source: str) -> Done:
        """Make a list part of the library: a path, an http(s) URL, or `owner/repo` on GitHub.

        One that is part of it already is read again, see `update`. May use the network. Raises
        `UsageError`, `FetchError`, `ListError`.
        """
        return self._refreshed(lambda: self._base.own_lists().add(source))

    def update(self, which: str) -> Done:
        """Read a list, named by its key, source or title, again from where it came.

        One event, which undo takes back; what was done with its papers stays with them. Raises as
        `subscribe` does, and `NotFound`.
        """
        return self._refreshed(lambda: self._base.own_lists().update(which))

    def unsubscribe(self, *which: str) -> Done:
        """Take lists, each named by its key, source or title, out of the library in one event.

        What was done with their papers stays. Raises `NotFound`, or `Ambiguous`.
        """
        return self._did(self._base.own_lists().remove(which))

    # News

    def subscribe_changes(self, callback: Callable[[Changed], None]) -> None:
        """Call `callback` after every change, of this process or (see `refresh`) of another."""
        self._queue_before = self._store.queue()  # where nobody listens, nobody asks
        self._listeners.append(callback)

    def refresh(self) -> bool:
        """Pick up what other processes did, tell the listeners; whether there was anything."""
        papers = self._store.refresh()
        if papers is None:
            return False
        self._shelf.forget_strays()
        self._tell(papers)
        return True

    def _refreshed(self, read: Callable[[], Done]) -> Done:
        """Add or read a list; which papers came and went is only known once they are merged."""
        before = {one.key: set(self.papers_below(one.key)) for one in self.lists}
        done = self._did(read())
        if done.event is None or done.event.act != UPDATE:
            return done
        key = next(ListKey(c.key) for c in done.event.changes if c.table == "lists")
        had, has = before.get(key, set()), set(self.papers_below(key))
        news = [f"{count(len(has - had))} new"] if has - had else []
        news += [f"{len(had - has)} no longer listed"] if had - has else []
        told = ", ".join(news) or "the same papers"
        return done._replace(message=f"{done.message} ({told})")

    def _did(self, done: Done) -> Done:
        if done.event is not None:
            self._tell(frozenset(done.event.papers))
        return done

    def _tell(self, papers: frozenset[PaperId]) -> None:
        """Bring what was concluded up to date, then tell the listeners."""
        subscriptions = self._store.subscriptions
        lists = self._base.subscriptions is not None and subscriptions != self._lists_before
        self._lists_before = subscriptions
        made = {"_finder", "_tally"} & self.__dict__.keys()
        if lists:
            self._base.reload()
            for name in made:
                del self.__dict__[name]
        else:
            for name in made:
                getattr(self, name).touch(papers)
        if not self._listeners:
            return
        queue_before, self._queue_before = self._queue_before, self._store.queue()
        # "No longer listed" shows a paper for as long as something was done with it.
        lists = lists or not papers.isdisjoint(self._shelf.strays)
        changed = Changed(papers=papers, queue=self._queue_before != queue_before, lists=lists)
        for listener in self._listeners:
            listener(changed)
