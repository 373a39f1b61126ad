"""Moving, folding, filtering, the mouse, small terminals."""

from __future__ import annotations

import pytest
from textual.geometry import Offset
from textual.pilot import Pilot

from readq.library.library import Library
from readq.model.paper import PaperId
from readq.model.status import Status
from tests.tui.helpers import (
    ATTENTION,
    BORN,
    KD,
    LINKLESS,
    RESNET,
    Running,
    app_of,
    core,
    shown,
    toasts,
    tree_screen,
)


async def test_folding_goes_out_and_in(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("h", "h")
        assert "▸ Distillation" in shown(pilot)
        await pilot.press("h", "h")
        assert "▸ Papers to read" in shown(pilot)
        assert "3 papers" not in shown(pilot)
        await pilot.press("l", "l", "l", "l")
        assert core(pilot).current == KD


async def test_all_folds_and_unfolds(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("z")
        assert len(shown(pilot).split("▸")) - 1 == 2
        assert "Papers to read" in shown(pilot)
        await pilot.press("z")
        text = shown(pilot)
        assert "▸" not in text
        assert "Attention Is All You Need" in text
        assert "Deep Residual" in text


async def test_moves_stop_at_the_ends(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("z", "z", "G")
        assert core(pilot).current == RESNET
        await pilot.press("j", "ctrl+d")
        assert core(pilot).current == RESNET
        await pilot.press("g", "k", "ctrl+u")
        assert core(pilot).rows.cursor == 0


async def test_the_filter_narrows_as_one_types(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"atten")
        await pilot.pause()
        text = shown(pilot)
        assert "enter Keep the filter" in text
        assert "Attention Is All You Need" in text
        assert "Born Again" not in text
        assert "1 of 5 papers" in text
        assert "1 found" in text
        await pilot.press("enter")
        assert core(pilot).current == ATTENTION
        await pilot.press("d")
        assert library.row(ATTENTION).status is Status.DONE
        await pilot.press("escape")
        assert "Born Again" in shown(pilot)
        assert core(pilot).current == ATTENTION


async def test_words_are_read_before_the_first_is_typed(
    library: Library, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    find = Library.find

    def spy(self: Library, query: str) -> tuple[PaperId, ...]:
        asked.append(query)
        return find(self, query)

    monkeypatch.setattr(Library, "find", spy)
    async with running(library) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert any(asked)
        assert "Born Again" in shown(pilot)


async def test_escape_clears_a_filter_that_is_being_typed(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"deep", "escape", "slash", *"born", "enter")
        assert core(pilot).current == BORN
        assert "Deep Residual" not in shown(pilot)


async def test_a_status_can_be_filtered_and_follows_acts(
    library: Library, running: Running
) -> None:
    library.toggle_reading([BORN, RESNET])
    async with running(library) as pilot:
        await pilot.press("slash", *"status:reading", "enter")
        assert core(pilot).current == BORN
        await pilot.press("d")
        assert core(pilot).current == RESNET
        assert "1 of 5 papers" in shown(pilot)


async def test_what_cannot_be_read_is_told_below_the_filter(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"born year:abc")
        text = shown(pilot)
        assert "     ↑ year needs a number" in text
        await pilot.press(*["backspace"] * 9)
        assert "1 of 5 papers" in shown(pilot)


async def test_a_filter_without_matches_says_what_to_do(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"zzz", "enter")
        assert "Nothing fits this filter." in shown(pilot)
        assert "esc clears it." in shown(pilot)
        await pilot.press("d", "space", "n", "h", "l", "enter", "o")
        assert library.history() == ()
        await pilot.press("escape")
        assert "Born Again" in shown(pilot)


async def test_the_queue_is_filtered_too(library: Library, running: Running) -> None:
    library.enqueue([KD, BORN, RESNET])
    async with running(library) as pilot:
        await pilot.press("2", "slash", *"deep", "enter")
        text = shown(pilot)
        assert "3 ○ Deep Residual" in text
        assert "Born" not in text
        assert "1 of 3" in text


async def test_letters_typed_into_the_filter_are_no_acts(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"dsxaq?12:.", "space")
        assert library.history() == ()
        assert app_of(pilot).is_running
        assert not app_of(pilot).marks


@pytest.mark.parametrize("size", [(80, 24), (89, 30)])
async def test_a_narrow_terminal_shows_one_pane_at_a_time(
    library: Library, running: Running, size: tuple[int, int]
) -> None:
    async with running(library, size=size) as pilot:
        assert "Listed in 2 lists" not in shown(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Listed in 2 lists" in shown(pilot)
        assert "Born Again" not in shown(pilot)
        await pilot.press("d")
        assert library.row(KD).status is Status.DONE
        await pilot.press("q")
        await pilot.pause()
        assert "Born Again" in shown(pilot)
        assert app_of(pilot).is_running


async def test_a_wide_terminal_shows_both(library: Library, running: Running) -> None:
    async with running(library, size=(90, 24)) as pilot:
        assert "Listed in 2 lists" in shown(pilot)
        assert "Born Again" in shown(pilot)
        await pilot.press("tab", "j", "escape", "j")
        assert core(pilot).current == BORN
        await pilot.press("enter")
        await click(pilot, "○ Attention" if "○ Attention" in shown(pilot) else "○ Born")
        await pilot.press("q")
    assert pilot.app.return_code == 0


async def test_q_leaves(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("q")
    assert pilot.app.return_code == 0


async def click(pilot: Pilot[None], words: str, *, before: int = 0, times: int = 1) -> None:
    """Click on `words` on the screen, or some cells before them."""
    for y, line in enumerate(shown(pilot).split("\n")):
        if (x := line.find(words)) >= 0:
            await pilot.click(offset=Offset(x - before, y), times=times)
            return
    raise AssertionError(f"{words!r} is not on the screen")


async def test_the_mouse_chooses_and_folds(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await click(pilot, "Born Again")
        assert core(pilot).current == BORN
        await click(pilot, "Distillation", before=2)
        assert "▸ Distillation" in shown(pilot)


async def test_a_double_click_opens(library: Library, running: Running) -> None:
    async with running(library, size=(80, 24)) as pilot:
        await click(pilot, "Born Again", times=2)
        await pilot.pause()
        assert "Tommaso Furlanello" in shown(pilot)


async def test_modes_and_keys_can_be_clicked(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await click(pilot, "Done")
        assert library.row(KD).status is Status.DONE
        await click(pilot, "2 Queue")
        await pilot.pause()
        assert "The queue is empty." in shown(pilot)


async def test_going_to_a_paper_shows_it_whatever_hides_it(
    library: Library, running: Running
) -> None:
    library.toggle_dropped([LINKLESS])
    async with running(library) as pilot:
        await pilot.press("z", "slash", *"born", "enter")
        await app_of(pilot).go_to(LINKLESS)
        await pilot.pause()
        assert tree_screen(pilot).current == LINKLESS
        assert "× A Paper without Links" in shown(pilot)
        assert "Dropped papers are shown" in toasts(pilot)


async def test_the_queue_counts_what_is_in_it(library: Library, running: Running) -> None:
    library.enqueue([KD, BORN])
    async with running(library) as pilot:
        await pilot.press("2", "slash", *"born")
        await pilot.pause()
        assert "1 of 2 papers" in shown(pilot)


async def test_a_filter_that_cannot_be_read_says_so_where_nothing_is_left(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"zzz")
        await pilot.pause()
        assert "Nothing fits this filter" in shown(pilot)
        await pilot.press("space", *"year>=")
        await pilot.pause()
        assert "Nothing fits" not in shown(pilot)
        assert "The filter cannot be read" in shown(pilot)
        await pilot.press(*"2000")
        await pilot.pause()
        assert "Nothing fits this filter" in shown(pilot)


async def test_an_order_says_that_it_does_not_apply(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("slash", *"sort:year")
        await pilot.pause()
        assert "sort: does not apply here" in shown(pilot)


async def test_the_palette_has_a_line_an_act_with_its_key_at_the_right(
    library: Library, running: Running
) -> None:
    async with running(library, size=(100, 40)) as pilot:
        await pilot.press("colon", *"copy its")
        await pilot.pause(0.5)
        lines = [line.rstrip(" ▎▊█▌│▐▕") for line in shown(pilot).splitlines()]
        for words, key in (("title", "y t"), ("BibTeX", "y b"), ("Markdown link", "y m")):
            assert any(f"Copy its {words} " in line and line.endswith(key) for line in lines)
        await pilot.press(*" bibtex")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.3)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "@" in toasts(pilot)


async def test_the_palette_says_when_nothing_fits(library: Library, running: Running) -> None:
    async with running(library) as pilot:
        await pilot.press("colon", *"zzzz")
        await pilot.pause(0.5)
        assert "Nothing found" in shown(pilot)
