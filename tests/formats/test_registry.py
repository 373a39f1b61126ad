from __future__ import annotations

import pytest

from readq.errors import UsageError
from readq.formats import markdown, registry


@pytest.mark.parametrize("name", ["markdown", "Markdown", "md", ".md"])
def test_a_format_is_found_by_its_names(name: str) -> None:
    assert registry.by_name(name).write is markdown.write


def test_an_unknown_format_is_named_beside_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no format docx") as caught:
        registry.by_name("docx")
    assert caught.value.hint == "Formats: markdown, bibtex"


def test_a_file_name_tells_its_format() -> None:
    assert registry.by_file_name("notes/Papers.MD") is registry.FORMATS[0]
    assert registry.by_file_name("x.bib") is registry.FORMATS[1]
    assert registry.by_file_name("papers.bin") is None
