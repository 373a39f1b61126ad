"""One paper, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator

from readq.cli.output import Output, local
from readq.model.entry import Entry
from readq.model.paper import Paper
from readq.model.status import Status
from readq.model.text import clean

_SINCE = {Status.READING: "started_at", Status.DONE: "finished_at"}
_WORDS = {
    Status.TO_READ: "to read",
    Status.READING: "reading",
    Status.DONE: "done",
    Status.DROPPED: "dropped",
}


def print_entry(out: Output, entry: Entry) -> None:
    """Title, facts, what was done, links, places, note."""
    paper = entry.paper
    out.line(out.bold(clean(paper.title)))
    authors = ", ".join(paper.authors) + (" et al." if paper.et_al else "")
    for line in (authors, _facts(paper), *_state(out, entry)):
        if line.strip():
            out.line(clean(line))
    for heading, lines in (
        ("Links", [f"{link.label}  {link.url}".strip() for link in paper.links]),
        ("Listed in", list(_places(paper)) if paper.places else ["no list any more"]),
        ("Conflicts", [one.message for one in paper.conflicts]),
    ):
        if lines:
            out.line()
            out.line(out.dim(heading))
            for line in lines:
                out.line(f"  {clean(line)}")
    if entry.record.note:
        out.line()
        out.line(out.dim("Note"))
        out.block(entry.record.note)


def _facts(paper: Paper) -> str:
    year = str(paper.year) if paper.year else None
    return " · ".join(
        filter(
            None,
            (
                " ".join(filter(None, (paper.venue, year))),
                *map(str, paper.identifiers),
                f"id {paper.id}",
            ),
        )
    )


def _state(out: Output, entry: Entry) -> Iterator[str]:
    record = entry.record
    since = getattr(record, _SINCE.get(record.status, ""), None)
    facts = [f"{out.signs[record.status]} {_WORDS[record.status]}"]
    facts[0] += f" since {local(since)[:10]}" if since else ""
    if entry.queue:
        facts.append(f"queue {entry.queue}")
    if record.rating:
        facts.append(f"rated {record.rating} of 5")
    facts += [f"#{tag}" for tag in record.tags]
    yield " · ".join(facts)


def _places(paper: Paper) -> Iterator[str]:
    for place in paper.places:
        first, last = place.lines
        lines = f"line {first}" if first == last else f"lines {first}-{last}"
        yield f"{' › '.join((place.list_title, *place.section))} ({lines})"
