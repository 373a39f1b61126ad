from __future__ import annotations

import pytest

from readq.catalogue.identity import (
    identifiers,
    part_identities,
    parts,
    title_identity,
    title_key,
    url_key,
)
from readq.model.listing import Link
from tests.catalogue.samples import arxiv, listing


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Data-Free Distillation", "Data Free distillation."),
        ("DataFree Distillation", "Data-Free Distillation"),
        ("Moonshine:Distilling with Cheap Convolutions", "Moonshine: Distilling with cheap convolutions"),
        ("Café", "cafe\u0301"),
        ("知识蒸馏：综述", "知识蒸馏 综述"),
    ],
)  # fmt: skip
def test_titles_are_equal_whatever_their_case_marks_and_blanks(one: str, two: str) -> None:
    assert title_key(one) == title_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ISS: Image as Stepping Stone", "ISS++: Image as Stepping Stone"),
        ("MAML", "MAML++"),
        ("C", "C+"),
        ("Part 1", "Part 2"),
        ("∞", "∀"),
    ],
)
def test_titles_that_differ_in_a_sign_that_is_part_of_a_name_are_not(one: str, two: str) -> None:
    assert title_key(one) != title_key(two)


def test_only_a_blank_title_has_no_key() -> None:
    assert title_key(" \t") == ""
    assert title_key("…?") == "…?"
    assert title_identity("…?") == "title:…?"


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Improved Distillation via Assistants: Bridging the Gap", ["Improved Distillation via Assistants"]),
        ("FitNets: Hints for Thin Deep Nets", ["Hints for Thin Deep Nets"]),
        ("Be Your Own Teacher - Improve Networks", ["Be Your Own Teacher"]),
        ("Does It Help? A Closer Look", ["Does It Help?"]),
        ("Knowledge Distillation: A Survey", []),
        ("Data-Free Quantization of Networks", []),
        ("Searching in 10:30 Minutes", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_part_names_a_paper_only_if_it_says_enough(title: str, found: list[str]) -> None:
    assert list(parts(title)) == found
    assert len(list(part_identities(title))) == len(found)


def test_only_links_to_the_paper_itself_identify_it() -> None:
    one = listing(
        "A title",
        links=(
            Link("code", arxiv("1111.11111")),
            Link("supplementary material", arxiv("1212.1212")),
            Link("related work", arxiv("1601.00001")),
            Link("pytorch", "https://github.com/someone/1503.02531"),
            Link("video", "https://www.youtube.com/watch?v=1503.02531"),
            Link("paper", "https://www.openreview.net/pdf?id=HyxjOyrKvr"),
            Link("paper", arxiv("1503.02531v3")),
            Link("journal version", arxiv("1804.03235")),
        ),
    )
    assert [str(i) for i in identifiers(one)] == ["openreview:HyxjOyrKvr", "arxiv:1503.02531"]


def test_what_the_reader_found_in_the_text_leads() -> None:
    one = listing("A title", arxiv("1804.03235"), arxiv_id="1503.02531", doi="10.1109/5.771073")
    assert [str(i) for i in identifiers(one)] == ["arxiv:1503.02531", "doi:10.1109/5.771073"]


@pytest.mark.parametrize(
    "url",
    [
        "http://openreview.net/pdf?id=X",
        "https://www.openreview.net/pdf?id=X",
        "HTTPS://OpenReview.net/pdf?id=X",
        "https://openreview.net/pdf?id=X/",
    ],
)
def test_addresses_of_one_target_are_one(url: str) -> None:
    assert url_key(url) == url_key("https://openreview.net/pdf?id=X")


def test_addresses_of_different_targets_are_not_one() -> None:
    assert url_key("https://a.org/pdf?id=X") != url_key("https://a.org/pdf?id=x")
    assert url_key("https://a.org/B") != url_key("https://a.org/b")
