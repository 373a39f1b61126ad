"""Laws that hold for every input."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readq.errors import ListError
from readq.lists.read import read
from readq.model.listing import ReadingList
from readq.model.text import clean_block

PIECES = [
    "# ", "## ", "- ", "  - ", "1. ", "> ", "\n", "\n\n", "    ", "| ", " |\n", "|---|---|\n", "**", "*", "`", "[", "]", "(", ")", "](",
    "<li>", "</li>", "<ul>", "<table><tr><td>", "</td></tr></table>", "<details>", "<summary>", "</details>", "<br>", "<a href=\"", "\">", "<!--", "-->",
    "```\n", "@article{a, title={", "}}", "\"", "“", "”", ". ", ", ", ": ", " and ", " et al. ", "CVPR 2020", "arXiv:1503.02531", "(2019)", "2020-",
    "https://arxiv.org/abs/1503.02531", "https://github.com/a/b", "Deep Learning", "A Study of Small Things", "Ann Lee", "Kim, J.", "&amp;", "\x00", "\x1b[31m",
    "\u202e", "é", "论文：", "#+TITLE: x\n", "* Topic\n", ".. [#] `x <http://y>`_\n", "=====\n", "\t", "\\", "\\[", "{", "}", "$", "\ufffd",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def check(data: bytes) -> ReadingList | None:
    try:
        result = read(data)
    except ListError:
        return None
    total = data.replace(b"\r\n", b"\n").count(b"\n") + data.count(b"\r") + 1
    for entry in result.entries:
        assert 1 <= entry.lines[0] <= entry.lines[1] <= total
        assert all(entry.section)
        assert "\n" not in entry.title
    for found in result.diagnostics:
        assert 1 <= found.lines[0] <= found.lines[1] <= total
        assert found.reason
        assert found.code
    return result


@settings(max_examples=300)
@given(SOURCES)
def test_lists_of_any_shape_are_read(source: str) -> None:
    check(source.encode())


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    check(data)


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_text_of_any_kind_is_read(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=100)
@given(SOURCES)
def test_reading_twice_gives_the_same(source: str) -> None:
    assert check(source.encode()) == check(source.encode())


@settings(max_examples=150)
@given(SOURCES)
def test_every_target_stands_in_the_source(source: str) -> None:
    result = check(source.encode())
    plain = "".join(html.unescape(clean_block(source)).replace("\\", "").split())
    # A stray tag within an address vanishes, as it does in a browser.
    bare = re.sub(r"</?\w+>|<!--|-->", "", plain)
    for entry in result.entries if result else ():
        for link in entry.links:
            url = "".join(link.url.replace("\\", "").split())
            assert url in plain or url in bare


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "|",
        "*",
        "<li>",
        "(",
        "`",
        "- ",
        "> ",
        "A, ",
        "AB",
        "![",
        "](",
        "<b>",
        "<div>",
        "  - a\n",
        "1",
        "\x00",
        "et al. ",
        "@a{",
    ],
)
def test_floods_of_one_sign_do_no_harm(unit: str) -> None:
    check((unit * 20_000).encode())
