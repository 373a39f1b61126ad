"""The library as it is read: records, queue, subscriptions, history; and what others wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from readq.atomic import FILES, Files
from readq.model.paper import PaperId
from readq.model.record import Change, Event, Record, Stamp, Subscription
from readq.store.clock import node_of, utc_now
from readq.store.disk import WHOLE_BELOW
from readq.store.history import History
from readq.store.migrations import FORMATS, Formats
from readq.store.schema import PAPERS
from readq.store.storage import LibraryStorage, Place
from readq.store.table import Database
from readq.store.view import View


class Reader:
    """The library file, open: what it holds. Reading is memory alone."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        node: str | None = None,
        files: Files = FILES,
        whole_below: int = WHOLE_BELOW,
        formats: Formats = FORMATS,
    ) -> None:
        """Open it; see `open`."""
        self._now = now
        self._node = node or node_of(path)
        self._storage = LibraryStorage(
            path,
            files=files,
            on_change=self._changed,
            whole_below=whole_below,
            formats=formats,
            now=now,
        )
        self._view = View(self._storage)
        self._history = History(self._storage)
        self._database = Database(storage=lambda: self._storage)

    @classmethod
    def open(
        cls, path: Path, *, now: Callable[[], datetime] = utc_now, node: str | None = None
    ) -> Self:
        """The library in `path`; one that is not there yet is made by the first act.

        `node` (eight hexadecimal digits) names this copy among several machines'; by default it
        follows from machine and path. Raises `Damaged`, `TooNew` or `StoreError`; the file stays as
        it is then. Where nothing can be written it opens all the same, with `read_only` set.
        """
        return cls(path, now=now, node=node)

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def read_only(self) -> str | None:
        """Why the library cannot be written; None when it can."""
        return self._storage.read_only

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should be told about the file, one line each."""
        return self._storage.notices

    @property
    def records(self) -> Mapping[PaperId, Record]:
        """The papers that were ever touched: a live view of frozen values."""
        return self._view.records

    def record(self, paper: PaperId) -> Record:
        """The record of `paper`, found by earlier ids too; all defaults when it was never touched."""
        return self._view.record(paper)

    @property
    def identities(self) -> Mapping[PaperId, tuple[str, ...]]:
        """`Record.identities` of every record, a live view; costs less than making the records."""
        return self._view.identities

    def fingerprints(self) -> Mapping[PaperId, int]:
        """For every record a number that changes when the record does; reads no record for it."""
        return self._view.fingerprints()

    def queue(self) -> tuple[PaperId, ...]:
        """The queued papers, the next one first; equal ranks by id."""
        return self._view.queue()

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        """In order, without those that were removed."""
        return self._view.subscriptions

    @property
    def all_subscriptions(self) -> tuple[Subscription, ...]:
        """In order, those that were removed too."""
        return self._view.all_subscriptions

    def history(self, paper: PaperId | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Events, the newest first: of one paper or all, at most `limit`."""
        return self._history.events(None if paper is None else self._view.paper(paper), limit)

    def event(self, stamp: Stamp) -> Event | None:
        """One event, or None."""
        return self._history.event(stamp)

    @property
    def can_undo(self) -> Event | None:
        """What `undo` would take back."""
        return self._history.to_undo()

    @property
    def can_redo(self) -> Event | None:
        """What `redo` would do again."""
        return self._history.to_redo()

    def left_alone(self, event: Event) -> tuple[Change, ...]:
        """For an undo or a redo: the changes it left out, because the fields were set otherwise."""
        original = self.event(event.undoes or event.redoes or event.id)
        if original is None:
            return ()
        done = {(c.table, c.key, c.field) for c in event.changes}
        return tuple(c for c in original.changes if (c.table, c.key, c.field) not in done)

    def depending_on(self, stamp: Stamp) -> tuple[Event, ...]:
        """The later acts, the newest first, that set anew what that event set; empty when none did."""
        event = self.event(stamp)
        if event is None:
            return ()
        moved = {
            (c.table, c.key, c.field)
            for c in event.changes
            if self._view.value(c.table, c.key, c.field) != c.after
        }
        undone = self._history.undone()
        return tuple(
            later
            for later in self._history.since(stamp)
            if later.id not in undone
            and not (later.undoes or later.redoes)
            and any((c.table, c.key, c.field) in moved for c in later.changes)
        )

    def refresh(self) -> frozenset[PaperId] | None:
        """Take over what other processes wrote: the papers that changed, or None when nothing did.

        Includes what was already taken over at the start of an act. `StoreError` as in `open`;
        everything here stays as it was then.
        """
        self._storage.refresh()
        if not self._storage.foreign:
            return None
        foreign, self._storage.foreign = self._storage.foreign, set()
        return frozenset(PaperId(key) for table, key in foreign if table == PAPERS)

    def _changed(self, places: set[Place]) -> None:
        self._view.forget(places)
        self._history.forget(places)
