"""Text given to the user's own editor, and taken back."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from readq.errors import DesktopError, ReadqError
from readq.model.text import slug

Run = Callable[[Sequence[str]], int]
"""Runs a program in the terminal, waits, and returns its exit status."""


def command(env: Mapping[str, str] = os.environ) -> list[str]:
    """The editor's program and arguments: `VISUAL`, else `EDITOR`, else vi.

    Raises `DesktopError` when a setting cannot be read.
    """
    for name in ("VISUAL", "EDITOR"):
        setting = env.get(name, "").strip()
        try:
            words = shlex.split(setting)
        except ValueError as error:
            raise DesktopError(
                f"{name} cannot be read: {setting}", hint="A quotation mark is left open"
            ) from error
        if words:
            return words
    return ["notepad"] if sys.platform == "win32" else ["vi"]


def edit(
    text: str,
    save: Callable[[str], object],
    *,
    name: str = "note",
    folder: Path | None = None,
    env: Mapping[str, str] = os.environ,
    run: Run | None = None,
) -> bool:
    """Let the user edit `text`; give what comes back to `save` if it differs; True if it did.

    An editor that exits with an error leaves everything as it was. `run` is where an app gives up
    its screen for the editor. When `save` raises, or the text cannot be read, the edited file is
    kept and the `DesktopError` names it. `folder` is where that file lies, only for the user to
    read; the system's temporary folder by default.
    """
    words = command(env)
    path = _write(text, name, folder)
    keep = False
    try:
        if _run(run or run_in_terminal, [*words, str(path)]) != 0 or not path.exists():
            return False
        keep = True
        edited = _read(path, text)
        if edited != text:
            save(edited)
        keep = False
        return edited != text
    except Exception as error:
        if not keep:
            raise
        reason = error.message if isinstance(error, ReadqError) else str(error)
        raise DesktopError(f"not saved: {reason}", hint=f"Your text is kept in {path}") from error
    finally:
        if not keep:
            path.unlink(missing_ok=True)


def run_in_terminal(words: Sequence[str]) -> int:
    """Run a program that owns the terminal until it ends."""
    if threading.current_thread() is not threading.main_thread():
        return subprocess.call(list(words))
    # Ctrl-C in the editor is the editor's. A handler, since "ignore" would be inherited.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(list(words))
    finally:
        signal.signal(signal.SIGINT, before)


def _run(run: Run, words: Sequence[str]) -> int:
    try:
        return run(words)
    except OSError as error:
        raise DesktopError(
            f"the editor {words[0]} did not start: {error.strerror or error}",
            hint="Set VISUAL or EDITOR to your editor",
        ) from error


def _write(text: str, name: str, folder: Path | None) -> Path:
    try:
        if folder is not None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes files that only their owner can read.
        handle, path = tempfile.mkstemp(
            prefix=f"{slug(name, limit=40) or 'note'}-", suffix=".md", dir=folder
        )
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="") as file:
            file.write(text)
    except OSError as error:
        raise DesktopError(f"no file for the editor: {error.strerror or error}") from error
    return Path(path)


def _read(path: Path, before: str) -> str:
    edited = path.read_bytes().decode("utf-8", "surrogatepass")
    # Most editors end the last line; that alone is no change.
    if edited.endswith("\n") and not before.endswith("\n"):
        edited = edited.removesuffix("\n").removesuffix("\r")
    return edited
