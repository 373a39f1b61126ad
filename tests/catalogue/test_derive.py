from __future__ import annotations

import pytest

from readq.catalogue.derive import (
    authors,
    best_title,
    identifiers,
    links,
    nickname,
    venue_and_year,
    year_of_arxiv_id,
)
from readq.model.identifiers import Identifier
from readq.model.listing import Link
from tests.catalogue.samples import listing


@pytest.mark.parametrize(
    ("titles", "best"),
    [
        (["Hints for Nets", "FitNets: Hints for Nets", "Hints for Nets"], "FitNets: Hints for Nets"),
        (["Via Assistants", "Via Assistants: Bridging the Gap"], "Via Assistants: Bridging the Gap"),
        (["WFitnets: Hints for thin nets", "FitNets: Hints for Thin Nets", "Fitnets: hints for thin nets"], "FitNets: Hints for Thin Nets"),
        (["deep mutual learning", "Deep Mutual Learning"], "Deep Mutual Learning"),
        (["DEEP MUTUAL LEARNING", "Deep mutual learning"], "Deep mutual learning"),
        (["Deep mutual learning", "Deep Mutual Learning"], "Deep mutual learning"),
        (["Deep mutual learning", "Deep Mutual Learning", "Deep Mutual Learning"], "Deep Mutual Learning"),
        (["Hints for Nets", "A very long sentence about hints. Hints for Nets"], "Hints for Nets"),
    ],
)  # fmt: skip
def test_the_title_is_the_fullest_and_best_written(titles: list[str], best: str) -> None:
    assert best_title(titles) == best


def test_authors_are_the_longest_list_and_a_whole_one_before_an_open_one() -> None:
    bare = listing("T")
    opened = listing("T", authors=("A", "B"), et_al=True)
    whole = listing("T", authors=("A", "B"))
    longer = listing("T", authors=("A", "B", "C"), et_al=True)
    assert authors([bare]) == ((), False)
    assert authors([bare, opened, whole]) == (("A", "B"), False)
    assert authors([whole, longer]) == (("A", "B", "C"), True)


def test_a_publication_goes_before_a_preprint_and_brings_its_year() -> None:
    preprint = listing("T", venue="arXiv", year=2015)
    workshop = listing("T", venue="NIPSW", year=2014)
    dateless = listing("T", venue="NIPS")
    assert venue_and_year([preprint, workshop]) == ("NIPSW", 2014)
    assert venue_and_year([preprint, dateless, workshop]) == ("NIPSW", 2014)
    assert venue_and_year([preprint, dateless]) == ("NIPS", 2015)
    assert venue_and_year([listing("T", year=2016), preprint]) == ("arXiv", 2015)
    assert venue_and_year([listing("T"), listing("T", year=2016)]) == (None, 2016)
    assert venue_and_year([listing("T")]) == (None, None)


@pytest.mark.parametrize(
    ("value", "year"), [("1503.02531", 2015), ("0704.0001", 2007), ("hep-th/9901001", 1999), ("cs/0112017", 2001)]
)  # fmt: skip
def test_an_arxiv_id_tells_its_year(value: str, year: int) -> None:
    assert year_of_arxiv_id(value) == year


def test_links_of_all_listings_stand_once_in_their_order() -> None:
    one = listing("T", links=(Link("paper", "http://a.org/x/"), Link("", "https://b.org")))
    two = listing("T", links=(Link("pdf", "https://www.a.org/x"), Link("code", "https://b.org/"), Link("", "https://c.org")))  # fmt: skip
    assert links([one, two]) == (
        Link("paper", "http://a.org/x/"),
        Link("code", "https://b.org"),
        Link("", "https://c.org"),
    )


def test_the_identifier_that_most_lists_give_comes_first() -> None:
    wrong, right = Identifier("arxiv", "1901.00001"), Identifier("arxiv", "1902.00002")
    other = Identifier("openreview", "abcd")
    assert identifiers([(other, wrong), (right,), (right,)]) == (right, wrong, other)


def test_the_nickname_is_the_first_that_a_list_gives() -> None:
    assert (
        nickname([listing("T"), listing("T", nickname="FitNets"), listing("T", nickname="F")])
        == "FitNets"
    )
    assert nickname([listing("T")]) is None


def test_what_most_lists_say_is_where_and_when_it_appeared() -> None:
    early = listing("T", venue="ICLR", year=2016)
    right = [listing("T", venue="ICLR", year=2017) for _ in range(2)]
    long = listing("T", venue="International Conference on Learning Representations", year=2015)
    assert venue_and_year([early, long, *right]) == ("ICLR", 2017)


def test_a_renamed_conference_is_one() -> None:
    lists = [listing("T", venue=name, year=2019) for name in ("ICML", "NeurIPS", "NIPS")]
    assert venue_and_year(lists) == ("NeurIPS", 2019)
