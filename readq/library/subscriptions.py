"""The lists that belong to a library: their kept copies, and how they come and go."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from readq import atomic
from readq.catalogue.load import Source, read_list
from readq.errors import Ambiguous, ListError, NotFound, StoreError, UsageError
from readq.library.values import Done
from readq.library.wording import FIRST_RUN, UPDATE, count, short
from readq.model.ordering import rank_between
from readq.model.paper import ListKey
from readq.model.record import Subscription
from readq.model.text import clean, normal_title, slug
from readq.paths import Paths, seeds_folder
from readq.store.clock import moment
from readq.store.edits import Edit, edits_of
from readq.store.store import Store

if TYPE_CHECKING:
    from readq.model.listing import ReadingList

_SEED = "seed:"


class _Fetched(NamedTuple):
    source: str
    name: str
    data: bytes


class Subscriptions:
    """The lists of one library."""

    def __init__(self, store: Store, paths: Paths, now: Callable[[], datetime]) -> None:
        self._store = store
        self._folder = paths.kept_lists
        self._cache = paths.cache
        self._now = now
        self.notices: list[str] = []
        """What to tell about lists that could not be had."""

    def first_run(self) -> None:
        """Subscribe to the lists readq ships with, once ever: also not after they were removed."""
        if self._store.all_subscriptions or self._store.read_only is not None:
            return
        new: list[Subscription] = []
        for path in _seed_files():
            fetched = _Fetched(f"{_SEED}{path.name}", path.stem, path.read_bytes())
            reading_list = self._read(fetched)
            new.append(self._kept(fetched, reading_list, new))
        if new:
            self._store.act(
                FIRST_RUN,
                lambda view: (
                    [edit for one in new for edit in edits_of(one)]
                    if not view.all_subscriptions
                    else []
                ),
            )

    def sources(self) -> list[Source]:
        """The lists to load. One whose kept copy is gone is left out, with a notice."""
        self.notices.clear()
        if not self._store.all_subscriptions and self._store.read_only is not None:
            return _seed_sources()
        found = []
        for one in self._store.subscriptions:
            path = self._folder / one.file
            if not os.access(path, os.R_OK) and not self._restored(one, path):
                self.notices.append(
                    f"The copy of {short(one.title or one.source)} is gone:"
                    f" readq add {one.source} brings it back"
                )
                continue
            hint = one.title or one.source.rpartition("/")[2]
            found.append(Source(one.key, one.source, hint, path.read_bytes, one.sha256))
        return found

    def add(self, text: str) -> Done:
        """Make a list part of the library, or read it again. Raises `UsageError`, `ListError`, `FetchError`."""
        if self._store.read_only is not None:
            # Refused before anything is fetched or kept.
            self._store.act("add", lambda view: [])
        fetch = _Wanted(text)
        known = next((s for s in self._store.all_subscriptions if s.source == fetch.source), None)
        if known and not known.removed and (self._folder / known.file).is_file():
            return self._updated(known, fetch())
        fetched = fetch()
        reading_list, papers = _read(fetched)
        new = self._kept(fetched, reading_list, (), known)
        event = self._store.act("add", lambda view: edits_of(new))
        return Done(message=f"Added: {short(new.title)} ({count(papers)})", event=event)

    def update(self, which: str) -> Done:
        """Read a list again from where it came. Raises as `add` does, and `NotFound`."""
        if self._store.read_only is not None:
            self._store.act(UPDATE, lambda view: [])
        known = self.find(which)
        if known.source.startswith(_SEED):
            path = seeds_folder() / Path(known.source.removeprefix(_SEED)).name
            from readq.library.documents import list_bytes

            return self._updated(known, _Fetched(known.source, path.stem, list_bytes(path)))
        return self._updated(known, _Wanted(known.source)())

    def _updated(self, known: Subscription, fetched: _Fetched) -> Done:
        kept = (self._folder / known.file).is_file()
        if kept and _digest(fetched.data) == known.sha256:
            title = short(known.title or known.source)
            return Done(message=f"Already in the library and unchanged: {title}")
        reading_list, _ = _read(fetched)
        new = self._kept(fetched, reading_list, (), known)
        edits = edits_of(new._replace(added_at=known.added_at))
        event = self._store.act(UPDATE, lambda view: edits)
        return Done(message=f"Updated: {short(new.title)}", event=event)

    def remove(self, which: Sequence[str]) -> Done:
        """Take lists out; one event. Raises `NotFound` when one of them is not there."""
        gone = tuple(dict.fromkeys(self.find(one) for one in which))
        event = self._store.act(
            "remove", lambda view: [Edit("lists", one.key, "removed", True) for one in gone]
        )
        named = short(gone[0].title) if len(gone) == 1 else f"{len(gone)} lists"
        return Done(message=f"Removed: {named}", event=event)

    def find(self, which: str) -> Subscription:
        """The list of that key, source or title, or the one whose key begins so."""
        lists = self._store.subscriptions
        sources = {which, os.path.abspath(Path(which).expanduser())}  # noqa: PTH100 - links stay
        wanted = normal_title(which)
        for fits in (
            [one for one in lists if one.key == which],
            [one for one in lists if one.source in sources],
            [one for one in lists if wanted and normal_title(one.title) == wanted],
            [one for one in lists if which and one.key.startswith(which.lower())],
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                raise Ambiguous(
                    f"{len(fits)} lists fit {which!r}",
                    candidates=[(one.key, one.title) for one in fits],
                    hint="name one by its key",
                )
        raise NotFound(f"no list is called {which!r}", hint="readq lists shows them")

    def _read(self, fetched: _Fetched) -> ReadingList:
        """What a list says; the catalogue that is made of it afterwards reads it no second time."""
        digest = _digest(fetched.data)
        source = Source(ListKey(""), fetched.source, "", fetched.data, digest)
        return read_list(source, cache=self._cache)

    def _kept(
        self,
        fetched: _Fetched,
        reading_list: ReadingList,
        pending: Sequence[Subscription],
        known: Subscription | None = None,
    ) -> Subscription:
        """Keep a copy; the subscription that goes with it, not yet written down."""
        from readq.library.documents import free_key

        title = reading_list.title or clean(fetched.name) or fetched.source
        digest = _digest(fetched.data)
        everything = [*self._store.all_subscriptions, *pending]
        key = known.key if known else free_key(title, [one.key for one in everything])
        # The content is part of the name: an older copy stays for as long as undo may want it.
        file = f"{key}-{digest[:8]}.txt"
        _write(self._folder / file, fetched.data)
        last = max((one.position for one in everything), default=None)
        at = moment(self._now())
        return Subscription(
            key=key,
            source=fetched.source,
            title=title,
            file=file,
            sha256=digest,
            position=known.position if known else rank_between(last, None),
            added_at=at,
            fetched_at=at,
        )

    def _restored(self, one: Subscription, path: Path) -> bool:
        """Whether the copy of a list that readq ships with could be made again."""
        if not one.source.startswith(_SEED):
            return False
        try:
            data = (seeds_folder() / Path(one.source.removeprefix(_SEED)).name).read_bytes()
            if _digest(data) != one.sha256:
                return False
            _write(path, data)
        except (OSError, StoreError):
            return False
        return True


def _read(fetched: _Fetched) -> tuple[ReadingList, int]:
    """What a list says, and how many papers it has. Raises `ListError` where it has none."""
    from readq.library.documents import read_list as read_bytes

    reading_list = read_bytes(fetched.data, source=fetched.source)
    papers = sum(entry.kind == "paper" for entry in reading_list.entries)
    if not papers:
        raise ListError(
            f"no papers were found in {clean(fetched.source)}",
            hint="readq parse FILE says what was seen in it",
        )
    return reading_list, papers


class _Wanted:
    """Where a list is to be had: `source` names it, calling gets it."""

    def __init__(self, text: str) -> None:
        from readq.model import identifiers
        from readq.services import list_source

        found = Path(text).expanduser()
        if not found.exists() and (named := identifiers.parse(text)) is not None:
            raise UsageError(f"{named} is a paper, not a list", hint="readq add takes lists")
        self._found = list_source.resolve(text, Path.cwd())
        self.source = self._found.source

    def __call__(self) -> _Fetched:
        found = self._found
        if found.path is not None:
            from readq.library.documents import list_bytes

            return _Fetched(self.source, found.path.stem, list_bytes(found.path))
        from readq.services import client

        return _Fetched(self.source, found.name, client.fetch_first(found.candidates).data)


def _seed_files() -> list[Path]:
    try:
        return sorted(path for path in seeds_folder().iterdir() if path.is_file())
    except OSError:
        return []


def _seed_sources() -> list[Source]:
    """The lists readq ships with, for a library that cannot be written."""
    return [
        Source(ListKey(slug(path.stem)), f"{_SEED}{path.name}", "", path.read_bytes())
        for path in _seed_files()
    ]


def _write(path: Path, data: bytes) -> None:
    try:
        atomic.FILES.make_folder(path.parent)
        atomic.write_bytes(path, data)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()
