"""A program in a pseudo-terminal: type keys, read the screen, keep every byte that it wrote."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil
import pyte

_NAMED = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "backspace": "\x7f",
}
# pyte draws the final letter of private sequences that it does not know.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;]*\$[a-z]"
)


class ProgramTimeout(AssertionError):
    """The screen never showed what was waited for."""


class ProgramInTerminal:
    """`command` on a terminal of `columns` x `rows`; leaving the block kills it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.written = bytearray()
        """Every byte that the program sent to the terminal."""
        self.exit_code: int | None = None
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # the child: nothing but exec may happen here
            try:
                if cwd is not None:
                    os.chdir(cwd)
                terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
                os.execvpe(command[0], list(command), {**os.environ, **terminal, **(env or {})})
            finally:
                os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """What the screen shows, a line a row."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, *keys: str) -> None:
        """Press keys: characters as they are, others by name: "enter", "esc", "ctrl+r"."""
        for key in keys:
            data = chr(ord(key[-1]) & 31) if key.startswith("ctrl+") else _NAMED.get(key, key)
            os.write(self._fd, data.encode())

    def wait_for(self, pattern: str, *, seconds: float = 30.0) -> float:
        """Read until the screen matches `pattern`; seconds since the call."""
        began = time.perf_counter()
        while not re.search(pattern, self.text):
            if time.perf_counter() - began > seconds or not self.alive():
                while self._read(0.05):
                    pass
                if re.search(pattern, self.text):
                    break
                raise ProgramTimeout(f"{pattern!r} never came; the screen:\n{self.text}")
            self._read(0.01)
        return time.perf_counter() - began

    def settle(self, *, quiet: float = 0.2, seconds: float = 15.0) -> float:
        """Read until nothing has come for `quiet` seconds; when the last byte came, since the call."""
        began = last = time.perf_counter()
        while (now := time.perf_counter()) - last < quiet and now - began < seconds:
            if self._read(0.005):
                last = time.perf_counter()
            elif not self.alive():
                break
        return last - began

    def alive(self) -> bool:
        """Whether the program still runs; `exit_code` is set once it does not."""
        if self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
        return self.exit_code is None

    def wait(self, *, seconds: float = 20.0) -> int | None:
        """The exit code, once the program has ended; None if it still runs after `seconds`."""
        end = time.perf_counter() + seconds
        while self.alive() and time.perf_counter() < end:
            self._read(0.01)
        return self.exit_code

    def resident_mb(self) -> float:
        """Resident memory of the program, MB."""
        return float(psutil.Process(self.pid).memory_info().rss) / 1e6

    def kill(self, sig: int = signal.SIGKILL) -> None:
        """End the program and close the terminal."""
        if self.alive():
            os.kill(self.pid, sig)
            if self.wait() is None:
                os.kill(self.pid, signal.SIGKILL)
                self.wait()
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _read(self, seconds: float) -> bool:
        if self._fd < 0 or not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # Linux answers so when the program has closed its end
            data = b""
        if not data:
            time.sleep(0.002)
            return False
        self.written += data
        self._answer(data)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
        return True

    def _answer(self, data: bytes) -> None:
        """The replies that a real terminal gives, so that no program waits for them."""
        if b"\x1b[6n" in data:
            where = f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R"
            os.write(self._fd, where.encode())
        if b"\x1b[c" in data:
            os.write(self._fd, b"\x1b[?62;22c")
        for mode in re.findall(rb"\x1b\[\?(\d+)\$p", data):
            os.write(self._fd, b"\x1b[?" + mode + b";2$y")
