"""The top and the bottom line: each one widget with one line of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from readq.tui import present


class ModeBar(Widget):
    """The modes with their counts, and how far one is; modes can be clicked. It greets newcomers."""

    DEFAULT_CSS = """
    ModeBar {
        dock: top;
        height: 1;
        background: $panel;
        &.-welcome { height: 3; }
    }
    """

    class Chosen(Message):
        """A mode was clicked."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode
            """Its name."""

    def __init__(self, active: str) -> None:
        super().__init__()
        self._active = active
        self._modes: Sequence[tuple[str, str, int | None]] = ()
        self._state: Sequence[str] = ()
        self._welcome: Callable[[int], Sequence[Content]] | None = None

    def welcome(self, make: Callable[[int], Sequence[Content]] | None) -> None:
        """Show two more lines, made for a width; None: no more."""
        if make is not self._welcome:
            self._welcome = make
            self.set_class(make is not None, "-welcome")
            self.refresh()

    def show(self, modes: Sequence[tuple[str, str, int | None]], state: Sequence[str]) -> None:
        """Show modes (name, key, count) and the state of things, the weighty first."""
        if (modes, state) != (self._modes, self._state):
            self._modes, self._state = modes, state
            self.refresh()

    def render(self) -> Content:
        """The line, and what may stand below it."""
        width = self.size.width
        line = present.modes_line(self._modes, self._active, self._state, width=width)
        return Content("\n").join([line, *(self._welcome(width) if self._welcome else ())])

    def on_click(self, event: events.Click) -> None:
        """Ask for the mode that was clicked."""
        if mode := event.style.meta.get("mode"):
            self.post_message(self.Chosen(str(mode)))


class KeyBar(Widget):
    """The keys that matter here; they can be clicked."""

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; background: $panel; }"

    class Chosen(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action
            """What it does, in Textual's words."""

    def __init__(
        self,
        keys: Sequence[tuple[str, str, str]],
        last: Sequence[tuple[str, str, str]] = (),
        first: str = "",
    ) -> None:
        super().__init__()
        self._keys = keys
        self._last = last
        self._first = first

    def show(self, keys: Sequence[tuple[str, str, str]]) -> None:
        """Show other keys."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        """The line."""
        return present.keys_line(self._keys, self._last, first=self._first, width=self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Ask for what was clicked."""
        if action := event.style.meta.get("action"):
            self.post_message(self.Chosen(str(action)))
