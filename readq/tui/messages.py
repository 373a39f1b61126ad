"""Messages whose sender is imported late, so that who listens need not import it."""

from __future__ import annotations

from textual.message import Message


class FilterTyped(Message):
    """The filter's text is another one."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query
        """As typed."""


class FilterKept(Message):
    """The reader wants back to the list, filtered as it is."""
