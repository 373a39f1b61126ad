"""Files that were cut, garbled, replaced or put in the way from outside."""

from __future__ import annotations

import errno
import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readq.errors import Damaged, ReadOnly, StoreError, TooNew
from readq.model.paper import PaperId
from readq.store import Edit, Store
from readq.store.journal import Put, base_of, entry, header, scan

Open = Callable[..., Store]

NOTES = {number: f"note {number} with a word or two" for number in range(6)}


def put(store: Store, paper: str, **fields: Any) -> None:
    store.act("act", lambda view: [Edit("papers", paper, f, v) for f, v in fields.items()])


def notes(store: Store) -> dict[str, str]:
    return {paper: record.note for paper, record in store.records.items()}


@pytest.fixture
def written(library: Path) -> tuple[bytes, bytes]:
    """A library with one act in the snapshot and five in its journal: the bytes of both."""
    store = Store(library, node="a1b2c3d4", whole_below=0)
    for number, note in NOTES.items():
        put(store, f"p{number}", note=note)
    store._database.close()
    return library.read_bytes(), journal_of(library).read_bytes()


def journal_of(library: Path) -> Path:
    return library.with_name("library.json.journal")


def expected(upto: int) -> dict[str, str]:
    return {f"p{number}": NOTES[number] for number in range(upto)}


def line_ends(journal: bytes) -> list[int]:
    return [at + 1 for at, byte in enumerate(journal) if byte == 10]


@pytest.mark.parametrize(
    ("tail", "stride"),
    [
        (b"", 11),
        (b"\0" * 64, 17),
        (b"garbage", 23),
        (b"0123abcd {}\n", 23),
        (b"\n\n", 23),
        *(
            pytest.param(tail, 1, marks=pytest.mark.fault_loop)
            for tail in (b"", b"\0" * 64, b"garbage", b"0123abcd {}\n", b"\n\n")
        ),
    ],
)
def test_a_journal_cut_at_any_byte_keeps_every_whole_line(
    library: Path, written: tuple[bytes, bytes], tail: bytes, stride: int
) -> None:
    _, journal = written
    ends = line_ends(journal)
    around_ends = {end + by for end in ends for by in (-1, 0, 1)} & set(range(len(journal) + 1))
    for cut in sorted({*range(0, len(journal), stride), *around_ends}):
        content = journal[:cut] + tail
        journal_of(library).write_bytes(content)
        lines = sum(content.startswith(journal[:end]) for end in ends)
        whole = max(lines, 1)  # the header, and one line an act after that in the snapshot
        with Store(library, whole_below=0) as store:
            assert notes(store) == expected(whole)
            put(store, "new", note="goes on")
        with Store(library, whole_below=0) as store:
            assert notes(store) == {**expected(whole), "new": "goes on"}
        rest = content[ends[lines - 1] :] if lines else content
        kept = [path.read_bytes() for path in library.parent.glob("*.damaged-*")]
        assert kept == ([rest] if rest.strip(b"\0") else [])
        for path in library.parent.iterdir():
            if path.is_file():
                path.unlink()
        library.write_bytes(written[0])


def test_a_journal_garbled_at_any_byte_loses_that_line_alone(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    snapshot, journal = written
    ends = line_ends(journal)
    for at in range(0, len(journal), 7):
        garbled = bytearray(journal)
        garbled[at] ^= 0x15
        journal_of(library).write_bytes(garbled)
        library.write_bytes(snapshot)
        hurt = sum(end <= at for end in ends)
        wanted = expected(6)
        for number in {hurt, hurt + 1} if journal[at] == 10 else {hurt}:
            # A lost line end makes one line of two. Line 0 is the header, line n act n.
            if number:
                wanted.pop(f"p{number}", None)
        with Store(library, whole_below=0) as store:
            assert notes(store) == wanted, at
            put(store, "new", note="goes on")
            assert any("library.json.damaged-" in notice for notice in store.notices), at
        with Store(library, whole_below=0) as store:
            assert notes(store) == {**wanted, "new": "goes on"}, at
        (kept,) = library.parent.glob("*.damaged-*")
        assert kept.read_bytes() in bytes(garbled)
        for path in library.parent.iterdir():
            if path.is_file():
                path.unlink()


def test_damage_is_told_and_kept_before_anything_is_written(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    lines = written[1].splitlines(keepends=True)
    journal_of(library).write_bytes(lines[0] + lines[1] + b"garbage\n" + b"".join(lines[3:]))
    with Store(library) as store:
        assert notes(store) == {p: n for p, n in expected(6).items() if p != "p2"}
        assert "1 damaged lines" in store.notices[0]
    assert journal_of(library).read_bytes().count(b"garbage") == 1


def test_a_library_changed_from_outside_is_joined_with_its_journal(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    data = json.loads(written[0])
    data["papers"]["p0"]["note"] = "changed by hand"
    data["papers"]["hand"] = {"note": "made by hand"}
    library.write_text(json.dumps(data))
    wanted = {**expected(6), "p0": "changed by hand", "hand": "made by hand"}
    with Store(library, whole_below=0) as store:
        assert notes(store) == wanted
        assert len(store.history()) == 6
        assert "joined" in store.notices[0]
        put(store, "new", note="goes on")
    with Store(library, whole_below=0) as store:
        assert notes(store) == {**wanted, "new": "goes on"}
        assert store.notices == ()


def test_of_two_values_the_one_set_later_is_joined(library: Path, clock: Any) -> None:
    with Store(library, now=clock, node="a1b2c3d4", whole_below=0) as store:
        put(store, "p", note="old")
        elsewhere = library.read_bytes()
        put(store, "p", note="newer")
        store._database.close()
    with Store(library.with_name("other.json"), now=clock, node="0e0f0a0b") as other:
        library.with_name("other.json").write_bytes(elsewhere)
        other.refresh()
        put(other, "p", note="newest")
        put(other, "q", rating=2)
    library.write_bytes(library.with_name("other.json").read_bytes())
    with Store(library) as store:
        assert notes(store) == {"p": "newest", "q": ""}
        assert len(store.history()) == 4


def test_what_the_journal_has_later_is_joined_into_a_changed_library(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as store:
        put(store, "p0", note="later", rating=4)
        store._database.close()
    data = json.loads(written[0])
    data["papers"]["p0"]["note"] = "changed by hand, but earlier"
    library.write_text(json.dumps(data))
    with Store(library) as store:
        assert notes(store)["p0"] == "later"
        assert store.record(PaperId("p0")).rating == 4
        assert "1 damaged" not in store.notices[0]


def test_another_journal_in_the_place_of_ours_counts(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    lines = written[1].splitlines(keepends=True)
    with Store(library, whole_below=0) as store:
        other = library.with_name("other")
        other.write_bytes(b"".join(lines[:2]))
        other.replace(journal_of(library))
        assert store.refresh() == frozenset({"p2", "p3", "p4", "p5"})
        assert notes(store) == expected(2)


def test_a_journal_that_was_folded_already_is_not_applied_twice(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as store:
        store.act("x", lambda view: [Edit("papers", "p1", "note", "later")])
        store.fold()
        folded = library.read_bytes()
    old = journal_of(library)
    assert old.read_bytes() == header(base_of(folded))
    old.write_bytes(written[1])  # as if removing it had not reached the disk
    with Store(library, whole_below=0) as store:
        assert notes(store) == {**expected(6), "p1": "later"}
        assert store.notices == ()
    assert library.read_bytes() == folded


def test_a_library_that_is_gone_while_its_journal_is_there_is_not_begun_anew(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    library.unlink()
    with pytest.raises(Damaged, match="is gone"):
        Store(library)
    assert journal_of(library).read_bytes() == written[1]
    assert not library.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 1408,
        b"{",
        b"[]",
        b"{}",
        b"null",
        b'{"papers": {}}',
        b'{"_readq": {"1": {}}}',
        b'{"_readq": {"1": {"format": 0}}}',
        b'{"_readq": {"1": {"format": 1}}, "papers": []}',
        b'{"_readq": {"1": {"format": 1}}, "papers": {"p": 1}}',
        b"\xff\xfe{}",
        b"[" * 100_000,
    ],
)
def test_what_is_no_library_is_refused_and_left(library: Path, content: bytes) -> None:
    library.parent.mkdir()
    library.write_bytes(content)
    with pytest.raises(Damaged) as caught:
        Store(library)
    assert str(library) in caught.value.message
    assert caught.value.hint
    assert library.read_bytes() == content
    assert list(library.parent.iterdir()) == [library]


def test_a_library_of_a_newer_version_is_refused_and_left(library: Path) -> None:
    library.parent.mkdir()
    library.write_text('{"_readq": {"1": {"format": 99}}, "papers": {"shape": ["unknown"]}}')
    with pytest.raises(TooNew, match="newer readq"):
        Store(library)


def test_a_journal_of_a_newer_version_is_refused_and_left(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    newer = header(base_of(written[0])).split(b" ", 1)[1].replace(b'"journal": 1', b'"journal": 2')
    content = b"%08x %s" % (zlib.crc32(newer[:-1]), newer)
    journal_of(library).write_bytes(content)
    with pytest.raises(TooNew, match="newer readq"):
        Store(library)
    assert journal_of(library).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "what"),
    [
        (name, what)
        for name in ("library.json", "library.json.journal", "library.json.lock")
        for what in ("folder", "link", "dangling link", "pipe")
        if (name, what) != ("library.json.lock", "pipe")  # a pipe can be locked
    ],
)
def test_what_stands_in_the_way_is_named_and_left(
    library: Path, tmp_path: Path, name: str, what: str
) -> None:
    library.parent.mkdir()
    with Store(library, whole_below=0) as store:
        put(store, "p", note="kept")
    place = library.with_name(name)
    place.unlink(missing_ok=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("untouched")
    if what == "folder":
        place.mkdir()
    elif what == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(elsewhere if what == "link" else tmp_path / "nowhere")
    with pytest.raises(StoreError) as caught, Store(library, whole_below=0) as store:
        put(store, "p", note="refused")
    assert str(library.parent) in caught.value.message
    assert elsewhere.read_text() == "untouched"
    assert place.is_symlink() == ("link" in what)
    assert not (tmp_path / "nowhere").exists()


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreError, match="no folder"):
        Store(tmp_path / "data" / "library.json")


def test_where_nothing_can_be_written_it_opens_and_refuses_acts(
    library: Path, faulty_files: Any, written: tuple[bytes, bytes]
) -> None:
    class ReadOnlyFiles(faulty_files):  # type: ignore[misc]
        def may_write(self, path: Path) -> bool:
            return False

    before = {path.name: path.read_bytes() for path in library.parent.iterdir()}
    with Store(library, files=ReadOnlyFiles()) as store:
        assert store.read_only
        assert "cannot be written" in store.read_only
        assert notes(store) == expected(6)
        for act in (store.undo, store.redo, lambda: put(store, "p0", note="refused")):
            with pytest.raises(ReadOnly):
                act()
        store.remember({})
        assert store.refresh() is None
    assert {path.name: path.read_bytes() for path in library.parent.iterdir()} == before


def test_a_file_system_without_locks_is_told(library: Path, faulty_files: Any) -> None:
    class NoLocks(faulty_files):  # type: ignore[misc]
        def call(self, name: str, *args: Any, **options: Any) -> Any:
            if name == "lock":
                raise OSError(errno.ENOLCK, "No locks available")
            return super().call(name, *args, **options)

    with Store(library, files=NoLocks()) as store:
        put(store, "p", note="kept")
        assert "no locks" in store.notices[0]
    with Store(library) as store:
        assert store.record(PaperId("p")).note == "kept"


def test_a_vanished_journal_is_written_again_from_memory(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as store:
        journal_of(library).unlink()
        put(store, "new", note="goes on")
    with Store(library) as store:
        assert notes(store) == {**expected(6), "new": "goes on"}


def test_a_journal_that_was_cut_while_open_is_written_again_from_memory(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as store:
        journal_of(library).write_bytes(written[1][: len(written[1]) // 2])
        put(store, "new", note="goes on")
    with Store(library) as store:
        assert notes(store) == {**expected(6), "new": "goes on"}


def test_an_act_that_had_to_write_everything_is_seen_by_others(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as here, Store(library, whole_below=0) as there:
        library.unlink()
        put(here, "new", note="goes on")
        assert there.refresh() == frozenset({"new"})
        put(there, "newer", note="goes on")
        assert here.refresh() == frozenset({"newer"})
        assert notes(here) == notes(there) == {**expected(6), "new": "goes on", "newer": "goes on"}


def test_a_fold_that_had_to_write_everything_is_seen_by_others(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as here, Store(library, whole_below=0) as there:
        put(here, "new", note="goes on")
        lines = journal_of(library).read_bytes().splitlines(keepends=True)
        journal_of(library).write_bytes(b"".join(lines[:-1]))  # cut before the other saw it
        here.refresh()
        here.fold()
        assert there.refresh() == frozenset({"new"})
        assert notes(here) == notes(there) == {**expected(6), "new": "goes on"}


def test_a_fold_by_another_process_is_no_news(library: Path, written: tuple[bytes, bytes]) -> None:
    with Store(library, whole_below=0) as here, Store(library, whole_below=0) as there:
        here.fold()
        assert there.refresh() is None
        put(here, "new", note="goes on")
        here.fold()
        put(here, "newer", note="goes on")
        assert there.refresh() == frozenset({"new", "newer"})
        assert there.refresh() is None
        put(there, "newest", note="goes on")
        assert here.refresh() == frozenset({"newest"})


def test_a_line_that_was_seen_half_written_and_taken_back_hides_nothing(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    line = entry([Put("papers", "new", {"note": "written in its place"})])
    with Store(library, whole_below=0) as store:
        with journal_of(library).open("ab") as journal:
            journal.write(b"x" * len(line))
        assert store.refresh() is None
        with journal_of(library).open("r+b") as journal:
            journal.seek(len(written[1]))
            journal.write(line)
        assert store.refresh() == frozenset({"new"})


def test_a_line_that_was_seen_and_taken_back_by_a_failed_sync_spoils_nothing(
    library: Path, written: tuple[bytes, bytes]
) -> None:
    with Store(library, whole_below=0) as store:
        seen = entry([Put("papers", "failed", {"note": "x"})])
        kept = entry([Put("papers", "longer", {"note": "x" * 50})])
        journal_of(library).write_bytes(written[1] + seen)
        store.refresh()
        journal_of(library).write_bytes(written[1] + kept)
        store.refresh()
        assert notes(store) == {**expected(6), "longer": "x" * 50}
        assert not store.notices


def test_lines_say_what_was_put() -> None:
    puts = [Put("papers", "p", {"note": "ü\u2028\udc80\n"}), Put("papers", "q", None)]
    found = scan(header(base_of(b"x")) + entry(puts))
    assert found.puts(base_of(b"x")) == puts
    assert found.headed
    assert not found.bad
