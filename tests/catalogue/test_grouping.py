from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readq.catalogue.grouping import group
from readq.model.listing import Link, Listing
from tests.catalogue.samples import arxiv, listing

LONG = "Improved Knowledge Distillation via Teacher Assistant: Bridging the Gap"
SHORT = "Improved Knowledge Distillation via Teacher Assistant"


def papers(*listings: Listing) -> int:
    return len(group(listings).groups)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # equal titles, whatever else they say
        (listing("Deep Mutual Learning"), listing("deep mutual-learning.")),
        (listing("Deep Mutual Learning", year=2012), listing("Deep Mutual Learning", year=2018)),
        (listing("Deep Mutual Learning", arxiv("1706.00384")), listing("Deep Mutual Learning", arxiv("1804.03235"))),
        # with and without subtitle or nickname, and something that agrees
        (listing(LONG, year=2019), listing(SHORT, year=2020)),
        (listing(LONG, authors=("Mirzadeh, S.",)), listing(SHORT, authors=("Seyed Mirzadeh",))),
        (listing(LONG, arxiv("1902.03393")), listing(SHORT, arxiv("1902.03393v2"))),
        (listing("FitNets: Hints for Thin Nets", authors=("Romero",)), listing("Hints for Thin Nets", authors=("A. Romero",))),
        # a slip of the pen, and something that agrees
        (listing("Knowledge Disitllation for Nets", year=2019), listing("Knowledge Distillation for Nets", year=2019)),
        # one identifier and titles that are alike
        (listing("Video-MME: Towards the Next Stage in Evaluation", arxiv("2604.05015")), listing("Video-MME: Towards Benchmarks for Understanding", arxiv("2604.05015"))),
    ],
)  # fmt: skip
def test_one_paper(one: Listing, two: Listing) -> None:
    assert papers(one, two) == 1
    assert papers(two, one) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        # equal titles of different people
        (listing("Deep Learning", authors=("Yann LeCun",)), listing("Deep Learning", authors=("Ian Goodfellow",))),
        # one identifier, clearly different titles
        (listing("Deep Mutual Learning", arxiv("1804.03235")), listing("Large Scale Distributed Training", arxiv("1804.03235"))),
        # near titles without anything that agrees, or with something that does not
        (listing(LONG), listing(SHORT)),
        (listing(LONG, year=2012), listing(SHORT, year=2019)),
        (listing(LONG, authors=("A. Bee",), year=2019), listing(SHORT, authors=("C. Dee",), year=2019)),
        (listing(LONG, arxiv("1902.03393"), year=2019), listing(SHORT, arxiv("1902.03394"), year=2019)),
        (listing("Knowledge Disitllation for Nets"), listing("Knowledge Distillation for Nets")),
        # contains the other, but is another
        (listing("Knowledge Squeezed Adversarial Network Compression", year=2019), listing("Adversarial Network Compression", year=2019)),
        (listing("Supervised Contrastive Learning", year=2020), listing("Unsupervised Contrastive Learning", year=2020)),
        (listing("Distillation: A Survey", year=2020), listing("Distillation", year=2020)),
        # shared repositories, supplements and talks say nothing
        (listing("One Title", links=(Link("code", "https://github.com/a/b"),), year=2020), listing("Another", links=(Link("code", "https://github.com/a/b"),), year=2020)),
        (listing("One Title", links=(Link("supp", arxiv("1902.03393")),)), listing("One Title of Many", links=(Link("supp", arxiv("1902.03393")),))),
    ],
)  # fmt: skip
def test_two_papers(one: Listing, two: Listing) -> None:
    assert papers(one, two) == 2
    assert papers(two, one) == 2


def test_a_listing_without_authors_joins_the_paper_whose_identifier_it_has() -> None:
    lecun = listing("Deep Learning", "https://doi.org/10.1038/nature14539", authors=("Yann LeCun",))
    book = listing("Deep Learning", authors=("Ian Goodfellow",))
    bare = listing("Deep Learning", "https://www.nature.com/articles/nature14539")
    assert [one.members for one in group([book, lecun, bare]).groups] == [[0], [1, 2]]


def test_a_chain_of_likeness_does_not_join_what_contradicts() -> None:
    head = listing("Learning to Teach Small Networks: Part One", arxiv("1901.00001"), year=2019)
    other = listing("Learning to Teach Small Networks: Part Two", arxiv("1901.00002"), year=2019)
    bare = listing("Learning to Teach Small Networks", year=2019)
    grouping = group([head, other, bare])
    assert len(grouping.groups) == 2
    assert all(not {0, 1} <= set(one.members) for one in grouping.groups)


def test_resources_and_entries_without_a_title_are_no_papers() -> None:
    assert papers(listing(""), listing("  "), listing("A tool", kind="resource")) == 0


def test_an_identifier_under_two_titles_is_reported() -> None:
    grouping = group(
        [
            listing("Deep Mutual Learning", arxiv("1804.03235")),
            listing("Large Scale Distributed Training", arxiv("1804.03235")),
        ]
    )
    assert [(str(one.identifier), one.groups) for one in grouping.shared] == [
        ("arxiv:1804.03235", (0, 1))
    ]


WORDS = st.sampled_from(["deep", "Deep", "mutual", "learning", "leraning", "net", "nets", "a", "1"])
TITLES = st.lists(WORDS, min_size=0, max_size=6).map(" ".join) | st.tuples(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
).map(": ".join)
LISTINGS = st.builds(
    lambda title, ids, year, authors: listing(
        title, *(arxiv(one) for one in ids), year=year, authors=tuple(authors)
    ),
    TITLES,
    st.lists(st.sampled_from(["1901.00001", "1901.00002", "1902.00003"]), max_size=1),
    st.sampled_from([None, 2018, 2019, 2022]),
    st.lists(st.sampled_from(["Ann Arbor", "Bob Burr", "Arbor, A."]), max_size=2),
)


@given(st.lists(LISTINGS, max_size=14), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_listings_does_not_matter(
    listings: list[Listing], shuffler: random.Random
) -> None:
    def parts(order: list[int]) -> set[tuple[int, ...]]:
        groups = group([listings[i] for i in order]).groups
        return {tuple(sorted(order[member] for member in one.members)) for one in groups}

    order = list(range(len(listings)))
    before = parts(order)
    shuffler.shuffle(order)
    # Listings that say the same are one another's equals.
    assert _named(parts(order), listings) == _named(before, listings)


def _named(parts: set[tuple[int, ...]], listings: list[Listing]) -> list[list[str]]:
    return sorted(sorted(repr(listings[index]) for index in part) for part in parts)


@given(st.lists(LISTINGS, max_size=14))
def test_every_titled_listing_is_in_exactly_one_paper(listings: list[Listing]) -> None:
    members = [index for one in group(listings).groups for index in one.members]
    assert sorted(members) == [i for i, one in enumerate(listings) if one.title.strip()]


@given(st.lists(LISTINGS, max_size=8))
def test_a_list_that_is_given_twice_adds_no_paper(listings: list[Listing]) -> None:
    assert len(group(listings + listings).groups) == len(group(listings).groups)


def test_many_listings_that_look_alike_do_not_hang() -> None:
    # All pairs of them would be hundreds of millions of comparisons, each time.
    many = 20_000
    names = [str(n).translate(str.maketrans("0123456789", "abcdefghij")) for n in range(5000)]
    assert papers(*(listing(f"Number {n} of many", arxiv("1901.00001")) for n in range(many))) > 1
    assert papers(*(listing("Introduction", authors=(name,)) for name in names)) > 1
    assert papers(*(listing(f"{n} deep learning: a study of it") for n in range(many))) == many
