"""Reading a list against what its format's own parser takes for the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt

from benchmarks.generated import four_line_entries
from benchmarks.measure import Result, alternate, seconds_of
from readq.lists.read import read
from readq.paths import seeds_folder


def results(lists: Sequence[Path]) -> Iterator[Result]:
    short, long = (four_line_entries(count).encode() for count in (200, 4000))
    yield _against_markdown_it("reading 4,000 generated entries", long, 2.5)
    yield alternate(
        "reading 20 times the entries: ratio by 20",
        lambda: seconds_of(lambda: read(long)) / 20,
        lambda: seconds_of(lambda: read(short)),
        budget=1.5,
        rounds=3,
    )
    for path in (*sorted(seeds_folder().glob("*.txt")), *lists):
        data = path.read_bytes()
        if path.suffix.lower() in {".md", ".txt"}:
            budget = 2.5 if len(data) > 500_000 else None
            yield _against_markdown_it(f"reading {path.name[:40]}", data, budget)
        else:
            taken = min(seconds_of(_reader(data)) for _ in range(3))
            entries = len(read(data).entries)
            yield Result(
                f"reading {path.name[:30]}, {entries} entries", taken, 0.0005 * entries, None
            )


def _reader(data: bytes) -> Callable[[], object]:
    return lambda: read(data)


def _against_markdown_it(name: str, data: bytes, budget: float | None) -> Result:
    text = data.decode("utf-8", "replace")
    parser = MarkdownIt("commonmark").enable("table")
    return alternate(
        name,
        lambda: seconds_of(_reader(data)),
        lambda: seconds_of(lambda: parser.parse(text)),
        budget=budget,
        rounds=3,
    )
