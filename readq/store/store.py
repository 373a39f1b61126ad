"""The library on disk: what the user did, kept, taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from readq.errors import NotFound, StoreError
from readq.model.paper import ListKey, PaperId
from readq.model.record import Change, Event, Seen, Stamp
from readq.store import schema
from readq.store.clock import next_stamp
from readq.store.edits import Edit, Facts
from readq.store.reader import Reader
from readq.store.schema import EVENTS, PAPERS
from readq.store.storage import Place
from readq.store.table import Table
from readq.store.view import View


class Store(Reader):
    """The library file, open for acts.

    Reading is memory alone. Writing takes the lock, sees what other processes wrote, and returns
    when it is on the disk; when it raises (`ReadOnly`, `StoreError`), nothing changed, neither on
    disk nor here. Threads that write wait for each other.
    """

    _wrote = False

    def close(self) -> None:
        """Tidy up when this process wrote (see `maintain`), and let go of the files."""
        if self._wrote and self.read_only is None:
            with suppress(StoreError):  # acts are on the disk already; the next one tidies up
                self.maintain()
        super().close()

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
                if (before := self._view.value(table, key, field)) != after
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
            return None if event is None else self._take_back(event)

    def take_back(self, stamp: Stamp) -> Event:
        """Take back one act of the history, which need not be the newest.

        `NotFound` when there is no such act or it does not stand, `StoreError` when a later one set
        the same anew (`depending_on` tells which); nothing changed then.
        """
        with self._storage.transaction():
            event = self._history.event(stamp)
            if event is None or event.undoes or event.redoes:
                raise NotFound(f"no act is called {stamp}", hint="`readq history` lists the acts")
            if stamp in self._history.undone():
                raise NotFound("that act was taken back already", hint="`readq redo` does it again")
            later = self.depending_on(stamp)
            if later or self._moved(event):
                names = ", ".join(f"{one.act} {one.id}" for one in later)
                raise StoreError(
                    f"what it did was changed since{': ' if names else ''}{names}",
                    hint="Take that back first" if names else "Nothing was changed",
                )
            return self._take_back(event)

    def redo(self) -> Event | None:
        """Do again what was undone last; None when nothing was, or something was done since."""
        with self._storage.transaction():
            event = self._history.to_redo()
            if event is None:
                return None
            again = [
                c for c in event.changes if self._view.value(c.table, c.key, c.field) == c.before
            ]
            return self._write("redo", again, redoes=event.id)

    def _key(self, table: str, key: str) -> PaperId | ListKey:
        return self._view.paper(PaperId(key)) if table == PAPERS else ListKey(key)

    def _moved(self, event: Event) -> list[Change]:
        """The changes of `event` whose fields have another value by now."""
        value = self._view.value
        return [c for c in event.changes if value(c.table, c.key, c.field) != c.after]

    def _take_back(self, event: Event) -> Event:
        moved = self._moved(event)
        back = [
            Change(c.table, c.key, c.field, c.after, c.before)
            for c in reversed(event.changes)
            if c not in moved
        ]
        return self._write("undo", back, undoes=event.id)

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
