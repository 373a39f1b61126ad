"""The journal as an open file: its new lines, its torn end, what is appended to it."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

from readq.atomic import FILES, Files, read_open, release, sync, write_all, write_bytes
from readq.errors import TooNew
from readq.store.journal import Base, Scan, scan

Identity = tuple[int, ...]
"""What tells a file from another, and from itself when it was changed."""


def identity_of(state: os.stat_result) -> Identity:
    """Device and inode first."""
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


class JournalFile:
    """A journal that was read up to its last good line. Errors are `OSError`, but for `TooNew`."""

    def __init__(self, path: Path, *, files: Files = FILES) -> None:
        """Open and read it; `FileNotFoundError` when there is none."""
        self.path = path
        self._files = files
        self._descriptor = files.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            data = read_open(self._descriptor, path, files=files)
            found = scan(data)
            if found.newer:
                raise TooNew(
                    f"the journal {path} was written by a newer readq",
                    hint="It was left as it is; upgrade readq to open it",
                )
            self.identity = identity_of(files.status(self._descriptor))
        except BaseException:
            self.close()
            raise
        self.found: Scan = found
        """What it held when it was opened."""
        self.read = len(data)
        """How far it was read then."""
        self.good = found.end
        """Where its last good line ends. What comes after it is torn, or being written."""
        self.damaged = bool(found.bad) or not found.headed
        """Whether lines before `good` cannot be read, or the head is missing."""
        self.ends_with = found.ends_with
        """The snapshot that its last line says is what all lines come to, if it does."""
        self._last = found.last
        self._head = data.find(b"\n") + 1 if found.headed else 0

    def close(self) -> None:
        """Let go of it."""
        release(self._descriptor, files=self._files)

    @property
    def size(self) -> int:
        """Of the file, now."""
        return self._files.status(self._descriptor).st_size

    @property
    def content_size(self) -> int:
        """Bytes of good lines after the first."""
        return self.good - self._head

    def is_at(self, identity: Identity | None) -> bool:
        """Whether the file of that identity is this one, whatever was written to it."""
        return identity is not None and identity[:2] == self.identity[:2]

    def follows_on(self, base: Base) -> bool:
        """Whether it is sound and goes on from that snapshot."""
        return not self.damaged and base in self.found.bases

    def give_up(self) -> None:
        """Its end was cut off from outside: only what it was counts, not what it is."""
        self.good, self.damaged = self.size, True

    def tail(self) -> Scan | None:
        """What was added after what is known; None when the file is not what it was."""
        start = self.good - len(self._last)
        more = read_open(self._descriptor, self.path, start, files=self._files)
        if not more.startswith(self._last):
            return None
        found = scan(more[len(self._last) :])
        if found.parts:
            self.good += found.end
            self._last, self.ends_with = found.last, found.ends_with
        self.damaged = self.damaged or bool(found.bad)
        return found

    def append(self, data: bytes) -> None:
        """Add a line and see it on the disk. When it raises, the file ends where it did before."""
        descriptor = self._files.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
        try:
            write_all(descriptor, data, files=self._files)
            sync(descriptor, data_only=True, files=self._files)
        except BaseException:
            with suppress(OSError):  # if not now, the next writer finds a torn end
                self._files.truncate(descriptor, self.good)
            raise
        finally:
            release(descriptor, files=self._files)
        self.good += len(data)
        self._last, self.ends_with = data, None

    def set_aside(self, name: Path) -> Path | None:
        """Keep what cannot be read in a file called `name` and a checksum; cut a torn end off.

        Where it is kept; None when there was nothing to keep. A damaged journal is kept whole.
        """
        torn = read_open(self._descriptor, self.path, self.good, files=self._files)
        kept = torn
        if self.damaged:
            kept = read_open(self._descriptor, self.path, files=self._files)
        aside = None
        if kept.strip(b"\0"):
            aside = name.with_name(f"{name.name}-{zlib.crc32(kept):08x}")
            if self._files.look(aside) is None:
                write_bytes(aside, kept, files=self._files)
        if torn:
            descriptor = self._files.open(self.path, os.O_WRONLY | os.O_NOFOLLOW)
            try:
                self._files.truncate(descriptor, self.good)
            finally:
                release(descriptor, files=self._files)
        return aside


def open_journal(path: Path, *, files: Files = FILES) -> JournalFile | None:
    """The journal at `path`, read; None when there is none."""
    try:
        return JournalFile(path, files=files)
    except FileNotFoundError:
        return None
