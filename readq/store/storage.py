"""TinyDB's storage of ours: documents in memory, transactions on disk.

The durable form is one file, replaced as a whole at every transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from readq.atomic import FILES, Files, read_bytes, write_bytes
from readq.errors import ReadOnly
from readq.store import snapshot
from readq.store.faults import cannot_read, cannot_write, in_the_way, why
from readq.store.lock import Lock
from readq.store.overlay import Overlay
from readq.store.schema import META, Document, copy
from readq.store.snapshot import Tables

Place = tuple[str, str]
"""Table and key of a document."""


class LibraryStorage(Storage):
    """The documents of a library file.

    Documents in memory are never changed, only replaced: whoever holds one holds a value. Nothing
    is made on disk before the first transaction that changes something.
    """

    def __init__(
        self,
        path: Path,
        *,
        files: Files = FILES,
        on_change: Callable[[set[Place]], None] = lambda places: None,
    ) -> None:
        self.path = path
        self.read_only: str | None = None
        """Why the library cannot be written; None when it can."""
        self.foreign: set[Place] = set()
        """What other processes changed since this was last emptied."""
        self._files = files
        self._on_change = on_change
        self._lock = Lock(path.with_name(path.name + ".lock"), files=files)
        self._tables: Tables = snapshot.new_tables()
        self._identity: tuple[int, ...] | None = None
        self._pending: dict[str, Overlay] | None = None
        self._load()
        self.read_only = self._why_read_only()

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
        """Nothing is held between transactions."""

    # What our tables and the store ask for.

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should be told."""
        if self._lock.missing:
            return (f"The file system of {self.path.parent} has no locks: run one readq at a time",)
        return ()

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
        if document is not None:
            self._pending[table][key] = copy(document)
        else:
            self._pending[table].changes[key] = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is `put` inside is done together, and on the disk, when this ends; or none is.

        Starts with the lock and what other processes wrote. A transaction inside another is part
        of it. Raises `ReadOnly` or `StoreError`; nothing changed then.
        """
        if self._pending is not None:
            yield
            return
        if self.read_only is not None:
            raise ReadOnly(f"the library cannot be changed: {self.read_only}")
        try:
            self._files.make_folder(self.path.parent)
        except OSError as error:
            raise cannot_write(error, self.path) from error
        with self._lock.held():
            self.refresh()
            self._pending = {}
            try:
                yield
                self._commit(self._pending)
            finally:
                self._pending = None

    def refresh(self) -> None:
        """Take over what other processes wrote; `foreign` then says what. Cheap when nothing."""
        if self._state_on_disk() != self._identity:
            before = self._tables
            self._load()
            changed = _differences(before, self._tables)
            self.foreign |= changed
            self._on_change(changed)

    def _commit(self, pending: Mapping[str, Overlay]) -> None:
        changes = [
            (table, key, document)
            for table, overlay in pending.items()
            for key, document in overlay.real_changes()
        ]
        if not changes:
            return
        tables: Tables = dict(self._tables)
        for table, key, document in changes:
            if tables.get(table) is self._tables.get(table):
                tables[table] = dict(tables.get(table, {}))
            if document is None:
                del tables[table][key]
            else:
                tables[table][key] = document
        data = snapshot.render(tables)
        try:
            write_bytes(self.path, data, files=self._files)
            self._identity = self._state_on_disk()
        except OSError as error:
            raise cannot_write(error, self.path) from error
        self._tables = tables
        self._on_change({(table, key) for table, key, _ in changes})

    def _load(self) -> None:
        try:
            identity = self._state_on_disk()
            if identity is None:
                # A file that went away is no reason to forget: memory stays, the next act writes it.
                self._identity = None
                return
            data = read_bytes(self.path, files=self._files)
        except OSError as error:
            raise cannot_read(error, self.path) from error
        self._tables = snapshot.parse(data, self.path)
        self._identity = identity

    def _state_on_disk(self) -> tuple[int, ...] | None:
        found = self._files.look(self.path)
        return found and (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def _why_read_only(self) -> str | None:
        try:
            for place in (self.path, *self.path.parents):
                if self._files.look(place) is not None:
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
    changed: set[Place] = set()
    for name in before.keys() | after.keys():
        old, new = before.get(name, {}), after.get(name, {})
        changed.update(
            (name, key) for key in old.keys() | new.keys() if old.get(key) != new.get(key)
        )
    return changed
