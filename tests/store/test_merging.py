"""Two copies of a library made one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readq.errors import Damaged, NotFound, TooNew
from readq.model.ordering import ranks_between
from readq.model.paper import PaperId
from readq.store import Edit, snapshot
from readq.store.backup import backups
from readq.store.merging import SEPARATOR, merge
from readq.store.merging_act import Merging, merge_files, read_copy
from readq.store.merging_copies import conflict_copies, is_own
from readq.store.merging_whole import make_whole

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
RANKS = ranks_between(None, None, 3)


class Machines:
    """Copies of a library, each with a clock of its own; they part when one is copied."""

    def __init__(self, folder: Path, count: int = 2, whole_below: int = 0) -> None:
        self.paths = [folder / f"machine-{number}" / "library.json" for number in range(count)]
        self.times = [START] * count
        self.whole_below = whole_below

    def open(self, which: int) -> Merging:
        def now() -> datetime:
            self.times[which] += timedelta(seconds=1)
            return self.times[which]

        return Merging(
            self.paths[which], now=now, node=f"{which:08x}", whole_below=self.whole_below
        )

    def act(self, which: int, paper: str, **fields: Any) -> None:
        with self.open(which) as store:
            store.act("act", lambda view: [Edit("papers", paper, *one) for one in fields.items()])

    def subscribe(self, which: int, key: str, source: str) -> None:
        fields = {"source": source, "title": key, "file": f"{key}.txt"}
        with self.open(which) as store:
            store.act("add", lambda view: [Edit("lists", key, *one) for one in fields.items()])

    def part(self) -> None:
        """Everybody gets what the first has."""
        for path in self.paths[1:]:
            path.parent.mkdir()
            for name in ("library.json", "library.json.journal"):
                if (source := self.paths[0].with_name(name)).exists():
                    shutil.copy(source, path.with_name(name))

    def tables(self, which: int) -> snapshot.Tables:
        path = self.paths[which]
        return read_copy(path) if path.exists() else snapshot.new_tables()

    def merge(self, into: int, which: int) -> Any:
        with self.open(into) as store:
            return store.merge(self.tables(which))

    def value(self, which: int, paper: str, field: str) -> Any:
        with self.open(which) as store:
            return getattr(store.record(PaperId(paper)), field)

    def both(self) -> None:
        """Merge both ways; the fields are the same then."""
        self.merge(0, 1)
        self.merge(1, 0)
        for name in ("papers", "lists"):
            assert self.tables(0).get(name, {}) == self.tables(1).get(name, {})


@pytest.fixture
def two(tmp_path: Path) -> Machines:
    machines = Machines(tmp_path)
    machines.act(0, "alpha", note="base", tags=["old"], rank=RANKS[0])
    machines.part()
    return machines


def test_what_was_set_later_wins_field_by_field(two: Machines) -> None:
    two.act(0, "alpha", status="reading")
    two.act(1, "alpha", rating=4)
    two.times[1] += timedelta(minutes=1)
    two.act(1, "alpha", status="done")
    two.both()
    assert two.value(0, "alpha", "status") == "done"
    assert two.value(0, "alpha", "rating") == 4


def test_a_wrong_clock_does_no_harm(two: Machines) -> None:
    two.times[1] -= timedelta(days=4000)
    two.act(1, "alpha", note="written later, by a clock that is late")
    two.both()
    assert two.value(0, "alpha", "note") == "written later, by a clock that is late"


def test_tags_of_both_stay_and_one_that_was_taken_away_stays_away(two: Machines) -> None:
    two.act(0, "alpha", tags=["mine", "old"])
    two.act(1, "alpha", tags=["theirs"])
    two.both()
    assert two.value(0, "alpha", "tags") == ("mine", "theirs")


def test_a_tag_that_was_given_again_is_there(two: Machines) -> None:
    two.act(0, "alpha", tags=[])
    two.times[1] += timedelta(minutes=1)
    two.act(1, "alpha", tags=[])
    two.act(1, "alpha", tags=["old"])
    two.both()
    assert two.value(0, "alpha", "tags") == ("old",)


def test_a_note_that_both_wrote_keeps_both_texts(two: Machines) -> None:
    two.act(0, "alpha", note="mine")
    two.times[1] += timedelta(minutes=1)
    two.act(1, "alpha", note="theirs")
    assert two.merge(0, 1).both == ("alpha",)
    two.both()
    assert two.value(1, "alpha", "note") == f"mine{SEPARATOR}theirs"
    two.act(1, "alpha", note="one text of both")
    two.both()
    assert two.value(0, "alpha", "note") == "one text of both"


def test_a_note_that_only_one_wrote_is_taken_as_it_is(two: Machines) -> None:
    two.act(1, "alpha", note="first")
    two.act(1, "alpha", note="second")
    assert two.merge(0, 1).both == ()
    assert two.value(0, "alpha", "note") == "second"


def test_a_note_removed_here_and_changed_there_is_kept(two: Machines) -> None:
    two.act(1, "alpha", note="changed")
    two.times[0] += timedelta(minutes=1)
    two.act(0, "alpha", note="")
    two.both()
    assert two.value(0, "alpha", "note") == "changed"


def test_a_paper_that_one_finished_leaves_the_queue_of_the_other(two: Machines) -> None:
    two.act(0, "beta", rank=RANKS[1])
    two.times[1] += timedelta(minutes=1)
    two.act(1, "beta", status="done")
    two.both()
    with two.open(0) as store:
        assert store.queue() == ("alpha",)
    two.times[0] += timedelta(minutes=5)
    two.act(0, "beta", rank=RANKS[1])
    two.both()
    with two.open(1) as store:
        assert store.queue() == ("alpha", "beta")


def test_moves_of_both_machines_make_one_order(two: Machines) -> None:
    two.act(0, "gamma", rank=RANKS[2])
    two.act(1, "beta", rank=RANKS[1])
    two.both()
    with two.open(0) as store:
        assert store.queue() == ("alpha", "beta", "gamma")


def test_histories_are_united_and_time_goes_on_above_both(two: Machines) -> None:
    two.times[1] += timedelta(days=300)
    two.act(1, "beta", note="b")
    merged = two.merge(0, 1)
    assert merged.acts == 1
    with two.open(0) as store:
        assert [event.act for event in store.history()] == ["merge", "act", "act"]
        assert merged.latest == store.history()[1].id < merged.event.id
    two.act(0, "beta", note="later")
    two.both()
    assert two.value(1, "beta", "note") == "later"


def test_one_undo_takes_a_merge_back_and_redo_brings_it_again(two: Machines) -> None:
    two.act(0, "alpha", note="mine")
    two.times[1] += timedelta(minutes=1)
    two.act(1, "alpha", note="theirs", status="reading")
    two.act(1, "beta", tags=["new"])
    two.subscribe(1, "nets", "https://example.org/nets.md")
    two.merge(0, 1)
    with two.open(0) as store:
        assert store.subscriptions
        store.undo()
        assert (store.record(PaperId("alpha")).note, store.queue()) == ("mine", ("alpha",))
        assert store.record(PaperId("alpha")).status == "to-read"
        assert store.record(PaperId("beta")).tags == ()
        assert not store.subscriptions
        store.redo()
        assert store.record(PaperId("beta")).tags == ("new",)
        assert store.record(PaperId("alpha")).note == f"mine{SEPARATOR}theirs"
        assert [one.key for one in store.subscriptions] == ["nets"]


def test_a_merge_that_was_undone_does_not_come_back_by_itself(two: Machines) -> None:
    two.act(1, "alpha", note="theirs")
    two.merge(0, 1)
    with two.open(0) as store:
        store.undo()
    assert two.merge(0, 1).event is None
    assert two.value(0, "alpha", "note") == "base"


def test_a_merge_that_brings_nothing_is_no_act_and_writes_nothing(two: Machines) -> None:
    two.act(1, "alpha", note="theirs")
    two.both()
    before = [path.read_bytes() for path in two.paths[0].parent.iterdir() if path.is_file()]
    merged = two.merge(0, 1)
    two.merge(0, 0)
    after = [path.read_bytes() for path in two.paths[0].parent.iterdir() if path.is_file()]
    assert (merged.event, merged.acts, before) == (None, 0, after)


def test_what_was_there_before_is_kept_as_a_backup(two: Machines) -> None:
    two.act(1, "alpha", note="theirs")
    two.merge(0, 1)
    assert "before-merge" in {one.reason for one in backups(two.paths[0])}


def test_an_empty_library_becomes_the_other(tmp_path: Path) -> None:
    machines = Machines(tmp_path)
    machines.act(1, "alpha", note="theirs")
    machines.merge(0, 1)
    assert machines.value(0, "alpha", "note") == "theirs"


def test_lists_of_both_are_there_also_under_one_name(two: Machines) -> None:
    two.subscribe(0, "nets", "/home/me/nets.md")
    two.subscribe(1, "nets", "https://example.org/nets.md")
    two.subscribe(1, "more", "https://example.org/more.md")
    two.both()
    with two.open(0) as store:
        sources = {each.source: str(each.key) for each in store.subscriptions}
    assert sources.keys() == {
        "/home/me/nets.md",
        "https://example.org/nets.md",
        "https://example.org/more.md",
    }
    assert sources["/home/me/nets.md"] == "nets"


def test_what_another_version_or_a_person_put_there_comes_along(two: Machines) -> None:
    one: Any = two.tables(0)
    other: Any = two.tables(1)
    one["papers"]["alpha"] = {**one["papers"]["alpha"], "tags": ["by hand", "old"], "colour": "red"}
    other["weather"] = {"today": {"sun": True}}
    merged = merge(one, other)
    assert merged["papers"]["alpha"]["tags"] == ["by hand", "old"]
    assert merged["papers"]["alpha"]["colour"] == "red"
    assert merged["weather"] == {"today": {"sun": True}}


# What can be merged.


def test_a_folder_stands_for_its_library_and_a_journal_for_what_it_has(two: Machines) -> None:
    journal = two.paths[1].with_name("library.json.journal")
    with two.open(1) as store:
        edit = Edit("papers", "alpha", "note", "in the journal")
        store.act("note", lambda view: [edit])
        for place in (two.paths[1].parent, two.paths[1], journal):
            assert read_copy(place)["papers"]["alpha"]["note"] == "in the journal"


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_copy(tmp_path)
    for content, error in ((b"{}", Damaged), (b'{"_readq": {"1": {"format": 99}}}', TooNew)):
        (tmp_path / "library.json").write_bytes(content)
        with pytest.raises(error):
            read_copy(tmp_path)
    (tmp_path / "some.journal").write_bytes(b"nothing of ours\n")
    with pytest.raises(Damaged):
        read_copy(tmp_path / "some.journal")


def test_copies_that_programs_for_syncing_leave_are_found(tmp_path: Path) -> None:
    library = tmp_path / "library.json"
    assert conflict_copies(tmp_path / "nowhere" / "library.json") == ()
    left = {
        "library.sync-conflict-20261121-093000-ABCDEFG.json",
        "library.json.sync-conflict-20261121-093000-ABCDEFG.journal",
        "library (Anna's conflicted copy 2026-11-21).json",
        "library (conflicted copy 2026-11-21 093000).json",
    }
    for name in (
        *left,
        "library.json",
        "library.json.journal",
        "other.sync-conflict-20261121-1.json",
    ):
        (tmp_path / name).touch()
    assert {path.name for path in conflict_copies(library)} == left


def test_a_library_knows_itself(tmp_path: Path) -> None:
    library = tmp_path / "library.json"
    assert is_own(library, library)
    library.touch()
    (tmp_path / "link").symlink_to(tmp_path)
    assert is_own(library, tmp_path / "link")
    assert is_own(library, tmp_path / "library.json.journal")
    assert not is_own(library, tmp_path / "library.sync-conflict-20261121-1.json")


# As git does it.


def test_git_gets_the_same_bytes_whichever_side_merges(two: Machines, tmp_path: Path) -> None:
    two.act(0, "alpha", note="mine")
    two.act(1, "alpha", note="theirs")
    for which in (0, 1):
        with two.open(which) as store:
            store.fold()
        shutil.copy(two.paths[which], tmp_path / f"side-{which}")
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    merge_files(two.paths[0], tmp_path / "side-1")
    merge_files(two.paths[1], tmp_path / "side-0")
    assert two.paths[0].read_bytes() == two.paths[1].read_bytes()
    merge_files(empty, two.paths[0])
    assert empty.read_bytes() == two.paths[0].read_bytes()
    assert SEPARATOR in two.value(0, "alpha", "note")


def test_git_keeps_its_own_when_a_side_cannot_be_read(two: Machines, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"<<<<<<< ours\n")
    before = two.paths[0].read_bytes()
    with pytest.raises(Damaged):
        merge_files(two.paths[0], bad)
    assert two.paths[0].read_bytes() == before


# Laws.

FIELDS = st.one_of(
    st.tuples(st.just("status"), st.sampled_from([None, "reading", "done", "dropped"])),
    st.tuples(st.just("note"), st.sampled_from([None, "x", "y", "z"])),
    st.tuples(st.just("rank"), st.sampled_from([None, *RANKS])),
    st.tuples(st.just("tags"), st.sets(st.sampled_from("abc")).map(sorted)),
    st.tuples(st.just("rating"), st.sampled_from([None, 1, 5])),
)
EDITS = st.dictionaries(st.sampled_from(["alpha", "beta"]), FIELDS, min_size=1)
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.one_of(
            EDITS,
            EDITS,
            st.sampled_from(["undo", "redo", "fold"]),
            st.integers(0, 2),
            st.timedeltas(timedelta(days=-2), timedelta(days=2)),
        ),
    ),
    max_size=14,
)


def edits_of(chosen: dict[str, tuple[str, Any]], store: Merging) -> list[Edit]:
    """As the library does it: what is done or dropped leaves the queue."""
    edits = [Edit("papers", paper, *field) for paper, field in chosen.items()]
    for paper, field in chosen.items():
        done = field in (("status", "done"), ("status", "dropped"))
        if done and store.record(PaperId(paper)).queued:
            edits.append(Edit("papers", paper, "rank", None))
    return edits


def live(machines: Machines, steps: list[tuple[int, Any]]) -> None:
    for which, what in steps:
        if isinstance(what, timedelta):
            machines.times[which] += what
            continue
        if isinstance(what, int):
            machines.merge(which, what)
            continue
        with machines.open(which) as store:
            if isinstance(what, dict):
                edits = edits_of(what, store)
                store.act("act", lambda view, edits=edits: edits)  # type: ignore[misc]
            else:
                getattr(store, what)()


Law = Callable[[bytes, bytes, bytes], tuple[bytes, bytes]]


@settings(max_examples=120)
@given(shared=STEPS, alone=STEPS)
def test_merging_commutes_associates_and_repeats(shared: Any, alone: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machines = Machines(Path(folder), 3, whole_below=65536)
        live(machines, [(0, what) for _, what in shared if not isinstance(what, int)])
        machines.part()
        live(machines, alone)
        one, two, three = (machines.tables(which) for which in range(3))
    render = snapshot.render
    assert render(merge(one, one)) == render(one)
    assert render(merge(one, two)) == render(merge(two, one))
    assert render(merge(merge(one, two), two)) == render(merge(one, two))
    assert render(merge(merge(one, two), three)) == render(merge(one, merge(two, three)))


@settings(max_examples=40)
@given(steps=STEPS)
def test_machines_that_tell_each_other_everything_agree(steps: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machines = Machines(Path(folder), 3, whole_below=65536)
        live(machines, steps)
        for into, which in ((0, 1), (0, 2), (1, 0), (2, 0), (1, 2), (0, 1)):
            machines.merge(into, which)
        one, two, three = (machines.tables(which) for which in range(3))
        assert one.get("papers", {}) == two.get("papers", {}) == three.get("papers", {})
        for into in range(3):
            for which in range(3):
                assert machines.merge(into, which).event is None


def test_a_whole_library_is_one_file(two: Machines) -> None:
    path = two.paths[0]
    with two.open(0) as store:
        edit = Edit("papers", "alpha", "note", "in the journal")
        store.act("note", lambda view: [edit])
        before = two.tables(0)
        assert b"in the journal" not in path.read_bytes()
        make_whole(path)
        assert snapshot.parse(path.read_bytes(), path) == before
        assert not path.with_name("library.json.journal").exists()
        more = Edit("papers", "beta", "note", "after that")
        store.act("note", lambda view: [more])
    assert two.value(0, "alpha", "note") == "in the journal"
    assert two.value(0, "beta", "note") == "after that"
    make_whole(path.with_name("nothing.json"))


def test_a_long_library_keeps_its_journal_and_is_written_only_when_there_is_news(
    two: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readq.store.merging_whole.ONE_FILE", 0)
    path = two.paths[0]
    edit = Edit("papers", "alpha", "note", "in the journal")
    with two.open(0) as store:
        store.act("note", lambda view: [edit])
        make_whole(path)
        assert b"in the journal" in path.read_bytes()
        before = path.stat()
        make_whole(path)
        assert path.stat().st_ino == before.st_ino
        assert path.with_name("library.json.journal").exists()
    assert two.value(0, "alpha", "note") == "in the journal"
