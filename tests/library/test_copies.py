"""Another machine's copy of the library, taken over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from readq.errors import Damaged, NotFound, StoreError, UsageError
from readq.library.copies import take
from readq.library.library import Library
from readq.model.status import Status
from readq.paths import Paths, user_paths
from tests.library.samples import BORN, LABELS, MUTUAL, NETS, Clock

Opener = Callable[[], Library]


@pytest.fixture
def paths(home: Path) -> Paths:
    return user_paths(home)


@pytest.fixture
def other(tmp_path: Path, library: Library, home: Path) -> Library:
    """The library of another machine, which was one with ours so far."""
    library.set_note(BORN, "base")
    shutil.copytree(home, tmp_path / "other")
    clock = Clock()
    for _ in range(600):
        clock()
    return Library.open(user_paths(tmp_path / "other"), now=clock)


def test_acts_of_both_are_there_and_one_undo_takes_the_others_back(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    library.set_status([MUTUAL], Status.READING)
    other.set_status([LABELS], Status.DONE)
    other.enqueue([MUTUAL])
    taken = take(paths, tmp_path / "other")
    assert taken.message == "Merged: 2 papers"
    library.refresh()
    assert library.entry(LABELS).record.status is Status.DONE
    assert library.entry(MUTUAL).record.status is Status.READING
    assert library.queue() == (MUTUAL,)
    assert library.describe(library.history()[0]) == "2 papers merged"
    library.undo()
    assert library.queue() == ()
    assert library.entry(LABELS).record.status is Status.TO_READ
    assert library.entry(MUTUAL).record.status is Status.READING


def test_a_note_of_both_is_told_of(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    library.set_note(BORN, "mine")
    other.set_note(BORN, "theirs")
    taken = take(paths, tmp_path / "other")
    assert taken.both == (BORN,)
    assert any(BORN in remark for remark in taken.remarks)
    library.refresh()
    note = library.entry(BORN).record.note
    assert note.startswith("mine\n")
    assert note.endswith("\ntheirs")


def test_a_list_comes_with_its_text(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    source = tmp_path / "third.md"
    source.write_text(NETS.replace("Labels", "Labelers").replace("# Nets", "# Third Nets"))
    other.subscribe(str(source))
    source.unlink()
    assert take(paths, tmp_path / "other").message == "Merged: 1 list"
    library.refresh()
    assert "Third Nets" in [one.title for one in library.lists]
    assert library.resolve("learning without labelers")
    assert not library.notices


def test_a_list_whose_text_is_not_there_is_told_of(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    source = tmp_path / "third.md"
    source.write_text(NETS.replace("# Nets", "# Third Nets"))
    other.subscribe(str(source))
    other.close()
    (kept,) = (tmp_path / "other" / "lists").glob("third-nets-*")
    kept.write_text("something else")
    remarks = take(paths, tmp_path / "other" / "library.json", Clock()).remarks
    assert remarks == ("1 list came without text: readq doctor says which",)


def test_a_conflict_copy_is_put_away_when_all_of_it_is_here(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    other.set_note(BORN, "theirs")
    other.close()
    copy = paths.data / "library.sync-conflict-20261121-093000-ABCDEFG.json"
    shutil.move(tmp_path / "other" / "library.json", copy)
    assert library.notices
    taken = take(paths, copy)
    assert taken.message == "Merged: 1 paper"
    assert not copy.exists()
    assert (paths.data / "backups" / copy.name).exists()
    assert not library.notices


def test_what_is_known_already_is_no_act(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    assert take(paths, tmp_path / "other").message == "Nothing new: the library has all of it"
    assert len(library.history()) == 2


def test_the_library_itself_and_what_is_none_are_refused(
    library: Library, paths: Paths, tmp_path: Path
) -> None:
    library.set_note(BORN, "base")
    for itself in (paths.data, paths.library_file):
        with pytest.raises(UsageError):
            take(paths, itself)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotFound):
        take(paths, tmp_path / "empty")
    (tmp_path / "empty" / "library.json").write_text("{")
    with pytest.raises(StoreError) as raised:
        take(paths, tmp_path / "empty")
    assert not isinstance(raised.value, Damaged)


def test_a_clock_that_is_ahead_is_told_of(
    library: Library, other: Library, paths: Paths, tmp_path: Path
) -> None:
    other.set_note(BORN, "theirs")
    behind, even = Clock(), Clock()
    behind.time -= timedelta(hours=2)
    (remark,) = take(paths, tmp_path / "other", behind).remarks
    assert remark.startswith("The other machine's clock is ahead")
    other.set_note(BORN, "theirs again")
    assert take(paths, tmp_path / "other", even).remarks == ()
