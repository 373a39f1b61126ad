"""Text as labels: letter for letter, in the width that there is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from readq.library.values import Row
from readq.model.entry import Entry
from readq.model.identifiers import Identifier
from readq.model.listing import Link
from readq.model.paper import Conflict, ListKey, Paper, PaperId, Place
from readq.model.record import Rank, Record
from readq.model.stats import Progress
from readq.model.status import Status
from readq.model.text import clean
from readq.tui import present
from readq.tui.signs import ASCII, UNICODE
from tests.tui.helpers import HOSTILE_TITLES, POISON

TODAY = date(2026, 11, 21)
hostile = st.sampled_from(
    [
        "[",
        "]",
        "[/",
        "[b]",
        "[@click=app.quit]",
        "$",
        "\\",
        "\\[",
        "](",
        "深",
        "é",
        "\u200d",
        "\u0301",
    ]
)
titles = st.lists(hostile | st.text(max_size=5), min_size=1, max_size=12).map("".join).map(clean)
widths = st.integers(0, 120)


def row(title: str, **fields: object) -> Row:
    values = {
        "year": 2020,
        "list_count": 3,
        "status": Status.TO_READ,
        "queued": True,
        "has_note": True,
    } | fields
    return Row(id=PaperId("x"), title=title, **values)  # type: ignore[arg-type]


def entry(title: str, record: Record | None = None, **fields: object) -> Entry:
    paper = Paper(id=PaperId("x"), title=title, **fields)  # type: ignore[arg-type]
    return Entry(paper=paper, record=record or Record(id=PaperId("x")), queue=None)


def rows_of(title: str, width: int) -> list[Content]:
    """A title in everything that is one line."""
    return [
        present.label(title),
        present.paper_row(row(title), width=width),
        present.paper_row(row(title), width=width, place="12", marked=True),
        present.branch_row(title, Progress(total=3, done=1), width=width),
        present.branch_row(title, Progress(total=3), width=width, found=2),
        present.heading_row(title, width=width),
        present.tags_title(title),
        present.known_tags([title]),
        present.link_option(1, Link(title, title), width=9000),
    ]


@given(titles)
def test_any_title_is_shown_letter_for_letter(title: str) -> None:
    for content in rows_of(title, 4000):
        assert title in content.plain
    record = Record(id=PaperId("x"), tags=(title,), note=title, status=Status.READING)
    places = (
        Place(
            list_key=ListKey("l"),
            list_title=title,
            source="x.md",
            section=(title, title),
            lines=(1, 1),
            title="other",
        ),
    )
    full = entry(
        title,
        record,
        authors=(title,),
        venue=title,
        links=(Link(title, title),),
        places=places,
        conflicts=(Conflict("x", title),),
    )
    shown = present.detail(full, width=9000, today=TODAY).plain
    assert shown.count(title) >= 10 or len(title) < 3


@given(titles, widths, st.booleans())
def test_rows_keep_to_their_width(title: str, width: int, marked: bool) -> None:
    least = 24
    for content in (
        present.paper_row(row(title), width=width + least, marked=marked),
        present.branch_row(title, Progress(total=10**6, done=1), width=width + least),
    ):
        # A joiner at a seam makes widths that do not add up; the widget cuts to the cell.
        assert abs(cell_len(content.plain) - width - least) <= 1 + title.count("\u200d") * 2


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_markup_is_text(title: str) -> None:
    for content in rows_of(title, 200):
        assert title in content.plain
        assert not any("@click" in str(span.style) for span in content.spans)


@pytest.mark.parametrize(("poison", "left"), POISON.items())
def test_what_a_terminal_acts_upon_is_gone(poison: str, left: str) -> None:
    record = Record(id=PaperId("x"), note=f"one\n{poison}\ttwo")
    contents = [*rows_of(poison, 300), present.detail(entry(poison, record), width=80, today=TODAY)]
    for content in contents:
        assert left in content.plain
        assert not {c for c in content.plain if c != "\n" and not c.isprintable()} - {"\t"}


def test_a_long_title_ends_in_an_ellipsis() -> None:
    shown = present.paper_row(row("A very long title that will not fit"), width=30).plain
    assert "…" in shown
    assert shown.endswith("2020 ")


@pytest.mark.parametrize(
    ("done", "total", "bar"),
    [
        (0, 9, "......"),
        (1, 900, "#....."),
        (899, 900, "#####."),
        (9, 9, "######"),
        (0, 0, "......"),
    ],
)
def test_a_bar_is_empty_at_nothing_and_full_at_everything(done: int, total: int, bar: str) -> None:
    assert present.bar(Progress(total=total, done=done).share, signs=ASCII).plain == bar


def test_a_detail_says_all_there_is() -> None:
    record = Record(
        id=PaperId("x"),
        status=Status.READING,
        rank=Rank("a"),
        tags=("attention",),
        rating=4,
        note="# Idea\nText",
        started_at="2026-11-12T08:00:00Z",
    )
    full = Entry(
        paper=Paper(
            id=PaperId("x"),
            title="Title",
            nickname="Nick",
            authors=("A. One", "B. Two"),
            et_al=True,
            venue="ICLR",
            year=2017,
            year_derived_from="arxiv:1612.03928",
            identifiers=(Identifier("arxiv", "1612.03928"), Identifier("cvf", "x" * 50)),
            links=(Link("", "https://example.org/a"),),
            conflicts=(Conflict("two-identifiers", "Two ids"),),
        ),
        record=record,
        queue=3,
    )
    lines = present.detail(full, width=60, today=TODAY).plain.split("\n")
    assert lines[:5] == [
        "Title",
        "Nick",
        "A. One, B. Two et al.",
        "ICLR · 2017 (from arxiv:1612.03928) · arXiv:1612.03928",
        f"CVF:{'x' * 50}"[:60],
    ]
    text = "\n".join(lines)
    assert "◐ reading since 12 Nov · » queue 3 · ★ 4 of 5 · #attention" in text
    assert "! Two ids" in text
    assert " 1 link  https://example.org/a" in text
    assert "# Idea\nText\n" in text


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-12T08:00:00Z", "12 Nov"),
        ("2025-01-02T08:00:00Z", "2 Jan 2025"),
        (None, ""),
        ("nonsense", ""),
    ],
)
def test_days_carry_their_year_when_it_is_another(moment: str | None, shown: str) -> None:
    assert present.day(moment, TODAY) == shown


def test_every_link_carries_its_number() -> None:
    links = (Link("pdf", "https://example.org/1"), Link("code", "https://example.org/2"))
    content = present.detail(entry("T", links=links), width=80, today=TODAY)
    numbers = {span.style.meta["link"] for span in content.spans if not isinstance(span.style, str)}
    assert numbers == {1, 2}


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
def test_signs_are_one_cell_wide_and_tell_apart(signs: object) -> None:
    for one in (UNICODE, ASCII):
        status = list(one.status.values())
        assert len(set(status)) == len(status)
        singles = [one.folded, one.unfolded, one.marked, one.queued, one.note, one.full, one.empty]
        assert {cell_len(sign) for sign in [*status, *singles]} == {1}
    assert all(sign.isascii() for sign in ASCII.status.values())


def test_the_bottom_line_leaves_out_what_does_not_fit() -> None:
    keys = [(letter, "Word", "x") for letter in "abcdef"]
    line = present.keys_line(keys, [("?", "Help", "help")], width=40).plain
    assert line.endswith("? Help ")
    assert len(line) == 40
    assert "d Word" not in line


@pytest.mark.parametrize("width", [60, 120])
def test_errors_point_at_what_they_are_about(width: int) -> None:
    assert present.error_under(5, "wrong", width=width).plain == "     ↑ wrong"
    assert present.error_under(200, "wrong", width=width).plain == "wrong"
