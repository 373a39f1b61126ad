"""Finding papers: what the terms of a query mean, quick enough to answer every keystroke.

The words of all papers stand in memory, normalised, once. Terms that they can answer go first, and
what costs a look into the catalogue is asked only of the papers that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from readq.library.shelf import Shelf
from readq.model import query as q
from readq.model.paper import Paper, PaperId
from readq.model.record import Record
from readq.model.status import Status
from readq.model.text import normal_title

_FEW = 500
_STATUS_ORDER = (Status.READING, Status.TO_READ, Status.DONE, Status.DROPPED)


class Finder:
    """The papers of a shelf, searchable. A row is a paper's number in list order."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._ids: list[PaperId] = []
        self._texts: list[str] = []
        self._listed_texts: list[str] = []
        self._row_of: dict[PaperId, int] = {}
        self._papers: dict[int, Paper] = {}
        self._numbers: dict[str, list[int | None]] = {}
        self._filled = False

    def touch(self, papers: Iterable[PaperId]) -> None:
        """The records of `papers` changed."""
        if not self._filled:
            return
        for paper in papers:
            if (row := self._row_of.get(paper)) is None:
                self._filled = False
                return
            self._texts[row] = self._listed_texts[row] + _own_words(self._shelf.store.record(paper))

    def find(self, query: str) -> tuple[PaperId, ...]:
        """The papers that fit. Raises `QueryError`."""
        asked = q.parse(query)
        if not self._filled:
            self._fill()
        rows = self._select(asked.root, range(len(self._ids)))
        if not asked.asks_dropped:
            dropped = self._marked(lambda record: record.status is Status.DROPPED)
            rows = [row for row in rows if row not in dropped]
        else:
            rows = list(rows)
        for sort in reversed(asked.sorts):
            rows = self._sorted(rows, sort)
        return tuple(self._ids[row] for row in rows)

    def titled(self, words: str, *, whole: bool) -> tuple[PaperId, ...]:
        """The papers one of whose titles holds every word of `words`, whole or as beginnings."""
        if not self._filled:
            self._fill()
        wanted = [f" {word} " if whole else f" {word}" for word in normal_title(words).split()]
        rows: Sequence[int] = range(len(self._ids))
        for word in wanted:
            rows = [row for row in rows if word in self._texts[row]]
        found = [self._ids[row] for row in rows]
        # The texts hold authors and notes too.
        titles = {row.id: f" {normal_title(row.title)} " for row in self._shelf.rows(found)}
        named = tuple(
            paper_id for paper_id in found if all(word in titles[paper_id] for word in wanted)
        )
        if named or len(rows) > _FEW:
            return named
        return tuple(self._ids[row] for row in rows if self._is_called(row, wanted))

    def _is_called(self, row: int, wanted: Sequence[str]) -> bool:
        """Whether a nickname, or the title as one list writes it, has all the words."""
        paper = self._paper(row)
        names = (paper.nickname or "", *(place.title for place in paper.places))
        return any(all(word in f" {normal_title(name)} " for word in wanted) for name in names)

    def _fill(self) -> None:
        shelf = self._shelf
        words = dict(shelf.catalogue.search_rows())
        self._ids = list(shelf.everything())
        self._row_of = {paper_id: row for row, paper_id in enumerate(self._ids)}
        self._listed_texts = [
            f" {words[one] if one in words else _words_of(shelf.paper(one))} " for one in self._ids
        ]
        self._texts = list(self._listed_texts)
        self._papers, self._numbers = {}, {}
        self._filled = True
        self.touch(paper_id for paper_id in shelf.store.records if paper_id in self._row_of)

    def _select(self, node: q.Node, rows: Sequence[int]) -> Sequence[int]:
        """Those of `rows` that fit, in their order."""
        match node:
            case q.And(nodes):
                for part in sorted(nodes, key=_cost):
                    rows = self._select(part, rows)
                return rows
            case q.Or(nodes):
                found = {row for part in nodes for row in self._select(part, rows)}
            case q.Not(part):
                out = set(self._select(part, rows))
                return [row for row in rows if row not in out]
            case q.Words():
                return self._with_words(node, rows)
            case q.Compare():
                numbers = self._number(node.field)
                return [row for row in rows if node.fits(numbers[row])]
            case q.InField():
                return self._in_field(node, rows)
            case q.StatusIs(statuses):
                return self._with_status(statuses, rows)
            case q.Has(what):
                return self._having(what, rows)
            case q.Is(what):
                found = self._being(what)
        return [row for row in rows if row in found]

    def _with_words(self, node: q.Words, rows: Sequence[int]) -> Sequence[int]:
        found = self._holding(node.words, node.whole, rows)
        if node.identifier is None:
            return found
        named = {
            self._row_of[paper_id] for paper_id in self._shelf.catalogue.all_with(node.identifier)
        }
        named.update(found)
        return [row for row in rows if row in named]

    def _holding(self, words: str, whole: bool, rows: Sequence[int]) -> Sequence[int]:
        needle, texts = _needle(words, whole), self._texts
        if isinstance(rows, range):
            return [row for row, text in enumerate(texts) if needle in text]
        return [row for row in rows if needle in texts[row]]

    def _in_field(self, node: q.InField, rows: Sequence[int]) -> Sequence[int]:
        needle = _needle(node.words, node.whole)
        match node.field:
            case "tag":
                found = self._marked(
                    lambda record: any(needle in f" {normal_title(t)} " for t in record.tags)
                )
                return [row for row in rows if row in found]
            case "list" | "under":
                found = self._below(needle, lists=node.field == "list")
                return [row for row in rows if row in found]
            case "venue" | "author":
                # Both are among the words, so that few papers are left to be looked at.
                rows = self._holding(node.words, node.whole, rows)
                return [row for row in rows if needle in self._field_text(row, node.field)]

    def _below(self, needle: str, *, lists: bool) -> set[int]:
        found: set[int] = set()
        for branch in self._shelf.branches():
            if lists and branch.depth > 0:
                continue
            if needle in f" {normal_title(branch.title)} ":
                below = self._shelf.papers_below(branch.key)
                found.update(
                    self._row_of[paper_id] for paper_id in below if paper_id in self._row_of
                )
        return found

    def _field_text(self, row: int, field: str) -> str:
        paper = self._paper(row)
        text = " ".join(paper.authors) if field == "author" else paper.venue or ""
        return f" {normal_title(text)} "

    def _with_status(self, statuses: frozenset[Status], rows: Sequence[int]) -> Sequence[int]:
        if Status.TO_READ in statuses:
            out = self._marked(lambda record: record.status not in statuses)
            return [row for row in rows if row not in out]
        found = self._marked(lambda record: record.status in statuses)
        return [row for row in rows if row in found]

    def _having(self, what: str, rows: Sequence[int]) -> Sequence[int]:
        if what in ("note", "tag"):
            found = self._marked(lambda r: bool(r.note if what == "note" else r.tags))
            return [row for row in rows if row in found]
        has = {"pdf": _has_pdf, "code": _has_code}.get(what, _has_link)
        return [row for row in rows if has(self._paper(row))]

    def _being(self, what: str) -> set[int]:
        ids: Iterable[PaperId]
        if what == "queued":
            ids = self._shelf.store.queue()
        elif what == "unlisted":
            ids = self._shelf.unlisted
        else:
            ids = (paper_id for one in self._shelf.catalogue.conflicts for paper_id in one.papers)
        return {self._row_of[paper_id] for paper_id in ids if paper_id in self._row_of}

    def _marked(self, fits: Callable[[Record], bool]) -> set[int]:
        records, row_of = self._shelf.store.records, self._row_of
        return {
            row_of[paper_id]
            for paper_id in records
            if paper_id in row_of and fits(records[paper_id])
        }

    def _paper(self, row: int) -> Paper:
        if row not in self._papers:
            self._papers[row] = self._shelf.paper(self._ids[row])
        return self._papers[row]

    def _number(self, field: str) -> Sequence[int | None]:
        if field == "rating":
            return [self._shelf.store.record(paper_id).rating for paper_id in self._ids]
        if field not in self._numbers:
            rows = self._shelf.rows(self._ids)
            self._numbers = {
                "year": [row.year for row in rows],
                "lists": [row.list_count for row in rows],
            }
        return self._numbers[field]

    def _sorted(self, rows: Sequence[int], sort: q.Sort) -> list[int]:
        keys: Any
        match sort.key:
            case "title":
                keys = [normal_title(row.title) for row in self._shelf.rows(self._ids)]
            case "status":
                store = self._shelf.store
                keys = [
                    _STATUS_ORDER.index(store.record(paper_id).status) for paper_id in self._ids
                ]
            case "queue":
                places = {
                    paper_id: place for place, paper_id in enumerate(self._shelf.store.queue())
                }
                keys = [places.get(paper_id) for paper_id in self._ids]
            case _:
                keys = self._number(sort.key)
        with_key = [row for row in rows if keys[row] is not None]
        with_key.sort(key=lambda row: keys[row], reverse=sort.descending)
        return with_key + [row for row in rows if keys[row] is None]


def _needle(words: str, whole: bool) -> str:
    # Scripts that do not part words by blanks have no beginnings to hold on to.
    start = " " if words.isascii() else ""
    return f"{start}{words} " if whole else f"{start}{words}"


def _own_words(record: Record) -> str:
    return "".join(f"\n {normal_title(text)} " for text in (*record.tags, record.note) if text)


def _words_of(paper: Paper) -> str:
    fields = (paper.title, paper.nickname or "", *paper.authors, paper.venue or "")
    return normal_title(" ".join(fields))


def _has_pdf(paper: Paper) -> bool:
    from readq.services.pdf_links import best_target

    return best_target(paper.links, paper.identifiers, paper.title).kind == "pdf"


def _has_link(paper: Paper) -> bool:
    return bool(paper.links)


def _has_code(paper: Paper) -> bool:
    return any(
        "code" in link.label or "github.com" in link.url or "gitlab.com" in link.url
        for link in paper.links
    )


def _cost(node: q.Node) -> int:
    match node:
        case q.And(nodes) | q.Or(nodes):
            return max(map(_cost, nodes), default=0)
        case q.Not(part):
            return _cost(part)
        case q.Words() | q.StatusIs():
            return 0
        case q.Is() | q.Compare():
            return 1
        case q.InField(field):
            return 3 if field in ("venue", "author") else 2
        case q.Has(what):
            return 1 if what in ("note", "tag") else 4
