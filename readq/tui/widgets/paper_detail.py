"""One paper in full: a widget of fixed size that draws lines, so that showing another costs no layout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget

from readq.model.entry import Entry
from readq.tui import keymap, present
from readq.tui.signs import Signs

_WHEEL = 3
"""Lines that one turn of the mouse wheel scrolls."""


class PaperDetail(Widget, can_focus=True):
    """Shows an entry; `show` is called directly, since every key may need it.

    It scrolls by itself: a Textual scrollbar that changes lays the whole screen out anew.
    """

    ALLOW_SELECT = False  # lines are drawn, and copied with keys
    DEFAULT_CSS = "PaperDetail { padding: 0 0 0 1; }"
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
        super().__init__(id=id)
        self._today = today
        self._signs = signs
        self._entry: Entry | None = None
        self._said: tuple[str, ...] = ()
        self._strips: list[Strip] = []
        self._made_for: tuple[int, Style] | None = None
        self._top = 0

    @property
    def entry(self) -> Entry | None:
        """The paper that is shown."""
        return self._entry

    def show(self, entry: Entry | None, *, instead: tuple[str, ...] = ()) -> None:
        """Show a paper, or the lines `instead` when there is none."""
        if entry is None or self._entry is None or entry.id != self._entry.id:
            self._top = 0
        self._entry, self._said = entry, instead
        self._made_for = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the pane, as Textual's line API wants it."""
        width, height = self.content_size
        style = self.visual_style
        if self._made_for != (width, style):
            self._make(width, style)
        line = y + self._top
        strip = self._strips[line] if line < len(self._strips) else Strip([])
        strip = strip.adjust_cell_length(width - 1, style.rich_style)
        thumb = self._signs.thumb if self._in_thumb(y, height) else " "
        return Strip([*strip, Segment(thumb, style.rich_style)], width)

    def _in_thumb(self, y: int, height: int) -> bool:
        """Whether a row of the last column shows what part of the text is in sight."""
        total = len(self._strips)
        return total > height and self._top <= y * total // height < self._top + height

    def _make(self, width: int, style: Style) -> None:
        self._made_for = (width, style)
        width = max(1, width - 2)
        if self._entry is not None:
            content = present.detail(
                self._entry, width=width, today=self._today(), signs=self._signs
            )
        else:
            content = present.lines(self._said)
        options = RenderOptions(self.app.stylesheet.parse_style, {})
        self._strips = content.render_strips(width, None, style, options)
        self._top = min(self._top, self._last_top())

    def _last_top(self) -> int:
        return max(0, len(self._strips) - self.content_size.height)

    def on_click(self, event: events.Click) -> None:
        """A click on a link opens it."""
        number = event.style.meta.get("link")
        if isinstance(number, int):
            self.post_message(self.LinkChosen(number))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self._scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self._scroll_lines(-_WHEEL)

    def action_move(self, by: int) -> None:
        """Scroll by some lines."""
        self._scroll_lines(by)

    def action_half_page(self, direction: int) -> None:
        """Scroll by half of what is in sight."""
        self._scroll_lines(direction * max(1, self.content_size.height // 2))

    def action_first(self) -> None:
        """To the top."""
        self._scroll_lines(-len(self._strips))

    def action_last(self) -> None:
        """To the end."""
        self._scroll_lines(len(self._strips))

    def action_leave(self) -> None:
        """Back to the list."""
        self.post_message(self.Left())

    def _scroll_lines(self, by: int) -> None:
        top = max(0, min(self._top + by, self._last_top()))
        if top != self._top:
            self._top = top
            self.refresh()
