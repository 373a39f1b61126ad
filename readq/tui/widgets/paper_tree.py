"""The lists as a tree: headings that fold, papers below them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import ClassVar, Protocol

from textual.binding import BindingType
from textual.content import Content

from readq.library.values import Branch, Row
from readq.model.paper import PaperId
from readq.model.stats import Progress
from readq.tui import keymap, present
from readq.tui.outline import Line, Outline
from readq.tui.remembered import Spot
from readq.tui.signs import Signs
from readq.tui.widgets.line_list import LineList


class Shelf(Protocol):
    """Where the tree's lines come from."""

    def branches(self) -> tuple[Branch, ...]:
        """All headings, in preorder."""

    def papers_in(self, branch: str, /) -> tuple[PaperId, ...]:
        """The papers directly under one."""

    def progress(self, branch: str | None = None, /) -> Progress:
        """How far one is with one."""

    def row(self, paper: PaperId, /) -> Row:
        """A paper as a line."""


class PaperTree(LineList):
    """Draws lines, not nodes: start, moves and folds cost the same for 300 and 100,000 papers."""

    BINDINGS: ClassVar[list[BindingType]] = list(keymap.FOLDS)

    def __init__(
        self,
        shelf: Shelf,
        highlighted: Callable[[], None],
        *,
        marks: Collection[PaperId],
        signs: Signs,
        id: str | None = None,
    ) -> None:
        super().__init__(highlighted, id=id)
        self._shelf = shelf
        self._marks = marks
        self._signs = signs
        self._outline = Outline(shelf.papers_in)
        self._outline.load(shelf.branches())
        self._cursor = self._first_paper() or 0

    # What stands where

    @property
    def at_cursor(self) -> Line | None:
        """What the cursor stands on."""
        return self._outline[self.cursor] if self._outline else None

    def below(self, branch: str) -> tuple[PaperId, ...]:
        """The papers at or below a branch that are not hidden or filtered out."""
        return self._outline.below(branch)

    @property
    def only(self) -> frozenset[PaperId] | None:
        """The papers that a filter leaves; None without one."""
        return self._outline.only

    @property
    def hidden(self) -> frozenset[PaperId]:
        """The papers that are out of sight."""
        return self._outline.hidden

    def branch(self, branch: str) -> Branch:
        """A branch by its key."""
        return self._outline.branch(branch)

    def line_count(self) -> int:
        """How many lines stand open."""
        return len(self._outline)

    def draw(self, line: int, width: int) -> Content:
        """A heading or a paper."""
        here = self._outline[line]
        branch = self._outline.branch(here.branch)
        if here.paper is None:
            return present.branch_row(
                branch.title,
                self._shelf.progress(branch.key),
                width=width,
                depth=branch.depth,
                folded=self._outline.is_folded(branch.key),
                found=self._outline.found(branch.key) if self._outline.filtered else None,
                signs=self._signs,
            )
        return present.paper_row(
            self._shelf.row(here.paper),
            width=width,
            indent=2 * (branch.depth + 1),
            marked=here.paper in self._marks,
            signs=self._signs,
        )

    # What is shown

    def load(self) -> None:
        """Lists came or went."""
        self._keep(lambda: self._outline.load(self._shelf.branches()))

    def choose(
        self, only: frozenset[PaperId] | None, *, hidden: frozenset[PaperId] = frozenset()
    ) -> None:
        """Show `only` these papers (None: all but the `hidden`)."""
        was = self.at_cursor if self._outline.filtered else None
        if only is None and was is not None and was.paper is not None:
            self._outline.unfold_to(was.branch)  # a filter that goes takes no paper away
        self._keep(lambda: self._outline.choose(only, hidden=hidden))
        here = self.at_cursor
        chosen = was is not None and was.paper is None
        if only is not None and here is not None and here.paper is None and not chosen:
            line = self._first_paper(self.cursor)
            self.move_to(self._first_paper() or 0 if line is None else line)

    def prepare(self) -> None:
        """Get what a filter will need."""
        self._outline.prepare()

    def _first_paper(self, start: int = 0) -> int | None:
        """The first line with a paper, of some lines from `start` on."""
        near = range(start, min(len(self._outline), start + 100))
        return next((line for line in near if self._outline[line].paper is not None), None)

    def refresh_papers(self, papers: Iterable[PaperId]) -> None:
        """Draw the lines of these papers anew, and the counts above them."""
        changed = set(papers)
        top = self.scroll_offset.y
        for line in range(top, min(top + self.size.height, len(self._outline))):
            paper = self._outline[line].paper
            if paper is None or paper in changed:
                self.refresh_line(line)

    def go_to(self, paper: PaperId) -> bool:
        """Unfold what hides a paper and put the cursor on it; whether it is there."""
        line = self._outline.reveal(paper)
        if line is None:
            return False
        self.rows_changed()
        self.move_to(line)
        return True

    @property
    def spot(self) -> Spot:
        """Where the reader is."""
        here = self.at_cursor
        return Spot(
            paper=here.paper if here else None,
            branch=here.branch if here else "",
            row=self.row,
            unfolded=self._outline.unfolded,
        )

    def return_to(self, spot: Spot) -> None:
        """Unfold what stood open, put the cursor where it was or near: before the first layout."""
        if spot.unfolded is None:
            return
        self._outline.unfold_only(spot.unfolded)
        self.rows_changed()
        line = self._outline.line_of(Line(spot.branch, spot.paper))
        if line is not None:
            self.start_at(line, spot.row)
        else:
            self.move_to(self._first_paper() or 0)

    def _keep(self, change: Callable[[], None]) -> None:
        """Change the lines; the cursor stays on its paper, or where that was."""
        kept = self.at_cursor
        row = self.cursor - self.scroll_offset.y
        change()
        self.rows_changed()
        line = self._outline.line_of(kept) if kept is not None else None
        line = self.cursor if line is None else line
        if self.is_mounted and line != self.cursor:
            self._scroll_now(line - row)
        self.move_to(line)

    # Folds

    def action_enter(self) -> None:
        """Fold or unfold a heading; open a paper."""
        here = self.at_cursor
        if here is not None and here.paper is None:
            self._fold(here.branch, not self._outline.is_folded(here.branch))
        else:
            super().action_enter()

    def action_inwards(self) -> None:
        """Unfold a heading, then go to what is below it; open a paper."""
        here = self.at_cursor
        if here is None or here.paper is not None:
            super().action_inwards()
        elif self._outline.is_folded(here.branch):
            self._fold(here.branch, False)
        else:
            self.action_move(1)

    def action_outwards(self) -> None:
        """Fold a heading; from a folded one or a paper go to the heading above."""
        here = self.at_cursor
        if here is None:
            return
        if here.paper is None and not self._outline.is_folded(here.branch):
            self._fold(here.branch, True)
            return
        above = here.branch if here.paper else self._outline.branch(here.branch).parent
        if above is not None and (line := self._outline.line_of(Line(above))) is not None:
            self.move_to(line)

    def action_fold_all(self) -> None:
        """Fold everything, or unfold everything."""
        self._keep(self._outline.fold_all)

    def _fold(self, branch: str, folded: bool) -> None:
        self._keep(lambda: self._outline.fold(branch, folded))

    def clicked(self, x: int, twice: bool) -> None:
        """A click on a fold mark folds; a double click opens."""
        here = self.at_cursor
        if here is not None and here.paper is None:
            mark = 1 + 2 * self._outline.branch(here.branch).depth
            if twice or mark <= x <= mark + 1:
                self.action_enter()
        else:
            super().clicked(x, twice)
