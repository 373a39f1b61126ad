"""What was done, over any mode: looked at, and taken back one act at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.screen import ModalScreen

from readq.errors import NotFound, ReadqError
from readq.library.values import Changed, Done
from readq.library.wording import FIRST_RUN
from readq.model.paper import PaperId
from readq.model.record import Event
from readq.tui import keymap, present
from readq.tui.app import ReadqApp
from readq.tui.signs import ASCII
from readq.tui.widgets.bars import KeyBar
from readq.tui.widgets.event_detail import EventDetail
from readq.tui.widgets.history_list import HistoryList
from readq.tui.widgets.line_list import LineList

_AT_FIRST = 300
"""How many events are read before anyone looks further back."""
_AHEAD = 100
"""How near the last of them the cursor may come."""


class HistoryScreen(ModalScreen[PaperId | None]):
    """Gives the paper that the reader wants to see, or None."""

    CSS = """
    HistoryScreen {
        align: center middle;
        & > Vertical {
            width: 96%;
            max-width: 150;
            height: 92%;
            border: round $primary;
            background: $surface;
        }
        Container { height: 1fr; layout: horizontal; }
        HistoryList {
            width: 6fr;
            height: 1fr;
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-background-active: $surface;
        }
        EventDetail { width: 4fr; height: 1fr; border-left: solid $panel; }
        &.-narrow Container { layout: vertical; }
        &.-narrow HistoryList { width: 1fr; height: 3fr; }
        &.-narrow EventDetail {
            width: 1fr; height: 2fr; border-left: none; border-top: solid $panel;
        }
        &.-ascii > Vertical { border: ascii $primary; }
        &.-ascii EventDetail { border-left: ascii $panel; }
        &.-ascii.-narrow EventDetail { border-left: none; border-top: ascii $panel; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.HISTORY)

    app = getters.app(ReadqApp)
    rows = getters.query_one(HistoryList)
    detail = getters.query_one(EventDetail)
    box = getters.query_one(Vertical)

    def __init__(self, paper: PaperId | None) -> None:
        super().__init__()
        self._paper = paper
        """The paper at the cursor below."""
        self._only: PaperId | None = None
        """The paper whose events are shown; None: all."""
        self._limit: int | None = _AT_FIRST
        self._later: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        """The events, the one at the cursor in full, the keys."""
        app = self.app
        self.set_class(app.signs is ASCII, "-ascii")
        self.set_class(app.size.width < self.HORIZONTAL_BREAKPOINTS[1][0], "-narrow")
        with Vertical():
            with Container():
                yield HistoryList(
                    self._highlighted,
                    describe=app.library.describe,
                    all_of_it=self._read_all,
                    today=app.today,
                    signs=app.signs,
                )
                yield EventDetail(title_of=self._title, signs=app.signs)
            yield KeyBar(self._keys())

    def _keys(self) -> list[tuple[str, str, str]]:
        key_of = {name: keymap.key_of(name, self.app.keys) for name in keymap.IN_HISTORY}
        keys = [(key_of["undo"], "Take it back", "take_back")]
        if self._paper is not None:
            scope = "Of all" if self._only else "Of this paper"
            keys.append((key_of["other-pane"], scope, "other_papers"))
        keys += [
            (key_of["in"], "To the paper", "to_paper"),
            (key_of["redo"], "Redo", "redo"),
            (key_of["escape"], "Leave", "cancel"),
        ]
        return keys

    def on_mount(self) -> None:
        """Show the newest."""
        self.rows.focus()
        self._show()

    def _show(self) -> None:
        library, only = self.app.library, self._only
        of = self._title(only) if only else "all papers and lists"
        self.box.border_title = present.label(f"History of {of}")
        self.query_one(KeyBar).show(self._keys())
        self.rows.nothing = ("Nothing was done yet.",)
        self.rows.show(library.history(only, self._limit))

    def _read_all(self) -> None:
        if self._limit is not None:
            self._limit = None
            self._show()

    def _highlighted(self) -> None:
        """Another event is at the cursor: called for every move."""
        if self._limit is not None and self.rows.cursor >= self._limit - _AHEAD:
            self._read_all()
        self._later = ()
        self._show_detail()

    def _show_detail(self) -> None:
        event = self.rows.at_cursor
        if event is None:
            self.detail.show(None)
            return
        words = self.app.library.describe(event)
        self.detail.show(event, words=words, state=self._state(event), later=self._later)

    def _state(self, event: Event) -> str:
        keys = self.app.keys
        if event.undoes or event.redoes or event.act == FIRST_RUN:
            return ""
        if event.id in self.rows.undone:
            return "It was taken back."
        if self._later:
            return "Take back first what came later:"
        return f"{keymap.key_of('undo', keys)} takes this back, and nothing else."

    def _title(self, paper: PaperId) -> str:
        try:
            return self.app.library.row(paper).title
        except NotFound:
            return paper

    def library_changed(self, changed: Changed) -> None:
        """Something happened to the library: called by the app, at once."""
        if self.is_mounted:
            self._show()

    # Keys

    @on(LineList.Entered)
    def action_take_back(self) -> None:
        """Take back the act at the cursor, and nothing else."""
        event, library = self.rows.at_cursor, self.app.library
        if event is None:
            return
        if event.undoes or event.redoes:
            key = keymap.key_of("redo", self.app.keys)
            self.notify(f"Choose the act itself; {key} does the last undone one again")
            return
        self._later = tuple(map(library.describe, library.depending_on(event.id)))
        if self._later:
            self.notify("Not taken back: something was done since", severity="warning")
        else:
            self._do(lambda: library.take_back(event.id))
        self._show_detail()

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        self._do(self.app.library.redo)

    def _do(self, change: Callable[[], Done]) -> None:
        try:
            self.notify(change().message)
        except ReadqError as error:
            self.app.tell_error(error)

    def action_other_papers(self) -> None:
        """From the history of all papers to that of the one below, and back."""
        if self._paper is None:
            self.notify("The cursor was on no paper", severity="warning")
            return
        self._only = None if self._only else self._paper
        self._limit = _AT_FIRST
        self._show()

    def action_scroll_detail(self, by: int) -> None:
        """Scroll what is told of the event."""
        self.detail.scroll_lines(by)

    @on(HistoryList.ToPaper)
    def action_to_paper(self) -> None:
        """Leave for the paper of the event."""
        event = self.rows.at_cursor
        if event is None or not event.papers:
            self.notify("No paper belongs to this", severity="warning")
            return
        self.dismiss(event.papers[0])

    def action_cancel(self) -> None:
        """Back."""
        self.dismiss(None)

    @on(KeyBar.Chosen)
    async def _key_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action)
