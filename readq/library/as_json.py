"""Papers, and what was done with them, as JSON for programs."""

from __future__ import annotations

from typing import Any

from readq.model.entry import Entry
from readq.model.paper import Paper
from readq.model.record import Event


def paper_json(paper: Paper) -> dict[str, Any]:
    """A paper as its lists have it."""
    return {
        "id": paper.id,
        "title": paper.title,
        "nickname": paper.nickname,
        "authors": list(paper.authors),
        "et_al": paper.et_al,
        "year": paper.year,
        "year_derived_from": paper.year_derived_from,
        "venue": paper.venue,
        "identifiers": [str(one) for one in paper.identifiers],
        "links": [{"label": link.label, "url": link.url} for link in paper.links],
        "listings": [
            {
                "source": place.source,
                "list": place.list_title,
                "section": list(place.section),
                "lines": list(place.lines),
                "title": place.title,
            }
            for place in paper.places
        ],
        "conflicts": [
            {"kind": one.kind, "message": one.message, "papers": list(one.papers)}
            for one in paper.conflicts
        ],
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """A paper with what the user did."""
    record = entry.record
    return {
        **paper_json(entry.paper),
        "status": record.status.value,
        "queue": entry.queue,
        "tags": list(record.tags),
        "rating": record.rating,
        "note": record.note,
        "queued_at": record.queued_at,
        "started_at": record.started_at,
        "finished_at": record.finished_at,
        "listed": entry.listed,
    }


def event_json(event: Event, message: str) -> dict[str, Any]:
    """An act; `message` is it in words."""
    return {
        "id": event.id,
        "act": event.act,
        "message": message,
        "papers": list(event.papers),
        "undoes": event.undoes,
        "redoes": event.redoes,
        "changes": [
            {"table": c.table, "key": c.key, "field": c.field, "before": c.before, "after": c.after}
            for c in event.changes
        ],
    }
