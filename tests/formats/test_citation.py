from __future__ import annotations

from readq.formats import citation
from tests.formats.samples import ATTENTION, BORN_AGAIN, paper


def test_a_citation_says_who_what_where_and_when() -> None:
    assert citation.plain(ATTENTION) == (
        "Sergey Zagoruyko, Nikos Komodakis. Paying More Attention to Attention: Improving the "
        "Performance of Convolutional Neural Networks. ICLR 2017. https://arxiv.org/abs/1612.03928"
    )


def test_et_al_and_question_marks_end_their_sentences() -> None:
    assert citation.plain(BORN_AGAIN).startswith(
        "Tommaso Furlanello, Zachary C. Lipton, et al. Born"
    )
    assert citation.plain(paper("Does It Work?")) == "Does It Work?"


def test_a_citation_is_one_clean_line() -> None:
    assert (
        citation.plain(paper("A\n\x1b]52;c;eA==\x07 title", authors=("Ann\nB",)))
        == "Ann B. A title."
    )
