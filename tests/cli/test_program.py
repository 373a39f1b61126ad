"""The command line as a program of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program


def test_the_seeds_are_there_at_once_and_acts_last(program: Program) -> None:
    papers = json.loads(program("ls", "--json").stdout)["papers"]
    assert len(papers) > 300
    done = program("done", papers[0]["id"])
    assert (done.returncode, done.stdout) == (0, "")
    again = json.loads(program("ls", "--json", "status:done").stdout)["papers"]
    assert [paper["id"] for paper in again] == [papers[0]["id"]]


def test_home_can_be_given_by_option(program: Program, tmp_path: Path, home: Path) -> None:
    assert program("--home", str(tmp_path / "other"), "ls").returncode == 0
    assert (tmp_path / "other" / "library.json").exists()
    assert not home.exists()


def test_a_reader_that_leaves_early_is_no_error(program: Program) -> None:
    program("ls")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        run = subprocess.run(
            [sys.executable, "-m", "readq", "ls"], stdout=writing, stderr=subprocess.PIPE, text=True
        )
    finally:
        os.close(writing)
    assert run.stderr == ""
    assert run.returncode == 1


def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    command = (
        "import sys, pathlib, time\n"
        "from readq.cli.commands import marks\n"
        "def wait(given):\n"
        f"    pathlib.Path({str(ready)!r}).touch()\n"
        "    time.sleep(30)\n"
        "marks._text = wait\n"
        "from readq.cli.main import main\n"
        "main(['note', 'born-again-neural-networks', '--set', '-'])\n"
    )
    run = subprocess.Popen([sys.executable, "-c", command], stderr=subprocess.PIPE, text=True)
    while not ready.exists():
        assert run.poll() is None
    run.send_signal(signal.SIGINT)
    _, stderr = run.communicate(timeout=20)
    assert (run.returncode, stderr.strip()) == (130, "")


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_any_encoding_of_the_terminal_will_do(
    program: Program, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    run = program("show", "fitnets")
    assert run.returncode == 0
    assert ("○" in run.stdout) == (encoding == "utf-8")


def test_commands_that_need_no_library_make_none(program: Program, home: Path, seeds: Path) -> None:
    assert program("parse", str(sorted(seeds.iterdir())[0])).returncode == 0
    assert program("--help").returncode == 0
    assert program("--version").stdout.startswith("readq ")
    assert not home.exists()
