"""Shapes of entries that many lists share, each in a small list of its own."""

from __future__ import annotations

import pytest

from readq.lists.read import read
from readq.model.listing import Listing


def papers(text: str) -> list[Listing]:
    """The papers of a list."""
    return [entry for entry in read(text.encode()).entries if entry.kind == "paper"]


TAIL = "[[paper](https://arxiv.org/abs/2001.1000%d)]"
PLAIN = [
    f"- **{title}**, *Jane Roe*, CVPR 2020 {TAIL % number}"
    for number, title in enumerate(
        ["A Plain Title of a Paper", "Networks That Count Sheep", "On the Shape of Small Things"]
    )
]


@pytest.mark.parametrize(
    "title",
    [
        "[Re] Adam Converges Again",
        "A [/b] B Test of Learning",
        "[@click=app.quit]x[/] Marks the Spot",
        "[CLS] is all you need",
        "Learning [MASK] tokens",
    ],
)
def test_a_bracket_within_the_bold_or_linked_title_belongs_to_it(title: str) -> None:
    bold = f"- **{title}**, *Jane Roe*, CVPR 2020 {TAIL % 7}"
    linked = f"- [{title}](https://arxiv.org/abs/2001.10008), *Jane Roe*, CVPR 2020"
    found = papers("# Papers to read\n\n## Some\n\n" + "\n".join([*PLAIN, bold, linked]))
    assert [entry.title for entry in found[-2:]] == [title, title]
    assert [entry.nickname for entry in found[-2:]] == [None, None]


def test_brackets_that_lead_most_titles_are_short_names() -> None:
    names = ["FooNet", "BarNet", "BazNet", "QuxNet", "ZapNet"]
    lines = [
        f"- **[{name}] Counting Sheep the Hard Way {name[::-1]}** {TAIL % number}"
        for number, name in enumerate(names)
    ]
    found = papers("# Papers to read\n\n" + "\n".join(lines))
    assert [entry.nickname for entry in found] == names
    assert found[0].title == "Counting Sheep the Hard Way teNooF"


def test_an_entry_left_without_its_title_has_none() -> None:
    lines = [
        "<li><strong>Counting Sheep the Hard Way</strong> Roe, J. & Poe, E. (2018) In: NeurIPS</li>",
        "<li><strong>Networks That Dream</strong> Lee, M., Yun, S. & Poe, E. (2018) In: CVPR</li>",
        "<li><strong></strong>Heo, B., Lee, M. & Choi, J. Y. (2019) In: NeurIPS</li>",
    ]
    listing = read(("# A list of papers\n\n<ul>\n" + "\n".join(lines) + "\n</ul>\n").encode())
    last = listing.entries[-1]
    assert (last.title, last.authors) == ("", ("Heo, B.", "Lee, M.", "Choi, J. Y."))
    assert "no-title" in [one.code for one in listing.diagnostics]


def test_lines_of_a_web_page_count_from_its_first_whatever_its_head_holds() -> None:
    page = (
        "<!doctype html>\n<html>\n<head>\n<title>R</title>\n<style>\na\n</style>\n</head>\n<body>\n"
        "<ul>\n<li>Roe et al. Counting Sheep the Hard Way. CHI 2020. "
        '<a href="https://doi.org/10.1145/1">DOI</a></li>\n</ul>\n</body>\n</html>\n'
    )
    assert [entry.lines for entry in papers(page)] == [(11, 11)]


def one(line: str) -> Listing:
    """The entry that `line` is, at the end of a small list."""
    text = f"# Papers to read\n\n## Some\n\n{line % 1}\n{line % 2}\n{line % 3}\n"
    return papers(text)[-1]


@pytest.mark.parametrize(
    ("line", "venue", "year"),
    [
        ("- 20-OSDI-Counting Sheep in the Kernel %d", "OSDI", 2020),
        ("- 20191202 AAAI-20 [Counting Sheep %d](https://a.org/x.pdf)", "AAAI", 2020),
        ("- [ICML-19] [Counting Sheep %d](https://a.org/x.pdf)", "ICML", 2019),
        ("- **Counting Sheep the Hard Way %d.** `ACL 2023 Findings`", "ACL Findings", 2023),
        ("- [\\[arXiv:2012.06475\\]](https://arxiv.org/abs/2012.06475) Sheep %d.", "arXiv", 2020),
        ("- J. Roe. 2002. [Sheep %d](http://a.org/x). In *Proceedings of ACL 2002*.", "Proceedings of ACL", 2002),
        ("- **Counting Sheep the Hard Way %d** [ACL 2023 Outstanding paper](http://a.org/x)", "ACL", 2023),
    ],
)  # fmt: skip
def test_venues_and_years_are_told_however_they_are_glued(line: str, venue: str, year: int) -> None:
    entry = one(line)
    assert (entry.venue, entry.year) == (venue, year)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("- **Counting Sheep the Hard Way %d** (2013), P. Sermanet et al. [[pdf]](http://a.org)", "P. Sermanet"),
        ("- **Counting Sheep the Hard Way %d** | Shaoqing Ren, et al. | [pdf](http://a.org/x)", "Shaoqing Ren"),
    ],
)  # fmt: skip
def test_a_single_author_before_et_al_is_an_author(line: str, author: str) -> None:
    entry = one(line)
    assert (entry.authors, entry.et_al) == ((author,), True)


def test_a_way_back_to_the_contents_is_no_part_of_a_heading() -> None:
    text = "# Papers\n\n## Deep Sheep ([back](#top))\n\n" + "\n".join(PLAIN)
    assert papers(text)[0].section[-1] == "Deep Sheep"


def test_the_first_half_of_an_id_in_place_of_a_date_tells_the_year() -> None:
    text = "# Papers\n\n#### [Counting %s](https://arxiv.org/abs/2011.1352%d)\n\narXiv 2011\n"
    found = papers(
        "# Papers\n" + "\n".join(text[8:] % (f"Sheep {n} by Night", n) for n in range(4))
    )
    assert [(entry.venue, entry.year) for entry in found] == [("arXiv", 2020)] * 4


def test_a_list_right_below_a_heading_in_html_is_a_list() -> None:
    text = "# Papers\n\n<h3 id='a'>Deep Sheep</h3>\n" + "\n".join(PLAIN)
    assert [entry.lines for entry in papers(text)] == [(4, 4), (5, 5), (6, 6)]
    assert papers(text)[0].section[-1] == "Deep Sheep"


def test_what_stands_after_the_last_of_the_authors_is_the_title() -> None:
    entry = one("- Dimitri P. Roe and John N. Poe, Neuro-Dynamic Counting [[pdf]](http://a.org/%d)")
    assert (entry.title, entry.authors) == (
        "Neuro-Dynamic Counting",
        ("Dimitri P. Roe", "John N. Poe"),
    )


def test_a_program_that_leads_a_title_is_no_key() -> None:
    entry = one(
        "- Caffe: Convolutional Sheep for Fast Counting [[pdf]](http://arxiv.org/abs/1408.509%d)"
    )
    assert entry.title == "Caffe: Convolutional Sheep for Fast Counting"


def test_a_surname_that_begins_like_a_month_is_no_date() -> None:
    entry = one("- Ann Roe and Daniel Marcu. 2003. [Counting Sheep](http://a.org/%d.pdf). In ACL.")
    assert entry.authors == ("Ann Roe", "Daniel Marcu")


def test_bibtex_may_begin_with_remarks_of_any_kind() -> None:
    text = (
        "# My library\n% a comment\n@article{a1,\n  title = {Counting {Sheep} Twice},\n"
        "  author = {Roe, Jane and Poe, Edgar},\n  eprint = {2001.10001},\n"
        "  archivePrefix = {arXiv},\n  year = 2020\n}\n\n# another\n@misc{b1, title={Small Things}}\n"
    )
    first, second = papers(text)
    assert (first.title, first.authors) == ("Counting Sheep Twice", ("Roe, Jane", "Poe, Edgar"))
    assert (first.arxiv_id, first.venue, second.title) == ("2001.10001", "arXiv", "Small Things")
