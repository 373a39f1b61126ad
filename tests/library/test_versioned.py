"""A library that is kept in git, with real git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from readq.errors import UsageError
from readq.library.care import examine
from readq.library.library import Library
from readq.library.versioned import set_up
from readq.model.status import Status
from readq.paths import user_paths
from tests.library.samples import ALL, BORN, LABELS, MUTUAL

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who commits; and a `readq` that git finds."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "somebody@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    program = tmp_path / "bin" / "readq"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m readq "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def git(folder: Path, *words: str, check: bool = True) -> str:
    run = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True)
    assert run.returncode == 0 or not check, run.stderr
    return run.stdout + run.stderr


def library_in(folder: Path) -> Library:
    return Library.open(user_paths(folder))


@pytest.fixture
def machines(tmp_path: Path, lists: Path, home: Path) -> tuple[Path, Path]:
    """Two clones of one library, which is long enough for a journal."""
    library = library_in(home)
    for paper in ALL:
        library.set_note(paper, f"A long note on {paper}. " * 400)
    library.close()
    git(tmp_path, "init", "-q", "-b", "main", str(home))
    list(set_up(home))
    git(home, "add", ".")
    git(home, "commit", "-q", "-m", "The library")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(home), str(other))
    list(set_up(other))
    return home, other


def test_only_what_matters_is_versioned(machines: tuple[Path, Path]) -> None:
    files = git(machines[0], "ls-files").split()
    assert [name for name in files if not name.startswith("lists/")] == [
        ".gitattributes",
        ".gitignore",
        "library.json",
    ]
    assert len(files) == 5


def test_diverged_clones_merge_by_themselves(machines: tuple[Path, Path]) -> None:
    here, there = machines
    mine, theirs = library_in(here), library_in(there)
    mine.set_status([MUTUAL], Status.DONE)
    mine.set_note(BORN, "mine")
    theirs.set_status([LABELS], Status.READING)
    theirs.set_note(BORN, "theirs")
    # Both apps stay open.
    for folder in machines:
        git(folder, "commit", "-q", "-a", "-m", "Read")
    git(there, "pull", "-q", "--no-rebase", "--no-edit")
    git(here, "pull", "-q", "--no-rebase", "--no-edit", str(there), "main")
    assert git(here, "rev-parse", "HEAD") == git(there, "rev-parse", "HEAD")
    for library in (mine, theirs):
        library.refresh()
        assert library.entry(MUTUAL).record.status is Status.DONE
        assert library.entry(LABELS).record.status is Status.READING
        note = library.entry(BORN).record.note
        assert note.startswith("mine\n")
        assert note.endswith("\ntheirs")
        assert not library.notices
        library.close()
    assert git(here, "status", "--porcelain") == ""


def test_a_library_that_was_rebased_is_whole(machines: tuple[Path, Path]) -> None:
    here, there = machines
    for folder, paper in ((here, MUTUAL), (there, LABELS), (there, BORN)):
        library = library_in(folder)
        library.enqueue([paper])
        library.close()
        git(folder, "commit", "-q", "-a", "-m", f"Queue {paper}")
    git(there, "pull", "-q", "--rebase")
    library = library_in(there)
    assert set(library.queue()) == {MUTUAL, LABELS, BORN}
    library.close()


def test_a_library_in_git_is_one_file_at_all_times(machines: tuple[Path, Path]) -> None:
    here, _ = machines
    library = library_in(here)
    library.set_status([MUTUAL], Status.DONE)
    assert b'"done"' in (here / "library.json").read_bytes()
    assert not (here / "library.json.journal").exists()
    library.close()


def test_what_was_in_the_journal_is_in_the_file_once_git_is_set_up(
    tmp_path: Path, lists: Path, home: Path
) -> None:
    library = library_in(home)
    library.set_note(BORN, "A long note. " * 4000)
    library.set_status([MUTUAL], Status.DONE)
    assert b'"done"' not in (home / "library.json").read_bytes()
    git(tmp_path, "init", "-q", str(home))
    list(set_up(home))
    assert b'"done"' in (home / "library.json").read_bytes()
    library.set_status([LABELS], Status.READING)
    library.close()
    assert b'"reading"' in (home / "library.json").read_bytes()


def test_setting_up_twice_changes_nothing(machines: tuple[Path, Path]) -> None:
    here, _ = machines
    before = {path: path.read_bytes() for path in here.glob(".git?*") if path.is_file()}
    list(set_up(here))
    assert {path: path.read_bytes() for path in here.glob(".git?*") if path.is_file()} == before


def test_other_lines_of_the_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "third"
    git(tmp_path, "init", "-q", str(folder))
    (folder / ".gitignore").write_text("*.pdf")
    list(set_up(folder))
    assert (folder / ".gitignore").read_text().startswith("*.pdf\nlibrary.json.*\n")


def test_marks_of_a_merge_without_readq_are_undone_by_one_with_it(
    machines: tuple[Path, Path],
) -> None:
    here, there = machines
    for folder, note in ((here, "mine"), (there, "theirs")):
        library = library_in(folder)
        library.set_note(BORN, note)
        library.close()
        git(folder, "commit", "-q", "-a", "-m", note)
    git(there, "config", "--remove-section", "merge.readq")
    git(there, "pull", "-q", "--no-rebase", check=False)
    assert b"<<<<<<< " in (there / "library.json").read_bytes()
    (marks,) = (one for one in examine(user_paths(there)) if "git could not" in one.message)
    assert marks.hint.startswith("readq git-setup")
    list(set_up(there))
    git(there, "checkout", "--merge", "library.json")
    library = library_in(there)
    assert "mine" in library.entry(BORN).record.note
    assert "theirs" in library.entry(BORN).record.note
    library.close()


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(UsageError) as raised:
        list(set_up(tmp_path / "plain"))
    assert "git init" in raised.value.hint
    assert not list((tmp_path / "plain").iterdir())
