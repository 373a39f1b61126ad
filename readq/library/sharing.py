"""A library whose file other programs take to other machines: git, Syncthing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from readq.errors import StoreError
from readq.store.clock import utc_now
from readq.store.store import Store

_MARKS = (".gitattributes", ".stfolder", ".stignore")
"""What git and Syncthing have in a folder whose files they take elsewhere."""


def is_shared(file: Path) -> bool:
    """Whether the folder of that library goes to other machines."""
    return any((file.parent / name).exists() for name in _MARKS)


def settle(file: Path) -> None:
    """See that the file of a shared library is all of it. Where it cannot be, nothing is said:
    every act is on the disk all the same."""
    if is_shared(file):
        from readq.store.merging_whole import make_whole

        with suppress(StoreError):
            make_whole(file)


def open_store(file: Path, now: Callable[[], datetime] = utc_now) -> Store:
    """The library in `file`; a shared one is whole at all times. Raises as `Store.open`."""
    if not is_shared(file):
        return Store.open(file, now=now)
    from readq.store.merging_whole import ONE_FILE

    settle(file)
    return Store(file, now=now, whole_below=ONE_FILE)
