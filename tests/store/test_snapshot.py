from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.errors import Damaged, TooNew
from readq.store.schema import META
from readq.store.snapshot import Lines, differ, line, may_hold, new_tables, parse, render

NAMES = st.text(min_size=1, max_size=8) | st.sampled_from(['": {', '\\": {', "\n", "}", "},", "{"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=()), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(NAMES, VALUES, max_size=4)
TABLES = st.dictionaries(NAMES, st.dictionaries(NAMES, DOCUMENTS, max_size=4), max_size=3)

PATH = Path("library.json")


def plain(tables: Any) -> Any:
    return {name: {key: table[key] for key in table} for name, table in tables.items()}


@given(TABLES)
def test_what_is_written_is_read_whether_line_by_line_or_not(tables: Any) -> None:
    tables |= new_tables()
    data = render(tables)
    assert json.loads(data) == tables
    for ours in (False, True):
        again = parse(data, PATH, ours=ours)
        assert render(again) == data
        assert plain(again) == tables
        assert render(again) == data
    assert isinstance(parse(data, PATH, ours=True)[META], Lines)


@given(TABLES)
def test_a_document_is_a_line(tables: Any) -> None:
    data = render(tables | new_tables())
    count = sum(len(table) for table in tables.values()) + (0 if META in tables else 1)
    inner = [
        one for one in data.split(b"\n") if one.removesuffix(b",").endswith(b"}") and len(one) > 2
    ]
    assert len(inner) == count


@given(st.dictionaries(NAMES, DOCUMENTS), st.dictionaries(NAMES, DOCUMENTS))
def test_differences_are_found_whether_lines_were_read_or_not(one: Any, other: Any) -> None:
    wanted = {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}
    first, second = (
        parse(render({"t": table} | new_tables()), PATH, ours=True)["t"] for table in (one, other)
    )
    assert set(differ(first, second)) == wanted == set(differ(one, second))


def test_words_are_looked_for_without_reading() -> None:
    lines = Lines({"a": b'"a": {"rank": "V"}', "b": b'"b": {"note": "x"}'})
    assert may_hold(lines, "a", b'"rank"')
    assert not may_hold(lines, "b", b'"rank"')
    assert lines["b"] == {"note": "x"}
    assert may_hold(lines, "b", b'"rank"')  # once it was read, one must look


def test_another_layout_of_the_same_tables_is_read_too() -> None:
    tables = {"papers": {"p": {"note": "x"}}} | new_tables()
    for indent in (None, 0, 2):
        data = json.dumps(tables, indent=indent).encode()
        assert plain(parse(data, PATH)) == tables


def test_the_format_is_checked_in_both_ways_of_reading() -> None:
    for ours in (False, True):
        with pytest.raises(TooNew):
            parse(render({META: {"1": {"format": 2}}}), PATH, ours=ours)
        with pytest.raises(Damaged):
            parse(render({"papers": {}}), PATH, ours=ours)


def test_numbers_that_json_cannot_say_are_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        line({"n": float("inf")})
