"""Taking another copy of the library over: as one act, or as what git is to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readq.atomic import FILES, Files, read_bytes, write_bytes
from readq.errors import Damaged, NotFound
from readq.model.paper import PaperId
from readq.model.record import Change, Event, Stamp
from readq.store import schema, snapshot
from readq.store.clock import next_stamp
from readq.store.disk import Disk
from readq.store.faults import cannot_read, cannot_write
from readq.store.join import join_puts
from readq.store.journal import Put, scan
from readq.store.merging import MERGE, SEPARATOR, merge
from readq.store.merging_copies import JOURNAL
from readq.store.schema import EVENTS, FIELDS, PAPERS
from readq.store.snapshot import Tables
from readq.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What another copy of the library brought."""

    event: Event | None
    """The act; None when nothing changed, for then nothing is written down as one."""
    acts: int
    """How many acts came into the history."""
    both: tuple[PaperId, ...]
    """Papers whose note was written on both sides: it holds both texts now."""
    latest: Stamp | None
    """The newest stamp of the other copy."""


def read_copy(path: Path, *, files: Files = FILES) -> Tables:
    """Everything in another copy: a library file with its journal, or a copy of either.

    A folder stands for the library in it. Raises `NotFound`, `Damaged`, `TooNew` or `StoreError`;
    writes nothing.
    """
    file = path / "library.json" if path.is_dir() else path
    try:
        if file.name.endswith(JOURNAL) and files.look(file) is not None:
            return _of_journal(file, files)
        disk = Disk(file, files=files)
        try:
            tables = disk.load()
        finally:
            disk.close()
    except OSError as error:
        raise cannot_read(error, file) from error
    if tables is None:
        raise NotFound(f"there is no library at {path}", hint="Name a library file or its folder")
    return tables


def _of_journal(path: Path, files: Files) -> Tables:
    found = scan(read_bytes(path, files=files))
    if not found.parts:
        raise Damaged(f"nothing in {path} can be read", hint="It was left as it is")
    return join_puts(snapshot.new_tables(), found.puts())[0]


class Merging(Store):
    """A library that takes another copy of it over."""

    def merge(self, other: Mapping[str, Mapping[str, schema.Document]]) -> Merged:
        """Make this library what both come to, as one act that `undo` takes back.

        Fields keep the stamps of those who set them, so that merging the other way round comes to
        the same; stamps from now on are above all that came in. Raises as `act` does.
        """
        # An event is written only where a field changed: what comes besides is no act of the user.
        with self._storage.transaction():
            now = {name: self._storage.documents(name) for name in self._names(other)}
            after = merge(now, other)
            changes = [
                Change(table, key, field, before, later)
                for table, fields in FIELDS.items()
                for key in sorted(after.get(table, {}))
                for field in fields
                if (before := now[table].get(key, {}).get(field))
                != (later := after[table][key].get(field))
            ]
            new = [stamp for stamp in after.get(EVENTS, {}) if stamp not in now[EVENTS]]
            puts = [
                Put(name, key, document)
                for name, documents in after.items()
                if name != schema.META
                for key, document in documents.items()
                if document != now[name].get(key)
            ]
            if puts and any(now[table] for table in FIELDS):
                self.back_up("before-merge")
            for put in puts:
                assert put.document is not None
                self._table(put.table).put(put.key, put.document)
            event = self._event(changes, after) if changes else None
        return Merged(
            event=event,
            acts=len(new),
            both=tuple(PaperId(c.key) for c in changes if _is_twofold(c)),
            latest=Stamp(max(other[EVENTS])) if other.get(EVENTS) else None,
        )

    def _names(self, other: Mapping[str, Any]) -> set[str]:
        # Tables that this version does not know come along.
        return {PAPERS, *FIELDS, EVENTS, *other}

    def _event(self, changes: list[Change], after: Tables) -> Event:
        stamps = after.get(EVENTS, {})
        last = Stamp(max(stamps)) if stamps else None
        stamp = next_stamp(self._now(), last, self._node)
        event = Event(id=stamp, act=MERGE, changes=tuple(changes))
        self._table(EVENTS).put(stamp, schema.event_document(event))
        return event


def _is_twofold(change: Change) -> bool:
    return change.field == "note" and isinstance(change.after, str) and SEPARATOR in change.after


def merge_files(ours: Path, theirs: Path, *, files: Files = FILES) -> None:
    """Write to `ours` what it and `theirs` come to: how git merges the file of a library.

    No act is written down, so that both sides of a merge come to the same bytes. Raises as
    `read_copy`; `StoreError` when `ours` cannot be written. Nothing changed then.
    """
    tables = [_plain(path, files) for path in (ours, theirs)]
    try:
        write_bytes(ours, snapshot.render(merge(*tables)), files=files)
    except OSError as error:
        raise cannot_write(error, ours) from error


def _plain(path: Path, files: Files) -> Tables:
    """A library file alone; an empty one, which git gives for none, has nothing in it."""
    try:
        data = read_bytes(path, files=files)
    except OSError as error:
        raise cannot_read(error, path) from error
    return snapshot.parse(data, path) if data else snapshot.new_tables()
