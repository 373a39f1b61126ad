"""A paper's note, written in the app."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from readq.model.entry import Entry
from readq.tui import keymap, present


class NoteDialog(ModalScreen[None]):
    """A Markdown editor. `save` gets the text and says whether it is kept; only then it closes."""

    CSS = """
    NoteDialog {
        align: center middle;
        & > Vertical {
            width: 92%;
            max-width: 104;
            height: 88%;
            border: round $primary;
            background: $surface;
        }
        Static { height: 2; padding: 0 1; color: $text-muted; }
        TextArea { border: none; height: 1fr; padding: 0 1; background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.NOTE)
    area = getters.query_one(TextArea)

    def __init__(self, entry: Entry, save: Callable[[str], bool]) -> None:
        super().__init__()
        self._entry = entry
        self._save = save

    def compose(self) -> ComposeResult:
        """Title, what is known of the paper, the text."""
        with Vertical() as box:
            box.border_title = present.label(self._entry.paper.title)
            box.border_subtitle = "Markdown · esc saves and leaves"
            yield Static(present.label(present.summary(self._entry)), markup=False)
            yield TextArea.code_editor(
                self._entry.record.note,
                language="markdown",  # colours where `textual[syntax]` is there, plain text elsewhere
                theme="css",
                soft_wrap=True,
                show_line_numbers=False,
                placeholder="What is it about? What do you want to remember?",
            )

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self.area.focus()
        self.area.move_cursor(self.area.document.end)

    def keep(self) -> bool:
        """Save what stands there; whether it is kept."""
        text = self.area.text
        return self._save(text if text.strip() else "")

    def action_leave(self) -> None:
        """Save and leave; what cannot be saved stays open."""
        if self.keep():
            self.dismiss(None)
