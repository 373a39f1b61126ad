from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from readq.desktop.editor import command, edit, run_in_terminal
from readq.errors import DesktopError, ReadOnly


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": " ", "EDITOR": "nano"}, ["nano"]),
        ({"EDITOR": "'/opt/my editor' -x"}, ["/opt/my editor", "-x"]),
        ({}, ["vi"]),
    ],
)
def test_the_users_editor(env: dict[str, str], words: list[str]) -> None:
    assert command(env) == words


def test_a_setting_that_cannot_be_read_is_named() -> None:
    with pytest.raises(DesktopError, match="EDITOR cannot be read"):
        command({"EDITOR": "'vi"})


class Notes:
    """Keeps what is saved, or fails to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.saved: list[str] = []
        self.error = error

    def save(self, text: str) -> None:
        if self.error:
            raise self.error
        self.saved.append(text)


def writes(text: str | bytes, status: int = 0) -> Callable[[Sequence[str]], int]:
    def run(words: Sequence[str]) -> int:
        data = text if isinstance(text, bytes) else text.encode()
        Path(words[-1]).write_bytes(data)
        return status

    return run


def test_what_was_edited_is_saved_and_no_file_stays(tmp_path: Path) -> None:
    notes = Notes()
    assert edit("old", notes.save, folder=tmp_path, run=writes("new\nlines\r\n\n"))
    assert notes.saved == ["new\nlines\r\n"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("a", "a"), ("a", "a\n"), ("", ""), ("", "\n"), ("a\n", "a\n"), ("a\r\nb", "a\r\nb\r\n")],
)
def test_what_was_not_edited_is_not_saved(tmp_path: Path, before: str, after: str) -> None:
    notes = Notes()
    assert not edit(before, notes.save, folder=tmp_path, run=writes(after))
    assert notes.saved == []


@pytest.mark.parametrize(
    ("before", "after", "saved"), [("a\n", "a", "a"), ("a\n", "b\n", "b\n"), ("a", "b\n", "b")]
)
def test_the_last_line_ends_as_it_did(tmp_path: Path, before: str, after: str, saved: str) -> None:
    notes = Notes()
    edit(before, notes.save, folder=tmp_path, run=writes(after))
    assert notes.saved == [saved]


def test_the_editor_gets_the_exact_text_in_a_file_for_nobody_else(tmp_path: Path) -> None:
    text = "# Ü\r\n\x85\u2028\n\n"
    seen: list[Path] = []

    def look(words: Sequence[str]) -> int:
        path = Path(words[-1])
        assert words[:-1] == ["ed", "-s"]
        assert path.read_bytes().decode() == text
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        seen.append(path)
        return 0

    env = {"EDITOR": "ed -s"}
    edit(
        text, Notes().save, name="Born-Again: Networks", folder=tmp_path / "new", env=env, run=look
    )
    [path] = seen
    assert path.name.startswith("born-again-networks-")
    assert path.suffix == ".md"


def test_an_editor_that_exits_with_an_error_changes_nothing(tmp_path: Path) -> None:
    notes = Notes()
    assert not edit("old", notes.save, folder=tmp_path, run=writes("new", status=1))
    assert notes.saved == []
    assert list(tmp_path.iterdir()) == []


def test_an_editor_that_removes_the_file_changes_nothing(tmp_path: Path) -> None:
    def remove(words: Sequence[str]) -> int:
        Path(words[-1]).unlink()
        return 0

    assert not edit("old", Notes().save, folder=tmp_path, run=remove)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ReadOnly("The library is read-only"), "not saved: The library is read-only"),
        (FileNotFoundError("gone"), "not saved: gone"),
        (RuntimeError("a mistake"), "not saved: a mistake"),
    ],
)
def test_a_text_that_cannot_be_saved_is_kept_and_named(
    tmp_path: Path, error: Exception, message: str
) -> None:
    with pytest.raises(DesktopError) as caught:
        edit("old", Notes(error).save, folder=tmp_path, run=writes("precious"))
    [kept] = tmp_path.iterdir()
    assert caught.value.message == message
    assert str(kept) in caught.value.hint
    assert kept.read_text() == "precious"


def test_a_text_that_cannot_be_read_is_kept_and_named(tmp_path: Path) -> None:
    with pytest.raises(DesktopError, match="not saved"):
        edit("old", Notes().save, folder=tmp_path, run=writes(b"\xff\xfe"))
    [kept] = tmp_path.iterdir()
    assert kept.read_bytes() == b"\xff\xfe"


def test_an_editor_that_is_not_there_is_named(tmp_path: Path) -> None:
    env = {"VISUAL": str(tmp_path / "no-editor")}
    with pytest.raises(DesktopError, match=r"the editor .*no-editor did not start") as caught:
        edit("old", Notes().save, folder=tmp_path / "notes", env=env)
    assert caught.value.hint == "Set VISUAL or EDITOR to your editor"
    assert list((tmp_path / "notes").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DesktopError, match="no file for the editor"):
        edit("old", Notes().save, folder=tmp_path / "file", run=writes("new"))


def test_a_program_runs_until_it_ends_and_its_status_is_told() -> None:
    assert run_in_terminal([sys.executable, "-c", "raise SystemExit(3)"]) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_an_interrupt_is_the_editors_and_not_readqs() -> None:
    # The editor interrupts the process that waits for it, as Ctrl-C would, and goes on.
    script = "import os, signal; os.kill(os.getppid(), signal.SIGINT)"
    assert run_in_terminal([sys.executable, "-c", script]) == 0
