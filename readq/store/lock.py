"""One writer at a time: a lock that is held for the length of a transaction."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from readq.atomic import FILES, Files, release
from readq.errors import StoreError
from readq.store.faults import NO_LOCKS, cannot_write

PATIENCE = 10.0
"""Seconds to wait for another process; its transactions take milliseconds."""


class Lock:
    """A lock file. The system lets go of the lock when its holder ends, however it ends."""

    def __init__(
        self, path: Path, *, files: Files = FILES, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.path = path
        self.missing = False
        """Whether the file system turned out to know no locks."""
        self._files = files
        self._sleep = sleep

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; `StoreError` when another holds it for too long or it cannot be made."""
        try:
            descriptor = self._files.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW)
        except OSError as error:
            raise cannot_write(error, self.path) from error
        try:
            self._take(descriptor)
            yield
        finally:
            release(descriptor, files=self._files)

    def _take(self, descriptor: int) -> None:
        waited, pause = 0.0, 0.001
        while True:
            try:
                return self._files.lock(descriptor, wait=False)
            except BlockingIOError as error:
                if waited >= PATIENCE:
                    raise StoreError(
                        "another readq is writing the library and does not finish",
                        hint="Nothing was changed; look for a readq that hangs, then do it again",
                    ) from error
                self._sleep(pause)
                waited += pause
                pause = min(pause * 2, 0.05)
            except OSError as error:
                if error.errno not in NO_LOCKS:
                    raise cannot_write(error, self.path) from error
                self.missing = True
                return None
