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


def test_a_command_that_is_not_there_brings_the_nearest(readq: Run) -> None:
    result = readq("lsit")
    assert result.exit_code == 2
    assert "did you mean 'ls" in result.stderr or "did you mean 'lists'" in result.stderr


def test_help_is_a_command_too(readq: Run) -> None:
    assert readq("help").stdout == readq("--help").stdout
    assert readq("help", "queue", "add").stdout == readq("queue", "add", "--help").stdout
    assert readq("help", "nothing").exit_code == 2
    assert readq("help", "ls", "more").exit_code == 2


def test_an_option_without_its_value_points_at_the_commands_help(readq: Run) -> None:
    assert "readq note --help" in readq("note", "born", "--append").stderr


def test_a_misspelt_title_brings_the_nearest(readq: Run) -> None:
    result = readq("show", "born", "agian")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "readq: no paper fits 'born agian'; did you mean Born Again Neural Networks?"
    )
    assert "did you mean" not in readq("show", "quantum gravity").stderr


def test_tags_are_given_with_a_plus_sign(readq: Run) -> None:
    assert readq("tag", "born", "again", "+classic", "+kd").exit_code == 0
    assert readq("tag", "born", "again").stdout == "classic\nkd\n"
    assert readq("tag", "+classic").exit_code == 2
    assert "--add survey" in readq("tag", "born", "again", "survey").stderr


def test_the_name_of_a_file_says_its_format(readq: Run, tmp_path: Path) -> None:
    assert readq("export", "-o", str(tmp_path / "x.bib")).exit_code == 0
    assert (tmp_path / "x.bib").read_text() == readq("export", "-f", "bibtex").stdout
    readq("export", "-f", "markdown", "-o", str(tmp_path / "y.bib"))
    assert (tmp_path / "y.bib").read_text().startswith("# Papers")


def test_what_no_browser_shows_is_printed_and_told_as_started(readq: Run) -> None:
    readq("queue", "add", "mutual")
    result = readq("next", "--open")
    assert "https://arxiv.org/pdf/1706.00384" in result.stdout.splitlines()[0]
    assert "Reading: Deep Mutual Learning" in result.stderr
