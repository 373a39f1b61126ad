from __future__ import annotations

import base64
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.desktop import clipboard
from readq.desktop.clipboard import LIMIT, Copied, copy, copy_to_system, osc52

SCREEN = {"DISPLAY": ":0"}
SSH = {"DISPLAY": ":0", "SSH_CONNECTION": "x"}


class Desk:
    """A clipboard and a terminal that keep what they are given."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.system: list[str] = []
        self.terminal = ""

    def take(self, text: str, env: Mapping[str, str]) -> bool:
        self.system.append(text)
        return self.works

    def write(self, text: str) -> None:
        self.terminal += text

    def copy(self, text: str, env: Mapping[str, str]) -> Copied:
        return copy(text, env=env, platform="linux", system=self.take, terminal_write=self.write)

    @property
    def sent(self) -> str:
        """What a terminal would put on its clipboard."""
        match = re.fullmatch("\x1b]52;c;([A-Za-z0-9+/=]*)\x07", self.terminal)
        assert match is not None
        return base64.b64decode(match[1]).decode()


def test_with_a_display_the_system_takes_it() -> None:
    desk = Desk()
    assert desk.copy("A Title", SCREEN) == Copied("clipboard", "Copied")
    assert (desk.system, desk.terminal) == (["A Title"], "")


@pytest.mark.parametrize("env", [SSH, {}])
def test_over_ssh_or_without_a_display_the_terminal_is_asked(env: dict[str, str]) -> None:
    desk = Desk()
    assert desk.copy("Über Título", env) == Copied("terminal", "Sent to the terminal's clipboard")
    assert (desk.system, desk.sent) == ([], "Über Título")


def test_when_the_system_fails_the_terminal_is_asked() -> None:
    desk = Desk(works=False)
    assert desk.copy("A Title", SCREEN).how == "terminal"
    assert desk.sent == "A Title"


def test_without_either_nothing_is_claimed() -> None:
    assert copy("x", env={}, platform="linux").how == "none"
    assert copy("x", env=SCREEN, platform="linux", system=lambda *_: False).how == "none"


def test_what_the_terminal_would_cut_is_refused() -> None:
    desk = Desk()
    assert desk.copy("x" * (LIMIT + 1), SSH) == Copied(
        "none", "Not copied: too long for the terminal's clipboard"
    )
    assert desk.terminal == ""
    assert desk.copy("x" * LIMIT, SSH).how == "terminal"


def test_nothing_is_not_copied() -> None:
    assert Desk().copy("\x1b[2J\n", SCREEN).how == "none"


@given(st.one_of(st.text(), st.text("\x1b[]\x07\x9b\x9d52;c!\\\n\r\x85\u2028\u202e")))
def test_no_text_carries_more_than_text(text: str) -> None:
    desk = Desk()
    desk.copy(text, SCREEN)
    for copied in desk.system:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", copied)
        assert not copied.endswith("\n")


def test_lines_stay_lines() -> None:
    desk = Desk()
    desk.copy("@misc{x,\r\n  title = {T},\n}\n", SCREEN)
    assert desk.system == ["@misc{x,\n  title = {T},\n}"]


def test_tmux_and_screen_hand_the_sequence_on() -> None:
    plain = osc52("text", {})
    inner = osc52("text", {"TMUX": "/tmp/tmux-0/default,1,0"}).removeprefix(plain)
    assert inner == "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    pieces = osc52("text" * 500, {"STY": "1.tty"}).split("\x1b\\")
    assert "".join(piece.removeprefix("\x1bP") for piece in pieces) == osc52("text" * 500, {})
    assert max(map(len, pieces)) < 300


@pytest.fixture
def desktop(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A machine whose only clipboard program is a script that a test writes."""
    folder = tmp_path / "bin"
    folder.mkdir()
    env = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
    env.update(DISPLAY=":0", PATH=f"{folder}:/usr/bin:/bin", OUT=str(tmp_path / "out"))
    return folder / "xclip", env


def script(path: Path, text: str) -> None:
    # pyperclip takes what it finds first, so both names have to behave the same.
    for one in (path, path.with_name("xsel")):
        one.write_text(f"#!/bin/sh\n{text}\n")
        one.chmod(0o700)


needs_x = pytest.mark.skipif(sys.platform != "linux", reason="xclip belongs to X")


@needs_x
def test_pyperclip_gives_the_text_to_the_clipboards_program(
    desktop: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    path, env = desktop
    script(path, 'cat > "$OUT"')
    assert copy_to_system("Ein Títel\nmit Zeilen", env, timeout=30)
    assert (tmp_path / "out").read_text() == "Ein Títel\nmit Zeilen"


@needs_x
@pytest.mark.parametrize(
    "fault", ['cat > /dev/null; echo "Error: Can\'t open display: :0" >&2; exit 1', "exec sleep 60"]
)
def test_a_clipboard_that_fails_or_hangs_is_noticed_and_silent(
    desktop: tuple[Path, dict[str, str]], capfd: pytest.CaptureFixture[str], fault: str
) -> None:
    path, env = desktop
    script(path, fault)
    assert not copy_to_system("text", env, timeout=2)
    assert capfd.readouterr() == ("", "")


def test_a_machine_without_any_clipboard_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clipboard, "_COPY", "import sys; sys.exit(1)")
    assert not copy_to_system("text", {}, timeout=30)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    assert not copy_to_system("text", {})
