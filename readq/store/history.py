"""Events in their order, and what undo and redo mean: concluded from the events alone."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator

from readq.model.paper import PaperId
from readq.model.record import Event, Stamp
from readq.store import schema
from readq.store.schema import EVENTS, PAPERS, Document
from readq.store.snapshot import line, may_hold, that_may_hold
from readq.store.storage import LibraryStorage, Place


class History:
    """All acts of the library. Walks back from the newest, so that its length costs nothing."""

    def __init__(self, storage: LibraryStorage) -> None:
        self._storage = storage
        self._order: list[str] | None = None

    def forget(self, places: Collection[Place]) -> None:
        """These documents changed."""
        if self._order is None:
            return
        documents = self._storage.documents(EVENTS)
        for key in sorted(key for table, key in places if table == EVENTS):
            if key not in documents:
                self._order = None
                return
            if not self._order or key > self._order[-1]:
                self._order.append(key)
            elif documents.keys() - set(self._order):
                insort(self._order, key)

    @property
    def last(self) -> Stamp | None:
        """The newest event's id."""
        order = self._stamps()
        return Stamp(order[-1]) if order else None

    def event(self, stamp: Stamp) -> Event | None:
        """One event, or None."""
        document = self._storage.documents(EVENTS).get(stamp)
        return None if document is None else schema.event(stamp, document)

    def events(self, paper: PaperId | None, limit: int | None) -> tuple[Event, ...]:
        """The newest first: of one paper or all, at most `limit`."""
        found: list[Event] = []
        documents = self._storage.documents(EVENTS)
        words = b"" if paper is None else line(paper)
        for stamp in reversed(self._stamps()):
            if limit is not None and len(found) >= limit:
                break
            if paper is None or (
                may_hold(documents, stamp, words) and _touches(documents[stamp], paper)
            ):
                found.append(schema.event(stamp, documents[stamp]))
        return tuple(found)

    def to_undo(self) -> Event | None:
        """The newest act that stands."""
        settled: set[object] = set()
        for stamp, document in self._backwards():
            undoes, redoes = document.get("undoes"), document.get("redoes")
            if undoes is not None:
                settled.add(undoes)
            elif redoes is not None:
                if redoes not in settled:
                    settled.add(redoes)
                    if (event := self.event(redoes)) is not None:
                        return event
            elif stamp not in settled:
                return schema.event(stamp, document)
        return None

    def to_redo(self) -> Event | None:
        """The act that was undone last, if no new act came after."""
        settled: set[object] = set()
        for _, document in self._backwards():
            undoes, redoes = document.get("undoes"), document.get("redoes")
            if redoes is not None:
                settled.add(redoes)
            elif undoes is None:
                return None
            elif undoes not in settled:
                settled.add(undoes)
                if (event := self.event(undoes)) is not None:
                    return event
        return None

    def undone(self) -> frozenset[str]:
        """The acts that do not stand."""
        settled: set[object] = set()
        undone: set[str] = set()
        documents = self._storage.documents(EVENTS)
        # Both words end so; where neither is, nothing need be read.
        for stamp in sorted(that_may_hold(documents, b'does": '), reverse=True):
            undoes, redoes = documents[stamp].get("undoes"), documents[stamp].get("redoes")
            if isinstance(undoes, str) and undoes not in settled:
                undone.add(undoes)
            settled |= {undoes, redoes}
        return frozenset(undone)

    def since(self, stamp: Stamp) -> Iterator[Event]:
        """The events after that one, the newest first."""
        for later, document in self._backwards():
            if later <= stamp:
                return
            yield schema.event(later, document)

    def _stamps(self) -> list[str]:
        if self._order is None:
            self._order = sorted(self._storage.documents(EVENTS))
        return self._order

    def _backwards(self) -> Iterator[tuple[str, Document]]:
        documents = self._storage.documents(EVENTS)
        return ((stamp, documents[stamp]) for stamp in reversed(self._stamps()))


def _touches(document: Document, paper: PaperId) -> bool:
    changes = document.get("changes")
    return isinstance(changes, list) and any(
        isinstance(change, list) and change[:2] == [PAPERS, paper] for change in changes
    )
