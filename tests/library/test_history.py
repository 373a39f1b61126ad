"""Single acts, found in the history and taken back."""

from __future__ import annotations

import pytest

from readq.errors import Ambiguous, NotFound, StoreError, UsageError
from readq.library.library import Library
from readq.model.record import Stamp
from readq.model.status import Status
from tests.library.samples import BORN, MUTUAL


def test_an_act_that_is_not_the_newest_is_taken_back_alone(library: Library) -> None:
    note = library.set_note(BORN, "one").event
    library.set_status([BORN], Status.DONE)
    assert note is not None
    done = library.take_back(note.id)
    assert done.message.startswith("Undone · Note: Born")
    record = library.entry(BORN).record
    assert (record.note, record.status) == ("", Status.DONE)
    library.redo()
    assert library.entry(BORN).record.note == "one"


def test_an_act_that_later_ones_built_upon_stays_and_they_are_named(library: Library) -> None:
    first = library.set_status([BORN, MUTUAL], Status.READING).event
    second = library.set_status([BORN], Status.DONE).event
    assert first is not None
    assert second is not None
    assert library.depending_on(first.id) == (second,)
    with pytest.raises(StoreError) as raised:
        library.take_back(first.id)
    assert "Done: Born Again Neural Networks" in raised.value.message
    assert f"readq undo {second.id[:23]}Z" in raised.value.hint
    assert library.entry(MUTUAL).record.status is Status.READING
    library.take_back(second.id)
    library.take_back(first.id)
    assert library.entry(MUTUAL).record.status is Status.TO_READ
    with pytest.raises(NotFound, match="already"):
        library.take_back(first.id)


def test_the_first_lists_are_not_undone(library: Library) -> None:
    (first,) = library.history()
    with pytest.raises(UsageError):
        library.take_back(first.id)
    assert len(library.lists) == 2


def test_an_act_is_found_by_the_beginning_of_its_id(library: Library) -> None:
    event = library.set_note(BORN, "one").event
    assert event is not None
    assert library.event(event.id) == event
    assert library.event(f"{event.id[:23]}Z") == event
    with pytest.raises(Ambiguous):
        library.event("20")
    for nonesuch in ("", "1999", Stamp("2026-11-21T00:00:00.000Z-0000-00000000")):
        with pytest.raises(NotFound, match="no act"):
            library.event(nonesuch)
