from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readq.model.listing import Listing
from tests.catalogue.samples import arxiv, listing, merged, partition, reading_list, titles
from tests.catalogue.test_grouping import LISTINGS

DML = "Deep Mutual Learning"
LARGE = "Large Scale Distributed Training"


def test_papers_come_in_the_order_of_the_lists_with_all_their_places() -> None:
    result = merged(
        [listing("Born Again", line=3, section=("A", "B")), listing(DML, line=4)],
        [listing("deep mutual learning", line=9), listing("Adam", line=10)],
    )
    assert titles(result.papers) == ["Born Again", DML, "Adam"]
    assert result.homes == ((0, 1), (1, 2))
    first, second = result.papers[1].places
    assert (first.list_key, first.lines, first.title) == ("list-0", (4, 4), DML)
    assert (second.list_key, second.list_title) == ("list-1", "Some papers")
    assert result.papers[1].list_count == 2


def test_what_is_no_paper_has_no_home() -> None:
    result = merged([listing(""), listing("A tool", kind="resource"), listing("Adam")])
    assert result.homes == ((None, None, 0),)


def test_a_year_that_no_list_says_is_derived_and_marked() -> None:
    said, derived = merged(
        [listing("One", arxiv("1503.02531"), year=2014), listing("Two", arxiv("1503.02532"))]
    ).papers
    assert (said.year, said.year_derived_from) == (2014, None)
    assert (derived.year, derived.year_derived_from) == (2015, "arxiv:1503.02532")


def test_a_paper_is_found_by_identifiers_and_every_title_that_it_had() -> None:
    (one,) = merged(
        [listing("FitNets: Hints for Thin Nets", arxiv("1412.6550"))],
        [listing("Hints for thin nets", arxiv("1412.6550v4"))],
    ).papers
    assert one.identities == (
        "arxiv:1412.6550",
        "title:fitnets hints for thin nets",
        "title:hints for thin nets",
        "part:hints for thin nets",
    )


def test_different_ids_under_one_title_are_a_conflict_of_the_paper() -> None:
    (one,) = merged([listing(DML, arxiv("1706.00384"))], [listing(DML, arxiv("1804.03235"))]).papers
    assert [conflict.kind for conflict in one.conflicts] == ["two-identifiers"]
    assert "arxiv:1706.00384, arxiv:1804.03235" in one.conflicts[0].message


def test_a_shared_id_is_a_conflict_of_both_papers_and_finds_neither() -> None:
    one, two = merged(
        [listing(DML, arxiv("1804.03235")), listing(LARGE, arxiv("1804.03235"))]
    ).papers
    assert one.conflicts[0].kind == two.conflicts[0].kind == "shared-identifier"
    assert one.conflicts[0].papers == (two.id,)
    assert two.conflicts[0].papers == (one.id,)
    assert LARGE in one.conflicts[0].message
    assert one.identifier("arxiv") == two.identifier("arxiv") == "1804.03235"
    assert "arxiv:1804.03235" not in one.identities + two.identities


def test_a_shared_id_stays_with_the_paper_that_more_lists_give_it_to() -> None:
    wrong, right = merged(
        [listing(DML, arxiv("1804.03235")), listing(LARGE, arxiv("1804.03235"))],
        [listing(LARGE, arxiv("1804.03235"))],
    ).papers
    assert wrong.identifier("arxiv") is None
    assert right.identifier("arxiv") == "1804.03235"
    assert "arxiv:1804.03235" in right.identities
    assert wrong.conflicts
    assert wrong.links  # what the list says is kept


def test_a_shared_id_is_not_of_a_paper_that_has_another_or_is_older() -> None:
    wrong, right = merged(
        [listing(DML, arxiv("1804.03235")), listing(LARGE, arxiv("1804.03235"))],
        [listing(DML, arxiv("1706.00384"))],
    ).papers
    assert wrong.identifier("arxiv") == "1706.00384"
    assert right.identifier("arxiv") == "1804.03235"
    older, newer = merged(
        [listing(DML, arxiv("1804.03235"), year=2015), listing(LARGE, arxiv("1804.03235"))]
    ).papers
    assert older.identifier("arxiv") is None
    assert newer.identifier("arxiv") == "1804.03235"


LISTS = st.lists(st.lists(LISTINGS, max_size=6), max_size=4)


def numbered(lists: list[list[Listing]]) -> list[list[Listing]]:
    """The same with a line of its own for each listing."""
    return [
        [listing(e.title, *(link.url for link in e.links), line=n, year=e.year, authors=e.authors) for n, e in enumerate(entries)]
        for entries in lists
    ]  # fmt: skip


@given(LISTS)
def test_every_titled_listing_belongs_to_exactly_one_paper(lists: list[list[Listing]]) -> None:
    lists = numbered(lists)
    result = merged(*lists)
    places = [(p.list_key, p.lines[0]) for one in result.papers for p in one.places]
    assert len(places) == len(set(places))
    assert set(places) == {
        (f"list-{number}", one.lines[0])
        for number, entries in enumerate(lists)
        for one in entries
        if one.title.strip()
    }
    for entries, homes in zip(lists, result.homes, strict=True):
        assert [home is not None for home in homes] == [bool(one.title) for one in entries]


@given(LISTS)
def test_ids_are_unique_and_merging_again_changes_nothing(lists: list[list[Listing]]) -> None:
    result = merged(*lists)
    assert len({one.id for one in result.papers}) == len(result.papers)
    assert merged(*lists) == result


@given(LISTS)
def test_papers_do_not_depend_on_how_lists_are_cut(lists: list[list[Listing]]) -> None:
    lists = numbered(lists)
    whole = [listing for entries in lists for listing in entries]
    one, many = merged(whole), merged(*lists)
    assert one.homes[0] == tuple(home for homes in many.homes for home in homes)


@given(LISTS)
def test_every_paper_keeps_its_id_when_all_of_them_are_fixed(lists: list[list[Listing]]) -> None:
    result = merged(*lists)
    found = [one.identities for one in result.papers]
    if len(set(found)) < len(found):
        return  # papers of one name: nothing but order tells them apart
    fixed = {one.id: one.identities for one in result.papers}
    again = merged(*lists, fixed=fixed)
    assert [one.id for one in again.papers] == [one.id for one in result.papers]
    assert partition(again) == partition(result)


def test_a_list_without_a_title_goes_by_its_hint_or_its_file() -> None:
    from readq.catalogue.merge import list_title
    from readq.model.paper import ListKey
    from tests.catalogue.samples import Origin

    origin = Origin(ListKey("k"), "/lists/vision.md")
    assert list_title(origin, reading_list(title="Mine")) == "Mine"
    assert list_title(origin, reading_list(title="")) == "vision.md"
    assert list_title(Origin(ListKey("k"), "x", "Hint"), reading_list(title="")) == "Hint"
