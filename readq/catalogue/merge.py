"""Listings of many lists become papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from readq.catalogue import derive, names
from readq.catalogue.grouping import Group, Shared, group
from readq.catalogue.identity import part_identities, title_identity
from readq.model.identifiers import Identifier
from readq.model.listing import Listing, ReadingList
from readq.model.paper import Conflict, ListKey, Paper, PaperId, Place

# A second id of these schemes is a mistake of a list; a work has DOIs and pages at several
# publishers, and proceedings that moved gave out new numbers.
_SINGLE = ("arxiv", "acl", "cvf", "openreview", "pmlr")


class Named(Protocol):
    """What merging needs to know of where a list comes from."""

    @property
    def key(self) -> ListKey:
        """Names the list within the library."""

    @property
    def source(self) -> str:
        """The path or URL of the list."""

    @property
    def title_hint(self) -> str:
        """What to call the list when it does not say."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Papers, and which listing went into which."""

    papers: tuple[Paper, ...]
    """In list order: by their first listing."""
    homes: tuple[tuple[int | None, ...], ...]
    """For every list, for every entry: the index of its paper; None for what is no paper."""
    titles: tuple[str, ...]
    """Of the lists."""
    absorbed: Mapping[PaperId, PaperId]
    """Fixed ids whose papers were found to be a paper that keeps another fixed id."""


def list_title(source: Named, reading_list: ReadingList) -> str:
    """What to call a list: what it calls itself, else what its subscriber does, else its name."""
    return (
        reading_list.title
        or source.title_hint
        or source.source.rstrip("/").rpartition("/")[2]
        or str(source.key)
    )


def merge(
    lists: Sequence[tuple[Named, ReadingList]],
    *,
    fixed: Mapping[PaperId, Sequence[str]] | None = None,
) -> Merged:
    """The papers of `lists`; see `grouping` for what is one paper, `names` for `fixed`."""
    titles = tuple(list_title(source, reading_list) for source, reading_list in lists)
    flat: list[Listing] = []
    origin: list[int] = []
    for number, (_, reading_list) in enumerate(lists):
        flat += reading_list.entries
        origin += [number] * len(reading_list.entries)
    grouping = group(flat)
    disputed, lost = _settle(grouping.shared, grouping.groups, flat)
    drafts = [
        _draft(one, flat, frozenset(disputed[index]), frozenset(lost[index]))
        for index, one in enumerate(grouping.groups)
    ]
    naming = names.assign([names.Candidate(d.title, d.identities) for d in drafts], fixed or {})
    shared_by: dict[int, list[Shared]] = defaultdict(list)
    for shared in grouping.shared:
        for index in shared.groups:
            shared_by[index].append(shared)
    places = _Places(lists, titles, flat, origin)
    papers = []
    for index, (draft, one) in enumerate(zip(drafts, grouping.groups, strict=True)):
        conflicts = [
            *_several(draft.identifiers),
            *(_shared(s, index, naming.ids, drafts) for s in shared_by[index]),
        ]
        papers.append(draft.paper(naming.ids[index], places.of(one), tuple(conflicts)))
    return Merged(tuple(papers), _homes(lists, grouping.groups, origin), titles, naming.absorbed)


@dataclass(frozen=True, slots=True)
class _Draft:
    title: str
    identifiers: tuple[Identifier, ...]
    identities: tuple[str, ...]
    listings: tuple[Listing, ...]

    def paper(
        self, id: PaperId, places: tuple[Place, ...], conflicts: tuple[Conflict, ...]
    ) -> Paper:
        authors, et_al = derive.authors(self.listings)
        venue, year = derive.venue_and_year(self.listings)
        derived = None
        arxiv = next((one for one in self.identifiers if one.scheme == "arxiv"), None)
        if year is None and arxiv and (year := derive.year_of_arxiv_id(arxiv.value)):
            derived = str(arxiv)
        return Paper(
            id=id,
            title=self.title,
            nickname=derive.nickname(self.listings),
            authors=authors,
            et_al=et_al,
            venue=venue,
            year=year,
            year_derived_from=derived,
            identifiers=self.identifiers,
            links=derive.links(self.listings),
            places=places,
            conflicts=conflicts,
            identities=self.identities,
        )


def _draft(
    one: Group,
    flat: Sequence[Listing],
    disputed: frozenset[Identifier],
    lost: frozenset[Identifier],
) -> _Draft:
    listings = tuple(flat[index] for index in one.members)
    titles = [listing.title for listing in listings]
    found = tuple(i for i in derive.identifiers(one.identifiers) if i not in lost)
    identities = [str(identifier) for identifier in found if identifier not in disputed]
    identities += [title_identity(title) for title in titles]
    identities += [part for title in dict.fromkeys(titles) for part in part_identities(title)]
    return _Draft(derive.best_title(titles), found, tuple(dict.fromkeys(identities)), listings)


def _settle(
    shared: Sequence[Shared], groups: Sequence[Group], flat: Sequence[Listing]
) -> tuple[Mapping[int, set[Identifier]], Mapping[int, set[Identifier]]]:
    """Whose identifier is it that papers with clearly different titles share?

    Returns, by group, the identifiers that cannot be told to be its own (kept, but they find no
    paper), and those that are another's.
    """
    disputed: dict[int, set[Identifier]] = defaultdict(set)
    lost: dict[int, set[Identifier]] = defaultdict(set)
    for one in shared:
        owner = _owner(one, groups, flat)
        for index in one.groups:
            if owner is None:
                disputed[index].add(one.identifier)
            elif index != owner:
                lost[index].add(one.identifier)
    return disputed, lost


def _owner(shared: Shared, groups: Sequence[Group], flat: Sequence[Listing]) -> int | None:
    """The paper that most listings give the identifier to, if there is one such.

    A paper that has another identifier of the scheme, or appeared well before the identifier was
    given out, does not own it.
    """
    votes: dict[int, int] = {}
    for index in shared.groups:
        named = [dict.fromkeys(each) for each in groups[index].identifiers]
        own = sum(shared.identifier in each for each in named)
        others = sum(
            any(i.scheme == shared.identifier.scheme and i != shared.identifier for i in each)
            for each in named
        )
        if own > others and not _appeared_before(shared.identifier, groups[index], flat):
            votes[index] = own
    best = max(votes.values(), default=0)
    owners = [index for index, count in votes.items() if count == best]
    return owners[0] if len(owners) == 1 else None


def _appeared_before(identifier: Identifier, one: Group, flat: Sequence[Listing]) -> bool:
    if identifier.scheme != "arxiv":
        return False
    given = derive.year_of_arxiv_id(identifier.value)
    years = [year for index in one.members if (year := flat[index].year)]
    return given is not None and bool(years) and max(years) < given - 1


def _several(identifiers: Sequence[Identifier]) -> list[Conflict]:
    found = []
    for scheme in _SINGLE:
        same = [str(one) for one in identifiers if one.scheme == scheme]
        if len(same) > 1:
            found.append(
                Conflict("two-identifiers", f"Lists give it different ids: {', '.join(same)}")
            )
    return found


def _shared(
    shared: Shared, index: int, ids: Sequence[PaperId], drafts: Sequence[_Draft]
) -> Conflict:
    others = [other for other in shared.groups if other != index]
    titles = ", ".join(f"“{drafts[other].title}”" for other in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return Conflict(
        "shared-identifier",
        f"{shared.identifier} is also given to {titles}{more}",
        tuple(ids[other] for other in others),
    )


class _Places:
    def __init__(
        self,
        lists: Sequence[tuple[Named, ReadingList]],
        titles: Sequence[str],
        flat: Sequence[Listing],
        origin: Sequence[int],
    ) -> None:
        self.lists, self.titles, self.flat, self.origin = lists, titles, flat, origin

    def of(self, one: Group) -> tuple[Place, ...]:
        return tuple(self._place(index) for index in one.members)

    def _place(self, index: int) -> Place:
        source, listing = self.lists[self.origin[index]][0], self.flat[index]
        return Place(
            list_key=source.key,
            list_title=self.titles[self.origin[index]],
            source=source.source,
            section=listing.section,
            lines=listing.lines,
            title=listing.title,
        )


def _homes(
    lists: Sequence[tuple[Named, ReadingList]], groups: Sequence[Group], origin: Sequence[int]
) -> tuple[tuple[int | None, ...], ...]:
    flat: list[int | None] = [None] * len(origin)
    for number, one in enumerate(groups):
        for index in one.members:
            flat[index] = number
    homes, start = [], 0
    for _, reading_list in lists:
        end = start + len(reading_list.entries)
        homes.append(tuple(flat[start:end]))
        start = end
    return tuple(homes)
