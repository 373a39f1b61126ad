"""Copies of the library that programs for syncing leave when two machines wrote at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

JOURNAL = ".journal"
"""How the name of a journal ends, also of a copy of one."""

# Syncthing: library.sync-conflict-20261121-093000-ABCDEFG.json. Dropbox and Nextcloud:
# library (Anna's conflicted copy 2026-11-21).json, library (conflicted copy 2026-11-21 093000).json.
_CONFLICT = re.compile(r"sync-conflict-\d{8}|conflicted copy", re.IGNORECASE)


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """The copies beside the library at `path` that may hold changes of another machine, by name.

    None where the folder cannot be looked at.
    """
    try:
        names = [one.name for one in path.parent.iterdir()]
    except OSError:
        return ()
    return tuple(
        path.with_name(name)
        for name in sorted(names)
        if name.startswith(path.stem)
        and name.endswith((path.suffix, JOURNAL))
        and _CONFLICT.search(name)
    )


def is_own(path: Path, other: Path) -> bool:
    """Whether `other` (a file, its journal or its folder) is the very library at `path`."""
    file = other / path.name if other.is_dir() else other
    for mine in (path, path.with_name(path.name + JOURNAL)):
        try:
            same = mine.samefile(file)
        except OSError:
            same = os.path.realpath(mine) == os.path.realpath(file)
        if same:
            return True
    return False
