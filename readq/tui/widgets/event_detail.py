"""One event in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from readq.model.paper import PaperId
from readq.model.record import Event
from readq.tui import present
from readq.tui.signs import Signs
from readq.tui.widgets.text_pane import TextPane


class EventDetail(TextPane, can_focus=False):
    """Shows an event: when, what, and what changed for which papers."""

    def __init__(self, *, title_of: Callable[[PaperId], str], signs: Signs) -> None:
        super().__init__(signs=signs)
        self._title_of = title_of
        self._shown: tuple[Event, str, str, Sequence[str]] | None = None

    def show(
        self, event: Event | None, *, words: str = "", state: str = "", later: Sequence[str] = ()
    ) -> None:
        """Show an event in `words`, whether it stands, and what came `later` and depends on it."""
        another = event is None or self._shown is None or event.id != self._shown[0].id
        self._shown = None if event is None else (event, words, state, later)
        self.text_changed(from_top=another)

    def text(self, width: int) -> Content:
        """The event."""
        if self._shown is None:
            return Content("")
        event, words, state, later = self._shown
        return present.event_detail(
            event, words, state=state, later=later, title_of=self._title_of, signs=self.signs
        )
