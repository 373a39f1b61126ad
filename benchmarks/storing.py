"""One change at several sizes of library, against TinyDB's own storages."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from benchmarks.measure import Result, alternate, seconds_of
from readq.atomic import Files
from readq.model.paper import PaperId
from readq.store.edits import Edit
from readq.store.store import Store


class Unsynced(Files):
    """The disk's part of an act left out."""

    def sync(self, descriptor: int) -> None:
        """At once."""

    def sync_data(self, descriptor: int) -> None:
        """At once."""


def results(folder: Path, *, large: bool) -> Iterator[Result]:
    folder.mkdir(parents=True)
    for count in (1_000, 10_000, 100_000) if large else (1_000, 10_000):
        yield from _at(folder, count)


def _at(folder: Path, count: int) -> Iterator[Result]:
    path = folder / f"{count}" / "library.json"
    store = Store.open(path)
    store.act("note", lambda _: [_note(number, "x" * 100) for number in range(count)])
    store.close()
    store = Store.open(path)
    number = itertools.cycle(range(count))
    texts = iter(range(10**9))

    def fresh_act() -> float:
        text = f"changed {next(texts)}"
        return seconds_of(lambda: store.act("note", lambda _: [_note(next(number), text)]))

    for name, storage in (
        ("JSONStorage", JSONStorage),
        ("CachingMiddleware", CachingMiddleware(JSONStorage)),  # type: ignore[no-untyped-call]
    ):
        database = TinyDB(folder / f"{count}-{name}.json", storage=storage)
        database.insert_multiple({"note": "x" * 100, "status": "to-read"} for _ in range(count))
        yield alternate(
            f"one act at {count:,} records, against {name}",
            fresh_act,
            _updater(database, count),
            budget=None,
            rounds=5,
        )
        database.close()
    store.close()
    store = Store(path, files=Unsynced())
    own = statistics.median(fresh_act() for _ in range(100))
    yield Result(f"one act at {count:,} records, without the disk", own, 0.001, 1.0)
    store.close()

    def opened() -> float:
        def act() -> None:
            Store.open(path).close()

        return seconds_of(act)

    budget = {1_000: 0.030, 10_000: 0.060, 100_000: 0.5}[count]
    taken = min(opened() for _ in range(3))
    yield Result(f"opening {count:,} records", taken, budget, 1.0)


def _updater(database: TinyDB, count: int) -> Callable[[], float]:
    turn = itertools.count()

    def update() -> float:
        number = next(turn)
        return seconds_of(
            lambda: database.update({"note": f"changed {number}"}, doc_ids=[number % count + 1])
        )

    return update


def _note(number: int, text: str) -> Edit:
    return Edit("papers", PaperId(f"paper-{number}"), "note", text)
