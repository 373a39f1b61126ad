"""Text put on the user's clipboard, which is never read.

Two ways lead there. The system's clipboard belongs to the machine that readq runs on; over SSH
that is the wrong one. OSC 52 asks the terminal, which is always in front of the user, but many
terminals ignore it without a word.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from readq.desktop.browser import has_display, remote
from readq.model.text import clean_block

LIMIT = 74_994
"""The most bytes that OSC 52 carries: 100,000 in base64 is where common terminals stop."""

_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")
_COPY = "import sys, pyperclip; pyperclip.copy(sys.stdin.buffer.read().decode())"


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text."""

    how: Literal["clipboard", "terminal", "none"]
    """The system's clipboard took it; the terminal was asked to; or neither."""
    detail: str
    """One sentence for a person."""


def copy(
    text: str,
    *,
    terminal_write: Callable[[str], None] | None = None,
    env: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    system: Callable[[str, Mapping[str, str]], bool] | None = None,
) -> Copied:
    """Copy `text`, cleaned of everything that a terminal would act upon.

    `terminal_write` takes raw output for the terminal; without it there is no OSC 52. Blocks for
    as long as the system's clipboard takes, two seconds at most: call it in a thread.
    """
    text = _LINE_BREAKS.sub(" ", clean_block(text)).strip("\n")
    if not text:
        return Copied("none", "There is nothing to copy")
    if not remote(env) and has_display(env, platform) and (system or copy_to_system)(text, env):
        return Copied("clipboard", "Copied")
    if terminal_write is None:
        return Copied("none", "Not copied: no clipboard was found")
    if len(text.encode()) > LIMIT:
        return Copied("none", "Not copied: too long for the terminal's clipboard")
    terminal_write(osc52(text, env))
    return Copied("terminal", "Sent to the terminal's clipboard")


def osc52(text: str, env: Mapping[str, str]) -> str:
    """The sequence that asks the terminal to copy, also from within tmux and GNU screen."""
    data = base64.b64encode(text.encode()).decode("ascii")
    plain = f"\x1b]52;c;{data}\x07"
    if env.get("TMUX"):
        # tmux takes the first when `set-clipboard` is on, the second when `allow-passthrough` is.
        return plain + "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if env.get("STY"):
        # screen hands on what is inside DCS, in pieces of limited length.
        pieces = [plain[start : start + 250] for start in range(0, len(plain), 250)]
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def copy_to_system(text: str, env: Mapping[str, str], *, timeout: float = 2.0) -> bool:
    """Give `text` to pyperclip; True when the clipboard has it, as far as can be told.

    In a process of its own: the programs that pyperclip starts write their errors on the terminal
    that readq draws on, fail without pyperclip noticing, and hang when a display does not answer.
    """
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _COPY],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                env=dict(env),
                start_new_session=True,
            )
        except OSError:
            return False
        try:
            process.communicate(text.encode(), timeout=timeout)
        except subprocess.TimeoutExpired:
            # The clipboard's program hangs, not Python: its whole group has to go.
            _kill_group(process)
            return False
        return process.returncode == 0 and os.fstat(complaints.fileno()).st_size == 0


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.communicate()
