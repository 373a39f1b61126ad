from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from readq.errors import Ambiguous, FetchError, ListError, NotFound, ReadOnly, UsageError
from readq.library.library import Library
from readq.library.values import UNLISTED
from readq.model.listing import ReadingList
from readq.model.paper import PaperId
from readq.model.status import Status
from readq.paths import user_paths
from tests.library.samples import ALL, BORN, LABELS, MUTUAL, NETS, TEACHING


def titles(library: Library) -> list[str]:
    return [one.title for one in library.lists]


def test_the_first_run_subscribes_once_and_never_again(
    open_library: Callable[[], Library],
) -> None:
    library = open_library()
    assert titles(library) == ["More Nets", "Nets"]
    library.unsubscribe("nets", "more-nets")
    assert library.lists == ()
    assert open_library().lists == ()


def test_kept_copies_are_private_and_make_the_list_independent_of_its_source(
    library: Library, lists: Path, home: Path, open_library: Callable[[], Library]
) -> None:
    kept = sorted((home / "lists").iterdir())
    assert len(kept) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}
    shutil.rmtree(lists)
    shutil.rmtree(home / "cache")
    assert open_library().find("") == ALL


def test_branches_are_lists_and_their_sections(library: Library) -> None:
    shape = [(one.depth, one.title, one.total) for one in library.branches()]
    assert shape == [
        (0, "More Nets", 2),
        (0, "Nets", 4),
        (1, "Small", 3),
        (2, "Tiny", 1),
        (1, "Large", 1),
    ]
    small = library.branches()[2].key
    assert library.papers_in(small) == (BORN, MUTUAL)
    assert len(library.papers_below(small)) == 3


def test_a_file_is_added_once_however_it_is_named(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n")
    done = library.subscribe(str(file))
    assert done.message == "Added: Mine (1 paper)"
    assert library.find("own") == (PaperId("a-paper-of-my-own"),)
    monkeypatch.chdir(tmp_path)
    again = library.subscribe("./mine.md")
    assert again.event is None
    assert again.message == "Already in the library and unchanged: Mine"
    assert titles(library) == ["More Nets", "Nets", "Mine"]


def test_adding_and_removing_can_be_undone(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n")
    library.subscribe(str(file))
    library.undo()
    assert titles(library) == ["More Nets", "Nets"]
    library.redo()
    assert titles(library) == ["More Nets", "Nets", "Mine"]
    library.unsubscribe("Mine")
    file.unlink()
    library.undo()
    assert library.find("own") == (PaperId("a-paper-of-my-own"),)


def test_a_removed_list_comes_back_in_its_place_when_it_is_added_again(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n")
    library.subscribe(str(file))
    library.unsubscribe("mine")
    library.subscribe(str(file))
    assert [one.key for one in library.lists] == ["more-nets", "nets", "mine"]


@pytest.mark.parametrize("which", ["nets", "Nets", "seed:nets.md"])
def test_a_list_is_named_by_key_title_or_source(library: Library, which: str) -> None:
    library.unsubscribe(which)
    assert titles(library) == ["More Nets"]


def test_a_list_that_is_not_there_or_not_the_only_one_is_not_removed(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Nets\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n")
    library.subscribe(str(file))
    with pytest.raises(NotFound):
        library.unsubscribe("nets", "no such list")
    with pytest.raises(Ambiguous):
        library.unsubscribe("Nets")
    assert len(library.lists) == 3
    library.unsubscribe("nets")
    library.unsubscribe("more")
    assert [one.key for one in library.lists] == ["nets-2"]


def test_what_is_no_list_is_not_added(library: Library, tmp_path: Path) -> None:
    empty = tmp_path / "empty.md"
    empty.write_text("# Nothing here\n\nJust words about nothing in particular.\n")
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(b"%PDF-1.7\n\x00\x01")
    for name in (str(empty), str(pdf), str(tmp_path), str(tmp_path / "missing.md")):
        with pytest.raises(ListError):
            library.subscribe(name)
    with pytest.raises(UsageError, match="is a paper"):
        library.subscribe("1805.04770")
    assert len(library.lists) == 2


def test_state_outlives_its_list_and_shows_as_no_longer_listed(library: Library) -> None:
    library.set_status([BORN, LABELS], Status.DONE)
    library.enqueue([MUTUAL])
    library.unsubscribe("nets")
    last = library.branches()[-1]
    assert (last.key, last.title, last.total) == (UNLISTED, "No longer listed", 2)
    assert library.papers_below(UNLISTED) == (MUTUAL, LABELS)
    assert library.row(LABELS).list_count == 0
    assert library.entry(LABELS).paper.authors == ("Li Wei",)
    assert not library.entry(LABELS).listed
    assert library.find("is:unlisted") == (MUTUAL, LABELS)
    assert library.entry(BORN).listed  # the other list has it
    progress = library.progress(UNLISTED)
    assert (progress.total, progress.done) == (2, 1)
    library.dequeue([MUTUAL])
    assert library.papers_below(UNLISTED) == (LABELS,)
    library.undo()
    library.undo()
    assert library.branches()[-1].title == "Large"


def test_state_finds_its_paper_again_under_another_title(
    library: Library, tmp_path: Path, open_library: Callable[[], Library]
) -> None:
    library.set_note(TEACHING, "kept")
    library.unsubscribe("more-nets")
    file = tmp_path / "later.md"
    file.write_text(
        "# Later\n\n- **Teaching Small Models, Revisited**. 2022. *Eva Novák*."
        " [[pdf](https://arxiv.org/abs/2101.02388)]\n"
    )
    library.subscribe(str(file))
    (paper,) = library.find("revisited")
    assert paper == TEACHING
    assert library.entry(paper).record.note == "kept"
    assert "title:teaching small models revisited" in open_library().entry(paper).record.identities


def test_a_kept_copy_that_is_gone_is_a_notice(
    library: Library, tmp_path: Path, home: Path, open_library: Callable[[], Library]
) -> None:
    file = tmp_path / "mine.md"
    file.write_text("# Mine\n\n- **A Paper of My Own**. 2021. *Me Myself*.\n")
    library.subscribe(str(file))
    next((home / "lists").glob("mine-*")).unlink()
    again = open_library()
    assert any("Mine" in notice for notice in again.notices)
    assert [one.total for one in again.lists] == [2, 4, 0]
    again.subscribe(str(file))
    assert [one.total for one in again.lists] == [2, 4, 1]


def test_a_lost_copy_of_a_list_that_readq_ships_with_is_made_again(
    library: Library, home: Path, open_library: Callable[[], Library]
) -> None:
    for file in (home / "lists").iterdir():
        file.unlink()
    again = open_library()
    assert again.notices == ()
    assert again.find("") == ALL


def test_viewing_shows_other_lists_without_subscribing_and_keeps_marks(
    tmp_path: Path, library: Library, open_library: Callable[[], Library]
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "one.md").write_text(NETS.replace("# Nets", "# Other Nets"))
    (folder / "two.md").write_text("# Two\n\n- **Seen in Passing**. 2022. *Al Ice*.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    view = Library.view(user_paths(), [folder])
    try:
        assert titles(view) == ["Other Nets", "Two"]
        assert view.notices == ("Not lists: picture.png",)
        view.set_status([BORN, PaperId("seen-in-passing")], Status.DONE)
        with pytest.raises(UsageError):
            view.subscribe(str(folder / "one.md"))
    finally:
        view.close()
    after = open_library()
    assert titles(after) == ["More Nets", "Nets"]
    assert after.row(BORN).status is Status.DONE
    assert UNLISTED not in [one.key for one in after.branches()]
    after.unsubscribe("nets", "more-nets")
    assert after.papers_below(UNLISTED) == (BORN,)


def test_viewing_what_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7\n\x00\x01")
    empty = tmp_path / "empty"
    empty.mkdir()
    for path in (tmp_path / "paper.pdf", tmp_path / "missing.md", empty):
        with pytest.raises(ListError):
            Library.view(user_paths(), [path])


@pytest.fixture
def server() -> Iterator[str]:
    """A web server with one list; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/papers.md"
            body = NETS.replace("# Nets", "# From Afar").encode() if found else b"gone"
            self.send_response(200 if found else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


def test_a_list_from_the_web_is_fetched_once_and_works_offline(
    library: Library, server: str, open_library: Callable[[], Library]
) -> None:
    assert library.subscribe(f"{server}/papers.md").message == "Added: From Afar (4 papers)"
    assert library.subscribe(f"{server}/papers.md").event is None
    assert titles(open_library()) == ["More Nets", "Nets", "From Afar"]
    assert library.entry(BORN).paper.list_count == 3


def test_what_is_not_on_the_web_is_not_added(library: Library, server: str, home: Path) -> None:
    kept = sorted((home / "lists").iterdir())
    with pytest.raises(FetchError):
        library.subscribe(f"{server}/missing.md")
    assert len(library.lists) == 2
    assert sorted((home / "lists").iterdir()) == kept


def test_a_home_that_cannot_be_written_shows_everything_and_refuses_changes(
    lists: Path, home: Path, monkeypatch: pytest.MonkeyPatch, open_library: Callable[[], Library]
) -> None:
    monkeypatch.setattr("readq.atomic.Files.may_write", lambda self, path: False)
    library = open_library()
    assert library.read_only
    assert set(library.find("")) == set(ALL)
    refused: list[Callable[[], object]] = [
        lambda: library.toggle_done([BORN]),
        lambda: library.set_note(BORN, "lost?"),
        lambda: library.subscribe(str(lists / "nets.md")),
    ]
    for act in refused:
        with pytest.raises(ReadOnly):
            act()
    assert library.find("status:done") == ()
    assert not (home / "library.json").exists()
    assert not (home / "lists").exists()


def test_a_list_that_is_added_again_is_read_again_and_undo_brings_the_old_text_back(
    library: Library, open_library: Callable[[], Library], tmp_path: Path
) -> None:
    mine = tmp_path / "mine.md"
    first = "# Mine\n\n- **One Good Paper**. 2019. *Me Myself*.\n\n- **Another Fine Paper**. 2020. *Me Myself*.\n"
    mine.write_text(first)
    library.subscribe(str(mine))
    one = library.resolve("One Good Paper")
    library.set_status([one], Status.DONE)
    mine.write_text(
        "# Mine\n\n- **One Good Paper**. 2019. *Me Myself*.\n\n- **A Third Paper**. 2021. *Me Myself*.\n"
    )
    done = library.subscribe(str(mine))
    assert done.message == "Updated: Mine (1 paper new, 1 no longer listed)"
    assert library.papers_below("mine") == (one, library.resolve("A Third Paper"))
    assert open_library().row(one).status is Status.DONE
    assert library.describe(library.history(limit=1)[0]) == "Updated: Mine"
    assert library.undo().event is not None
    assert library.row(library.resolve("Another Fine Paper")).list_count == 1
    assert library.find("third") == ()


def test_a_list_that_cannot_be_read_again_stays_as_it_was(library: Library, tmp_path: Path) -> None:
    mine = tmp_path / "mine.md"
    mine.write_text("# Mine\n\n- **One Good Paper**. 2019. *Me Myself*.\n")
    library.subscribe(str(mine))
    papers = library.papers_below("mine")
    mine.write_text("nothing\n")
    with pytest.raises(ListError):
        library.update("mine")
    mine.unlink()
    with pytest.raises(ListError):
        library.update("mine")
    assert library.papers_below("mine") == papers


def test_a_list_that_readq_ships_with_is_updated_by_its_key(library: Library, lists: Path) -> None:
    assert library.update("nets").message == "Already in the library and unchanged: Nets"
    text = (lists / "nets.md").read_text()
    (lists / "nets.md").write_text(text.replace("CVPR 2018", "CVPR 2019"))
    assert library.update("nets").message == "Updated: Nets (the same papers)"
    assert library.row(MUTUAL).year == 2019


def test_the_first_run_reads_every_list_once(lists: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from readq.lists import read as reader

    read, seen = reader.read, []

    def counted(data: bytes, *, source: str = "") -> ReadingList:
        seen.append(source)
        return read(data, source=source)

    monkeypatch.setattr(reader, "read", counted)
    Library.open(user_paths()).close()
    assert sorted(seen) == ["seed:more.md", "seed:nets.md"]
