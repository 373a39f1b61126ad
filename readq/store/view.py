"""What the library holds, as values: read-only, in memory, always as of now."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from readq.model.paper import ListKey, PaperId
from readq.model.record import Rank, Record, Subscription
from readq.store import schema
from readq.store.schema import LISTS, PAPERS
from readq.store.snapshot import checksums, that_may_hold
from readq.store.storage import LibraryStorage, Place


class View:
    """Records, queue and subscriptions. Never touches the disk."""

    def __init__(self, storage: LibraryStorage) -> None:
        self._storage = storage
        self.records: Mapping[PaperId, Record] = _Records(storage)
        """The papers that were ever touched; frozen values, made when asked for."""
        self.identities: Mapping[PaperId, tuple[str, ...]] = _Identities(storage)
        """What the papers were ever seen under, without making their records."""
        self._queue = _Queue(storage)
        self._aliases: dict[str, PaperId] | None = None
        self._lists: tuple[Subscription, ...] | None = None

    def forget(self, places: Collection[Place]) -> None:
        """These documents changed: what was concluded from them no longer holds."""
        papers = [PaperId(key) for table, key in places if table == PAPERS]
        if papers:
            assert isinstance(self.records, _Records)
            self.records.forget(papers)
            self._queue.forget(papers)
            if self._aliases is not None:
                self._learn_aliases(self._aliases, papers)
        if any(table == LISTS for table, _ in places):
            self._lists = None

    def paper(self, paper: PaperId) -> PaperId:
        """The id that the record is kept under, for that id or one that the paper had before."""
        if paper in self.records:
            return paper
        if self._aliases is None:
            self._aliases = {}
            documents = self._storage.documents(PAPERS)
            papers = that_may_hold(documents, b'"aliases": ')
            self._learn_aliases(self._aliases, map(PaperId, papers))
        return self._aliases.get(paper, paper)

    def record(self, paper: PaperId) -> Record:
        """The record of `paper`, found by earlier ids too; all defaults when it was never touched."""
        found = self.paper(paper)
        return self.records[found] if found in self.records else Record(id=paper)

    def fingerprints(self) -> Mapping[PaperId, int]:
        """For every record a number that changes when the record does."""
        # The keys are ids; they are not copied for it.
        return cast("Mapping[PaperId, int]", checksums(self._storage.documents(PAPERS)))

    def value(self, table: str, key: str, field: str) -> Any:
        """A field as it is kept: JSON, None for the default."""
        return self._storage.documents(table).get(key, {}).get(field)

    def queue(self) -> tuple[PaperId, ...]:
        """The queued papers, the next one first; equal ranks by id."""
        return self._queue.papers()

    @property
    def all_subscriptions(self) -> tuple[Subscription, ...]:
        """In order, those that were removed too."""
        if self._lists is None:
            found = (
                schema.subscription(ListKey(key), document)
                for key, document in self._storage.documents(LISTS).items()
            )
            self._lists = tuple(
                sorted((one for one in found if one is not None), key=lambda s: (s.position, s.key))
            )
        return self._lists

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """In order, without those that were removed."""
        return tuple(one for one in self.all_subscriptions if not one.removed)

    def _learn_aliases(self, aliases: dict[str, PaperId], papers: Iterable[PaperId]) -> None:
        documents = self._storage.documents(PAPERS)
        for paper in papers:
            for alias in schema.aliases_of(documents.get(paper, {})):
                aliases.setdefault(alias, paper)


class _Records(Mapping[PaperId, Record]):
    def __init__(self, storage: LibraryStorage) -> None:
        self._storage = storage
        self._made: dict[PaperId, Record] = {}

    def __getitem__(self, paper: PaperId) -> Record:
        made = self._made.get(paper)
        if made is None:
            made = schema.record(paper, self._storage.documents(PAPERS)[paper])
            self._made[paper] = made
        return made

    def __contains__(self, paper: object) -> bool:
        return paper in self._storage.documents(PAPERS)

    def __iter__(self) -> Iterator[PaperId]:
        return map(PaperId, self._storage.documents(PAPERS))

    def __len__(self) -> int:
        return len(self._storage.documents(PAPERS))

    def forget(self, papers: Collection[PaperId]) -> None:
        for paper in papers:
            self._made.pop(paper, None)


class _Identities(Mapping[PaperId, tuple[str, ...]]):
    def __init__(self, storage: LibraryStorage) -> None:
        self._storage = storage

    def __getitem__(self, paper: PaperId) -> tuple[str, ...]:
        return schema.identities_of(self._storage.documents(PAPERS)[paper])

    def __iter__(self) -> Iterator[PaperId]:
        return map(PaperId, self._storage.documents(PAPERS))

    def __len__(self) -> int:
        return len(self._storage.documents(PAPERS))


class _Queue:
    """Kept sorted: a move costs by what moved, however long the queue is."""

    def __init__(self, storage: LibraryStorage) -> None:
        self._storage = storage
        self._ranks: dict[PaperId, Rank] = {}
        self._order: list[tuple[Rank, PaperId]] | None = None
        self._papers: tuple[PaperId, ...] | None = None

    def papers(self) -> tuple[PaperId, ...]:
        if self._order is None:
            documents = self._storage.documents(PAPERS)
            ranks = (
                (PaperId(key), schema.rank_of(documents[key]))
                for key in that_may_hold(documents, b'"rank": ')
            )
            self._ranks = {paper: rank for paper, rank in ranks if rank is not None}
            self._order = sorted((rank, paper) for paper, rank in self._ranks.items())
        if self._papers is None:
            self._papers = tuple(paper for _, paper in self._order)
        return self._papers

    def forget(self, papers: Collection[PaperId]) -> None:
        if self._order is None:
            return
        documents = self._storage.documents(PAPERS)
        new = {paper: schema.rank_of(documents.get(paper, {})) for paper in papers}
        changed = {paper for paper, rank in new.items() if rank != self._ranks.get(paper)}
        if len(changed) * 16 > len(self._order):
            self._order = self._papers = None
            return
        for paper in changed:
            if (before := self._ranks.pop(paper, None)) is not None:
                del self._order[bisect_left(self._order, (before, paper))]
            if (rank := new[paper]) is not None:
                insort(self._order, (rank, paper))
                self._ranks[paper] = rank
            self._papers = None
