"""The lists that readq ships with, against what was found in them by hand."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from readq.catalogue.load import Source
from readq.catalogue.merge import Merged, merge
from readq.lists.read import read
from readq.model.listing import Link, Listing, ReadingList
from readq.model.paper import ListKey

GOLD = Path(__file__).parent.parent / "gold"
Pairs = set[tuple[str, str]]


def labels(name: str) -> Any:
    return json.loads((GOLD / f"{name}.json").read_text("utf-8"))


LISTS = ("000", "001", "002", "003", "004")
DUPLICATES = labels("duplicates")


def as_labelled(seeds: Path) -> Merged:
    """The papers of the labels themselves."""
    return merge([(_source(seeds, name), _labelled(name)) for name in LISTS])


def as_read(seeds: Path) -> Merged:
    """The papers of what the reader makes of the lists."""
    found = []
    for name in LISTS:
        source = _source(seeds, name)
        assert isinstance(source.data, bytes)
        found.append((source, read(source.data)))
    return merge(found)


def _source(seeds: Path, name: str) -> Source:
    file = seeds / labels(name)["source"]
    return Source(ListKey(name), str(file), "", file.read_bytes())


def _labelled(name: str) -> ReadingList:
    gold = labels(name)
    return ReadingList(title=gold["title"], entries=tuple(map(_listing, gold["entries"])))


def _listing(label: dict[str, Any]) -> Listing:
    first, last = label["lines"]
    return Listing(
        lines=(first, last),
        section=tuple(label["section"]),
        title=label["title"],
        nickname=label.get("nickname"),
        authors=tuple(label["authors"]),
        et_al=label.get("et_al", False),
        venue=label["venue"],
        year=label["year"],
        links=tuple(Link(link["label"], link["url"]) for link in label["links"]),
        arxiv_id=label["arxiv_id"],
    )


def pairs(groups: Iterable[Iterable[str]]) -> Pairs:
    """Every two members of every group."""
    return {pair for one in groups for pair in itertools.combinations(sorted(set(one)), 2)}


def names(entries: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{name}#{index}" for name, index in entries]


def found_groups(result: Merged) -> list[set[str]]:
    """The labelled entries of every paper, told by the lines that they stand on."""
    where = {
        (name, line): f"{name}#{index}"
        for name in LISTS
        for index, label in enumerate(labels(name)["entries"])
        for line in range(label["lines"][0], label["lines"][1] + 1)
    }
    return [
        {where[p.list_key, p.lines[0]] for p in one.places if (p.list_key, p.lines[0]) in where}
        for one in result.papers
    ]


WANTED = pairs(map(names, DUPLICATES["groups"]))
OPEN = pairs(names(one["entries"]) for one in DUPLICATES["same_work_other_title"])
TRAPS = pairs(names(one["entries"]) for one in DUPLICATES["traps"]) - WANTED - OPEN


@pytest.mark.parametrize("made", [as_labelled, as_read])
def test_the_same_papers_are_found_as_by_hand(seeds: Path, made: Callable[[Path], Merged]) -> None:
    found = pairs(found_groups(made(seeds)))
    assert not found & TRAPS
    assert len(TRAPS) == 78
    hits = len(found & WANTED)
    assert 2 * hits / (len(WANTED) + len(found - (OPEN - WANTED))) >= 0.99


def test_the_seeds_hold_327_papers(seeds: Path) -> None:
    result = as_labelled(seeds)
    assert len(result.papers) == 327
    unfinished = [homes.count(None) for homes in result.homes]
    assert unfinished == [1, 0, 0, 0, 0]


def test_the_wrong_link_is_told_and_the_papers_stay_two(seeds: Path) -> None:
    conflicts = {
        paper.title: [conflict.kind for conflict in paper.conflicts]
        for paper in as_labelled(seeds).papers
        if paper.conflicts
    }
    assert conflicts == {
        "Deep Mutual Learning": ["shared-identifier"],
        "Large scale distributed neural network training through online distillation": [
            "shared-identifier"
        ],
    }


def test_ids_of_the_seeds_can_be_read_and_typed(seeds: Path) -> None:
    ids = [paper.id for paper in as_labelled(seeds).papers]
    assert "born-again-neural-networks" in ids
    assert "improved-knowledge-distillation-via-teacher-assistant" in ids
    assert max(map(len, ids)) <= 60
    assert not [id_ for id_ in ids if id_[-1].isdigit() and id_[-2] == "-"]
