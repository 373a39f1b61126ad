"""TinyDB's tables over our storage: documents named by text, costs by what changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tinydb import TinyDB
from tinydb import table as tinydb_table

from readq.store.overlay import CopyingOverlay
from readq.store.schema import copy
from readq.store.storage import LibraryStorage


class Document(tinydb_table.Document):
    """A document with its id; shares nothing with what it was made from."""

    def __init__(self, value: Mapping[str, Any], doc_id: str) -> None:
        super().__init__(copy(value), doc_id)  # type: ignore[arg-type]  # TinyDB says int, takes any


class Table(tinydb_table.Table):
    """A table whose ids are text and whose updates cost by the documents that they touch.

    An update happens wholly or not at all, also when a callable fails half way.
    """

    document_class = Document  # type: ignore[assignment]  # TinyDB names the type too closely
    document_id_class = str  # type: ignore[assignment]  # TinyDB says int, takes any

    _storage: LibraryStorage

    def put(self, key: str, document: Mapping[str, Any]) -> None:
        """Set the whole document, whether there was one or not."""

        with self._storage.transaction():
            self._storage.put(self.name, key, document)
        self.clear_cache()

    def _get_next_id(self) -> int:
        raise ValueError("documents here have names: insert a Document with its id")

    def _read_table(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]
        return self._storage.documents(self.name)

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        with self._storage.transaction():
            documents = CopyingOverlay(self._storage.documents(self.name))
            updater(documents)  # type: ignore[arg-type]  # a mapping that records is enough
            for key, document in documents.real_changes():
                self._storage.put(self.name, key, document)
        self.clear_cache()

    def update(
        self,
        fields: Any,
        cond: Any = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """Update those documents, or those that fit, or all; only those are copied."""
        with self._storage.transaction():
            return super().update(fields, doc_ids=self._those(cond, doc_ids, every=True))

    def remove(self, cond: Any = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        """Remove those documents, or those that fit."""
        with self._storage.transaction():
            return super().remove(doc_ids=self._those(cond, doc_ids, every=False))

    def _those(self, cond: Any, ids: Iterable[Any] | None, *, every: bool) -> list[Any] | None:
        if ids is not None:
            return [str(one) for one in ids]
        if cond is None:
            return list(self._read_table()) if every else None
        return [key for key, document in self._read_table().items() if cond(document)]

    def search(self, cond: Any) -> list[Any]:
        """The documents that fit. Nothing is remembered: another process may have written since."""
        self.clear_cache()
        return super().search(cond)


class Database(TinyDB):
    """A TinyDB of such tables."""

    table_class = Table
    default_storage_class = LibraryStorage  # type: ignore[assignment]  # as above
