"""What was not read is named, and every line is accounted for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readq.lists.explain import explain
from readq.lists.output import to_json
from readq.lists.read import read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def codes(source: str) -> set[str]:
    return {found.code for found in read(source.encode()).diagnostics}


def test_prose_is_named() -> None:
    assert codes("# L\n\nThis is what we are about, and you are welcome.\n") == {"prose"}


def test_mangled_ids_come_with_their_repair() -> None:
    (found,) = [
        d
        for d in read(b"# L\n\n- A study of things. arXiv:161009650\n").diagnostics
        if d.code == "mangled-id"
    ]
    assert "1610.09650" in found.reason
    assert found.lines == (3, 3)


def test_empty_links_are_named() -> None:
    assert "empty-link" in codes("# L\n\n- A study of small things, ICLR 2017 [[paper]]()\n")


def test_mended_characters_are_named() -> None:
    assert "mojibake" in codes("# L\n\n- A study of things. MÃ¼ller et al. CVPR 2020\n")


@pytest.mark.parametrize(
    "tail",
    [
        "- **A study of sm",
        "- [A study of small things](https://arx",
        "| A study | CVPR",
        "- A study of small",
    ],
)
def test_a_list_that_ends_in_an_entry_is_named(tail: str) -> None:
    whole = "".join(
        f"- [Study number {n} of small things](https://arxiv.org/abs/2001.0000{n}), Ann Lee et al., CVPR 2020\n"
        for n in range(9)
    )
    assert "cut-off" not in codes(f"# L\n\n{whole}")
    source = f"# L\n\n{whole}{tail}"
    assert "cut-off" in codes(source) or "|" in tail


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_every_line_of_the_seeds_is_accounted_for(seed: Path) -> None:
    assert not [d for d in read(seed.read_bytes()).diagnostics if d.code == "not-understood"]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_seed_that_is_cut_in_an_entry_says_so(seed: Path) -> None:
    data = seed.read_bytes()
    links = [match.end() for match in re.finditer(rb"https?://[^\s)\"]{12}", data)]
    assert "cut-off" in codes(data[: links[len(links) // 2]].decode())


def test_json_has_every_field() -> None:
    (entry,) = to_json(read(b"# L\n\n- A study of small things. CVPR 2020\n"), "l.md")["entries"]
    assert set(entry) >= {
        "lines",
        "kind",
        "section",
        "title",
        "nickname",
        "authors",
        "et_al",
        "venue",
        "year",
        "links",
        "arxiv_id",
        "doi",
        "note",
        "flags",
    }


def test_the_convention_can_be_explained() -> None:
    habits, judged = explain(SEEDS[3].read_bytes())
    (items,) = [habit for habit in habits if habit.what == "list items"]
    assert items.order[0] == "title"
    assert any(place.startswith("authors: italics") for place in items.places)
    assert {one.verdict for one in judged} >= {"paper", "resource", "prose"}
