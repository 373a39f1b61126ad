"""Documents of every format become blocks with the lines that they stand on."""

from __future__ import annotations

from readq.lists.blocks import bibtex, load, org
from readq.lists.blocks.model import Kind, Style


def blocks(text: str) -> list[tuple[str, int, int, str]]:
    return [(b.kind.value, b.first, b.last, b.text.strip()) for b in load.parse(text).blocks]


def test_markdown_blocks_know_their_lines() -> None:
    text = "# Title\n\nSome\nprose.\n\n- one\n- two\n  going on\n\n  more\n"
    assert blocks(text) == [
        ("heading", 1, 1, "Title"),
        ("paragraph", 3, 4, "Some\nprose."),
        ("item", 6, 6, "one"),
        ("item", 7, 8, "two\ngoing on"),
        ("paragraph", 10, 10, "more"),
    ]


def test_nested_items_know_what_holds_them() -> None:
    found = load.parse("- a\n  - b\n    - c\n- d\n").blocks
    assert [(b.text.strip(), b.level, b.parent) for b in found] == [
        ("a", 0, -1),
        ("b", 1, 0),
        ("c", 2, 1),
        ("d", 0, -1),
    ]


def test_runs_carry_style_and_target() -> None:
    (block,) = load.parse("- **Bold** *em* `code` [a [b]](http://x.org/?a=1&amp;b=2)\n").blocks
    styles = {run.text: run.style for run in block.runs if run.text.strip()}
    assert styles["Bold"] == Style.STRONG
    assert styles["em"] == Style.EMPHASIS
    assert styles["code"] == Style.CODE
    assert {run.url for run in block.runs} == {None, "http://x.org/?a=1&b=2"}


def test_targets_stay_as_written() -> None:
    (block,) = load.parse("- [x](<http://x.org/a b%20c?q=é>)\n").blocks
    assert block.runs[0].url == "http://x.org/a b%20c?q=é"


def test_html_in_markdown_has_lines_too() -> None:
    text = "<ul>\n<li>One <a href='u1'>p</a>\n<li>Two,\n wrapped\n</ul>\n\ntext\n"
    assert blocks(text) == [
        ("item", 2, 2, "One p"),
        ("item", 3, 4, "Two,\n wrapped"),
        ("paragraph", 7, 7, "text"),
    ]


def test_comments_are_no_content() -> None:
    assert blocks("a <!-- b\nc --> d\n\n<!-- e\n\nf -->\n\ng\n") == [
        ("paragraph", 1, 2, "a \n d"),
        ("paragraph", 8, 8, "g"),
    ]


def test_headings_without_a_blank_are_headings() -> None:
    assert blocks("#1 Topic\n\n## 1.1 Part\n")[0] == ("heading", 1, 1, "1 Topic")


def test_front_matter_is_set_aside() -> None:
    document = load.parse("---\ntitle: x\n---\n# H\n")
    assert document.furniture == [(1, 3)]
    assert document.blocks[0].first == 4


def test_tables_have_rows_of_cells() -> None:
    found = load.parse("| A | B |\n|---|---|\n| 1 <br> 2 | [x](u) |\n").blocks
    assert [row.header for row in found] == [True, False]
    assert [[run.text.strip() for run in cell] for cell in found[1].cells] == [
        ["1", "", "2"],
        ["x"],
    ]


def test_indented_text_is_text_and_code_is_code() -> None:
    kinds = [
        b.kind for b in load.parse("para\n\n    [x](u) indented, 2020\n\n    import os\n").blocks
    ]
    assert kinds[0] == Kind.PARAGRAPH
    kinds = [b.kind for b in load.parse("    [x](u) indented, 2020\n").blocks]
    assert kinds == [Kind.PARAGRAPH]
    assert [b.kind for b in load.parse("    import os\n").blocks] == [Kind.CODE]


def test_a_page_of_html_is_told_by_its_content() -> None:
    document = load.parse(
        "<!DOCTYPE html>\n<html><head><title>T</title></head>\n<body><p>x</p>\n</body>"
    )
    assert document.format == "html"
    assert document.title == "T"
    assert [(b.first, b.text) for b in document.blocks] == [(3, "x")]


def test_rest_is_told_by_its_content() -> None:
    text = "Papers\n======\n\n.. [#] `A title <http://x.org>`_, Lee, 2020.\n.. [#] `Another <http://y.org>`_, Kim, 2021.\n"
    document = load.parse(text)
    assert document.format == "rst"
    assert [(b.kind.value, b.first) for b in document.blocks] == [
        ("heading", 1),
        ("item", 4),
        ("item", 5),
    ]
    assert document.blocks[1].runs[0].url == "http://x.org"


def test_org_keeps_every_line_in_its_place() -> None:
    text = "#+TITLE: T\n* Topic\n** TODO [[http://x.org][A title]] :tag:\n   :PROPERTIES:\n   :ID: 1\n   :END:\n   Ann Lee\n"
    assert org.is_org(text)
    document = load.parse(text)
    assert (document.format, document.title) == ("org", "T")
    assert [(b.first, b.text.strip()) for b in document.blocks] == [
        (2, "Topic"),
        (3, "A title"),
        (7, "Ann Lee"),
    ]


def test_bibtex_is_read_as_data() -> None:
    text = '@string{v = "CVPR"}\n@inproceedings{a,\n title = {Deep {R}esidual},\n author = {He, K. and M{\\"u}ller, R.},\n booktitle = v # " 2016", year = 2016\n}\n'
    (item,) = bibtex.parse(text)
    assert (item.first, item.last) == (2, 6)
    assert item.fields["booktitle"] == "CVPR 2016"
    assert bibtex.untex(item.fields["author"]) == "He, K. and Müller, R."


def test_torn_bibtex_ends_with_its_line() -> None:
    first, second = bibtex.parse("@misc{a, title={Torn\n@misc{b, title={Whole}}\n")
    assert "Torn" in first.fields["title"]
    assert second.fields["title"] == "Whole"


def test_deep_nesting_costs_no_stack() -> None:
    for depth in (500, 5000):
        load.parse("<div>" * depth + "x" + "</div>" * depth)
        load.parse("- " * depth + "x")
        load.parse("> " * depth + "x")
