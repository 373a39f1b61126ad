"""What may follow the copy key; until it comes, no other key acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from readq.tui import keymap
from readq.tui.screens.opening import Copyable
from readq.tui.widgets.bars import KeyBar


class CopyDialog(ModalScreen[Copyable | None]):
    """One line of keys at the bottom; any other key leaves it."""

    CSS = "CopyDialog { background: transparent; & > KeyBar { background: $primary 30%; } }"
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.COPIES)

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """What may follow."""
        *forms, cancel = keymap.shown(keymap.COPIES, self._keys)
        yield KeyBar(forms, last=[cancel], first="copy")

    def action_copy(self, what: Copyable) -> None:
        """This is what is wanted."""
        self.dismiss(what)

    def action_cancel(self) -> None:
        """Nothing is wanted."""
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
