"""Two versions of the same documents made one, field by field: the one set later wins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from readq.store.journal import Put
from readq.store.schema import EVENTS, FIELDS, META, Document
from readq.store.snapshot import Tables

_COLLECTED = ("identities", "aliases")


def join_puts(tables: Tables, puts: Iterable[Put]) -> tuple[Tables, int]:
    """`tables` with the documents that were put elsewhere joined in, and how many that changed.

    Nothing is removed: a removal does not say what it knew of the document.
    """
    last = {(put.table, put.key): put.document for put in puts}
    joined: Tables = {name: dict(documents) for name, documents in tables.items()}
    changed = 0
    for (table, key), document in last.items():
        if document is None or table == META:
            continue
        before = joined.setdefault(table, {}).get(key)
        after = document if before is None else join_documents(table, before, document)
        if after != before:
            joined[table][key] = after
            changed += 1
    return joined, changed


def join_documents(table: str, one: Document, other: Document) -> Document:
    """One document of two with the same id; where neither value is later, `one` has it."""
    if one == other or table == EVENTS:
        return one
    joined: dict[str, Any] = {**other, **one}
    one_times, other_times = _times(one), _times(other)
    for field in {*FIELDS.get(table, ()), *other_times}:
        source = other if other_times.get(field, "") > one_times.get(field, "") else one
        joined.pop(field, None)
        if field in source:
            joined[field] = source[field]
    for field in _COLLECTED:
        if found := [*_list(one.get(field)), *_list(other.get(field))]:
            joined[field] = list(dict.fromkeys(found))
    if one_times or other_times:
        joined["times"] = {
            field: max(one_times.get(field, ""), other_times.get(field, ""))
            for field in {**one_times, **other_times}
        }
    return joined


def _times(document: Document) -> dict[str, str]:
    times = document.get("times")
    if not isinstance(times, dict):
        return {}
    return {field: time for field, time in times.items() if isinstance(time, str)}


def _list(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
