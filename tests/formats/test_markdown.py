from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readq.formats import markdown
from readq.formats.document import Document, Group
from readq.model.entry import Entry
from readq.model.paper import PaperId
from readq.model.status import Status
from readq.model.text import clean
from tests.formats.samples import ATTENTION, BORN_AGAIN, HOSTILE, entry, library, paper

GOLDEN = Path(__file__).parent.parent / "golden"

GITHUB = MarkdownIt("gfm-like")
# GitHub links addresses that are written out; "node.js" is a guess of this parser alone.
assert GITHUB.linkify is not None
GITHUB.linkify.set({"fuzzy_link": False})

# Pieces that mean something to some Markdown reader, and the text between them.
PIECES = st.one_of(
    st.sampled_from(
        [
            "*",
            "**",
            "_",
            "__",
            "`",
            "``",
            "[",
            "]",
            "(",
            ")",
            "![",
            "[[",
            "]]",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<",
            ">",
            "&",
            "&amp;",
            "&#42;",
            "#",
            "##",
            "-",
            "+",
            "1.",
            "1)",
            "|",
            "---",
            "===",
            "~~",
            "~",
            "$",
            "$$",
            "^",
            "^[",
            "==",
            "%%",
            "://",
            "https://example.org",
            "www.example.org",
            "a@example.org",
            "\\",
            "\\*",
            "!",
            ":",
            ":tada:",
            "@me",
            "{}",
            '"',
            "'",
            "\t",
            "\n",
            "\r",
            "\x0c",
            "\u2028",
            "\x85",
        ]
    ),
    st.text(max_size=4),
    st.just(" "),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def export(*entries: Entry, heading: tuple[str, ...] = ("List",)) -> str:
    return markdown.write(
        Document(title="Papers", groups=(Group(heading=heading, entries=entries),))
    )


def flat(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *flat(token.children or []))]


def plain(tokens: list[Token]) -> str:
    """What a reader sees of inline tokens, a line break being a blank."""
    text = "".join(
        " " if one.type in {"softbreak", "hardbreak"} else one.content
        for one in flat(tokens)
        if one.type not in {"inline", "html_block"}
    )
    return text.strip()


def inlines(text: str) -> list[str]:
    return [plain(one.children or []) for one in GITHUB.parse(text) if one.type == "inline"]


def test_the_export_of_a_library_is_the_golden_file() -> None:
    reading, done, hostile, dropped = library()
    document = Document(
        title="readq: my *papers*",
        groups=(
            Group(heading=("Knowledge Distillation",), entries=(dropped,)),
            Group(heading=("Knowledge Distillation", "2. Feature # maps"), entries=(reading, done)),
            Group(heading=("Knowledge Distillation", "Empty")),
            Group(heading=("Diffusion", "A", "B", "C", "D", "E"), entries=(reading, hostile)),
            Group(heading=("Diffusion", "A"), entries=(hostile,)),
        ),
        links={ATTENTION.id: "https://arxiv.org/pdf/1612.03928"},
    )
    assert markdown.write(document) == (GOLDEN / "export.md").read_bytes().decode()


def test_the_same_library_gives_the_same_bytes() -> None:
    assert export(*library()) == export(*library())


def test_one_act_changes_one_place() -> None:
    before = export(entry(ATTENTION), entry(BORN_AGAIN)).splitlines()
    after = export(entry(ATTENTION, status=Status.DONE), entry(BORN_AGAIN)).splitlines()
    assert [a == b for a, b in zip(before, after, strict=True)].count(False) == 1


@pytest.mark.parametrize(
    ("status", "box", "words"),
    [
        (Status.TO_READ, "- [ ] ", "to read"),
        (Status.READING, "- [ ] ", "reading"),
        (Status.DONE, "- [x] ", "done"),
        (Status.DROPPED, "- [ ] ", "dropped"),
    ],
)
def test_a_status_is_a_box_and_words(status: Status, box: str, words: str) -> None:
    line = export(entry(status=status)).splitlines()[-1]
    assert line.startswith(box)
    assert line.endswith(f" · {words}")


def test_facts_and_dates_stand_with_the_paper() -> None:
    reading = library()[0]
    text = export(reading)
    assert "Sergey Zagoruyko, Nikos Komodakis · ICLR 2017 · reading, in the queue\n" in text
    assert "queued 2026-11-10 · started 2026-11-12 · tags: #attention #object-detection\n" in text


def test_a_paper_in_two_places_is_told_in_full_once() -> None:
    reading = library()[0]
    text = export(reading, reading)
    assert text.count("<!-- note: ") == 1
    assert text.count("see above") == 1


def test_long_author_lists_are_cut() -> None:
    many = paper(authors=tuple(f"Author {number}" for number in range(40)))
    assert "Author 9, et al. · " in export(entry(many))


def test_headings_are_written_once_and_parents_again_when_one_returns_to_them() -> None:
    groups = [("A",), ("A", "B"), ("A", "C"), ("A",), ("D",)]
    text = markdown.write(
        Document(
            title="T",
            groups=tuple(Group(heading=path, entries=(entry(),)) for path in groups),
        )
    )
    found = [line for line in text.splitlines() if line.startswith("#")]
    assert found == ["# T", "## A", "### B", "### C", "## A", "## D"]


def test_headings_below_the_sixth_name_their_parents() -> None:
    text = export(entry(), heading=("1", "2", "3", "4", "5", "6", "7"))
    assert "\n###### 5 › 6\n" in text
    assert "\n###### 5 › 6 › 7\n" in text


def test_only_gated_addresses_are_linked() -> None:
    bad = paper(urls=("javascript:alert(1)", "file:///etc/passwd", "https://x@y.org", "http://a b"))
    assert "](" not in export(entry(bad))
    document = Document(
        title="T",
        groups=(Group(entries=(entry(),)),),
        links={PaperId("born-again-neural-networks"): "data:x"},
    )
    assert "](" not in markdown.write(document)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a(b)c",
        "https://example.org/?a=1&lt;=2&copy;",
        "https://example.org/a_b*c`d[e]",
        "https://example.org/ü?q=<x>",
    ],
)
def test_a_link_leads_where_it_should(url: str) -> None:
    target = paper(urls=(url,))
    tokens = flat(GITHUB.parse(markdown.link(target)))
    href = next(one.attrGet("href") for one in tokens if one.type == "link_open")
    expected = Document(title="").address(target)
    assert href is not None
    assert expected is not None
    # markdown-it encodes what it need not; both mean the same.
    assert str(href).replace("%5B", "[").replace("%5D", "]").replace(
        "%60", "`"
    ) == expected.replace("%5B", "[").replace("%5D", "]").replace("%60", "`")


@given(TEXTS)
def test_any_text_is_shown_as_it_is(text: str) -> None:
    shown = inlines("Words: " + markdown.escape(text))
    assert shown == [f"Words: {clean(text)}".strip()]


@given(TEXTS)
def test_any_heading_is_shown_as_it_is(text: str) -> None:
    assert inlines(export(entry(), heading=(text,)))[1] == (clean(text) or "Untitled")


@given(title=TEXTS, author=TEXTS, venue=TEXTS, tag=TEXTS, linked=st.booleans())
def test_any_paper_is_one_item_with_its_text_as_it_is(
    title: str, author: str, venue: str, tag: str, linked: bool
) -> None:
    urls = ("https://example.org/paper.pdf",) if linked else ()
    odd = paper(title, authors=(author,), venue=venue, urls=urls)
    text = export(entry(odd, tags=(tag,)), entry(HOSTILE))
    _, _, shown, tags, *_ = inlines(text)
    facts = [clean(title) or odd.id, clean(author), clean(venue), "to read"]
    assert shown == "[ ] " + " · ".join(filter(None, facts))
    assert tags == "tags: #" + "-".join(clean(tag).split()).removeprefix("#")
    types = [one.type for one in flat(GITHUB.parse(text))]
    assert types.count("link_open") == linked + 1
    assert not {"html_inline", "html_block", "image", "code_inline", "em_open"} & set(types)


@pytest.mark.parametrize(
    "title", ["www.example.org", "https://example.org/x", "me@example.org", "ftp://x.org"]
)
def test_an_address_in_a_title_is_text(title: str) -> None:
    everything = MarkdownIt("gfm-like")
    shown = everything.parse(markdown.link(paper(title)))
    assert "link_open" not in [one.type for one in flat(shown)]
    assert plain(shown[1].children or []) == title


def test_a_title_that_looks_like_a_block_is_none() -> None:
    for title in (
        "- item",
        "1. item",
        "# heading",
        "> quote",
        "+ item",
        "```",
        "===",
        "---",
        "* * *",
    ):
        block = GITHUB.parse(markdown.link(paper(title)))
        assert [one.type for one in block] == ["paragraph_open", "inline", "paragraph_close"]
        assert plain(block[1].children or []) == title
