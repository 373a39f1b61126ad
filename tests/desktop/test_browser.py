from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from readq.desktop import browser
from readq.desktop.browser import Launch, Opened, launch, needs_terminal, open_url, safe_url
from readq.errors import DesktopError

URL = "https://example.org/a?b=c&d=e"
SCREEN = {"DISPLAY": ":0"}


def installed(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/bin/{name}" if name in names else None


class Machine:
    """Programs that only note that they were started."""

    def __init__(self, *names: str) -> None:
        self.find = installed(*names)
        self.started: list[tuple[str, ...]] = []
        self.in_front: list[tuple[str, ...]] = []
        self.copied: list[str] = []

    def start(self, command: Sequence[str]) -> None:
        self.started.append(tuple(command))

    def foreground(self, command: Sequence[str]) -> int:
        self.in_front.append(tuple(command))
        return 0

    def copy(self, text: str) -> bool:
        self.copied.append(text)
        return True


def test_the_url_gate_explains_itself() -> None:
    assert safe_url("https://example.org/ü") == "https://example.org/%C3%BC"
    with pytest.raises(DesktopError, match="not opened: the address is not an http or https one"):
        safe_url("javascript:alert(1)")


@pytest.mark.parametrize(
    ("env", "platform", "programs", "command"),
    [
        (SCREEN, "linux", ["xdg-open", "firefox"], ("/bin/xdg-open", URL)),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["gio"], ("/bin/gio", "open", URL)),
        ({}, "darwin", ["open"], ("/bin/open", URL)),
        ({}, "win32", ["rundll32"], ("/bin/rundll32", "url.dll,FileProtocolHandler", URL)),
        ({"WSL_DISTRO_NAME": "Ubuntu"}, "linux", ["wslview", "powershell.exe"], ("/bin/wslview", URL)),
        (
            {"WSL_DISTRO_NAME": "Ubuntu"}, "linux", ["powershell.exe"],
            ("/bin/powershell.exe", "-NoProfile", "-NonInteractive", "-Command", f"Start-Process '{URL}'"),
        ),
        ({**SCREEN, "BROWSER": "firefox"}, "linux", ["firefox", "xdg-open"], ("/bin/firefox", URL)),
        ({**SCREEN, "BROWSER": "none:firefox --new-tab %s:x"}, "linux", ["firefox"], ("/bin/firefox", "--new-tab", URL)),
        ({**SCREEN, "BROWSER": "'my browser' --url=%s &"}, "linux", ["my browser"], ("/bin/my browser", f"--url={URL}")),
        ({**SCREEN, "BROWSER": "none:'open:"}, "linux", ["xdg-open"], ("/bin/xdg-open", URL)),
        ({"BROWSER": "firefox"}, "linux", ["firefox"], ("/bin/firefox", URL)),
        ({"BROWSER": "firefox", "SSH_CONNECTION": "x"}, "linux", ["firefox"], ("/bin/firefox", URL)),
    ],
)  # fmt: skip
def test_what_is_started(
    env: dict[str, str], platform: str, programs: list[str], command: tuple[str, ...]
) -> None:
    assert launch(URL, env=env, platform=platform, find=installed(*programs)) == Launch(command)


@pytest.mark.parametrize(
    ("env", "platform", "reason"),
    [
        ({}, "linux", "there is no display"),
        ({**SCREEN, "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, "linux", "readq runs over SSH"),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", "readq runs over SSH"),
        ({"WSL_DISTRO_NAME": "Ubuntu", "SSH_CLIENT": "x"}, "linux", "readq runs over SSH"),
        ({"BROWSER": "none", "SSH_CONNECTION": "x"}, "linux", "readq runs over SSH"),
    ],
)
def test_where_nothing_is_started(env: dict[str, str], platform: str, reason: str) -> None:
    everything = installed("xdg-open", "open", "wslview", "firefox")
    assert launch(URL, env=env, platform=platform, find=everything) == Launch(reason=reason)


def test_a_machine_without_a_browser() -> None:
    assert (
        launch(URL, env=SCREEN, platform="linux", find=installed()).reason == "no browser was found"
    )


@pytest.mark.parametrize("setting", ["lynx", "w3m %s", "/usr/bin/links", "elinks"])
def test_browsers_of_the_console_need_the_terminal(setting: str) -> None:
    env = {"BROWSER": setting}
    assert needs_terminal(URL, env=env, find=lambda name: name)
    assert not needs_terminal(URL, env=SCREEN, find=lambda name: name)


def test_opening_gives_the_gated_address_to_the_browser() -> None:
    machine = Machine("xdg-open")
    opened = open_url("https://example.org/ü'$(x)", env=SCREEN, platform="linux", find=machine.find, start=machine.start)  # fmt: skip
    safe = "https://example.org/%C3%BC%27$(x)"
    assert opened == Opened("browser", safe, "Opened with xdg-open")
    assert machine.started == [("/bin/xdg-open", safe)]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "-flag", "https://a b"]
)
def test_nothing_else_is_ever_opened(url: str) -> None:
    machine = Machine("xdg-open")
    with pytest.raises(DesktopError, match="not opened"):
        open_url(url, env=SCREEN, find=machine.find, start=machine.start, copy=machine.copy)
    assert machine.started == []
    assert machine.copied == []


def test_over_ssh_the_address_is_copied() -> None:
    machine = Machine("xdg-open")
    env = {**SCREEN, "SSH_CONNECTION": "x"}
    opened = open_url(URL, env=env, find=machine.find, start=machine.start, copy=machine.copy)
    assert opened == Opened("copied", URL, "Copied, as readq runs over SSH")
    assert (machine.started, machine.copied) == ([], [URL])


def test_without_a_clipboard_the_address_is_shown() -> None:
    opened = open_url(URL, env={}, platform="linux", copy=lambda _: False)
    assert opened == Opened("shown", URL, "Not opened, as there is no display")


def test_a_console_browser_runs_in_front_or_not_at_all() -> None:
    machine = Machine("w3m")
    env = {"BROWSER": "w3m"}
    opened = open_url(URL, env=env, find=machine.find, start=machine.start)
    assert opened == Opened("shown", URL, "Not opened, as w3m needs the terminal")
    assert open_url(URL, env=env, find=machine.find, foreground=machine.foreground).how == "browser"
    assert (machine.started, machine.in_front) == ([], [("/bin/w3m", URL)])


def test_a_browser_that_does_not_start_is_told() -> None:
    def fail(command: Sequence[str]) -> None:
        raise PermissionError(13, "Permission denied")

    opened = open_url(URL, env={"BROWSER": "fox"}, find=installed("fox"), start=fail)
    assert opened.detail == "Not opened, as fox failed: Permission denied"


def test_a_browser_cannot_draw_on_the_terminal_nor_hold_readq_up(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(*args: object, **options: object) -> subprocess.Popen[bytes]:
        ended.append(real(*args, **options))  # type: ignore[call-overload]
        return ended[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    told = tmp_path / "told"
    script = (
        "import os, sys; print('out'); print('err', file=sys.stderr); "
        "open(sys.argv[1], 'w').write(f'{os.getsid(0) == os.getpid()} {sys.stdin.read()!r}')"
    )
    browser.start_apart([sys.executable, "-c", script, str(told)])
    [process] = ended
    assert process.wait(30) == 0
    assert told.read_text() == "True ''"
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_fails_at_once_is_no_success() -> None:
    env = {"BROWSER": f"{sys.executable} -c raise(SystemExit(3))"}
    opened = open_url(URL, env=env)
    assert opened.how == "shown"
    assert opened.detail.endswith("failed: it ended with status 3")
