"""Library mode: the lists as a tree."""

from __future__ import annotations

from textual import getters

from readq.library.values import Changed
from readq.model.paper import PaperId
from readq.model.status import Status
from readq.tui import keymap
from readq.tui.remembered import Spot
from readq.tui.screens.papers import PapersScreen
from readq.tui.widgets.paper_tree import PaperTree


class LibraryScreen(PapersScreen):
    """Lists, sections and papers; dropped papers are out of sight unless asked for."""

    MODE = "library"
    rows = getters.query_one("#list", PaperTree)
    _dropped: frozenset[PaperId] = frozenset()

    def make_rows(self) -> PaperTree:
        """The tree."""
        tree = PaperTree(
            self.app.library,
            self.show_current,
            marks=self.app.marks,
            signs=self.app.signs,
            id="list",
        )
        tree.border_title = "Library"
        return tree

    @property
    def current(self) -> PaperId | None:
        """The paper at the cursor."""
        here = self.rows.at_cursor
        return here.paper if here else None

    def at_cursor(self) -> tuple[PaperId, ...]:
        """The paper at the cursor, or all papers in sight below the heading there."""
        here = self.rows.at_cursor
        if here is None:
            return ()
        return (here.paper,) if here.paper else self.rows.below(here.branch)

    def instead(self) -> tuple[str, ...]:
        """What the heading at the cursor holds."""
        here = self.rows.at_cursor
        if here is None:
            return ()
        branch = self.rows.branch(here.branch)
        progress = self.app.library.progress(here.branch)
        keys = self.app.keys
        return (
            branch.title,
            "",
            f"{progress.total} papers · {progress.done} done · {progress.reading} reading"
            + (f" · {progress.dropped} dropped" if progress.dropped else ""),
            *(
                (f"{keymap.key_of('show-dropped', keys)} shows what was dropped.",)
                if progress.dropped and not self.app.show_dropped
                else ()
            ),
            "",
            f"{keymap.key_of('enter', keys)} folds and unfolds it.",
            "Acts apply to every paper below it:",
            f"{keymap.key_of('queue', keys)} queues them, {keymap.key_of('done', keys)} is done"
            f" with them, {keymap.key_of('undo', keys)} takes that back.",
        )

    def show_rows(self, changed: Changed) -> None:
        """Bring the tree up to date."""
        tree = self.rows
        if changed.lists:
            tree.load()
        self._note_dropped(changed)
        hidden = frozenset() if self.app.show_dropped else self._dropped
        tree.say_instead(
            self.nothing_fits("Nothing fits this filter.")
            if self.found is not None
            else (
                "There are no lists here.",
                f"{keymap.key_of('lists', self.app.keys)} adds a list.",
            )
        )
        if changed.lists or hidden != tree.hidden or self.found != tree.only:
            tree.choose(self.found, hidden=hidden)
        tree.refresh_papers(changed.papers)

    def prepare_filter(self) -> None:
        """As everywhere; the tree's papers too."""
        super().prepare_filter()
        self.rows.prepare()

    def _note_dropped(self, changed: Changed) -> None:
        """Keep up with what is dropped; only a first look asks for all of it."""
        library = self.app.library
        if changed.lists:
            dropped = library.find("status:dropped") if library.progress().dropped else ()
            self._dropped = frozenset(dropped)
            return
        rows = library.rows(changed.papers)
        gone = {row.id for row in rows if row.status is Status.DROPPED}
        if gone or not self._dropped.isdisjoint(changed.papers):
            self._dropped = (self._dropped - changed.papers) | gone

    def action_show_dropped(self) -> None:
        """Show dropped papers, or hide them."""
        self.app.show_dropped = not self.app.show_dropped
        self.show_rows(Changed())
        self.show_current()
        dropped = self.app.library.progress().dropped
        state = "shown" if self.app.show_dropped else "hidden"
        self.notify(f"Dropped papers are {state} ({dropped})" if dropped else "Nothing was dropped")

    def spot(self) -> Spot:
        """Where the reader is."""
        return self.rows.spot

    def return_to(self, spot: Spot) -> None:
        """Go where the reader was."""
        self.rows.return_to(spot)

    def go_to(self, paper: PaperId) -> bool:
        """Unfold what hides a paper and put the cursor on it."""
        return self.rows.go_to(paper)

    def reveal(self, paper: PaperId) -> None:
        """As `go_to`; a filter that leaves the paper out is cleared, a dropped paper is shown."""
        if self.go_to(paper):
            return
        if self.query_text:
            self.clear_filter()
        if paper in self.rows.hidden:
            self.action_show_dropped()
        self.go_to(paper)
