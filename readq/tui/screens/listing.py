"""The lists of the library."""

from __future__ import annotations

from readq.tui import keymap
from readq.tui.screens.acting import Acting


class Listing(Acting):
    """The key that shows the lists."""

    async def action_lists(self, how: str = "") -> None:
        """Show the lists; with "add", ready to add one."""
        from readq.tui.dialogs.lists import ListsDialog

        dialog = ListsDialog(
            self.app.library,
            undo_key=keymap.said("undo", self.app.keys),
            adding=how == "add",
        )
        await self.app.push_screen(dialog)
