"""A library of a few papers; a clock and cursors that stand still."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from readq.config import Config
from readq.library.library import Library
from readq.paths import Paths, user_paths
from readq.tui.app import ReadqApp
from readq.tui.drafts import Drafts
from readq.tui.remembered import Memory
from tests.tui.helpers import LISTS, NOON, Running, hostile_list, read_json, write_lists


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A minute later with every look."""
    minutes = count()
    return lambda: NOON + timedelta(minutes=next(minutes))


@pytest.fixture
def paths(home: Path) -> Paths:
    return user_paths(home)


@pytest.fixture
def lists_are_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readq.lists.read.read", read_json)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two lists that share a paper."""
    return write_lists(tmp_path / "lists", LISTS)


@pytest.fixture
def library(
    paths: Paths, folder: Path, clock: Callable[[], datetime], lists_are_json: None
) -> Iterator[Library]:
    library = Library.view(paths, [folder], now=clock)
    yield library
    library.close()


@pytest.fixture
def hostile(
    paths: Paths, tmp_path: Path, clock: Callable[[], datetime], lists_are_json: None
) -> Iterator[Library]:
    """A library whose every text attacks."""
    lists = write_lists(tmp_path / "hostile", {"h.md": hostile_list()})
    library = Library.view(paths, [lists], now=clock)
    yield library
    library.close()


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor caught in the middle of a blink would make every picture a coin toss."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda _self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda _self: None)
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def running() -> Running:
    @contextlib.asynccontextmanager
    async def run(
        library: Library,
        *,
        size: tuple[int, int] = (120, 30),
        config: Config | None = None,
        memory: Memory | None = None,
        drafts: Drafts | None = None,
    ) -> AsyncIterator[Pilot[None]]:
        app = ReadqApp(library, config=config, today=NOON.date, memory=memory, drafts=drafts)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield pilot

    return run
