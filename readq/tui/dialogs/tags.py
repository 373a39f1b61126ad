"""The tags of one or more papers, as words with commas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Static

from readq.tui import keymap, present


class KnownTags(Suggester):
    """Completes the last word with a tag that is in use."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """`value` with its last tag completed; None when there is nothing to add."""
        before, _, last = value.rpartition(",")
        word = last.strip()
        if not word:
            return None
        taken = set(split_tags(before))
        for tag in self._known:
            if tag.casefold().startswith(word.casefold()) and tag not in taken and tag != word:
                return value + tag[len(word) :]
        return None


def split_tags(text: str) -> list[str]:
    """The tags in words with commas; a leading # is a manner of writing."""
    tags = (" ".join(part.split()).lstrip("#").strip() for part in text.split(","))
    return list(dict.fromkeys(filter(None, tags)))


class TagsDialog(ModalScreen[tuple[str, ...] | None]):
    """Gives the tags as they should be, or None."""

    CSS = """
    TagsDialog {
        align: center middle;
        & > Vertical {
            width: 90%;
            max-width: 76;
            height: auto;
            border: round $primary;
            background: $surface;
            padding: 0 1;
        }
        Input { background: $boost; }
        Static { color: $text-muted; height: auto; max-height: 4; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.TAGS)
    input = getters.query_one(Input)

    def __init__(self, what: str, tags: Sequence[str], *, known: Sequence[str]) -> None:
        super().__init__()
        self._what = what
        self._tags = tags
        self._known = known

    def compose(self) -> ComposeResult:
        """A line to type in, the tags in use."""
        value = ", ".join(self._tags)
        with Vertical() as box:
            box.border_title = present.tags_title(self._what)
            box.border_subtitle = "commas between tags · enter keeps them · esc leaves"
            yield Input(
                f"{value}, " if value else "",
                placeholder="attention, to discuss",
                suggester=KnownTags(self._known),
                select_on_focus=False,
                compact=True,
            )
            yield Static(present.known_tags(self._known), markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.input.focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(tuple(split_tags(self.input.value)))

    def action_complete(self) -> None:
        """Take what is suggested."""
        self.input.action_cursor_right()
        self.input.action_end()

    def action_cancel(self) -> None:
        """Leave the tags as they are."""
        self.dismiss(None)
