"""Acts on the paper at the cursor, on all below a heading, or on all that are marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from readq.errors import ReadqError
from readq.library.library import Library
from readq.library.values import Done
from readq.model.paper import PaperId
from readq.tui import keymap
from readq.tui.screens.filtering import Filtering

Act = Callable[[Library, Sequence[PaperId]], Done]

ACTS: Mapping[str, Act] = {
    "done": lambda library, papers: library.toggle_done(papers),
    "start": lambda library, papers: library.toggle_reading(papers),
    "drop": lambda library, papers: library.toggle_dropped(papers),
    "queue": lambda library, papers: library.toggle_queued(papers),
    "queue-top": lambda library, papers: library.enqueue(papers, top=True),
}
"""What keys do to one or many papers; each is one event."""


class Acting(Filtering):
    """The keys that change the library, marks, undo and redo."""

    def targets(self) -> tuple[PaperId, ...]:
        """The papers that acts apply to: the marked ones, else what the cursor stands on."""
        return tuple(self.app.marks) or self.at_cursor()

    def act(self, change: Callable[[], Done], *, again: bool = False) -> Done | None:
        """Do something to the library and tell how it went; None when it failed.

        `again` is for what takes something back: it says how to do that again.
        """
        try:
            done = change()
        except ReadqError as error:
            self.app.tell_error(error)
            return None
        keys, more = self.app.keys, ""
        if again and done.event is not None:
            more = f" · {keymap.said('redo', keys)} does it again"
        elif not again and len(done.papers) > 1:
            more = f" · {keymap.said('undo', keys)} takes it back"
        self.notify(f"{done.message}{more}")
        return done

    def action_act(self, name: str) -> None:
        """Apply an act to the targets."""
        papers = self.targets()
        if not papers:
            self.notify("No paper here", severity="warning")
            return
        if self.act(lambda: ACTS[name](self.app.library, papers)) is not None:
            self.clear_marks()

    def action_shift(self, by: int) -> None:
        """Move the paper at the cursor within the queue."""
        paper = self.current
        if paper is None:
            return
        try:
            done = self.app.library.move(paper, by)
        except ReadqError as error:
            self.app.tell_error(error)
            return
        # Where the move can be seen, words would only stand in the way of the next one.
        if done.event is None or self.MODE != "queue":
            self.notify(done.message)

    def action_undo(self) -> None:
        """Undo the last act."""
        self._show_first(self.act(self.app.library.undo, again=True))

    def action_redo(self) -> None:
        """Redo what was undone last."""
        self._show_first(self.act(self.app.library.redo))

    def _show_first(self, done: Done | None) -> None:
        """Put the cursor on what changed, if it is in this list and not under the cursor already."""
        if done is not None and done.papers and self.current not in done.papers:
            self.go_to(done.papers[0])

    async def action_history(self) -> None:
        """Show what was done."""
        from readq.tui.screens.history import HistoryScreen

        await self.app.push_screen(HistoryScreen(self.current), self._left_history)

    async def _left_history(self, paper: PaperId | None) -> None:
        if paper is not None:
            await self.app.go_to(paper)

    def action_mark(self) -> None:
        """Mark what the cursor stands on, or unmark it when all of it is marked; go on."""
        papers, marks = self.at_cursor(), self.app.marks
        if not papers:
            return
        if all(paper in marks for paper in papers):
            for paper in papers:
                del marks[paper]
        else:
            marks.update(dict.fromkeys(papers))
        self.rows.refresh()
        self.show_state()
        if self.current is not None:
            self.rows.action_move(1)
