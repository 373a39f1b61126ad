"""A store in a folder of its own, a clock that only goes when it is looked at, failing files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from readq.atomic import FILES, Files
from readq.store import Store

Open = Callable[..., Store]


class Clock:
    """A second goes by at every look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


class Killed(BaseException):
    """What a killed process would do next."""


_COUNTED = (
    "open",
    "close",
    "read",
    "write",
    "sync",
    "sync_data",
    "truncate",
    "status",
    "look",
    "replace",
    "remove",
    "make_folder",
    "names",
    "lock",
)


class FaultyFiles(Files):
    """Real files; the `at`-th operation (from 1) fails, or is the last that the process does.

    `how`: an errno; "before" (killed instead of it), "after" (killed when it is done), "half" (a
    write gets half way, then killed). Every operation after a killing is Killed too.
    """

    def __init__(
        self, at: int = 0, how: int | str = 0, *, only: tuple[str, ...] = _COUNTED
    ) -> None:
        self.at, self.how, self.only = at, how, only
        self.count = 0
        self.failed: str | None = None
        self.descriptors: set[int] = set()

    def bury(self) -> None:
        """What the system does for a process that ended."""
        for descriptor in self.descriptors:
            with suppress(OSError):
                os.close(descriptor)
        self.descriptors.clear()

    def __getattribute__(self, name: str) -> Any:
        if name not in _COUNTED:
            return super().__getattribute__(name)
        return lambda *args, **options: self.call(name, *args, **options)

    def call(self, name: str, *args: Any, **options: Any) -> Any:
        if self.failed and isinstance(self.how, str):
            raise Killed
        hit = False
        if name in self.only:
            self.count += 1
            hit = self.count == self.at
        if hit:
            self.failed = name
            if isinstance(self.how, int):
                if name == "close":  # the descriptor is gone all the same
                    FILES.close(*args)
                    self.descriptors.discard(args[0])
                raise OSError(self.how, os.strerror(self.how))
            if self.how == "before":
                raise Killed
            if self.how == "half" and name == "write":
                FILES.write(args[0], args[1][: len(args[1]) // 2])
                raise Killed
        result = getattr(FILES, name)(*args, **options)
        if name == "open":
            self.descriptors.add(result)
        if name == "close":
            self.descriptors.discard(args[0])
        if hit:
            raise Killed
        return result


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own process outlives what it writes; those that it starts do wait."""
    monkeypatch.setattr(Files, "sync", lambda self, descriptor: None)
    monkeypatch.setattr(Files, "sync_data", lambda self, descriptor: None)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.json"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=[0, 65536], ids=["journal", "whole"])
def whole_below(request: pytest.FixtureRequest) -> int:
    """From which size on there is a journal."""
    return int(request.param)


@pytest.fixture
def open_store(library: Path, clock: Clock, whole_below: int) -> Iterator[Open]:
    """Opens the library once more; everything is closed in the end."""
    opened: list[Store] = []

    def one(path: Path = library, *, files: Files = FILES) -> Store:
        store = Store(path, now=clock, node="a1b2c3d4", files=files, whole_below=whole_below)
        opened.append(store)
        return store

    yield one
    for store in opened:
        store._database.close()


@pytest.fixture
def faulty_files() -> type[FaultyFiles]:
    return FaultyFiles


@pytest.fixture
def killed() -> type[BaseException]:
    return Killed
