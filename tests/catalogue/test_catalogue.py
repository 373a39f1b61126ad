from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readq.catalogue.branches import branch_key
from readq.catalogue.catalogue import Brief, Catalogue
from readq.catalogue.load import load
from readq.model.listing import Listing
from readq.model.paper import ListKey, PaperId
from tests.catalogue.samples import arxiv, listing, read, source

VISION = source(
    "vision",
    listing("Adam", section=("Basics",), line=1, year=2015, authors=("Diederik Kingma",)),
    listing("Born Again", section=("Distillation",), line=2),
    listing(
        "Deep Mutual Learning", arxiv("1804.03235"), section=("Distillation", "Online"), line=3
    ),
    listing(
        "Large Scale Training", arxiv("1804.03235"), section=("Distillation", "Online"), line=4
    ),
    listing("Born again", section=("Distillation", "Online"), line=5),
    listing("A tool", "https://github.com/a/b", kind="resource", section=("Tools",), line=6),
    listing("Adam", section=("Distillation",), line=7),
    title="Vision",
    complaints=2,
)
OTHER = source(
    "other", listing("ADAM", section=("A/B", "C~D"), line=1, venue="ICLR"), title="Other"
)


def catalogue(*sources: object) -> Catalogue:
    return load(sources or (VISION, OTHER), cache=None, read=read)  # type: ignore[arg-type]


def test_lists_stand_in_the_order_given() -> None:
    first, second = catalogue().lists
    assert (first.key, first.title, first.total, first.diagnostics) == ("vision", "Vision", 4, 2)
    assert (second.key, second.source, second.total) == ("other", "/lists/other.md", 1)


def test_headings_are_a_tree_with_every_paper_counted_once() -> None:
    rows = [(b.depth, b.title, b.total) for b in catalogue().branches()]
    assert rows == [
        (0, "Vision", 4),
        (1, "Basics", 1),
        (1, "Distillation", 4),
        (2, "Online", 3),
        (0, "Other", 1),
        (1, "A/B", 1),
        (2, "C~D", 1),
    ]


def test_a_branch_knows_the_one_above_and_those_below() -> None:
    seen = catalogue()
    for branch in seen.branches():
        assert seen.branch(branch.key) == branch
        assert branch.key == branch_key(branch.list_key, branch.path)
        assert [one.parent for one in seen.children(branch.key)] == [branch.key] * len(
            seen.children(branch.key)
        )
    assert [one.key for one in seen.children()] == ["vision", "other"]
    assert seen.branch("nowhere") is None
    assert seen.children("nowhere") == ()


def test_keys_of_branches_differ_where_headings_have_slashes_in_them() -> None:
    assert branch_key(ListKey("a"), ("b", "c")) != branch_key(ListKey("a"), ("b/c",))
    assert branch_key(ListKey("a"), ("b/c",)) != branch_key(ListKey("a"), ("b~1c",))


def test_papers_stand_under_their_headings_in_the_order_of_the_list() -> None:
    seen = catalogue()
    assert seen.papers_in("vision") == ()
    assert seen.papers_in("vision/Distillation") == ("born-again", "adam")
    assert seen.papers_in("vision/Distillation/Online") == (
        "deep-mutual-learning",
        "large-scale-training",
        "born-again",
    )
    assert seen.papers_below("vision/Distillation") == (
        "born-again",
        "deep-mutual-learning",
        "large-scale-training",
        "adam",
    )
    assert seen.papers_below("nowhere") == ()


def test_a_paper_knows_every_branch_that_has_it() -> None:
    assert catalogue().branches_of(PaperId("adam")) == (
        "vision",
        "vision/Basics",
        "vision/Distillation",
        "other",
        "other/A~1B",
        "other/A~1B/C~0D",
    )
    assert catalogue().branches_of(PaperId("nobody")) == ()


def test_a_whole_paper_comes_back_with_places_and_conflicts() -> None:
    seen = catalogue()
    adam = seen.get(PaperId("adam"))
    assert adam is not None
    assert [(p.list_title, p.section, p.title) for p in adam.places] == [
        ("Vision", ("Basics",), "Adam"),
        ("Vision", ("Distillation",), "Adam"),
        ("Other", ("A/B", "C~D"), "ADAM"),
    ]
    assert (adam.venue, adam.year, adam.authors) == ("ICLR", 2015, ("Diederik Kingma",))
    mutual = seen.get(PaperId("deep-mutual-learning"))
    assert mutual is not None
    assert mutual.conflicts[0].papers == ("large-scale-training",)
    assert seen.get(PaperId("nobody")) is None


def test_briefs_are_of_the_papers_that_are_here() -> None:
    assert catalogue().briefs([PaperId("adam"), PaperId("nobody")]) == {
        PaperId("adam"): Brief(PaperId("adam"), "Adam", 2015, 2)
    }


def test_ids_are_counted_and_known() -> None:
    seen = catalogue()
    assert seen.ids() == ("adam", "born-again", "deep-mutual-learning", "large-scale-training")
    assert len(seen) == 4
    assert "adam" in seen
    assert "nobody" not in seen
    assert [paper.id for paper in seen.papers()] == list(seen.ids())


def test_a_paper_is_found_by_any_of_its_names() -> None:
    seen = catalogue()
    assert seen.by_identity(["arxiv:1111.11111", "title:born again"]) == "born-again"
    assert seen.by_identity(["title:nothing"]) is None
    assert seen.by_identity([]) is None
    assert seen.all_with("title:adam") == ("adam",)


def test_an_identifier_of_two_papers_names_neither_but_leads_to_both() -> None:
    seen = catalogue()
    assert seen.by_identity(["arxiv:1804.03235"]) is None
    assert seen.all_with("arxiv:1804.03235") == ("deep-mutual-learning", "large-scale-training")


def test_searching_finds_all_words_anywhere() -> None:
    seen = catalogue()
    assert seen.matching("kingma ADAM") == ("adam",)
    assert seen.matching("lear mut") == ("deep-mutual-learning",)
    assert seen.matching("adam nobody") == ()
    assert seen.matching("  ") == seen.ids()
    assert dict(seen.search_rows())[PaperId("adam")] == "adam diederik kingma iclr"


def test_what_lists_disagree_about_is_told_once() -> None:
    (one,) = catalogue().conflicts
    assert one.kind == "shared-identifier"
    assert set(one.papers) == {"deep-mutual-learning", "large-scale-training"}


def test_resources_and_complaints_are_kept_by_list() -> None:
    seen = catalogue()
    assert [one.title for one in seen.resources(ListKey("vision"))] == ["A tool"]
    assert [one.lines for one in seen.diagnostics(ListKey("vision"))] == [(1, 1), (2, 2)]
    assert seen.resources(ListKey("other")) == ()
    assert seen.diagnostics(ListKey("other")) == ()


def test_no_lists_make_an_empty_catalogue() -> None:
    empty = load([], cache=None, read=read)
    assert (empty.lists, empty.branches(), empty.ids(), len(empty)) == ((), (), (), 0)


SECTIONS = st.lists(st.sampled_from(["A", "B", "a/b", "", "\x00", "ü"]), max_size=3).map(tuple)
ENTRIES = st.lists(
    st.builds(
        lambda title, section, kind: listing(title, section=section, kind=kind),
        st.sampled_from(["", "Adam", "adam", "Born Again", "Deep Mutual Learning", "知识"]),
        SECTIONS,
        st.sampled_from(["paper", "paper", "resource"]),
    ),
    max_size=8,
)


@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_branches_agree_with_going_through_the_lists(lists: list[list[Listing]]) -> None:
    sources = [source(f"list-{n}", *entries) for n, entries in enumerate(lists)]
    seen = load(sources, cache=None, read=read)
    by_title = {"adam": "Adam", "born again": "Born Again"}
    below: dict[str, list[str]] = {branch.key: [] for branch in seen.branches()}
    direct: dict[str, list[str]] = {branch.key: [] for branch in seen.branches()}
    for one, entries in zip(sources, lists, strict=True):
        for entry in entries:
            if not entry.title or entry.kind == "resource":
                continue
            title = by_title.get(entry.title.lower(), entry.title)
            for depth in range(len(entry.section) + 1):
                below[branch_key(one.key, entry.section[:depth])].append(title)
            direct[branch_key(one.key, entry.section)].append(title)
    names = {paper.id: by_title.get(paper.title.lower(), paper.title) for paper in seen.papers()}
    for branch in seen.branches():
        found = [names[one] for one in seen.papers_below(branch.key)]
        assert found == list(dict.fromkeys(below[branch.key]))
        assert branch.total == len(found)
        inside = [names[one] for one in seen.papers_in(branch.key)]
        assert inside == list(dict.fromkeys(direct[branch.key]))
    for paper in seen.ids():
        assert seen.branches_of(paper) == tuple(
            branch.key for branch in seen.branches() if paper in seen.papers_below(branch.key)
        )
