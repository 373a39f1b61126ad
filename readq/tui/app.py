"""The app: library, modes, themes and keymap wired together; it knows nothing of any one screen."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar

from textual.actions import ActionParseResult
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import Screen

from readq.config import Config
from readq.errors import ReadqError
from readq.library.library import Library
from readq.library.values import Changed
from readq.library.wording import FIRST_RUN
from readq.model import text as texts
from readq.model.paper import PaperId
from readq.tui import keymap, signs, themes
from readq.tui.drafts import Drafts, beside_library
from readq.tui.messages import Listener
from readq.tui.remembered import Memory, View

_REFRESH_SECONDS = 1.0
"""How often the library is asked for what other processes did."""
_TOAST_SECONDS = 4.0


def _library_screen() -> Screen[Any]:
    from readq.tui.screens.library import LibraryScreen

    return LibraryScreen()


def _queue_screen() -> Screen[Any]:
    from readq.tui.screens.queue import QueueScreen

    return QueueScreen()


class ReadqApp(App[None]):
    """readq on a terminal.

    `today` is the day that dates are told from, `memory` knows how the app was left,
    `drafts` the notes that were not saved then.
    """

    TITLE = "readq"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # ours is bound by the screens, with providers of ours
    DEFAULT_MODE = "library"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "library": _library_screen,
        "queue": _queue_screen,
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True, system=True)
    ]

    def __init__(
        self,
        library: Library,
        *,
        config: Config | None = None,
        today: Callable[[], date] | None = None,
        memory: Memory | None = None,
        drafts: Drafts | None = None,
    ) -> None:
        self.drafts = drafts or Drafts(None)
        """The notes that were never saved."""
        self._memory = memory or Memory(None)
        self.view = self._memory.read()
        """How the app was left."""
        if self.view.mode in self.MODES:
            self.DEFAULT_MODE = self.view.mode  # type: ignore[misc]  # Textual asks the app
        super().__init__()
        config = config or Config()
        self.library = library
        self.today = today or (lambda: datetime.now(UTC).astimezone().date())
        self.signs = signs.ASCII if config.ascii else signs.UNICODE
        self.marks: dict[PaperId, None] = {}
        """The marked papers, in the order of marking."""
        self.show_dropped = self.view.show_dropped
        """Whether dropped papers are in the tree."""
        read = keymap.read(config.keys)
        self.keys = read.keys
        """Binding id to the user's key."""
        self._problems = list(read.problems)
        self._closed = False
        self.newcomer = [one.act for one in library.history(limit=2)] == [FIRST_RUN]
        """Whether nothing was ever done, but that there are lists."""
        self._newest: Notification | None = None
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = self._theme_at_first = self._known_theme(config.theme)

    def _known_theme(self, name: str | None) -> str:
        if name is None:
            name = self.view.theme
            return name if name in self.available_themes else themes.DEFAULT
        if name in self.available_themes:
            return name
        self._problems.append(f"There is no theme {name!r}")
        return themes.DEFAULT

    def on_mount(self) -> None:
        """Listen to the library."""
        if self.keys:
            self.set_keymap(self.keys)
        self.library.subscribe_changes(self._changed)
        self.set_interval(_REFRESH_SECONDS, self._pick_up)

    def _greet(self) -> None:
        """Say what there is to say at the start."""
        if self.library.read_only:
            self.notify(f"Read-only: {self.library.read_only}", severity="warning", timeout=8)
        for notice in self.library.notices:
            self.notify(notice, timeout=8)
        for problem in self._problems:
            self.notify(problem, severity="warning", timeout=10)
        self._tell_drafts()

    def _tell_drafts(self) -> None:
        """Say which notes were being written when readq ended."""
        titles = []
        for draft in self.drafts.all():
            try:
                titles.append(self.library.row(draft.paper).title)
            except ReadqError:
                continue  # told of when its paper is there again
        if titles:
            which = titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"
            key = keymap.key_of("note", self.keys)
            self.notify(f"A note was not saved; {key} goes on with it: {which}", timeout=12)

    def on_ready(self) -> None:
        """The first paint is done: collect garbage again (see `run`), and speak."""
        gc.freeze()
        gc.enable()
        self._greet()

    def on_unmount(self) -> None:
        """Changes of the library concern this app no more."""
        self._closed = True

    def _changed(self, changed: Changed) -> None:
        if self._closed:
            return
        if self._thread_id != threading.get_ident():  # a list was fetched apart
            self.call_from_thread(self._changed, changed)
            return
        self.newcomer = False
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Listener):
                    screen.library_changed(changed)

    def remember(self) -> None:
        """Keep in mind how the app looks."""
        from readq.tui.screens.core import Core

        spots = dict(self.view.spots)
        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Core) and screen.is_mounted:
                    spots[screen.MODE] = screen.spot()
        self.view = View(
            mode=self.current_mode,
            spots=spots,
            theme=self.theme if self.theme != self._theme_at_first else self.view.theme,
            show_dropped=self.show_dropped,
        )
        self._memory.write(self.view)

    def on_exit_app(self) -> None:
        """The reader leaves."""
        self.remember()

    def _pick_up(self) -> None:
        if getattr(self.screen, "busy", False):
            return  # another thread is at the library
        if self.current_mode != self.view.mode:
            self.remember()
        try:
            self.library.refresh()
        except ReadqError as error:
            self.tell_error(error)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Tell the user something, as plain text: words of papers are in it.

        Without a `timeout` it is of passing interest: it takes the place of what is told, and
        makes room for what is told next. May be called from any thread.
        """
        message = texts.clean_block(message, limit=600)
        if timeout is not None:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)
            return
        self._newest = toast = Notification(message, title, severity, _TOAST_SECONDS, markup=False)
        self.call_later(self._tell, toast)

    def _tell(self, toast: Notification) -> None:
        from readq.tui.screens.core import Core

        if toast is self._newest:  # of several that came at once, only the last is news
            screen = self.screen
            if isinstance(screen, Core):
                screen.make_room_for_toasts()
            self.clear_notifications()
            self.post_message(Notify(toast))

    async def go_to(self, paper: PaperId) -> None:
        """Put the cursor on a paper: in this mode if it is there, else in the library."""
        from readq.tui.screens.core import Core

        screen = self.screen
        if isinstance(screen, Core) and screen.go_to(paper):
            return
        await self.switch_mode("library")
        if isinstance(self.screen, Core):
            self.screen.reveal(paper)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key or a click asks for; what goes wrong is told, in one line."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except ReadqError as error:
            self.tell_error(error)
        except OSError as error:
            self.notify(f"{error.strerror or error}", severity="error")
        return True

    def tell_error(self, error: ReadqError) -> None:
        """Tell what went wrong, in one line, and what to do about it."""
        hint = f". {error.hint}" if error.hint else ""
        self.notify(f"{error.message}{hint}", severity="error")

    def write_to_terminal(self, sequence: str) -> None:
        """Send a sequence of ours to the terminal; nothing happens without one."""
        if self._driver is not None:
            self._driver.write(sequence)

    def action_help_quit(self) -> None:
        """What Textual does for ctrl+c, in words of ours."""
        self.notify(f"{keymap.key_of('quit', self.keys)} leaves readq")

    def action_leave(self) -> None:
        """Quit; what is being written is kept first."""
        from readq.tui.dialogs.note import NoteDialog

        if isinstance(self.screen, NoteDialog):
            self.screen.keep()
        self.exit()

    def keep_drafts(self) -> None:
        """Write down what is being written: readq is about to end."""
        from readq.tui.dialogs.note import NoteDialog

        for stack in self._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, NoteDialog):
                    screen.keep_draft()


def run(library: Library, *, config: Config | None = None, memory: Memory | None = None) -> None:
    """Run the app until the user leaves it. The library is the caller's to close.

    With a `memory` it comes back as it was left.
    """
    drafts = Drafts(beside_library(library.paths))
    # Everything made until the first paint lives as long as the app: nothing to look for in it.
    gc.disable()
    app = ReadqApp(library, config=config, memory=memory, drafts=drafts)
    _keep_drafts_at_signals(app)
    app.run()


def _keep_drafts_at_signals(app: ReadqApp) -> None:
    """Before a closed terminal or a shutdown ends readq, keep what is being written."""

    def handle(number: int, _frame: object) -> None:
        app.keep_drafts()
        if number == signal.SIGTERM:
            app.exit(return_code=128 + number)
        else:  # without a terminal there is none to tidy up, and waiting for one would not end
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    for name in ("SIGHUP", "SIGTERM"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, handle)


def home_file(path: Path) -> str:
    """A path as a person writes it, with `~` for the home folder."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
