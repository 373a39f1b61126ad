"""Every operation on files fails once, or is the last one: what was acknowledged is there."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from readq.errors import ReadOnly, StoreError
from readq.model.ordering import ranks_between
from readq.store import Edit, Facts, Store

State = tuple[dict[str, Any], list[str], int]


def state(store: Store) -> State:
    """All that counts: fields by paper, the queue, how many events."""
    papers = {
        str(paper): (record.status.value, record.note, record.rank, record.identities)
        for paper, record in store.records.items()
    }
    return papers, list(store.queue()), len(store.history())


def put(store: Store, paper: str, **fields: Any) -> None:
    store.act("act", lambda view: [Edit("papers", paper, f, v) for f, v in fields.items()])


RANKS = ranks_between(None, None, 3)

STEPS: list[Callable[[Store], object]] = [
    lambda store: put(store, "a", status="reading"),
    lambda store: put(store, "b", note="a note\nof two lines"),
    lambda store: put(store, "c", rank=RANKS[1]),
    lambda store: store.act("queue", lambda view: [Edit("papers", "d", "rank", RANKS[0])]),
    lambda store: store.fold(),
    lambda store: store.undo(),
    lambda store: store.remember({store.record("a").id: Facts(identities=("x",))}),  # type: ignore[arg-type]
    lambda store: store.redo(),
    lambda store: store.back_up(),
    lambda store: put(store, "a", status="done", rank=RANKS[2]),
    lambda store: store.maintain(),
]


def some(ordinary: Container[Any], each: Iterable[Any]) -> list[Any]:
    """Both layouts with each fault: a few in the ordinary run, all in the long one."""
    return [
        pytest.param(*case, marks=() if case in ordinary else pytest.mark.fault_loop)
        for case in itertools.product((0, 65536), each)
    ]


def fault_of(step: Callable[[Store], object], store: Store) -> StoreError | None:
    """What the step raised."""
    try:
        step(store)
    except StoreError as fault:
        return fault
    return None


def operations(open_store: Callable[..., Store], faulty: Any) -> int:
    """How many operations all steps take when nothing fails."""
    files = faulty()
    store = open_store(files=files)
    for step in STEPS:
        step(store)
    store.close()
    return int(files.count)


@pytest.fixture
def fresh(
    tmp_path: Path, clock: Any, whole_below: int, faulty_files: Any
) -> Callable[..., tuple[Store, Path]]:
    """A library of its own at every call."""
    made: Iterator[int] = iter(range(1_000_000))

    def one(files: Any = None) -> tuple[Store, Path]:
        path = tmp_path / str(next(made)) / "library.json"
        files = files or faulty_files()
        return Store(path, now=clock, node="a1b2c3d4", files=files, whole_below=whole_below), path

    return one


ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EINVAL)


@pytest.mark.parametrize(
    ("whole_below", "error"),
    some(((0, errno.ENOSPC), (65536, errno.EIO)), ERRORS),
    indirect=["whole_below"],
)
def test_whatever_fails_once_nothing_acknowledged_is_lost(
    open_store: Any, faulty_files: Any, fresh: Any, error: int
) -> None:
    total = operations(open_store, faulty_files)
    assert total > 50
    for n in range(1, total + 1):
        files = faulty_files(n, error)
        try:
            store, path = fresh(files)
        except StoreError:
            continue  # reading failed: nothing to lose yet
        if store.read_only:
            assert not path.exists()
            continue
        legal = [state(store)]
        for step in STEPS:
            before = state(store)
            fault = fault_of(step, store)
            if fault is None:
                legal = [state(store)]
                continue
            assert state(store) == before, (n, files.failed, fault)
            assert fault.message
            if store.read_only:
                assert files.failed in ("sync", "sync_data"), (n, files.failed)
                legal = [before, *_after(store, before)]
                break
            legal = [before]
        store.close()
        again = Store(path, node="a1b2c3d4")
        assert state(again) in legal, (n, files.failed)
        put(again, "z", note="goes on")
        again.close()
        last = Store(path)
        assert last.record(again.record("z").id).note == "goes on"  # type: ignore[arg-type]
        last.close()
        assert not list(path.parent.glob("*.damaged-*")), (n, files.failed)
        files.bury()


def _after(store: Store, before: State) -> list[State]:
    """A failed sync leaves open whether the step is on the disk: what it would have led to."""
    again = Store(store._storage.path)
    found = state(again)
    again.close()
    return [found] if found[2] in (before[2], before[2] + 1) else []


@pytest.mark.parametrize(
    ("whole_below", "how"),
    some(((0, "half"), (65536, "after")), ("before", "half", "after")),
    indirect=["whole_below"],
)
def test_wherever_the_process_dies_nothing_acknowledged_is_lost(
    open_store: Any, faulty_files: Any, fresh: Any, killed: Any, how: str
) -> None:
    total = operations(open_store, faulty_files)
    for n in range(1, total + 1):
        files = faulty_files(n, how)
        acknowledged: State | None = None
        path, steps = None, 0
        try:
            store, path = fresh(files)
            acknowledged = state(store)
            for step in STEPS:
                steps += 1
                step(store)
                acknowledged = state(store)
            store.close()
        except killed:
            pass
        files.bury()
        if path is None or acknowledged is None:
            continue
        again = Store(path, node="a1b2c3d4")
        found = state(again)
        if found != acknowledged:
            # The step under way is there as a whole, or not at all.
            ours, _ = fresh()
            for step in STEPS[:steps]:
                step(ours)
            assert found == state(ours), (n, files.failed, steps)
            ours.close()
        put(again, "z", note="goes on")
        again.close()
        files.bury()


def test_a_failed_sync_is_not_tried_again(open_store: Any, faulty_files: Any) -> None:
    files = faulty_files(0, errno.EIO, only=("sync", "sync_data"))
    store = open_store(files=files)
    put(store, "a", note="one")
    files.at = files.count + 1
    with pytest.raises(ReadOnly, match="did not confirm"):
        put(store, "a", note="two")
    assert store.record("a").note == "one"
    assert "did not confirm" in store.read_only
    count = files.count
    with pytest.raises(ReadOnly):
        put(store, "a", note="three")
    store.remember({"a": Facts(identities=("x",))})
    store.close()
    assert files.count == count


def test_an_act_that_is_safe_before_a_sync_fails_is_the_last(
    library: Path, faulty_files: Any
) -> None:
    files = faulty_files(3, errno.EIO, only=("sync", "sync_data"))  # snapshot, folder, journal
    with Store(library, files=files, whole_below=0) as store:
        put(store, "a", note="one")
        assert "did not confirm" in (store.read_only or "")
        with pytest.raises(ReadOnly):
            put(store, "a", note="two")
    with Store(library) as store:
        assert state(store)[0]["a"][1] == "one"


def test_a_full_disk_refuses_the_act_and_keeps_everything(
    open_store: Any, faulty_files: Any, library: Path
) -> None:
    class Full(faulty_files):  # type: ignore[misc]
        full = False

        def call(self, name: str, *args: Any, **options: Any) -> Any:
            if self.full and name == "write":
                super().call(name, args[0], args[1][:7], **options)
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().call(name, *args, **options)

    files = Full()
    store = open_store(files=files)
    put(store, "a", note="one")
    put(store, "b", note="two")
    content = {path.name: path.read_bytes() for path in library.parent.iterdir() if path.is_file()}
    files.full = True
    for _ in range(3):
        with pytest.raises(StoreError, match="could not be saved: No space left") as caught:
            put(store, "b", note="refused")
        assert "make room" in caught.value.hint
    assert store.read_only is None
    assert store.record("b").note == "two"
    after = {path.name: path.read_bytes() for path in library.parent.iterdir() if path.is_file()}
    assert after == content
    files.full = False
    put(store, "b", note="there is room again")
    assert open_store().record("b").note == "there is room again"
