"""Bindings, the user's own keys, and what is shown of both."""

from __future__ import annotations

import inspect

import pytest

from readq.config import Config
from readq.library.library import Library
from readq.model import query
from readq.model.status import Status
from readq.tui import keymap
from readq.tui.dialogs.copies import CopyDialog
from readq.tui.dialogs.export import ExportDialog
from readq.tui.dialogs.links import LinksDialog
from readq.tui.dialogs.lists import ListsDialog
from readq.tui.dialogs.note import NoteDialog
from readq.tui.dialogs.rating import RatingDialog
from readq.tui.dialogs.tags import TagsDialog
from readq.tui.screens.help import FILTERS, HelpScreen
from readq.tui.screens.history import HistoryScreen
from readq.tui.screens.papers import PapersScreen
from readq.tui.widgets.filter_bar import FilterBar
from readq.tui.widgets.paper_detail import PaperDetail
from readq.tui.widgets.paper_tree import PaperTree
from tests.tui.helpers import KD, Running, shown, toasts


def test_ids_are_unique_and_every_binding_has_words_and_a_group() -> None:
    found = list(keymap.bindings())
    assert len({binding.id for binding in found}) == len(found)
    assert all(binding.id and binding.tooltip and binding.group for binding in found)


def test_the_defaults_do_not_clash() -> None:
    assert keymap._first_clash({}) is None


@pytest.mark.parametrize(
    ("chosen", "owner"),
    [
        (keymap.PAPERS, PapersScreen),
        (keymap.ROWS, PaperTree),
        (keymap.FOLDS, PaperTree),
        (keymap.DETAIL, PaperDetail),
        (keymap.COPIES, CopyDialog),
        (keymap.RATINGS, RatingDialog),
        (keymap.FILTER, FilterBar),
        (keymap.NOTE, NoteDialog),
        (keymap.TAGS, TagsDialog),
        (keymap.EXPORT, ExportDialog),
        (keymap.LINKS, LinksDialog),
        (keymap.LISTS, ListsDialog),
        (keymap.HELP, HelpScreen),
        (keymap.HISTORY, HistoryScreen),
    ],
)
def test_a_key_is_bound_only_when_what_it_does_exists(chosen: object, owner: type) -> None:
    assert isinstance(chosen, tuple)
    for binding in chosen:
        name = binding.action.partition("(")[0]
        assert inspect.isfunction(getattr(owner, f"action_{name}", None)), name


def test_keys_are_read_by_name_or_character() -> None:
    read = keymap.read({"done": "D", "undo": "ctrl+z, backspace", "help": "!"})
    assert read.problems == ()
    assert read.keys == {"done": "D", "undo": "ctrl+z,backspace", "help": "exclamation_mark"}


def test_keys_can_be_swapped() -> None:
    assert keymap.read({"done": "x", "drop": "d"}).problems == ()


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"done": "s"}, "done cannot be s, which is start"),
        ({"done": "j"}, "done cannot be j, which is down"),
        ({"done": "m", "drop": "m"}, "cannot be m, which is"),
        ({"copy-title": "u"}, "copy-title cannot be u, which is copy-url"),
        ({"dnoe": "d"}, "there is no 'dnoe'"),
    ],
)
def test_clashes_and_strangers_are_told_and_left_out(wanted: dict[str, str], told: str) -> None:
    read = keymap.read(wanted)
    assert len(read.problems) == 1
    assert told in read.problems[0]
    assert len(read.keys) == len(wanted) - 1


async def test_a_key_of_the_users_works_and_the_old_one_does_not(
    library: Library, running: Running
) -> None:
    config = Config(keys={"done": "D", "down": "n", "note": "N", "start": "o"})
    async with running(library, config=config) as pilot:
        assert "start cannot be o, which is open" in toasts(pilot)
        assert "D Done" in shown(pilot)
        await pilot.press("d")
        assert library.row(KD).status is Status.TO_READ
        await pilot.press("D", "n", "s")
        assert library.row(KD).status is Status.DONE
        assert library.progress().reading == 1
        await pilot.press("question_mark")
        await pilot.pause()
        assert "D  Done; again: to-read" in shown(pilot)


async def test_help_lists_every_key(library: Library, running: Running) -> None:
    async with running(library, size=(140, 60)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        text = shown(pilot)
        for binding in keymap.bindings():
            if binding.id not in keymap.NOT_IN_HELP | {one.id for one in keymap.COPIES}:
                assert binding.tooltip in text
        assert "y b  Copy its BibTeX" in text
        await pilot.press("q")
        assert "Copy its" not in shown(pilot)


async def test_an_unknown_theme_is_told(library: Library, running: Running) -> None:
    async with running(library, config=Config(theme="no such")) as pilot:
        assert "There is no theme 'no such'" in toasts(pilot)
        assert pilot.app.theme == "readq-dark"


async def test_help_in_a_small_terminal_has_first_what_comes_first(
    library: Library, running: Running
) -> None:
    async with running(library, size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        text = shown(pilot)
        lines = text.splitlines()
        first = next(at for at, line in enumerate(lines) if "First of all" in line)
        keys = [line.split("│")[1].split()[0] for line in lines[first + 1 : first + 9]]
        assert keys == ["o", "d", "s", "a", "n", "/", "u", "."]
        await pilot.press("G")
        await pilot.pause()
        assert "Parentheses hold terms together" in shown(pilot)


def test_every_filter_in_the_help_can_be_read() -> None:
    fields = {example.split(":")[0].split(">")[0] for example, _ in FILTERS}
    assert set(query.FIELDS) - fields == {"list", "sort"}
    for example, _ in FILTERS:
        assert query.parse(example).root is not None
