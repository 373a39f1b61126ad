from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.catalogue.identity import identifiers
from readq.catalogue.likeness import (
    Evidence,
    are_similar,
    authors_agree,
    authors_contradict,
    distance,
    evidence,
    is_typo,
    profile,
    weights,
)
from readq.model.listing import Listing
from tests.catalogue.samples import arxiv, listing


def says(one: Listing, two: Listing) -> Evidence:
    return evidence(profile(one, identifiers(one)), profile(two, identifiers(two)))


def edits(one: str, two: str) -> int:
    """The textbook's whole table."""
    table = [[i + j for j in range(len(two) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            change = table[i - 1][j - 1] + (one[i - 1] != two[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, change)
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 5))
def test_distance_is_exact_up_to_its_limit(one: str, two: str, limit: int) -> None:
    assert distance(one, two, limit) == min(edits(one, two), limit + 1)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("knowledge distillation for nets", "knowledge disitllation for nets"),
        ("born again neural network", "born again neural networks"),
        ("fitnets hints for thin nets", "wfitnets hints for thin nets"),
        ("distilling the knowledge in a network", "distilling knowledge in a network"),
        ("attention transfer for networks", "transfer attention for networks"),
    ],
)
def test_a_slip_of_the_pen_is_one_in_either_direction(one: str, two: str) -> None:
    assert is_typo(one.split(), two.split(), {})
    assert is_typo(two.split(), one.split(), {})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("towards supervised distillation", "towards unsupervised distillation"),
        ("deep generative models part 1", "deep generative models part 2"),
        ("scaling laws part ii", "scaling laws part iii"),
        ("introducing gpt 5", "introducing gpt 5 2"),
        ("masked distillation for detection", "masked generative distillation for detection"),
        ("residual knowledge distillation", "relational knowledge distillation"),
        ("learning from big data", "learning from bad data"),
        ("symmetric networks for vision", "asymmetric networks for vision"),
    ],
)
def test_another_word_is_no_slip(one: str, two: str) -> None:
    assert not is_typo(one.split(), two.split(), {})
    assert not is_typo(two.split(), one.split(), {})


def test_two_words_that_many_titles_have_are_two_words() -> None:
    one, two = ["adaptive", "distillation"], ["adoptive", "distillation"]
    assert is_typo(one, two, {"adaptive": 40, "adoptive": 1})
    assert not is_typo(one, two, {"adaptive": 40, "adoptive": 40})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Geoffrey Hinton",), ("Hinton, G.",)),
        (("Hinton",), ("Geoffrey Hinton", "Oriol Vinyals")),
        (("HaigangGong",), ("Haigang Gong",)),
        (("Jian Ren1",), ("Ren, Jian",)),
        (("Müller, R.",), ("Rafael Muller",)),
        (("A. Nobody", "Jane Roe", "Max Moe"), ("Jane Roe", "Max Moe")),
    ],
)
def test_authors_agree_however_their_names_are_written(
    one: tuple[str, ...], two: tuple[str, ...]
) -> None:
    left, right = (profile(listing("T", authors=names), ()) for names in (one, two))
    assert authors_agree(left, right)
    assert authors_agree(right, left)
    assert not authors_contradict(left, right)


def test_authors_contradict_only_if_no_name_is_in_both() -> None:
    one = profile(listing("T", authors=("Ian Goodfellow", "Yoshua Bengio")), ())
    assert authors_contradict(one, profile(listing("T", authors=("Yann LeCun",)), ()))
    assert not authors_contradict(one, profile(listing("T", authors=("Y. Bengio",)), ()))
    assert not authors_contradict(one, profile(listing("T", authors=("Goodfelow",)), ()))
    assert not authors_contradict(one, profile(listing("T"), ()))


def test_evidence_is_as_strong_as_what_agrees() -> None:
    one = listing("T", arxiv("1503.02531"), year=2015, authors=("Geoffrey Hinton",))
    assert says(one, listing("T", arxiv("1503.02531v2"), year=2019)) is Evidence.IDENTIFIER
    assert says(one, listing("T", authors=("Hinton, G.",))) is Evidence.AUTHORS
    assert says(one, listing("T", year=2016)) is Evidence.YEAR
    assert says(one, listing("T")) is Evidence.NONE
    assert says(one, listing("T", year=2017)) is Evidence.NONE
    assert says(one, listing("T", year=2018)) is Evidence.AGAINST
    assert says(one, listing("T", authors=("Yann LeCun",), year=2015)) is Evidence.AGAINST
    assert says(one, listing("T", arxiv("1412.6550"), year=2015)) is Evidence.AGAINST


def test_titles_under_one_identifier_are_alike_by_the_words_that_tell_something() -> None:
    one, two = (
        ["residual", "knowledge", "distillation"],
        ["relational", "knowledge", "distillation"],
    )
    common = {"residual": 1, "relational": 1, "knowledge": 150, "distillation": 200}
    assert are_similar(one, two, {})
    assert not are_similar(one, two, weights(common, 400))
    assert are_similar(one, two, weights(common, 50))  # too few to tell
