"""A paper's note, written in the app."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from readq.model.entry import Entry
from readq.tui import keymap, present
from readq.tui.drafts import Draft, Drafts

_DRAFT_SECONDS = 1.0
"""How much of the time of typing may be lost."""


class NoteDialog(ModalScreen[None]):
    """A Markdown editor. `save` says whether the text is kept; only then it closes.

    Until then the text is among the `drafts`.
    """

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

    def __init__(
        self, entry: Entry, save: Callable[[str, str], bool], *, drafts: Drafts, told: str = ""
    ) -> None:
        """`save` gets the text and the one it was made from; `told` is said of a draft that is there."""
        super().__init__()
        self._entry = entry
        self._save = save
        self._drafts = drafts
        self._told = told
        paper = entry.paper.id
        self._start = drafts.of(paper) or Draft(paper, entry.record.note, entry.record.note)
        self._due: Timer | None = None
        self._saved = False
        self._text: Callable[[], str] = lambda: (
            self._start.text
        )  # what stands there, also once the editor is gone

    def compose(self) -> ComposeResult:
        """Title, what is known of the paper, the text."""
        with Vertical() as box:
            box.border_title = present.label(self._entry.paper.title)
            box.border_subtitle = "Markdown · esc saves and leaves"
            yield Static(present.note_head(self._entry, self._told), markup=False)
            yield TextArea.code_editor(
                self._start.text,
                language="markdown",  # colours where `textual[syntax]` is there, plain text elsewhere
                theme="css",
                soft_wrap=True,
                show_line_numbers=False,
                placeholder="What is it about? What do you want to remember?",
            )

    def on_mount(self) -> None:
        """Go on where the text ends."""
        area = self.area
        self._text = lambda: area.text
        area.focus()
        area.move_cursor(area.document.end)

    @on(TextArea.Changed)
    def _changed(self) -> None:
        # Not put off by the next key: who types without a pause must not lose more.
        if self._due is None:
            self._due = self.set_timer(_DRAFT_SECONDS, self._draft_apart)

    def _draft_apart(self) -> None:
        self._due = None
        self.run_worker(partial(self._keep_draft, self._text()), thread=True, exit_on_error=False)

    def keep_draft(self) -> None:
        """Write down what stands there, at once: readq is about to end."""
        self._keep_draft(self._text())

    def _keep_draft(self, text: str) -> None:
        start = self._start
        if text == start.base:
            self._drafts.drop(start.paper)
        else:
            draft = start if text == start.text else start._replace(text=text, at="")
            self._drafts.keep(draft, wanted=lambda: not self._saved)

    def on_unmount(self) -> None:
        """Whatever ends readq, the text is kept."""
        if not self._saved:
            self._keep_draft(self._text())

    def keep(self) -> bool:
        """Save what stands there; whether it is kept."""
        text = self._text()
        if self._save(text if text.strip() else "", self._start.base):
            self._saved = True
            self._drafts.drop(self._start.paper)
        return self._saved

    def action_leave(self) -> None:
        """Save and leave; what cannot be saved stays open."""
        if self.keep():
            self.dismiss(None)
