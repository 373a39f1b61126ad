"""Changes laid over documents that stay as they are until the changes are on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from readq.store.schema import Document, copy


class Overlay(MutableMapping[str, Any]):
    """Documents with changes over them; None among `changes` is a document that was removed."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self.changes: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        document = self.changes[key] if key in self.changes else self._documents[key]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: str, document: Any) -> None:
        self.changes[key] = document

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self.changes[key] = None

    def __contains__(self, key: object) -> bool:
        if key in self.changes:
            return self.changes[key] is not None
        return key in self._documents

    def __iter__(self) -> Iterator[str]:
        for key in self._documents:
            if key not in self.changes or self.changes[key] is not None:
                yield key
        for key, document in list(self.changes.items()):
            if document is not None and key not in self._documents:
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every document."""
        self.changes = dict.fromkeys(self)

    def real_changes(self) -> Iterator[tuple[str, Any]]:
        """The changes that change something."""
        for key, document in self.changes.items():
            if document != self._documents.get(key):
                yield key, document


class CopyingOverlay(Overlay):
    """An overlay for callers that change what they read: they get copies, kept as changes."""

    def __getitem__(self, key: str) -> Any:
        if key not in self.changes:
            self.changes[key] = copy(self._documents[key])
        return super().__getitem__(key)
