from __future__ import annotations

import pytest

from readq.errors import UsageError
from readq.library.library import Library
from readq.model.status import Status
from tests.library.samples import ALL, ATTENTION, BORN, LABELS, MUTUAL, TEACHING


def test_papers_go_to_the_end_or_to_the_top_in_the_order_given(library: Library) -> None:
    library.enqueue([BORN, MUTUAL])
    library.enqueue([LABELS])
    done = library.enqueue([TEACHING, LABELS], top=True)
    assert library.queue() == (TEACHING, LABELS, BORN, MUTUAL)
    assert done.message == "2 papers queued"
    library.undo()
    assert library.queue() == (BORN, MUTUAL, LABELS)


def test_queueing_what_is_queued_changes_nothing(library: Library) -> None:
    library.enqueue([BORN, MUTUAL])
    assert library.enqueue([MUTUAL]).event is None
    assert library.enqueue([BORN], top=True).event is None
    assert library.enqueue([BORN, LABELS]).papers == (LABELS,)


def test_a_dropped_paper_that_is_queued_is_wanted_again(library: Library) -> None:
    library.set_status([BORN], Status.DROPPED)
    library.enqueue([BORN])
    assert library.row(BORN).status is Status.TO_READ
    library.undo()
    assert library.row(BORN).status is Status.DROPPED
    assert library.queue() == ()


def test_toggling_takes_out_only_when_all_are_in(library: Library) -> None:
    library.enqueue([BORN])
    library.toggle_queued([BORN, MUTUAL])
    assert library.queue() == (BORN, MUTUAL)
    assert library.toggle_queued([BORN, MUTUAL]).message == "2 papers out of the queue"
    assert library.queue() == ()
    assert library.dequeue([BORN]).message == "Not in the queue: Born Again Neural Networks"


def test_moving_goes_by_steps_or_to_a_place_and_stops_at_the_ends(library: Library) -> None:
    library.enqueue(ALL)
    library.move(ALL[0], 1)
    assert library.queue() == (ALL[1], ALL[0], *ALL[2:])
    library.move(ALL[0], -9)
    assert library.queue() == ALL
    assert library.move(ALL[0], -1).event is None
    assert library.move_to(ALL[4], 2).message == "Now 2 of 5: Learning Without Labels"
    assert library.queue() == (ALL[0], ALL[4], *ALL[1:4])
    library.move_to(ALL[4], 99)
    assert library.queue() == ALL
    with pytest.raises(UsageError):
        library.move_to(ALL[4], 0)


def test_a_move_writes_one_paper(library: Library) -> None:
    library.enqueue(ALL)
    event = library.move_to(ALL[3], 2).event
    assert event is not None
    assert event.papers == (ALL[3],)


def test_a_paper_outside_the_queue_cannot_be_moved(library: Library) -> None:
    library.enqueue([BORN])
    assert library.move(ATTENTION, 1).message == "Not in the queue: Attention Is a Teacher"
    assert library.move_to(ATTENTION, 1).event is None


def test_many_moves_between_two_neighbours_keep_the_order(library: Library) -> None:
    library.enqueue(ALL)
    for _ in range(120):
        library.move_to(library.queue()[-1], 2)
    assert sorted(library.queue()) == sorted(ALL)
    expected = list(ALL)
    for _ in range(120):
        expected.insert(1, expected.pop())
    assert list(library.queue()) == expected
