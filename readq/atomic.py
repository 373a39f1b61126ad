"""Files that are either as they were or as they shall be, never in between.

Everything that readq must not lose goes through `Files`, one method an operation of the operating
system: whoever wants to know what happens when the n-th of them fails hands in another `Files`.
All errors are `OSError`; callers say them in their own words.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that say nothing else than that the disk, a quota or a limit is full."""

_FULL_SYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)
"""macOS: fsync(2) there leaves data in the drive's cache, as its manual page says."""


class SyncFailed(OSError):
    """The disk did not confirm what was written; asking again would not tell more."""


class Files:
    """The file operations of the operating system, as thin as can be."""

    def open(self, path: Path, flags: int, mode: int = PRIVATE_FILE) -> int:
        """A new descriptor, not inherited by programs that are started."""
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def close(self, descriptor: int) -> None:
        """Give the descriptor back."""
        os.close(descriptor)

    def read(self, descriptor: int, offset: int, size: int) -> bytes:
        """At most `size` bytes from `offset`; fewer at the end of the file."""
        return os.pread(descriptor, size, offset)

    def write(self, descriptor: int, data: bytes) -> int:
        """How many bytes were taken; may be fewer than given."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Return only when the file's (or folder's) content is on the disk."""
        if _FULL_SYNC is not None:
            try:
                fcntl.fcntl(descriptor, _FULL_SYNC)
            except OSError as error:
                if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                    raise
            else:
                return
        os.fsync(descriptor)

    def sync_data(self, descriptor: int) -> None:
        """As `sync` for a file that was written to, without its times."""
        if _FULL_SYNC is None and hasattr(os, "fdatasync"):
            os.fdatasync(descriptor)
        else:
            self.sync(descriptor)

    def truncate(self, descriptor: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(descriptor, size)

    def status(self, descriptor: int) -> os.stat_result:
        """Of the open file."""
        return os.fstat(descriptor)

    def look(self, path: Path) -> os.stat_result | None:
        """Of what stands at `path`, links not followed; None if nothing does."""
        try:
            return os.lstat(path)
        except FileNotFoundError:
            return None

    def may_write(self, path: Path) -> bool:
        """Whether this process could write there."""
        return os.access(path, os.W_OK)

    def replace(self, source: Path, target: Path) -> None:
        """`source` takes the place of `target`, in one step."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file; none there is no error."""
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Make a folder that only its owner sees, and those above it; one there is no error."""
        if not path.is_dir():
            self.make_folder(path.parent)
            path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)

    def names(self, folder: Path) -> list[str]:
        """What the folder holds, sorted."""
        return sorted(path.name for path in folder.iterdir())

    def lock(self, descriptor: int, *, wait: bool) -> None:
        """Take the exclusive lock of an open file; `BlockingIOError` if it is taken and not `wait`."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


FILES = Files()
"""The real ones."""


def release(descriptor: int, *, files: Files = FILES) -> None:
    """Close it. An error says nothing any more: what counts was synced before."""
    with suppress(OSError):
        files.close(descriptor)


def read_bytes(path: Path, *, files: Files = FILES) -> bytes:
    """The content of an ordinary file; a link, folder, pipe or device at `path` is an `OSError`."""
    # O_NONBLOCK: opening a pipe would wait for its writer.
    descriptor = files.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        return read_open(descriptor, path, files=files)
    finally:
        release(descriptor, files=files)


def read_open(descriptor: int, path: Path, offset: int = 0, *, files: Files = FILES) -> bytes:
    """What an open ordinary file holds from `offset` on; `path` is for messages."""
    state = files.status(descriptor)
    if not stat.S_ISREG(state.st_mode):
        kind = errno.EISDIR if stat.S_ISDIR(state.st_mode) else errno.EINVAL
        raise OSError(kind, os.strerror(kind), str(path))
    parts: list[bytes] = []
    while part := files.read(descriptor, offset, max(state.st_size - offset, 0) + 1):
        parts.append(part)
        offset += len(part)
    return b"".join(parts)


def write_all(descriptor: int, data: bytes, *, files: Files = FILES) -> None:
    """Write every byte of `data`; on an error some of it may be written."""
    rest = memoryview(data)
    while rest:
        rest = rest[files.write(descriptor, bytes(rest)) :]


def sync(descriptor: int, *, data_only: bool = False, files: Files = FILES) -> None:
    """Return only when the content is on the disk; `SyncFailed` when that is not known."""
    try:
        (files.sync_data if data_only else files.sync)(descriptor)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise
        raise SyncFailed(error.errno, error.strerror) from error


def sync_folder(folder: Path, *, files: Files = FILES) -> None:
    """Put a folder's names on the disk: a new or renamed file is only then there for good."""
    descriptor = files.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(descriptor, files=files)
    finally:
        release(descriptor, files=files)


def write_bytes(path: Path, data: bytes, *, mode: int = PRIVATE_FILE, files: Files = FILES) -> None:
    """Put a file with `data` in the place of whatever file was at `path`, or fail and change nothing.

    The folder must exist. The bytes are on the disk before the name is; a link at `path` is
    replaced, what it leads to is not touched.
    """
    aside = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    descriptor = files.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        try:
            write_all(descriptor, data, files=files)
            sync(descriptor, files=files)
        finally:
            release(descriptor, files=files)
        files.replace(aside, path)
    except BaseException:
        with suppress(OSError):  # the first error is the one to tell
            files.remove(aside)
        raise
    sync_folder(path.parent, files=files)
