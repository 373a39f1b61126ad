"""The queue in the order set by hand, and what is being read beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from textual.content import Content

from readq.library.values import Row
from readq.model.paper import PaperId
from readq.tui import present
from readq.tui.remembered import Spot
from readq.tui.signs import Signs
from readq.tui.widgets.line_list import LineList


class Rows(Protocol):
    """Where the papers' lines come from."""

    def row(self, paper: PaperId, /) -> Row:
        """A paper as a line."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A heading, or a paper with its place in the queue (None: it is read without being queued)."""

    heading: str = ""
    paper: PaperId | None = None
    place: int | None = None


def queue_lines(
    queue: Sequence[PaperId],
    reading: Sequence[PaperId],
    *,
    only: Collection[PaperId] | None = None,
) -> list[QueueLine]:
    """The lines of the queue; places count the whole queue, also when a filter leaves some out."""

    def fits(paper: PaperId) -> bool:
        return only is None or paper in only

    queued = set(queue)
    lines: list[QueueLine] = []
    if beside := [paper for paper in reading if paper not in queued and fits(paper)]:
        lines.append(QueueLine(heading="Being read, not in the queue"))
        lines += [QueueLine(paper=paper) for paper in beside]
    placed = [
        QueueLine(paper=paper, place=place) for place, paper in enumerate(queue, 1) if fits(paper)
    ]
    head = [line for line in placed if line.place == 1]
    later = placed[len(head) :]
    if head:
        lines += [QueueLine(heading="Next"), *head]
    if later:
        lines += [QueueLine(heading="Then"), *later]
    return lines


class QueueList(LineList):
    """Numbers say the order; the next paper stands under a heading of its own."""

    def __init__(
        self,
        rows: Rows,
        highlighted: Callable[[], None],
        *,
        marks: Collection[PaperId],
        signs: Signs,
        id: str | None = None,
    ) -> None:
        super().__init__(highlighted, id=id)
        self._rows = rows
        self._marks = marks
        self._signs = signs
        self._lines: list[QueueLine] = []

    @property
    def at_cursor(self) -> QueueLine | None:
        """What the cursor stands on."""
        return self._lines[self.cursor] if self._lines else None

    def line_count(self) -> int:
        """How many lines there are, headings among them."""
        return len(self._lines)

    def can_stand_on(self, line: int) -> bool:
        """Headings cannot be chosen."""
        return self._lines[line].paper is not None

    def draw(self, line: int, width: int) -> Content:
        """A heading or a paper."""
        here = self._lines[line]
        if here.paper is None:
            return present.heading_row(here.heading, width=width, signs=self._signs)
        digits = len(str(self._lines[-1].place or 1))
        return present.paper_row(
            self._rows.row(here.paper),
            width=width,
            indent=1,
            place=f"{here.place or '':>{digits}}",
            marked=here.paper in self._marks,
            strong=here.place == 1,
            signs=self._signs,
        )

    def show(self, lines: Sequence[QueueLine]) -> None:
        """Show other lines; the cursor stays on its paper, else where it was."""
        kept = self.at_cursor
        self._lines = list(lines)
        self.rows_changed()
        line = self._line_of(kept.paper) if kept is not None and kept.paper else None
        self.move_to(self.cursor if line is None else line)

    def refresh_papers(self, papers: Iterable[PaperId]) -> None:
        """Draw the lines of these papers anew."""
        changed = set(papers)
        for number, line in enumerate(self._lines):
            if line.paper in changed:
                self.refresh_line(number)

    def go_to(self, paper: PaperId) -> bool:
        """Put the cursor on a paper; whether it is there."""
        line = self._line_of(paper)
        if line is not None:
            self.move_to(line)
        return line is not None

    @property
    def spot(self) -> Spot:
        """Where the reader is."""
        here = self.at_cursor
        return Spot(paper=here.paper if here else None, row=self.row)

    def return_to(self, spot: Spot) -> None:
        """Put the cursor where it was: before the first layout."""
        line = self._line_of(spot.paper) if spot.paper else None
        if line is not None:
            self.start_at(line, spot.row)

    def _line_of(self, paper: PaperId) -> int | None:
        return next((n for n, line in enumerate(self._lines) if line.paper == paper), None)
