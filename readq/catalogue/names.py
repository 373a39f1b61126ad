"""Ids for papers: words of the title, the same ones at every reading."""

from __future__ import annotations

import hashlib
from collections import defaultdict
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
_TITLE, _IDENTIFIER, _PART = 4, 3, 2


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
    scored = _scores(papers, fixed)
    claims: dict[int, PaperId] = {}
    settled: set[PaperId] = set()
    rivals: dict[PaperId, int] = {}
    for _, name, index in scored:
        if name in settled:
            continue
        if index in claims:
            rivals.setdefault(name, index)
            continue
        claims[index] = name
        settled.add(name)
    lost = [name for name in fixed if name not in settled and name not in rivals and fixed[name]]
    if lost:
        claims |= _by_slip(papers, fixed, lost, claims)
    absorbed = {name: index for name, index in rivals.items() if name not in settled}
    return claims, absorbed


def _scores(
    papers: Sequence[Candidate], fixed: Mapping[PaperId, Sequence[str]]
) -> list[tuple[int, PaperId, int]]:
    """Every fitting pair of a fixed id and a paper, best first."""
    wants: dict[str, list[PaperId]] = defaultdict(list)
    for name, identities in fixed.items():
        for identity in dict.fromkeys(identities):
            wants[identity].append(name)
    points: dict[tuple[PaperId, int], set[int]] = defaultdict(set)
    for index, paper in enumerate(papers):
        for identity in paper.identities:
            kind, _, text = identity.partition(":")
            for name in wants.get(identity, ()):
                if kind != "part":
                    points[name, index].add(_TITLE if kind == "title" else _IDENTIFIER)
            other = {"title": f"part:{text}", "part": f"title:{text}"}.get(kind)
            for name in wants.get(other, ()) if other else ():
                points[name, index].add(_PART)
    found = [(sum(kinds), name, index) for (name, index), kinds in points.items()]
    return sorted(found, key=lambda one: (-one[0], one[1], one[2]))


def _by_slip(
    papers: Sequence[Candidate],
    fixed: Mapping[PaperId, Sequence[str]],
    lost: Sequence[PaperId],
    claims: Mapping[int, PaperId],
) -> dict[int, PaperId]:
    """Papers whose titles differ by a slip of the pen from those of a fixed id that lost its own.

    Only where one id and one paper fit each other and no identifier speaks against it.
    """
    kept: dict[int, list[tuple[PaperId, tuple[str, ...]]]] = defaultdict(list)
    for name in lost:
        for title in _titles(fixed[name]):
            for key in _keys(title):
                kept[key].append((name, title))
    fits: dict[PaperId, set[int]] = defaultdict(set)
    fitted: dict[int, set[PaperId]] = defaultdict(set)
    for index, paper in enumerate(papers):
        if index in claims:
            continue
        for title in _titles(paper.identities):
            for key in _keys(title):
                for name, old in kept.get(key, ()):
                    if is_typo(title, old, {}) and _agree(paper.identities, fixed[name]):
                        fits[name].add(index)
                        fitted[index].add(name)
    found = {}
    for name, indices in fits.items():
        if len(indices) == 1 and len(fitted[next(iter(indices))]) == 1:
            found[next(iter(indices))] = name
    return found


def _titles(identities: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(one[6:].split()) for one in identities if one.startswith("title:")]


def _keys(title: Sequence[str]) -> set[int]:
    """Hashes that titles share which differ in one word at most."""
    stems = [stem(word) for word in title]
    whole = sum(map(hash, stems))
    return {whole, *(whole - hash(word) for word in stems if len(stems) > 2)}


def _agree(one: Sequence[str], two: Sequence[str]) -> bool:
    ids = [{i for i in side if i.startswith("arxiv:")} for side in (one, two)]
    return not (ids[0] and ids[1] and not ids[0] & ids[1])
