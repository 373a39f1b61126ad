from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.formats import bibtex
from tests.formats.samples import ATTENTION, BORN_AGAIN, paper

HOSTILE = st.lists(
    st.one_of(
        st.sampled_from([*"\\{}%&$#_~^<>|@\"',=", "\\input{x}", "\\write18", "@preamble", " and ", "\n"]),
        st.text(max_size=5),
    ),
    max_size=10,
).map("".join)  # fmt: skip


def fields(entry: str) -> dict[str, str]:
    """The fields of one entry, read as BibTeX reads them: by balanced braces."""
    head = re.match(r"@(\w+)\{([^,\s]+),\n", entry)
    assert head is not None
    found = {"kind": head[1], "key": head[2]}
    rest = entry[head.end() :]
    while match := re.match(r"  (\w+) = \{", rest):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        found[match[1]] = rest[match.end() : end - 1]
        assert rest[end : end + 2] == ",\n"
        rest = rest[end + 2 :]
    assert rest == "}\n"
    return found


def test_a_conference_paper() -> None:
    assert fields(bibtex.entry(ATTENTION)) == {
        "kind": "inproceedings",
        "key": "zagoruyko2017paying",
        "author": "Sergey Zagoruyko and Nikos Komodakis",
        "title": "Paying More Attention to Attention: Improving the Performance of Convolutional Neural Networks",
        "booktitle": "ICLR",
        "year": "2017",
        "eprint": "1612.03928",
        "archivePrefix": "arXiv",
        "url": "https://arxiv.org/abs/1612.03928",
    }


def test_others_stand_for_et_al() -> None:
    assert fields(bibtex.entry(BORN_AGAIN))["author"].endswith(" and others")


@pytest.mark.parametrize(
    ("venue", "kind", "field"),
    [
        ("CVPR", "inproceedings", "booktitle"),
        ("Advances in Neural Information Processing Systems", "inproceedings", "booktitle"),
        ("IEEE Transactions on Image Processing", "article", "journal"),
        ("TPAMI", "article", "journal"),
        ("arXiv", "misc", "howpublished"),
        ("PhD thesis", "misc", "howpublished"),
    ],
)
def test_the_venue_decides_the_kind(venue: str, kind: str, field: str) -> None:
    found = fields(bibtex.entry(paper(venue=venue)))
    assert (found["kind"], found[field]) == (kind, venue)


def test_a_paper_with_nothing_but_a_title() -> None:
    assert bibtex.entry(paper("A Study")) == "@misc{study,\n  title = {A Study},\n}\n"


def test_capitals_inside_words_survive_styles() -> None:
    title = fields(bibtex.entry(paper("BERT and MobileNets on ImageNet: A Study of LSTMs")))[
        "title"
    ]
    assert title == "{BERT} and {MobileNets} on {ImageNet}: A Study of {LSTMs}"


def test_what_tex_would_act_upon_is_printed() -> None:
    title = fields(bibtex.entry(paper(r"50% of $\ell_1$ & {x}~y^2 #1")))["title"]
    assert (
        title == r"50\% of \$\textbackslash{}ell\_1\$ \& x\textasciitilde{}y\textasciicircum{}2 \#1"
    )


def test_addresses_stay_as_they_are() -> None:
    url = "https://example.org/a_b%20c?d=1&e=~f#g"
    assert fields(bibtex.entry(paper(urls=(url,))))["url"] == url


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Geoffrey Hinton", "Distilling the Knowledge", "hinton2015distilling"),
        ("Hinton, Geoffrey", "On the Knowledge", "hinton2015knowledge"),
        ("Łukasz Müller-Żak", "Ünder", "mullerzak2015under"),
        ("", "2 Fast", "20152"),
        ("王", "知识", "born-again-neural-networks"),
    ],
)
def test_keys_are_author_year_and_word(author: str, title: str, key: str) -> None:
    assert bibtex.key(paper(title, authors=(author,) if author else (), year=2015)) == key


@given(title=HOSTILE, author=HOSTILE, venue=HOSTILE)
def test_any_paper_is_one_balanced_entry(title: str, author: str, venue: str) -> None:
    entry = bibtex.entry(paper(title, authors=(author, "Second Author"), venue=venue))
    found = fields(entry)
    assert re.fullmatch(r"[a-z0-9:_-]+", found["key"])
    commands = set(re.findall(r"\\([A-Za-z]+)", entry))
    assert commands <= {
        "textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater", "textbar",
    }  # fmt: skip
    assert len(entry.splitlines()) == len(found)


def test_a_name_that_holds_and_is_one_name() -> None:
    found = fields(bibtex.entry(paper(authors=("Research and Development Team", "Jo Doe"))))
    assert found["author"] == "{Research and Development Team} and Jo Doe"
