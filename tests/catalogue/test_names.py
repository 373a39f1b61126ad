from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.catalogue.identity import part_identities, title_identity
from readq.catalogue.names import Candidate, assign, wanted
from readq.model.paper import PaperId


def paper(title: str, *identifiers: str) -> Candidate:
    return Candidate(title, (*identifiers, title_identity(title), *part_identities(title)))


def ids(*papers: Candidate, **fixed: Candidate | None) -> list[str]:
    """The ids of `papers`; `fixed`: ids (with _ for -) and the papers that they were given to."""
    held = {PaperId(k.replace("_", "-")): v.identities if v else () for k, v in fixed.items()}
    return list(assign(papers, held).ids)


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("Born-Again Neural Networks", "born-again-neural-networks"),
        ("FitNets: Hints for Thin Deep Nets", "fitnets-hints-for-thin-deep-nets"),
        ("Improved Distillation via Assistants: Bridging the Gap", "improved-distillation-via-assistants"),
        ("Explaining Knowledge Distillation by Quantifying the Knowledge", "explaining-knowledge-distillation-by-quantifying"),
        ("Être ou ne pas être", "etre-ou-ne-pas-etre"),
        ("", "paper-e3b0c442"),
    ],
)  # fmt: skip
def test_an_id_is_made_of_the_titles_words(title: str, id: str) -> None:
    assert wanted(title) == id


def test_a_title_that_cannot_be_spelled_still_has_an_id_of_its_own() -> None:
    assert re.fullmatch(r"paper-[0-9a-f]{8}", wanted("知识蒸馏"))
    assert wanted("知识蒸馏") != wanted("模型压缩")
    assert re.fullmatch(r"2020-[0-9a-f]{8}", wanted("2020"))


def test_a_suffix_stands_only_where_ids_collide() -> None:
    assert ids(paper("Adam"), paper("Deep Learning"), paper("ADAM!"), paper("Adam?")) == [
        "adam",
        "deep-learning",
        "adam-2",
        "adam-3",
    ]


def test_a_fixed_id_stays_with_its_paper_and_goes_to_no_other() -> None:
    old = paper("Deep Learning")
    assert ids(paper("Adam"), old, my_paper=old) == ["adam", "my-paper"]
    assert ids(paper("Adam"), adam=old) == ["adam-2"]
    assert ids(paper("Adam"), adam=None) == ["adam-2"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paper("One Thing of Many", "arxiv:1901.00001"), paper("Something Else Entirely", "arxiv:1901.00001")),
        (paper("One Thing of Many", "arxiv:1901.00001"), paper("One Thing of Many", "arxiv:1902.00002")),
        (paper("One Thing of Many"), paper("One Thnig of Many")),
        (paper("Deep Learning"), paper("Deep Leraning")),
        (paper("One Thing of Many"), paper("One Thing of Many: With a Subtitle")),
        (paper("One Thing of Many: With a Subtitle"), paper("One Thing of Many")),
        (paper("OToM: One Thing of Many"), paper("One Thing of Many")),
    ],
)  # fmt: skip
def test_a_paper_is_found_again_under_a_changed_name(old: Candidate, new: Candidate) -> None:
    assert ids(new, held=old) == ["held"]
    assert ids(paper("Another Matter"), new, held=old)[1] == "held"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (paper("One Thing of Many", "arxiv:1901.00001"), paper("One Thnig of Many", "arxiv:1902.00002")),
        (paper("Learning with Labels"), paper("Learning without Labels")),
        (paper("Deep Models: Part 1"), paper("Deep Models: Part 2")),
        (paper("Deep Learning"), paper("Deep Learning: Methods and Applications")),
        (paper("Bridging the Gap: In Vision"), paper("Bridging the Gap: In Speech")),
    ],
)  # fmt: skip
def test_another_paper_is_not_taken_for_one_that_left(old: Candidate, new: Candidate) -> None:
    assert ids(new, held=old) != ["held"]


def test_of_two_slips_in_one_title_the_first_is_taken() -> None:
    old = paper("One Thing of Many")
    found = ids(paper("One Thnig of Many"), paper("One Thing of Mnay"), held=old)
    assert found == ["held", "one-thing-of-mnay"]


def test_of_two_titles_with_one_beginning_none_is_taken() -> None:
    old = paper("One Thing of Many")
    found = ids(paper("One Thing of Many: First"), paper("One Thing of Many: Second"), held=old)
    assert "held" not in found


def test_a_paper_that_two_lost_ids_fit_is_given_to_none() -> None:
    one, two = paper("One Thnig of Many"), paper("One Thing of Mnay")
    assert ids(paper("One Thing of Many"), a=one, b=two) == ["one-thing-of-many"]


def test_the_title_says_more_than_an_identifier() -> None:
    old = paper("Deep Mutual Learning", "arxiv:1804.03235")
    found = ids(
        paper("Large Scale Training", "arxiv:1804.03235"), paper("Deep Mutual Learning"), held=old
    )
    assert found == ["large-scale-training", "held"]


def test_papers_that_became_one_keep_one_id_and_tell_of_the_other() -> None:
    one, two = paper("One Thing of Many"), paper("One Thing of Several")
    both = Candidate("One Thing of Many", one.identities + two.identities)
    naming = assign([both], {PaperId("a"): one.identities, PaperId("b"): two.identities})
    assert naming.ids == ("a",)
    assert naming.absorbed == {"b": "a"}


TITLES = st.lists(
    st.sampled_from(["deep", "net", "nets", "learning", "of", "知", "2"]), min_size=1, max_size=4
).map(" ".join)
PAPERS = st.lists(TITLES.map(paper), max_size=10)


@given(PAPERS, PAPERS)
def test_ids_are_unique_and_the_same_every_time(
    before: list[Candidate], now: list[Candidate]
) -> None:
    fixed = dict(zip(assign(before, {}).ids, (one.identities for one in before), strict=True))
    naming = assign(now, fixed)
    assert len(set(naming.ids)) == len(now)
    assert naming == assign(now, fixed)
    for old, new in naming.absorbed.items():
        assert old not in naming.ids
        assert new in naming.ids


@given(PAPERS)
def test_papers_that_stay_as_they_are_keep_their_fixed_ids(papers: list[Candidate]) -> None:
    unique = list({one.identities: one for one in papers}.values())
    fixed = dict(zip(assign(unique, {}).ids, (one.identities for one in unique), strict=True))
    for order in (unique, unique[::-1]):
        found = zip(assign(order, fixed).ids, (one.identities for one in order), strict=True)
        assert dict(found) == fixed
