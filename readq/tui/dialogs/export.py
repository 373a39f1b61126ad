"""Papers written to a Markdown file."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal, Protocol

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from readq import atomic
from readq.errors import ReadqError
from readq.tui import keymap, present

What = Literal["lists", "queue", "filtered"]
_WORDS: dict[What, str] = {
    "filtered": "what the filter shows, grouped as in the lists",
    "lists": "all papers, grouped as in the lists",
    "queue": "the queue, in its order",
}


class MakeMarkdown(Protocol):
    """Gives papers as a Markdown document."""

    def __call__(self, query: str = "", *, by: Literal["lists", "queue"] = "lists") -> str:
        """The document."""


class ExportDialog(ModalScreen[str | None]):
    """Gives a sentence about what was written, or None. A file is replaced only when told twice."""

    CSS = """
    ExportDialog {
        align: center middle;
        & > Vertical {
            width: 90%;
            max-width: 76;
            height: auto;
            border: round $primary;
            background: $surface;
            padding: 0 1;
        }
        OptionList { border: none; height: auto; background: $surface; }
        Input { background: $boost; }
        Static { height: auto; min-height: 1; color: $text-muted; }
        .-wrong { color: $text-error; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = list(keymap.EXPORT)
    input = getters.query_one(Input)
    options = getters.query_one(OptionList)
    said = getters.query_one(Static)

    def __init__(
        self,
        make: MakeMarkdown,
        *,
        query: str = "",
        queue_first: bool = False,
        folder: Path | None = None,
    ) -> None:
        super().__init__()
        self._make = make
        self._query = query
        self._folder = folder or Path.cwd()
        choices: list[What] = ["queue", "lists"] if queue_first else ["lists", "queue"]
        self._choices: list[What] = ["filtered", *choices] if query else choices
        self._agreed: Path | None = None
        """The file that the user agreed to replace."""

    def compose(self) -> ComposeResult:
        """What, and where to."""
        with Vertical() as box:
            box.border_title = "Export as Markdown"
            box.border_subtitle = "↑ ↓ choose what · enter writes · esc leaves"
            yield OptionList(*(_WORDS[what] for what in self._choices), markup=False)
            yield Input("readq.md", compact=True, select_on_focus=False)
            yield Static(present.label(f"in {self._folder}"), markup=False)

    def on_mount(self) -> None:
        """The first choice is likely, the name can be typed at once."""
        self.options.highlighted = 0
        self.options.can_focus = False
        self.input.focus()

    def action_move(self, by: int) -> None:
        """Choose what to write."""
        at = (self.options.highlighted or 0) + by
        self.options.highlighted = max(0, min(at, len(self._choices) - 1))

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss(None)

    @on(Input.Changed)
    def _retyped(self) -> None:
        self._agreed = None

    @on(Input.Submitted)
    def _write(self) -> None:
        typed = self.input.value.strip()
        if not typed:
            self._tell("Where to? A path is needed")
            return
        path = self._folder / Path(typed).expanduser()
        if path.is_dir():
            self._tell(f"{path} is a folder: give a file's name")
            return
        if path.exists() and self._agreed != path:
            self._agreed = path
            self._tell(f"{path} is there: enter again replaces it")
            return
        what = self._choices[self.options.highlighted or 0]
        try:
            text = self._make(
                self._query if what == "filtered" else "",
                by="queue" if what == "queue" else "lists",
            )
            atomic.write_bytes(path, text.encode(), mode=0o644)
        except ReadqError as error:
            self._tell(error.message)
            return
        except OSError as error:
            self._tell(f"Not written: {error.strerror or error}")
            return
        self.dismiss(f"Written: {path}")

    def _tell(self, words: str) -> None:
        self.said.add_class("-wrong")
        self.said.update(present.label(words))
