"""Every error that readq raises on purpose.

    ReadqError
    ├── UsageError          the words of a command or a query are off         exit 2
    │   └── QueryError      a query that cannot be read; knows the position
    ├── NotFound            no such paper, list, event …                      exit 1
    │   └── Ambiguous       several papers fit; carries them
    ├── ListError           a document that cannot be read as a list          exit 1
    ├── FetchError          the network, or what came over it                 exit 1
    ├── StoreError          the library file                                  exit 1
    │   ├── ReadOnly        it opened, but cannot be written
    │   ├── Damaged         it is there and cannot be read; left untouched
    │   └── TooNew          a newer readq wrote it; left untouched
    └── DesktopError        no browser, clipboard or editor did its part      exit 1

Messages are one sentence for a person, without a trailing full stop; `hint` says what to do next.
"""

from __future__ import annotations

from collections.abc import Sequence


class ReadqError(Exception):
    """Something that the user can understand and act upon."""

    exit_code = 1
    """What the command line exits with."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ReadqError):
    """The words of a command are off."""

    exit_code = 2


class QueryError(UsageError):
    """A query that cannot be read."""

    def __init__(self, message: str, *, position: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position
        """Where in the query, counted in characters from 0."""


class NotFound(ReadqError):
    """What was named is not there."""


class Ambiguous(NotFound):
    """Several papers fit what was named."""

    def __init__(
        self,
        message: str,
        *,
        candidates: Sequence[tuple[str, str]],
        more: int = 0,
        hint: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.candidates = tuple(candidates)
        """The ids and titles that fit."""
        self.more = more
        """How many fit beside them."""


class ListError(ReadqError):
    """A document that cannot be read as a reading list."""


class FetchError(ReadqError):
    """The network, or what came over it."""


class StoreError(ReadqError):
    """The library file."""


class ReadOnly(StoreError):
    """The library opened, but cannot be written."""


class Damaged(StoreError):
    """The library file is there and cannot be read; it was left untouched."""


class TooNew(StoreError):
    """A newer readq wrote the library file; it was left untouched."""


class DesktopError(ReadqError):
    """No browser, clipboard or editor did its part."""
