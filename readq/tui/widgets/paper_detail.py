"""One paper in full: one widget that draws lines, so that showing another one costs no layout."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from readq.model.entry import Entry
from readq.tui import keymap, present
from readq.tui.signs import Signs


class PaperDetail(ScrollView, can_focus=True):
    """Shows an entry; `show` is called directly, since every key may need it."""

    DEFAULT_CSS = """
    PaperDetail {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        padding: 0 0 0 1;
    }
    """
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

    @property
    def entry(self) -> Entry | None:
        """The paper that is shown."""
        return self._entry

    def show(self, entry: Entry | None, *, instead: tuple[str, ...] = ()) -> None:
        """Show a paper, or the lines `instead` when there is none."""
        same = entry is not None and self._entry is not None and entry.id == self._entry.id
        self._entry, self._said = entry, instead
        self._made_for = None
        if not same and self.scroll_offset.y:
            self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the window, as Textual's line API wants it."""
        width = self.scrollable_content_region.width
        style = self.visual_style
        if self._made_for != (width, style):
            self._make(width, style)
        line = y + self.scroll_offset.y
        if line >= len(self._strips):
            return Strip.blank(width, style.rich_style)
        return self._strips[line].adjust_cell_length(width, style.rich_style)

    def _make(self, width: int, style: Style) -> None:
        self._made_for = (width, style)
        if self._entry is not None:
            content = present.detail(
                self._entry, width=max(1, width - 1), today=self._today(), signs=self._signs
            )
        else:
            content = present.lines(self._said)
        self._strips = content.render_strips(
            max(1, width - 1), None, style, RenderOptions(self.app.stylesheet.parse_style, {})
        )
        size = Size(0, len(self._strips))
        if size != self.virtual_size:
            # Not while lines are being drawn: a scrollbar that changes is drawn too.
            self.call_later(self._measured, size)

    def _measured(self, size: Size) -> None:
        self.virtual_size = size

    def on_click(self, event: events.Click) -> None:
        """A click on a link opens it."""
        number = event.style.meta.get("link")
        if isinstance(number, int):
            self.post_message(self.LinkChosen(number))

    def action_move(self, by: int) -> None:
        """Scroll by some lines."""
        self._scroll(self.scroll_offset.y + by)

    def action_half_page(self, direction: int) -> None:
        """Scroll by half of what is in sight."""
        self._scroll(self.scroll_offset.y + direction * max(1, self.size.height // 2))

    def action_first(self) -> None:
        """To the top."""
        self._scroll(0)

    def action_last(self) -> None:
        """To the end."""
        self._scroll(len(self._strips))

    def action_leave(self) -> None:
        """Back to the list."""
        self.post_message(self.Left())

    def _scroll(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, force=True)
