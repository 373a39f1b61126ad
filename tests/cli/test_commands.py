from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from readq.cli.main import cli
from tests.cli.conftest import Run
from tests.library.samples import ALL, BORN, LABELS, MUTUAL, NETS, TEACHING


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def ids(result: Result) -> list[str]:
    return [paper["id"] for paper in data(result)["papers"]]


def test_every_command_has_help_that_begins_with_a_sentence(readq: Run) -> None:
    names = readq("--help").stdout
    for name in cli.list_commands(None):  # type: ignore[arg-type]  # the same whatever the context
        assert f"\n  {name} " in names
        result = readq(name, "--help")
        assert result.exit_code == 0
        assert result.stdout.splitlines()[2].strip()[0].isupper()


def test_ls_prints_fields_between_tabs_or_one_json_object(readq: Run) -> None:
    lines = readq("ls").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(ALL)
    assert lines[0] == f"{BORN}\tto-read\t\t2018\tBorn Again Neural Networks"
    paper = data(readq("ls", "--json", "born"))["papers"][0]
    assert paper["identifiers"] == ["arxiv:1805.04770"]
    assert [place["section"] for place in paper["listings"]] == [[], ["Small"]]
    assert paper["status"] == "to-read"
    assert paper["queue"] is None


def test_ls_takes_a_query_in_pieces_and_says_when_nothing_fits(readq: Run) -> None:
    assert ids(readq("ls", "--json", "year>=2018", "learning")) == [MUTUAL, LABELS]
    nothing = readq("ls", "--json", "no such words")
    assert (nothing.exit_code, nothing.stdout) == (1, '{"papers": []}\n')
    assert nothing.stderr == "No paper fits\n"


def test_statuses_are_set_told_and_taken_back(readq: Run) -> None:
    for command, status in (("start", "reading"), ("done", "done"), ("drop", "dropped")):
        result = readq(command, BORN, "1706.00384")
        assert (result.exit_code, result.stdout) == (0, "")
        assert ids(readq("ls", "--json", f"status:{status}")) == [BORN, MUTUAL]
    assert readq("undo").stderr == "Undone: 2 papers dropped\n"
    assert ids(readq("ls", "--json", "status:done")) == [BORN, MUTUAL]
    assert readq("redo").exit_code == 0
    readq("todo", BORN)
    assert ids(readq("ls", "--json", "status:dropped")) == [MUTUAL]


def test_nothing_is_done_when_one_of_the_papers_is_not_there(readq: Run) -> None:
    result = readq("done", BORN, "nonesuch")
    assert result.exit_code == 1
    assert result.stderr.startswith("readq: no paper fits 'nonesuch'\n")
    assert readq("undo").exit_code == 1


def test_several_papers_that_fit_are_told_on_standard_error(readq: Run) -> None:
    result = readq("show", "le", "l")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"  {MUTUAL}  Deep Mutual Learning\n" in result.stderr
    assert f"  {LABELS}  Learning Without Labels\n" in result.stderr


def test_show_tells_all_that_is_known(readq: Run) -> None:
    readq("queue", "add", MUTUAL)
    readq("start", MUTUAL)
    readq("tag", MUTUAL, "--add", "peers")
    readq("note", MUTUAL, "--set", "Two students.")
    shown = readq("show", "deep mutual").stdout
    for part in (
        "Deep Mutual Learning",
        "Ying Zhang, Tao Xiang",
        "CVPR 2018",
        "arxiv:1706.00384",
        "reading since 20",
        "queue 1",
        "#peers",
        "https://github.com/x/y",
        "Nets › Small (lines 9-11)",
        "Two students.",
    ):
        assert part in shown
    assert ids(readq("show", MUTUAL, "--json")) == [MUTUAL]


def test_the_queue_is_kept_in_order(readq: Run) -> None:
    assert readq("next").exit_code == 1
    readq("queue", "add", BORN, MUTUAL)
    readq("queue", "add", LABELS, "--top")
    assert ids(readq("queue", "--json")) == [LABELS, BORN, MUTUAL]
    assert readq("queue", "move", MUTUAL, "1").stderr == "Now 1 of 3: Deep Mutual Learning\n"
    readq("queue", "rm", BORN)
    assert readq("queue", "rm", BORN).exit_code == 1
    assert readq("queue", "move", BORN, "1").exit_code == 1
    assert readq("queue", "move", MUTUAL, "0").exit_code == 2
    assert [line.split("\t")[2] for line in readq("queue").stdout.splitlines()] == ["1", "2"]
    assert ids(readq("next", "--json")) == [MUTUAL]
    assert ids(readq("next", "-n", "5", "--json")) == [MUTUAL, LABELS]


def test_notes_are_set_added_to_read_from_standard_input_and_printed(readq: Run) -> None:
    assert readq("note", BORN).exit_code == 1
    readq("note", BORN, "--set", "-", stdin="# Één\r\n")
    assert readq("note", "born", "again", "--json").stdout == (
        '{"id": "born-again-neural-networks", "note": "# Één\\r\\n"}\n'
    )
    readq("note", BORN, "--append", "more")
    assert data(readq("note", BORN, "--json"))["note"] == "# Één\r\n\nmore"
    readq("note", BORN, "--set", "")
    assert readq("note", BORN).exit_code == 1
    assert readq("note", BORN, "--set", "-", stdin=b"\xff").exit_code == 2
    assert readq("note", BORN, "--set", "a", "--edit").exit_code == 2


def test_a_note_is_edited_in_the_users_editor(
    readq: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf " and more" >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    readq("note", BORN, "--set", "first")
    assert readq("note", BORN, "--edit").exit_code == 0
    assert data(readq("note", BORN, "--json"))["note"] == "first and more"
    monkeypatch.setenv("EDITOR", "true")
    assert readq("note", BORN, "--edit").stderr == "Note unchanged\n"


def test_tags_and_ratings(readq: Run) -> None:
    readq("tag", BORN, "--add", "kd", "-a", "Survey")
    readq("tag", BORN, "-r", "kd")
    assert readq("tag", BORN).stdout == "survey\n"
    readq("rate", "born", "again", "5")
    assert ids(readq("ls", "--json", "rating=5")) == [BORN]
    assert readq("rate", BORN, "6").exit_code == 2
    readq("rate", BORN, "0")
    assert readq("ls", "rating>=1").exit_code == 1


def test_history_is_of_everything_or_of_one_paper(readq: Run) -> None:
    readq("done", BORN)
    readq("note", MUTUAL, "--set", "x")
    events = data(readq("history", "--json"))["events"]
    assert [event["act"] for event in events] == ["note", "done", "first-run"]
    (event,) = data(readq("history", BORN, "--json"))["events"]
    assert event["message"] == "Done: Born Again Neural Networks"
    assert {"table": "papers", "key": BORN, "field": "status", "before": None, "after": "done"} in (
        event["changes"]
    )
    assert len(readq("history", "-n", "1").stdout.splitlines()) == 1


def test_lists_come_and_go(readq: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n")
    assert readq("add", str(file)).stderr == "Added: Mine (1 paper)\n"
    assert [one["key"] for one in data(readq("lists", "--json"))["lists"]] == [
        "more-nets",
        "nets",
        "mine",
    ]
    assert readq("remove", "nets", "mine").stderr == "Removed: 2 lists\n"
    assert readq("lists").stdout == "more-nets\t2\tMore Nets\tseed:more.md\n"
    assert readq("remove", "nets").exit_code == 1
    readq("undo")
    assert len(readq("lists").stdout.splitlines()) == 3


@pytest.mark.parametrize("name", ["folder", "paper.pdf", "missing.md"])
def test_what_is_no_list_is_one_clear_line_everywhere(
    readq: Run, tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n\x00")
    for command in ("parse", "papers", "add"):
        result = readq(command, str(tmp_path / name))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("readq: ")
        assert name in result.stderr
        assert len(result.stderr.splitlines()) <= 2


def test_parse_prints_entries_or_what_the_scorer_reads(readq: Run, lists: Path) -> None:
    text = readq("parse", str(lists / "nets.md"))
    assert "Born Again Neural Networks" in text.stdout
    assert "Small › Tiny" in text.stdout
    assert text.stderr.endswith("Nets: 4 papers\n")
    parsed = data(readq("parse", "--json", str(lists / "nets.md")))
    first = parsed["entries"][0]
    assert (first["title"], first["section"], first["lines"]) == (
        "Born Again Neural Networks",
        ["Small"],
        [5, 7],
    )


def test_papers_merges_lists_and_touches_no_library(readq: Run, lists: Path, home: Path) -> None:
    papers = data(readq("papers", "--json", str(lists / "nets.md"), str(lists / "more.md")))[
        "papers"
    ]
    assert {paper["id"] for paper in papers} == set(ALL)
    born = next(paper for paper in papers if paper["id"] == BORN)
    assert [Path(place["source"]).name for place in born["listings"]] == ["nets.md", "more.md"]
    assert readq("papers", str(lists / "more.md")).stdout.splitlines()[1] == (
        f"{TEACHING}\t1\t2021\tTeaching Small Models"
    )
    assert not home.exists()


def test_export_prints_or_writes_and_refuses_to_write_nothing(readq: Run, tmp_path: Path) -> None:
    readq("done", BORN)
    text = readq("export").stdout
    assert "- [x] [Born Again Neural Networks]" in text
    target = tmp_path / "out.md"
    assert readq("export", "-o", str(target)).stderr == f"Written: {target}\n"
    assert target.read_text() == text
    assert data(readq("export", "--json"))["text"] == text
    assert readq("export", "-o", str(target), "no such words").exit_code == 1
    assert target.read_text() == text
    assert readq("export", "--by", "queue").exit_code == 1


def test_open_shows_the_address_where_there_is_no_browser(
    readq: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1")
    shown = readq("open", BORN)
    assert (shown.exit_code, shown.stdout) == (0, "https://arxiv.org/pdf/1805.04770\n")
    answer = data(readq("open", BORN, "--page", "--start", "--json"))
    assert (answer["url"], answer["kind"], answer["how"]) == (
        "https://arxiv.org/abs/1805.04770",
        "page",
        "shown",
    )
    assert ids(readq("ls", "--json", "status:reading")) == [BORN]
    assert data(readq("open", LABELS, "--json"))["kind"] == "search"


def test_open_honours_browser(readq: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}.new && mv {opened}.new {opened}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    readq("queue", "add", MUTUAL)
    assert readq("next", "--open").exit_code == 0
    for _ in range(500):
        if opened.exists():
            break
        time.sleep(0.01)
    assert opened.read_text() == "https://arxiv.org/pdf/1706.00384"
    assert ids(readq("ls", "--json", "status:reading")) == [MUTUAL]


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonesuch"],
        ["ls", "--nonesuch"],
        ["ls", "staus:done"],
        ["ls", "(a"],
        ["done"],
        ["queue", "nonesuch"],
        ["export", "-f", "nonesuch"],
        ["add", "1805.04770"],
        [],
        ["view", "."],
    ],
)
def test_wrong_usage_is_told_in_a_line_and_a_hint(readq: Run, arguments: list[str]) -> None:
    result = readq(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("readq: ")
    assert 1 <= len(result.stderr.splitlines()) <= 2


def test_settings_that_cannot_be_used_stop_every_command(readq: Run, home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("ascii = 1")
    result = readq("ls")
    assert result.exit_code == 2
    assert "config.toml: ascii" in result.stderr


def test_a_damaged_library_is_told_and_left_as_it_is(readq: Run, home: Path) -> None:
    home.mkdir()
    (home / "library.json").write_text("garbage")
    for arguments in (["ls"], ["done", BORN], ["undo"], ["lists"]):
        result = readq(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "library.json" in result.stderr
    assert (home / "library.json").read_text() == "garbage"


def test_hostile_text_reaches_no_terminal(readq: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.md"
    hostile = "\x1b[31mRed\x1b[0m \u202eAdam \x1b]0;pwn\x07for Nets"
    file.write_text(
        NETS.replace("Nets", "\x1b]0;x\x07Bad").replace("Deep Mutual Learning", hostile)
    )
    readq("add", str(file))
    readq("note", "red", "--set", "\x1b[2J wiped \u009b31m")
    for arguments in (
        ["ls", "red"],
        ["ls", "--json", "red"],
        ["lists"],
        ["history"],
        ["parse", str(file)],
        ["export", "red"],
    ):
        result = readq(*arguments)
        assert result.exit_code == 0, result.stderr
        assert not set("\x1b\x07\u202e\u009b") & set(result.output)
    assert "Red Adam for Nets" in readq("ls", "red").stdout
