"""Copies of the library file: one a day when something was done, one before anything drastic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from readq.atomic import FILES, Files, write_bytes

DAYS, MONTHS, OTHERS = 7, 6, 10
"""How many are kept: of the last days, the last of each month before, and of those made for a reason."""

_NAME = r"library-(?P<day>\d{4}-\d\d-\d\d)(?:T(?P<time>\d{6}Z)-(?P<reason>[a-z-]+))?\.json"


class Backup(NamedTuple):
    """One copy."""

    path: Path
    day: str
    """`2026-11-21`."""
    time: str
    """`093000Z`; empty for the copy of a day."""
    reason: str
    """Why it was made: "daily", "by-hand", "before-restore", …"""

    @property
    def name(self) -> str:
        """What the user calls it by: the file's name without ending."""
        return self.path.name.removesuffix(".json")


def folder_of(path: Path) -> Path:
    """Where the backups of the library at `path` are."""
    return path.parent / "backups"


def backups(path: Path, *, files: Files = FILES) -> tuple[Backup, ...]:
    """The backups of the library at `path`, the newest first. `OSError` if the folder is unreadable."""
    folder = folder_of(path)
    if not folder.is_dir():
        return ()
    found = []
    for name in files.names(folder):
        if match := re.fullmatch(_NAME, name):
            found.append(
                Backup(folder / name, match["day"], match["time"] or "", match["reason"] or "daily")
            )
    # The copy of a day is from its end, as far as this can tell.
    return tuple(sorted(found, key=lambda one: (one.day, one.time or "~"), reverse=True))


def is_due(path: Path, now: datetime, *, files: Files = FILES) -> bool:
    """Whether the day has no backup yet."""
    return files.look(folder_of(path) / _daily(now)) is None


def make(
    path: Path, data: bytes, now: datetime, *, reason: str = "daily", files: Files = FILES
) -> Path:
    """Keep `data` as a backup, and no more than there shall be. `OSError` when it cannot be written."""
    folder = folder_of(path)
    files.make_folder(folder)
    name = _daily(now)
    if reason != "daily":
        name = f"library-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{reason}.json"
    write_bytes(folder / name, data, files=files)
    for old in superfluous(backups(path, files=files)):
        with suppress(OSError):  # one too many does no harm
            files.remove(old.path)
    return folder / name


def superfluous(found: Sequence[Backup]) -> list[Backup]:
    """Those that need not be kept, of `found` (the newest first)."""
    daily = [one for one in found if one.reason == "daily"]
    others = [one for one in found if one.reason != "daily"]
    months: dict[str, Backup] = {}
    for one in daily[DAYS:]:
        months.setdefault(one.day[:7], one)
    kept = [*daily[:DAYS], *list(months.values())[:MONTHS], *others[:OTHERS]]
    return [one for one in found if one not in kept]


def _daily(now: datetime) -> str:
    return f"library-{now.astimezone(UTC):%Y-%m-%d}.json"
