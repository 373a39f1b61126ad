"""Ids for papers: words of the title, the same ones at every reading."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readq.catalogue.identity import parts, title_key
from readq.catalogue.likeness import is_typo, stem
from readq.model.paper import PaperId
from readq.model.text import slug

_DANGLING = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "through",
        "to",
        "using",
        "via",
        "with",
    )
)
"""Words that no id ends with when it was cut."""
_TITLE, _IDENTIFIER = 4, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """What naming needs to know of a paper."""

    title: str
    identities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """Which paper has which id."""

    ids: tuple[PaperId, ...]
    """One for each candidate, in their order."""
    absorbed: Mapping[PaperId, PaperId]
    """Fixed ids whose papers were found to be a paper that keeps another fixed id."""


def wanted(title: str) -> str:
    """The id that `title` would like to have; never empty.

    A subtitle stays out where the head alone says enough, so that lists that differ in it, or
    come to differ, give the same id.
    """
    head = next(parts(title), "")
    if not title.startswith(head):
        head = ""  # a tail behind a nickname: the nickname belongs to the id
    name = slug(head or title)
    if len(name) < len(slug(head or title, limit=1000)):
        while (shorter := name.rpartition("-"))[2] in _DANGLING and shorter[0]:
            name = shorter[0]
    if sum(map(str.isalpha, name)) >= 2:
        return name
    digest = hashlib.sha256(title_key(title).encode("utf-8", "replace")).hexdigest()[:8]
    return f"{name}-{digest}" if name else f"paper-{digest}"


def assign(papers: Sequence[Candidate], fixed: Mapping[PaperId, Sequence[str]]) -> Naming:
    """An id for every paper: the fixed one if it has one, else a free one.

    `fixed` maps ids to the identities that their papers were ever seen under. Such an id goes to
    the one paper that its identities fit best, or to none; no other paper ever gets it (an id
    with no identities is merely kept from being used).
    """
    claims, absorbed = _claims(papers, fixed)
    taken = set(fixed)
    ids: list[PaperId] = []
    for index, paper in enumerate(papers):
        if (name := claims.get(index)) is None:
            name = _free(wanted(paper.title), taken)
            taken.add(name)
        ids.append(name)
    return Naming(tuple(ids), {old: ids[index] for old, index in absorbed.items()})


def _free(base: str, taken: set[PaperId]) -> PaperId:
    name, number = PaperId(base), 1
    while name in taken:
        number += 1
        name = PaperId(f"{base}-{number}")
    return name


def _claims(
    papers: Sequence[Candidate], fixed: Mapping[PaperId, Sequence[str]]
) -> tuple[dict[int, PaperId], dict[PaperId, int]]:
    """Which paper has which fixed id; and which ids found their paper under another one."""
    claims: dict[int, PaperId] = {}
    absorbed: dict[PaperId, int] = {}
    settled: set[PaperId] = set()
    for name, index in _exact(papers, fixed):
        if name in settled:
            continue
        if index in claims:
            absorbed.setdefault(name, index)
        else:
            claims[index] = name
            settled.add(name)
            absorbed.pop(name, None)
    lost = {name: fixed[name] for name in fixed if name not in settled and name not in absorbed}
    if any(lost.values()):
        claims |= _near(papers, lost, claims)
    return claims, absorbed


def _exact(
    papers: Sequence[Candidate], fixed: Mapping[PaperId, Sequence[str]]
) -> list[tuple[PaperId, int]]:
    """Every fixed id with every paper that has a title or an identifier of its, best fit first.

    A title counts for more than an identifier: lists get those wrong.
    """
    wants: dict[str, list[PaperId]] = defaultdict(list)
    for name, identities in fixed.items():
        for identity in dict.fromkeys(identities):
            wants[identity].append(name)
    points: dict[tuple[PaperId, int], set[int]] = defaultdict(set)
    for index, paper in enumerate(papers):
        for identity in paper.identities:
            kind = identity.partition(":")[0]
            if kind != "part":
                for name in wants.get(identity, ()):
                    points[name, index].add(_TITLE if kind == "title" else _IDENTIFIER)
    return sorted(points, key=lambda pair: (-sum(points[pair]), pair))


def _near(
    papers: Sequence[Candidate],
    lost: Mapping[PaperId, Sequence[str]],
    claims: Mapping[int, PaperId],
) -> dict[int, PaperId]:
    """Papers whose titles differ, by a slip of the pen or a subtitle, from those of a lost id.

    Only where no other lost id fits the paper, and no identifier speaks against it.
    """
    kept: dict[object, set[PaperId]] = defaultdict(set)
    for name, identities in lost.items():
        for key in _keys(identities):
            kept[key].add(name)
    slips: dict[PaperId, list[int]] = defaultdict(list)
    shortened: dict[PaperId, list[int]] = defaultdict(list)
    suitors: Counter[int] = Counter()
    for index, paper in enumerate(papers):
        if index in claims:
            continue
        for name in {name for key in _keys(paper.identities) for name in kept.get(key, ())}:
            if not _may_be_one(paper.identities, lost[name]):
                continue
            if _is_slip(paper.identities, lost[name]):
                slips[name].append(index)
            elif _is_part(paper.identities, lost[name]):
                shortened[name].append(index)
            else:
                continue
            suitors[index] += 1
    found = {}
    for name in lost:
        # Two slips in one title are one paper still; two titles with one beginning are not.
        fits = slips[name] or (shortened[name] if len(shortened[name]) == 1 else [])
        if fits and suitors[fits[0]] == 1:
            found[fits[0]] = name
    return found


def _keys(identities: Sequence[str]) -> set[object]:
    """What the identities of two papers share if one is the other with a slip or shortened."""
    keys: set[object] = {one.partition(":")[2] for one in identities if _is_title_or_part(one)}
    for title in _titles(identities):
        stems = [stem(word) for word in title]
        whole = sum(map(hash, stems))
        keys |= {whole, *(whole - hash(word) for word in stems if len(stems) > 1)}
    return keys


def _is_title_or_part(identity: str) -> bool:
    return identity.startswith(("title:", "part:"))


def _may_be_one(one: Sequence[str], two: Sequence[str]) -> bool:
    ids = [{i for i in side if i.startswith("arxiv:")} for side in (one, two)]
    return not ids[0] or not ids[1] or bool(ids[0] & ids[1])


def _is_slip(one: Sequence[str], two: Sequence[str]) -> bool:
    return any(is_typo(a, b, {}) for a in _titles(one) for b in _titles(two))


def _is_part(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether one has a title that is a part of the other's."""
    for left, right in ((one, two), (two, one)):
        whole = {i.removeprefix("title:") for i in left if i.startswith("title:")}
        if any(i.startswith("part:") and i.removeprefix("part:") in whole for i in right):
            return True
    return False


def _titles(identities: Sequence[str]) -> list[list[str]]:
    return [one.removeprefix("title:").split() for one in identities if one.startswith("title:")]
