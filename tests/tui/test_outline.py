"""The tree's lines, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.library.values import Branch
from readq.model.paper import ListKey, PaperId
from readq.tui.outline import Line, Outline


def branch(key: str) -> Branch:
    path = tuple(key.split("/")[1:])
    return Branch(
        key=key,
        list_key=ListKey(key.split("/")[0]),
        path=path,
        title=key,
        depth=len(path),
        parent=key.rpartition("/")[0] or None,
        total=0,
    )


SHELF = {"a": "", "a/1": "pq", "a/1/x": "r", "a/2": "ps", "b": "q", "b/1": "t"}


def papers(letters: str) -> tuple[PaperId, ...]:
    return tuple(map(PaperId, letters))


@pytest.fixture
def outline() -> Outline:
    """All folded."""
    made = Outline(lambda key: papers(SHELF[key]))
    made.load(map(branch, SHELF))
    made.fold_all()
    return made


def text(outline: Outline) -> list[str]:
    return [line.paper or line.branch for line in outline.lines()]


def test_folded_lists_are_all_there_is(outline: Outline) -> None:
    assert text(outline) == ["a", "b"]


def test_unfolding_shows_papers_and_then_sections(outline: Outline) -> None:
    outline.fold("a", False)
    assert text(outline) == ["a", "a/1", "a/2", "b"]
    outline.fold("a/1", False)
    assert text(outline) == ["a", "a/1", "p", "q", "a/1/x", "a/2", "b"]
    outline.fold("a", True)
    assert text(outline) == ["a", "b"]
    outline.fold("a", False)
    assert text(outline) == ["a", "a/1", "p", "q", "a/1/x", "a/2", "b"]


def test_all_unfolds_in_document_order(outline: Outline) -> None:
    outline.fold_all()
    assert text(outline) == [
        "a",
        "a/1",
        "p",
        "q",
        "a/1/x",
        "r",
        "a/2",
        "p",
        "s",
        "b",
        "q",
        "b/1",
        "t",
    ]


def test_papers_are_asked_for_when_they_come_into_sight() -> None:
    asked: list[str] = []

    def papers_in(key: str) -> tuple[PaperId, ...]:
        asked.append(key)
        return papers(SHELF[key] * 100)

    many = Outline(papers_in)
    many.load(branch(key) for key in SHELF)
    assert set(asked) < set(SHELF)
    many.fold("b", False)
    assert "b" in asked
    assert "b/1" not in asked


def test_a_filter_shows_matches_unfolded_and_counts_each_once(outline: Outline) -> None:
    outline.choose(frozenset(papers("pt")))
    assert text(outline) == ["a", "a/1", "p", "a/2", "p", "b", "b/1", "t"]
    assert [outline.found(key) for key in ("a", "a/1", "a/1/x", "b")] == [1, 1, 0, 1]
    outline.fold("a", True)
    assert text(outline) == ["a", "b", "b/1", "t"]
    outline.choose(None)
    assert text(outline) == ["a", "b"]


def test_hidden_papers_are_in_no_line_and_below_nothing(outline: Outline) -> None:
    outline.fold_all()
    outline.choose(None, hidden=frozenset(papers("pt")))
    assert text(outline) == ["a", "a/1", "q", "a/1/x", "r", "a/2", "s", "b", "q", "b/1"]
    assert outline.below("a") == papers("qrs")
    assert outline.below("b/1") == ()


def test_what_is_below_counts_once_and_does_not_need_unfolding(outline: Outline) -> None:
    assert outline.below("a") == papers("pqrs")
    assert outline.below("a/2") == papers("ps")


def test_a_paper_is_found_where_it_is_unfolded_else_its_heading(outline: Outline) -> None:
    line = Line("a/2", PaperId("p"))
    assert outline.line_of(line) == 0
    outline.fold("a", False)
    assert outline.line_of(line) == 2
    outline.fold("a/1", False)
    assert outline.line_of(line) == 2
    outline.fold("a/2", False)
    assert outline.line_of(line) == 6


def test_revealing_unfolds_what_is_above(outline: Outline) -> None:
    at = outline.reveal(PaperId("r"))
    assert at is not None
    assert outline[at] == Line("a/1/x", PaperId("r"))
    assert outline.reveal(PaperId("nowhere")) is None


def test_a_first_look_shows_papers() -> None:
    fresh = Outline(lambda key: papers(SHELF[key]))
    fresh.load(map(branch, SHELF))
    assert text(fresh)[:4] == ["a", "a/1", "p", "q"]


def test_a_first_look_at_many_lists_stays_short() -> None:
    fresh = Outline(lambda _: papers("abcdefgh"))
    fresh.load(branch(f"{n}{part}") for n in range(100) for part in ("", "/1", "/2"))
    assert len(fresh) < 200


def test_lists_that_come_keep_the_folds_of_the_others(outline: Outline) -> None:
    outline.fold("b", False)
    outline.load([branch("c"), *map(branch, SHELF)] if "c" in SHELF else map(branch, SHELF))
    assert text(outline) == ["a", "b", "q", "b/1"]


@given(st.lists(st.sampled_from([*SHELF, "all", "filter", "clear"]), max_size=12))
def test_lines_are_found_again_after_any_folds(acts: list[str]) -> None:
    made = Outline(lambda key: papers(SHELF[key]))
    made.load(map(branch, SHELF))
    for act in acts:
        if act == "all":
            made.fold_all()
        elif act == "filter":
            made.choose(frozenset(papers("p")))
        elif act == "clear":
            made.choose(None)
        else:
            made.fold(act, not made.is_folded(act))
        lines = list(made.lines())
        assert len(lines) == len(made) == len(set(lines))
        assert [made.line_of(line) for line in lines] == list(range(len(lines)))


@given(st.lists(st.none() | st.frozensets(st.sampled_from("pqrstz")), max_size=6))
def test_a_filter_shows_the_same_whatever_was_filtered_before(
    filters: list[frozenset[str] | None],
) -> None:
    worn, fresh = (Outline(lambda key: papers(SHELF[key])) for _ in range(2))
    for each in (worn, fresh):
        each.load(map(branch, SHELF))
    for only in filters:
        chosen = None if only is None else frozenset(map(PaperId, only))
        worn.choose(chosen, hidden=frozenset(papers("s")))
    fresh.choose(worn.only, hidden=worn.hidden)
    assert text(worn) == text(fresh)
    for key in SHELF:
        assert worn.below(key) == fresh.below(key)
        assert worn.found(key) == fresh.found(key)
        if worn.only is not None:
            below = {one for other in SHELF if other.startswith(key) for one in SHELF[other]}
            assert worn.found(key) == len(below & worn.only)
