"""The front door of readq: one object that reads, acts, undoes and tells what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from readq.config import Config
from readq.library.values import Branch, Changed, Done, ListInfo, Row, Target
from readq.model.entry import Entry
from readq.model.paper import PaperId
from readq.model.record import Event
from readq.model.stats import Progress
from readq.model.status import Status
from readq.paths import Paths


def utc_now() -> datetime:
    """The clock that everything uses unless another is passed in."""
    return datetime.now(UTC)


class Library:
    """The lists, their papers, and what the user did.

    Every act is one event, on disk before the method returns, and undone by one `undo`. Acts that
    change nothing write nothing and say so. Papers that are named twice count once. Acts raise
    `ReadOnly` when the library cannot be written, and `StoreError` when writing fails.
    """

    @classmethod
    def open(
        cls, paths: Paths, *, config: Config | None = None, now: Callable[[], datetime] = utc_now
    ) -> Library:
        """The user's library. The first time ever, it subscribes to the lists readq ships with.

        Raises `Damaged` or `TooNew` when the library file cannot be used; it is left untouched.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the files."""
        raise NotImplementedError

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed; None when it can."""
        raise NotImplementedError

    @property
    def notices(self) -> tuple[str, ...]:
        """One-liners to tell at the start."""
        raise NotImplementedError

    # Reading

    @property
    def lists(self) -> tuple[ListInfo, ...]:
        """The lists, in order."""
        raise NotImplementedError

    def branches(self) -> tuple[Branch, ...]:
        """Lists and sections, each before what is below it; "No longer listed" last, if need be."""
        raise NotImplementedError

    def papers_in(self, branch: str) -> tuple[PaperId, ...]:
        """The papers directly under a heading, in the list's order, each once."""
        raise NotImplementedError

    def papers_below(self, branch: str) -> tuple[PaperId, ...]:
        """The papers at or below a heading, in the list's order, each once."""
        raise NotImplementedError

    def progress(self, branch: str | None = None) -> Progress:
        """How far one is with a branch, or with everything. Costs no more than a lookup."""
        raise NotImplementedError

    def row(self, paper: PaperId) -> Row:
        """A paper as one line. Raises `NotFound`."""
        raise NotImplementedError

    def rows(self, papers: Iterable[PaperId]) -> list[Row]:
        """Papers as lines, in the order given."""
        raise NotImplementedError

    def entry(self, paper: PaperId) -> Entry:
        """All there is to know about a paper. Raises `NotFound`."""
        raise NotImplementedError

    def queue(self) -> tuple[PaperId, ...]:
        """The queue, next paper first."""
        raise NotImplementedError

    def reading(self) -> tuple[PaperId, ...]:
        """The papers being read, the one started last first."""
        raise NotImplementedError

    def find(self, query: str) -> tuple[PaperId, ...]:
        """The papers that fit a query, in list order unless it sorts. Raises `QueryError`.

        Dropped papers are left out unless the query asks for them. An empty query finds all.
        """
        raise NotImplementedError

    def resolve(self, words: str) -> PaperId:
        """The paper that `words` name: an id, an identifier, the start of an id, or a title.

        Raises `NotFound`, or `Ambiguous` with the papers that fit.
        """
        raise NotImplementedError

    def target(self, paper: PaperId, *, page: bool = False) -> Target:
        """Where opening a paper (or, with `page`, its page rather than its PDF) leads."""
        raise NotImplementedError

    def copyable(
        self, paper: PaperId, what: Literal["title", "url", "bibtex", "citation", "markdown"]
    ) -> str:
        """A paper in a form for the clipboard."""
        raise NotImplementedError

    def history(self, paper: PaperId | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """What was done (with a paper, or at all), newest first."""
        raise NotImplementedError

    def describe(self, event: Event) -> str:
        """An event in words: "Done: Born Again Neural Networks"."""
        raise NotImplementedError

    # Acts

    def set_status(self, papers: Sequence[PaperId], status: Status) -> Done:
        """Give papers a status; done and dropped ones leave the queue, started ones stay."""
        raise NotImplementedError

    def toggle_done(self, papers: Sequence[PaperId]) -> Done:
        """Done; or to-read again, when all of them are done."""
        raise NotImplementedError

    def toggle_reading(self, papers: Sequence[PaperId]) -> Done:
        """Reading; or to-read again, when all of them are being read."""
        raise NotImplementedError

    def toggle_dropped(self, papers: Sequence[PaperId]) -> Done:
        """Dropped; or to-read again, when all of them are dropped."""
        raise NotImplementedError

    def enqueue(self, papers: Sequence[PaperId], *, top: bool = False) -> Done:
        """Put papers at the end of the queue, or before all others; a dropped one is wanted again."""
        raise NotImplementedError

    def dequeue(self, papers: Sequence[PaperId]) -> Done:
        """Take papers out of the queue."""
        raise NotImplementedError

    def toggle_queued(self, papers: Sequence[PaperId]) -> Done:
        """Queue papers; or take them out, when all of them are queued."""
        raise NotImplementedError

    def move(self, paper: PaperId, by: int) -> Done:
        """Move a queued paper `by` places: up when negative; it stops at the ends."""
        raise NotImplementedError

    def move_to(self, paper: PaperId, place: int) -> Done:
        """Move a queued paper to a place, counted from 1."""
        raise NotImplementedError

    def next(self) -> PaperId | None:
        """The head of the queue, started unless it is done; None when the queue is empty."""
        raise NotImplementedError

    def opened(self, paper: PaperId, *, start: bool) -> Done:
        """To be called when a paper was opened: with `start`, it is being read unless done."""
        raise NotImplementedError

    def set_note(self, paper: PaperId, text: str) -> Done:
        """Keep `text`, exactly, as a paper's note; an empty one removes it."""
        raise NotImplementedError

    def append_note(self, paper: PaperId, text: str) -> Done:
        """Add a paragraph to a paper's note."""
        raise NotImplementedError

    def tag(
        self, papers: Sequence[PaperId], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> Done:
        """Give and take tags. Raises `UsageError` for a tag without a letter or digit."""
        raise NotImplementedError

    def rate(self, papers: Sequence[PaperId], stars: int | None) -> Done:
        """Rate papers from 1 to 5; None takes the rating away. Raises `UsageError`."""
        raise NotImplementedError

    def undo(self) -> Done:
        """Take back the last act that was not taken back yet, whoever did it."""
        raise NotImplementedError

    def redo(self) -> Done:
        """Do again what was undone last."""
        raise NotImplementedError

    def subscribe(self, source: str) -> Done:
        """Make a list part of the library: a path, an http(s) URL, or `owner/repo` on GitHub.

        May use the network. Raises `UsageError`, `FetchError`, `ListError`.
        """
        raise NotImplementedError

    def unsubscribe(self, which: str) -> Done:
        """Take a list, named by its key, source or title, out of the library. Raises `NotFound`."""
        raise NotImplementedError

    def export_markdown(self, query: str = "", *, by: Literal["lists", "queue"] = "lists") -> str:
        """The papers that fit a query as a Markdown document, with their notes."""
        raise NotImplementedError

    # News

    def subscribe_changes(self, callback: Callable[[Changed], None]) -> None:
        """Call `callback` after every change, of this process or (see `refresh`) of another."""
        raise NotImplementedError

    def refresh(self) -> bool:
        """Pick up what other processes did, tell the listeners; whether there was anything."""
        raise NotImplementedError
