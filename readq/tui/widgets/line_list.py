"""A list of one-line rows that draws the rows in sight, however many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from readq.tui import keymap, present

_MARGIN = 2
"""How many rows stay in sight before and after the cursor."""


class LineList(ScrollView, can_focus=True):
    """Rows with a cursor; what a row is, subclasses say.

    `highlighted` is called whenever the cursor stands on something else: directly, since a
    message would cost the detail pane a turn of the event loop for every key.
    """

    ALLOW_SELECT = False  # lines are drawn, and copied with keys
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--cursor", "line-list--cursor-blurred"}
    DEFAULT_CSS = """
    LineList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .line-list--cursor { background: $block-cursor-background 35%; text-style: bold; }
        & > .line-list--cursor-blurred { background: $foreground 12%; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.ROWS)

    class Entered(Message):
        """The row at the cursor is to be opened."""

    def __init__(self, highlighted: Callable[[], None], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._highlighted = highlighted
        self._cursor = 0
        self._row_at_first: int | None = None
        self.nothing: tuple[str, ...] = ()
        """What to say when there are no rows."""

    def say_instead(self, words: tuple[str, ...]) -> None:
        """Have something else to say when there are no rows."""
        if words != self.nothing:
            self.nothing = words
            if not self.line_count():
                self.refresh()

    # What subclasses say

    def line_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw(self, line: int, width: int) -> Content:
        """A row, `width` cells wide."""
        raise NotImplementedError

    def can_stand_on(self, line: int) -> bool:
        """Whether the cursor may stand on a row."""
        return True

    # The cursor

    @property
    def cursor(self) -> int:
        """The row that acts apply to."""
        return self._cursor

    def move_to(self, line: int, *, step: int = 1) -> None:
        """Put the cursor on `line`, or on the next one in the direction of `step` that can have it."""
        last = self.line_count() - 1
        line = max(0, min(line, last))
        start = line
        while 0 <= line <= last and not self.can_stand_on(line):
            line += step
        if not 0 <= line <= last:
            line = start
            while 0 <= line <= last and not self.can_stand_on(line):
                line -= step
        before, self._cursor = self._cursor, max(0, min(line, max(0, last)))
        self.refresh_line(before)
        self.refresh_line(self._cursor)
        self._keep_in_sight()
        self._highlighted()

    @property
    def row(self) -> int:
        """How far below the top of the window the cursor stands."""
        return max(0, self._cursor - self.scroll_offset.y)

    def start_at(self, line: int, row: int) -> None:
        """Put the cursor on `line`, `row` rows below the top: before the list is first laid out."""
        self.move_to(line)
        self._row_at_first = row

    def _keep_in_sight(self) -> None:
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        margin = min(_MARGIN, (height - 1) // 2)
        top = self.scroll_offset.y
        if self._cursor < top + margin:
            self._scroll_now(self._cursor - margin)
        elif self._cursor > top + height - 1 - margin:
            self._scroll_now(self._cursor - height + 1 + margin)

    def _scroll_now(self, top: int) -> None:
        self.scroll_to(y=max(0, top), animate=False, force=True)

    def rows_changed(self) -> None:
        """There are other rows: measure and draw anew."""
        size = Size(0, max(self.line_count(), len(self.nothing) + 1))
        longer = size.height > self.container_size.height
        if longer != self.show_vertical_scrollbar:
            self.virtual_size = size
        elif size != self.virtual_size:
            # Everything stays in its place: a layout of the whole screen would find nothing to do.
            self.set_reactive(Widget.virtual_size, size)
            if longer:
                self.vertical_scrollbar.window_virtual_size = size.height
            if self.scroll_offset.y > self.max_scroll_y:
                self._scroll_now(self.max_scroll_y)
        self._cursor = max(0, min(self._cursor, self.line_count() - 1))
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The row at `y` of the window, as Textual's line API wants it."""
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if line >= self.line_count():
            said = line - 1 if not self.line_count() else -1
            content = (
                present.hint(self.nothing[said], width=width)
                if 0 <= said < len(self.nothing)
                else Content("")
            )
            style = self.visual_style
        else:
            content = self.draw(line, width)
            style = self.get_visual_style(*self._classes_of(line))
        segments: list[Segment] = content.render_segments(style)
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def _classes_of(self, line: int) -> tuple[str, ...]:
        if line != self._cursor:
            return ()
        return ("line-list--cursor",) if self.has_focus else ("line-list--cursor-blurred",)

    def refresh_line(self, y: int) -> None:
        """Draw one row anew, if it is in sight."""
        at = y - self.scroll_offset.y
        if 0 <= at < self.size.height:
            self.refresh(Region(0, at, self.size.width, 1))

    def on_focus(self) -> None:
        """The cursor is drawn brighter."""
        self.refresh_line(self._cursor)

    def on_blur(self) -> None:
        """The cursor is drawn paler."""
        self.refresh_line(self._cursor)

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        if self._row_at_first is not None and self.scrollable_content_region.height > 0:
            self._scroll_now(self._cursor - self._row_at_first)
            self._row_at_first = None
        self._keep_in_sight()

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self.move_to(self._cursor + by, step=1 if by > 0 else -1)

    def action_half_page(self, direction: int) -> None:
        """Move the cursor by half of what is in sight."""
        by = max(1, self.scrollable_content_region.height // 2)
        self.move_to(self._cursor + direction * by, step=direction)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self.line_count() - 1, step=-1)

    def action_enter(self) -> None:
        """Open the row at the cursor."""
        if self.line_count():
            self.post_message(self.Entered())

    def action_inwards(self) -> None:
        """Go in; here: open the row."""
        self.action_enter()

    def action_outwards(self) -> None:
        """Go out; a list has nothing around it."""

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a double click opens the row."""
        at = event.get_content_offset(self)
        if at is None:
            return
        line = at.y + self.scroll_offset.y
        if line >= self.line_count() or not self.can_stand_on(line):
            return
        twice = event.chain == 2 and line == self._cursor
        self.move_to(line)
        self.clicked(at.x, twice)

    def clicked(self, x: int, twice: bool) -> None:
        """The row at the cursor was clicked at column `x`."""
        if twice:
            self.action_enter()
