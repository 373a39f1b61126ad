"""Lists added and removed in the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from readq.library.library import Library
from readq.paths import Paths
from tests.tui.helpers import Running, shown


@pytest.fixture
def empty(
    paths: Paths,
    tmp_path: Path,
    clock: Callable[[], datetime],
    lists_are_json: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Library]:
    """A library of its own, without any list."""
    monkeypatch.setattr("readq.library.subscriptions.seeds_folder", lambda: tmp_path / "none")
    library = Library.open(paths, now=clock)
    yield library
    library.close()


async def _add(pilot: Pilot[None], source: Path) -> None:
    await pilot.press(*str(source), "enter")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_list_is_added_removed_and_had_again(
    empty: Library, folder: Path, running: Running
) -> None:
    async with running(empty) as pilot:
        assert "L adds a list" in shown(pilot)
        await pilot.press("L")
        await _add(pilot, folder / "a.md")
        assert "Added: Papers to read (4 papers)" in shown(pilot)
        assert [one.title for one in empty.lists] == ["Papers to read"]
        await pilot.press("escape")
        await pilot.pause()
        assert "Papers to read" in shown(pilot)
        await pilot.press("L", "x")
        await pilot.pause()
        assert "Removed: Papers to read" in shown(pilot)
        assert not empty.lists
        await pilot.press("escape", "u")
        await pilot.pause()
        assert [one.title for one in empty.lists] == ["Papers to read"]


async def test_what_cannot_be_added_says_why_and_waits(
    empty: Library, tmp_path: Path, running: Running
) -> None:
    async with running(empty) as pilot:
        await pilot.press("L")
        await _add(pilot, tmp_path / "no-such-file.md")
        text = shown(pilot)
        assert "Adding" not in text
        assert "no-such-file.md" in text
        assert not empty.lists
        await pilot.press("escape")
        await pilot.pause()
        assert "L adds a list" in shown(pilot)


async def test_lists_that_are_only_viewed_stay_as_they_are(
    library: Library, tmp_path: Path, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("L", "x")
        await pilot.pause()
        assert "only viewed" in shown(pilot)
        assert len(library.lists) == 2


async def test_the_palette_adds_a_list(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("colon", *"add a list")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert "owner/repo" in shown(pilot)
