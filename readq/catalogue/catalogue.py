"""All papers of all lists, to be read from: nothing is loaded before it is asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from readq.catalogue.branches import Branch
from readq.catalogue.codec import load_paper
from readq.model.paper import Conflict, ListKey, Paper, PaperId
from readq.model.text import words

if TYPE_CHECKING:
    from readq.model.listing import Diagnostic, Listing

__all__ = ["Branch", "Brief", "Catalogue", "ListInfo"]

Row = tuple[Any, ...]

_BRANCHES = (
    "SELECT b.key, l.key, b.path, b.title, p.key, b.total FROM branches b"
    " JOIN lists l ON l.number = b.list LEFT JOIN branches p ON p.number = b.parent"
)


class ListInfo(NamedTuple):
    """A list of the catalogue."""

    key: ListKey
    source: str
    title: str
    total: int
    """Distinct papers in it."""
    diagnostics: int
    """How many things its reader had to say about it."""


class Brief(NamedTuple):
    """What one line on the screen needs of a paper."""

    id: PaperId
    title: str
    year: int | None
    list_count: int


class Catalogue:
    """The papers of some lists; read-only, and the same for as long as it is open.

    Every method reads from an SQLite file (or from memory, where no file could be written). A
    file that turns out to be damaged is made again, by `rebuild`, and asked once more.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        *,
        rebuild: Callable[[], sqlite3.Connection] | None = None,
        fresh: bool = False,
    ) -> None:
        self.fresh = fresh
        """Whether it was made just now, so that its papers may have new names and places."""
        self._connection = connection
        self._rebuild = rebuild

    def close(self) -> None:
        """Let go of the file. The catalogue is of no use after that."""
        self._connection.close()

    def __del__(self) -> None:
        self._connection.close()

    # Lists and their headings

    @cached_property
    def lists(self) -> tuple[ListInfo, ...]:
        """The lists, in the order in which they were given."""
        rows = self._rows(
            "SELECT key, source, title, total, diagnostics FROM lists ORDER BY number"
        )
        return tuple(ListInfo(*row) for row in rows)

    @cached_property
    def _branches(self) -> tuple[Branch, ...]:
        return self._made_branches(f"{_BRANCHES} ORDER BY b.number")

    def branches(self) -> tuple[Branch, ...]:
        """Every list and every heading that papers stand under, in the order of the lists."""
        return self._branches

    def children(self, branch: str | None = None) -> tuple[Branch, ...]:
        """The branches right below `branch`; the lists for None. Loads no others."""
        if branch is None:
            return self._made_branches(f"{_BRANCHES} WHERE b.parent IS NULL ORDER BY b.number")
        return self._made_branches(f"{_BRANCHES} WHERE p.key = ? ORDER BY b.number", (branch,))

    def branch(self, key: str) -> Branch | None:
        """The branch of that key, if there is one."""
        return next(iter(self._made_branches(f"{_BRANCHES} WHERE b.key = ?", (key,))), None)

    def _made_branches(self, query: str, values: Row = ()) -> tuple[Branch, ...]:
        made = []
        for key, list_key, path, title, parent, total in self._rows(query, values):
            names = tuple(json.loads(path))
            made.append(Branch(key, list_key, names, title, len(names), parent, total))
        return tuple(made)

    def papers_in(self, branch: str) -> tuple[PaperId, ...]:
        """The papers right under a heading, in the order of the list, each once."""
        return self._ids(
            "SELECT p.id FROM branches b JOIN stands s ON s.branch = b.number"
            " JOIN papers p ON p.number = s.paper WHERE b.key = ? ORDER BY s.place",
            (branch,),
        )

    def papers_below(self, branch: str) -> tuple[PaperId, ...]:
        """The papers at or below a heading, in the order of the list, each once."""
        found = self._ids(
            "SELECT p.id FROM branches b JOIN stands s ON s.branch BETWEEN b.number AND b.last"
            " JOIN papers p ON p.number = s.paper WHERE b.key = ? ORDER BY s.place",
            (branch,),
        )
        return tuple(dict.fromkeys(found))

    def branches_of(self, paper: PaperId) -> tuple[str, ...]:
        """Every branch that has the paper, those above included, in the order of `branches`."""
        rows = self._rows(
            "WITH RECURSIVE has (number, parent) AS ("
            " SELECT b.number, b.parent FROM papers p JOIN stands s ON s.paper = p.number"
            "  JOIN branches b ON b.number = s.branch WHERE p.id = ?"
            " UNION SELECT b.number, b.parent FROM has JOIN branches b ON b.number = has.parent)"
            "SELECT b.key FROM has JOIN branches b USING (number) ORDER BY b.number",
            (paper,),
        )
        return tuple(row[0] for row in rows)

    def diagnostics(self, list_key: ListKey) -> tuple[Diagnostic, ...]:
        """What the reader of the list had to say about it."""
        # Imported here, as below: starting needs neither.
        from readq.model.listing import Diagnostic

        rows = self._rows(
            "SELECT d.first, d.last, d.reason, d.code FROM lists l"
            " JOIN diagnostics d ON d.list = l.number WHERE l.key = ? ORDER BY d.rowid",
            (list_key,),
        )
        return tuple(Diagnostic((first, last), *rest) for first, last, *rest in rows)

    def resources(self, list_key: ListKey) -> tuple[Listing, ...]:
        """The items of the list that are no papers."""
        from readq.catalogue.listing_codec import load_listings

        rows = self._rows("SELECT resources FROM lists WHERE key = ?", (list_key,))
        return tuple(one for row in rows for one in load_listings(row[0]))

    # Papers

    @cached_property
    def _count(self) -> int:
        return int(self._rows("SELECT count(*) FROM papers")[0][0])

    def __len__(self) -> int:
        return self._count

    def __contains__(self, paper: object) -> bool:
        return bool(self._rows("SELECT 1 FROM papers WHERE id = ?", (paper,)))

    def ids(self) -> tuple[PaperId, ...]:
        """All papers, in the order of the lists."""
        return self._ids("SELECT id FROM papers ORDER BY number")

    def get(self, paper: PaperId) -> Paper | None:
        """The whole paper, or None if no list has it."""
        rows = self._rows(
            "SELECT p.number, b.body FROM papers p JOIN bodies b USING (number) WHERE p.id = ?",
            (paper,),
        )
        return self._paper(paper, *rows[0]) if rows else None

    def papers(self, papers: Iterable[PaperId] | None = None) -> Iterator[Paper]:
        """Whole papers, one after the other; all of them, in the order of the lists, for None."""
        for paper in self.ids() if papers is None else papers:
            if (found := self.get(paper)) is not None:
                yield found

    def _paper(self, id: PaperId, number: int, body: str) -> Paper:
        rows = self._rows("SELECT kind, message, others FROM conflicts WHERE paper = ?", (number,))
        lists = [(one.key, one.title, one.source) for one in self.lists]
        return load_paper(
            body, id=id, lists=lists, conflicts=tuple(_conflict(*row) for row in rows)
        )

    def briefs(self, papers: Iterable[PaperId]) -> dict[PaperId, Brief]:
        """What a line needs, for each of `papers` that is here; cheap."""
        rows = self._rows(
            "SELECT p.id, p.title, p.year, p.lists FROM json_each(?) j"
            " JOIN papers p ON p.id = j.value",
            (json.dumps(list(papers)),),
        )
        return {row[0]: Brief(*row) for row in rows}

    def identities(self, papers: Iterable[PaperId]) -> dict[PaperId, tuple[str, ...]]:
        """Every name that each of `papers` can be found again by."""
        return {one.id: one.identities for one in self.papers(papers)}

    def by_identity(self, identities: Iterable[str]) -> PaperId | None:
        """The paper that one of `identities` names, the first that names any."""
        for identity in identities:
            if found := self._named(identity, sure=True):
                return found[0]
        return None

    def all_with(self, identity: str) -> tuple[PaperId, ...]:
        """Every paper of that name, those included that it may have been given to by mistake."""
        return self._named(identity, sure=False)

    def _named(self, identity: str, *, sure: bool) -> tuple[PaperId, ...]:
        return self._ids(
            "SELECT p.id FROM identities i JOIN papers p ON p.number = i.paper"
            " WHERE i.identity = ? AND i.sure >= ? ORDER BY p.number",
            (identity, sure),
        )

    # Searching

    def search_rows(self) -> Iterator[tuple[PaperId, str]]:
        """Every paper with the words of its title, nickname, authors and venue, normalised."""
        yield from self._rows("SELECT p.id, t.text FROM papers p JOIN texts t USING (number)")

    def matching(self, text: str) -> tuple[PaperId, ...]:
        """The papers that have every word of `text` (the last as a beginning) somewhere in
        title, nickname, authors or venue, in the order of the lists."""
        wanted = words(text)
        if not wanted:
            return self.ids()
        where = " AND ".join("instr(t.text, ?)" for _ in wanted)
        return self._ids(
            f"SELECT p.id FROM texts t JOIN papers p USING (number) WHERE {where}",  # noqa: S608
            tuple(wanted),
        )

    # What could not be settled

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Everything that lists disagree about, each once; `papers` are all that it concerns."""
        found: dict[tuple[str, frozenset[PaperId]], Conflict] = {}
        for paper, kind, message, others in self._rows(
            "SELECT p.id, c.kind, c.message, c.others FROM conflicts c"
            " JOIN papers p ON p.number = c.paper ORDER BY c.rowid"
        ):
            papers = tuple(PaperId(one) for one in (paper, *others.split()))
            found.setdefault((kind, frozenset(papers)), Conflict(kind, message, papers))
        return tuple(found.values())

    @cached_property
    def absorbed(self) -> Mapping[PaperId, PaperId]:
        """Fixed ids that now mean a paper which keeps another fixed id."""
        return dict(self._rows("SELECT old, id FROM absorbed"))

    # Reading

    def _ids(self, query: str, values: Row = ()) -> tuple[PaperId, ...]:
        return tuple(PaperId(row[0]) for row in self._rows(query, values))

    def _rows(self, query: str, values: Row = ()) -> Sequence[Row]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            if self._rebuild is None:
                raise
            self._connection.close()
            rebuild, self._rebuild = self._rebuild, None
            self._connection = rebuild()
            return self._connection.execute(query, values).fetchall()


def _conflict(kind: str, message: str, others: str) -> Conflict:
    return Conflict(kind, message, tuple(PaperId(one) for one in others.split()))
