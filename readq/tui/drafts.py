"""Notes that are being written, kept beside the library until they are saved.

A terminal may be closed and a process killed at any time; what was typed until a second before is
then found again. A draft that cannot be written is not: nobody can be helped while typing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from readq import atomic
from readq.model.paper import PaperId
from readq.paths import Paths

_VERSION = 1


class Draft(NamedTuple):
    """A note that was not saved."""

    paper: PaperId
    text: str
    base: str
    """The note that the text was made from."""
    at: str = ""
    """When it was written (RFC 3339)."""


class Drafts:
    """One file a paper, only for the user to read. `folder` None keeps nothing."""

    def __init__(
        self, folder: Path | None, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder = folder
        self._now = now
        # Signals arrive while the lock may be held by the very thread that handles them.
        self._lock = threading.RLock()

    def keep(self, draft: Draft, *, wanted: Callable[[], bool] = lambda: True) -> None:
        """Write a draft down, if it is still `wanted` by then; from any thread. Never fails."""
        if self._folder is None:
            return
        at = draft.at or self._now().astimezone(UTC).isoformat(timespec="seconds")
        document = {"version": _VERSION, **draft._replace(at=at)._asdict()}
        data = json.dumps(document).encode()
        with self._lock, suppress(OSError):
            if wanted():
                atomic.FILES.make_folder(self._folder)
                atomic.write_bytes(self._file(draft.paper), data)

    def drop(self, paper: PaperId) -> None:
        """There is no draft for this paper any more. Never fails."""
        if self._folder is not None:
            with self._lock, suppress(OSError):
                atomic.FILES.remove(self._file(paper))

    def of(self, paper: PaperId) -> Draft | None:
        """The draft for a paper, if one can be read."""
        return _read(self._file(paper)) if self._folder is not None else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft that can be read, the oldest first."""
        if self._folder is None:
            return ()
        try:
            names = atomic.FILES.names(self._folder)
        except OSError:
            return ()
        found = (_read(self._folder / name) for name in names if name.endswith(".json"))
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.at))

    def _file(self, paper: PaperId) -> Path:
        assert self._folder is not None
        # A digest: ids may be longer than names of files, and hold what those must not.
        return self._folder / f"{sha256(paper.encode('utf-8', 'replace')).hexdigest()[:32]}.json"


def beside_library(paths: Paths) -> Path:
    """The folder that drafts are kept in."""
    return paths.library_file.parent / "drafts"


def _read(path: Path) -> Draft | None:
    try:
        document = json.loads(atomic.read_bytes(path))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        return None
    values = [document.get(name) for name in Draft._fields]
    if not all(isinstance(value, str) for value in values):
        return None
    paper, text, base, at = map(str, values)
    return Draft(PaperId(paper), text, base, at)
