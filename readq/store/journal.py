"""The journal: what changed since the snapshot was written, one checksummed line a transaction.

    b1946ac9 {"base": [1834, 2902412], "journal": 1}
    6f5902ac {"puts": [["papers", "born-again-neural-networks", {…}], ["events", "2026-…", {…}]]}
    591785b7 {"folded": [2211, 81203]}

A line is the CRC-32 of its JSON, a space, the JSON. Lines set whole documents (null removes), so
replaying them twice does no harm. The first line names the snapshot that the journal goes on from,
by size and CRC-32; so does a line that was written just before a new snapshot took the place of the
old one: whatever stands before it is in that snapshot.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from readq.store.schema import Document
from readq.store.snapshot import line as json_line
from readq.store.snapshot import uncollected

VERSION = 1


class Put(NamedTuple):
    """A document is set as a whole, or removed (None)."""

    table: str
    key: str
    document: Document | None


class Base(NamedTuple):
    """Names a snapshot by its content."""

    size: int
    checksum: int


def base_of(data: bytes) -> Base:
    """The name of a snapshot with that content."""
    return Base(len(data), zlib.crc32(data))


def header(base: Base) -> bytes:
    """The first line of a journal that goes on from that snapshot."""
    return _line({"journal": VERSION, "base": list(base)})


def entry(puts: Sequence[Put]) -> bytes:
    """The line of one transaction."""
    return _line({"puts": [list(put) for put in puts]})


def fold_mark(base: Base) -> bytes:
    """The line that says: that snapshot is everything up to here, and nothing else."""
    return _line({"folded": list(base)})


def replace_mark(base: Base) -> bytes:
    """The line that says: that snapshot takes the place of everything up to here."""
    return _line({"replaced": list(base)})


class Scan(NamedTuple):
    """What the lines of a journal (or of its end) hold."""

    parts: tuple[tuple[Base | None, tuple[Put, ...]], ...]
    """One a good line: a base for headers and marks, else the puts of a transaction."""
    last: bytes
    """The last good line."""
    end: int
    """Where the last good line ends, counted from the start of the scanned bytes."""
    bad: tuple[bytes, ...]
    """Lines before `end` that cannot be read."""
    bases: tuple[Base, ...]
    """All snapshots that are named."""
    ends_with: Base | None
    """The snapshot that the last good line says is what everything before it comes to."""
    newer: bool
    """Whether a version that is not known wrote it."""

    @property
    def headed(self) -> bool:
        """Whether the first line is there and says which snapshot it goes on from."""
        return bool(self.parts) and self.parts[0][0] is not None

    def puts(self, base: Base | None = None) -> list[Put]:
        """What was put after the last mention of `base`; with None, all that was ever put."""
        start = 0
        if base is not None:
            start = max(at for at, (named, _) in enumerate(self.parts) if named == base) + 1
        return [put for _, puts in self.parts[start:] for put in puts]


def scan(data: bytes) -> Scan:
    """Read lines; what is wrong with the bytes is in the result, never raised."""
    parts: list[tuple[Base | None, tuple[Put, ...]]] = []
    bad: list[bytes] = []
    suspicious: list[bytes] = []
    last = b""
    end = 0
    newer = False
    ends_with = None
    with uncollected():
        for start, stop in _lines(data):
            content = _read(data[start:stop])
            newer = newer or _version(content) > VERSION
            part = _part(content)
            if part is None:
                suspicious.append(data[start:stop])
                continue
            # Bad lines with a good one after them are damage; without, they are a torn end.
            bad += suspicious
            suspicious.clear()
            parts.append(part)
            end = stop
            last = data[start:stop]
            ends_with = part[0] if "replaced" not in content else None
    return Scan(
        parts=tuple(parts),
        end=end,
        last=last,
        bad=tuple(bad),
        bases=tuple(base for base, _ in parts if base is not None),
        ends_with=ends_with,
        newer=newer,
    )


def _line(content: Any) -> bytes:
    text = json_line(content)
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(data):
        found = data.find(b"\n", start)
        stop = len(data) if found < 0 else found + 1
        yield start, stop
        start = stop


def _read(line: bytes) -> Any:
    """What a line says; None when it is not what was written."""
    text = line[9:-1]
    if line[:9] != b"%08x " % zlib.crc32(text) or not line.endswith(b"\n"):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _version(content: Any) -> int:
    version = content.get("journal") if isinstance(content, dict) else None
    return version if type(version) is int else 0


def _part(content: Any) -> tuple[Base | None, tuple[Put, ...]] | None:
    try:
        if "puts" in content:
            return None, tuple(_put(*put) for put in content["puts"])
        (named,) = (content[name] for name in ("base", "folded", "replaced") if name in content)
        size, checksum = named
        return Base(size, checksum), ()
    except (ValueError, TypeError, KeyError):
        return None


def _put(table: Any, key: Any, document: Any) -> Put:
    if type(table) is str and type(key) is str and (document is None or type(document) is dict):
        return Put(table, key, document)
    raise ValueError("no put")
