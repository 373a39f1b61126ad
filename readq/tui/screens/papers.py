"""What a mode with papers is made of."""

from __future__ import annotations

from readq.tui.screens.listing import Listing
from readq.tui.screens.opening import Opening
from readq.tui.screens.writing import Writing


class PapersScreen(Opening, Writing, Listing):
    """All keys of `keymap.PAPERS`, each with what it does."""
