"""Papers into the tables of the catalogue's file.

What is needed one by one (a paper with all its places) is JSON in a row of its own; what is
needed by the thousand (titles, counts, who stands under which heading) is columns.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from readq.catalogue.branches import branch_key
from readq.catalogue.codec import dump_paper
from readq.catalogue.database import APPLICATION_ID, SCHEMA_VERSION
from readq.catalogue.headings import Node, tree
from readq.catalogue.listing_codec import dump_listings
from readq.catalogue.merge import Merged, Named
from readq.model.listing import ReadingList
from readq.model.paper import Paper
from readq.model.text import words

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lists (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    total INTEGER NOT NULL, diagnostics INTEGER NOT NULL, resources TEXT NOT NULL);
CREATE TABLE diagnostics (
    list INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    reason TEXT NOT NULL, code TEXT NOT NULL);
CREATE TABLE papers (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, year INTEGER,
    lists INTEGER NOT NULL);
CREATE TABLE bodies (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE texts (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE identities (
    identity TEXT, paper INTEGER, sure INTEGER NOT NULL,
    PRIMARY KEY (identity, paper)) WITHOUT ROWID;
CREATE TABLE conflicts (
    paper INTEGER NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, others TEXT NOT NULL);
CREATE TABLE branches (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, list INTEGER NOT NULL, parent INTEGER,
    title TEXT NOT NULL, path TEXT NOT NULL, total INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE stands (
    branch INTEGER, place INTEGER, paper INTEGER, PRIMARY KEY (branch, place)) WITHOUT ROWID;
CREATE TABLE absorbed (old TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
"""
# Made after the rows are in: faster, and the file comes out dense.
_INDEXES = """
CREATE UNIQUE INDEX papers_by_id ON papers (id);
CREATE UNIQUE INDEX branches_by_key ON branches (key);
CREATE INDEX branches_by_parent ON branches (parent);
CREATE INDEX stands_by_paper ON stands (paper);
CREATE INDEX conflicts_by_paper ON conflicts (paper);
CREATE INDEX diagnostics_by_list ON diagnostics (list);
"""


def write(
    connection: sqlite3.Connection,
    lists: Sequence[tuple[Named, ReadingList]],
    merged: Merged,
    *,
    key: str,
) -> None:
    """Fill the empty database behind `connection` with the papers of `lists`.

    `key` stands for everything that it is made of: see `database.open_file`.
    """
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
    )
    connection.executescript(_SCHEMA)
    connection.execute("BEGIN")
    _papers(connection, lists, merged)
    _branches(connection, lists, merged)
    connection.executemany("INSERT INTO absorbed VALUES (?, ?)", merged.absorbed.items())
    connection.execute("INSERT INTO meta VALUES ('key', ?)", (key,))
    connection.execute("COMMIT")
    connection.executescript(_INDEXES)


def _papers(
    connection: sqlite3.Connection, lists: Sequence[tuple[Named, ReadingList]], merged: Merged
) -> None:
    papers = merged.papers
    numbers = {source.key: number for number, (source, _) in enumerate(lists)}
    connection.executemany(
        "INSERT INTO papers VALUES (?, ?, ?, ?, ?)",
        ((n, p.id, _sound(p.title), p.year, p.list_count) for n, p in enumerate(papers)),
    )
    connection.executemany(
        "INSERT INTO bodies VALUES (?, ?)",
        ((n, _sound(dump_paper(p, numbers))) for n, p in enumerate(papers)),
    )
    connection.executemany(
        "INSERT INTO texts VALUES (?, ?)",
        ((n, search_text(p)) for n, p in enumerate(papers)),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO identities VALUES (?, ?, ?)",
        (
            (_sound(name), n, sure)
            for n, p in enumerate(papers)
            for names, sure in ((p.identities, 1), (map(str, p.identifiers), 0))
            for name in names
        ),
    )
    connection.executemany(
        "INSERT INTO conflicts VALUES (?, ?, ?, ?)",
        (
            (n, c.kind, _sound(c.message), " ".join(c.papers))
            for n, p in enumerate(papers)
            for c in p.conflicts
        ),
    )


def search_text(paper: Paper) -> str:
    """What is searched when one types: the words of title, nickname, authors and venue."""
    fields = (paper.title, paper.nickname or "", *paper.authors, paper.venue or "")
    return " ".join(words(" ".join(fields)))


def _branches(
    connection: sqlite3.Connection, lists: Sequence[tuple[Named, ReadingList]], merged: Merged
) -> None:
    start = 0
    for number, (source, reading_list) in enumerate(lists):
        root = tree(merged.titles[number], reading_list.entries, merged.homes[number])
        rows = _preorder(root)
        connection.executemany(
            "INSERT INTO branches VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    start + n,
                    _sound(branch_key(source.key, node.path)),
                    number,
                    None if parent is None else start + parent,
                    _sound(node.title),
                    _sound(json.dumps(node.path, ensure_ascii=False)),
                    len(node.below),
                    start + last,
                )
                for n, parent, last, node in rows
            ),
        )
        connection.executemany(
            "INSERT INTO stands VALUES (?, ?, ?)",
            (
                (start + n, place, paper)
                for n, _, _, node in rows
                for paper, place in node.direct.items()
            ),
        )
        start += len(rows)
        _list(connection, number, source, reading_list, merged.titles[number], len(root.below))


def _preorder(root: Node) -> list[tuple[int, int | None, int, Node]]:
    """Every branch with its number, its parent's, and the last number below it."""
    nodes: list[tuple[int | None, Node]] = []
    waiting: list[tuple[int | None, Node]] = [(None, root)]
    while waiting:
        parent, node = waiting.pop()
        waiting += [(len(nodes), child) for child in reversed(node.children.values())]
        nodes.append((parent, node))
    last = list(range(len(nodes)))
    for number in range(len(nodes) - 1, 0, -1):
        parent = nodes[number][0]
        assert parent is not None
        last[parent] = max(last[parent], last[number])
    return [(number, parent, last[number], node) for number, (parent, node) in enumerate(nodes)]


def _list(
    connection: sqlite3.Connection,
    number: int,
    source: Named,
    reading_list: ReadingList,
    title: str,
    total: int,
) -> None:
    resources = tuple(one for one in reading_list.entries if one.kind == "resource")
    diagnostics = reading_list.diagnostics
    connection.execute(
        "INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            source.key,
            _sound(source.source),
            _sound(title),
            total,
            len(diagnostics),
            _sound(dump_listings(resources)),
        ),
    )
    connection.executemany(
        "INSERT INTO diagnostics VALUES (?, ?, ?, ?, ?)",
        ((number, *d.lines, _sound(d.reason), d.code) for d in diagnostics),
    )


def _sound(text: str) -> str:
    """`text` without lone surrogates, which a file name may hold and SQLite cannot."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
