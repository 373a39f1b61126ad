"""From words to the one paper that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from readq.errors import Ambiguous, NotFound
from readq.library.shelf import Shelf
from readq.model.paper import PaperId
from readq.model.text import normal_title

if TYPE_CHECKING:
    from readq.library.search import Finder

_SHOWN = 12
_NEAREST = 3
_ALIKE = 0.75
"""How much of both has to agree, as `difflib` counts it."""
_LONGEST = 120


def resolve(shelf: Shelf, find: Callable[[], Finder], words: str) -> PaperId:
    """An id; an identifier; a whole title; the start of one id; words that one title holds.

    `find` gives what searches titles, when that is needed. The first of these that names exactly
    one paper decides. Raises `NotFound` when nothing fits and `Ambiguous`, with candidates, when
    only too many do.
    """
    # Lines that are cut to a terminal's width end so.
    words = words.strip().removesuffix("…")
    if (found := _by_id(shelf, words)) is not None:
        return found
    several: tuple[PaperId, ...] = ()
    for candidates in _guesses(shelf, find, words):
        if len(candidates) == 1:
            return candidates[0]
        several = several or candidates
    if not several:
        raise _nothing(shelf, words)
    raise Ambiguous(
        f"{len(several)} papers fit {words!r}",
        candidates=[(paper_id, shelf.title(paper_id)) for paper_id in several[:_SHOWN]],
        more=max(0, len(several) - _SHOWN),
        hint="name one by its id",
    )


def _nothing(shelf: Shelf, words: str) -> NotFound:
    from difflib import get_close_matches

    wanted = normal_title(words)[:_LONGEST]
    near: list[str] = []
    if wanted:
        papers = shelf.catalogue.briefs(shelf.catalogue.ids()).values()
        titles = {normal_title(one.title)[:_LONGEST]: one.title for one in papers}
        # People write the beginning of a title, or of its id.
        starts = {key[: len(wanted) + 1]: title for key, title in reversed(titles.items())}
        found = get_close_matches(wanted, {**starts, **titles}, _NEAREST, _ALIKE)
        near = list(dict.fromkeys({**starts, **titles}[key] for key in found))
    return NotFound(
        f"no paper fits {words!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""),
        hint="readq ls WORDS… finds papers by their words",
    )


def _by_id(shelf: Shelf, words: str) -> PaperId | None:
    paper_id = PaperId(words)
    if paper_id in shelf.store.records or paper_id in shelf.catalogue:
        return paper_id
    record = shelf.store.record(paper_id)
    return record.id if record.id != paper_id else None


def _guesses(shelf: Shelf, find: Callable[[], Finder], words: str) -> Iterable[tuple[PaperId, ...]]:
    # An id in full, which programs give, needs none of this.
    from readq.catalogue.identity import title_identity
    from readq.model import identifiers

    if (named := identifiers.parse(words)) is not None:
        yield _with_identity(shelf, str(named))
        return
    if not normal_title(words):
        return
    yield _with_identity(shelf, title_identity(words))
    if " " not in words:
        ids = dict.fromkeys((*shelf.catalogue.ids(), *shelf.store.records))
        yield tuple(paper_id for paper_id in ids if paper_id.startswith(words.lower()))
    yield find().titled(words, whole=True)
    yield find().titled(words, whole=False)


def _with_identity(shelf: Shelf, identity: str) -> tuple[PaperId, ...]:
    listed = shelf.catalogue.all_with(identity)
    kept = (
        paper_id
        for paper_id, record in shelf.store.records.items()
        if identity in record.identities and paper_id not in shelf.catalogue
    )
    return listed or tuple(kept)
