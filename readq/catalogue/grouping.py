"""Which listings are one paper: a partition that depends on the listings alone.

Neither the order of lists nor that of entries matters, so nothing moves when a list is sorted
anew. Work grows with the number of listings, not of pairs: titles are compared only when they
share a part, all words but one, or an identifier.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from readq.catalogue.identity import identifiers, parts, title_key, title_words
from readq.catalogue.likeness import (
    Evidence,
    Profile,
    are_similar,
    authors_contradict,
    evidence,
    is_typo,
    profile,
    stem,
    weights,
)
from readq.model.identifiers import Identifier
from readq.model.listing import Listing

_CROWD = 12
"""So many candidates are looked at under one key: a key that more share says nothing."""
_RARE = 2
_PART = 3
"""Words that a part of a title needs to stand for it under a common identifier."""
_LONG_PART = 4
"""Words that a part of a title needs when nothing but the year agrees."""


@dataclass(slots=True)
class Group:
    """Listings of one paper."""

    members: list[int]
    """Indices of listings, ascending."""
    identifiers: tuple[tuple[Identifier, ...], ...] = ()
    """Of every member, in its order."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One identifier under clearly different titles."""

    identifier: Identifier
    groups: tuple[int, ...]
    """Indices of the groups, ascending."""


@dataclass(slots=True)
class Grouping:
    """The partition, and what it could not settle."""

    groups: list[Group]
    """In the order of their first listings."""
    shared: list[Shared]


@dataclass(slots=True)
class _Cluster:
    key: str
    members: list[int]
    profile: Profile
    words: list[str]
    parts: dict[str, int] = field(default_factory=dict)
    """Keys of parts of its titles, with their number of words."""


def group(listings: Sequence[Listing]) -> Grouping:
    """Partition `listings` into papers; resources and entries without a title are in no group."""
    keys = [title_key(one.title) if one.kind == "paper" else "" for one in listings]
    named = [identifiers(one) if key else () for one, key in zip(listings, keys, strict=True)]
    clusters = list(_equal_titles(listings, keys, named))
    frequency = Counter(word for one in clusters for word in {stem(w) for w in one.words})
    roots = _Union(clusters)
    for strength, one, two in sorted(set(_near(clusters, frequency))):
        roots.join(one, two, by_identifier=-strength == Evidence.IDENTIFIER)
    return _finished(roots, listings, named)


def _equal_titles(
    listings: Sequence[Listing],
    keys: Sequence[str],
    named: Sequence[tuple[Identifier, ...]],
) -> Iterator[_Cluster]:
    buckets: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if key:
            buckets[key].append(index)
    for key in sorted(buckets):
        found: list[_Cluster] = []
        members = buckets[key]
        if len(members) > 1:
            # Whoever names authors first; then an order that only contents decide.
            members.sort(key=lambda i: (not listings[i].authors, _content(listings[i])))
        for index in members:
            says = profile(listings[index], named[index])
            home = _home(found[:_CROWD], says)
            if home is None:
                title = listings[index].title
                home = _Cluster(key, [], Profile(), title_words(title) or [key])
                found.append(home)
            home.members.append(index)
            home.profile.add(says)
        for cluster in found:
            for title in {listings[index].title for index in cluster.members}:
                cluster.parts |= {title_key(part): len(title_words(part)) for part in parts(title)}
            yield cluster


def _content(one: Listing) -> tuple[str, ...]:
    links = "\n".join(link.url for link in one.links)
    return (one.title, "\n".join(one.authors), str(one.year), str(one.venue), links)


def _home(found: Sequence[_Cluster], one: Profile) -> _Cluster | None:
    same = [c for c in found if c.profile.identifiers & one.identifiers]
    fitting = same or [c for c in found if not authors_contradict(c.profile, one)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    return max(fitting, key=lambda c: (bool(c.profile.years & one.years), len(c.members)))


def _near(clusters: Sequence[_Cluster], frequency: Counter[str]) -> Iterator[tuple[int, int, int]]:
    """Pairs of clusters that may be one paper, with the negated strength of what says so."""
    weight = weights(frequency, len(clusters))
    for one, two in _sharing_identifier(clusters):
        left, right = clusters[one], clusters[two]
        if is_typo(left.words, right.words, frequency) or (
            not authors_contradict(left.profile, right.profile)
            and (_is_part(left, right) or are_similar(left.words, right.words, weight))
        ):
            yield -Evidence.IDENTIFIER, one, two
    for one, two, length in _sharing_part(clusters):
        says = evidence(clusters[one].profile, clusters[two].profile)
        if says >= Evidence.AUTHORS or (says == Evidence.YEAR and length >= _LONG_PART):
            yield -says, one, two
    for one, two in _sharing_all_words_but_one(clusters, frequency):
        says = evidence(clusters[one].profile, clusters[two].profile)
        if says >= Evidence.YEAR and is_typo(clusters[one].words, clusters[two].words, frequency):
            yield -says, one, two


def _is_part(one: _Cluster, two: _Cluster) -> bool:
    """Whether one title begins or ends with the whole other."""
    short, long = sorted((one, two), key=lambda cluster: len(cluster.key))
    at_an_end = long.key.startswith(short.key) or long.key.endswith(short.key)
    return at_an_end and len(short.words) >= _PART


def _sharing_identifier(clusters: Sequence[_Cluster]) -> Iterator[tuple[int, int]]:
    holders: dict[Identifier, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        for identifier in cluster.profile.identifiers:
            holders[identifier].append(index)
    for holding in holders.values():
        for place, one in enumerate(holding):
            for two in holding[place + 1 : place + 1 + _CROWD]:
                yield one, two


def _sharing_part(clusters: Sequence[_Cluster]) -> Iterator[tuple[int, int, int]]:
    whole: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        whole[cluster.key].append(index)
    for index, cluster in enumerate(clusters):
        for part, length in cluster.parts.items():
            for other in whole.get(part, ())[:_CROWD]:
                if other != index:
                    yield min(index, other), max(index, other), length


def _sharing_all_words_but_one(
    clusters: Sequence[_Cluster], frequency: Counter[str]
) -> Iterator[tuple[int, int]]:
    # A title's key is the sum of its words' hashes, so a word is taken away by subtraction. Only
    # titles with a rare word are kept under the key without it: see `is_typo`.
    kept: dict[int, list[int]] = defaultdict(list)
    keys = []
    for index, cluster in enumerate(clusters):
        stems = [stem(word) for word in cluster.words]
        whole = sum(map(hash, stems))
        keys.append((whole, [whole - hash(word) for word in stems] if len(stems) > 2 else []))
        kept[whole].append(index)
        if len(stems) > 2:
            for word in set(stems):
                if frequency[word] <= _RARE:
                    kept[whole - hash(word)].append(index)
    for index, (whole, lacking) in enumerate(keys):
        for key in dict.fromkeys((whole, *lacking)):
            for other in kept.get(key, ())[:_CROWD]:
                if other != index:
                    yield min(index, other), max(index, other)


class _Union:
    """Clusters that become papers; refuses to join what contradicts each other."""

    def __init__(self, clusters: Sequence[_Cluster]) -> None:
        self.clusters = clusters
        self.root = list(range(len(clusters)))

    def find(self, index: int) -> int:
        """The cluster that `index` was joined into."""
        while self.root[index] != index:
            self.root[index] = self.root[self.root[index]]
            index = self.root[index]
        return index

    def join(self, one: int, two: int, *, by_identifier: bool) -> None:
        """Make one paper of two, unless what was joined to them before speaks against it."""
        one, two = self.find(one), self.find(two)
        if one == two:
            return
        left, right = self.clusters[one], self.clusters[two]
        if not by_identifier and evidence(left.profile, right.profile) == Evidence.AGAINST:
            return
        self.root[two] = one
        left.members += right.members
        left.profile.add(right.profile)


def _finished(
    roots: _Union, listings: Sequence[Listing], named: Sequence[tuple[Identifier, ...]]
) -> Grouping:
    tops = [c for index, c in enumerate(roots.clusters) if roots.find(index) == index]
    groups = []
    for cluster in sorted(tops, key=lambda c: min(c.members)):
        members = sorted(cluster.members)
        groups.append(Group(members, tuple(named[index] for index in members)))
    holders: dict[Identifier, list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        for identifier in dict.fromkeys(i for each in one.identifiers for i in each):
            holders[identifier].append(number)
    shared = [Shared(i, tuple(found)) for i, found in holders.items() if len(found) > 1]
    return Grouping(groups, shared)
