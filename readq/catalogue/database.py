"""The catalogue as an SQLite file: written once, whole (see `writing`), then only read."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

SCHEMA_VERSION = 1
"""Raised whenever the tables, or what merging makes of the same listings, change."""
APPLICATION_ID = 0x72656164


def open_file(file: Path, key: str) -> sqlite3.Connection | None:
    """The catalogue in `file`, to be read from any thread; None unless it is whole and of `key`."""
    try:
        if not file.is_file():
            return None
        # Files are replaced, never written to, so there is nothing to lock.
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    except (OSError, ValueError, sqlite3.Error):
        return None
    with contextlib.suppress(sqlite3.Error):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if (application, version) == (APPLICATION_ID, SCHEMA_VERSION):
            row = connection.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()
            if row == (key,):
                return connection
    connection.close()
    return None
