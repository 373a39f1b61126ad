"""What the layers promise, beyond what a static import graph can see."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "readq"
HEAVY = {"textual", "rich", "httpx", "markdown_it", "lxml", "ftfy", "pyperclip"}


def loaded_by(program: str) -> set[str]:
    """The top-level modules that are there after `program` ran in a fresh interpreter."""
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in run.stdout.split("\n")[-2].split()}


@pytest.mark.parametrize("module", ["readq.model.paper", "readq.library.library", "readq.cli.main"])
def test_headless_modules_load_neither_the_app_nor_the_network(module: str) -> None:
    assert not HEAVY & loaded_by(f"import {module}")


def test_help_loads_neither_the_app_nor_the_network_nor_the_database() -> None:
    program = (
        "from readq.cli.main import main\n"
        "import sys; sys.argv = ['readq', '--help']\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code"
    )
    assert not (HEAVY | {"tinydb"}) & loaded_by(program)


def test_the_app_starts_without_the_network_the_parsers_or_the_clipboard() -> None:
    assert not (HEAVY - {"textual", "rich", "markdown_it"}) & loaded_by("import readq.tui.app")


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_can_be_held_in_ones_head(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 450


def test_data_never_becomes_markup() -> None:
    """A title such as "[Re] Adam" is text: no module turns text into markup."""
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "from_markup"
    ]
    assert found == []


def test_only_the_command_line_prints() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sources()
        if path.relative_to(PACKAGE).parts[0] != "cli"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert found == []
