from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.errors import QueryError
from readq.model.query import (
    HAS,
    IS,
    And,
    Compare,
    Has,
    InField,
    Is,
    Node,
    Not,
    Or,
    Query,
    Sort,
    StatusIs,
    Words,
    parse,
)
from readq.model.status import Status

A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", And(())),
        ("– & !", And(())),
        ("a b", And((A, B))),
        ("a AND b c", And((A, B, C))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("!a", Not(A)),
        ("-a NOT b", And((Not(A), Not(B)))),
        ("!!a", A),
        ("!(a b)", Not(And((A, B)))),
        ("Co-Training", Words("co training")),
        ("Müller", Words("muller")),
        ('"a b"', Words("a b", whole=True)),
        ('"a b', Words("a b")),
        ("KD: a", And((Words("kd"), A))),
        ("f(x)", Words("f x")),
        ("(f(x))", Words("f x")),
        ("1503.02531v3", Words("1503 02531v3", identifier="arxiv:1503.02531")),
        ("arXiv:1503.02531", Words("arxiv 1503 02531", identifier="arxiv:1503.02531")),
        ("androids", Words("androids")),
        ("ORacle", Words("oracle")),
        ("status:reading", StatusIs(frozenset({Status.READING}))),
        ("status:d", StatusIs(frozenset({Status.DONE, Status.DROPPED}))),
        ("is:dropped", StatusIs(frozenset({Status.DROPPED}))),
        ("is:queued", Is("queued")),
        ("has:note", Has("note")),
        ("HAS:pdf", Has("pdf")),
        ('under:"Object Detection"', InField("under", "object detection", whole=True)),
        ("venue=CVPR", InField("venue", "cvpr")),
        ("year:2020", Compare("year", "=", 2020)),
        ("year>=2020", Compare("year", ">=", 2020)),
        ("lists:>3", Compare("lists", ">", 3)),
        ("rating<2", Compare("rating", "<", 2)),
    ],
)
def test_a_query_reads_as(text: str, root: Node) -> None:
    parsed = parse(text).root
    assert parsed == root
    assert type(parsed) is type(root)


def test_orders_are_taken_out_of_the_terms_wherever_they_stand() -> None:
    assert parse("sort:-year a sort:title") == Query(A, (Sort("year", True), Sort("title")))


@pytest.mark.parametrize(
    ("text", "asks"),
    [("a", False), ("status:done", False), ("a !(b OR status:dropped)", True)],
)
def test_dropped_papers_are_asked_for_by_name(text: str, asks: bool) -> None:
    assert parse(text).asks_dropped is asks


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ("a staus:done", 2, "staus"),
        ("a status:finished", 2, "finished"),
        ("year:", 0, "value"),
        ("a year:soon", 2, "number"),
        ("venue>=x", 0, "order"),
        ("a )", 2, "closes"),
        ("a (b", 2, "never closed"),
        ("a OR", 4, "OR"),
        ("OR a", 0, "OR"),
        ("AND a", 3, "AND"),
        ("a AND", 5, "AND"),
        ("a NOT", 2, "NOT"),
        ("!sort:year", 0, "order"),
        ("(" * 60 + "a" + ")" * 60, 50, "parentheses"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, position: int, word: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert caught.value.position == position
    assert word in caught.value.message


@pytest.mark.parametrize(
    ("operator", "fitting"),
    [("=", [2]), (">=", [2, 3]), ("<=", [1, 2]), (">", [3]), ("<", [1])],
)
def test_numbers_compare(operator: str, fitting: list[int]) -> None:
    term = parse(f"lists{operator}2").root
    assert isinstance(term, Compare)
    assert [number for number in (1, 2, 3) if term.fits(number)] == fitting
    assert not term.fits(None)


_PIECES = st.sampled_from(
    [
        "a",
        "OR",
        "AND",
        "NOT",
        "!",
        "-",
        "(",
        ")",
        '"',
        " ",
        ":",
        "year>=",
        "status:",
        "é",
        "x:y",
        "=<",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    refused: QueryError | None = None
    try:
        parse(text)
    except QueryError as error:
        refused = error
    assert refused is None or (0 <= refused.position <= len(text) and refused.message)


@pytest.mark.parametrize("word", ["todo", "unread", "to-read", "unre", "TODO"])
@pytest.mark.parametrize("field", ["status", "is"])
def test_what_is_to_be_read_has_several_names(field: str, word: str) -> None:
    assert parse(f"{field}:{word}") == parse("status:to-read")


@pytest.mark.parametrize("query", ["status:finished", "status:dne", "is:quued", "has:nothing"])
def test_a_word_that_a_field_does_not_know_brings_those_that_it_knows(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    words = {
        "status": "to-read, reading, done, dropped",
        "is": ", ".join(IS),
        "has": ", ".join(HAS),
    }
    assert words[query.partition(":")[0]] in caught.value.hint
