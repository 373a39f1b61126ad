"""Laws that hold whatever one does: against a plain dict, opened anew after every step."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from readq.model.ordering import ranks_between
from readq.model.record import USER_FIELDS
from readq.store import Edit, Store
from readq.store.clock import is_stamp, next_stamp

PAPERS = st.sampled_from(["alpha", "beta", "gamma", "delta"])
EDITS = st.one_of(
    st.tuples(st.just("status"), st.sampled_from([None, "reading", "done", "dropped"])),
    st.tuples(st.just("note"), st.none() | st.text(min_size=1, max_size=12)),
    st.tuples(st.just("rank"), st.none() | st.sampled_from(ranks_between(None, None, 9))),
    st.tuples(st.just("rating"), st.none() | st.integers(1, 5)),
    st.tuples(
        st.just("tags"),
        st.none() | st.lists(st.sampled_from("abc"), min_size=1, unique=True).map(sorted),
    ),
)
ACTS = st.lists(st.tuples(PAPERS, EDITS), min_size=1, max_size=6)

Fields = dict[tuple[str, str], Any]


def fields(store: Store) -> Fields:
    """What is not at its default."""
    found: Fields = {}
    for paper, record in store.records.items():
        for name in USER_FIELDS:
            value = getattr(record, name)
            value = list(value) if isinstance(value, tuple) else value
            if value not in (None, "", [], "to-read"):
                found[paper, name] = value
    return found


def queue(fields: Fields) -> list[str]:
    return [
        paper
        for rank, paper in sorted(
            (value, paper) for (paper, name), value in fields.items() if name == "rank"
        )
    ]


@dataclass
class Model:
    """The same library as a dict, with stacks of what it was before."""

    fields: Fields = field(default_factory=dict)
    undo: list[Fields] = field(default_factory=list)
    redo: list[Fields] = field(default_factory=list)
    events: int = 0

    def act(self, edits: list[tuple[str, tuple[str, Any]]]) -> None:
        after = dict(self.fields)
        for paper, (name, value) in edits:
            after.pop((paper, name), None)
            if value is not None:
                after[paper, name] = value
        if after != self.fields:
            self.undo.append(self.fields)
            self.redo.clear()
            self.events += 1
            self.fields = after

    def back(self, source: list[Fields], target: list[Fields]) -> None:
        if source:
            target.append(self.fields)
            self.fields = source.pop()
            self.events += 1


class Machine(RuleBasedStateMachine):
    """Two stores on one library, each acting in turn; a third looks after every step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "library.json"
        self.model = Model()
        self.time = datetime(2026, 11, 21, tzinfo=UTC)
        self.whole_below = 0
        self.stores = [self.open(), self.open()]

    def now(self) -> datetime:
        return self.time

    def open(self) -> Store:
        return Store(self.path, now=self.now, node="a1b2c3d4", whole_below=self.whole_below)

    @rule(which=st.integers(0, 1), edits=ACTS)
    def act(self, which: int, edits: list[tuple[str, tuple[str, Any]]]) -> None:
        self.model.act(edits)
        self.stores[which].act(
            "act", lambda view: [Edit("papers", paper, *edit) for paper, edit in edits]
        )

    @rule(which=st.integers(0, 1))
    def undo(self, which: int) -> None:
        done = self.stores[which].undo()
        assert (done is None) == (not self.model.undo)
        self.model.back(self.model.undo, self.model.redo)

    @rule(which=st.integers(0, 1))
    def redo(self, which: int) -> None:
        done = self.stores[which].redo()
        assert (done is None) == (not self.model.redo)
        self.model.back(self.model.redo, self.model.undo)

    @rule(which=st.integers(0, 1))
    def fold(self, which: int) -> None:
        self.stores[which].fold()

    @rule(which=st.integers(0, 1), whole=st.booleans())
    def restart(self, which: int, whole: bool) -> None:
        self.stores[which].close()
        self.whole_below = 65536 if whole else 0
        self.stores[which] = self.open()

    @rule(hours=st.integers(-50, 50))
    def set_the_clock(self, hours: int) -> None:
        self.time += timedelta(hours=hours)

    @invariant()
    def everybody_sees_the_same(self) -> None:
        with self.open() as store:
            assert fields(store) == self.model.fields
            assert list(store.queue()) == queue(self.model.fields)
            events = store.history()
            assert len(events) == self.model.events
            assert [event.id for event in events] == sorted(
                {event.id for event in events}, reverse=True
            )
            assert not store.notices
        for store in self.stores:
            store.refresh()
            assert store.refresh() is None
            assert fields(store) == self.model.fields
            assert list(store.queue()) == queue(self.model.fields)
            assert store.history() == events
            assert (store.can_undo is None) == (not self.model.undo)
            assert (store.can_redo is None) == (not self.model.redo)

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@settings(max_examples=40)
@given(acts=st.lists(ACTS, max_size=8))
def test_undone_to_the_start_and_redone_to_the_end(acts: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.json"
        with Store(path, whole_below=0) as store:
            states = [fields(store)]
            for edits in acts:
                plan = [Edit("papers", paper, *edit) for paper, edit in edits]
                if store.act("act", lambda view, plan=plan: plan) is not None:  # type: ignore[misc]
                    states.append(fields(store))
        with Store(path, whole_below=0) as store:
            for state in reversed(states[:-1]):
                assert store.undo() is not None
                assert fields(store) == state
            assert store.undo() is None
            assert fields(store) == {}
        with Store(path, whole_below=0) as store:
            for state in states[1:]:
                assert store.redo() is not None
                assert fields(store) == state
            assert store.redo() is None


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.none() | st.sampled_from(ranks_between(None, None, 9))),
        min_size=1,
        max_size=40,
    )
)
def test_a_long_queue_stays_in_order_move_by_move(moves: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.json"
        with Store(path) as store:
            model: Fields = {
                (f"p{number}", "rank"): rank
                for number, rank in enumerate(ranks_between(None, None, 100))
            }
            plan = [Edit("papers", *field, rank) for field, rank in model.items()]
            store.act("queue", lambda view: plan)
            assert list(store.queue()) == queue(model)
            for number, rank in moves:
                edit = Edit("papers", f"p{number}", "rank", rank)
                store.act("move", lambda view, edit=edit: [edit])  # type: ignore[misc]
                model.pop((edit.key, "rank"), None)
                if rank is not None:
                    model[edit.key, "rank"] = rank
                assert list(store.queue()) == queue(model)


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=20))
def test_stamps_rise_whatever_the_clock_does(times: list[datetime]) -> None:
    last = None
    for time in times:
        stamp = next_stamp(time, last, "a1b2c3d4")
        assert is_stamp(stamp)
        assert last is None or stamp > last
        assert stamp >= time.replace(tzinfo=None).isoformat(timespec="milliseconds")
        last = stamp


def test_a_full_counter_goes_on_in_the_next_millisecond() -> None:
    now = datetime(2026, 11, 21, 23, 59, 59, 999_000, tzinfo=UTC)
    stamp = next_stamp(now, None, "a1b2c3d4")
    for _ in range(0x10001):
        before, stamp = stamp, next_stamp(now, stamp, "a1b2c3d4")
        assert stamp > before
    assert stamp == "2026-11-22T00:00:00.000Z-0001-a1b2c3d4"
