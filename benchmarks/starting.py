"""The app's first full paint against a bare Textual app, and what 100,000 papers weigh."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.generated import four_line_entries
from benchmarks.measure import Result, alternate, painted, seconds_of
from readq.library.library import Library
from readq.model.ordering import rank_between
from readq.model.paper import ListKey
from readq.model.record import Subscription
from readq.paths import user_paths
from readq.store import Store, edits_of
from tests.support.terminal import ProgramInTerminal

BARE = Path(__file__).with_name("bare_app.py")
BARE_SHOWN = r"Paper number 30 (?s:.)*Key o"
SHOWN = r"Library(?s:.)*(?:Listed in|Acts apply)(?s:.)*Open"
"""Tree, the detail of what the cursor stands on (a paper or a branch), and the keys."""
READQ = [sys.executable, "-m", "readq"]


def bare(rows: int) -> float:
    return painted([sys.executable, str(BARE), str(rows)], BARE_SHOWN)


def results(folder: Path, *, large: bool) -> Iterator[Result]:
    home = {"READQ_HOME": str(folder)}
    yield alternate(
        "first paint, five seeds, warm",
        lambda: painted(READQ, SHOWN, env=home),
        lambda: bare(330),
        budget=1.5,
    )

    def cold() -> float:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        return painted(READQ, SHOWN, env=home)

    yield alternate("first paint, five seeds, cold", cold, lambda: bare(330), budget=2.5, rounds=5)
    if large:
        yield from _large(folder / "large")


def _large(folder: Path) -> Iterator[Result]:
    folder.mkdir(parents=True)
    paths = [folder / f"{number}.md" for number in range(100)]
    for number, path in enumerate(paths):
        path.write_text(four_line_entries(1000, seed=number), "utf-8")
    _subscribe(folder / "home", paths)
    library = Library.open(user_paths(folder / "home"))
    library.enqueue(library.find("")[::20])
    library.close()
    yield from at_large(folder / "home")


def at_large(folder: Path) -> Iterator[Result]:
    """What is measured of a home with 100,000 papers."""
    home = {"READQ_HOME": str(folder)}
    yield alternate(
        "first paint, 100,000 papers, 5,000 of them touched",
        lambda: painted(READQ, SHOWN, env=home),
        lambda: bare(100),
        budget=2.0,
        rounds=5,
    )
    library = Library.open(user_paths(folder))
    library.find("a")
    for query in ("graph", "graph neur", "status:to-read year>=2020 transport"):
        taken = min(_filtering(library, query) for _ in range(5))
        yield Result(f"filter 100,000 papers by {query!r}", taken, 0.05, 1.0)
    library.close()
    with ProgramInTerminal(READQ, env=home) as program:
        program.wait_for(SHOWN)
        program.settle()
        program.type("j")
        moved = program.settle()
        yield Result("one row down, 100,000 papers, settled", moved, 0.05, 1.0)
        program.type("/", "g", "r", "a")
        program.settle(quiet=1)
        program.type("p")
        typed = program.settle()
        yield Result("a letter in the filter, 100,000 papers, settled", typed, 0.1, None)
        gigabytes = program.resident_mb() / 1000
        yield Result("resident memory, 100,000 papers, filtered", gigabytes, 0.25, 1.0, "MB")


def _subscribe(home: Path, files: Sequence[Path]) -> None:
    """As `readq add` does for each, without merging all of them after each."""
    paths = user_paths(home)
    paths.kept_lists.mkdir(parents=True)
    lists = []
    rank = None
    for number, file in enumerate(files):
        data = file.read_bytes()
        rank = rank_between(rank, None)
        lists.append(
            Subscription(
                key=ListKey(f"list-{number}"),
                source=str(file),
                title=f"A list (number {number})",
                file=file.name,
                sha256=hashlib.sha256(data).hexdigest(),
                position=rank,
                added_at="2026-11-21T09:30:00Z",
            )
        )
        (paths.kept_lists / file.name).write_bytes(data)
    store = Store.open(paths.library_file)
    store.act("add", lambda _: [edit for one in lists for edit in edits_of(one)])
    store.close()


def _filtering(library: Library, query: str) -> float:
    return seconds_of(lambda: library.find(query))
