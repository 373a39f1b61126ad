"""Files that can be made again: replaced whole, never written to in place."""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from readq import __version__

_STALE = 3600.0
"""Seconds after which an unfinished file was left behind by a process that died."""


_MAKERS = ("lists", "catalogue", "model")
"""The packages of readq that what is kept depends on."""


def program() -> str:
    """Stands for the program that fills the caches: what another one made is made again.

    Told by the files of its packages, so that no number has to be raised and none of them is
    imported to look at it.
    """
    root = Path(__file__).parent.parent
    files = (file for package in _MAKERS for file in _modules(root / package))
    facts = sorted((file.path, file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    newest = max((changed for _, _, changed in facts), default=0)
    return f"{__version__} {newest} {zlib.crc32(repr(facts).encode('utf-8', 'replace')):08x}"


def _modules(folder: Path) -> Iterator[os.DirEntry[str]]:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                yield from _modules(Path(entry.path))
            elif entry.name.endswith(".py"):
                yield entry


@contextlib.contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """A new, empty file beside `file`, for the owner alone, that takes its place at the end.

    Makes the folder when it is missing. When the block raises, `file` stays as it was. Raises
    OSError when the folder cannot be written to. Nothing is synced: a cache may be lost.
    """
    _make_folder(file.parent)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield unfinished
        unfinished.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


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
