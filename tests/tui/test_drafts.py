"""Notes that are being written when readq ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from readq.library.library import Library
from readq.tui.dialogs import note
from readq.tui.drafts import Draft, Drafts
from tests.tui.helpers import BORN, KD, NOON, Running, app_of, core, shown, toasts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "library" / "drafts", now=lambda: NOON)


def test_a_draft_is_what_was_kept_until_it_is_dropped(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep(Draft(KD, "te\nxt é", "te"))
    drafts.keep(Draft(BORN, "other", ""))
    assert drafts.of(KD) == Draft(KD, "te\nxt é", "te", "2026-11-21T12:00:00+00:00")
    assert [one.text for one in drafts.all()].count("other") == 1
    files = list((tmp_path / "library" / "drafts").iterdir())
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    drafts.drop(KD)
    assert drafts.of(KD) is None
    assert [one.paper for one in drafts.all()] == [BORN]


def test_what_is_no_draft_is_passed_over_and_a_failing_disk_is_silent(
    drafts: Drafts, tmp_path: Path
) -> None:
    assert drafts.all() == ()
    drafts.keep(Draft(KD, "text", ""))
    (file,) = (tmp_path / "library" / "drafts").iterdir()
    for content in ("", "[]", '{"version": 1, "paper": 3}', '{"version": 99}'):
        file.write_text(content)
        assert drafts.of(KD) is None
    (tmp_path / "file").write_text("")
    elsewhere = Drafts(tmp_path / "file" / "drafts")
    elsewhere.keep(Draft(KD, "text", ""))
    elsewhere.drop(KD)
    assert elsewhere.of(KD) is None


async def test_a_note_is_a_draft_while_it_is_typed_until_it_is_saved(
    library: Library, running: Running, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note, "_DRAFT_SECONDS", 0.01)
    async with running(library, drafts=drafts) as pilot:
        await pilot.press("n", *"half a th")
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()
        kept = drafts.of(KD)
        assert kept is not None
        assert "half a th".startswith(kept.text)
        await pilot.press("escape")
        await pilot.pause()
        assert library.entry(KD).record.note == "half a th"
        assert drafts.all() == ()


async def test_a_draft_is_told_shown_and_saved_over_what_it_was_made_from(
    library: Library, running: Running, drafts: Drafts
) -> None:
    library.set_note(KD, "one")
    async with running(library, drafts=drafts) as pilot:
        await pilot.press("n", *" two")
        pilot.app.exit()
    assert library.entry(KD).record.note == "one"
    library.set_note(KD, "other")
    async with running(library, drafts=drafts) as pilot:
        assert "A note was not saved; n goes on with it: Distilling" in toasts(pilot)
        await pilot.press("n")
        await pilot.pause()
        assert "A draft from 21 Nov was kept" in shown(pilot)
        assert "one two" in shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "The note changed meanwhile: both texts kept" in toasts(pilot)
    text = library.entry(KD).record.note
    assert "one two" in text
    assert "other" in text
    assert drafts.all() == ()


async def test_a_note_that_another_changed_meanwhile_keeps_both(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("n", *"mine")
        library.set_note(KD, "theirs")
        await pilot.press("escape")
        await pilot.pause()
        assert "both texts kept" in toasts(pilot)
        assert {"mine", "theirs"} <= set(library.entry(KD).record.note.split())


async def test_what_ends_readq_keeps_the_draft_first(
    library: Library, running: Running, drafts: Drafts
) -> None:
    async with running(library, drafts=drafts) as pilot:
        await pilot.press("n", *"now")
        app_of(pilot).keep_drafts()
        kept = drafts.of(KD)
        assert kept is not None
        assert kept.text == "now"
        await pilot.press("escape")
        await pilot.pause()
        assert core(pilot).current == KD


_HANDLED = """
import os, signal, sys
from readq.tui import app
class Stub:
    def keep_drafts(self): print("kept", flush=True)
    def exit(self, return_code): print("left", return_code, flush=True)
app._keep_drafts_at_signals(Stub())
os.kill(os.getpid(), getattr(signal, sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("name", "said", "ended"), [("SIGHUP", "kept\n", -1), ("SIGTERM", "kept\nleft 143\n", 0)]
)
def test_signals_keep_drafts_and_end_readq(name: str, said: str, ended: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _HANDLED, name],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert (ran.stdout, ran.returncode) == (said, ended)
