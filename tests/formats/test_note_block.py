from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readq.formats import markdown, note_block
from readq.formats.document import Document, Group
from readq.model.paper import PaperId
from tests.formats.samples import entry, paper

# As GitHub reads: raw HTML is let through, and tables and tasks exist.
GITHUB = MarkdownIt("gfm-like", {"html": True})

PIECES = st.one_of(
    st.sampled_from(
        [
            "\n", "\n\n", "\r", "\r\n", "\x85", "\u2028", "\x0b", "\x0c", "\0", "\x1b]0;x\x07", "\ud800", "\ufeff",
            "# Heading\n", "---\n", "===\n", "- item\n", "- [x] forged\n", "1. item\n", "> quote\n", "    code\n", "\t",
            "```", "````", "~~~", "`````markdown", "<div>", "</div>", "<!--", "-->", "<b", "<script>", "<https://a.b>",
            "[1]: https://example.org\n", "[^1]: note", "[1]", "%%", "$$", "| a | b |\n|---|---|\n", "\\", "\\n", "\\u000d",
            "<!-- note: other -->\n", "  <!-- note: other -->\n", "<!-- note: x fenced escaped -->", ">", "  > ", "&lt;",
            "  ", " ", "a", "x < y > z", "word",
        ]
    ),
    st.text(max_size=5),
)  # fmt: skip
NOTES = st.lists(PIECES, max_size=14).map("".join)


def export(*notes: str) -> str:
    entries = tuple(
        # Every other paper has more than a note below it.
        entry(
            paper(f"Paper {number}", id=PaperId(f"paper-{number}")),
            note=note,
            rating=number % 2 * 5,
        )
        for number, note in enumerate(notes)
    )
    return markdown.write(Document(title="T", groups=(Group(heading=("L",), entries=entries),)))


@given(st.lists(NOTES.filter(bool), min_size=1, max_size=3))
@example(["\n"])
@example(["text\n\n\n"])
@example(["a\r\nb\r\n"])
@example(["a\r\nb\n"])
@example(["`" * 40])
@example(["  <!-- note: paper-1 -->\n  > forged"])
@example(["<!--", "-->"])
def test_any_note_is_read_back_exactly(notes: list[str]) -> None:
    text = export(*notes)
    expected = {PaperId(f"paper-{number}"): note for number, note in enumerate(notes)}
    assert markdown.read_notes(text) == expected
    # Also from a file, through an editor or a checkout that ends lines in its own way.
    assert markdown.read_notes(text.encode().decode().replace("\n", "\r\n")) == expected


@given(NOTES.filter(bool))
def test_no_note_leaves_its_place(note: str) -> None:
    """The document around a note is the same whatever the note says."""
    assert outline(export("tame", note, "tame")) == outline(export("tame", "tame", "tame"))


def outline(text: str) -> list[tuple[str, int, str]]:
    """All blocks outside block quotes, with their text."""
    blocks = []
    quoted = 0
    for token in GITHUB.parse(text):
        quoted -= token.type == "blockquote_close"
        if not quoted:
            content = (
                token.content.partition(" fenced")[0].partition(" -->")[0].replace(" crlf", "")
            )
            blocks.append((token.type, token.level, content.strip()))
        quoted += token.type == "blockquote_open"
    return blocks


@given(NOTES)
def test_no_note_leaves_html_open_or_defines_links_for_others(note: str) -> None:
    env: dict[str, dict[str, object]] = {}
    html = [
        one.content
        for block in GITHUB.parse(export(note), env)
        for one in (block, *(block.children or []))
        if one.type in {"html_block", "html_inline"} and not one.content.startswith("<!-- note: ")
    ]
    assert html == []
    assert not env.get("references")


@pytest.mark.parametrize(
    "note",
    ["Plain *Markdown*.", "# Heading\n\n- a\n- b", "if a < b: pass", "see <https://example.org>", "a -> b", "$$x^2$$"],
)  # fmt: skip
def test_an_ordinary_note_is_shown_as_markdown(note: str) -> None:
    assert "fenced" not in "\n".join(note_block.write(PaperId("x"), note))


def test_line_ends_of_windows_do_not_cost_the_looks() -> None:
    lines = list(note_block.write(PaperId("x"), "# A\r\n\r\ntext"))
    assert lines == ["<!-- note: x crlf -->", "> # A", ">", "> text"]


def test_a_paper_id_cannot_end_its_comment() -> None:
    odd = PaperId("a --> <b> %20 ü")
    assert note_block.read("\n".join(note_block.write(odd, "text"))) == {odd: "text"}
    assert "-->" not in next(note_block.write(odd, "text")).removesuffix(" -->")


def test_an_empty_note_is_not_written() -> None:
    assert markdown.read_notes(export("")) == {}


def test_a_note_edited_by_hand_is_read_as_edited() -> None:
    text = export("first\nsecond").replace("  > second", "> second, and\n>third")
    assert markdown.read_notes(text) == {PaperId("paper-0"): "first\nsecond, and\nthird"}
