"""`readq doctor`, `backup`, `restore` and `merge` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run
from tests.library.samples import BORN, MUTUAL


def damage(home: Path) -> None:
    library = home / "library.json"
    library.write_bytes(library.read_bytes().replace(b'"status": "done"', b'"status" done'))


def test_the_doctor_ends_well_or_with_what_is_to_be_done(readq: Run, home: Path) -> None:
    readq("done", BORN)
    healthy = readq("doctor")
    assert (healthy.exit_code, healthy.stderr) == (0, "All is well\n")
    damage(home)
    ill = readq("doctor")
    assert (ill.exit_code, ill.stderr) == (1, "1 problem\n")
    assert "problem  the library" in ill.stdout
    told = json.loads(readq("doctor", "--json").stdout)
    assert told["healthy"] is False
    assert {"level", "message", "hint"} == told["findings"][0].keys()


def test_a_damaged_library_names_the_way_out(readq: Run, home: Path) -> None:
    readq("done", BORN)
    damage(home)
    refused = readq("ls")
    assert refused.exit_code == 1
    assert "readq doctor" in refused.stderr
    assert "readq restore" in refused.stderr
    assert readq("restore", "1", "--yes").exit_code == 0
    assert BORN in readq("ls", "status:done").stdout


def test_restoring_shows_asks_and_can_be_gone_back_on(readq: Run) -> None:
    assert readq("restore").exit_code == 1
    readq("done", BORN)
    readq("backup")
    readq("note", MUTUAL, "--set", "two")
    names = [line.split("\t")[0] for line in readq("restore").stdout.splitlines()]
    no = readq("restore", names[0], stdin="n\n")
    assert no.exit_code == 1
    assert f"{MUTUAL}: note two → (none)" in no.stdout
    assert readq("note", MUTUAL).stdout == "two\n"
    yes = readq("restore", names[0], stdin="y\n")
    assert (yes.exit_code, f"Restored: {names[0]}" in yes.stderr) == (0, True)
    assert readq("note", MUTUAL).exit_code == 1


def test_nobody_to_ask_is_no_yes(readq: Run) -> None:
    readq("done", BORN)
    readq("backup")
    readq("note", MUTUAL, "--set", "two")
    assert readq("restore", "1").exit_code == 2
    assert readq("note", MUTUAL).stdout == "two\n"


def test_json_restores_only_when_told_to(readq: Run) -> None:
    readq("done", BORN)
    path = json.loads(readq("backup", "--json").stdout)["path"]
    readq("note", MUTUAL, "--set", "two")
    (backup, *_) = json.loads(readq("restore", "--json").stdout)["backups"]
    assert backup.keys() == {"name", "reason", "records", "acts", "problem"}
    shown = json.loads(readq("restore", Path(path).stem, "--json").stdout)
    assert (shown["restored"], shown["kept"]) == (False, [])
    note = {"table": "papers", "key": MUTUAL, "field": "note", "before": "two", "after": None}
    assert note in shown["changes"]
    done = json.loads(readq("restore", Path(path).stem, "--json", "--yes").stdout)
    assert done["restored"] is True
    assert len(done["kept"]) == 1
    assert readq("note", MUTUAL).exit_code == 1


def test_merging_is_told_and_undone_in_one_step(readq: Run, home: Path, tmp_path: Path) -> None:
    readq("done", BORN)
    shutil.copytree(home, tmp_path / "other")
    readq("--home", str(tmp_path / "other"), "note", MUTUAL, "--set", "two")
    merged = readq("merge", str(tmp_path / "other"))
    assert (merged.exit_code, merged.stderr) == (0, "Merged: 1 paper\n")
    assert readq("note", MUTUAL).stdout == "two\n"
    assert "merged" in readq("history", "-n", "1").stdout.lower()
    again = json.loads(readq("merge", str(tmp_path / "other"), "--json").stdout)
    assert (again["event"], again["papers"]) == (None, [])
    readq("undo")
    assert readq("note", MUTUAL).exit_code == 1
    assert readq("merge", str(tmp_path / "nowhere")).exit_code == 2
