from __future__ import annotations

from readq.library.library import Library
from readq.model.status import Status
from tests.library.samples import ATTENTION, BORN, LABELS, MUTUAL


def test_each_paper_counts_once_and_dropped_ones_not_at_all(library: Library) -> None:
    assert library.progress().total == 5
    library.set_status([BORN, MUTUAL], Status.DONE)
    library.set_status([ATTENTION], Status.READING)
    library.set_status([LABELS], Status.DROPPED)
    everything = library.progress()
    assert (everything.total, everything.done, everything.reading, everything.dropped) == (
        4,
        2,
        1,
        1,
    )
    more, nets, small, tiny, large = (library.progress(b.key) for b in library.branches())
    assert (more.total, more.done) == (2, 1)
    assert (nets.total, nets.done, nets.reading, nets.dropped) == (3, 2, 1, 1)
    assert (small.total, small.done) == (3, 2)
    assert (tiny.total, tiny.reading) == (1, 1)
    assert (large.total, large.dropped, large.share) == (0, 1, 0.0)


def test_progress_follows_undo_and_lists_that_go(library: Library) -> None:
    library.progress()
    library.set_status([BORN, MUTUAL], Status.DONE)
    library.undo()
    assert library.progress().done == 0
    library.redo()
    library.unsubscribe("nets")
    assert library.progress().done == 2  # one of them no longer listed
    assert library.progress().total == 3
    assert library.progress("no such branch").total == 0
