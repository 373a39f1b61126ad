"""What wrong or half-right words are answered with."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

ONE = "# Mine\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n"


def test_an_empty_home_is_no_folder(readq: Run) -> None:
    result = readq("--home", "", "ls")
    assert (result.exit_code, result.stdout) == (2, "")


def test_one_of_something_is_not_told_as_many(readq: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text(ONE)
    assert readq("parse", str(file)).stderr == "Mine: 1 paper\n"
    assert "1 paper in 1 list\n" in readq("check", str(file)).stderr


def test_a_folder_is_viewed_and_its_files_are_added_one_by_one(readq: Run, tmp_path: Path) -> None:
    told = readq("add", str(tmp_path)).stderr
    assert f"readq view {tmp_path}" in told
    assert "one by one" in told
