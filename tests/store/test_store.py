from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from readq.errors import Damaged, NotFound, StoreError
from readq.model.listing import Link
from readq.model.ordering import ranks_between
from readq.model.paper import ListKey, PaperId
from readq.model.record import Change, Rank, Record, Seen, Subscription
from readq.model.status import Status
from readq.store import Edit, Facts, Store, edits_of

Open = Callable[..., Store]

A, B, C = PaperId("attention"), PaperId("born-again"), PaperId("contrastive")


def put(store: Store, paper: str, act: str = "act", **fields: Any) -> Any:
    """One act that sets these fields."""
    return store.act(act, lambda view: [Edit("papers", paper, f, v) for f, v in fields.items()])


def fields(record: Record) -> Record:
    """A record without what says when."""
    return record._replace(times={})


SUBSCRIPTION = Subscription(
    key=ListKey("kd"),
    source="https://example.org/README.md",
    title="Knowledge distillation",
    file="kd.md",
    sha256="0" * 64,
    position=Rank("V"),
    added_at="2026-11-21T09:30:00Z",
)


def test_a_library_that_is_not_there_is_empty_and_stays_unmade(
    open_store: Open, library: Path
) -> None:
    store = open_store()
    assert dict(store.records) == {}
    assert store.record(A) == Record(id=A)
    assert not any((store.queue(), store.subscriptions, store.history()))
    assert store.undo() is None
    assert store.read_only is None
    assert not library.exists()


def test_an_act_is_there_after_reopening(open_store: Open) -> None:
    event = put(open_store(), A, "done", status=Status.DONE, finished_at="2026-11-21T09:30:00Z")
    again = open_store()
    record = again.record(A)
    assert record.status is Status.DONE
    assert record.finished_at == "2026-11-21T09:30:00Z"
    assert record.times == {"status": event.id, "finished_at": event.id}
    assert again.history() == (event,)
    assert event.act == "done"
    assert event.papers == (A,)
    assert event.changes[0] == Change("papers", A, "status", None, "done")


def test_every_field_comes_back_as_it_was_set(open_store: Open) -> None:
    wanted = Record(
        id=A,
        status=Status.READING,
        rank=Rank("V1"),
        tags=("attention", "später"),
        rating=4,
        note="# Note\n\n```\nfence\r\n\t\u2028 \udc80 end",
        queued_at="2026-11-21T09:30:00Z",
        started_at="2026-11-22T09:30:00Z",
        finished_at="2026-11-23T09:30:00Z",
    )
    names = ("status", "rank", "tags", "rating", "note", "queued_at", "started_at", "finished_at")
    put(open_store(), A, **{name: getattr(wanted, name) for name in names})
    assert fields(open_store().record(A)) == wanted


def test_a_plan_that_changes_nothing_is_no_event(open_store: Open, library: Path) -> None:
    store = open_store()
    assert put(store, A, status=Status.TO_READ, note="", tags=(), rank=None) is None
    assert not library.exists()
    put(store, A, note="x")
    assert put(store, A, note="x") is None
    assert len(store.history()) == 1


def test_the_plan_sees_the_newest_state_of_other_processes(open_store: Open) -> None:
    here, there = open_store(), open_store()
    put(there, A, note="one")
    here.act("note", lambda view: [Edit("papers", A, "note", view.record(A).note + " two")])
    assert here.record(A).note == "one two"
    assert here.refresh() == frozenset({A})
    assert here.refresh() is None


def test_a_plan_that_raises_changes_nothing(open_store: Open) -> None:
    store = open_store()
    put(store, A, note="kept")

    def plan(view: object) -> Any:
        yield Edit("papers", A, "note", "lost")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        store.act("note", plan)
    assert store.record(A).note == open_store().record(A).note == "kept"
    put(store, B, note="works on")
    assert open_store().record(B).note == "works on"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "finished"),
        ("rank", ""),
        ("rank", "a0"),
        ("rating", 0),
        ("rating", 6),
        ("rating", True),
        ("tags", "one"),
        ("tags", [""]),
        ("note", 3),
        ("finished_at", "yesterday"),
        ("seen", {}),
        ("colour", "red"),
    ],
)
def test_a_value_that_cannot_be_is_refused(open_store: Open, field: str, value: Any) -> None:
    store = open_store()
    with pytest.raises(ValueError, match=r"not|no "):
        put(store, A, **{field: value})
    assert A not in store.records


def test_the_queue_is_in_rank_order_and_ties_go_by_id(open_store: Open) -> None:
    store = open_store()
    low, high = ranks_between(None, None, 2)
    put(store, C, rank=low)
    put(store, B, rank=high)
    assert store.queue() == (C, B)
    put(store, A, rank=low)
    assert store.queue() == (A, C, B)
    put(store, C, rank=None)
    assert store.queue() == open_store().queue() == (A, B)


def test_undo_takes_back_a_bulk_act_and_the_place_in_the_queue(open_store: Open) -> None:
    store = open_store()
    for paper, rank in zip((A, B, C), ranks_between(None, None, 3), strict=True):
        put(store, paper, "queue", rank=rank, queued_at="2026-11-21T09:30:00Z")
    before = {paper: fields(record) for paper, record in store.records.items()}
    event = store.act(
        "done",
        lambda view: [
            edit
            for paper in (A, B)
            for edit in (
                Edit("papers", paper, "status", "done"),
                Edit("papers", paper, "rank", None),
            )
        ],
    )
    assert event is not None
    assert store.queue() == (C,)
    undone = open_store().undo()
    assert undone is not None
    assert undone.undoes == event.id
    store.refresh()
    assert {paper: fields(record) for paper, record in store.records.items()} == before
    assert store.queue() == (A, B, C)
    assert store.can_redo == event


def test_undo_and_redo_work_across_restarts(open_store: Open) -> None:
    put(open_store(), A, note="one")
    put(open_store(), A, note="two")
    open_store().undo()
    open_store().undo()
    assert open_store().record(A).note == ""
    assert open_store().undo() is None
    open_store().redo()
    assert open_store().record(A).note == "one"
    open_store().redo()
    assert open_store().record(A).note == "two"
    assert open_store().redo() is None
    open_store().undo()
    assert open_store().record(A).note == "one"


def test_a_new_act_after_an_undo_keeps_the_undone_branch_in_the_history(open_store: Open) -> None:
    store = open_store()
    put(store, A, note="one")
    put(store, A, note="two")
    store.undo()
    put(store, A, note="three")
    assert store.can_redo is None
    assert [event.act for event in store.history()] == ["act", "undo", "act", "act"]
    assert store.history()[2].changes[0].after == "two"
    store.undo()
    assert store.record(A).note == "one"
    store.undo()
    assert store.record(A).note == ""
    assert store.undo() is None


def test_undo_leaves_alone_what_was_set_otherwise(open_store: Open, library: Path) -> None:
    store = open_store()
    put(store, A, note="mine", rating=3)
    data = json.loads(library.read_bytes())
    data["papers"][A]["note"] = "from elsewhere"
    library.write_text(json.dumps(data))
    undone = store.undo()
    assert undone is not None
    assert store.record(A).note == "from elsewhere"
    assert store.record(A).rating is None
    assert [change.field for change in store.left_alone(undone)] == ["note"]
    assert store.can_undo is None


def test_any_act_can_be_taken_back_that_nothing_depends_on(open_store: Open) -> None:
    store = open_store()
    first = put(store, A, "note", note="one")
    second = put(store, B, "rate", rating=3)
    third = put(store, A, "note", note="two")
    assert store.depending_on(first.id) == (third,)
    with pytest.raises(StoreError, match=f"changed since: note {third.id}"):
        store.take_back(first.id)
    assert len(store.history()) == 3
    undone = store.take_back(second.id)
    assert (undone.undoes, store.record(B).rating) == (second.id, None)
    assert store.record(A).note == "two"
    with pytest.raises(NotFound, match="already"):
        store.take_back(second.id)
    with pytest.raises(NotFound, match="no act"):
        store.take_back(undone.id)
    store.redo()
    assert open_store().record(B).rating == 3
    store.take_back(third.id)
    assert store.depending_on(first.id) == ()
    store.take_back(first.id)
    assert open_store().record(A).note == ""
    assert store.can_undo == second


def test_history_can_be_asked_for_one_paper_and_for_a_few(open_store: Open) -> None:
    store = open_store()
    for number in range(5):
        put(store, (A, B)[number % 2], note=str(number))
    assert [event.changes[0].after for event in store.history(A)] == ["4", "2", "0"]
    assert [event.changes[0].after for event in store.history(limit=2)] == ["4", "3"]
    assert [event.changes[0].after for event in store.history(B, limit=1)] == ["3"]


def test_facts_of_a_first_touch_are_written_with_it(open_store: Open) -> None:
    seen = Seen(
        title="Attention",
        authors=("Vaswani",),
        et_al=True,
        venue="NeurIPS",
        year=2017,
        links=(Link("pdf", "https://example.org/a.pdf"),),
        lists=(ListKey("one"),),
    )
    store = open_store()
    facts = {
        A: Facts(seen=seen, identities=("arxiv:1706.03762",), aliases=(PaperId("older"),)),
        B: Facts(identities=("title:untouched",)),
    }
    store.act("done", lambda view: [Edit("papers", A, "status", "done")], facts=facts)
    record = open_store().record(PaperId("older"))
    assert (record.id, record.seen, record.identities) == (A, seen, ("arxiv:1706.03762",))
    assert B not in open_store().records


def test_what_is_remembered_adds_up_and_is_no_act(open_store: Open, library: Path) -> None:
    store = open_store()
    put(store, A, note="x")
    store.remember({A: Facts(seen=Seen(title="Old", lists=(ListKey("one"),)), identities=("a",))})
    store.remember({A: Facts(seen=Seen(title="New", lists=(ListKey("two"),)), identities=("b",))})
    store.remember({B: Facts(identities=("c",))})
    record = open_store().record(A)
    assert record.identities == ("a", "b")
    assert record.seen == Seen(title="New", lists=(ListKey("one"), ListKey("two")))
    assert B not in store.records
    assert len(store.history()) == 1
    written = library.stat().st_mtime_ns
    store.remember({A: Facts(identities=("a",))})
    assert library.stat().st_mtime_ns == written


def test_edits_follow_earlier_ids(open_store: Open) -> None:
    store = open_store()
    put(store, A, note="x")
    store.remember({A: Facts(aliases=(B,))})
    put(store, B, rating=5)
    assert store.record(A).rating == 5
    assert set(store.records) == {A}
    assert len(store.history(B)) == 2


def test_subscriptions_come_and_go_as_acts(open_store: Open) -> None:
    store = open_store()
    second = SUBSCRIPTION._replace(key=ListKey("second"), position=Rank("A"))
    store.act("add", lambda view: [*edits_of(SUBSCRIPTION), *edits_of(second)])
    assert open_store().subscriptions == (second, SUBSCRIPTION)
    store.act("remove", lambda view: [Edit("lists", "kd", "removed", True)])
    assert open_store().subscriptions == (second,)
    assert [one.removed for one in store.all_subscriptions] == [False, True]
    store.undo()
    assert store.subscriptions == (second, SUBSCRIPTION)
    store.undo()
    assert open_store().all_subscriptions == ()
    store.redo()
    assert open_store().subscriptions == (second, SUBSCRIPTION)


def test_stamps_rise_even_when_the_clock_jumps_back(open_store: Open, clock: Any) -> None:
    store = open_store()
    first = put(store, A, note="one")
    clock.time = clock.time.replace(year=2001)
    second = put(store, A, note="two")
    third = put(open_store(), A, note="three")
    assert first.id < second.id < third.id
    assert second.id.startswith("2026-")
    assert open_store().can_undo == third


def test_files_are_for_their_owner_alone(open_store: Open, library: Path) -> None:
    put(open_store(), A, note="x")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in library.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(library.parent.stat().st_mode) == 0o700


def test_tinydb_opens_the_file_and_people_can_read_it(open_store: Open, library: Path) -> None:
    store = open_store()
    put(store, B, status="done")
    put(store, A, note="Über")
    store.close()
    with TinyDB(library, access_mode="r") as database:
        assert database.tables() >= {"papers", "events"}
        papers = database.storage.read()["papers"]
        assert papers[A]["note"] == "Über"
    lines = library.read_text(encoding="utf-8").splitlines()
    papers_at = [at for at, line in enumerate(lines) if line.startswith(('"attention"', '"born'))]
    assert len(papers_at) == 2
    assert lines[papers_at[0]].startswith('"attention": {"note": "Über"')


def test_fields_that_this_version_does_not_know_are_kept(open_store: Open, library: Path) -> None:
    put(open_store(), A, note="x")
    data = json.loads(library.read_bytes())
    data["papers"][A]["colour"] = "red"
    data["shelves"] = {"one": {"papers": [A]}}
    library.write_text(json.dumps(data))
    store = open_store()
    put(store, A, rating=1)
    put(store, A, note=None)
    store.close()
    data = json.loads(library.read_bytes())
    assert data["papers"][A]["colour"] == "red"
    assert data["shelves"] == {"one": {"papers": [A]}}


def test_a_value_that_makes_no_sense_reads_as_the_default_and_stays(
    open_store: Open, library: Path
) -> None:
    put(open_store(), A, note="x")
    data = json.loads(library.read_bytes())
    data["papers"][A] |= {
        "status": ["done"],
        "rank": "no rank",
        "rating": 9,
        "tags": "t",
        "times": 1,
    }
    library.write_text(json.dumps(data))
    store = open_store()
    assert fields(store.record(A)) == Record(id=A, note="x")
    assert store.queue() == ()
    put(store, A, note="y")
    store.close()
    assert json.loads(library.read_bytes())["papers"][A]["status"] == ["done"]


def test_values_handed_out_are_not_the_store(open_store: Open) -> None:
    store = open_store()
    tags = ["one"]
    put(store, A, tags=tags)
    tags.append("two")
    record = store.record(A)
    with pytest.raises(TypeError):
        record.times["status"] = "x"  # type: ignore[index]
    put(store, A, tags=["three"])
    assert record.tags == ("one",)
    assert open_store().record(A).tags == ("three",)


def test_a_file_that_vanishes_is_written_again_by_the_next_act(
    open_store: Open, library: Path
) -> None:
    store = open_store()
    put(store, A, note="kept")
    library.unlink()
    put(store, B, note="new")
    again = open_store()
    assert again.record(A).note == "kept"
    assert again.record(B).note == "new"


def test_refresh_with_damage_keeps_what_is_in_memory(open_store: Open, library: Path) -> None:
    store = open_store()
    put(store, A, note="kept")
    library.write_bytes(b"{ damage")
    with pytest.raises(Damaged):
        store.refresh()
    with pytest.raises(Damaged):
        put(store, A, note="refused")
    assert store.record(A).note == "kept"
    assert library.read_bytes() == b"{ damage"


def test_identities_are_known_without_their_records(open_store: Open) -> None:
    store = open_store()
    facts = {A: Facts(identities=("title:attention",)), B: Facts(identities=("title:born again",))}
    store.act(
        "rate",
        lambda view: [Edit("papers", A, "rating", 1), Edit("papers", B, "rating", 2)],
        facts=facts,
    )
    for one in (store, open_store()):
        assert dict(one.identities) == {A: ("title:attention",), B: ("title:born again",)}


def test_fingerprints_change_with_their_records_alone(open_store: Open) -> None:
    store = open_store()
    put(store, A, note="x")
    put(store, B, note="y")
    before = dict(store.fingerprints())
    assert before.keys() == {A, B}
    store.fold()
    assert dict(store.fingerprints()) == before == dict(open_store().fingerprints())
    store.remember({A: Facts(identities=("title:attention",))})
    after = store.fingerprints()
    assert after[A] != before[A]
    assert after[B] == before[B]
    assert dict(open_store().fingerprints()) == dict(after)
