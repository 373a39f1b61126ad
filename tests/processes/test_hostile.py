"""A list whose every text attacks the terminal: nothing of it reaches the screen but words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import ProgramInTerminal

READQ = [sys.executable, "-m", "readq"]
PAYLOADS = {
    "title of the window": "\x1b]0;PWNED\x07",
    "clipboard": "\x1b]52;c;UFdORUQ=\x07",
    "link": "\x1b]8;;https://pwned.example\x1b\\",
    "report": "\x1b[6n\x1b[31;1m",
    "C1": "\x9b31m\x9d0;PWNED\x9c",
    "bidi": "\u202eDENWP\u2066",
    "markup": "[@click=app.quit]x[/] [Re] Adam [/b]",
    "delete": "\x7f\x08\x00",
}
FORBIDDEN = (
    "PWNED\x07",
    "]52;",
    "]8;;https://pwned",
    "\x1b[6n",
    "\u202e",
    "\u2066",
    "\x9b31",
    "\x9d0",
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.md"
    entries = "\n".join(
        f"- **Learning{payload} from {name} attacks**, *An{payload} Author*, CVPR{payload} 2020 "
        f"[[pa{payload}per]](https://arxiv.org/abs/2001.{10000 + number})"
        for number, (name, payload) in enumerate(PAYLOADS.items())
    )
    text = f"# Hostile{PAYLOADS['clipboard']} papers\n\n## Se{PAYLOADS['bidi']}ction\n\n{entries}\n"
    path.write_bytes(text.encode())
    return path


def assert_harmless(written: bytes) -> None:
    for sequence in FORBIDDEN:
        assert sequence.encode() not in written, sequence


def test_the_app_shows_hostile_texts_as_words(hostile: Path) -> None:
    with ProgramInTerminal([*READQ, "view", str(hostile)], columns=120, rows=40) as app:
        app.wait_for("Learning from")
        app.settle()
        app.written.clear()  # what Textual asks the terminal at its start is its own
        app.type("z", "z", "g")
        for _ in range(2 + len(PAYLOADS)):
            app.type("j", "a", "d", "enter", "esc")
            app.settle()
        for keys in (["2"], ["1"], ["f", "esc"], ["?", "esc"], [":", "a", "t", "t"], ["esc"]):
            app.type(*keys)
            app.settle()
        assert app.alive()
        assert "[Re] Adam" in app.text
        assert_harmless(bytes(app.written))


@pytest.mark.parametrize("command", [["parse"], ["parse", "--json"], ["papers"]])
def test_commands_print_hostile_texts_as_words(hostile: Path, command: list[str]) -> None:
    run = subprocess.run([*READQ, *command, str(hostile)], capture_output=True, check=True)
    assert b"from markup attacks" in run.stdout
    assert_harmless(run.stdout + run.stderr)
