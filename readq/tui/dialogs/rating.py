"""What may follow the key to rate; until it comes, no other key acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from readq.tui import keymap
from readq.tui.widgets.bars import KeyBar


class RatingDialog(ModalScreen[int | None]):
    """One line of keys at the bottom; gives a number from 0 to 5, or None."""

    CSS = "RatingDialog { background: transparent; & > KeyBar { background: $primary 30%; } }"
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.RATINGS)

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """What may follow."""
        *stars, cancel = keymap.shown(keymap.RATINGS, self._keys)
        yield KeyBar(stars, last=[cancel], first="rate")

    def action_rate(self, stars: int) -> None:
        """So many; 0 for none."""
        self.dismiss(stars)

    def action_cancel(self) -> None:
        """The rating stays as it is."""
        self.dismiss(None)

    @on(KeyBar.Chosen)
    async def _chosen(self, event: KeyBar.Chosen) -> None:
        await self.run_action(event.action)

    def on_key(self) -> None:
        """Keys without a meaning here leave."""
        self.dismiss(None)

    def on_click(self) -> None:
        """Clicks beside it leave."""
        if self.is_current:
            self.dismiss(None)
