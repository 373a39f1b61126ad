"""Libraries of two small lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readq.library.library import Library
from readq.paths import user_paths
from tests.library.samples import MORE, NETS, Clock


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two lists, which readq ships with as far as the test can tell."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "nets.md").write_text(NETS)
    (folder / "more.md").write_text(MORE)
    monkeypatch.setattr("readq.library.subscriptions.seeds_folder", lambda: folder)
    return folder


@pytest.fixture
def open_library(lists: Path) -> Iterator[Callable[[], Library]]:
    """Opens the one library of the test, each time as another process would."""
    clock, opened = Clock(), []

    def opener() -> Library:
        opened.append(Library.open(user_paths(), now=clock))
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[[], Library]) -> Library:
    """A new library with the two lists."""
    return open_library()
