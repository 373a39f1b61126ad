"""One paper's values out of its listings: each from the listing that says most about it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from readq.catalogue.identity import parts, title_key, url_key
from readq.model.identifiers import Identifier
from readq.model.listing import Link, Listing

_T = TypeVar("_T")
_PREPRINT = re.compile(
    r"arxiv|preprint|corr$|biorxiv|medrxiv|techrxiv|ssrn|openreview|under review", re.I
)
_CAPITAL = re.compile(r"[A-Z]")
_SMALL = re.compile(r"[a-z]")
_CUT_OFF = 8
"""Letters by which a title is longer than one that was cut off, and not by a slip of the pen."""


def best_title(titles: Sequence[str]) -> str:
    """The fullest form of a title, in its most frequent spelling, with its capitals.

    Between forms that differ by a slip of the pen frequency decides, then the order of `titles`;
    but however frequent a form is, the same with its subtitle or nickname is fuller.
    """
    if len(set(titles)) == 1:
        return titles[0]
    counts = Counter(title_key(title) for title in titles)
    best = max(counts, key=lambda key: counts[key])  # the first of equals
    for title in sorted(dict.fromkeys(titles), key=len):
        key = title_key(title)
        longer = len(key) >= len(best) + _CUT_OFF
        # A sentence in front of a title does not belong to it.
        whole = key.startswith(best) or (key.endswith(best) and ". " not in title)
        if (longer and whole) or best in map(title_key, parts(title)):
            best = key
    spellings = Counter(title for title in titles if title_key(title) == best)
    return max(spellings, key=lambda title: (_well_cased(title), spellings[title]))


def _well_cased(title: str) -> int:
    small, capital = bool(_SMALL.search(title)), bool(_CAPITAL.search(title))
    if not small:
        return 1 if not capital else 0
    return 2 if capital else 1


def authors(listings: Sequence[Listing]) -> tuple[tuple[str, ...], bool]:
    """The longest list of authors, and whether it ends in "et al."."""
    best = max(listings, key=lambda one: (len(one.authors), not one.et_al))
    return best.authors, best.et_al


def venue_and_year(listings: Sequence[Listing]) -> tuple[str | None, int | None]:
    """Where and when it appeared: a publication before a preprint, what most lists say before
    what few do, the first of equals; the year is one that is given with that venue."""
    published = [one for one in listings if one.venue and not _PREPRINT.search(one.venue)]
    placed = published or [one for one in listings if one.venue]
    if not placed:
        return None, _most_frequent(one.year for one in listings if one.year)
    dated = [one for one in placed if one.year] or placed
    key = _most_frequent(_venue_key(one.venue or "") for one in dated)
    chosen = [one for one in dated if _venue_key(one.venue or "") == key]
    year = _most_frequent(one.year for one in chosen if one.year)
    return chosen[0].venue, year or _most_frequent(one.year for one in listings if one.year)


def _venue_key(venue: str) -> str:
    # The conference on neural information processing systems changed its short name in 2018.
    return title_key(venue).replace("nips", "neurips")


def _most_frequent(values: Iterable[_T]) -> _T | None:
    counts = Counter(values)
    return max(counts, key=lambda value: counts[value]) if counts else None


def year_of_arxiv_id(value: str) -> int | None:
    """The year that an arXiv id was given out in."""
    digits = value.rpartition("/")[2][:2]
    if not digits.isdigit():
        return None
    year = int(digits)
    return (1900 if year > 90 else 2000) + year


def links(listings: Iterable[Listing]) -> tuple[Link, ...]:
    """All links in the order of the lists; of two to one target the first, labelled one before
    an unlabelled."""
    found: dict[str, Link] = {}
    for one in listings:
        for link in one.links:
            key = url_key(link.url)
            known = found.get(key)
            if known is None:
                found[key] = link
            elif link.label and not known.label:
                found[key] = Link(link.label, known.url)
    return tuple(found.values())


def nickname(listings: Iterable[Listing]) -> str | None:
    """The first short name that a list gives."""
    return next((one.nickname for one in listings if one.nickname), None)


def identifiers(named: Iterable[tuple[Identifier, ...]]) -> tuple[Identifier, ...]:
    """All identifiers, those that most listings give first within each scheme, arXiv leading."""
    counts = Counter(identifier for each in named for identifier in each)
    by_scheme: dict[str, list[Identifier]] = defaultdict(list)
    for identifier in sorted(counts, key=lambda one: -counts[one]):
        by_scheme[identifier.scheme].append(identifier)
    order = sorted(by_scheme, key=lambda scheme: (scheme != "arxiv", scheme != "doi"))
    return tuple(identifier for scheme in order for identifier in by_scheme[scheme])
