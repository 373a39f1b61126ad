"""Names, ids, venues, titles, labels: what a part of an entry comes to."""

from __future__ import annotations

import pytest

from readq.lists.entries.arxiv_ids import repair_arxiv
from readq.lists.entries.build import tidy_title
from readq.lists.fields import names
from readq.lists.fields.evidence import venue_likeness
from readq.lists.fields.vocabulary import heads_resources, is_label, key_label
from readq.lists.read import read
from readq.model.listing import Listing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tim Salimans and Jonathan Ho", ("Tim Salimans", "Jonathan Ho")),
        ("Ba, J., & Caruana, R.", ("Ba, J.", "Caruana, R.")),
        ("Kim, S. W. & Kim, H. E.", ("Kim, S. W.", "Kim, H. E.")),
        ("Hinton, Geoffrey, Oriol Vinyals, and Jeff Dean", ("Hinton, Geoffrey", "Oriol Vinyals", "Jeff Dean")),
        ("Kim, Bo-Kyeong and Song, Hyoung-Kyu and Shin Choi, Li", ("Kim, Bo-Kyeong", "Song, Hyoung-Kyu", "Shin Choi, Li")),
        ("A. Krizhevsky, I. Sutskever, G. Hinton", ("A. Krizhevsky", "I. Sutskever", "G. Hinton")),
        ("George E. Dahl and Geoffrey E. Hinton.", ("George E. Dahl", "Geoffrey E. Hinton")),
        ("Ann Lee; Bo Chen; Cy Dee", ("Ann Lee", "Bo Chen", "Cy Dee")),
    ],
)  # fmt: skip
def test_names_split_as_written(text: str, expected: tuple[str, ...]) -> None:
    assert names.split(text) == (expected, False)


@pytest.mark.parametrize(
    "text", ["Mirzadeh et al.", "Mirzadeh et al", "Mirzadeh, et al.", "Mirzadeh and others"]
)
def test_et_al_is_no_name(text: str) -> None:
    assert names.split(text) == (("Mirzadeh",), True)


def test_names_look_like_names() -> None:
    for text in ("Yann LeCun", "van der Maaten, L.", "Kaiming He, Jian Sun", "José García"):
        assert names.quality(text) > 0.3
    for text in ("Deep Mutual Learning", "learning to see", "Semantic Segmentation", "and more"):
        assert names.quality(text) < 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1503.02531", ("1503.02531", 2015)),
        ("1412.6550", ("1412.6550", 2014)),
        ("161009650", ("1610.09650", 2016)),
        ("1911.7471", ("1911.07471", 2019)),
        ("19036236", ("1903.06236", 2019)),
        ("1805.551", (None, 2018)),
        ("1908", (None, 2019)),
        ("2020", (None, 2020)),
        ("1713.00001", (None, None)),
        ("cs/0112017", ("cs/0112017", 2001)),
    ],
)  # fmt: skip
def test_arxiv_ids_are_repaired_only_where_that_is_certain(
    written: str, expected: tuple[str | None, int | None]
) -> None:
    assert repair_arxiv(written) == expected


def test_four_digits_stay_open_where_zeros_are_kept() -> None:
    assert repair_arxiv("1911.7471", zeros_lost=False) == (None, 2019)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Distilling the knowledge.", "Distilling the knowledge"),
        ("“Quoted title”", "Quoted title"),
        ("Do deep nets need to be deep?", "Do deep nets need to be deep?"),
        ("Wrapped\n  over  lines", "Wrapped over lines"),
        ("More to come...", "More to come..."),
    ],
)
def test_titles_lose_only_what_is_not_theirs(text: str, title: str) -> None:
    assert tidy_title(text) == title


def test_venues_are_known_by_name_or_shape() -> None:
    for text in (
        "CVPR",
        "In NeurIPS",
        "Proceedings of the AAAI Conference",
        "Journal of Machine Learning Research",
        "IEEE Transactions on Robotics",
        "Nature 521.7553",
    ):
        assert venue_likeness(text) > 1
    for text in ("Attention", "Graph Networks", "A Survey of Methods"):
        assert venue_likeness(text) < 0


def test_labels_are_a_closed_class() -> None:
    assert all(
        map(is_label, ("Paper", "pytorch code", "project page", "论文", "PyTorch (official)"))
    )
    assert not any(map(is_label, ("Attention Is All You Need", "Kaiming He", "")))


def test_keys_announce_fields() -> None:
    assert [key_label(key) for key in ("Title", "Authors", "会议", "Year", "Code", "Whatever")] == [
        "T",
        "A",
        "V",
        "Y",
        "L",
        "",
    ]


def test_headings_of_resources_are_told_from_topics() -> None:
    for heading in (
        "Datasets",
        "Useful Resources",
        "Talks and Tutorials",
        "Open Source Code",
        "Courses & Books of video lectures"[:7],
    ):
        assert heads_resources(heading)
    for heading in (
        "Video",
        "Object Detection",
        "Papers and Code",
        "Survey Papers",
        "KD Applications",
        "Tool Learning Papers",
    ):
        assert not heads_resources(heading)


def one(line: str) -> Listing:
    (entry,) = read(f"# L\n\n## Papers\n\n{line}\n".encode()).entries
    return entry


def test_a_visible_id_gives_the_year_and_an_address_does_not() -> None:
    assert one("- A study of small things. arXiv:1503.02531").year == 2015
    entry = one("- [A study of small things](https://arxiv.org/abs/1503.02531)")
    assert (entry.year, entry.arxiv_id) == (None, "1503.02531")


def test_a_published_venue_goes_before_the_preprint() -> None:
    entry = one("- A study of small things. arXiv preprint arXiv:2207.05273. ACCV2022")
    assert (entry.venue, entry.year, entry.arxiv_id) == ("ACCV", 2022, "2207.05273")


def test_a_heading_gives_what_its_entries_lack() -> None:
    source = "# L\n\n## ICML 2019\n\n- A study of small things [[pdf](https://arxiv.org/abs/1905.00001)]\n- Another study of things. CVPR 2020\n"
    first, second = read(source.encode()).entries
    assert (first.venue, first.year) == ("ICML", 2019)
    assert (second.venue, second.year) == ("CVPR", 2020)


def test_links_without_a_target_are_counted() -> None:
    entry = one("- A study of small things, ICLR 2017 [[paper]]() [[code]](http://x.org)")
    assert (entry.empty_links, [link.url for link in entry.links]) == (1, ["http://x.org"])


def test_badges_link_where_they_point() -> None:
    entry = one(
        "- A study of small things, ICLR 2017 [![code](https://img.shields.io/x.svg)](https://github.com/a/b)"
    )
    assert [(link.label, link.url) for link in entry.links] == [("code", "https://github.com/a/b")]


def test_unsafe_targets_are_no_links() -> None:
    result = read(b"# L\n\n- [A study of small things](javascript:alert(1)), Ann Lee. ICLR 2017\n")
    assert result.entries[0].links == ()
    assert "unsafe-link" in {found.code for found in result.diagnostics}


def test_hostile_text_is_cleaned() -> None:
    entry = one("- A study \x1b]0;evil\x07of \u202esmall\u202c things, ICLR 2017")
    assert entry.title == "A study of small things"
