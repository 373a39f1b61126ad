"""A library in one file: what programs that take files elsewhere need."""

from __future__ import annotations

from pathlib import Path

from readq.atomic import FILES, Files
from readq.store.disk import Disk
from readq.store.faults import cannot_read, cannot_write
from readq.store.journal import fold_mark, replace_mark
from readq.store.lock import Lock
from readq.store.merging_copies import JOURNAL

ONE_FILE = 1_000_000
"""A shared library up to this long (bytes; about a thousand touched papers) has no journal: writing
all of it takes 25 ms."""

_NO_MORE_THAN_HEADED = 150
"""A journal of so few bytes has no transaction yet."""


def make_whole(path: Path, *, files: Files = FILES) -> None:
    """Write what the journal has into the library file; up to `ONE_FILE` the journal goes.

    Costs by the size of the library where there is something to write, else nothing.

    Raises `Damaged`, `TooNew`, `StoreError`; nothing changed then.
    """
    journal = path.with_name(path.name + JOURNAL)
    try:
        snapshot, more = files.look(path), files.look(journal)
        if snapshot is None or more is None:
            return
        if snapshot.st_size >= ONE_FILE and more.st_size < _NO_MORE_THAN_HEADED:
            return
    except OSError as error:
        raise cannot_read(error, path) from error
    try:
        with Lock(path.with_name(f"{path.name}.lock"), files=files).held():
            disk = Disk(path, files=files, whole_below=ONE_FILE)
            try:
                tables = disk.load()
                if tables is not None:
                    disk.rewrite(tables, replace_mark if disk.must_rewrite else fold_mark)
            finally:
                disk.close()
    except OSError as error:
        raise cannot_write(error, path) from error
