"""Commands at 1,000 records against importing what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated import four_line_entries
from benchmarks.measure import Result, alternate, run
from readq.library.library import Library
from readq.paths import user_paths


def results(folder: Path) -> Iterator[Result]:
    folder.mkdir(parents=True)
    home = {"READQ_HOME": str(folder / "home")}
    source = folder / "list.md"
    source.write_text(four_line_entries(1000), "utf-8")
    library = Library.open(user_paths(folder / "home"))
    library.subscribe(str(source))
    papers = library.find("list:1000")
    library.enqueue(papers)
    library.close()
    turn = iter(range(1000))

    def measure() -> float:
        return run("-c", "import tinydb, click")

    yield alternate("readq --help", lambda: run("-m", "readq", "--help"), measure, budget=None)
    yield alternate("readq ls", lambda: run("-m", "readq", "ls", env=home), measure, budget=2.5)
    yield alternate(
        "readq done PAPER",
        lambda: run("-m", "readq", "done", papers[next(turn)], env=home),
        measure,
        budget=2.5,
    )
