"""What was done, the newest first, a line an event."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from textual.content import Content
from textual.message import Message

from readq.model.record import Event, Stamp
from readq.tui import present
from readq.tui.signs import Signs
from readq.tui.widgets.line_list import LineList


def not_standing(events: Sequence[Event]) -> frozenset[Stamp]:
    """Those of `events` (the newest first, none left out) that were taken back and not done again."""
    settled: set[Stamp | None] = set()
    undone: set[Stamp] = set()
    for event in events:
        if event.undoes is not None and event.undoes not in settled:
            undone.add(event.undoes)
        settled |= {event.undoes, event.redoes}
    return frozenset(undone)


class HistoryList(LineList):
    """Draws the events in sight; `describe` puts one into words, `all_of_it` gets those not shown yet."""

    class ToPaper(Message):
        """The reader wants to see the paper of the event at the cursor."""

    def __init__(
        self,
        highlighted: Callable[[], None],
        *,
        describe: Callable[[Event], str],
        all_of_it: Callable[[], None],
        today: Callable[[], date],
        signs: Signs,
    ) -> None:
        super().__init__(highlighted)
        self._describe = describe
        self._all_of_it = all_of_it
        self._today = today
        self._signs = signs
        self._events: Sequence[Event] = ()
        self._undone: Collection[Stamp] = ()

    @property
    def at_cursor(self) -> Event | None:
        """The event at the cursor."""
        return self._events[self.cursor] if self._events else None

    @property
    def undone(self) -> Collection[Stamp]:
        """The events that do not stand."""
        return self._undone

    def show(self, events: Sequence[Event]) -> None:
        """Show other events; the cursor stays on its event, else it goes to the newest."""
        kept = self.at_cursor
        self._events, self._undone = events, not_standing(events)
        line = next((n for n, one in enumerate(events) if kept and one.id == kept.id), 0)
        self.rows_changed()
        self.move_to(line)

    def line_count(self) -> int:
        """How many events are shown."""
        return len(self._events)

    def draw(self, line: int, width: int) -> Content:
        """An event."""
        event = self._events[line]
        return present.event_row(
            event,
            self._describe(event),
            width=width,
            today=self._today(),
            undone=event.id in self._undone,
            signs=self._signs,
        )

    def action_last(self) -> None:
        """To the first thing ever done."""
        self._all_of_it()
        super().action_last()

    def action_inwards(self) -> None:
        """To the paper."""
        if self._events:
            self.post_message(self.ToPaper())
