"""All keys, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from readq.tui import keymap, present


class HelpScreen(ModalScreen[None]):
    """Keys by group; two columns where there is room."""

    CSS = """
    HelpScreen {
        align: center middle;
        & > VerticalScroll {
            width: 94%;
            max-width: 124;
            height: auto;
            max-height: 96%;
            border: round $primary;
            background: $surface;
            padding: 0 1;
            scrollbar-size-vertical: 1;
        }
        Static { height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "leave", show=False, priority=True),
        Binding("j,down", "scroll(1)", show=False, priority=True),
        Binding("k,up", "scroll(-1)", show=False, priority=True),
        Binding("ctrl+d,pagedown,space", "scroll(10)", show=False, priority=True),
        Binding("ctrl+u,pageup", "scroll(-10)", show=False, priority=True),
        Binding("g,home", "scroll(-999)", show=False, priority=True),
        Binding("G,end", "scroll(999)", show=False, priority=True),
    ]

    def __init__(self, keys: Mapping[str, str], signs_line: str = "") -> None:
        super().__init__()
        self._keys = keys
        self._signs_line = signs_line

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll() as box:
            box.border_title = "Keys"
            box.border_subtitle = "esc leaves"
            yield Static(markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Columns follow the width."""
        width = min(124, int(event.size.width * 0.94)) - 5
        self.query_one(Static).update(
            present.help_text(keymap.groups(self._keys), self._signs_line, width=width)
        )

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Scroll by some lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
