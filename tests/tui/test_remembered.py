"""Left, and come back to: everything stands as it stood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.config import Config
from readq.library.library import Library
from readq.model.paper import PaperId
from readq.paths import Paths
from readq.tui.remembered import Memory, Spot, View
from tests.tui.helpers import (
    ATTENTION,
    BORN,
    KD,
    LINKLESS,
    RESNET,
    Running,
    app_of,
    core,
    queue_screen,
    shown,
    tree_screen,
    write_lists,
)

ids = st.text(max_size=20).map(PaperId)
spots = st.builds(
    Spot,
    paper=st.none() | ids,
    branch=st.just(""),
    row=st.integers(0, 99),
    unfolded=st.none(),
) | st.builds(
    Spot,
    paper=st.none() | ids,
    branch=st.text(max_size=20),
    row=st.integers(0, 99),
    unfolded=st.frozensets(st.text(max_size=20), max_size=5),
)
views = st.builds(
    View,
    mode=st.text(max_size=9),
    spots=st.dictionaries(st.text(max_size=9), spots, max_size=3),
    theme=st.none() | st.text(max_size=9),
    show_dropped=st.booleans(),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "view.json"


@given(view=views)
def test_what_is_written_is_read(view: View, tmp_path: Path) -> None:
    file = tmp_path / "view.json"
    Memory(file).write(view)
    assert Memory(file).read() == view


@given(
    document=st.binary(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "theme",
                        "show_dropped",
                        "places",
                        "library",
                        "mode",
                        "spots",
                        "row",
                        "unfolded",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_any_file_can_be_read(document: Any, tmp_path: Path) -> None:
    file = tmp_path / "view.json"
    if isinstance(document, dict):
        document["version"] = 1
    file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
    Memory(file).write(Memory(file).read())
    assert Memory(file).read() == Memory(file).read()


def test_other_lists_do_not_disturb_the_library(file: Path) -> None:
    Memory(file).write(View(mode="queue", theme="readq-light"))
    for number in range(30):
        other = Memory(file, place=f"list {number}")
        assert (other.read().mode, other.read().theme) == ("", "readq-light")
        other.write(View(mode="library", theme="readq-light"))
        Memory(file).write(View(mode="queue", theme="readq-light", show_dropped=number % 2 == 0))
    assert Memory(file).read().mode == "queue"
    assert len(json.loads(file.read_text("utf-8"))["places"]) == 20


def test_what_cannot_be_written_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "view.json", tmp_path / "folder", None):
        memory = Memory(path)
        memory.write(View(mode="queue"))
        assert Memory(path).read() == View()


def test_what_did_not_change_is_not_written(file: Path) -> None:
    memory = Memory(file)
    memory.write(View(mode="queue"))
    file.unlink()
    memory.write(View(mode="queue"))
    assert not file.exists()


async def test_folds_and_the_cursor_come_back(
    library: Library, running: Running, file: Path
) -> None:
    async with running(library, memory=Memory(file)) as pilot:
        await pilot.press("z", "z", "G", "h", "h", "k", "k")
        assert core(pilot).current == LINKLESS
        before = shown(pilot)
        await pilot.press("q")
    async with running(library, memory=Memory(file)) as pilot:
        assert core(pilot).current == LINKLESS
        assert shown(pilot) == before


async def test_a_heading_at_the_cursor_comes_back(
    library: Library, running: Running, file: Path
) -> None:
    async with running(library, memory=Memory(file)) as pilot:
        await pilot.press("z", "j", "ctrl+q")
    async with running(library, memory=Memory(file)) as pilot:
        here = tree_screen(pilot).rows.at_cursor
        assert here is not None
        assert tree_screen(pilot).rows.branch(here.branch).title == "Another list"
        assert "Distillation" not in shown(pilot).split("│")[1]


async def test_the_window_comes_back_as_it_was_scrolled(
    paths: Paths, tmp_path: Path, running: Running, file: Path, lists_are_json: None
) -> None:
    entries = [{"title": f"Paper number {n} of many", "section": ["All"]} for n in range(99)]
    folder = write_lists(tmp_path / "long", {"l.md": {"title": "Long", "entries": entries}})
    library = Library.view(paths, [folder])
    async with running(library, memory=Memory(file), size=(80, 24)) as pilot:
        await pilot.press(*["ctrl+d"] * 4, *["k"] * 5)
        await pilot.pause()
        before = shown(pilot)
        await pilot.press("q")
    async with running(library, memory=Memory(file), size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(pilot) == before
    library.close()


async def test_the_mode_and_its_cursor_come_back(
    library: Library, running: Running, file: Path
) -> None:
    library.enqueue([KD, BORN, RESNET])
    async with running(library, memory=Memory(file)) as pilot:
        await pilot.press("j", "2", "j", "q")
    async with running(library, memory=Memory(file)) as pilot:
        assert queue_screen(pilot).current == BORN
        await pilot.press("1")
        assert tree_screen(pilot).current == BORN
        await pilot.press("q")
    async with running(library, memory=Memory(file)) as pilot:
        await pilot.press("j", "2")
        assert queue_screen(pilot).current == BORN  # though it was not looked at in between


async def test_a_change_of_mode_is_remembered_without_leaving(
    library: Library, running: Running, file: Path
) -> None:
    async with running(library, memory=Memory(file)) as pilot:
        await pilot.press("2")
        app_of(pilot)._pick_up()
        assert Memory(file).read().mode == "queue"


async def test_dropped_papers_stay_shown(library: Library, running: Running, file: Path) -> None:
    library.toggle_dropped([BORN])
    async with running(library, memory=Memory(file)) as pilot:
        await pilot.press("H", "q")
    async with running(library, memory=Memory(file)) as pilot:
        assert "× Born Again" in shown(pilot)


async def test_the_theme_chosen_in_the_app_stays_unless_one_is_set(
    library: Library, running: Running, file: Path
) -> None:
    async with running(library, memory=Memory(file)) as pilot:
        pilot.app.theme = "readq-light"
        await pilot.press("q")
    async with running(library, memory=Memory(file)) as pilot:
        assert pilot.app.theme == "readq-light"
        await pilot.press("q")
    async with running(
        library, memory=Memory(file), config=Config(theme="readq-colour-blind-dark")
    ) as pilot:
        assert pilot.app.theme == "readq-colour-blind-dark"
        await pilot.press("q")
    assert Memory(file).read().theme == "readq-light"


async def test_what_is_not_there_any_more_is_no_obstacle(
    library: Library, running: Running, file: Path
) -> None:
    gone = Spot(paper=PaperId("gone"), branch="gone", row=50, unfolded=frozenset({"gone"}))
    Memory(file).write(
        View(mode="gone", theme="gone", spots={"library": gone, "queue": Spot(paper=ATTENTION)})
    )
    async with running(library, memory=Memory(file)) as pilot:
        assert pilot.app.theme == "readq-dark"
        assert "Papers to read" in shown(pilot)
        await pilot.press("2", "q")


async def test_an_unwritable_folder_does_not_keep_anyone(
    library: Library, running: Running, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    async with running(library, memory=Memory(tmp_path / "file" / "view.json")) as pilot:
        await pilot.press("2", "q")
    assert pilot.app.return_code == 0
