"""Filtering as one types, and the way back from everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from readq.errors import QueryError
from readq.library.values import Changed
from readq.tui import keymap
from readq.tui.messages import FilterKept, FilterTyped
from readq.tui.screens.core import Core

if TYPE_CHECKING:
    from readq.tui.widgets.filter_bar import FilterBar


class Filtering(Core):
    """The keys of the filter; the line to type it in is made when it is first wanted."""

    _bar: FilterBar | None = None
    _error: QueryError | None = None

    def counted(self) -> tuple[int, int]:
        """How many papers the filter leaves in this list, and how many there are."""
        total = self.app.library.progress().total
        return (total if self.found is None else len(self.found)), total

    def nothing_fits(self, words: str) -> tuple[str, ...]:
        """What an empty list says while there is a filter: what is wrong with it, or `words`."""
        escape = f"{keymap.key_of('escape', self.app.keys)} clears it."
        if self._error is None:
            return (words, escape)
        hint = (self._error.hint,) if self._error.hint else ()
        return (f"The filter cannot be read: {self._error.message}", *hint, escape)

    async def action_filter(self) -> None:
        """Open the line to type a filter in."""
        bar = self._bar
        if bar is None:
            from readq.tui.widgets.filter_bar import FilterBar

            self._bar = bar = FilterBar()
            await self.mount(bar, before="#panes")
            self.call_after_refresh(self.prepare_filter)
        bar.display = True
        self.remove_class("-detail")
        self.set_focus(bar.input)
        self._tell(None)

    def prepare_filter(self) -> None:
        """Get what the first key would have to wait for, while nothing is typed yet."""
        self.app.library.find("a")  # the words of all papers are read for the first that is asked

    @on(FilterTyped)
    def _typed(self, event: FilterTyped) -> None:
        self.filter_by(event.query)

    def filter_by(self, query: str) -> None:
        """Show only what a query finds; while it cannot be read, what the last one found."""
        self.query_text = query
        error = self._find()
        self.show_rows(Changed(queue=True))
        if error is None:
            self.show_current()
        self._tell(error)

    def find_again(self) -> None:
        """Ask anew for what the filter finds."""
        self._tell(self._find())

    def _find(self) -> QueryError | None:
        query = self.query_text
        self._error = None
        try:
            self.found = frozenset(self.app.library.find(query)) if query.strip() else None
        except QueryError as error:
            self._error = error
        return self._error

    def _tell(self, error: QueryError | None) -> None:
        bar = self._bar
        if bar is None:
            return
        if error is not None:
            bar.tell_error(error)
        else:
            bar.tell_count(*self.counted(), sorts="sort:" in self.query_text and self._sorts())

    def _sorts(self) -> bool:
        from readq.model import query

        return bool(query.parse(self.query_text).sorts)

    @on(FilterKept)
    def keep_filter(self) -> None:
        """Back to the list; the filter stays, unless it is empty."""
        if self.query_text.strip():
            self.set_focus(self.rows)
        else:
            self.clear_filter()

    def clear_filter(self) -> None:
        """Show everything again; the cursor stays on its paper."""
        bar = self._bar
        if bar is not None:
            with bar.input.prevent(bar.input.Changed):
                bar.input.value = ""
            bar.display = False
        self.set_focus(self.rows)
        self.filter_by("")

    def action_escape(self) -> None:
        """One step back: out of the filter's line, of the detail; clear the marks, the filter."""
        if self.focused not in (self.rows, self.detail, None):
            self.clear_filter()
        elif self.detail_open:
            self.close_detail()
        elif self.app.marks:
            self.clear_marks()
        elif self.query_text:
            self.clear_filter()
        elif self.app.newcomer:
            self.app.newcomer = False
            self.show_state()

    def action_show_dropped(self) -> None:
        """Show dropped papers, or hide them, where there are any."""
        self.notify("Dropped papers are in the library, not here", severity="warning")

    def clear_marks(self) -> None:
        """Nothing is marked any more."""
        if self.app.marks:
            self.app.marks.clear()
            self.rows.refresh()
            self.show_state()
