"""Addresses opened in the user's browser: gated, and without a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from readq.errors import DesktopError
from readq.model.urls import gated

Find = Callable[[str], str | None]
"""Where a program is installed, as `shutil.which`."""
Start = Callable[[Sequence[str]], None]
"""Starts a program and returns soon; raises `OSError` when it cannot, or fails at once."""
Foreground = Callable[[Sequence[str]], int]
"""Runs a program that takes over the terminal and returns its exit status."""

_CONSOLE = {"lynx", "w3m", "links", "links2", "elinks", "browsh", "carbonyl", "chawan", "cha"}
_POWERSHELL = (
    "powershell.exe",
    "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe",
)
_LINUX = (
    ("xdg-open",),
    ("gio", "open"),
    ("x-www-browser",),
    ("firefox",),
    ("google-chrome",),
    ("chromium",),
)


@dataclass(frozen=True, slots=True)
class Launch:
    """How an address would be opened here."""

    command: tuple[str, ...] = ()
    """Program and arguments; empty when nothing may be started."""
    needs_terminal: bool = False
    """The program draws on the terminal that readq runs in."""
    reason: str = ""
    """Why nothing may be started, for a person."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of an address."""

    how: Literal["browser", "copied", "shown"]
    """Given to a browser; or not, and copied; or not, and left to be shown."""
    url: str
    """The address as it was or would be opened: what to show."""
    detail: str
    """One sentence for a person."""


def safe_url(url: str) -> str:
    """`url` in the form in which it may be opened; raises `DesktopError` when it may not be."""
    try:
        return gated(url)
    except ValueError as error:
        raise DesktopError(
            f"not opened: {error}", hint="Only http and https addresses are opened"
        ) from error


def needs_terminal(
    url: str, *, env: Mapping[str, str] = os.environ, find: Find = shutil.which
) -> bool:
    """Whether opening `url` here would take over the terminal (lynx, w3m …)."""
    return launch(safe_url(url), env=env, find=find).needs_terminal


def launch(
    url: str,
    *,
    env: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    find: Find = shutil.which,
) -> Launch:
    """What to start for `url`, which has passed `safe_url`.

    The user's `BROWSER` goes first. Otherwise nothing starts over SSH, where it would open on the
    wrong machine, and nothing without a display.
    """
    for command in _from_environment(url, env.get("BROWSER", "")):
        if program := find(command[0]):
            return Launch((program, *command[1:]), PurePath(command[0]).stem in _CONSOLE)
    if remote(env):
        return Launch(reason="readq runs over SSH")
    for command in _from_platform(url, env, platform):
        if program := find(command[0]):
            return Launch((program, *command[1:]))
    if not has_display(env, platform):
        return Launch(reason="there is no display")
    return Launch(reason="no browser was found")


def remote(env: Mapping[str, str]) -> bool:
    """Whether the terminal is on another machine than readq."""
    return any(env.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))


def has_display(env: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether windows can show: by variables on Linux, always elsewhere and under WSL."""
    if platform in {"darwin", "win32"} or _is_wsl(env):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def open_url(
    url: str,
    *,
    env: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    find: Find = shutil.which,
    start: Start | None = None,
    foreground: Foreground | None = None,
    copy: Callable[[str], bool] | None = None,
) -> Opened:
    """Open `url` and return within half a second.

    `foreground` runs a browser that needs the terminal (an app gives its screen up meanwhile);
    without it, such a browser is not started. Where nothing can be started, `copy` gets the
    address, if given. Raises `DesktopError` for an address that may not be opened.
    """
    url = safe_url(url)
    plan = launch(url, env=env, platform=platform, find=find)
    reason = plan.reason
    if plan.command:
        name = PurePath(plan.command[0]).name
        try:
            if not plan.needs_terminal:
                (start or start_apart)(plan.command)
                return Opened("browser", url, f"Opened with {name}")
            if foreground is not None:
                foreground(plan.command)
                return Opened("browser", url, f"Opened with {name}")
            reason = f"{name} needs the terminal"
        except OSError as error:
            reason = f"{name} failed: {error.strerror or error}"
    if copy is not None and copy(url):
        return Opened("copied", url, f"Copied, as {reason}")
    return Opened("shown", url, f"Not opened, as {reason}")


def start_apart(command: Sequence[str], *, patience: float = 0.5) -> None:
    """Start a program that outlives readq and cannot draw on its terminal.

    Raises `OSError` when it cannot start, or fails within `patience` seconds, as xdg-open does
    where there is nothing that it could open an address with.
    """
    process = subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if status := process.wait(patience):
            raise ChildProcessError(f"it ended with status {status}")
    except subprocess.TimeoutExpired:
        # Somebody has to take the exit status, or the ended program stays a zombie.
        threading.Thread(target=process.wait, name="readq-browser", daemon=True).start()


def _from_environment(url: str, setting: str) -> list[tuple[str, ...]]:
    """`BROWSER` as Python's own webbrowser reads it: several, by colons; `%s` is the address."""
    commands = []
    for one in setting.split(os.pathsep):
        try:
            words = shlex.split(one)
        except ValueError:
            continue
        if words and words[-1] == "&":
            words.pop()
        if not words:
            continue
        if any("%s" in word for word in words[1:]):
            commands.append((words[0], *(word.replace("%s", url) for word in words[1:])))
        else:
            commands.append((*words, url))
    return commands


def _from_platform(url: str, env: Mapping[str, str], platform: str) -> list[tuple[str, ...]]:
    if platform == "darwin":
        return [("open", url)]
    if platform == "win32":
        return [("rundll32", "url.dll,FileProtocolHandler", url)]
    if _is_wsl(env):
        # A gated address holds no quote; doubling them is PowerShell's own escape all the same.
        start = "Start-Process '" + url.replace("'", "''") + "'"
        options = ("-NoProfile", "-NonInteractive", "-Command", start)
        return [("wslview", url), *((shell, *options) for shell in _POWERSHELL)]
    if has_display(env, platform):
        return [(*command, url) for command in _LINUX]
    return []


def _is_wsl(env: Mapping[str, str]) -> bool:
    return bool(env.get("WSL_DISTRO_NAME") or env.get("WSL_INTEROP"))
