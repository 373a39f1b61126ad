"""The lists of the library: add one, remove one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from readq.errors import ReadqError
from readq.library.library import Library
from readq.library.values import Done
from readq.tui import keymap, present


class ListsDialog(ModalScreen[None]):
    """Stays open while a list is fetched, so that nothing else is done to the library meanwhile."""

    CSS = """
    ListsDialog {
        align: center middle;
        & > Vertical {
            width: 90%;
            max-width: 110;
            height: auto;
            max-height: 80%;
            border: round $primary;
            background: $surface;
        }
        OptionList { height: auto; max-height: 14; border: none; background: $surface; }
        Input { background: $boost; margin: 0 1; display: none; }
        Input.-open { display: block; }
        Static { height: auto; min-height: 1; max-height: 4; padding: 0 1; color: $text-muted; }
        Static.-wrong { color: $text-error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.LISTS)
    options = getters.query_one(OptionList)
    input = getters.query_one(Input)
    said = getters.query_one("#said", Static)

    def __init__(self, library: Library, *, undo_key: str, adding: bool = False) -> None:
        """With `adding` one can type at once; `undo_key` takes acts back afterwards."""
        super().__init__()
        self._library = library
        self._undo_key = undo_key
        self._adding = adding
        self.busy = False
        """Whether a list is being fetched."""

    def compose(self) -> ComposeResult:
        """The lists, a line to type in, a line that answers."""
        with Vertical() as box:
            box.border_title = "Lists"
            box.border_subtitle = "a adds one · x removes it · esc leaves"
            yield OptionList(markup=False)
            yield Input(placeholder="a file, an address, or owner/repo on GitHub", compact=True)
            yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Show what there is."""
        self._fill()
        if self._adding or not self._library.lists:
            self.action_add()

    def _fill(self) -> None:
        width = min(110, int(self.app.size.width * 0.9)) - 6
        at = self.options.highlighted
        self.options.clear_options()
        for one in self._library.lists:
            self.options.add_option(Option(present.list_option(one, width=width)))
        if self._library.lists:
            self.options.highlighted = min(at or 0, len(self._library.lists) - 1)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.said.set_class(wrong, "-wrong")
        self.said.update(present.label(words))

    def _say_error(self, error: ReadqError) -> None:
        self._say(". ".join(filter(None, (error.message, error.hint))), wrong=True)

    def action_add(self) -> None:
        """Type what to add."""
        if not self.busy:
            self.input.add_class("-open")
            self.input.focus()
            self._say("enter adds it, esc leaves it")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        source = self.input.value.strip()
        if source and not self.busy:
            self.busy = True
            self._say(f"Adding {source} …")
            self.run_worker(partial(self._add, source), thread=True, exit_on_error=False)

    def _add(self, source: str) -> None:
        outcome: Done | ReadqError
        try:
            outcome = self._library.subscribe(source)
        except ReadqError as error:
            outcome = error
        except OSError as error:
            outcome = ReadqError(f"{source} cannot be read: {error.strerror or error}")
        self.app.call_from_thread(self._added, outcome)

    def _added(self, outcome: Done | ReadqError) -> None:
        self.busy = False
        if isinstance(outcome, ReadqError):
            self._say_error(outcome)
            return
        self._fill()
        self._close_input()
        if outcome.event is not None:
            self.options.highlighted = len(self._library.lists) - 1
        self._say(outcome.message)

    def action_remove(self) -> None:
        """Take the list at the cursor out of the library."""
        at = self.options.highlighted
        if at is None or self.busy:
            return
        try:
            done = self._library.unsubscribe(self._library.lists[at].key)
        except ReadqError as error:
            self._say_error(error)
            return
        self._fill()
        self._say(f"{done.message} · {self._undo_key} takes it back, once you left")

    def action_move(self, by: int) -> None:
        """Move as in other lists."""
        if by > 0:
            self.options.action_cursor_down()
        else:
            self.options.action_cursor_up()

    def _close_input(self) -> None:
        self.input.value = ""
        self.input.remove_class("-open")
        self.options.focus()

    def action_cancel(self) -> None:
        """Out of the line that is typed, else back."""
        if self.busy:
            self._say("One moment: it is still being fetched")
        elif self.input.has_focus and self._library.lists:
            self._close_input()
            self._say("")
        else:
            self.dismiss(None)
