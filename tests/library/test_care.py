"""Backups, going back to one, and a look at everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readq.errors import Ambiguous, Damaged, NotFound
from readq.library import care
from readq.library.library import Library
from readq.model.status import Status
from readq.paths import Paths, user_paths
from tests.library.samples import BORN, MUTUAL, TEACHING

Opener = Callable[[], Library]


@pytest.fixture
def paths(home: Path) -> Paths:
    return user_paths(home)


@pytest.fixture
def kept(open_library: Opener, paths: Paths) -> Paths:
    """A library whose backup has one act, and which has seen another since."""
    library = open_library()
    library.set_status([BORN], Status.DONE)
    care.back_up(paths)
    library.set_note(MUTUAL, "two students")
    library.close()
    return paths


def by_hand(paths: Paths) -> care.Choice:
    (found,) = (one for one in care.choices(paths) if one.reason == "by-hand")
    return found


def damage(paths: Paths) -> None:
    content = paths.library_file.read_bytes()
    paths.library_file.write_bytes(content.replace(b'"note": "two', b'"note" "two'))


def test_there_is_nothing_to_keep_before_the_first_act(paths: Paths) -> None:
    with pytest.raises(NotFound, match="no library yet"):
        care.back_up(paths)
    assert care.choices(paths) == ()
    assert care.is_healthy(care.examine(paths))
    assert not paths.data.exists()


def test_what_would_change_is_told_and_then_done(kept: Paths, open_library: Opener) -> None:
    choice = by_hand(kept)
    lines = list(care.told_differences(care.differences(kept, choice)))
    assert f"{MUTUAL}: note two students → (none)" in lines
    restored = care.restore(kept, choice)
    library = open_library()
    assert library.entry(BORN).record.status is Status.DONE
    assert library.entry(MUTUAL).record.note == ""
    (before,) = restored.kept
    care.restore(kept, care.choose(kept, before.name))
    library.refresh()
    assert library.entry(MUTUAL).record.note == "two students"


def test_a_backup_is_chosen_by_name_date_or_number(kept: Paths, open_library: Opener) -> None:
    names = [one.name for one in care.choices(kept)]
    name = by_hand(kept).name
    number = str(names.index(name) + 1)
    for words in (name, f"{name}.json", name.removeprefix("library-"), number):
        assert care.choose(kept, words).name == name
    with pytest.raises(Ambiguous):
        care.choose(kept, "20")
    for nonesuch in ("0", "99", "yesterday", ""):
        with pytest.raises((NotFound, Ambiguous)):
            care.choose(kept, nonesuch)


def test_a_library_that_does_not_open_is_explained_and_restored(
    kept: Paths, open_library: Opener
) -> None:
    damage(kept)
    with pytest.raises(Damaged):
        open_library()
    findings = care.examine(kept)
    assert not care.is_healthy(findings)
    hints = " ".join(one.hint for one in findings)
    assert "readq restore" in hints
    assert care.choices(kept)[-1].name == "salvage"
    care.restore(kept, care.choose(kept, "salvage"))
    assert open_library().entry(BORN).record.status is Status.DONE


def test_a_good_library_is_healthy(kept: Paths) -> None:
    findings = care.examine(kept)
    assert {one.level for one in findings} == {"ok"}, findings
    assert any("2 of 2 lists" in one.message for one in findings)


def problems(paths: Paths) -> list[str]:
    return [one.message for one in care.examine(paths) if one.level == "problem"]


def test_kept_lists_are_held_against_what_was_kept(kept: Paths) -> None:
    first, second = sorted(kept.kept_lists.iterdir())
    first.write_text("another list")
    second.unlink()
    told = problems(kept)
    assert len(told) == 2
    assert any("is not what was kept" in one and str(first) in one for one in told)
    assert any("is gone" in one and str(second) in one for one in told)


def test_a_copy_that_syncing_left_is_a_thing_to_do(kept: Paths, open_library: Opener) -> None:
    copy = kept.data / "library.sync-conflict-20261121-093000-ABCDEFG.json"
    copy.write_bytes(kept.library_file.read_bytes())
    (one,) = (f for f in care.examine(kept) if str(copy) in f.message)
    assert (one.level, one.hint) == ("problem", f"readq merge '{copy}'")
    assert any(str(copy) in notice for notice in open_library().notices)


def test_marks_that_git_left_are_recognised(kept: Paths) -> None:
    kept.library_file.write_bytes(b"<<<<<<< ours\n{\n=======\n{\n>>>>>>> theirs\n")
    assert any("git could not merge" in one for one in problems(kept))


def test_open_folders_and_a_damaged_cache_are_worth_a_note(
    kept: Paths, open_library: Opener
) -> None:
    kept.data.chmod(0o755)
    (cache,) = kept.cache.glob("*.sqlite")
    cache.write_bytes(b"not a database, and long enough to be looked at as one" * 20)
    notes = " ".join(one.message for one in care.examine(kept) if one.level == "note")
    assert f"{kept.data} is open to others" in notes
    assert f"{cache} is damaged" in notes
    assert care.is_healthy(care.examine(kept))


def test_looking_changes_nothing(kept: Paths) -> None:
    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in kept.data.rglob("*") if path.is_file()}

    before = content()
    care.examine(kept)
    care.choices(kept)
    care.differences(kept, care.choose(kept, "1"))
    assert content() == before


def test_only_what_was_touched_is_told(kept: Paths, open_library: Opener) -> None:
    open_library().tag([TEACHING], add=["small", "old"])
    lines = list(care.told_differences(care.differences(kept, by_hand(kept))))
    assert f"{TEACHING}: tags old, small → (none)" in lines
    assert len(lines) == 2
