"""Notes, tags, exports."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.app import App

from readq.library.library import Library
from readq.tui.dialogs.export import ExportDialog
from readq.tui.dialogs.note import NoteDialog
from readq.tui.dialogs.tags import split_tags
from tests.tui.helpers import BORN, KD, Running, core, shown, toasts


async def test_a_note_is_saved_on_the_way_out(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("n", *"# A [b]", "enter", *"q 1")
        assert isinstance(pilot.app.screen, NoteDialog)
        await pilot.press("escape")
        await pilot.pause()
        assert library.entry(KD).record.note == "# A [b]\nq 1"
        assert "# A [b]" in shown(pilot)
        assert library.row(KD).has_note


async def test_a_note_goes_on_where_it_ended(library: Library, running: Running) -> None:
    library.set_note(KD, "one")
    async with running(library) as pilot:
        await pilot.press("n", *", two", "escape")
        assert library.entry(KD).record.note == "one, two"
        await pilot.press("u")
        assert library.entry(KD).record.note == "one"


async def test_a_note_that_was_only_looked_at_is_no_act(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("n", "escape", "n", "space", "escape")
        assert library.history() == ()


async def test_quitting_from_a_note_keeps_it(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("n", *"kept", "ctrl+q")
    assert library.entry(KD).record.note == "kept"


async def test_e_falls_back_where_the_terminal_cannot_be_lent(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("e", *"here", "escape")
        assert library.entry(KD).record.note == "here"


async def test_e_gives_the_note_to_the_editor(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from contextlib import nullcontext

    script = tmp_path / "editor.py"
    script.write_text("import sys, pathlib\npathlib.Path(sys.argv[1]).write_text('from outside')")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.setattr(App, "suspend", lambda _self: nullcontext())
    async with running(library) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert library.entry(KD).record.note == "from outside"


async def test_tags_are_set_and_taken(library: Library, running: Running) -> None:
    library.tag([BORN], add=["attention"])
    async with running(library) as pilot:
        await pilot.press("t", *"att")
        await pilot.pause()
        assert "In use: attention" in shown(pilot)
        await pilot.press("tab", *", to discuss", "enter")
        assert library.entry(KD).record.tags == ("attention", "to-discuss")
        assert "#attention" in shown(pilot)
        await pilot.press("t", *["backspace"] * 40, *"other", "enter")
        assert library.entry(KD).record.tags == ("other",)
        await pilot.press("t", *"x", "escape")
        assert library.entry(KD).record.tags == ("other",)


async def test_tags_of_many_change_only_what_they_share(library: Library, running: Running) -> None:
    library.tag([KD], add=["mine", "ours"])
    library.tag([BORN], add=["ours"])
    async with running(library) as pilot:
        await pilot.press("space", "space", "t", *"new", "enter")
        assert library.entry(KD).record.tags == ("mine", "new", "ours")
        assert library.entry(BORN).record.tags == ("new", "ours")


def test_tags_are_words_with_commas() -> None:
    assert split_tags(" a b ,#c,, c ,# ") == ["a b", "c"]


async def test_an_export_is_written_and_replaced_only_when_told_twice(
    library: Library, running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library.toggle_done([KD])
    path = tmp_path / "readq.md"
    async with running(library) as pilot:
        await pilot.press("E", "enter")
        assert path.read_text("utf-8") == library.export_markdown()
        assert f"Written: {path}" in toasts(pilot)
        path.write_text("mine")
        await pilot.press("E", "enter")
        assert "enter again replaces it" in shown(pilot).replace("\n", " ")
        assert path.read_text("utf-8") == "mine"
        await pilot.press("enter")
        assert path.read_text("utf-8") == library.export_markdown()


async def test_an_export_can_be_of_what_the_filter_shows_or_of_the_queue(
    library: Library, running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    library.enqueue([BORN])
    path = tmp_path / "readq.md"
    async with running(library) as pilot:
        await pilot.press("slash", *"deep", "enter", "E", "enter")
        text = path.read_text("utf-8")
        assert "Deep Residual" in text
        assert "Born Again" not in text
        await pilot.press("escape", "2", "E", "enter", "enter")
        text = path.read_text("utf-8")
        assert "Born Again" in text
        assert "Deep Residual" not in text


async def test_an_export_that_fails_says_why_and_waits(
    library: Library, running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(library) as pilot:
        await pilot.press("E", *["backspace"] * 8, *"no/such/x.md", "enter")
        assert isinstance(pilot.app.screen, ExportDialog)
        assert "Not written" in shown(pilot)
        await pilot.press("escape")
        assert core(pilot).current == KD


async def test_papers_are_rated_and_shown_with_their_stars(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("asterisk")
        await pilot.pause()
        assert "5 stars" in shown(pilot)
        await pilot.press("4")
        assert library.entry(KD).record.rating == 4
        assert "★ 4 of 5" in shown(pilot)
        await pilot.press("asterisk", "escape", "asterisk", "x")
        assert library.entry(KD).record.rating == 4
        await pilot.press("asterisk", "0")
        assert library.entry(KD).record.rating is None
        await pilot.press("space", "space", "asterisk", "2")
        assert library.entry(KD).record.rating == library.entry(BORN).record.rating == 2
