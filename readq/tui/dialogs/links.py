"""One of a paper's links, chosen by its number, by moving, or with the mouse."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from readq.model.paper import Paper
from readq.tui import keymap, present


class LinksDialog(ModalScreen[int | None]):
    """Gives the number of a link, counted from 1, or None."""

    CSS = """
    LinksDialog {
        align: center middle;
        & > Vertical {
            width: 90%;
            max-width: 110;
            height: auto;
            max-height: 80%;
            border: round $primary;
            background: $surface;
        }
        OptionList { height: auto; max-height: 100%; border: none; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.LINKS)

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._links = paper.links

    def compose(self) -> ComposeResult:
        """The links with their numbers."""
        width = min(110, int(self.app.size.width * 0.9)) - 6
        options = [
            Option(present.link_option(number, link, width=width))
            for number, link in enumerate(self._links, start=1)
        ]
        with Vertical() as box:
            box.border_title = "Open a link"
            box.border_subtitle = "its number or enter opens it · esc leaves"
            yield OptionList(*options, markup=False)

    def on_key(self, event: events.Key) -> None:
        """A digit is the number of a link."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self._links):
            event.stop()
            self.dismiss(int(event.key))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index + 1)

    def action_move(self, by: int) -> None:
        """Move as in other lists."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_cancel(self) -> None:
        """None of them."""
        self.dismiss(None)
