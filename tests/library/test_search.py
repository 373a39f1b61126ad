from __future__ import annotations

import pytest

from readq.errors import QueryError
from readq.library.library import Library
from readq.model.status import Status
from tests.library.samples import ALL, ATTENTION, BORN, LABELS, MUTUAL, TEACHING


@pytest.fixture
def marked(library: Library) -> Library:
    library.set_status([BORN], Status.READING)
    library.set_status([MUTUAL], Status.DONE)
    library.set_note(MUTUAL, "two students, no teacher")
    library.tag([LABELS], add=["self-supervised"])
    library.rate([LABELS, BORN], 4)
    library.enqueue([ATTENTION, BORN])
    return library


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("  ", ALL),
        ("learn", (MUTUAL, LABELS)),  # words match where they begin …
        ("earn", ()),
        ("neural born", (BORN,)),  # … in any order, and all of them
        ("ATTENTION muller", (ATTENTION,)),  # authors too; case and accents do not count
        ("novák", (TEACHING,)),
        ("students", (MUTUAL,)),  # notes
        ("supervised", (LABELS,)),  # tags
        ('"without labels"', (LABELS,)),
        ('"without label"', ()),  # quotes hold whole words
        ('"without lab', (LABELS,)),  # but for a quote still being typed
        ("1805.04770", (BORN,)),
        ("https://arxiv.org/abs/2101.02388", (TEACHING,)),
        ("status:reading", (BORN,)),
        ("status:to-read", (TEACHING, ATTENTION, LABELS)),
        ("!status:to-read", (BORN, MUTUAL)),
        ("NOT learning -teacher", (BORN, TEACHING)),
        ("year>=2020", (TEACHING, LABELS)),
        ("year<2018", (ATTENTION,)),
        ("year:2018", (BORN, MUTUAL)),
        ("venue:icml OR venue:cvpr", (BORN, MUTUAL)),
        ("author:zha", (MUTUAL,)),
        ("author:teacher", ()),
        ("venue:neur", (LABELS,)),
        ("tag:self-sup", (LABELS,)),
        ("lists>=2", (BORN,)),
        ("rating>=4", (BORN, LABELS)),
        ("rating<5", (BORN, LABELS)),  # what is not rated compares with nothing
        ("under:small", (BORN, MUTUAL, ATTENTION)),
        ("under:tiny", (ATTENTION,)),
        ("list:more", (BORN, TEACHING)),
        ("has:note", (MUTUAL,)),
        ("has:code", (MUTUAL,)),
        ("has:pdf", (BORN, TEACHING, MUTUAL, ATTENTION)),
        ("!has:link", (LABELS,)),
        ("is:queued", (BORN, ATTENTION)),
        ("is:conflict", ()),
        ("learning (venue:cvpr OR year>=2020)", (MUTUAL, LABELS)),
        ("sort:-year", (TEACHING, LABELS, BORN, MUTUAL, ATTENTION)),
        ("sort:title", (ATTENTION, BORN, MUTUAL, LABELS, TEACHING)),
        ("is:queued sort:queue", (ATTENTION, BORN)),
        ("sort:rating sort:title", (BORN, LABELS, ATTENTION, MUTUAL, TEACHING)),
    ],
)
def test_queries_find_what_they_say(marked: Library, query: str, found: tuple[str, ...]) -> None:
    assert marked.find(query) == found


def test_dropped_papers_hide_unless_they_are_asked_for(library: Library) -> None:
    library.find("")
    library.set_status([BORN], Status.DROPPED)
    assert BORN not in library.find("")
    assert library.find("born") == ()
    assert library.find("is:dropped") == (BORN,)
    assert library.find("born (status:dropped OR year:2018)") == (BORN,)


def test_what_was_found_follows_what_is_done(library: Library) -> None:
    assert library.find("dark") == ()
    library.set_note(BORN, "Dark knowledge")
    assert library.find("dark") == (BORN,)
    library.undo()
    assert library.find("dark") == ()


def test_a_query_that_cannot_be_read_is_refused(library: Library) -> None:
    with pytest.raises(QueryError) as caught:
        library.find("born staus:done")
    assert caught.value.position == 5
    assert caught.value.hint == "did you mean status:?"
