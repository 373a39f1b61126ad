"""What may follow a key; until it comes, no other key acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.screen import ModalScreen

from readq.tui import keymap
from readq.tui.widgets.bars import KeyBar

Answer = TypeVar("Answer")


class FollowingKey(ModalScreen["Answer | None"], Generic[Answer]):
    """One line of keys at the bottom; any other key leaves it with None."""

    CSS = "FollowingKey { background: transparent; & > KeyBar { background: $primary 30%; } }"
    KEYS: ClassVar[Sequence[Any]] = ()
    """The bindings that may follow, the one that leaves last; also the `BINDINGS`."""
    NAME: ClassVar[str] = ""
    """What the line begins with."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """What may follow."""
        *answers, cancel = keymap.shown(self.KEYS, self._keys)
        yield KeyBar(answers, last=[cancel], first=self.NAME)

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
