from __future__ import annotations

import pytest

from readq.errors import Ambiguous, NotFound
from readq.library.library import Library
from readq.model.status import Status
from tests.library.samples import BORN, LABELS, MUTUAL, TEACHING


@pytest.mark.parametrize(
    ("words", "paper"),
    [
        ("born-again-neural-networks", BORN),
        ("1805.04770", BORN),
        ("arXiv:1805.04770v2", BORN),
        ("https://arxiv.org/pdf/1805.04770.pdf", BORN),
        ("born-ag", BORN),
        ("born-again-neural-net…", BORN),
        ("Born Again: neural networks", BORN),
        ("mutual", MUTUAL),
        ("labels without", LABELS),
        ("teach", TEACHING),
    ],
)
def test_a_paper_is_named_in_many_ways(library: Library, words: str, paper: str) -> None:
    assert library.resolve(words) == paper


def test_words_of_several_titles_name_none_and_give_them_all(library: Library) -> None:
    with pytest.raises(Ambiguous) as caught:
        library.resolve("le l")
    assert dict(caught.value.candidates) == {
        MUTUAL: "Deep Mutual Learning",
        LABELS: "Learning Without Labels",
    }


@pytest.mark.parametrize(
    "words", ["", "…", "!?", "nothing of the kind", "0000.00000", "furlanello"]
)
def test_what_names_no_paper_is_said(library: Library, words: str) -> None:
    with pytest.raises(NotFound) as caught:
        library.resolve(words)
    assert not isinstance(caught.value, Ambiguous)


def test_a_paper_that_no_list_has_any_more_is_found_by_its_names(library: Library) -> None:
    library.set_status([LABELS], Status.DONE)
    library.unsubscribe("nets")
    assert library.resolve("learning without labels") == LABELS
    assert library.resolve("labels") == LABELS
    assert library.resolve("learning-w") == LABELS
