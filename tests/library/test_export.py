from __future__ import annotations

import re
from pathlib import Path

import pytest

from readq.errors import NotFound, StoreError, UsageError
from readq.formats.markdown import read_notes
from readq.library.export import save
from readq.library.library import Library
from readq.model.status import Status
from tests.library.samples import ALL, ATTENTION, BORN, LABELS, MUTUAL


def test_papers_stand_under_the_headings_of_their_lists_with_their_notes(library: Library) -> None:
    library.set_status([BORN], Status.DONE)
    note = "## Mine\n\n```\nopen fence"
    library.set_note(BORN, note)
    text = library.export_markdown()
    lines = text.splitlines()
    assert lines.index("## More Nets") < lines.index("## Nets") < lines.index("### Small")
    assert any(line.startswith("- [x] [Born Again") for line in lines)
    assert read_notes(text) == {BORN: note}
    assert library.export_markdown() == text


def test_a_query_chooses_and_the_queue_orders(library: Library) -> None:
    library.enqueue([LABELS, BORN, ATTENTION])
    text = library.export_markdown("year<2021", by="queue")
    places = [text.index(title) for title in ("Learning Without", "Born Again", "Attention Is")]
    assert places == sorted(places)
    assert "Deep Mutual" not in text
    assert "Deep Mutual" in library.export_markdown("mutual")


def test_a_sorted_query_exports_in_its_order(library: Library) -> None:
    text = library.export_markdown("sort:title")
    titles = ["Attention Is", "Born Again", "Deep Mutual", "Learning Without", "Teaching Small"]
    assert [text.index(title) for title in titles] == sorted(map(text.index, titles))


def test_a_paper_is_copied_in_five_forms(library: Library) -> None:
    assert library.copyable(MUTUAL, "title") == "Deep Mutual Learning"
    assert library.copyable(MUTUAL, "url") == "https://arxiv.org/abs/1706.00384"
    assert library.copyable(MUTUAL, "bibtex").startswith("@")
    assert "Zhang" in library.copyable(MUTUAL, "citation")
    assert library.copyable(MUTUAL, "markdown").startswith("[Deep Mutual Learning](")
    with pytest.raises(NotFound):
        library.copyable(LABELS, "url")


def test_opening_leads_to_the_pdf_the_page_or_a_search(library: Library) -> None:
    assert library.target(BORN).kind == "pdf"
    assert library.target(BORN, page=True).url == "https://arxiv.org/abs/1805.04770"
    assert library.target(LABELS).kind == "search"
    assert "Labels" in library.target(LABELS).url


def test_an_export_is_written_through_a_link_and_nowhere_else(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    link = tmp_path / "link.md"
    real.write_text("old")
    link.symlink_to(real)
    save(link, "new")
    assert real.read_text() == "new"
    assert link.is_symlink()
    with pytest.raises(UsageError):
        save(tmp_path, "text")
    with pytest.raises(StoreError):
        save(tmp_path / "no folder" / "x.md", "text")


def test_a_bibliography_has_every_paper_once_under_a_key_of_its_own(library: Library) -> None:
    text = library.export(kind="bibtex")
    keys = re.findall(r"^@\w+\{(.+),$", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(ALL)
    assert keys[0] == "furlanello2018born"
    assert library.export(kind="bibtex") == text
    assert library.export("mutual", kind="bibtex").count("@") == 1
