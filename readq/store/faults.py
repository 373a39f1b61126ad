"""What the operating system refuses, in words for a person."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from readq.atomic import NO_ROOM, SyncFailed
from readq.errors import Damaged, ReadOnly, StoreError

FORBIDDEN = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL})
"""A file system without locks: flock(2), and NFS servers without a lock daemon."""

KEPT = "Nothing was changed"


def cannot_read(error: OSError, path: Path) -> StoreError:
    """The library is there and cannot be read."""
    if error.errno == errno.ELOOP:
        return in_the_way(path, "a symbolic link")
    if error.errno == errno.ENOTDIR:
        return in_the_way(path.parent, "no folder")
    if error.errno in (errno.EISDIR, errno.EINVAL, errno.ENXIO):
        return in_the_way(path, "no ordinary file")
    if error.errno in FORBIDDEN:
        return StoreError(
            f"the library {path} cannot be read: {why(error)}",
            hint="See whose file it is: it must be yours to read",
        )
    return Damaged(
        f"the library {path} cannot be read: {why(error)}",
        hint=f"It was left as it is; look for a copy of an earlier day in {path.parent / 'backups'}",
    )


def cannot_write(error: OSError, path: Path) -> StoreError:
    """The library could not be written; what it held before is still there."""
    if error.errno in NO_ROOM:
        return StoreError(
            f"the library could not be saved: {why(error)}",
            hint=f"{KEPT}; make room on the disk of {path.parent} and do it again",
        )
    if isinstance(error, SyncFailed):
        return ReadOnly(
            f"the disk did not confirm what was written to {path}: {why(error)}",
            hint="The last change may or may not be there; look after the disk, then start anew",
        )
    if error.errno in FORBIDDEN:
        return ReadOnly(f"the library {path} cannot be written: {why(error)}", hint=KEPT)
    if error.errno == errno.ELOOP:
        return in_the_way(path, "a symbolic link")
    return StoreError(f"the library {path} could not be saved: {why(error)}", hint=KEPT)


def in_the_way(path: Path, what: str) -> StoreError:
    """Something else stands where a file of the library belongs."""
    return StoreError(
        f"{path} is {what}: the library cannot be there",
        hint="It was left as it is; move it away, or point READQ_HOME to another folder",
    )


def why(error: OSError) -> str:
    """The system's own words."""
    return os.strerror(error.errno) if error.errno else str(error)
