"""Records, subscriptions and events as documents, and back.

A document leaves out fields at their default and keeps fields that this version does not know.
Writing is strict (`ValueError`). Reading is not: a value that a person or another program put
there and that makes no sense reads as the default, stays in the file until the field is set, and is
named by `problems`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from readq.model.link import Link
from readq.model.ordering import is_rank
from readq.model.paper import ListKey, PaperId
from readq.model.record import Change, Event, Rank, Record, Seen, Stamp, Subscription
from readq.model.status import Status

FORMAT = 1
"""Of the library file. A higher one is refused, a lower one migrated."""

PAPERS, LISTS, EVENTS, META = "papers", "lists", "events", "_readq"
"""The tables; the last holds one document about the file itself."""

META_KEY = "1"

Json: TypeAlias = Any
Document: TypeAlias = Mapping[str, Json]
Writer: TypeAlias = Callable[[Any], Json]

_STATUSES: Mapping[Json, Status] = {status.value: status for status in Status}
_NO_TIMES: Mapping[str, Stamp] = MappingProxyType({})
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def _status(value: Any) -> Json:
    status = Status(value)
    return None if status is Status.TO_READ else status.value


def _rank(value: Any) -> Json:
    if not is_rank(value):
        raise ValueError(f"not a rank: {value!r}")
    return value


def _tags(value: Any) -> Json:
    if isinstance(value, str) or not all(isinstance(tag, str) and tag for tag in value):
        raise ValueError(f"not a set of tags: {value!r}")
    return sorted(set(value)) or None


def _rating(value: Any) -> Json:
    if type(value) is not int or not 1 <= value <= 5:
        raise ValueError(f"not a rating from 1 to 5: {value!r}")
    return value


def _text(value: Any) -> Json:
    if not isinstance(value, str):
        raise ValueError(f"not a text: {value!r}")
    return str(value) or None


def _moment(value: Any) -> Json:
    if not isinstance(value, str) or not re.fullmatch(_MOMENT, value):
        raise ValueError(f"not a moment like 2026-11-21T09:30:00Z: {value!r}")
    return value


def _flag(value: Any) -> Json:
    if not isinstance(value, bool):
        raise ValueError(f"not true or false: {value!r}")
    return value or None


_PAPER_FIELDS: Mapping[str, Writer] = {
    "status": _status,
    "rank": _rank,
    "tags": _tags,
    "rating": _rating,
    "note": _text,
    "queued_at": _moment,
    "started_at": _moment,
    "finished_at": _moment,
}
_LIST_FIELDS: Mapping[str, Writer] = {
    "source": _text,
    "title": _text,
    "file": _text,
    "sha256": _text,
    "position": _rank,
    "added_at": _moment,
    "fetched_at": _moment,
    "removed": _flag,
}
FIELDS: Mapping[str, Mapping[str, Writer]] = {PAPERS: _PAPER_FIELDS, LISTS: _LIST_FIELDS}

SUBSCRIPTION_FIELDS = tuple(_LIST_FIELDS)
"""What can be set of a subscription."""


def field_value(table: str, field: str, value: Any) -> Json:
    """`value` as it is kept; None for the default. `ValueError` for what cannot be in that field."""
    writers = FIELDS.get(table)
    if writers is None:
        raise ValueError(f"no table is called {table!r}")
    if field not in writers:
        raise ValueError(f"{table} have no field {field!r} to be set")
    return None if value is None else writers[field](value)


def problems(table: str, document: Document) -> Iterator[tuple[str, Json]]:
    """The fields of a document whose value makes no sense, with it."""
    for field in FIELDS.get(table, {}):
        value = document.get(field)
        if value is None:
            continue
        try:
            field_value(table, field, value)
        except (ValueError, TypeError):
            yield field, value


def record(paper: PaperId, document: Document) -> Record:
    """The record that a document of `papers` stands for."""
    get = document.get
    status, rank, rating = get("status"), get("rank"), get("rating")
    times, seen = get("times"), get("seen")
    return Record(
        id=paper,
        status=_STATUSES.get(status, Status.TO_READ) if isinstance(status, str) else Status.TO_READ,
        rank=rank if rank is not None and is_rank(rank) else None,
        tags=_texts(get("tags")),
        rating=rating if type(rating) is int and 1 <= rating <= 5 else None,
        note=_text_or(get("note"), ""),
        queued_at=_moment_or_none(get("queued_at")),
        started_at=_moment_or_none(get("started_at")),
        finished_at=_moment_or_none(get("finished_at")),
        times=MappingProxyType(times) if type(times) is dict else _NO_TIMES,
        seen=_seen(seen) if type(seen) is dict else None,
        identities=_texts(get("identities")),
        aliases=tuple(map(PaperId, _texts(get("aliases")))),
    )


def rank_of(document: Document) -> Rank | None:
    """The place in the queue alone."""
    rank = document.get("rank")
    return rank if rank is not None and is_rank(rank) else None


def aliases_of(document: Document) -> tuple[str, ...]:
    """The earlier ids alone."""
    return _texts(document.get("aliases"))


def identities_of(document: Document) -> tuple[str, ...]:
    """What the paper was seen under, alone."""
    return _texts(document.get("identities"))


def subscription(key: ListKey, document: Document) -> Subscription | None:
    """The subscription that a document of `lists` stands for; None where adding it was undone."""
    get = document.get
    source, file = get("source"), get("file")
    if not (isinstance(source, str) and isinstance(file, str)):
        return None
    position = get("position")
    return Subscription(
        key=key,
        source=source,
        title=_text_or(get("title"), ""),
        file=file,
        sha256=_text_or(get("sha256"), ""),
        # One that was damaged by hand goes last rather than away.
        position=Rank(position if isinstance(position, str) and is_rank(position) else "zzzzzz"),
        added_at=_text_or(get("added_at"), ""),
        fetched_at=_moment_or_none(get("fetched_at")),
        removed=get("removed") is True,
    )


def seen_document(seen: Seen) -> dict[str, Json]:
    """What a paper looked like, as kept."""
    document: dict[str, Json] = {
        "title": seen.title,
        "authors": list(seen.authors),
        "et_al": seen.et_al,
        "venue": seen.venue,
        "year": seen.year,
        "links": [[link.label, link.url] for link in seen.links],
        "lists": list(seen.lists),
    }
    return {field: value for field, value in document.items() if value or field == "title"}


def _seen(document: Document) -> Seen:
    get = document.get
    year = get("year")
    links = get("links")
    return Seen(
        title=_text_or(get("title"), ""),
        authors=_texts(get("authors")),
        et_al=get("et_al") is True,
        venue=_text_or(get("venue"), None),
        year=year if type(year) is int else None,
        links=tuple(
            [
                Link(link[0], link[1])
                for link in (links if isinstance(links, list) else ())
                if type(link) is list
                and len(link) == 2
                and isinstance(link[0], str)
                and isinstance(link[1], str)
            ]
        ),
        lists=tuple(map(ListKey, _texts(get("lists")))),
    )


def event_document(event: Event) -> dict[str, Json]:
    """An event, as kept; its id is the document's."""
    document: dict[str, Json] = {
        "act": event.act,
        "changes": [[c.table, c.key, c.field, c.before, c.after] for c in event.changes],
    }
    if event.undoes is not None:
        document["undoes"] = event.undoes
    if event.redoes is not None:
        document["redoes"] = event.redoes
    return document


def event(stamp: str, document: Document) -> Event:
    """The event that a document of `events` stands for."""
    changes = document.get("changes")
    undoes, redoes = document.get("undoes"), document.get("redoes")
    return Event(
        id=Stamp(stamp),
        act=_text_or(document.get("act"), ""),
        changes=tuple(
            Change(*change)
            for change in (changes if isinstance(changes, list) else ())
            if isinstance(change, list)
            and len(change) == 5
            and all(isinstance(word, str) for word in change[:3])
        ),
        undoes=Stamp(undoes) if isinstance(undoes, str) else None,
        redoes=Stamp(redoes) if isinstance(redoes, str) else None,
    )


def copy(value: Json) -> Json:
    """A copy of JSON that shares nothing; `ValueError` for what JSON cannot say.

    Tuples become lists; keys must be text, numbers finite.
    """
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is int:
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError(f"keys must be text: {list(value)!r}")
        return {str(key): copy(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [copy(one) for one in value]
    if kind is float and value - value == 0:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    raise ValueError(f"cannot be kept as JSON: {value!r}")


def _texts(value: Json) -> tuple[str, ...]:
    if type(value) is not list:
        return ()
    for one in value:
        if type(one) is not str:
            return tuple(one for one in value if isinstance(one, str))
    return tuple(value)


def _text_or(value: Json, default: Any) -> Any:
    return value if isinstance(value, str) else default


def _moment_or_none(value: Json) -> str | None:
    return value if isinstance(value, str) else None
