from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.library.library import Library
from readq.library.notes import joined
from readq.store.merging import SEPARATOR
from tests.library.samples import BORN

Opener = Callable[[], Library]
TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=5).map("\n".join)


def note(library: Library) -> str:
    return library.entry(BORN).record.note


def test_a_note_that_changed_while_it_was_edited_keeps_both_texts(
    library: Library, open_library: Opener
) -> None:
    library.set_note(BORN, "old")
    open_library().set_note(BORN, "theirs")
    done = library.set_note(BORN, "mine", base="old")
    assert done.message == "The note changed meanwhile: both texts kept"
    assert note(open_library()) == f"theirs{SEPARATOR}mine"
    library.undo()
    assert note(library) == "theirs"


def test_changes_of_different_lines_are_both_made(library: Library, open_library: Opener) -> None:
    library.set_note(BORN, "one\ntwo\nthree\n")
    open_library().set_note(BORN, "one\ntwo\nTHREE\n")
    done = library.set_note(BORN, "ONE\ntwo\nthree\n", base="one\ntwo\nthree\n")
    assert done.message == "The note changed meanwhile: both texts kept"
    assert note(library) == "ONE\ntwo\nTHREE\n"


def test_what_was_not_edited_overwrites_nothing(library: Library, open_library: Opener) -> None:
    library.set_note(BORN, "old")
    open_library().set_note(BORN, "theirs")
    assert library.set_note(BORN, "old", base="old").event is None
    assert note(library) == "theirs"


def test_removing_an_old_text_leaves_the_new_one(library: Library, open_library: Opener) -> None:
    library.set_note(BORN, "old")
    open_library().set_note(BORN, "theirs")
    done = library.set_note(BORN, "", base="old")
    assert done.message == "The note changed meanwhile: that text stays"
    assert note(library) == "theirs"


@pytest.mark.parametrize("base", [None, "old"])
def test_a_note_that_nobody_else_changed_is_replaced(library: Library, base: str | None) -> None:
    library.set_note(BORN, "old")
    done = library.set_note(BORN, "new", base=base)
    assert done.message == "Note saved: Born Again Neural Networks"
    assert note(library) == "new"


def test_a_first_note_written_twice_keeps_both(library: Library, open_library: Opener) -> None:
    open_library().set_note(BORN, "theirs")
    library.set_note(BORN, "mine", base="")
    assert note(library) == f"theirs{SEPARATOR}mine"
    library.set_note(BORN, "mine", base="")
    assert note(library) == f"theirs{SEPARATOR}mine"


@given(base=TEXTS, stored=TEXTS, written=TEXTS)
def test_every_line_that_either_added_is_kept(base: str, stored: str, written: str) -> None:
    found = set(joined(base, stored, written).split("\n"))
    if stored and written:
        added = (set(stored.split("\n")) | set(written.split("\n"))) - set(base.split("\n"))
        assert added <= found
    assert joined(base, stored, base) == stored
    assert joined(base, base, written) == written
