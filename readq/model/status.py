"""How far one is with a paper."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """A paper's status; its value is the word on disk, on screen and in queries."""

    TO_READ = "to-read"
    """What every paper is until the user says otherwise."""
    READING = "reading"
    DONE = "done"
    DROPPED = "dropped"
    """Seen and not wanted: hidden unless asked for."""
