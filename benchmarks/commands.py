"""Commands at 1,000 records against importing what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.generated import four_line_entries
from benchmarks.measure import Result, alternate, run
from readq.library.library import Library
from readq.paths import user_paths

SCRIPT = "from readq.cli.main import main; main()"
"""What the installed script does; ``-m`` would load what runs modules on top."""


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

    def command(*words: str) -> float:
        return run("-c", SCRIPT, *words, env=home)

    for name, subject, budget in (
        ("readq --help", lambda: command("--help"), None),
        ("readq ls", lambda: command("ls"), 2.5),
        ("readq done PAPER", lambda: command("done", papers[next(turn)]), 2.5),
    ):
        yield alternate(f"{name}, 1,000 records", subject, measure, budget=budget, rounds=15)
