"""What may follow the copy key."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from readq.tui import keymap
from readq.tui.dialogs.following import FollowingKey
from readq.tui.screens.opening import Copyable


class CopyDialog(FollowingKey[Copyable]):
    """Gives the form to copy."""

    BINDINGS: ClassVar[list[BindingType]] = list(keymap.COPIES)
    KEYS = keymap.COPIES
    NAME = "copy"

    def action_copy(self, what: Copyable) -> None:
        """This is what is wanted."""
        self.dismiss(what)
