"""Papers on their way out: documents for files, one paper for the clipboard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from readq.atomic import write_bytes
from readq.errors import NotFound, StoreError, UsageError
from readq.formats import markdown
from readq.formats.document import Document, Group
from readq.library.search import Finder
from readq.library.shelf import Shelf
from readq.library.wording import short
from readq.model import query as queries
from readq.model.entry import Entry
from readq.model.paper import Paper, PaperId
from readq.services.pdf_links import Target, best_target

Order = Literal["lists", "queue"]
Copy = Literal["title", "url", "bibtex", "citation", "markdown"]

_ELSEWHERE = "In other lists"


def as_markdown(shelf: Shelf, finder: Finder, query: str, by: Order) -> str:
    """The papers that fit, under the headings of their lists or in queue order."""
    return markdown.write(document_of(shelf, finder, query, by))


def document_of(shelf: Shelf, finder: Finder, query: str, by: Order) -> Document:
    """What is exported of the papers that fit."""
    found = finder.find(query)
    if by == "queue":
        chosen = set(found)
        groups = [
            _group(shelf, (), [paper_id for paper_id in shelf.store.queue() if paper_id in chosen])
        ]
    elif queries.parse(query).sorts:
        groups = [_group(shelf, (), found)]
    else:
        groups = list(_as_listed(shelf, found))
    title = "Queue" if by == "queue" else "Papers"
    papers = {entry.id: entry.paper for group in groups for entry in group.entries}
    pages = {
        paper_id: best_target(p.links, p.identifiers, p.title, page=True)
        for paper_id, p in papers.items()
    }
    return Document(
        title=f"{title}: {query.strip()}" if query.strip() else title,
        groups=tuple(groups),
        links={paper_id: page.url for paper_id, page in pages.items() if page.kind != "search"},
    )


def save(path: Path, text: str) -> None:
    """Write an export, whole or not at all. Raises `UsageError` or `StoreError`."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="name a file in it")
    try:
        # Through a link of the user's to the file that it stands for.
        write_bytes(path.resolve(), text.encode("utf-8", "replace"), mode=0o666)
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"{path} cannot be written: {why}") from error


def copyable(paper: Paper, what: Copy) -> str:
    """A paper in a form for the clipboard. Raises `NotFound` for the URL of one without links."""
    page = best_target(paper.links, paper.identifiers, paper.title, page=True)
    url = page.url if page.kind != "search" else ""
    match what:
        case "title":
            return paper.title
        case "url":
            if not url:
                raise NotFound(
                    f"no list gives a link for {short(paper.title)}",
                    hint="opening it searches the web for its title",
                )
            return url
        case "bibtex":
            from readq.formats import bibtex

            return bibtex.entry(paper, url)
        case "citation":
            from readq.formats import citation

            return citation.plain(paper, url)
        case "markdown":
            return markdown.link(paper, url)


def target(paper: Paper, *, page: bool, search_url: str | None) -> Target:
    """Where opening a paper leads: its PDF, its page, or a search for its title."""
    if search_url is None:
        return best_target(paper.links, paper.identifiers, paper.title, page=page)
    return best_target(
        paper.links, paper.identifiers, paper.title, page=page, search_url=search_url
    )


def _as_listed(shelf: Shelf, found: Sequence[PaperId]) -> Iterable[Group]:
    entries = {entry.id: entry for entry in shelf.entries(found)}
    placed: set[PaperId] = set()
    titles = {branch.list_key: branch.title for branch in shelf.branches() if not branch.depth}
    for branch in shelf.branches():
        here = [paper_id for paper_id in shelf.papers_in(branch.key) if paper_id in entries]
        placed.update(here)
        if here:
            heading = (titles[branch.list_key], *branch.path)
            yield Group(heading=heading, entries=tuple(entries[paper_id] for paper_id in here))
    if rest := [entry for paper_id, entry in entries.items() if paper_id not in placed]:
        yield Group(heading=(_ELSEWHERE,), entries=tuple(rest))


def _group(shelf: Shelf, heading: tuple[str, ...], ids: Iterable[PaperId]) -> Group:
    entries: list[Entry] = shelf.entries(ids)
    return Group(heading=heading, entries=tuple(entries))
