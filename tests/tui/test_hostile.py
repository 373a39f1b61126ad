"""Lists that attack: every screen of the app on a library whose every text does."""

from __future__ import annotations

import pytest

from readq.library.library import Library
from tests.tui.helpers import HOSTILE_TITLES, POISON, Running, app_of, core, shown, toasts

TITLES = [*HOSTILE_TITLES, *POISON.values()]


def clean_screen(text: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in text)


async def test_the_tree_shows_every_title_as_it_is(hostile: Library, running: Running) -> None:
    async with running(hostile, size=(160, 40)) as pilot:
        text = shown(pilot)
        assert "Lists [/b] of [@click=app.quit]everything[/]" in text
        assert "Section [/] one" in text
        assert "[b]Two" in text
        for title in TITLES:
            assert title in text
        assert clean_screen(text)


@pytest.mark.parametrize("number", range(len(TITLES)))
async def test_detail_toasts_and_dialogs_show_a_title_as_it_is(
    hostile: Library, running: Running, number: int
) -> None:
    title = TITLES[number]
    async with running(hostile, size=(200, 50)) as pilot:
        await pilot.press(*"j" * number, "d")
        await pilot.pause()
        assert title in toasts(pilot)
        text = shown(pilot)
        assert text.count(title) >= 4  # tree, detail, its authors, toast
        assert "Jane [/] Doe" in text
        assert "1 [/pdf]" in text
        await pilot.press("n", "x", "escape", "t", "y", "enter", "f", "escape", "y", "escape")
        assert clean_screen(shown(pilot))
        assert app_of(pilot).is_running


async def test_nothing_that_a_list_says_can_be_clicked(hostile: Library, running: Running) -> None:
    async with running(hostile, size=(160, 40)) as pilot:
        lines = shown(pilot).split("\n")
        for y, line in enumerate(lines[:38]):
            for x in (at for at in range(len(line)) if line.startswith("x[/]", at)):
                await pilot.click(offset=(x, y))
        assert app_of(pilot).is_running


async def test_the_palette_shows_titles_as_they_are(hostile: Library, running: Running) -> None:
    async with running(hostile, size=(120, 40)) as pilot:
        await pilot.press("colon", *"adam conv")
        await pilot.pause(0.5)
        assert "[Re] Adam Converges" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause(0.2)
        current = core(pilot).current
        assert current is not None
        assert hostile.row(current).title == "[Re] Adam Converges"


async def test_the_palette_finds_acts_and_themes(hostile: Library, running: Running) -> None:
    async with running(hostile) as pilot:
        await pilot.press("ctrl+p", *"light readq-light")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert pilot.app.theme == "readq-light"
        await pilot.press("colon", *"queue it; again")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert len(hostile.queue()) == 1
