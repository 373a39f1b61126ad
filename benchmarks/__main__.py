"""``python -m benchmarks [LIST...]``: every budget, each as a ratio inside this run.

Paths of other lists (a long README, say) are read as well. ``--large`` adds 100,000 papers, which
takes some minutes. Exits 1 when a budget does not hold.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import commands, reading, starting, storing
from benchmarks.measure import Result, with_bytecode


def results(folder: Path, lists: list[Path], *, large: bool) -> Iterator[Result]:
    yield from starting.results(folder / "starting", large=large)
    yield from commands.results(folder / "commands")
    yield from storing.results(folder / "storing", large=large)
    yield from reading.results(lists)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("lists", nargs="*", type=Path, metavar="LIST")
    parser.add_argument("--large", action="store_true", help="also with 100,000 papers")
    arguments = parser.parse_args()
    held = True
    print(f"{'':<52} {'readq':>12} {'measure':>12} {'ratio':>9}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(with_bytecode(Path(folder) / "bytecode"))
        for result in results(Path(folder), arguments.lists, large=arguments.large):
            print(result, flush=True)
            held = held and result.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
