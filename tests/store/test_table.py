"""TinyDB's own interface over our storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import increment

from readq.store.storage import LibraryStorage
from readq.store.table import Database, Document, Table


@pytest.fixture
def database(library: Path, whole_below: int) -> Iterator[Database]:
    with Database(library, whole_below=whole_below) as opened:
        yield opened


@pytest.fixture
def shelves(database: Database) -> Table:
    table = database.table("shelves")
    assert isinstance(table, Table)
    for number in range(5):
        table.insert(Document({"number": number, "books": [number]}, f"shelf-{number}"))
    return table


def on_disk(library: Path) -> dict[str, Any]:
    with Database(library) as database:
        return {document.doc_id: dict(document) for document in database.table("shelves")}


def test_documents_are_inserted_found_updated_and_removed(shelves: Any, library: Path) -> None:
    assert len(shelves) == 5
    assert shelves.get(doc_id="shelf-3") == {"number": 3, "books": [3]}
    assert [one.doc_id for one in shelves.search(where("number") > 2)] == ["shelf-3", "shelf-4"]
    assert shelves.update({"red": True}, where("number") == 1) == ["shelf-1"]
    assert shelves.update(increment("number"), doc_ids=["shelf-1", "none"]) == ["shelf-1"]
    assert shelves.upsert(Document({"number": 9}, "shelf-9")) == ["shelf-9"]
    assert shelves.upsert({"number": 10}, where("number") == 9) == ["shelf-9"]
    assert shelves.remove(where("number") == 0) == ["shelf-0"]
    assert shelves.remove(doc_ids=["shelf-4"]) == ["shelf-4"]
    assert on_disk(library) == {
        "shelf-1": {"number": 2, "books": [1], "red": True},
        "shelf-2": {"number": 2, "books": [2]},
        "shelf-3": {"number": 3, "books": [3]},
        "shelf-9": {"number": 10},
    }


def test_all_documents_are_updated_or_truncated(shelves: Table, library: Path) -> None:
    assert len(shelves.update({"red": True})) == 5
    assert all(one["red"] for one in on_disk(library).values())
    shelves.truncate()
    assert on_disk(library) == {}


def test_an_update_that_fails_half_way_leaves_no_trace(shelves: Any, library: Path) -> None:
    before = on_disk(library)

    def update(document: Any) -> None:
        document["number"] += 1
        document["books"].append("new")
        if document["number"] == 4:
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        shelves.update(update)
    assert {one.doc_id: dict(one) for one in shelves} == before == on_disk(library)


def test_what_is_handed_out_is_no_part_of_the_store(shelves: Any, library: Path) -> None:
    found = shelves.get(doc_id="shelf-1")
    found["books"].append("scribbled")
    shelves.search(where("number") == 1)[0]["books"].append("scribbled")
    given: dict[str, Any] = {"books": []}
    shelves.insert(Document(given, "given"))
    given["books"].append("scribbled")
    assert shelves.get(doc_id="shelf-1")["books"] == [1]
    assert shelves.get(doc_id="given")["books"] == []
    assert "scribbled" not in str(on_disk(library))


def test_a_document_without_a_name_is_refused(shelves: Table) -> None:
    with pytest.raises(ValueError, match="have names"):
        shelves.insert({"number": 1})
    with pytest.raises(ValueError, match="already exists"):
        shelves.insert(Document({}, "shelf-1"))
    assert len(shelves) == 5


@pytest.mark.parametrize("value", [{1: 2}, {"a": {1, 2}}, {"a": float("nan")}, {"a": b"bytes"}])
def test_what_json_cannot_say_is_refused(shelves: Table, library: Path, value: Any) -> None:
    before = on_disk(library)
    with pytest.raises(ValueError, match=r"JSON|text"):
        shelves.update(value, doc_ids=["shelf-1"])
    assert on_disk(library) == before


def test_what_changes_nothing_is_not_written(shelves: Any, library: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in library.parent.iterdir()}
    shelves.update({"number": 1}, doc_ids=["shelf-1"])
    shelves.remove(doc_ids=["none"])
    after = {path.name: path.stat().st_mtime_ns for path in library.parent.iterdir()}
    assert before == after


def test_a_search_sees_what_another_process_wrote(shelves: Any, library: Path) -> None:
    query = where("number") == 77
    assert shelves.search(query) == []
    with Database(library) as other:
        other.table("shelves").insert(Document({"number": 77}, "new"))
    shelves.storage.refresh()
    assert len(shelves.search(query)) == 1


def test_tables_can_be_dropped(shelves: Table, database: Database, library: Path) -> None:
    assert database.tables() == {"_readq", "shelves"}
    database.drop_table("shelves")
    assert on_disk(library) == {}
    with Database(library) as again:
        assert again.table("shelves").all() == []


def test_a_plain_tinydb_over_our_storage_works(library: Path) -> None:
    with TinyDB(library, storage=LibraryStorage) as database:
        database.insert_multiple({"n": n} for n in range(3))
        database.update({"n": 7}, where("n") == 1)
        database.remove(where("n") == 0)
    with TinyDB(library, storage=LibraryStorage) as database:
        assert [dict(one) for one in database] == [{"n": 7}, {"n": 2}]
