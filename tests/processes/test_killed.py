"""The real program, killed at any moment: what it showed as done is done."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.terminal import ProgramInTerminal

READQ = [sys.executable, "-m", "readq"]
TITLES = [f"Paper {number:02} on Something of Its Own" for number in range(40)]


@pytest.fixture
def listed(tmp_path: Path, home: Path) -> Path:
    """A list of papers with titles that can be told apart on a screen, viewed by nobody yet."""
    path = tmp_path / "list.md"
    lines = "\n".join(
        f"- [{title}](https://arxiv.org/abs/2001.{10000 + number})"
        for number, title in enumerate(TITLES)
    )
    path.write_text(f"# Papers to be read\n\n## All of them\n\n{lines}\n", "utf-8")
    return path


def ls(*query: str) -> list[dict[str, Any]]:
    run = subprocess.run([*READQ, "ls", "--json", *query], capture_output=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    papers: list[dict[str, Any]] = json.loads(run.stdout)["papers"]
    return papers


def prepare(listed: Path) -> None:
    seeds = ["readq", "remove"]
    keys = json.loads(subprocess.check_output([*READQ, "lists", "--json"]))["lists"]
    subprocess.run(
        [*READQ, *seeds[1:], *(one["key"] for one in keys)], check=True, capture_output=True
    )
    subprocess.run([*READQ, "add", str(listed)], check=True, capture_output=True)


def shown_as_done(screen: str) -> set[str]:
    return {found[1] for found in re.finditer(r"● (Paper \d\d)", screen)}


def mark_until_killed(marks: int, *, patience: float) -> set[str]:
    """Press `d` and go down, `marks` times; kill in the middle of it; what the screen had shown."""
    with ProgramInTerminal(READQ, columns=100, rows=50) as app:
        app.wait_for("Paper 39")
        app.settle()
        app.type("g", "j", "j")
        for _ in range(marks):
            app.type("d", "j")
            app.settle(quiet=patience)
        return shown_as_done(app.text)


def test_what_was_shown_as_done_is_done_after_a_kill(listed: Path) -> None:
    prepare(listed)
    seen = mark_until_killed(3, patience=0.3)
    assert len(seen) == 3
    assert seen <= {paper["title"][:8] for paper in ls("status:done")}


@pytest.mark.fault_loop
def test_no_kill_loses_what_was_shown(listed: Path) -> None:
    prepare(listed)
    for marks, patience in itertools.product((1, 2, 5), (0.0, 0.002, 0.01, 0.03)):
        seen = mark_until_killed(marks, patience=patience)
        done = {paper["title"][:8] for paper in ls("status:done")}
        assert seen <= done
        assert len(ls()) == len(TITLES)
        if done:
            subprocess.run([*READQ, "undo"], check=True, capture_output=True)


def test_a_change_made_elsewhere_shows_in_the_open_app(listed: Path) -> None:
    prepare(listed)
    with ProgramInTerminal(READQ, columns=100, rows=50) as app:
        app.wait_for("Paper 39")
        app.settle()
        subprocess.run([*READQ, "done", "paper-07"], check=True, capture_output=True)
        app.wait_for("● Paper 07", seconds=10)
        app.type("q")
        assert app.wait() == 0
    assert [paper["title"][:8] for paper in ls("status:done")] == ["Paper 07"]


def test_the_app_comes_back_as_it_was_left(listed: Path) -> None:
    prepare(listed)
    with ProgramInTerminal(READQ, columns=100, rows=50) as app:
        app.wait_for("Paper 39")
        app.settle()
        app.type("g", "j", "j", "j", "a", "2")
        app.wait_for("Next")
        app.type("q")
        assert app.wait() == 0
    with ProgramInTerminal(READQ, columns=100, rows=50) as app:
        app.wait_for(r"Next(?s:.)*Paper 01")
        app.type("q")
        assert app.wait() == 0


def test_drafts_stay_in_the_home_that_was_named(listed: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    subprocess.run([*READQ, "--home", str(other), "add", str(listed)], check=True)
    with ProgramInTerminal([*READQ, "--home", str(other)], columns=100, rows=50) as app:
        app.wait_for("reading 0")
        app.settle()
        app.type("G", "l", "l", "n")
        app.wait_for("esc saves")
        app.type(*"unsaved words")
        app.settle(quiet=1.5)
    drafts = list((other / "drafts").iterdir())
    assert len(drafts) == 1
    assert b"unsaved words" in drafts[0].read_bytes()
