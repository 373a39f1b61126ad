"""What may follow the key to rate."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from readq.tui import keymap
from readq.tui.dialogs.following import FollowingKey


class RatingDialog(FollowingKey[int]):
    """Gives a number from 0 to 5."""

    BINDINGS: ClassVar[list[BindingType]] = list(keymap.RATINGS)
    KEYS = keymap.RATINGS
    NAME = "rate"

    def action_rate(self, stars: int) -> None:
        """So many; 0 for none."""
        self.dismiss(stars)
