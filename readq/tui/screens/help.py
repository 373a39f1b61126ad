"""All keys, from the bindings themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from readq.tui import keymap, present
from readq.tui.signs import Signs


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
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.HELP)

    def __init__(self, keys: Mapping[str, str], signs: Signs) -> None:
        super().__init__()
        self._keys = keys
        self._signs = signs

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll() as box:
            box.border_title = "Keys"
            box.border_subtitle = "j k scroll · esc leaves"
            yield Static(self._text(), markup=False)

    def _text(self) -> Content:
        width = min(124, int(self.app.size.width * 0.94)) - 5
        return present.help_text(
            keymap.groups(self._keys), present.signs_line(self._signs), width=width
        )

    def on_resize(self) -> None:
        """Columns follow the width, once the new one is laid out."""
        self.call_after_refresh(self.query_one(Static).update, self._text())

    def action_cancel(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        """Scroll by some lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
