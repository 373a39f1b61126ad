"""All keys, from the bindings themselves, and what a filter may say."""

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

FILTERS = (
    ("graph distil", "These words, or words that begin so"),
    ('"born again"', "These words as they stand"),
    ("status:reading", "Or to-read, done, dropped"),
    ("year>=2020", "Also year:2020, year<2015"),
    ("tag:todo", "With this tag"),
    ("under:vision", "Below a heading with this word"),
    ("venue:cvpr", "Of this venue"),
    ("author:hinton", "By this author"),
    ("has:note", "Or pdf, code, link, tag"),
    ("is:queued", "Or conflict, unlisted"),
    ("rating>=4", "Rated so"),
    ("lists>=3", "In so many lists"),
    ("bert OR gpt", "One of the two"),
    ("NOT has:pdf", "Also -has:pdf"),
    ("(a OR b) c", "Parentheses hold terms together"),
)
"""The language of filters, by examples."""


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
        groups = keymap.groups(self._keys, essential_first=width < present.TWO_COLUMNS)
        key = keymap.key_of("filter", self._keys)
        return present.help_text(
            [*groups, (f"What to type after {key}", FILTERS)],
            present.signs_line(self._signs),
            width=width,
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
