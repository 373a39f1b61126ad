"""What passes between the app's parts, so that they need not import each other."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.message import Message

from readq.library.values import Changed


@runtime_checkable
class Listener(Protocol):
    """A screen that wants the library's news."""

    def library_changed(self, changed: Changed) -> None:
        """Something happened to the library: called by the app, at once, before the next key."""


class FilterTyped(Message):
    """The filter's text is another one."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query
        """As typed."""


class FilterKept(Message):
    """The reader wants back to the list, filtered as it is."""
