from __future__ import annotations

from collections.abc import Callable

import pytest

from readq.errors import NotFound, UsageError
from readq.library.library import Library
from readq.library.values import Changed
from readq.model.paper import PaperId
from readq.model.status import Status
from tests.library.samples import ALL, ATTENTION, BORN, LABELS, MUTUAL


def statuses(library: Library) -> dict[PaperId, Status]:
    return {row.id: row.status for row in library.rows(ALL)}


def test_a_new_library_has_everything_to_read(library: Library) -> None:
    assert set(statuses(library).values()) == {Status.TO_READ}
    assert library.history(limit=1)[0].act == "first-run"


def test_done_is_kept_and_seen_by_the_next_process(
    library: Library, open_library: Callable[[], Library]
) -> None:
    done = library.set_status([BORN], Status.DONE)
    assert done.message == "Done: Born Again Neural Networks"
    assert done.papers == (BORN,)
    record = open_library().entry(BORN).record
    assert record.status is Status.DONE
    assert record.finished_at is not None
    assert record.seen is not None
    assert record.seen.title == "Born Again Neural Networks"
    assert "arxiv:1805.04770" in record.identities


def test_several_papers_are_one_event_and_count_once(library: Library) -> None:
    done = library.set_status([BORN, MUTUAL, BORN], Status.DONE)
    assert done.message == "2 papers done"
    assert done.event is not None
    assert done.event.papers == (BORN, MUTUAL)
    library.undo()
    assert set(statuses(library).values()) == {Status.TO_READ}


def test_an_act_that_changes_nothing_says_so_and_writes_nothing(library: Library) -> None:
    library.set_status([BORN], Status.DONE)
    before = library.history()
    again = library.set_status([BORN], Status.DONE)
    assert again.event is None
    assert again.message == "Already done: Born Again Neural Networks"
    assert library.set_status([], Status.DONE).message == "No paper chosen"
    assert library.history() == before


@pytest.mark.parametrize("status", [Status.DONE, Status.DROPPED])
def test_papers_that_are_settled_leave_the_queue_and_undo_puts_them_back_in_place(
    library: Library, status: Status
) -> None:
    library.enqueue([BORN, MUTUAL, LABELS])
    library.set_status([MUTUAL], status)
    assert library.queue() == (BORN, LABELS)
    library.undo()
    assert library.queue() == (BORN, MUTUAL, LABELS)


def test_starting_keeps_the_place_in_the_queue(library: Library) -> None:
    library.enqueue([BORN, MUTUAL])
    library.set_status([MUTUAL], Status.READING)
    assert library.queue() == (BORN, MUTUAL)
    assert library.entry(MUTUAL).record.started_at is not None


@pytest.mark.parametrize(
    ("toggle", "status"),
    [
        (Library.toggle_done, Status.DONE),
        (Library.toggle_reading, Status.READING),
        (Library.toggle_dropped, Status.DROPPED),
    ],
)
def test_toggling_a_branch_gives_it_the_status_unless_all_have_it(
    library: Library, toggle: Callable[..., object], status: Status
) -> None:
    library.set_status([BORN], status)
    toggle(library, [BORN, MUTUAL])
    assert {statuses(library)[BORN], statuses(library)[MUTUAL]} == {status}
    toggle(library, [BORN, MUTUAL])
    assert {statuses(library)[BORN], statuses(library)[MUTUAL]} == {Status.TO_READ}


def test_starting_several_leaves_alone_what_is_done_or_dropped(library: Library) -> None:
    library.set_status([BORN], Status.DONE)
    library.set_status([MUTUAL], Status.DROPPED)
    before = statuses(library)
    done = library.toggle_reading(ALL)
    assert done.message == "3 papers started, 1 done and 1 dropped ones left alone"
    assert statuses(library)[BORN] is Status.DONE
    assert statuses(library)[MUTUAL] is Status.DROPPED
    again = library.toggle_reading(ALL)
    assert again.message == "3 papers to read again"
    assert statuses(library) == before


def test_dropping_several_leaves_alone_what_is_read_or_being_read(library: Library) -> None:
    library.set_status([BORN], Status.DONE)
    library.set_status([LABELS], Status.READING)
    library.enqueue([LABELS])
    done = library.toggle_dropped([BORN, LABELS, MUTUAL])
    assert done.message == ("Dropped: Deep Mutual Learning, 1 done and 1 started ones left alone")
    assert library.queue() == (LABELS,)
    assert library.toggle_dropped([BORN, LABELS]).message == (
        "Nothing changed, 1 done and 1 started ones left alone"
    )
    assert library.set_status([BORN], Status.DROPPED).message.startswith("Dropped: Born")


def test_opening_starts_a_paper_unless_it_is_done(library: Library) -> None:
    library.set_status([BORN], Status.DONE)
    library.opened(BORN, start=True)
    library.opened(MUTUAL, start=True)
    library.opened(LABELS, start=False)
    assert statuses(library)[BORN] is Status.DONE
    assert statuses(library)[MUTUAL] is Status.READING
    assert statuses(library)[LABELS] is Status.TO_READ


def test_next_starts_the_head_of_the_queue(library: Library) -> None:
    assert library.next() is None
    library.enqueue([MUTUAL, BORN])
    assert library.next() == MUTUAL
    assert library.reading() == (MUTUAL,)
    assert library.queue() == (MUTUAL, BORN)


def test_the_paper_started_last_is_read_first(library: Library) -> None:
    for paper in (BORN, LABELS, MUTUAL):
        library.toggle_reading([paper])
    assert library.reading() == (MUTUAL, LABELS, BORN)


def test_a_note_is_kept_exactly_and_can_be_added_to(library: Library) -> None:
    text = "# Idea\r\n\n```\ncode\n"
    library.set_note(BORN, text)
    assert library.entry(BORN).record.note == text
    library.set_note(MUTUAL, "one")
    library.append_note(MUTUAL, "two")
    assert library.entry(MUTUAL).record.note == "one\n\ntwo"
    assert library.append_note(MUTUAL, " \n").event is None
    assert library.set_note(MUTUAL, "").message == "Note removed: Deep Mutual Learning"
    assert not library.row(MUTUAL).has_note


def test_tags_are_words_in_small_letters(library: Library) -> None:
    library.tag([BORN], add=["#Survey", "to cite, KD"])
    assert library.entry(BORN).record.tags == ("kd", "survey", "to-cite")
    library.tag([BORN], add=["x"], remove=["KD", "nothing"])
    assert library.entry(BORN).record.tags == ("survey", "to-cite", "x")
    with pytest.raises(UsageError):
        library.tag([BORN], add=["#"])


def test_ratings_are_one_to_five(library: Library) -> None:
    library.rate([BORN], 4)
    assert library.entry(BORN).record.rating == 4
    library.rate([BORN], None)
    assert library.entry(BORN).record.rating is None
    with pytest.raises(UsageError):
        library.rate([BORN], 6)


def test_a_paper_that_is_not_there_is_named(library: Library) -> None:
    with pytest.raises(NotFound, match="no-such-paper"):
        library.set_status([PaperId("no-such-paper")], Status.DONE)
    assert library.history()[0].act == "first-run"


def test_undo_and_redo_go_through_every_act_and_stop_at_the_ends(
    library: Library, open_library: Callable[[], Library]
) -> None:
    assert library.undo().message == "Nothing to undo"
    assert library.redo().message == "Nothing to redo"
    library.toggle_done([BORN])
    library.enqueue([ATTENTION])
    other = open_library()
    assert other.undo().message == "Undone · Queued: Attention Is a Teacher"
    assert other.undo().message == "Undone · Done: Born Again Neural Networks"
    assert other.undo().event is None
    assert len(other.lists) == 2
    other.redo()
    assert other.redo().message == "Redone · Queued: Attention Is a Teacher"
    assert other.redo().event is None
    assert other.queue() == (ATTENTION,)


def test_listeners_hear_of_every_change_and_of_nothing_else(library: Library) -> None:
    heard: list[Changed] = []
    library.subscribe_changes(heard.append)
    library.toggle_done([BORN])
    library.set_status([BORN], Status.DONE)
    library.enqueue([MUTUAL])
    assert heard == [
        Changed(papers=frozenset({BORN})),
        Changed(papers=frozenset({MUTUAL}), queue=True),
    ]


def test_what_another_process_did_arrives_with_refresh(
    library: Library, open_library: Callable[[], Library]
) -> None:
    heard: list[Changed] = []
    library.subscribe_changes(heard.append)
    assert library.find("again") == (BORN,)
    library.progress()
    other = open_library()
    other.enqueue([BORN])
    other.set_note(BORN, "soft targets")
    assert library.refresh()
    assert heard == [Changed(papers=frozenset({BORN}), queue=True)]
    assert library.queue() == (BORN,)
    assert library.find("targets") == (BORN,)
    assert not library.refresh()
    other.unsubscribe("nets")
    assert library.refresh()
    assert heard[-1].lists
    assert len(library.lists) == 1


def test_history_tells_acts_in_words(library: Library) -> None:
    library.set_status([BORN], Status.READING)
    library.enqueue([BORN, MUTUAL])
    library.undo()
    told = [library.describe(event) for event in library.history()]
    assert told == [
        "Undone: 2 papers queued",
        "2 papers queued",
        "Reading: Born Again Neural Networks",
        "Added: 2 lists",
    ]
    assert [event.act for event in library.history(MUTUAL)] == ["undo", "queue"]
