"""A store in a folder of its own, under a clock that only goes when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readq.store import Store

Open = Callable[..., Store]


class Clock:
    """A second goes by at every look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.json"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_store(library: Path, clock: Clock) -> Iterator[Open]:
    """Opens the library once more; everything is closed in the end."""
    opened: list[Store] = []

    def one(path: Path = library, *, node: str = "a1b2c3d4") -> Store:
        store = Store.open(path, now=clock, node=node)
        opened.append(store)
        return store

    yield one
    for store in opened:
        store.close()
