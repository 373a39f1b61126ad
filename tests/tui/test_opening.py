"""What leaves the app: addresses and copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from readq.desktop.browser import Opened
from readq.desktop.clipboard import Copied
from readq.library.library import Library
from readq.model.status import Status
from tests.tui.helpers import BORN, KD, LINKLESS, Running, app_of, core, shown, toasts
from tests.tui.test_finding import click


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were given to the browser."""
    found: list[str] = []

    def open_url(url: str, **_: Any) -> Opened:
        found.append(url)
        return Opened("browser", url, "Opened with a browser")

    monkeypatch.setattr("readq.desktop.browser.open_url", open_url)
    return found


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were copied."""
    found: list[str] = []

    def copy(text: str, **_: Any) -> Copied:
        found.append(text)
        return Copied("clipboard", "Copied")

    monkeypatch.setattr("readq.desktop.clipboard.copy", copy)
    return found


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_o_opens_the_pdf_and_leaves_the_status(
    library: Library, running: Running, opened: list[str]
) -> None:
    async with running(library) as pilot:
        await pilot.press("o")
        await settle(pilot)
        assert opened == ["https://arxiv.org/pdf/1503.02531"]
        assert library.row(KD).status is Status.TO_READ
        assert "The PDF · Opened with a browser" in toasts(pilot)


async def test_capital_o_starts_reading(
    library: Library, running: Running, opened: list[str]
) -> None:
    library.toggle_done([BORN])
    async with running(library) as pilot:
        await pilot.press("O", "j", "O")
        await settle(pilot)
        assert library.row(KD).status is Status.READING
        assert library.row(BORN).status is Status.DONE
        assert len(opened) == 2


async def test_p_opens_the_page(library: Library, running: Running, opened: list[str]) -> None:
    async with running(library) as pilot:
        await pilot.press("j", "p")
        await settle(pilot)
        assert opened == ["https://arxiv.org/abs/1805.04770"]


async def test_a_paper_without_links_is_searched_for(
    library: Library, running: Running, opened: list[str]
) -> None:
    async with running(library) as pilot:
        await app_of(pilot).go_to(LINKLESS)
        await pilot.press("o")
        await settle(pilot)
        assert "A+Paper+without+Links" in opened[0].replace("%20", "+")
        assert "No link: a search for the title" in toasts(pilot)
        await pilot.press("f")
        assert "No links; o searches for its title" in toasts(pilot)


async def test_f_picks_a_link_by_its_number(
    library: Library, running: Running, opened: list[str]
) -> None:
    async with running(library) as pilot:
        await pilot.press("f")
        assert "2 code  https://github.com/a/kd" in shown(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert opened == ["https://github.com/a/kd"]
        await pilot.press("f", "j", "enter")
        await settle(pilot)
        assert opened == ["https://github.com/a/kd"] * 2
        await pilot.press("f", "escape")
        assert core(pilot).current == KD


async def test_links_can_be_clicked(library: Library, running: Running, opened: list[str]) -> None:
    async with running(library) as pilot:
        await click(pilot, "code")
        await settle(pilot)
        assert opened == ["https://github.com/a/kd"]


async def test_next_opens_and_starts_the_head_of_the_queue(
    library: Library, running: Running, opened: list[str]
) -> None:
    library.enqueue([BORN, KD])
    async with running(library) as pilot:
        await pilot.press("full_stop")
        await settle(pilot)
        assert opened == ["https://arxiv.org/pdf/1805.04770"]
        assert library.row(BORN).status is Status.READING
        assert core(pilot).current == BORN


async def test_next_of_an_empty_queue_says_so(
    library: Library, running: Running, opened: list[str]
) -> None:
    async with running(library) as pilot:
        await pilot.press("full_stop")
        await settle(pilot)
        assert opened == []
        assert "The queue is empty" in toasts(pilot)


async def test_over_ssh_the_address_is_copied_through_the_terminal_and_shown(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    written: list[str] = []
    async with running(library) as pilot:
        monkeypatch.setattr(app_of(pilot), "write_to_terminal", written.append)
        await pilot.press("o")
        await settle(pilot)
        assert written == ["\x1b]52;c;aHR0cHM6Ly9hcnhpdi5vcmcvcGRmLzE1MDMuMDI1MzE=\x07"]
        assert "Copied, as readq runs over SSH\nhttps://arxiv.org/pdf/1503.02531" in toasts(pilot)


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        ("t", lambda text: text == "Distilling the Knowledge in a Neural Network"),
        ("u", lambda text: text.startswith("https://arxiv.org/")),
        ("b", lambda text: text.lstrip().startswith("@")),
        ("c", lambda text: "Hinton" in text),
        ("m", lambda text: text.startswith("[Distilling")),
    ],
)
async def test_copies(
    library: Library,
    running: Running,
    copied: list[str],
    key: str,
    fits: Callable[[str], bool],
) -> None:
    async with running(library) as pilot:
        await pilot.press("y")
        assert "t title  u URL  b BibTeX  c citation  m Markdown link" in shown(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert len(copied) == 1
        assert fits(copied[0])
        assert toasts(pilot).startswith("Copied: ")


@pytest.mark.parametrize("key", ["escape", "d", "q", "j", "1", "space"])
async def test_while_a_copy_is_pending_no_other_key_acts(
    library: Library, running: Running, copied: list[str], key: str
) -> None:
    async with running(library) as pilot:
        await pilot.press("y", key)
        assert core(pilot).current == KD
        assert app_of(pilot).is_running
        assert not app_of(pilot).marks
        await pilot.press("d")
        await settle(pilot)
        assert library.row(KD).status is Status.DONE
        assert copied == []


async def test_an_address_that_may_not_be_opened_is_refused_in_one_line(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        screen: Any = core(pilot)
        screen.open_url("javascript:alert(1)", "The link")
        await settle(pilot)
        assert "not an http or https" in toasts(pilot)
        assert "\n" not in toasts(pilot)
