"""What a person would look at: few, small, in both lights."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from readq.config import Config
from readq.library.library import Library
from readq.tui.app import ReadqApp
from tests.tui.helpers import BORN, KD, NOON, RESNET

SnapCompare = Callable[..., bool]
THEMES = ["readq-dark", "readq-light"]


def app(library: Library, theme: str, *, ascii: bool = False) -> ReadqApp:
    return ReadqApp(library, config=Config(theme=theme, ascii=ascii), today=NOON.date)


@pytest.fixture
def used(library: Library) -> Library:
    """A library in which something was done."""
    library.toggle_done([BORN])
    library.enqueue([KD, RESNET])
    library.toggle_reading([RESNET])
    library.set_note(RESNET, "Skip *connections*.")
    return library


@pytest.mark.parametrize("theme", THEMES)
def test_a_small_tree(snap_compare: SnapCompare, used: Library, theme: str) -> None:
    """Signs for done, reading, queued and noted papers; one is marked; counts stand right."""

    async def mark(pilot: Pilot[None]) -> None:
        await pilot.press("z", "z", "space", "j")
        await pilot.pause()

    assert snap_compare(app(used, theme), run_before=mark, terminal_size=(60, 14))


def test_hostile_titles(snap_compare: SnapCompare, hostile: Library) -> None:
    """Brackets stand where they stand in the titles."""
    assert snap_compare(app(hostile, "readq-dark"), terminal_size=(60, 14))


@pytest.mark.parametrize("theme", THEMES)
def test_the_queue_beside_a_paper(snap_compare: SnapCompare, used: Library, theme: str) -> None:
    """The next paper stands out; the detail has links, note and places."""

    async def look(pilot: Pilot[None]) -> None:
        await pilot.press("2", "j")
        await pilot.pause()

    assert snap_compare(app(used, theme), run_before=look, terminal_size=(110, 28))


def test_plain_signs(snap_compare: SnapCompare, used: Library) -> None:
    """Nothing but ASCII among the signs."""
    plain = app(used, "readq-colour-blind-dark", ascii=True)
    assert snap_compare(plain, terminal_size=(60, 12))
