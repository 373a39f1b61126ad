"""What all modes stand on: a list, and the paper at its cursor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen

from readq.errors import NotFound
from readq.library.values import Changed
from readq.model.paper import PaperId
from readq.tui import keymap, present
from readq.tui.app import ReadqApp
from readq.tui.remembered import Spot
from readq.tui.signs import ASCII
from readq.tui.widgets.bars import KeyBar, ModeBar
from readq.tui.widgets.line_list import LineList
from readq.tui.widgets.paper_detail import PaperDetail

_TOAST_ROWS = 5
"""How many rows at the bottom a toast may hide."""


class Core(Screen[None]):
    """A list on the left, its paper on the right; below 90 columns, one of them at a time."""

    CSS_PATH = "papers.tcss"
    AUTO_FOCUS = "#list"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.PAPERS)
    MODE: ClassVar[str] = ""

    app = getters.app(ReadqApp)
    detail = getters.query_one(PaperDetail)
    top = getters.query_one(ModeBar)
    bottom = getters.query_one(KeyBar)

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        """The filter, as typed."""
        self.found: frozenset[PaperId] | None = None
        """What the filter found; None without one."""
        self._stale = False
        self._ready = False

    # What subclasses say

    @property
    def rows(self) -> LineList:
        """The list."""
        raise NotImplementedError

    def make_rows(self) -> LineList:
        """The list, made."""
        raise NotImplementedError

    @property
    def current(self) -> PaperId | None:
        """The paper at the cursor."""
        raise NotImplementedError

    def at_cursor(self) -> tuple[PaperId, ...]:
        """The papers that an act at the cursor applies to."""
        return (self.current,) if self.current else ()

    def show_rows(self, changed: Changed) -> None:
        """Bring the list up to date."""
        raise NotImplementedError

    def instead(self) -> tuple[str, ...]:
        """What the detail pane says when the cursor is on no paper."""
        return ()

    def go_to(self, paper: PaperId) -> bool:
        """Put the cursor on a paper; whether the list has it."""
        raise NotImplementedError

    def reveal(self, paper: PaperId) -> None:
        """Put the cursor on a paper, whatever keeps it out of sight."""
        self.go_to(paper)

    def spot(self) -> Spot:
        """Where the reader is, to be remembered."""
        raise NotImplementedError

    def return_to(self, spot: Spot) -> None:
        """Go where the reader was when readq was left; called once, before the first paint."""
        raise NotImplementedError

    def find_again(self) -> None:
        """Ask anew for what the filter finds."""

    # Layout

    def compose(self) -> ComposeResult:
        """Top line, list and detail, bottom line."""
        self.set_class(self.app.signs is ASCII, "-ascii")
        # Textual sets this after the first layout; the first paint need not be a wrong one.
        self.set_class(self.app.size.width < self.HORIZONTAL_BREAKPOINTS[1][0], "-narrow")
        yield ModeBar(self.MODE)
        with Horizontal(id="panes"):
            yield self.make_rows()
            yield PaperDetail(today=self.app.today, signs=self.app.signs, id="detail")
        yield KeyBar(self._shown_keys(), last=self._last_keys())

    def _shown_keys(self) -> list[tuple[str, str, str]]:
        keys = keymap.shown(keymap.PAPERS, self.app.keys)
        escape = keymap.key_of("escape", self.app.keys)
        if self.detail_open:
            return [(escape, "Back", "escape"), *keys]
        if self.focused is None or isinstance(self.focused, LineList):
            return keys
        return [("enter", "Keep the filter", "other_pane"), (escape, "Clear it", "escape")]

    def _last_keys(self) -> list[tuple[str, str, str]]:
        key_of = partial(keymap.key_of, keymap=self.app.keys)
        return [(key_of("help"), "Help", "help"), (key_of("palette"), "Palette", "palette")]

    def on_mount(self) -> None:
        """Show what there is."""
        self._ready = True
        self.show_rows(Changed(lists=True, queue=True))
        if (spot := self.app.view.spots.get(self.MODE)) is not None:
            self.return_to(spot)
        if self.app.newcomer:
            self.top.welcome(self._welcome)
        self.show_state()
        self.show_current()

    def _welcome(self, width: int) -> Sequence[Content]:
        library = self.app.library
        key_of = partial(keymap.key_of, keymap=self.app.keys)
        return present.welcome(library.progress().total, len(library.lists), key_of, width=width)

    def make_room_for_toasts(self) -> None:
        """Toasts go to the top while they would hide the row at the cursor."""
        row = self.rows.content_region.y + self.rows.row
        self.set_class(row >= self.size.height - _TOAST_ROWS, "-toasts-above")

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another mode was shown."""
        if self._stale:
            self.library_changed(Changed(lists=True, queue=True))
        elif not self.app.newcomer:
            self.top.welcome(None)

    @on(ModeBar.Chosen)
    def _mode_chosen(self, event: ModeBar.Chosen) -> None:
        self.app.switch_mode(event.mode)

    @on(KeyBar.Chosen)
    async def _key_chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action)

    # News

    def library_changed(self, changed: Changed) -> None:
        """Something happened to the library: called by the app, at once, before the next key."""
        if self not in self.app.screen_stack:
            self._stale = True
            return
        self._stale = False
        if self.query_text:
            self.find_again()
        self.show_rows(changed)
        self.show_state()
        self.show_current()

    def show_state(self) -> None:
        """Bring the top line up to date."""
        library, marks, keys = self.app.library, self.app.marks, self.app.keys
        progress = library.progress()
        state = [f"reading {progress.reading}", f"done {progress.done} of {progress.total}"]
        if library.read_only:
            state.insert(0, "read-only")
        if marks:
            state.insert(0, f"{len(marks)} marked")
        if not self.app.newcomer:
            self.top.welcome(None)
        self.top.show(
            (
                ("library", keymap.key_of("library", keys), None),
                ("queue", keymap.key_of("queue-mode", keys), len(library.queue())),
            ),
            state,
        )

    def show_current(self) -> None:
        """Show the paper at the cursor; called for every move."""
        if not self._ready:
            return
        paper = self.current
        try:
            entry = self.app.library.entry(paper) if paper else None
        except NotFound:
            entry = None
        self.detail.show(entry, instead=self.instead())

    # Panes

    @property
    def detail_open(self) -> bool:
        """Whether the detail has the focus, or covers the list."""
        return self.has_class("-detail") or isinstance(self.focused, PaperDetail)

    def open_detail(self) -> None:
        """Go to the detail; in a narrow terminal it covers the list."""
        if self.current is not None:
            self.add_class("-detail")
            self.set_focus(self.detail)

    def close_detail(self) -> None:
        """Back to the list."""
        self.remove_class("-detail")
        self.set_focus(self.rows)

    def action_other_pane(self) -> None:
        """From the list to the detail, and back."""
        if self.focused is self.rows and self.current is not None:
            self.open_detail()
        else:
            self.close_detail()

    def action_back(self) -> None:
        """Out of the detail, else out of readq."""
        if self.detail_open:
            self.close_detail()
        else:
            self.app.exit()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Whoever clicks on the list is back in the list."""
        if event.widget is self.rows:
            self.remove_class("-detail")
        self.bottom.show(self._shown_keys())

    @on(PaperDetail.Left)
    def _left_detail(self) -> None:
        self.close_detail()

    @on(LineList.Entered)
    def _entered(self) -> None:
        self.open_detail()

    # Other places

    def action_mode(self, mode: str) -> None:
        """Go to another mode."""
        self.app.switch_mode(mode)

    async def action_help(self) -> None:
        """Show all keys."""
        from readq.tui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen(self.app.keys, self.app.signs))

    async def action_palette(self) -> None:
        """Show the palette."""
        from readq.tui.commands import palette

        await self.app.push_screen(palette())
