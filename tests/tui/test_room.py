"""Newcomers, small and changing terminals, texts that are too long or too wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from readq.config import Config
from readq.library.library import Library
from readq.paths import Paths
from tests.tui.helpers import Running, core, shown, write_lists


@pytest.fixture
def own(
    paths: Paths, folder: Path, monkeypatch: pytest.MonkeyPatch, lists_are_json: None
) -> Library:
    """A library at its first run, with the two lists as those that readq ships with."""
    monkeypatch.setattr("readq.library.subscriptions.seeds_folder", lambda: folder)
    return Library.open(paths)


@pytest.fixture
def listed(paths: Paths, tmp_path: Path, lists_are_json: None) -> Callable[..., Library]:
    """A library of one list."""

    def make(*entries: dict[str, Any]) -> Library:
        content = {"title": "One", "entries": [{"section": ["All"], **one} for one in entries]}
        return Library.view(paths, [write_lists(tmp_path / "one", {"one.md": content})])

    return make


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_newcomer_is_told_what_to_do_until_something_is_done(
    own: Library, running: Running, size: tuple[int, int]
) -> None:
    async with running(own, size=size, config=Config(keys={"queue": "w"})) as pilot:
        await pilot.pause()
        text = shown(pilot)
        assert "Welcome: 5 papers in 2 lists.  j down  k up" in text
        assert "w queue it  2 the queue  o read it  d done  ? more" in text
        await pilot.press("2")
        assert "Welcome" in shown(pilot)
        await pilot.press("1", "w")
        await pilot.pause()
        assert "Welcome" not in shown(pilot)
        await pilot.press("2")
        await pilot.pause()
        assert "Welcome" not in shown(pilot)
    async with running(own, size=size) as pilot:
        assert "Welcome" not in shown(pilot)
    own.close()


async def test_a_newcomer_can_send_the_greeting_away(own: Library, running: Running) -> None:
    async with running(own) as pilot:
        await pilot.press("2", "1", "escape")
        await pilot.pause()
        assert "Welcome" not in shown(pilot)
        await pilot.press("2")
        await pilot.pause()
        assert "Welcome" not in shown(pilot)
    own.close()


async def test_lists_that_are_only_viewed_are_not_introduced(
    library: Library, running: Running
) -> None:
    async with running(library) as pilot:
        assert "Welcome" not in shown(pilot)


async def test_a_toast_does_not_hide_the_row_at_the_cursor(
    listed: Callable[..., Library], running: Running
) -> None:
    titles = [f"A paper whose title is long enough for two lines, number {n}" for n in range(50)]
    library = listed(*({"title": title} for title in titles))
    async with running(library, size=(80, 24)) as pilot:
        for keys in (["G"], ["g", "j", "j"]):
            await pilot.press(*keys, "d")
            await pilot.pause(0.1)
            rows = shown(pilot).split("\n")
            row = core(pilot).rows.region.y + core(pilot).rows.row
            assert "● A paper whose title" in rows[row]
            assert "Done:" not in rows[row]
            assert any("Done: A paper" in line for line in rows)
    library.close()


@pytest.mark.parametrize("key", ["j", "G"])
async def test_another_size_keeps_the_cursor_in_sight(
    listed: Callable[..., Library], running: Running, key: str
) -> None:
    library = listed(*({"title": f"Paper number {n}."} for n in range(60)))
    async with running(library, size=(120, 40)) as pilot:
        await pilot.press(*[key] * 30)
        here = core(pilot).current
        assert here is not None
        title = library.row(here).title
        for size in ((80, 12), (200, 50), (40, 8), (100, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert core(pilot).current == here
            assert title in shown(pilot)
    library.close()


async def test_a_long_paper_scrolls_with_keys(
    listed: Callable[..., Library], running: Running
) -> None:
    title = " ".join(f"word{number}" for number in range(90))
    authors = [f"Author Number{number} von und zu Langenname" for number in range(60)]
    library = listed({"title": title, "authors": authors})
    paper = library.find("")[0]
    library.set_note(paper, "\n".join(f"line {number} of it" for number in range(80)))
    for size in ((80, 24), (120, 40), (200, 50)):
        async with running(library, size=size) as pilot:
            await pilot.press("enter")
            await pilot.pause()
            assert "word89" in shown(pilot)
            assert "line 79" not in shown(pilot)
            await pilot.press("ctrl+d", "j")
            assert "word0" not in shown(pilot).replace("○ word0", "")
            await pilot.press("G")
            assert "line 79 of it" in shown(pilot)
            await pilot.press("g")
            assert "word89" in shown(pilot)
    library.close()


WIDE = (
    "注意機構だけで十分です: ニューラル機械翻訳のための新しい構造についての長い論文",
    "한국어 제목의 논문 지식 증류에 관하여 깊이 있는 연구와 그 응용에 대한 조사",
    "Cafe\u0301 re\u0301sume\u0301 networks, named after places and papers that nobody knows",
    "ＦＵＬＬ ＷＩＤＴＨ ＬＥＴＴＥＲＳ ａｎｄ ｔｈｅｉｒ ｐａｐｅｒｓ ａｎｄ ｍｏｒｅ",
)


@pytest.mark.parametrize("size", [(80, 24), (81, 24), (120, 40), (121, 40)])
async def test_wide_and_combining_characters_leave_columns_where_they_are(
    listed: Callable[..., Library], running: Running, size: tuple[int, int]
) -> None:
    library = listed(*({"title": title, "year": 2020} for title in WIDE))
    async with running(library, size=size) as pilot:
        rows = [line for line in shown(pilot).split("\n") if "○" in line and "2020" in line]
        assert len(rows) == len(WIDE)
        assert len({cell_len(row[: row.index("2020")]) for row in rows}) == 1
    library.close()


async def test_a_list_whose_papers_are_all_dropped_says_so(
    library: Library, running: Running
) -> None:
    library.toggle_dropped(library.find(""))
    async with running(library) as pilot:
        text = shown(pilot)
        assert "all dropped" in text
        assert "H shows what was dropped." in text
        await pilot.press("d", "o", "n", "space", "a")
        assert len(library.history()) == 1
        await pilot.press("H")
        assert "× Distilling the Knowledge" in shown(pilot)
        await pilot.press("g")
        assert "H shows what was dropped." not in shown(pilot)


async def test_all_lists_removed(own: Library, running: Running) -> None:
    own.unsubscribe(*(one.key for one in own.lists))
    async with running(own, size=(80, 24)) as pilot:
        assert "L adds a list" in shown(pilot)
    own.close()
