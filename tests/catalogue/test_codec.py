from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.catalogue.codec import dump_paper, load_paper
from readq.catalogue.listing_codec import dump_list, load_list
from readq.model.identifiers import Identifier
from readq.model.listing import Diagnostic, Link, Listing, ReadingList
from readq.model.paper import ListKey, Paper, PaperId, Place

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MAYBE = st.none() | TEXT
LINES = st.tuples(st.integers(1, 9), st.integers(1, 9))
LINKS = st.lists(st.builds(Link, TEXT, TEXT), max_size=3).map(tuple)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
LISTINGS = st.builds(
    Listing,
    lines=LINES,
    section=TEXTS,
    title=TEXT,
    kind=st.sampled_from(["paper", "resource"]),
    nickname=MAYBE,
    authors=TEXTS,
    et_al=st.booleans(),
    venue=MAYBE,
    year=st.none() | st.integers(1900, 2100),
    links=LINKS,
    empty_links=st.integers(0, 3),
    arxiv_id=MAYBE,
    doi=MAYBE,
    note=TEXT,
    flags=TEXTS,
)
LISTS = st.builds(
    ReadingList,
    title=TEXT,
    entries=st.lists(LISTINGS, max_size=4).map(tuple),
    diagnostics=st.lists(st.builds(Diagnostic, LINES, TEXT, TEXT), max_size=2).map(tuple),
)
PLACES = st.builds(
    Place,
    list_key=st.just(ListKey("k")),
    list_title=st.just("List"),
    source=st.just("/lists/k.md"),
    section=TEXTS,
    lines=LINES,
    title=TEXT.filter(bool),
)
PAPERS = st.builds(
    Paper,
    id=st.just(PaperId("an-id")),
    title=TEXT.filter(bool),
    nickname=MAYBE,
    authors=TEXTS,
    et_al=st.booleans(),
    venue=MAYBE,
    year=st.none() | st.integers(1900, 2100),
    year_derived_from=MAYBE,
    identifiers=st.lists(st.builds(Identifier, TEXT, TEXT), max_size=2).map(tuple),
    links=LINKS,
    places=st.lists(PLACES, max_size=3).map(tuple),
    conflicts=st.just(()),
    identities=TEXTS,
)


@given(LISTS)
def test_a_list_comes_back_whole(reading_list: ReadingList) -> None:
    assert load_list(dump_list(reading_list)) == reading_list


@given(PAPERS)
def test_a_paper_comes_back_whole(paper: Paper) -> None:
    text = dump_paper(paper, {ListKey("k"): 0})
    lists = [(ListKey("k"), "List", "/lists/k.md")]
    assert load_paper(text, id=paper.id, lists=lists, conflicts=()) == paper


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"title": 1, "entries": [], "diagnostics": []}', '{"title": "", "entries": [[]], "diagnostics": []}', "[" * 100]
)  # fmt: skip
def test_what_is_no_list_is_an_error_that_says_so(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        load_list(text)
