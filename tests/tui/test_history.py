"""What was done, looked at and taken back one act at a time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from readq.config import Config
from readq.library.library import Library
from readq.model.record import Event, Stamp
from readq.model.status import Status
from readq.paths import Paths
from readq.tui.screens import history as screen
from readq.tui.screens.history import HistoryScreen
from readq.tui.widgets.history_list import not_standing
from tests.tui.helpers import (
    ATTENTION,
    BORN,
    HOSTILE_TITLES,
    KD,
    POISON,
    RESNET,
    Running,
    app_of,
    core,
    shown,
    toasts,
)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def rows(pilot: Pilot[None]) -> list[str]:
    """The events as they are drawn, without the frame."""
    assert isinstance(pilot.app.screen, HistoryScreen)
    found = pilot.app.screen.rows
    return [found.draw(line, 60).plain.strip() for line in range(found.line_count())]


async def test_events_stand_newest_first_with_their_local_time(
    library: Library, running: Running
) -> None:
    library.toggle_done([BORN])
    library.enqueue([KD, RESNET])
    library.set_note(KD, "Soft targets.")
    async with running(library) as pilot:
        await pilot.press("U")
        lines = rows(pilot)
        assert all(re.match(r"21 Nov 12:0\d  ", line) for line in lines)
        assert sorted(lines, reverse=True) == lines
        assert [line[14:] for line in lines] == [
            "Note: Distilling the Knowledge in a Neural …",
            "2 papers queued",
            "Done: Born Again Neural Networks",
        ]


async def test_an_event_is_told_in_full(library: Library, running: Running) -> None:
    library.set_note(KD, "First thoughts.")
    library.set_note(KD, "Second thoughts.")
    library.tag([KD, BORN], add=["loss"])
    async with running(library, size=(120, 40)) as pilot:
        await pilot.press("U")
        text = shown(pilot)
        assert "Saturday 21 November 2026, 12:0" in text
        assert "2 papers" in text
        assert "Born Again Neural Networks" in text
        assert "tags none → loss" in text
        await pilot.press("j")
        text = shown(pilot)
        assert text.index("Second thoughts.") < text.index("First thoughts.")


async def test_one_act_is_taken_back_and_no_other(library: Library, running: Running) -> None:
    library.toggle_done([BORN])
    library.toggle_done([KD])
    async with running(library) as pilot:
        await pilot.press("U", "j", "u")
        await pilot.pause()
        assert library.row(BORN).status is Status.TO_READ
        assert library.row(KD).status is Status.DONE
        assert "Undone · Done: Born Again" in toasts(pilot)
        lines = rows(pilot)
        assert "Undone · Done: Born Again" in lines[0]
        assert lines[2].endswith("undone")
        assert not lines[1].endswith("undone")
        assert "It was taken back." in shown(pilot)
        await pilot.press("enter")
        assert "taken back already" in toasts(pilot)
        await pilot.press("ctrl+r")
        assert library.row(BORN).status is Status.DONE
        assert not any(line.endswith("undone") for line in rows(pilot))
        await pilot.press("escape")
        assert "done 2 of 5" in shown(pilot)
        assert "● Born Again" in shown(pilot)


async def test_what_later_acts_depend_on_is_not_taken_back_and_they_are_named(
    library: Library, running: Running
) -> None:
    library.toggle_reading([BORN])
    library.toggle_done([BORN])
    async with running(library) as pilot:
        await pilot.press("U", "j", "enter")
        assert library.row(BORN).status is Status.DONE
        assert len(library.history()) == 2
        assert "Not taken back" in toasts(pilot)
        assert "Take back first what came later:" in shown(pilot)
        assert "· Done: Born Again Neural Networks" in shown(pilot)
        await pilot.press("k", "u", "j", "j", "u")
        assert library.row(BORN).status is Status.TO_READ


async def test_an_undo_is_no_act_to_take_back(library: Library, running: Running) -> None:
    library.toggle_done([BORN])
    library.undo()
    async with running(library) as pilot:
        await pilot.press("U", "u")
        assert "Choose the act itself" in toasts(pilot)
        assert len(library.history()) == 2


async def test_the_first_lists_stay(paths: Paths, running: Running) -> None:
    library = Library.open(paths)
    async with running(library) as pilot:
        await pilot.press("U", "u")
        assert "not undone" in toasts(pilot)
        assert library.lists
    library.close()


async def test_the_history_of_one_paper_and_of_all(library: Library, running: Running) -> None:
    library.toggle_done([BORN])
    library.toggle_done([KD])
    async with running(library) as pilot:
        await pilot.press("U", "tab")
        assert "History of Distilling the Knowledge" in shown(pilot)
        assert len(rows(pilot)) == 1
        await pilot.press("tab")
        assert "History of all" in shown(pilot)
        assert len(rows(pilot)) == 2
        await pilot.press("U", "g", "U", "tab")
        assert "on no paper" in toasts(pilot)


async def test_the_way_to_the_paper(library: Library, running: Running) -> None:
    library.toggle_done([ATTENTION])
    async with running(library) as pilot:
        await pilot.press("U", "l")
        await pilot.pause()
        assert core(pilot).current == ATTENTION


@pytest.mark.parametrize("key", ["escape", "q", "U"])
async def test_keys_that_leave(library: Library, running: Running, key: str) -> None:
    async with running(library) as pilot:
        await pilot.press("2", "U")
        assert "Nothing was done yet." in shown(pilot)
        await pilot.press("enter", "u", "l", "J", "G", key)
        assert core(pilot).MODE == "queue"
        assert app_of(pilot).is_running


async def test_what_others_do_appears(library: Library, paths: Paths, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("U")
        library.toggle_done([BORN])
        assert len(rows(pilot)) == 1


async def test_a_long_history_is_read_as_far_as_one_looks(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "_AT_FIRST", 20)
    monkeypatch.setattr(screen, "_AHEAD", 5)
    for _ in range(15):
        library.toggle_done([BORN])
        library.toggle_done([KD])
    async with running(library) as pilot:
        await pilot.press("U")
        assert len(rows(pilot)) == 20
        await pilot.press(*"j" * 10)
        assert len(rows(pilot)) == 20
        await pilot.press(*"j" * 5)
        assert len(rows(pilot)) == 30
        await pilot.press("U", "U", "G")
        assert isinstance(pilot.app.screen, HistoryScreen)
        assert pilot.app.screen.rows.cursor == 29


async def test_a_small_terminal_and_plain_signs(library: Library, running: Running) -> None:
    library.toggle_done([BORN])
    library.undo()
    async with running(library, size=(80, 24), config=Config(ascii=True)) as pilot:
        await pilot.press("U", "j")
        text = shown(pilot)
        assert "< undone" in text
        assert "status to-read > done" in text
        assert text.replace("·", "").replace("^r", "").isascii()


async def test_hostile_titles_are_shown_as_they_are(hostile: Library, running: Running) -> None:
    titles = [*HOSTILE_TITLES, *POISON.values()]
    hostile.toggle_done(hostile.find(""))
    hostile.set_note(hostile.find("")[0], "[/b] \x1b[31m[@click=app.quit]x[/]")
    async with running(hostile, size=(200, 50)) as pilot:
        await pilot.press("U")
        assert "[/b] [@click=app.quit]x[/]" in shown(pilot)
        await pilot.press("j")
        assert [title for title in titles if title not in shown(pilot)] == []


def event(number: int, *, undoes: int | None = None, redoes: int | None = None) -> Event:
    def stamp(other: int | None) -> Stamp | None:
        return None if other is None else Stamp(f"{other:04}")

    return Event(
        id=Stamp(f"{number:04}"), act="x", changes=(), undoes=stamp(undoes), redoes=stamp(redoes)
    )


@given(st.lists(st.sampled_from(["act", "undo", "redo"]), max_size=20))
def test_an_event_stands_unless_the_last_word_on_it_was_an_undo(steps: list[str]) -> None:
    events: list[Event] = []
    standing: list[int] = []
    undone: list[int] = []
    for number, step in enumerate(steps):
        if step == "undo" and standing:
            undone.append(standing.pop())
            events.append(event(number, undoes=undone[-1]))
        elif step == "redo" and undone:
            standing.append(undone.pop())
            events.append(event(number, redoes=standing[-1]))
        elif step == "act":
            standing.append(number)
            events.append(event(number))
    assert not_standing(events[::-1]) == {f"{number:04}" for number in undone}
