"""`readq check` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.library.test_checking import PAPERS


def test_faults_are_grouped_by_list_and_make_it_fail(
    readq: Run, tmp_path: Path, home: Path
) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(PAPERS)
    bad.write_text(PAPERS + "- **Fourth Paper of All**. ICML 2018. [[pdf]()]\n")
    assert (readq("check", str(good)).exit_code, readq("check", str(good)).stdout) == (0, "")
    result = readq("check", str(good), str(bad))
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first == str(bad)
    assert second.split() == ["6", "empty-link", "a", "link", "without", "a", "target"]
    assert result.stderr == "1 found: 7 papers in 2 lists\n"
    assert not home.exists()


def test_json_says_the_same_and_nothing_else(readq: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text(PAPERS + "- **Fourth Paper of All**. ICML 2018. [[pdf]()]\n")
    result = readq("check", "--json", str(bad))
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout)["lists"][0]["findings"][0]["code"] == "empty-link"


def test_many_entries_without_a_link_are_told_on_one_line(readq: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    more = "".join(f"- **Paper Number {n} of All**. ICML 2018.\n" for n in range(20))
    bad.write_text(PAPERS + more)
    result = readq("check", str(bad))
    assert len(result.stdout.splitlines()) == 2
    assert "20 of 23 papers have no link, on lines 6, 7, 8," in result.stdout
