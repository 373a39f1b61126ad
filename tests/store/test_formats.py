"""Files of every format that was ever released keep opening; newer ones are left alone."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import MutableMapping
from pathlib import Path

import pytest

from readq.errors import StoreError, TooNew
from readq.model.link import Link
from readq.model.paper import ListKey, PaperId
from readq.model.record import Rank, Record, Seen
from readq.model.status import Status
from readq.store import Edit, Store, rescue
from readq.store.backup import backups
from readq.store.migrations import FORMATS, Formats
from readq.store.schema import FORMAT, META, Document
from tests.store.conftest import Clock, FaultyFiles

FIXTURES = Path(__file__).with_name("fixtures")
"""What each format's version wrote. Never write these anew: that they are old is their use."""

BORN_AGAIN, ATTENTION, LEARNING = map(
    PaperId, ("born-again-neural-networks", "attention-transfer", "学习")
)
NOTE = "Dark *knowledge*\n\n“quotes”, back\\slash, tab\t, 学习 🙂"


@pytest.fixture
def format_1(tmp_path: Path) -> Path:
    """A copy of the library that format 1's version wrote: with a journal."""
    folder = tmp_path / "home"
    shutil.copytree(FIXTURES / "format-1", folder)
    return folder / "library.json"


def content(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


def plain(record: Record) -> Record:
    return record._replace(times={})


def test_format_1_opens_with_all_its_contents(format_1: Path) -> None:
    with Store.open(format_1) as store:
        assert plain(store.record(BORN_AGAIN)) == Record(
            id=BORN_AGAIN,
            status=Status.READING,
            rank=Rank("V"),
            tags=("kd", "to cite"),
            rating=5,
            note=NOTE,
            queued_at="2026-11-21T09:30:02Z",
            started_at="2026-11-21T09:30:03Z",
            times={},
            seen=Seen(
                title="Born Again Neural Networks",
                authors=("Tommaso Furlanello", "Zachary C. Lipton"),
                et_al=True,
                venue="ICML",
                year=2018,
                links=(Link("pdf", "https://arxiv.org/pdf/1805.04770"),),
                lists=(ListKey("distillation"),),
            ),
            identities=("arxiv:1805.04770", "title:born again neural networks"),
            aliases=(PaperId("born-again"),),
        )
        assert store.record(PaperId("born-again")).id == BORN_AGAIN
        assert plain(store.record(ATTENTION)) == Record(
            id=ATTENTION,
            status=Status.DONE,
            queued_at="2026-11-21T09:30:02Z",
            finished_at="2026-11-21T09:30:04Z",
            times={},
            seen=Seen(title="Attention transfer"),
            identities=("title:attention transfer",),
        )
        assert plain(store.record(LEARNING)) == Record(
            id=LEARNING, tags=("kd",), times={}, identities=("title:学习",)
        )
        assert store.queue() == (BORN_AGAIN,)
        assert [one.key for one in store.subscriptions] == ["distillation"]
        assert [(one.key, one.removed) for one in store.all_subscriptions] == [
            ("distillation", False),
            ("surveys", True),
        ]
        assert [event.act for event in reversed(store.history())] == (
            [
                "first-run",
                "queue",
                "start",
                "done",
                "note",
                "tag",
                "rate",
                "remove",
                "drop",
                "undo",
                "redo",
                "undo",
            ]
        )
        assert store.can_redo is not None
        assert store.can_redo.act == "drop"
        assert store.notices == ()


def test_format_1_is_not_written_to_before_the_first_act(format_1: Path) -> None:
    before = content(format_1)
    with Store.open(format_1) as store:
        assert store.refresh() is None
        assert len(store.records) == 3
    assert content(format_1) == before


def test_format_1_goes_on(format_1: Path) -> None:
    with Store.open(format_1) as store:
        store.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 3)])
    with Store.open(format_1) as store:
        assert store.record(ATTENTION).rating == 3
        assert store.record(BORN_AGAIN).note == NOTE


def test_every_earlier_format_has_a_step_and_a_fixture() -> None:
    assert set(FORMATS.steps) == set(range(1, FORMAT))
    assert {one.name for one in FIXTURES.iterdir()} == {f"format-{n}" for n in range(1, FORMAT + 1)}


# A format 2 that does not exist: notes end with a full stop.


def _full_stops(tables: dict[str, MutableMapping[str, Document]]) -> None:
    papers = tables["papers"]
    for paper, document in list(papers.items()):
        if "note" in document:
            papers[paper] = {**document, "note": document["note"] + "."}


FORMATS_2 = Formats(2, {1: _full_stops})


def newer(path: Path, **settings: object) -> Store:
    """As a version that writes format 2 opens it."""
    return Store(path, formats=FORMATS_2, now=Clock(), **settings)  # type: ignore[arg-type]


def test_an_earlier_format_is_migrated_in_memory_and_stays_on_the_disk(format_1: Path) -> None:
    before = content(format_1)
    with newer(format_1) as store:
        assert store.record(BORN_AGAIN).note == NOTE + "."
        assert store.refresh() is None
    assert content(format_1) == before


def test_the_first_act_writes_the_newest_format_after_a_backup(format_1: Path) -> None:
    with newer(format_1) as store:
        store.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 3)])
        kept = [one for one in backups(format_1) if one.reason == "before-migration"]
        store.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 4)])
    assert json.loads(format_1.read_bytes())[META] == {"1": {"format": 2}}
    with newer(format_1) as store:  # no second full stop
        assert store.record(BORN_AGAIN).note == NOTE + "."
        assert store.record(ATTENTION).rating == 4
    (backup,) = kept
    assert kept == [one for one in backups(format_1) if one.reason == "before-migration"]
    shutil.copy(backup.path, format_1.with_name("old.json"))
    with Store.open(format_1.with_name("old.json")) as old:
        assert old.record(BORN_AGAIN).note == NOTE
        assert old.record(ATTENTION).rating is None
        assert len(old.history()) == 12


def test_an_earlier_version_leaves_what_was_migrated(format_1: Path) -> None:
    with Store.open(format_1) as earlier:
        with newer(format_1) as store:
            store.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 3)])
        before = content(format_1)
        with pytest.raises(TooNew, match="newer readq"):
            earlier.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 1)])
    with pytest.raises(TooNew, match="format 2, this one knows 1"):
        Store.open(format_1)
    assert content(format_1) == before


def test_what_an_earlier_version_writes_meanwhile_is_migrated_too(format_1: Path) -> None:
    with newer(format_1) as store, Store.open(format_1) as earlier:
        earlier.act("note", lambda view: [Edit("papers", ATTENTION, "note", "Short")])
        assert store.refresh() == frozenset({ATTENTION})
        assert store.record(ATTENTION).note == "Short."
        earlier.act("note", lambda view: [Edit("papers", LEARNING, "note", "Long")])
        store.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 3)])
        assert store.record(LEARNING).note == "Long."
    with newer(format_1) as store:
        assert [store.record(one).note for one in (ATTENTION, LEARNING)] == ["Short.", "Long."]


def test_whatever_fails_while_migrating_loses_nothing(format_1: Path, tmp_path: Path) -> None:
    fails = 0
    for number in range(1, 200):
        home = tmp_path / str(number)
        shutil.copytree(format_1.parent, home)
        path = home / "library.json"
        failing = FaultyFiles(number, errno.EIO)
        try:
            with newer(path, files=failing) as store:
                store.act("rate", lambda view: [Edit("papers", ATTENTION, "rating", 3)])
        except StoreError:
            fails += 1
        with newer(path) as store:
            assert store.record(BORN_AGAIN).note == NOTE + "."
        if not failing.failed:
            break
    assert fails > 10


def test_what_can_be_read_of_a_damaged_library_is_migrated_too(format_1: Path) -> None:
    format_1.write_bytes(format_1.read_bytes()[:-40])
    found = rescue.salvage(format_1, formats=FORMATS_2)
    assert found.tables["papers"][BORN_AGAIN]["note"] == NOTE + "."
    assert found.tables[META]["1"] == {"format": 2}
