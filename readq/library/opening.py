"""How a library comes to be: its store, its lists, and the catalogue made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from readq.catalogue.catalogue import Catalogue, ListInfo
from readq.catalogue.load import Source, load
from readq.errors import UsageError
from readq.library.sharing import open_store, settle
from readq.library.shelf import Shelf
from readq.library.subscriptions import Subscriptions
from readq.paths import Paths
from readq.store.merging_copies import conflict_copies
from readq.store.store import Store

Clock = Callable[[], datetime]


class Base:
    """A shelf, and how to fill it again when lists come or go."""

    def __init__(
        self,
        store: Store,
        paths: Paths,
        now: Clock,
        sources: Callable[[], Sequence[Source]],
        *,
        subscriptions: Subscriptions | None = None,
        notices: Sequence[str] = (),
    ) -> None:
        self.subscriptions = subscriptions
        """None where lists are only viewed."""
        self._store, self.paths = store, paths
        self._sources = sources
        self._notices = tuple(notices)
        self.shelf = Shelf(store, self._load(), now=now, subscribed=subscriptions is not None)
        if self.shelf.catalogue.fresh:
            self.shelf.remember_touched()

    @property
    def notices(self) -> tuple[str, ...]:
        """What to tell at the start, beside why nothing can be changed."""
        lists = self.subscriptions.notices if self.subscriptions else ()
        return (*self._store.notices, *self._notices, *lists, *self._copies())

    def lists(self) -> tuple[ListInfo, ...]:
        """The lists, in order; one whose kept copy is gone has no papers."""
        loaded = {one.key: one for one in self.shelf.catalogue.lists}
        if self.subscriptions is None or not self._store.subscriptions:
            return tuple(loaded.values())
        return tuple(
            loaded.get(one.key) or ListInfo(one.key, one.source, one.title, 0, 0)
            for one in self._store.subscriptions
        )

    def own_lists(self) -> Subscriptions:
        """What lists are added to. Raises `UsageError` where they are only viewed."""
        if self.subscriptions is None:
            raise UsageError("these lists are only viewed", hint="readq add LIST keeps one")
        return self.subscriptions

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()
        settle(self.paths.library_file)
        self.shelf.catalogue.close()

    def reload(self) -> None:
        """Lists came or went: make the catalogue anew."""
        self.shelf.remember_touched()
        old = self.shelf.catalogue
        self.shelf.replace_catalogue(self._load())
        old.close()
        self.shelf.remember_touched()

    def _copies(self) -> list[str]:
        return [
            f"Beside the library is a copy of another machine: readq merge '{copy}' takes it over"
            for copy in conflict_copies(self.paths.library_file)
        ]

    def _load(self) -> Catalogue:
        return load(
            self._sources(),
            cache=self.paths.cache,
            fixed=self._store.identities,
            fingerprints=self._store.fingerprints(),
        )


def open_library(paths: Paths, now: Clock) -> Base:
    """The user's own lists; the first time ever, those that readq ships with."""
    store = open_store(paths.library_file, now)
    try:
        subscriptions = Subscriptions(store, paths, now)
        subscriptions.first_run()
        return Base(store, paths, now, subscriptions.sources, subscriptions=subscriptions)
    except BaseException:
        store.close()
        raise


def open_view(paths: Paths, now: Clock, files: Sequence[Path]) -> Base:
    """Other lists, over what the user did."""
    from readq.library.documents import viewed

    sources, notices = viewed(files, paths.cache)
    store = open_store(paths.library_file, now)
    try:
        return Base(store, paths, now, lambda: sources, notices=notices)
    except BaseException:
        store.close()
        raise
