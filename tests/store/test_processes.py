"""Real processes: killed without warning, at work at the same time, out of room."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import pytest

from readq.errors import ReadOnly
from readq.model.paper import PaperId
from readq.store import Edit, Store, View

WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from readq.store import Edit, Store
    from readq.store.store import StoreError

    path, name, count, whole_below = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    with Store(path, whole_below=whole_below) as store:
        done = int(store.record(name).note or 0)
        for number in range(done + 1, done + 1 + count):
            def plan(view):
                yield Edit("papers", name, "note", str(number))
                yield Edit("papers", "shared", "note", str(int(view.record("shared").note or 0) + 1))
                yield Edit("papers", f"{name}-{number % 50}", "note", "x" * (number % 300))
            try:
                if number % 17 == 0:
                    store.fold()
                store.act("count", plan)
            except StoreError as error:
                print("refused", type(error).__name__, flush=True)
                break
            print(number, flush=True)
    """
)


def start(library: Path, name: str, count: int, whole_below: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(library), name, str(count), str(whole_below)],
        stdout=subprocess.PIPE,
        text=True,
    )


def output(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def note(store: Store, paper: str) -> int:
    return int(store.record(PaperId(paper)).note or 0)


def kill_loop(library: Path, times: int, whole_below: int) -> int:
    """Kill a writer again and again at moments of chance; how many acts it had acknowledged."""
    chance = random.Random(7)
    total = 0
    for _ in range(times):
        with start(library, "p", 100_000, whole_below) as process:
            first = output(process).readline()  # it is under way
            time.sleep(chance.random() * 0.05)
            process.send_signal(signal.SIGKILL)
            seen = [first, *output(process)]
        acknowledged = [int(line) for line in seen if line.endswith("\n")]
        total += len(acknowledged)
        with Store(library) as store:
            found = note(store, "p")
            assert found in (acknowledged[-1], acknowledged[-1] + 1)
            assert note(store, "shared") == found == len(store.history())
            assert not store.notices
    return total


def test_a_killed_process_loses_nothing_that_it_acknowledged(
    library: Path, whole_below: int
) -> None:
    assert kill_loop(library, 8, whole_below) >= 8


@pytest.mark.fault_loop
def test_a_process_killed_often_loses_nothing_that_it_acknowledged(
    library: Path, whole_below: int
) -> None:
    assert kill_loop(library, 150, whole_below) >= 150


def test_two_processes_at_once_lose_nothing(library: Path, whole_below: int) -> None:
    with (
        start(library, "one", 120, whole_below) as one,
        start(library, "two", 120, whole_below) as two,
    ):
        assert output(one).read().split()[-1] == output(two).read().split()[-1] == "120"
    with Store(library) as store:
        assert note(store, "one") == note(store, "two") == 120
        assert note(store, "shared") == 240 == len(store.history())
        assert not store.notices


def test_threads_at_once_lose_nothing(library: Path, whole_below: int) -> None:
    def plan(view: View) -> Iterator[Edit]:
        yield Edit(
            "papers", "shared", "note", str(int(view.record(PaperId("shared")).note or 0) + 1)
        )

    with Store(library, whole_below=whole_below) as store, ThreadPoolExecutor(4) as pool:
        for _ in range(100):
            pool.submit(store.act, "count", plan)
            pool.submit(store.refresh)
        pool.shutdown()
        assert note(store, "shared") == 100 == len(store.history())


def test_the_lock_of_a_dead_process_is_no_obstacle(library: Path) -> None:
    holder = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from readq.store.lock import Lock
        with Lock(Path(sys.argv[1])).held():
            print("held", flush=True)
            time.sleep(60)
        """
    )
    library.parent.mkdir()
    lock = library.with_name("library.json.lock")
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(lock)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert output(process).readline() == "held\n"
        process.kill()
    with start(library, "p", 1, 0) as process:
        assert output(process).read() == "1\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    small_disk: Path, whole_below: int
) -> None:
    library = small_disk / "library.json"
    with start(library, "p", 100_000, whole_below) as process:
        *numbers, refused, kind = output(process).read().split()
    assert (refused, kind) == ("refused", "StoreError")
    with Store(library) as store:
        assert store.read_only is None
        assert note(store, "p") == note(store, "shared") == int(numbers[-1])
        assert len(numbers) == len(store.history()) > 50


def test_a_read_only_file_system_opens_and_refuses_acts(small_disk: Path) -> None:
    library = small_disk / "library.json"
    with start(library, "p", 3, 0) as process:
        assert output(process).read().split() == ["1", "2", "3"]
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with Store(library) as store:
        assert "cannot be written" in (store.read_only or "")
        assert note(store, "p") == 3
        with pytest.raises(ReadOnly):
            store.undo()
        assert store.refresh() is None


def test_a_file_system_that_turns_read_only_refuses_acts(small_disk: Path) -> None:
    library = small_disk / "library.json"
    with start(library, "p", 3, 0) as process:
        process.wait()
    with Store(library, whole_below=0) as store:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        with pytest.raises(ReadOnly, match="Read-only file system"):
            store.undo()
        assert note(store, "p") == 3


def test_a_limit_on_file_sizes_loses_nothing_that_was_acknowledged(
    library: Path, whole_below: int
) -> None:
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
    with subprocess.Popen(
        [sys.executable, "-c", limited + WRITER, str(library), "p", "100000", str(whole_below)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    ) as process:
        *numbers, refused, kind = output(process).read().split()
    assert (refused, kind) == ("refused", "StoreError")
    with Store(library) as store:
        assert note(store, "p") == int(numbers[-1]) == len(store.history())
