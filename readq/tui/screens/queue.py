"""Queue mode: what to read next, in the order set by hand."""

from __future__ import annotations

from textual import getters

from readq.library.values import Changed
from readq.model.paper import PaperId
from readq.tui import keymap
from readq.tui.remembered import Spot
from readq.tui.screens.papers import PapersScreen
from readq.tui.widgets.queue_list import QueueList, queue_lines


class QueueScreen(PapersScreen):
    """The queue, its head under a heading of its own; what is read beside it comes first."""

    MODE = "queue"
    rows = getters.query_one("#list", QueueList)

    def make_rows(self) -> QueueList:
        """The list."""
        queue = QueueList(
            self.app.library,
            self.show_current,
            marks=self.app.marks,
            signs=self.app.signs,
            id="list",
        )
        queue.border_title = "Queue"
        return queue

    @property
    def current(self) -> PaperId | None:
        """The paper at the cursor."""
        here = self.rows.at_cursor
        return here.paper if here else None

    def show_rows(self, changed: Changed) -> None:
        """Bring the queue up to date."""
        keys, library = self.app.keys, self.app.library
        filtered = self.found is not None
        self.rows.say_instead(
            self.nothing_fits("Nothing in the queue fits this filter.")
            if filtered
            else (
                "The queue is empty.",
                f"Press {keymap.key_of('library', keys)} for the library, then"
                f" {keymap.key_of('queue', keys)} on a paper",
                "or on the heading of a whole section.",
            )
        )
        self.rows.show(queue_lines(library.queue(), library.reading(), only=self.found))

    def counted(self) -> tuple[int, int]:
        """As everywhere, of what is queued or being read."""
        library = self.app.library
        papers = {*library.queue(), *library.reading()}
        return len(papers if self.found is None else papers & self.found), len(papers)

    def spot(self) -> Spot:
        """Where the reader is."""
        return self.rows.spot

    def return_to(self, spot: Spot) -> None:
        """Go where the reader was."""
        self.rows.return_to(spot)

    def go_to(self, paper: PaperId) -> bool:
        """Put the cursor on a paper of the queue."""
        return self.rows.go_to(paper)
