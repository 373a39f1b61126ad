"""The five seeds, read and held against labels made by hand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from readq.lists.output import to_json
from readq.lists.read import read

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
NAMES = ("000", "001", "002", "003", "004")
FLOORS = {
    "entries": 0.995,
    "links": 0.995,
    "title": 0.99,
    "year": 0.99,
    "arxiv": 0.99,
    "section": 0.99,
    "exact": 0.985,
    "authors": 0.985,
    "venue": 0.985,
}


def squash(text: str | None) -> str:
    """Letters and digits, case folded."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").casefold() if c.isalnum())


def words(names: list[str]) -> Counter[str]:
    split = (squash(word) for name in names for word in re.split(r"[\s,.&]+", name))
    return Counter(word for word in split if len(word) > 1)


def pairs(
    gold: list[dict[str, Any]], found: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each label with the entry whose lines overlap its own most, each entry used once."""
    free = list(found)
    out: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for label in gold:
        first, last = label["lines"]
        over = [e for e in free if e["lines"][0] <= last and e["lines"][1] >= first]
        best = max(over, key=lambda e: squash(e["title"]) == squash(label["title"]), default=None)
        if best is not None:
            free.remove(best)
        out.append((label, best))
    return out


def f1(hits: float, one: float, other: float) -> float:
    return 2 * hits / (one + other) if one + other else 1.0


def right(label: dict[str, Any], entry: dict[str, Any]) -> dict[str, bool]:
    accepted = label.get("accept", {})
    verdict = {
        "title": squash(label["title"]) == squash(entry["title"]),
        "exact": label["title"] == entry["title"],
        "year": label["year"] == entry["year"],
        "venue": squash(label["venue"]) == squash(entry["venue"]),
        "section": list(map(squash, label["section"])) == list(map(squash, entry["section"])),
        "arxiv": label["arxiv_id"] == entry["arxiv_id"],
    }
    for field, others in accepted.items():
        verdict[field] = verdict[field] or squash(entry[field]) in map(squash, others)
    return verdict


def figures() -> dict[str, float]:
    count: Counter[str] = Counter()
    for name in NAMES:
        labels = json.loads((HERE / f"{name}.json").read_text("utf-8"))
        source = SEEDS / labels["source"]
        entries = to_json(read(source.read_bytes()), str(source))["entries"]
        papers = [entry for entry in entries if entry["kind"] == "paper"]
        matched = pairs(labels["entries"], papers)
        spare = sum(1 for label, entry in matched if label.get("optional") and entry)
        count["found"] += len(papers) - spare
        for label, entry in matched:
            if label.get("optional"):
                continue
            count["gold"] += 1
            urls = Counter(link["url"] for link in label["links"])
            count["urls"] += urls.total()
            names = words(label["authors"])
            count["names"] += names.total()
            if entry is None:
                continue
            count["hits"] += 1
            got = Counter(link["url"] for link in entry["links"])
            count["got urls"] += got.total()
            count["right urls"] += (urls & got).total()
            listed = words(entry["authors"])
            count["got names"] += listed.total()
            count["right names"] += (names & listed).total()
            count.update(field for field, good in right(label, entry).items() if good)
    share = {field: count[field] / count["gold"] for field in FLOORS}
    share["entries"] = f1(count["hits"], count["gold"], count["found"])
    share["links"] = f1(count["right urls"], count["urls"], count["got urls"])
    share["authors"] = f1(count["right names"], count["names"], count["got names"])
    return share


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return figures()


@pytest.mark.parametrize("field", sorted(FLOORS))
def test_the_seeds_are_read_as_labelled(measured: dict[str, float], field: str) -> None:
    assert measured[field] >= FLOORS[field]


def test_links_have_the_labels_of_their_list() -> None:
    for name in NAMES:
        labels = json.loads((HERE / f"{name}.json").read_text("utf-8"))
        entries = to_json(read((SEEDS / labels["source"]).read_bytes()), "")["entries"]
        papers = [entry for entry in entries if entry["kind"] == "paper"]
        for label, entry in pairs(labels["entries"], papers):
            if entry is not None and not label.get("optional"):
                assert entry["links"] == label["links"]


def test_nicknames_and_flags_are_kept() -> None:
    labels = json.loads((HERE / "002.json").read_text("utf-8"))
    entries = to_json(read((SEEDS / labels["source"]).read_bytes()), "")["entries"]
    expected = [(e.get("nickname"), e.get("flags", [])) for e in labels["entries"]]
    found = [(e["nickname"], e["flags"]) for e in entries]
    wrong = sum(one != other for one, other in zip(expected, found, strict=True))
    assert wrong <= len(expected) * 0.02
