"""Keys pressed, the library asked."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest

from readq.config import Config
from readq.errors import ReadOnly, StoreError
from readq.library.library import Library
from readq.model.paper import PaperId
from readq.model.status import Status
from readq.paths import Paths
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
    read_json,
    shown,
    toasts,
    tree_screen,
    write_lists,
)


def status(library: Library, paper: PaperId) -> Status:
    return library.row(paper).status


async def test_the_cursor_starts_on_the_first_paper(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        assert core(pilot).current == KD
        assert "Geoffrey Hinton, Oriol Vinyals" in shown(pilot)


async def test_done_is_kept_told_and_undone(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("d")
        assert status(library, KD) is Status.DONE
        assert "Done: Distilling the Knowledge" in toasts(pilot)
        assert "done 1 of 5" in shown(pilot)
        await pilot.press("u")
        assert status(library, KD) is Status.TO_READ
        await pilot.press("ctrl+r")
        assert status(library, KD) is Status.DONE
        await pilot.press("d")
        assert status(library, KD) is Status.TO_READ


async def test_start_and_drop_toggle(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("s")
        assert status(library, KD) is Status.READING
        await pilot.press("s", "x")
        assert status(library, KD) is Status.DROPPED


async def test_dropped_papers_are_hidden_until_asked_for(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("x")
        assert "○ Distilling" not in shown(pilot)
        assert core(pilot).current == BORN
        await pilot.press("H")
        assert "× Distilling" in shown(pilot)
        await pilot.press("H")
        assert "× Distilling" not in shown(pilot)


async def test_every_row_of_a_paper_changes_with_it(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("z", "z", "g", "j", "j", "d")
        assert shown(pilot).count("● Distilling the Knowledge") == 2


async def test_acts_on_a_heading_apply_to_all_below_it_in_one_event(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("g", "d")
        assert [status(library, p) for p in (KD, BORN, ATTENTION, LINKLESS)] == [Status.DONE] * 4
        assert status(library, RESNET) is Status.TO_READ
        assert "4 papers done" in toasts(pilot)
        assert "u takes it back" in toasts(pilot)
        assert len(library.history()) == 1
        await pilot.press("u")
        assert library.progress().done == 0


async def test_acts_on_a_heading_spare_what_the_filter_leaves_out(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"born", "enter", "g", "d")
        assert status(library, BORN) is Status.DONE
        assert library.progress().done == 1


async def test_acts_on_a_heading_spare_hidden_dropped_papers(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("x", "g", "d")
        assert status(library, KD) is Status.DROPPED
        assert status(library, BORN) is Status.DONE


async def test_marked_papers_are_acted_on_together(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("space", "space")
        assert "2 marked" in shown(pilot)
        assert shown(pilot).count("▌") == 2
        await pilot.press("a")
        assert library.queue() == (KD, BORN)
        assert "marked" not in shown(pilot)


async def test_escape_clears_the_marks(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("space", "escape", "d")
        assert not app_of(pilot).marks
        assert status(library, BORN) is Status.DONE
        assert status(library, KD) is Status.TO_READ


async def test_the_queue_is_filled_and_ordered(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("a", "j", "A")
        assert library.queue() == (BORN, KD)
        await pilot.press("2", "J")
        assert library.queue() == (KD, BORN)
        assert queue_screen(pilot).current == BORN
        await pilot.press("K")
        assert library.queue() == (BORN, KD)
        await pilot.press("a")
        assert library.queue() == (KD,)
        assert queue_screen(pilot).current == KD


async def test_queue_mode_shows_the_order_and_what_is_read(
    library: Library, running: Running
) -> None:
    library.enqueue([BORN, KD])
    library.toggle_reading([RESNET])
    async with running(library) as pilot:
        await pilot.press("2")
        lines = shown(pilot)
        assert lines.index("Deep Residual") < lines.index("Next")
        assert lines.index("Next") < lines.index("1 ○ Born Again")
        assert lines.index("Then") < lines.index("2 ○ Distilling")


async def test_an_empty_queue_says_what_to_do(library: Library, running: Running) -> None:
    async with running(library, size=(80, 24)) as pilot:
        await pilot.press("2")
        assert "The queue is empty." in shown(pilot)
        assert "Press 1 for the library, then a on a paper" in shown(pilot)
        await pilot.press("d", "n", "o", "J", "space")
        assert library.history() == ()


async def test_another_process_is_noticed(
    library: Library, paths: Paths, folder: Path, running: Running
) -> None:
    async with running(library) as pilot:
        other = Library.view(paths, [folder])
        other.toggle_done([KD])
        other.close()
        app_of(pilot)._pick_up()
        await pilot.pause()
        assert "● Distilling" in shown(pilot)
        assert "done 1 of 5" in shown(pilot)


async def test_a_mode_in_the_background_catches_up(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("2", "1", "a", "2")
        assert queue_screen(pilot).current == KD
        await pilot.press("d", "1")
        assert "● Distilling" in shown(pilot)
        assert tree_screen(pilot).current == KD


async def test_a_read_only_library_refuses_with_the_reason(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Never:
        raise ReadOnly("The library cannot be changed", hint="The disk is read-only")

    monkeypatch.setattr(Library, "read_only", property(lambda _: "the disk is read-only"))
    monkeypatch.setattr(Library, "toggle_done", refuse)
    async with running(library) as pilot:
        await pilot.pause()
        assert "Read-only: the disk is read-only" in shown(pilot)
        assert "read-only · reading 0" in shown(pilot)
        await pilot.press("d")
        assert toasts(pilot) == "The library cannot be changed. The disk is read-only"
        await pilot.press("n")
        assert tree_screen(pilot).current == KD


async def test_ascii_signs_for_terminals_that_draw_others_wide(
    library: Library, running: Running
) -> None:
    library.toggle_done([BORN])
    async with running(library, config=Config(ascii=True)) as pilot:
        text = shown(pilot)
        assert "* Born Again" in text
        assert not set("○◐●×▸▾▰▱»▌") & set(text)


async def test_whatever_goes_wrong_is_one_line(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Never:
        raise StoreError("The disk is full", hint="Nothing was changed")

    def fail_low(*_: object, **__: object) -> Never:
        raise OSError(5, "Input/output error")

    async with running(library) as pilot:
        monkeypatch.setattr(Library, "toggle_queued", fail)
        await pilot.press("a")
        assert toasts(pilot) == "The disk is full. Nothing was changed"
        monkeypatch.setattr(Library, "toggle_done", fail_low)
        await pilot.press("d")
        assert toasts(pilot) == "Input/output error"
        assert app_of(pilot).is_running


async def test_marks_are_told_also_where_there_is_little_room(
    library: Library, running: Running
) -> None:
    async with running(library, size=(50, 20)) as pilot:
        assert "done 0 of 5" in shown(pilot)
        await pilot.press("space", "space")
        assert "2 marked" in shown(pilot)


async def test_a_note_that_cannot_be_kept_stays_open(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Never:
        raise StoreError("The disk is full")

    monkeypatch.setattr(Library, "set_note", fail)
    async with running(library) as pilot:
        await pilot.press("n", *"precious", "escape")
        assert "The disk is full" in toasts(pilot)
        assert "precious" in shown(pilot)


async def test_the_cursor_stays_on_its_paper_when_lists_come_and_go(
    paths: Paths, folder: Path, running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("readq.library.subscriptions.seeds_folder", lambda: folder)
    monkeypatch.setattr("readq.lists.read.read", read_json)
    more = {"title": "More", "entries": [{"title": "A Newcomer to the Lists", "section": ["New"]}]}
    extra = write_lists(tmp_path / "more", {"c.md": more}) / "c.md"
    library = Library.open(paths)
    async with running(library) as pilot:
        await pilot.press("j")
        assert core(pilot).current == BORN
        library.toggle_done([RESNET])
        library.subscribe(str(extra))
        assert core(pilot).current == BORN
        assert "More" in shown(pilot)
        library.unsubscribe("Another list")
        await pilot.pause()
        assert core(pilot).current == BORN
        assert "No longer listed" in shown(pilot)
        library.unsubscribe("Papers to read")
        await pilot.press("j", "k", "d", "u")
        assert app_of(pilot).is_running
    library.close()


async def test_a_library_without_lists_says_what_to_do(
    paths: Paths, running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("readq.library.subscriptions.seeds_folder", lambda: tmp_path / "none")
    library = Library.open(paths)
    async with running(library, size=(80, 24)) as pilot:
        assert "L adds a list" in shown(pilot)
        await pilot.press("j", "d", "enter", "l", "h", "z", "space", "n", "f", "y", "G", "slash")
        await pilot.press("a", "enter", "escape", "2", "j", "k", "1")
        assert app_of(pilot).is_running
    library.close()


async def test_of_acts_in_quick_succession_only_the_last_is_told(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        for message in ("one", "two", "three"):
            app_of(pilot).notify(message)
        await pilot.pause()
        assert toasts(pilot) == "three"
        app_of(pilot).notify("stays", timeout=9)
        app_of(pilot).notify("more", timeout=9)
        await pilot.pause()
        assert toasts(pilot) == "three\nstays\nmore"


async def test_undo_and_redo_show_the_paper_and_say_the_way_on(
    library: Library, running: Running
) -> None:
    library.toggle_done([RESNET])
    async with running(library) as pilot:
        assert core(pilot).current == KD
        await pilot.press("z", "u")
        await pilot.pause()
        assert core(pilot).current == RESNET
        assert toasts(pilot).endswith("ctrl+r does it again")
        await pilot.press("g", "ctrl+r")
        await pilot.pause()
        assert core(pilot).current == RESNET
        assert "does it again" not in toasts(pilot)


async def test_undoing_an_act_on_many_says_how_to_do_it_again(
    library: Library, running: Running
) -> None:
    library.toggle_done([KD, BORN])
    async with running(library) as pilot:
        await pilot.press("u")
        await pilot.pause()
        assert toasts(pilot).endswith("ctrl+r does it again")
        assert "takes it back" not in toasts(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert toasts(pilot) == "Nothing to undo"
