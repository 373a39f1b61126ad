from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from readq.catalogue.catalogue import Catalogue
from readq.catalogue.load import Source, load, read_list
from readq.errors import ListError
from readq.model.listing import ReadingList
from readq.model.paper import ListKey, PaperId
from tests.catalogue.samples import listing, read, source

SOURCES = (
    source("one", listing("Adam"), listing("Born Again", section=("A",))),
    source("two", listing("ADAM"), listing("Deep Mutual Learning")),
)
IDS = ("adam", "born-again", "deep-mutual-learning")


class Reader:
    """Reads, and counts what it had to read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, data: bytes, *, source: str = "") -> ReadingList:
        self.count += 1
        return read(data, source=source)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "catalogue"


@pytest.fixture
def kept(cache: Path) -> Path:
    """The file of a catalogue that was loaded before."""
    load(SOURCES, cache=cache, read=read).close()
    (file,) = cache.glob("*.sqlite")
    return file


def test_an_unchanged_library_opens_without_reading_anything(cache: Path) -> None:
    reader = Reader()
    first = load(SOURCES, cache=cache, read=reader)
    second = load(SOURCES, cache=cache, read=reader)
    assert reader.count == 2
    assert first.ids() == second.ids() == IDS
    assert list(first.papers()) == list(second.papers())
    assert first.branches() == second.branches()
    assert (first.fresh, second.fresh) == (True, False)


def test_a_list_that_was_looked_at_is_not_read_again(cache: Path) -> None:
    reader = Reader()
    alone = [read_list(one, cache=cache, read=reader) for one in SOURCES]
    assert [entry.title for entry in alone[0].entries] == ["Adam", "Born Again"]
    load(SOURCES, cache=cache, read=reader).close()
    assert reader.count == 2


def test_a_list_that_is_looked_at_alone_says_why_it_is_none(cache: Path) -> None:
    def refuses(data: bytes, *, source: str = "") -> ReadingList:
        raise ListError("this is a PDF")

    with pytest.raises(ListError, match="this is a PDF"):
        read_list(SOURCES[0], cache=cache, read=refuses)


def test_only_the_list_that_changed_is_read_again(cache: Path) -> None:
    reader = Reader()
    load(SOURCES, cache=cache, read=reader)
    changed = replace(source("two", listing("Another")), source=SOURCES[1].source)
    assert load([SOURCES[0], changed], cache=cache, read=reader).ids() == (*IDS[:2], "another")
    assert reader.count == 3
    assert load(SOURCES, cache=cache, read=reader).ids() == IDS
    assert reader.count == 3


def test_bytes_are_not_asked_for_while_their_digest_is_known(cache: Path) -> None:
    asked = []

    def lazy(one: Source) -> Source:
        data = one.data
        assert isinstance(data, bytes)

        def fetch() -> bytes:
            asked.append(one.key)
            return data

        return replace(one, data=fetch, sha256=hashlib.sha256(data).hexdigest())

    sources = [lazy(one) for one in SOURCES]
    assert load(sources, cache=cache, read=read).ids() == IDS
    assert asked == ["one", "two"]
    assert load(sources, cache=cache, read=read).ids() == IDS
    assert load(sources[:1], cache=cache, read=read).ids() == IDS[:2]
    assert asked == ["one", "two"]


def test_names_of_lists_are_part_of_what_is_kept(cache: Path) -> None:
    unnamed = Source(
        ListKey("one"), "/a.md", "First", source("one", listing("Adam"), title="").data
    )
    assert load([unnamed], cache=cache, read=read).lists[0].title == "First"
    renamed = replace(unnamed, title_hint="Second")
    assert load([renamed], cache=cache, read=read).lists[0].title == "Second"
    moved = replace(renamed, source="/b.md")
    assert load([moved], cache=cache, read=read).lists[0].source == "/b.md"


def test_a_key_that_comes_again_is_left_out() -> None:
    again = replace(SOURCES[1], key=SOURCES[0].key)
    assert load([SOURCES[0], again], cache=None, read=read).ids() == IDS[:2]


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage" * 1000, b"SQLite format 3\x00" + b"\xff" * 5000],
    ids=["empty", "garbage", "half a header"],
)
def test_a_corrupt_file_is_made_again(kept: Path, cache: Path, content: bytes) -> None:
    kept.write_bytes(content)
    assert load(SOURCES, cache=cache, read=read).ids() == IDS
    with contextlib.closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM papers").fetchone() == (3,)


def test_a_file_that_is_damaged_further_in_is_made_again_when_that_is_met(
    kept: Path, cache: Path
) -> None:
    whole = kept.read_bytes()
    page = 4096
    for damage in (
        whole[: 2 * page],
        whole[: 3 * page] + b"\xff" * (len(whole) - 3 * page),
        whole[:page] + os.urandom(len(whole) - page),
    ):
        kept.write_bytes(damage)
        found = load(SOURCES, cache=cache, read=read)
        assert found.ids() == IDS
        assert [paper.id for paper in found.papers()] == list(IDS)
        assert len(found.branches()) == 3
        assert found.matching("mutual") == IDS[2:]


def test_a_file_of_another_version_is_made_again(kept: Path, cache: Path) -> None:
    for statement in (
        "PRAGMA user_version = 99",
        "PRAGMA application_id = 7",
        "UPDATE meta SET value = 'other'",
        "DROP TABLE meta",
    ):
        connection = sqlite3.connect(kept)
        connection.execute(statement)
        connection.commit()
        connection.close()
        reader = Reader()
        assert load(SOURCES, cache=cache, read=reader).ids() == IDS
        assert reader.count == 0  # what the lists say is known all the same


def test_a_locked_file_is_no_hindrance(kept: Path, cache: Path) -> None:
    other = sqlite3.connect(kept, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert load(SOURCES, cache=cache, read=read).ids() == IDS
        assert load(SOURCES[:1], cache=cache, read=read).ids() == IDS[:2]
    finally:
        other.close()


@pytest.mark.parametrize("place", ["a file", "below a file", "a directory in the way"])
def test_where_nothing_can_be_kept_memory_does(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = tmp_path / "file"
    if place == "below a file":
        cache = tmp_path / "file" / "cache"
    elif place == "a directory in the way":
        cache = tmp_path / "cache"
        load(SOURCES, cache=cache, read=read)
        (file,) = cache.glob("*.sqlite")
        file.unlink()
        (file / "x").mkdir(parents=True)
    found = load(SOURCES, cache=cache, read=read)
    assert found.ids() == IDS
    assert found.get(PaperId("adam")) is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_no_hindrance(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o500)
    assert load(SOURCES, cache=cache, read=read).ids() == IDS


def test_a_kept_list_that_is_damaged_is_read_again(kept: Path, cache: Path) -> None:
    kept.unlink()
    for file in (cache / "parsed").glob("*.json"):
        file.write_bytes(
            b'{"title": "',
        )
    reader = Reader()
    assert load(SOURCES, cache=cache, read=reader).ids() == IDS
    assert reader.count == 2


def test_what_is_kept_is_for_the_owner_alone(kept: Path, cache: Path) -> None:
    files = [file for file in cache.rglob("*") if file.is_file()]
    assert len(files) == 4
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert cache.stat().st_mode & 0o777 == 0o700


def test_old_catalogues_do_not_pile_up(cache: Path) -> None:
    for number in range(12):
        load([source(f"list-{number}", listing("Adam"))], cache=cache, read=read)
    assert len(list(cache.glob("*.sqlite"))) <= 6
    assert not list(cache.rglob("*.tmp"))


def test_a_catalogue_stays_as_it_was_when_another_process_makes_a_new_one(cache: Path) -> None:
    old = load(SOURCES, cache=cache, read=read)
    changed = replace(source("two", listing("Another")), source=SOURCES[1].source)
    new = load([SOURCES[0], changed], cache=cache, read=read)
    assert old.ids() == IDS
    assert new.ids() == (*IDS[:2], "another")


def test_a_catalogue_may_be_asked_from_any_thread(cache: Path) -> None:
    for found in (load(SOURCES, cache=cache, read=read), load(SOURCES, cache=None, read=read)):
        answers: list[object] = []

        def ask(found: Catalogue = found, answers: list[object] = answers) -> None:
            answers.append(found.ids())

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [IDS] * 4


def unreadable(data: bytes, *, source: str = "") -> ReadingList:
    raise ListError("That is a PDF")


def test_a_list_that_cannot_be_read_is_empty_and_says_why() -> None:
    found = load([SOURCES[0]], cache=None, read=unreadable)
    assert found.ids() == ()
    (one,) = found.diagnostics(ListKey("one"))
    assert (one.code, one.reason) == ("unreadable", "That is a PDF")
    with pytest.raises(ListError):
        load([SOURCES[0]], cache=None, read=unreadable, strict=True)


def missing() -> bytes:
    raise FileNotFoundError("gone")


def test_a_list_whose_bytes_are_gone_is_empty_until_they_are_back(cache: Path) -> None:
    data = SOURCES[1].data
    assert isinstance(data, bytes)
    gone = replace(SOURCES[1], data=missing, sha256=hashlib.sha256(data).hexdigest())
    assert load([SOURCES[0], gone], cache=cache, read=read).ids() == IDS[:2]
    assert load([SOURCES[0], replace(gone, data=data)], cache=cache, read=read).ids() == IDS
    assert load([SOURCES[0], gone], cache=cache, read=read).ids() == IDS
    with pytest.raises(FileNotFoundError):
        load([replace(gone, sha256="")], cache=cache, read=read, strict=True)


# Ids that records hold


def test_fixing_the_ids_of_papers_that_are_here_makes_nothing_anew(kept: Path, cache: Path) -> None:
    before = kept.stat().st_mtime_ns
    found = load(SOURCES, cache=cache, read=read)
    fixed = {paper.id: paper.identities for paper in found.papers()}
    assert load(SOURCES, cache=cache, read=read, fixed=fixed).ids() == IDS
    assert kept.stat().st_mtime_ns == before


def test_a_fixed_id_that_the_kept_catalogue_did_not_know_takes_its_place(
    kept: Path, cache: Path
) -> None:
    fixed = {PaperId("kingma"): ("title:adam",), PaperId("born-again"): ("title:gone with it",)}
    found = load(SOURCES, cache=cache, read=read, fixed=fixed)
    assert found.ids() == ("kingma", "born-again-2", "deep-mutual-learning")
    again = load(SOURCES, cache=cache, read=read, fixed=fixed)
    assert again.ids() == found.ids()
    assert load(SOURCES, cache=cache, read=read).ids() == found.ids()  # no need to change any


def test_many_records_are_looked_at_once(cache: Path) -> None:
    many = [source("many", *(listing(f"Paper of {n} words, once") for n in range(300)))]
    found = load(many, cache=cache, read=read)
    fixed = {paper.id: paper.identities for paper in found.papers()}
    (claims,) = cache.glob("*.claims")
    assert len(claims.read_bytes()) < 1000
    assert load(many, cache=cache, read=read, fixed=fixed).ids() == found.ids()
    assert len(claims.read_bytes()) > 1000
    claims.write_bytes(b"[1, 2, 3]")
    assert load(many, cache=cache, read=read, fixed=fixed).ids() == found.ids()


class Asked(dict[PaperId, tuple[str, ...]]):
    """Identities of records; `those` are the records that were asked for."""

    def __init__(self, identities: dict[PaperId, tuple[str, ...]]) -> None:
        super().__init__(identities)
        self.those: list[PaperId] = []

    def __getitem__(self, paper: PaperId) -> tuple[str, ...]:
        self.those.append(paper)
        return super().__getitem__(paper)


def test_only_records_with_new_fingerprints_are_asked_for_their_identities(cache: Path) -> None:
    found = load(SOURCES, cache=cache, read=read)
    adam, born, deep = IDS
    fixed = Asked({paper.id: paper.identities for paper in found.papers()})
    prints = {PaperId(adam): 1, PaperId(born): 2, PaperId(deep): 3}
    (claims,) = cache.glob("*.claims")
    claims.unlink()
    (kept,) = cache.glob("*.sqlite")
    kept.unlink()
    load(SOURCES, cache=cache, read=read, fixed=fixed, fingerprints=prints).close()
    fixed.those.clear()
    again = {**prints, PaperId(born): 20}
    assert load(SOURCES, cache=cache, read=read, fixed=fixed, fingerprints=again).ids() == IDS
    assert fixed.those == [born]


def test_a_record_with_a_new_fingerprint_may_rename_a_paper(cache: Path) -> None:
    fixed = {PaperId("kingma"): ("title:nothing here",)}
    load(SOURCES, cache=cache, read=read, fixed=fixed, fingerprints={PaperId("kingma"): 1}).close()
    fixed = {PaperId("kingma"): ("title:adam",)}
    prints = {PaperId("kingma"): 2}
    found = load(SOURCES, cache=cache, read=read, fixed=fixed, fingerprints=prints)
    assert found.ids()[0] == "kingma"


def test_papers_that_became_one_tell_where_the_other_went() -> None:
    fixed = {PaperId("adam"): ("title:adam",), PaperId("other"): ("title:adam",)}
    found = load(SOURCES, cache=None, read=read, fixed=fixed)
    assert found.absorbed == {"other": "adam"}


# What it costs

SCRIPT = """
import sys
from pathlib import Path
from readq.catalogue.load import Source, load
from readq.model.paper import ListKey
files = sorted(Path(sys.argv[1]).glob("*.txt"))
sources = [Source(ListKey(file.name), str(file), "", file.read_bytes()) for file in files]
found = load(sources, cache=Path(sys.argv[2]))
print(len(found), len(found.branches()) > 40, found.get(found.ids()[0]).id in found)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_a_known_library_opens_without_any_parser(seeds: Path, cache: Path) -> None:
    def run() -> list[str]:
        command = [sys.executable, "-c", SCRIPT, str(seeds), str(cache)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    cold, warm = run(), run()
    assert cold[:3] == warm[:3]
    assert not {"markdown_it", "lxml", "ftfy", "docutils", "httpx", "textual"} & set(warm[3:])
    assert "readq.lists" not in warm
    assert {"markdown_it", "lxml"} & set(cold[3:])
