"""Lists that stand for themselves: files read as they are, without a library."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from readq.catalogue.load import Source, load
from readq.errors import ListError
from readq.model.listing import ReadingList
from readq.model.paper import ListKey
from readq.model.text import clean, slug

if TYPE_CHECKING:
    from readq.lists.explain import Habit, Judged

Explanation: TypeAlias = "tuple[tuple[Habit, ...], tuple[Judged, ...]]"

LARGEST = 20_000_000
"""Bytes; a longer file is no reading list."""


def read_list(data: bytes, *, source: str = "") -> ReadingList:
    """The list in `data`. Raises `ListError` for what is plainly no text."""
    # Imported here: nothing of it is needed while the catalogue's cache is warm.
    from readq.lists.read import read

    return read(data, source=source)


def list_bytes(path: Path) -> bytes:
    """The bytes of a file that may be a list. Raises `ListError`."""
    name = clean(str(path))
    if path.is_dir():
        raise ListError(
            f"{name} is a folder, not a list",
            hint=f"readq view {name} shows its lists; readq add takes files, one by one",
        )
    try:
        # A pipe would be waited for, a device never ends.
        if path.exists() and not path.is_file():
            raise ListError(f"{name} is not an ordinary file")
        if path.stat().st_size > LARGEST:
            raise ListError(f"{name} is longer than {LARGEST // 1_000_000} MB: not a reading list")
        return path.read_bytes()
    except OSError as error:
        why = "there is no such file" if error.errno == errno.ENOENT else error.strerror
        raise ListError(f"{name} cannot be read: {why}") from error


def file_source(path: Path, taken: Iterable[str] = ()) -> Source:
    """A file as a list to load, under a key that is not in `taken`."""
    from hashlib import sha256

    data = list_bytes(path)
    return Source(
        key=free_key(path.stem, taken),
        source=str(path),
        title_hint=clean(path.stem),
        data=data,
        sha256=sha256(data).hexdigest(),
    )


def free_key(name: str, taken: Iterable[str]) -> ListKey:
    """A key for a list of that name."""
    base, taken = slug(name, limit=40) or "list", set(taken)
    number = 1
    key = base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return ListKey(key)


def viewed(paths: Sequence[Path], cache: Path) -> tuple[list[Source], list[str]]:
    """The lists to view: files, and of folders all files that hold papers; and what to tell.

    Raises `ListError` for a file that is named and holds no papers, and when there is none at all.
    """
    named: list[Source] = []
    beside: list[Source] = []
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in paths):  # noqa: PTH100 - links stay
        files = _files_in(path) if path.is_dir() else [path]
        for file in files:
            taken = [one.key for one in (*named, *beside)]
            if file is path:
                named.append(file_source(file, taken))
                continue
            with contextlib.suppress(ListError):
                beside.append(file_source(file, taken))
    sources = [*named, *beside]
    empty = _without_papers(sources, cache) if sources else {}
    for source in named:
        if source.key in empty:
            raise _no_papers(source.source, empty[source.key])
    skipped = ", ".join(Path(one.source).name for one in beside if one.key in empty)
    sources = [one for one in sources if one.key not in empty]
    if not sources:
        raise ListError("there is no list with papers in it", hint="readq parse FILE says why")
    return sources, [f"Not lists: {clean(skipped, limit=200)}"] if skipped else []


def _files_in(folder: Path) -> list[Path]:
    try:
        found = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as error:
        raise ListError(f"{clean(str(folder))} cannot be read: {error.strerror}") from error
    return [one for one in found if one.is_file()]


def _without_papers(sources: Sequence[Source], cache: Path) -> dict[ListKey, str]:
    """The lists in which no paper was found, and why not if they could not be read."""
    # What is read here stays in the cache for the catalogue that is shown.
    catalogue = load(sources, cache=cache)
    empty = {}
    for one in catalogue.lists:
        if not one.total:
            reasons = catalogue.diagnostics(one.key)
            empty[one.key] = next((d.reason for d in reasons if d.code == "unreadable"), "")
    catalogue.close()
    return empty


def _no_papers(source: str, reason: str) -> ListError:
    if reason:
        return ListError(reason)
    return ListError(
        f"no papers were found in {clean(source)}", hint="readq parse says what was seen"
    )


def parse_file(path: Path) -> tuple[ReadingList, dict[str, Any]]:
    """What a file holds, as a value and as JSON. Raises `ListError`."""
    from readq.lists.output import to_json

    reading_list = read_list(list_bytes(path), source=str(path))
    return reading_list, to_json(reading_list, str(path))


def explain_file(path: Path) -> Explanation:
    """What was learned of a file's habits, and why its lines were or were not taken. `ListError`."""
    from readq.lists.explain import explain

    return explain(list_bytes(path), source=str(path))


def merge_files(paths: Sequence[Path]) -> dict[str, Any]:
    """The papers of several files, each with all its listings, as JSON. Raises `ListError`."""
    from readq.library.as_json import paper_json

    sources: list[Source] = []
    for path in dict.fromkeys(paths):
        sources.append(file_source(path, [one.key for one in sources]))
    catalogue = load(sources, cache=None, strict=True)
    try:
        return {"papers": [paper_json(paper) for paper in catalogue.papers()]}
    finally:
        catalogue.close()
