"""TinyDB's storage of ours: documents in memory, transactions on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Any

from tinydb.storages import Storage

from readq.atomic import FILES, Files, SyncFailed
from readq.errors import ReadOnly
from readq.store import snapshot
from readq.store.clock import utc_now
from readq.store.disk import WHOLE_BELOW, Disk, apply
from readq.store.faults import cannot_read, cannot_write, in_the_way, why
from readq.store.journal import Put, fold_mark, replace_mark
from readq.store.lock import Lock
from readq.store.migrations import FORMATS, Formats
from readq.store.overlay import Overlay
from readq.store.schema import META, Document, copy
from readq.store.snapshot import Tables

Place = tuple[str, str]
"""Table and key of a document."""


class LibraryStorage(Storage):
    """The documents of a library file and its journal.

    Documents in memory are never changed, only replaced: whoever holds one holds a value. Nothing
    is made on disk before the first transaction that changes something.
    """

    def __init__(
        self,
        path: Path,
        *,
        files: Files = FILES,
        on_change: Callable[[set[Place]], None] = lambda places: None,
        whole_below: int = WHOLE_BELOW,
        formats: Formats = FORMATS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.path = path
        self.foreign: set[Place] = set()
        """What other processes changed since this was last emptied."""
        self._files = files
        self._on_change = on_change
        self._lock = Lock(path.with_name(path.name + ".lock"), files=files)
        self._disk = Disk(path, files=files, whole_below=whole_below, formats=formats, now=now)
        self._pending: dict[str, Overlay] | None = None
        self._one_thread = RLock()
        try:
            self._tables: Tables = self._disk.load() or snapshot.new_tables(formats)
        except OSError as error:
            raise cannot_read(error, path) from error
        self.read_only: str | None = self._why_read_only()
        """Why the library cannot be written; None when it can."""

    # What TinyDB asks for.

    def read(self) -> dict[str, dict[str, Any]] | None:
        """A copy of everything; our tables never ask for it."""
        return {name: copy(documents) for name, documents in self._tables.items()}

    def write(self, data: Mapping[Any, Mapping[Any, Any]]) -> None:
        """Make everything as in `data`; our tables never ask for it."""
        with self.transaction():
            for name, documents in self._tables.items():
                for key in documents:
                    if name != META and key not in data.get(name, {}):
                        self.put(name, key, None)
            for name, wanted in data.items():
                for key, document in wanted.items():
                    self.put(str(name), str(key), document)

    def close(self) -> None:
        """Let go of files; what was acknowledged is on the disk."""
        self._disk.close()

    # What our tables and the store ask for.

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should be told."""
        notices = list(self._disk.notices)
        if self._lock.missing:
            notices.append(
                f"The file system of {self.path.parent} has no locks: run one readq at a time"
            )
        return tuple(notices)

    def documents(self, table: str) -> Mapping[str, Document]:
        """The documents of a table by id, as they are now (within a transaction: will be)."""
        if self._pending is not None and table in self._pending:
            return self._pending[table]
        return self._tables.get(table, {})

    def put(self, table: str, key: str, document: Mapping[str, Any] | None) -> None:
        """Within a transaction: set a document, or remove it. `ValueError` for what is not JSON."""
        if self._pending is None:
            raise RuntimeError("documents are set within a transaction")
        if table not in self._pending:
            self._pending[table] = Overlay(self._tables.get(table, {}))
        self._pending[table].changes[key] = None if document is None else copy(document)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is `put` inside is done together, and on the disk, when this ends; or none is.

        Threads wait for each other. Starts with the lock and what other processes wrote. A transaction inside another is part
        of it. Raises `ReadOnly` or `StoreError`; nothing changed then.
        """
        with self._one_thread:
            if self._pending is not None:
                yield
                return
            if self.read_only is not None:
                raise ReadOnly(f"the library cannot be changed: {self.read_only}")
            with self._outermost():
                yield

    @contextmanager
    def _outermost(self) -> Iterator[None]:
        try:
            self._files.make_folder(self.path.parent)
        except OSError as error:
            raise cannot_write(error, self.path) from error
        with self._lock.held():
            self.refresh()
            self._pending = {}
            try:
                yield
                pending, self._pending = self._pending, None
                self._commit(pending)
            finally:
                self._pending = None

    def refresh(self) -> None:
        """Take over what other processes wrote; `foreign` then says what. Cheap when nothing."""
        with self._one_thread:
            try:
                news = self._disk.catch_up()
            except OSError as error:
                raise cannot_read(error, self.path) from error
            if news is not None:
                self._take_over(news)

    def _take_over(self, news: list[Put] | Tables) -> None:
        if isinstance(news, dict):
            changed = _differences(self._tables, news)
            self._tables = news
        else:
            changed = {(put.table, put.key) for put in news}
            for put in news:
                apply(self._tables, put)
        self.foreign |= changed
        self._on_change(changed)

    def fold(self) -> None:
        """Write the journal's changes into the library file. Errors as in `transaction`."""
        with self.transaction():
            # What only memory knows is not what the journal comes to.
            mark = replace_mark if self._disk.must_rewrite else fold_mark
            if self._disk.journal_size or self._disk.must_rewrite:
                self._write(lambda: self._disk.rewrite(self._tables, mark))

    @property
    def fold_is_due(self) -> bool:
        """Whether the journal has grown to an eighth of the library file."""
        return self._disk.journal_size * 8 > self._disk.snapshot_size

    def backup_is_due(self, now: datetime) -> bool:
        """Whether there is something to keep, and the day has no backup yet."""
        from readq.store import backup  # only who wrote needs it

        try:
            return self._disk.snapshot_size > 0 and backup.is_due(self.path, now, files=self._files)
        except OSError:
            return True  # `back_up` will say what is the matter

    def back_up(self, now: datetime, reason: str) -> Path:
        """Keep everything as it is now as a backup. Errors as in `transaction`."""
        from readq.store import backup

        with self.transaction():
            try:
                data = snapshot.render(self._tables)
                return backup.make(self.path, data, now, reason=reason, files=self._files)
            except OSError as error:
                raise cannot_write(error, backup.folder_of(self.path)) from error

    def _commit(self, pending: Mapping[str, Overlay]) -> None:
        puts = [
            Put(table, key, document)
            for table, overlay in pending.items()
            for key, document in overlay.real_changes()
        ]
        if not puts:
            return
        before = [Put(p.table, p.key, self.documents(p.table).get(p.key)) for p in puts]
        empty = {put.table for put in puts if put.table not in self._tables}
        for put in puts:
            apply(self._tables, put)
        try:
            self._write(lambda: self._disk.commit(puts, self._tables))
        except BaseException:
            for put in before:
                apply(self._tables, put)
            for table in empty:
                del self._tables[table]
            raise
        self._on_change({(put.table, put.key) for put in puts})

    def _write(self, act: Callable[[], None]) -> None:
        try:
            act()
        except OSError as error:
            fault = cannot_write(error, self.path)
            if isinstance(error, SyncFailed):
                self.read_only = fault.message
            raise fault from error
        if self._disk.unsure is not None:
            self.read_only = cannot_write(self._disk.unsure, self.path).message

    def _why_read_only(self) -> str | None:
        try:
            for place in (self.path, *self.path.parents):
                if self._files.look(place) is None:
                    continue
                if place != self.path and not place.is_dir():
                    raise in_the_way(place, "no folder")
                if not self._files.may_write(place):
                    return f"{place} cannot be written"
                if place != self.path:
                    break
        except OSError as error:
            return f"{self.path} cannot be looked at: {why(error)}"
        return None


def _differences(before: Tables, after: Tables) -> set[Place]:
    return {
        (name, key)
        for name in before.keys() | after.keys()
        for key in snapshot.differ(before.get(name, {}), after.get(name, {}))
    }
