"""What can be asked of a library; `library.Library` adds the acts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from readq.config import Config
from readq.errors import Ambiguous, NotFound
from readq.library import wording
from readq.library.opening import Base
from readq.library.values import Branch, ListInfo, Row
from readq.model.entry import Entry
from readq.model.paper import PaperId
from readq.model.record import Event, Stamp
from readq.model.status import Status

if TYPE_CHECKING:
    from readq.library.export import Copy, Order
    from readq.library.progress import Tally
    from readq.library.search import Finder
    from readq.model.stats import Progress
    from readq.paths import Paths
    from readq.services.pdf_links import Target

_SHOWN = 10
"""So many acts that fit are named."""


class Reading:
    """The side of a library that changes nothing."""

    def __init__(self, base: Base, config: Config | None) -> None:
        self._base = base
        self._config = config or Config()
        self._shelf = base.shelf
        self._store = base.shelf.store

    @cached_property
    def _finder(self) -> Finder:
        # Most commands name their papers by id and search for nothing.
        from readq.library.search import Finder

        return Finder(self._shelf)

    @cached_property
    def _tally(self) -> Tally:
        from readq.library.progress import Tally

        return Tally(self._shelf)

    @property
    def paths(self) -> Paths:
        """The folders that it is kept in."""
        return self._base.paths

    @property
    def read_only(self) -> str | None:
        """Why nothing can be changed; None when it can."""
        return self._store.read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """One-liners to tell at the start."""
        return self._base.notices

    @property
    def lists(self) -> tuple[ListInfo, ...]:
        """The lists, in order."""
        return self._base.lists()

    def branches(self) -> tuple[Branch, ...]:
        """Lists and sections, each before what is below it; "No longer listed" last, if need be."""
        return self._shelf.branches()

    def papers_in(self, branch: str) -> tuple[PaperId, ...]:
        """The papers directly under a heading, in the list's order, each once."""
        return self._shelf.papers_in(branch)

    def papers_below(self, branch: str) -> tuple[PaperId, ...]:
        """The papers at or below a heading, in the list's order, each once."""
        return self._shelf.papers_below(branch)

    def progress(self, branch: str | None = None) -> Progress:
        """How far one is with a branch, or with everything. Costs no more than a lookup."""
        return self._tally.progress(branch)

    def row(self, paper: PaperId) -> Row:
        """A paper as one line. Raises `NotFound`."""
        return self._shelf.rows((paper,))[0]

    def rows(self, papers: Iterable[PaperId]) -> list[Row]:
        """Papers as lines, in the order given."""
        return self._shelf.rows(papers)

    def entry(self, paper: PaperId) -> Entry:
        """All there is to know about a paper. Raises `NotFound`."""
        return self._shelf.entry(paper)

    def entries(self, papers: Iterable[PaperId]) -> list[Entry]:
        """All there is to know about papers, in the order given."""
        return self._shelf.entries(papers)

    def queue(self) -> tuple[PaperId, ...]:
        """The queue, next paper first."""
        return self._store.queue()

    def reading(self) -> tuple[PaperId, ...]:
        """The papers being read, the one started last first."""
        return self._shelf.reading()

    def find(self, query: str) -> tuple[PaperId, ...]:
        """The papers that fit a query, in list order unless it sorts. Raises `QueryError`.

        Dropped papers are left out unless the query asks for them. An empty query finds all.
        """
        if query.strip():
            return self._finder.find(query)
        # All of them: for that nothing need be searched, nor loaded that searches.
        records = self._store.records
        return tuple(
            paper
            for paper in self._shelf.everything()
            if paper not in records or records[paper].status is not Status.DROPPED
        )

    def resolve(self, words: str) -> PaperId:
        """The paper that `words` name: an id, an identifier, the start of an id, or a title.

        Raises `NotFound`, or `Ambiguous` with the papers that fit.
        """
        from readq.library.resolve import resolve

        return resolve(self._shelf, lambda: self._finder, words)

    def target(self, paper: PaperId, *, page: bool = False) -> Target:
        """Where opening a paper (or, with `page`, its page rather than its PDF) leads."""
        from readq.library.export import target

        return target(self._shelf.paper(paper), page=page, search_url=self._config.search_url)

    def copyable(self, paper: PaperId, what: Copy) -> str:
        """A paper in a form for the clipboard."""
        from readq.library.export import copyable

        return copyable(self._shelf.paper(paper), what)

    def history(self, paper: PaperId | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """What was done (with a paper, or at all), newest first."""
        return self._store.history(paper, limit)

    def event(self, words: str) -> Event:
        """The act with that id, or whose id alone begins so. Raises `NotFound`, or `Ambiguous`."""
        if (exact := self._store.event(Stamp(words))) is not None:
            return exact
        fits = [one for one in self._store.history() if words and one.id.startswith(words)]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise Ambiguous(
                f"{len(fits)} acts fit {words!r}",
                candidates=[(one.id, self.describe(one)) for one in fits[:_SHOWN]],
                hint="give more of its id",
            )
        raise NotFound(f"no act is called {words!r}", hint="readq history --ids shows them")

    def depending_on(self, stamp: Stamp) -> tuple[Event, ...]:
        """The later acts, the newest first, that set anew what that one set."""
        return self._store.depending_on(stamp)

    def describe(self, event: Event) -> str:
        """An event in words: "Done: Born Again Neural Networks"."""
        return wording.describe(self._shelf, event, self._store.event)

    def export(self, query: str = "", *, kind: str = "markdown", by: Order = "lists") -> str:
        """The papers that fit a query, in a format of `readq.formats.registry`. `UsageError`."""
        from readq.formats.registry import by_name
        from readq.library.export import document_of

        return by_name(kind).write(document_of(self._shelf, self._finder, query, by))

    def export_markdown(self, query: str = "", *, by: Order = "lists") -> str:
        """The papers that fit a query as a Markdown document, with their notes."""
        from readq.library.export import as_markdown

        return as_markdown(self._shelf, self._finder, query, by)
