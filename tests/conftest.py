"""Keeps the machine, its user and its screen out of every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_USUAL = settings(
    deadline=None,  # speed is the benchmarks' business
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    print_blob=True,
)
# The same examples each time, so that a red run means a change; new ones are sought on purpose:
# pytest --hypothesis-profile=explore
settings.register_profile("readq", _USUAL, derandomize=True)
settings.register_profile("explore", _USUAL)
settings.load_profile("readq")

_OF_THE_MACHINE = (
    "BROWSER",
    "COLUMNS",
    "DISPLAY",
    "EDITOR",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "SSH_CLIENT",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TMUX",
    "VISUAL",
    "WAYLAND_DISPLAY",
    "WSL_DISTRO_NAME",
    "http_proxy",
    "https_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with nothing: the folder that readq keeps its things in."""
    for name in _OF_THE_MACHINE:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "home"
    monkeypatch.setenv("READQ_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder with the lists that readq ships with."""
    return Path(__file__).parent.parent / "seeds"
