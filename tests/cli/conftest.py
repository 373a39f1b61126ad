"""Calls of the command line, in this process and in one of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readq.cli.main import cli
from tests.library.samples import MORE, NETS

Run = Callable[..., Result]
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two lists, which readq ships with as far as the test can tell."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "nets.md").write_text(NETS)
    (folder / "more.md").write_text(MORE)
    monkeypatch.setattr("readq.library.subscriptions.seeds_folder", lambda: folder)
    return folder


@pytest.fixture
def readq(lists: Path) -> Run:
    """`readq ARGUMENTS…` over a library of the two small lists."""

    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(cli, arguments, input=stdin, prog_name="readq")

    return run


@pytest.fixture
def program() -> Program:
    """`readq ARGUMENTS…` as a program, over the lists that readq ships with."""

    def run(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]  # settings of any kind
            [sys.executable, "-m", "readq", *arguments], capture_output=True, text=True, **settings
        )

    return run
