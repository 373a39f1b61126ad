"""A text that scrolls: a widget of fixed size that draws lines, so that another text costs no layout."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget

from readq.tui.signs import Signs

_WHEEL = 3
"""Lines that one turn of the mouse wheel scrolls."""


class TextPane(Widget, can_focus=True):
    """What the text is, subclasses say.

    It scrolls by itself: a Textual scrollbar that changes lays the whole screen out anew.
    """

    ALLOW_SELECT = False  # lines are drawn, and copied with keys
    DEFAULT_CSS = "TextPane { padding: 0 0 0 1; }"

    def __init__(self, *, signs: Signs, id: str | None = None) -> None:
        super().__init__(id=id)
        self.signs = signs
        self._strips: list[Strip] = []
        self._made_for: tuple[int, Style] | None = None
        self._top = 0

    def text(self, width: int) -> Content:
        """The text, for lines of `width` cells; asked for when the pane or the text is another."""
        raise NotImplementedError

    def text_changed(self, *, from_top: bool) -> None:
        """There is another text: draw it, from its top or from the line where the reader is."""
        if from_top:
            self._top = 0
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
        thumb = self.signs.thumb if self._in_thumb(y, height) else " "
        return Strip([*strip, Segment(thumb, style.rich_style)], width)

    def _in_thumb(self, y: int, height: int) -> bool:
        """Whether a row of the last column shows what part of the text is in sight."""
        total = len(self._strips)
        return total > height and self._top <= y * total // height < self._top + height

    def _make(self, width: int, style: Style) -> None:
        self._made_for = (width, style)
        width = max(1, width - 2)
        options = RenderOptions(self.app.stylesheet.parse_style, {})
        self._strips = self.text(width).render_strips(width, None, style, options)
        self._top = min(self._top, self._last_top())

    def _last_top(self) -> int:
        return max(0, len(self._strips) - self.content_size.height)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self.scroll_lines(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self.scroll_lines(-_WHEEL)

    def action_move(self, by: int) -> None:
        """Scroll by some lines."""
        self.scroll_lines(by)

    def action_half_page(self, direction: int) -> None:
        """Scroll by half of what is in sight."""
        self.scroll_lines(direction * max(1, self.content_size.height // 2))

    def action_first(self) -> None:
        """To the top."""
        self.scroll_lines(-len(self._strips))

    def action_last(self) -> None:
        """To the end."""
        self.scroll_lines(len(self._strips))

    def scroll_lines(self, by: int) -> None:
        """Scroll by some lines, as far as there are any."""
        top = max(0, min(self._top + by, self._last_top()))
        if top != self._top:
            self._top = top
            self.refresh()
