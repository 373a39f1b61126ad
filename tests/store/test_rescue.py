"""Backups, going back to one, and what the doctor says."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from readq.errors import Damaged, NotFound, StoreError
from readq.store import Edit, Store
from readq.store.backup import DAYS, MONTHS, OTHERS, backups, make
from readq.store.doctor import check
from readq.store.rescue import SALVAGE, choices, compare, restore

Open = Callable[..., Store]


def put(store: Store, paper: str, **fields: Any) -> None:
    store.act("act", lambda view: [Edit("papers", paper, f, v) for f, v in fields.items()])


def notes(store: Store) -> dict[str, str]:
    return {paper: record.note for paper, record in store.records.items()}


def damage(library: Path) -> bytes:
    """Garble one record's line in the middle."""
    content = library.read_bytes().replace(b'"note": "two"', b'"note": tw')
    library.write_bytes(content)
    return content


@pytest.fixture
def kept(open_store: Open, library: Path) -> Store:
    """Three notes; the backup has the first, the others came after."""
    store = open_store()
    put(store, "one", note="one")
    store.back_up()
    put(store, "two", note="two")
    put(store, "three", note="three")
    store.fold()
    return store


def test_a_day_with_acts_leaves_one_backup(open_store: Open, library: Path, clock: Any) -> None:
    for day in range(3):
        clock.time = datetime(2026, 11, 21 + day, 9, tzinfo=UTC)
        for number in range(2):
            with open_store() as store:
                put(store, "p", note=f"{day} {number}")
    with open_store() as store:
        assert store.record("p").note == "2 1"  # type: ignore[arg-type]
    assert [one.name for one in backups(library)] == [
        "library-2026-11-23",
        "library-2026-11-22",
        "library-2026-11-21",
    ]
    assert {stat.S_IMODE(one.path.stat().st_mode) for one in backups(library)} == {0o600}


def test_looking_alone_makes_no_backup(open_store: Open, library: Path) -> None:
    with open_store() as store:
        assert not store.records
    assert not library.parent.exists()


def test_the_number_of_backups_is_bounded(library: Path) -> None:
    day = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(400):
        make(library, b"", day + timedelta(days=number))
        if number % 20 == 0:
            make(library, b"", day + timedelta(days=number), reason="by-hand")
    names = [one.name for one in backups(library) if one.reason == "daily"]
    assert len(names) == DAYS + MONTHS
    assert names[0] == "library-2025-02-03"
    assert names[DAYS - 1 : DAYS + 2] == [
        "library-2025-01-28",
        "library-2025-01-27",
        "library-2024-12-31",
    ]
    assert sum(one.reason == "by-hand" for one in backups(library)) == OTHERS


def test_restoring_shows_first_and_keeps_what_was_there(kept: Store, library: Path) -> None:
    (choice,) = choices(library)
    assert (choice.records, choice.events, choice.reason) == (1, 1, "by-hand")
    assert {(c.key, c.field, c.before, c.after) for c in compare(library)} == {
        ("two", "note", "two", None),
        ("three", "note", "three", None),
    }
    restored = restore(library)
    with Store(library) as store:
        assert notes(store) == {"one": "one"}
    kept.refresh()
    assert notes(kept) == {"one": "one"}
    (before,) = restored.kept
    restore(library, before.name)
    with Store(library) as store:
        assert notes(store) == {"one": "one", "two": "two", "three": "three"}
        assert len(store.history()) == 3


def test_a_damaged_library_is_restored_and_set_aside(kept: Store, library: Path) -> None:
    content = damage(library)
    with pytest.raises(Damaged):
        Store(library)
    restored = restore(library)
    with Store(library) as store:
        assert notes(store) == {"one": "one"}
    assert [path.read_bytes() for path in restored.kept] == [content]


def test_salvage_keeps_all_that_can_be_read(open_store: Open, kept: Store, library: Path) -> None:
    put(kept, "four", note="four")
    damage(library)
    assert [one.name for one in choices(library)][-1] == SALVAGE
    assert {c.key for c in compare(library, SALVAGE)} <= {"one"}
    restore(library, SALVAGE)
    with Store(library) as store:
        assert notes(store).keys() >= {"one", "three"}
        assert ("four" in notes(store)) or not library.with_name("library.json.journal").exists()
        put(store, "goes", note="on")


def test_a_library_that_is_gone_is_salvaged_from_backup_and_journal(library: Path) -> None:
    with Store(library, whole_below=0) as store:
        put(store, "one", note="one")
        store.back_up()
        put(store, "two", note="two")
        store._database.close()
    library.unlink()
    assert any("salvage" in finding.hint for finding in check(library))
    restore(library, SALVAGE)
    with Store(library) as store:
        assert notes(store) == {"one": "one", "two": "two"}


def test_without_backups_there_is_nothing_to_restore(open_store: Open, library: Path) -> None:
    store = open_store()
    put(store, "one", note="one")
    with pytest.raises(NotFound, match="no backup"):
        restore(library)
    with pytest.raises(NotFound, match="'nothing'"):
        compare(library, "nothing")
    assert notes(store) == {"one": "one"}


def test_a_damaged_backup_is_named_and_passed_over(kept: Store, library: Path) -> None:
    (good,) = backups(library)
    bad = good.path.with_name("library-2027-01-01.json")
    bad.write_bytes(b"{")
    assert [bool(one.problem) for one in choices(library)] == [True, False]
    assert restore(library).choice.name == good.name
    with pytest.raises(StoreError, match="cannot be read"):
        restore(library, "library-2027-01-01")


def test_the_doctor_finds_nothing_in_a_good_library(kept: Store, library: Path) -> None:
    assert {finding.level for finding in check(library)} == {"ok"}
    assert {finding.level for finding in check(library.with_name("none.json"))} <= {"ok", "note"}


def test_the_doctor_explains_damage_and_knows_the_way_out(kept: Store, library: Path) -> None:
    content = damage(library)
    findings = check(library)
    problem = next(finding for finding in findings if finding.level == "problem")
    assert "cannot be read" in problem.message
    hints = " ".join(finding.hint for finding in findings)
    assert backups(library)[0].name in hints
    assert SALVAGE in hints
    assert library.read_bytes() == content


def test_the_doctor_names_values_copies_and_open_doors(kept: Store, library: Path) -> None:
    data = json.loads(library.read_bytes())
    data["papers"]["one"]["rating"] = 11
    library.write_text(json.dumps(data))
    library.chmod(0o644)
    conflict = library.with_name("library.sync-conflict-20261121-093000-ABCDEFG.json")
    conflict.write_text("{}")
    library.with_name("library.json.damaged-00000000").write_text("x")
    library.with_name(".library.json.0011.tmp").write_text("x")
    text = "\n".join(f"{finding.message} {finding.hint}" for finding in check(library))
    for words in ("rating cannot be 11", conflict.name, "damaged-00000000", ".tmp", "chmod 600"):
        assert words in text


def test_the_doctor_survives_anything(library: Path) -> None:
    library.parent.mkdir()
    for content in (b"", b"{", b"\0" * 50, b'{\n"papers": {\n"p": 3\n}', b"[" * 100_000):
        library.write_bytes(content)
        assert any(finding.level == "problem" for finding in check(library))
    library.unlink()
    library.mkdir()
    assert any(finding.level == "problem" for finding in check(library))
