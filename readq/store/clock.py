"""When things are set: a hybrid logical clock.

Kulkarni, Demirbas and others, "Logical Physical Clocks" (2014): a stamp is never below one that was
seen before, and as close to the wall clock as that allows.
"""

from __future__ import annotations

import os
import re
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readq.model.record import Stamp

_STAMP = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})Z-([0-9a-f]{4})-([0-9a-f]{8})"
_LAST_COUNT = 0xFFFF


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def moment(now: datetime) -> str:
    """RFC 3339 in UTC, seconds: how the fields that end in `_at` say when."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def node_of(path: Path) -> str:
    """Names this machine's copy of a library: eight hexadecimal digits that need not be kept.

    From the machine's id and name, the user and the place, so that a copy elsewhere has another.
    """
    machine = ""
    for source in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            machine = Path(source).read_text(encoding="ascii").strip()
            break
        except (OSError, UnicodeError):
            continue
    words = (machine, os.uname().nodename, str(os.getuid()), os.path.realpath(path))
    return f"{zlib.crc32(chr(0).join(words).encode('utf-8', 'surrogateescape')):08x}"


def is_stamp(text: object) -> bool:
    """Whether `text` is a stamp in full."""
    return isinstance(text, str) and re.fullmatch(_STAMP, text) is not None


def next_stamp(now: datetime, last: Stamp | None, node: str) -> Stamp:
    """A stamp of `node` for `now`, above `last` even where the wall clock is behind it."""
    wall = now.astimezone(UTC).replace(tzinfo=None)
    wall = wall.replace(microsecond=wall.microsecond // 1000 * 1000)
    count = 0
    if last is not None and (match := re.fullmatch(_STAMP, last)):
        before = datetime.fromisoformat(match[1])
        if wall <= before:
            wall, count = before, int(match[2], 16) + 1
            if count > _LAST_COUNT:
                wall, count = wall + timedelta(milliseconds=1), 0
    return Stamp(f"{wall.isoformat(timespec='milliseconds')}Z-{count:04x}-{node}")
