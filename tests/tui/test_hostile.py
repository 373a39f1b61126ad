"""Lists that attack: every screen of the app on a library whose every text does."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import readq.tui
from readq.library.library import Library
from tests.support.terminal import ProgramInTerminal
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


def test_no_text_becomes_markup() -> None:
    """Textual reads markup where it is asked to; nothing here asks."""
    package = Path(readq.tui.__file__).parent
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"from_markup", "from_text", "highlight"}, path
            if isinstance(node, ast.Call):
                said = {word.arg: word.value for word in node.keywords}
                name = getattr(node.func, "id", "")
                if name in {"Static", "Label", "OptionList", "SelectionList", "Notification"}:
                    markup = said.get("markup")
                    assert isinstance(markup, ast.Constant), f"{path}:{node.lineno}"
                    assert markup.value is False, f"{path}:{node.lineno}"
                assert name not in {"Markdown", "Tree", "DataTable", "Button"}, path


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_no_sequence_of_a_list_reaches_the_terminal(tmp_path: Path, home: Path) -> None:
    payloads = ["\x1b]52;c;cm0gLXJm\x07", "\x1b]0;pwned\x07", "\x1b[5;31mred", "\x9b31m", "\u202e"]
    listing = "".join(
        f"- **Title {number} {text} of a Network**. *Jane {text} Doe*. CVPR 2020. "
        f"[[pdf](https://arxiv.org/abs/2001.0000{number})]\n"
        for number, text in enumerate(payloads)
    )
    path = tmp_path / "hostile.md"
    path.write_text(
        f"# Hostile {payloads[0]} list\n\n## Section {payloads[1]}\n\n{listing}", "utf-8"
    )
    command = [sys.executable, "-m", "readq", "--home", str(home), "view", str(path)]
    with ProgramInTerminal(command, columns=120, rows=30) as program:
        program.wait_for("Palette")
        for key in "jdjajxjs":
            program.type(key)
        program.wait_for("Queue 1")
        written = bytes(program.written)
    for secret in (b"cm0gLXJm", b"pwned", b"\x1b[5;31m", "\x9b".encode(), "\u202e".encode()):
        assert secret not in written
