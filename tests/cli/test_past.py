"""One act taken back, and how a list was understood, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.library.samples import BORN, MUTUAL


def test_undo_takes_the_act_that_is_named(readq: Run) -> None:
    readq("done", BORN)
    readq("done", MUTUAL)
    when = readq("history", BORN).stdout.split("\t")[0]
    undone = readq("undo", when)
    assert (undone.exit_code, undone.stderr.startswith("Undone · Done: Born")) == (0, True)
    assert readq("ls", "status:done").stdout.startswith(f"{MUTUAL}\t")
    again = readq("undo", when)
    assert (again.exit_code, "already" in again.stderr) == (1, True)


def test_undo_says_what_depends_on_an_act(readq: Run) -> None:
    readq("start", BORN)
    readq("done", BORN)
    first = json.loads(readq("history", BORN, "--json").stdout)["events"][1]
    refused = readq("undo", first["id"])
    assert refused.exit_code == 1
    assert "later acts changed the same" in refused.stderr
    assert "Done: Born Again Neural Networks" in refused.stderr
    assert readq("undo", "nonesuch").exit_code == 1


def test_parse_explains_what_it_learned_of_a_list(readq: Run, lists: Path) -> None:
    told = readq("parse", "--explain", str(lists / "nets.md"))
    assert told.exit_code == 0
    assert "title" in told.stdout.splitlines()[0]
    assert "Deep Mutual Learning" in told.stdout
    value = json.loads(readq("parse", "--explain", "--json", str(lists / "nets.md")).stdout)
    assert [one["verdict"] for one in value["candidates"]] == ["paper"] * 4
    assert value["habits"][0].keys() == {"what", "entries", "order", "places"}
