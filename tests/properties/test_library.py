"""Laws of the library, tried with any acts in any order."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from readq.errors import NotFound
from readq.library.as_json import entry_json
from readq.library.library import Library
from readq.library.values import Done
from readq.model.paper import PaperId
from readq.model.stats import Progress
from readq.model.status import Status
from readq.paths import Paths
from tests.library.samples import ALL, MORE, NETS, Clock

Act = Callable[[Library], Done]

_papers = st.lists(st.sampled_from(ALL), min_size=1, max_size=4)
_one = st.sampled_from(ALL)
_acts: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        lambda papers, status: lambda library: library.set_status(papers, status),
        _papers,
        st.sampled_from(Status),
    ),
    st.builds(lambda papers: lambda library: library.toggle_done(papers), _papers),
    st.builds(
        lambda papers, top: lambda library: library.enqueue(papers, top=top), _papers, st.booleans()
    ),
    st.builds(lambda papers: lambda library: library.toggle_queued(papers), _papers),
    st.builds(
        lambda paper, place: lambda library: library.move_to(paper, place), _one, st.integers(1, 6)
    ),
    st.builds(
        lambda paper, text: lambda library: library.set_note(paper, text), _one, st.text(max_size=9)
    ),
    st.builds(
        lambda papers, tag: lambda library: library.tag(papers, add=[tag]),
        _papers,
        st.sampled_from(["kd", "survey"]),
    ),
    st.builds(
        lambda papers, stars: lambda library: library.rate(papers, stars),
        _papers,
        st.none() | st.integers(1, 5),
    ),
    st.builds(
        lambda key: lambda library: _flip(library, key), st.sampled_from(["nets", "more-nets"])
    ),
)


def _flip(library: Library, key: str) -> Done:
    """Remove a list that is there."""
    if key in {one.key for one in library.lists}:
        return library.unsubscribe(key)
    return Done(message="not there")


def _tried(act: Act, library: Library) -> Done:
    """Do it, unless a list took the paper away."""
    try:
        return act(library)
    except NotFound:
        return Done(message="not there")


def _shown(library: Library) -> str:
    """All that `readq ls --json` and the tree would show."""
    found = library.find("is:dropped OR !is:dropped")
    entries = [entry_json(entry) for entry in library.entries(found)]
    return json.dumps([entries, library.queue(), [one.title for one in library.branches()]])


def _opened(folder: Path) -> Library:
    lists = folder / "lists"
    lists.mkdir(exist_ok=True)
    (lists / "nets.md").write_text(NETS)
    (lists / "more.md").write_text(MORE)
    home = folder / "home"
    with patch("readq.library.subscriptions.seeds_folder", lambda: lists):
        return Library.open(Paths(data=home, config=home, cache=home / "cache"), now=Clock())


@settings(max_examples=30)
@given(st.lists(_acts, max_size=8))
def test_acts_undone_to_the_start_leave_no_trace_and_redone_are_back(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = _opened(Path(folder))
        start = _shown(library)
        written = [done for act in acts if (done := _tried(act, library)).event is not None]
        end = _shown(library)
        for _ in written:
            assert library.undo().event is not None
        assert library.undo().event is None
        assert _shown(library) == start
        for _ in written:
            assert library.redo().event is not None
        assert _shown(library) == end
        library.close()
        again = _opened(Path(folder))
        assert _shown(again) == end
        again.close()


@settings(max_examples=30)
@given(st.lists(_acts, max_size=8))
def test_progress_is_the_count_of_distinct_papers_below_by_status(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = _opened(Path(folder))
        everything: set[PaperId] = set()
        for act in acts:
            library.progress()
            _tried(act, library)
        for branch in library.branches():
            below = set(library.papers_below(branch.key))
            everything |= below
            assert branch.total == len(below)
            assert library.progress(branch.key) == _counted(library, below)
        assert library.progress() == _counted(library, everything)
        library.close()


def _counted(library: Library, papers: set[PaperId]) -> Progress:
    statuses = Counter(row.status for row in library.rows(papers))
    return Progress(
        total=len(papers) - statuses[Status.DROPPED],
        done=statuses[Status.DONE],
        reading=statuses[Status.READING],
        dropped=statuses[Status.DROPPED],
    )
