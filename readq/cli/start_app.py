"""Where the command line hands over to the app: the only module here that knows of it."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from readq.errors import UsageError

if TYPE_CHECKING:
    from readq.config import Config
    from readq.library.library import Library


def require_terminal() -> None:
    """Raise `UsageError` when there is no terminal to draw on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "the app needs a terminal", hint="readq ls prints papers; readq --help says the rest"
        )


def start(library: Library, config: Config, *, place: str = "library") -> None:
    """Run the app until the user leaves it.

    It comes back as it was left when the same `place` was shown.
    """
    from readq.tui.app import run
    from readq.tui.remembered import FILE_NAME, Memory

    gc.enable()
    run(library, config=config, memory=Memory(library.paths.cache / FILE_NAME, place=place))
