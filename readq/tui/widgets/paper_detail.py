"""One paper in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message

from readq.model.entry import Entry
from readq.tui import keymap, present
from readq.tui.signs import Signs
from readq.tui.widgets.text_pane import TextPane


class PaperDetail(TextPane):
    """Shows an entry; `show` is called directly, since every key may need it."""

    BINDINGS: ClassVar[list[BindingType]] = list(keymap.DETAIL)

    class LinkChosen(Message):
        """A link was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number
            """Counted from 1, in the paper's order."""

    class Left(Message):
        """The reader wants back to the list."""

    def __init__(self, *, today: Callable[[], date], signs: Signs, id: str | None = None) -> None:
        super().__init__(signs=signs, id=id)
        self._today = today
        self._entry: Entry | None = None
        self._said: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry | None:
        """The paper that is shown."""
        return self._entry

    def show(self, entry: Entry | None, *, instead: tuple[str, ...] = ()) -> None:
        """Show a paper, or the lines `instead` when there is none."""
        another = entry is None or self._entry is None or entry.id != self._entry.id
        self._entry, self._said = entry, instead
        self.text_changed(from_top=another)

    def text(self, width: int) -> Content:
        """The paper, or what is said instead."""
        if self._entry is None:
            return present.lines(self._said)
        return present.detail(self._entry, width=width, today=self._today(), signs=self.signs)

    def on_click(self, event: events.Click) -> None:
        """A click on a link opens it."""
        number = event.style.meta.get("link")
        if isinstance(number, int):
            self.post_message(self.LinkChosen(number))

    def action_leave(self) -> None:
        """Back to the list."""
        self.post_message(self.Left())
