"""Files that can be made again: replaced whole, never written to in place."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

_STALE = 3600.0
"""Seconds after which an unfinished file was left behind by a process that died."""


@contextlib.contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A new, empty file beside `file`, for the owner alone, that takes its place at the end.

    Makes the folder when it is missing. When the block raises, `file` stays as it was. Raises
    OSError when the folder cannot be written to. Nothing is synced: a cache may be lost.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield unfinished
        unfinished.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise


def prune(folder: Path, pattern: str, keep: int) -> None:
    """Remove all but the `keep` newest files of `folder` that fit, and what was never finished."""
    with contextlib.suppress(OSError):
        ages = {file: file.stat().st_mtime for file in folder.glob(pattern)}
        files = sorted(ages, key=lambda file: -ages[file])
        left_over = [
            file
            for file in folder.glob(f"{pattern}.*.tmp")
            if files and ages[files[0]] - file.stat().st_mtime > _STALE
        ]
        for file in (*files[keep:], *left_over):
            with contextlib.suppress(OSError):
                file.unlink()
