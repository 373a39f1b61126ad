"""How alike two titles are, and whether what stands around them agrees."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from readq.model.identifiers import Identifier
from readq.model.listing import Listing
from readq.model.text import words

# One paper has one of these and no second, so two of them mean two papers.
_EXCLUSIVE = ("arxiv", "acl", "cvf", "openreview", "pmlr")
_EMPTY_WORDS = frozenset(
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
        "into",
        "of",
        "on",
        "or",
        "s",
        "the",
        "to",
        "using",
        "via",
        "with",
    )
)
_NUMBER = re.compile(r"\d|^(?:ii|iii|iv|vi|vii|viii|ix)$")
_ENOUGH = 100
"""Titles that it takes to tell common words from rare ones; a word in one of so many is rare."""
_TURNING = (
    "un",
    "non",
    "in",
    "im",
    "dis",
    "de",
    "re",
    "semi",
    "a",
    "anti",
    "multi",
    "self",
    "inter",
    "intra",
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|\d+")


class Evidence(IntEnum):
    """What stands around two nearly equal titles says about them."""

    AGAINST = 0
    """Other authors, other identifiers, or years far apart."""
    NONE = 1
    YEAR = 2
    """The years agree: equal, or a preprint and its publication a year apart."""
    AUTHORS = 3
    IDENTIFIER = 4


@dataclass(slots=True)
class Profile:
    """What one or many listings say beside the title."""

    first: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    """First authors: surname, and every word of the name."""
    surnames: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    identifiers: set[Identifier] = field(default_factory=set)

    def add(self, other: Profile) -> None:
        """Take in what `other` says."""
        self.first |= other.first
        self.surnames |= other.surnames
        self.names |= other.names
        self.years |= other.years
        self.identifiers |= other.identifiers


def profile(listing: Listing, identifiers: Iterable[Identifier]) -> Profile:
    """What `listing` says beside its title."""
    made = Profile(identifiers=set(identifiers))
    if listing.year:
        made.years.add(listing.year)
    for place, author in enumerate(listing.authors):
        family, tokens = _name(author)
        if not family:
            continue
        if place == 0:
            made.first.add((family, tokens))
        made.surnames.add(family)
        made.names |= tokens
    return made


def _name(author: str) -> tuple[str, frozenset[str]]:
    tokens = [word for word in words(_HUMP.sub(" ", author)) if len(word) > 1]
    if not tokens:
        return "", frozenset()
    before_comma = words(_HUMP.sub(" ", author.partition(",")[0])) if "," in author else []
    family = next((word for word in reversed(before_comma) if len(word) > 1), tokens[-1])
    return family, frozenset(tokens)


def authors_agree(one: Profile, two: Profile) -> bool:
    """Whether the first authors are one person, or two authors stand in both lists."""
    for family, tokens in one.first:
        if any(family in others or other in tokens for other, others in two.first):
            return True
    return len(one.surnames & two.surnames) > 1


def authors_contradict(one: Profile, two: Profile) -> bool:
    """Whether both name authors and not one of them is in both, typos allowed for."""
    if not one.names or not two.names:
        return False
    if one.surnames & two.names or two.surnames & one.names:
        return False
    return not any(
        abs(len(a) - len(b)) < 2 and a[0] == b[0] and distance(a, b, 1) <= 1
        for a in sorted(one.surnames)[:20]
        for b in sorted(two.surnames)[:20]
        if min(len(a), len(b)) > 4
    )


def evidence(one: Profile, two: Profile) -> Evidence:
    """What speaks for or against two nearly equal titles being one paper."""
    if one.identifiers & two.identifiers:
        return Evidence.IDENTIFIER
    for scheme in _EXCLUSIVE:
        if _has(one, scheme) and _has(two, scheme):
            return Evidence.AGAINST
    gap = min((abs(a - b) for a in one.years for b in two.years), default=None)
    if one.names and two.names:
        agree = authors_agree(one, two) and (gap is None or gap <= 3)
        return Evidence.AUTHORS if agree else Evidence.AGAINST
    if gap is None:
        return Evidence.NONE
    if gap <= 1:
        return Evidence.YEAR
    return Evidence.AGAINST if gap > 2 else Evidence.NONE


def _has(one: Profile, scheme: str) -> bool:
    return any(identifier.scheme == scheme for identifier in one.identifiers)


def distance(one: str, two: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from `one` to `two`.

    Optimal string alignment within a band: exact up to `limit`, else `limit + 1`.
    """
    if one == two:
        return 0
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    far = limit + 1
    before: list[int] = []
    row = [column if column <= limit else far for column in range(len(two) + 1)]
    for i, left in enumerate(one, 1):
        older, before = before, row
        row = [i if i <= limit else far] + [far] * len(two)
        for j in range(max(1, i - limit), min(len(two), i + limit) + 1):
            right = two[j - 1]
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == two[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row[j] = min(cost, far)
        if min(row) > limit:
            return far
    return row[-1]


def stem(word: str) -> str:
    """`word` without a plural s: "networks" and "network" are one word in a title."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


def is_typo(one: Sequence[str], two: Sequence[str], frequency: Mapping[str, int]) -> bool:
    """Whether two titles (as words) differ by a slip of the pen and nothing else.

    A slip makes a word that hardly any other title has; "supervised" and "unsupervised" are both
    common, so they are two words. Numbers never differ by a slip ("Part 1", "Part 2").
    `frequency` is in how many titles a word (see `stem`) stands.
    """
    left, right = _difference(one, two)
    if not left and not right:
        return True
    if any(_NUMBER.search(word) for word in (*left, *right)):
        return False
    if len(left) == 1 and len(right) == 1:
        a, b = left[0], right[0]
        if min(len(a), len(b)) < 4 or _turned(a, b) or _turned(b, a):
            return False
        if min(frequency.get(a, 0), frequency.get(b, 0)) > 2:
            return False
        return distance(a, b, 2) <= (1 if min(len(a), len(b)) < 7 else 2)
    return all(word in _EMPTY_WORDS for word in (*left, *right))


def _difference(one: Sequence[str], two: Sequence[str]) -> tuple[list[str], list[str]]:
    left, right = [stem(word) for word in one], [stem(word) for word in two]
    for word in tuple(left):
        if word in right:
            left.remove(word)
            right.remove(word)
    return left, right


def _turned(long: str, short: str) -> bool:
    return long.endswith(short) and long.removesuffix(short) in _TURNING


def weights(frequency: Mapping[str, int], total: int) -> Mapping[str, float]:
    """What each word (see `stem`) tells of a title, from 1 down to a quarter.

    In a few lists on one subject "distillation" tells little of a paper. Only words that many of
    `total` titles have weigh less than 1, so that a small list is judged by plain counting.
    """
    if total < _ENOUGH:
        return {}
    return {
        word: min(1.0, max(0.25, math.log(total / count) / math.log(_ENOUGH)))
        for word, count in frequency.items()
        if count * _ENOUGH > total
    }


def are_similar(one: Sequence[str], two: Sequence[str], weight: Mapping[str, float]) -> bool:
    """Whether two titles (as words) under one identifier can be titles of one paper.

    By the share of their words that both have, each weighing what it tells (see `weights`): more
    than half of the shorter title, and two fifths of the longer.
    """
    left = {stem(word) for word in one if word not in _EMPTY_WORDS}
    right = {stem(word) for word in two if word not in _EMPTY_WORDS}
    common = left & right
    slips = [
        (a, b)
        for a in left - common
        for b in right - common
        if min(len(a), len(b)) > 4 and distance(a, b, 2) < 3
    ]
    if len(common) + len(slips) < 2:
        return False
    shared = sum(weight.get(word, 1.0) for word in common)
    shared += sum(min(weight.get(a, 1.0), weight.get(b, 1.0)) for a, b in slips)
    short, long = sorted(sum(weight.get(word, 1.0) for word in side) for side in (left, right))
    return shared >= short * 0.55 and shared >= long * 0.4
