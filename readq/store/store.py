"""The library on disk: what the user did, kept, taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from readq.atomic import FILES, Files
from readq.errors import StoreError
from readq.model.paper import ListKey, PaperId
from readq.model.record import Change, Event, Record, Seen, Stamp, Subscription
from readq.store import schema
from readq.store.clock import next_stamp, node_of, utc_now
from readq.store.edits import Edit, Facts
from readq.store.history import History
from readq.store.schema import EVENTS, PAPERS
from readq.store.storage import LibraryStorage, Place
from readq.store.table import Database, Table
from readq.store.view import View


class Store:
    """The library file, open.

    Reading is memory alone. Writing takes the lock, sees what other processes wrote, and returns
    when it is on the disk; when it raises (`ReadOnly`, `StoreError`), nothing changed, neither on
    disk nor here. Not for several threads at once.
    """

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        node: str | None = None,
        files: Files = FILES,
        whole_below: int = 65536,
    ) -> None:
        """Open it; see `open`."""
        self._now = now
        self._node = node or node_of(path)
        self._storage = LibraryStorage(
            path, files=files, on_change=self._changed, whole_below=whole_below
        )
        self._view = View(self._storage)
        self._history = History(self._storage)
        self._database = Database(storage=lambda: self._storage)
        self._wrote = False

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
        """Tidy up when this process wrote (see `maintain`), and let go of the files."""
        if self._wrote and self.read_only is None:
            with suppress(StoreError):  # acts are on the disk already; the next one tidies up
                self.maintain()
        self._database.close()

    def maintain(self) -> None:
        """For an idle moment: fold the journal when it grew long, make the backup of the day.

        Costs by the size of the library. Raises as `act` does.
        """
        if self._storage.fold_is_due:
            self._storage.fold()
        if self._storage.backup_is_due(self._now()):
            self.back_up("daily")

    def back_up(self, reason: str = "by-hand") -> Path:
        """Keep the library as it is now as a backup; where. Raises as `act` does."""
        return self._storage.back_up(self._now(), reason)

    def fold(self) -> None:
        """Bring the library file itself up to date, for another program to read."""
        self._storage.fold()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Reading.

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

    # Writing.

    def act(
        self,
        name: str,
        plan: Callable[[View], Iterable[Edit]],
        *,
        facts: Mapping[PaperId, Facts] | None = None,
    ) -> Event | None:
        """Do what `plan` says as one event called `name`; None when that changes nothing.

        `plan` is called under the lock with the newest state; it may raise, and nothing happens.
        `facts` are remembered of the papers that the event touches. `ValueError` for an edit that
        cannot be.
        """
        with self._storage.transaction():
            wanted: dict[tuple[str, str, str], Any] = {}
            for edit in plan(self._view):
                key = str(self._key(edit.table, edit.key))
                wanted[edit.table, key, edit.field] = schema.field_value(
                    edit.table, edit.field, edit.value
                )
            changes = [
                Change(table, key, field, before, after)
                for (table, key, field), after in wanted.items()
                if (before := self._value(table, key, field)) != after
            ]
            if not changes:
                return None
            event = self._write(name, changes)
            touched = set(event.papers)
            self._remember(
                {
                    paper: known
                    for paper, known in (facts or {}).items()
                    if self._view.paper(paper) in touched
                }
            )
        return event

    def remember(self, facts: Mapping[PaperId, Facts]) -> None:
        """Keep facts about papers that have a record: no act.

        Writes nothing when all is known, or when nothing can be written.
        """
        if self.read_only is None and any(
            self._news(paper, known) is not None for paper, known in facts.items()
        ):
            with self._storage.transaction():
                self._remember(facts)

    def undo(self) -> Event | None:
        """Take back the newest act that stands, whoever did it; None when there is none.

        A field that has another value than that act gave it is left alone: `left_alone` tells.
        """
        with self._storage.transaction():
            event = self._history.to_undo()
            if event is None:
                return None
            back = [
                Change(c.table, c.key, c.field, c.after, c.before)
                for c in reversed(event.changes)
                if self._value(c.table, c.key, c.field) == c.after
            ]
            return self._write("undo", back, undoes=event.id)

    def redo(self) -> Event | None:
        """Do again what was undone last; None when nothing was, or something was done since."""
        with self._storage.transaction():
            event = self._history.to_redo()
            if event is None:
                return None
            again = [c for c in event.changes if self._value(c.table, c.key, c.field) == c.before]
            return self._write("redo", again, redoes=event.id)

    def left_alone(self, event: Event) -> tuple[Change, ...]:
        """For an undo or a redo: the changes it left out, because the fields were set otherwise."""
        original = self.event(event.undoes or event.redoes or event.id)
        if original is None:
            return ()
        done = {(c.table, c.key, c.field) for c in event.changes}
        return tuple(c for c in original.changes if (c.table, c.key, c.field) not in done)

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

    def _key(self, table: str, key: str) -> PaperId | ListKey:
        return self._view.paper(PaperId(key)) if table == PAPERS else ListKey(key)

    def _value(self, table: str, key: str, field: str) -> Any:
        return self._storage.documents(table).get(key, {}).get(field)

    def _table(self, name: str) -> Table:
        self._wrote = True
        table = self._database.table(name)
        assert isinstance(table, Table)
        return table

    def _write(
        self,
        name: str,
        changes: list[Change],
        *,
        undoes: Stamp | None = None,
        redoes: Stamp | None = None,
    ) -> Event:
        """Put the changes and their event into the transaction that is under way."""
        stamp = next_stamp(self._now(), self._history.last, self._node)
        event = Event(id=stamp, act=name, changes=tuple(changes), undoes=undoes, redoes=redoes)
        documents: dict[Place, dict[str, Any]] = {}
        for change in changes:
            place = (change.table, change.key)
            if place not in documents:
                documents[place] = dict(self._storage.documents(change.table).get(change.key, {}))
                times = documents[place].get("times")
                documents[place]["times"] = dict(times) if isinstance(times, dict) else {}
            if change.after is None:
                documents[place].pop(change.field, None)
            else:
                documents[place][change.field] = change.after
            documents[place]["times"][change.field] = stamp
        for (table, key), document in documents.items():
            self._table(table).put(key, document)
        self._table(EVENTS).put(stamp, schema.event_document(event))
        return event

    def _remember(self, facts: Mapping[PaperId, Facts]) -> None:
        for paper, known in facts.items():
            if (news := self._news(paper, known)) is not None:
                self._table(PAPERS).put(self._view.paper(paper), news)

    def _news(self, paper: PaperId, known: Facts) -> dict[str, Any] | None:
        """The paper's document with what is not known yet; None when all is, or it has none."""
        key = self._view.paper(paper)
        document = self._storage.documents(PAPERS).get(key)
        if document is None:
            return None
        record = schema.record(key, document)
        new: dict[str, Any] = {}
        if known.seen is not None and (seen := _joined(known.seen, record.seen)) != record.seen:
            new["seen"] = schema.seen_document(seen)
        more = dict.fromkeys((*record.identities, *known.identities))
        if len(more) != len(record.identities):
            new["identities"] = list(more)
        aliases = [one for one in (*record.aliases, *known.aliases) if one != key]
        if len(unique := dict.fromkeys(aliases)) != len(record.aliases):
            new["aliases"] = list(unique)
        return {**document, **new} if new else None


def _joined(seen: Seen, before: Seen | None) -> Seen:
    lists = tuple(dict.fromkeys((*(before.lists if before else ()), *seen.lists)))
    return Seen(
        title=seen.title,
        authors=seen.authors,
        et_al=seen.et_al,
        venue=seen.venue,
        year=seen.year,
        links=seen.links,
        lists=lists,
    )
