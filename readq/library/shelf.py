"""Catalogue and store side by side: what every reading and every act looks at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime

from readq.catalogue.catalogue import Catalogue
from readq.errors import NotFound, StoreError
from readq.library.values import UNLISTED, Branch, Row
from readq.model.entry import Entry
from readq.model.paper import ListKey, Paper, PaperId
from readq.model.record import Record, Seen
from readq.model.status import Status
from readq.store.clock import moment
from readq.store.edits import Facts
from readq.store.store import Store

_UNLISTED_TITLE = "No longer listed"


class Shelf:
    """The papers of some lists, joined with what the user did."""

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        *,
        now: Callable[[], datetime],
        subscribed: bool = True,
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self._now = now
        self._subscribed = subscribed
        self._strays: dict[PaperId, None] | None = None

    def replace_catalogue(self, catalogue: Catalogue) -> None:
        """Look at other lists from now on."""
        self.catalogue = catalogue
        self._strays = None

    def moment(self) -> str:
        """Now, as records say it."""
        return moment(self._now())

    def paper(self, paper_id: PaperId) -> Paper:
        """A paper, listed or only remembered. Raises `NotFound`."""
        if (paper := self.catalogue.get(paper_id)) is not None:
            return paper
        return _remembered(self._kept(paper_id))

    def entry(self, paper_id: PaperId) -> Entry:
        """A paper with its record. Raises `NotFound`."""
        return self.entries((self.store.record(paper_id).id,))[0]

    def entries(self, ids: Iterable[PaperId]) -> list[Entry]:
        """Papers with their records, in the order given. Raises `NotFound`."""
        places = {paper_id: place for place, paper_id in enumerate(self.store.queue(), 1)}
        found = []
        for paper_id in ids:
            listed = self.catalogue.get(paper_id)
            found.append(
                Entry(
                    paper=listed or _remembered(self._kept(paper_id)),
                    record=self.store.record(paper_id),
                    queue=places.get(paper_id),
                    listed=listed is not None,
                )
            )
        return found

    def rows(self, ids: Iterable[PaperId]) -> list[Row]:
        """Papers as lines, in the order given."""
        ids = tuple(ids)
        briefs = self.catalogue.briefs(ids)
        found = []
        for paper_id in ids:
            record = self.store.records.get(paper_id)
            if (brief := briefs.get(paper_id)) is not None:
                title, year, count = brief.title, brief.year, brief.list_count
            else:
                paper = _remembered(self._kept(paper_id))
                title, year, count = paper.title, paper.year, 0
            found.append(
                Row(
                    id=paper_id,
                    title=title,
                    year=year,
                    list_count=count,
                    status=record.status if record else Status.TO_READ,
                    queued=record is not None and record.queued,
                    has_note=record is not None and bool(record.note),
                )
            )
        return found

    def facts(self, ids: Iterable[PaperId]) -> Mapping[PaperId, Facts]:
        """What to remember of papers that have no record yet."""
        found = {}
        for paper_id in ids:
            record = self.store.records.get(paper_id)
            if record is None or not record.identities or record.seen is None:
                found[paper_id] = self._facts(self.paper(paper_id))
        return found

    def remember_touched(self) -> None:
        """Keep up to date what records know of their papers.

        Without it a paper that goes away, or is re-titled twice, would lose its record.
        """
        if self.store.read_only is not None or not self._subscribed:
            return
        news = {}
        for paper_id, record in self.store.records.items():
            paper = self.catalogue.get(paper_id)
            if paper is None:
                continue
            facts = self._facts(paper)
            fresh = set(facts.identities) - set(record.identities)
            listed = set(facts.seen.lists if facts.seen else ()) - set(
                record.seen.lists if record.seen else ()
            )
            if fresh or listed or record.seen is None or record.seen.title != paper.title:
                news[paper_id] = facts
        # Nobody asked for this: a full disk will be told by the next act.
        with suppress(StoreError):
            self.store.remember(news)

    @property
    def unlisted(self) -> tuple[PaperId, ...]:
        """Papers that the user did something with and that no list has any more, by title."""
        return tuple(one for one in self.strays if has_state(self.store.record(one)))

    def everything(self) -> tuple[PaperId, ...]:
        """All papers: the listed ones in list order, then those that only the user knows."""
        return tuple(dict.fromkeys((*self.catalogue.ids(), *self.strays, *self.store.queue())))

    def papers_in(self, branch: str) -> tuple[PaperId, ...]:
        """The papers directly under a heading, each once."""
        return self.unlisted if branch == UNLISTED else self.catalogue.papers_in(branch)

    def papers_below(self, branch: str) -> tuple[PaperId, ...]:
        """The papers at or below a heading, each once."""
        return self.unlisted if branch == UNLISTED else self.catalogue.papers_below(branch)

    @property
    def strays(self) -> Collection[PaperId]:
        """Papers with a record that a subscribed list once had and none has, by title."""
        if self._strays is None:
            records = self.store.records if self._subscribed else {}
            listed = self.catalogue.briefs(records)
            found = [
                paper_id
                for paper_id in records
                if paper_id not in listed
                and (seen := records[paper_id].seen) is not None
                and seen.lists
            ]
            found.sort(key=lambda one: (self.title(one).casefold(), one))
            self._strays = dict.fromkeys(found)
        return self._strays.keys()

    def forget_strays(self) -> None:
        """Look for them anew: another process may have made records."""
        self._strays = None

    def branches(self) -> tuple[Branch, ...]:
        """The catalogue's, then the papers that no list has any more."""
        unlisted = self.unlisted
        if not unlisted:
            return self.catalogue.branches()
        return (
            *self.catalogue.branches(),
            Branch(
                key=UNLISTED,
                list_key=ListKey(UNLISTED),
                path=(),
                title=_UNLISTED_TITLE,
                depth=0,
                parent=None,
                total=len(unlisted),
            ),
        )

    def reading(self) -> tuple[PaperId, ...]:
        """The papers being read, the one started last first."""
        records = self.store.records
        found = [paper_id for paper_id in records if records[paper_id].status is Status.READING]
        return tuple(
            sorted(found, key=lambda paper_id: records[paper_id].started_at or "", reverse=True)
        )

    def title(self, paper_id: PaperId) -> str:
        """A paper's title, whatever became of it."""
        brief = self.catalogue.briefs((paper_id,)).get(paper_id)
        if brief is not None:
            return brief.title
        record = self.store.records.get(paper_id)
        return _remembered(record).title if record else _spelled(paper_id)

    def _kept(self, paper_id: PaperId) -> Record:
        record = self.store.record(paper_id)
        if record.id not in self.store.records:
            raise NotFound(
                f"no paper is called {paper_id!r}",
                hint="readq ls WORDS… finds papers by their words",
            )
        return record

    def _facts(self, paper: Paper) -> Facts:
        keys = dict.fromkeys(place.list_key for place in paper.places) if self._subscribed else ()
        seen = Seen(
            title=paper.title,
            authors=paper.authors,
            et_al=paper.et_al,
            venue=paper.venue,
            year=paper.year,
            links=paper.links,
            lists=tuple(keys),
        )
        return Facts(seen=seen, identities=paper.identities)


def has_state(record: Record) -> bool:
    """Whether a record says anything that a paper without one would not."""
    return bool(
        record.status is not Status.TO_READ
        or record.queued
        or record.note
        or record.tags
        or record.rating
    )


def _remembered(record: Record) -> Paper:
    """A paper as it was when it was last listed."""
    # Most commands show no paper that lists have lost.
    from readq.model import identifiers

    seen = record.seen or Seen(title=_spelled(record.id))

    found = (identifiers.parse(identity) for identity in record.identities)
    return Paper(
        id=record.id,
        title=seen.title,
        authors=seen.authors,
        et_al=seen.et_al,
        venue=seen.venue,
        year=seen.year,
        identifiers=tuple(one for one in found if one is not None),
        links=seen.links,
        identities=record.identities,
    )


def _spelled(paper_id: PaperId) -> str:
    return paper_id.replace("-", " ").capitalize()
