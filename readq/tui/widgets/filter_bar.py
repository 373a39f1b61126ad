"""The line to type a filter in, with what it found, or what is wrong with it, below."""

from __future__ import annotations

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from readq.errors import QueryError
from readq.tui import keymap, present
from readq.tui.messages import FilterKept, FilterTyped


class FilterBar(Vertical):
    """Tells every change as one types; enter keeps the filter, esc clears it."""

    DEFAULT_CSS = """
    FilterBar {
        height: 2;
        background: $surface;
        & > Input { width: 1fr; background: $boost; }
        & > Static { height: 1; color: $text-muted; }
        & > .-wrong { color: $text-error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.FILTER)

    input = getters.query_one(Input)
    said = getters.query_one(Static)

    def compose(self) -> ComposeResult:
        """A line to type in, a line that answers."""
        yield Input(placeholder="words, status:reading, year>=2020, has:note …", compact=True)
        yield Static(markup=False)

    @property
    def query_text(self) -> str:
        """What stands there."""
        return self.input.value

    def tell_count(self, found: int, total: int, *, sorts: bool = False) -> None:
        """Say how many papers the filter leaves; and that it `sorts` in vain."""
        self.said.remove_class("-wrong")
        keys = "sort: does not apply here" if sorts else "enter keeps it, esc clears it"
        words = f"{found} of {total} papers · {keys}"
        self.said.update(present.label(words), layout=False)

    def tell_error(self, error: QueryError) -> None:
        """Point at what cannot be read."""
        hint = f" ({error.hint})" if error.hint else ""
        self.said.add_class("-wrong")
        words = f"{error.message}{hint}"
        width = self.said.content_region.width
        self.said.update(present.error_under(error.position, words, width=width), layout=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(FilterTyped(event.value))

    def action_keep(self) -> None:
        """Leave the line, keep the filter."""
        self.post_message(FilterKept())
