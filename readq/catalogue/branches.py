"""The headings of lists, each with its papers counted once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from readq.model.paper import ListKey


class Branch(NamedTuple):
    """A list, or a heading in it, that papers stand under."""

    key: str
    """Names the branch for as long as list and headings keep their names."""
    list_key: ListKey
    path: tuple[str, ...]
    """The headings, outermost first; () for the list itself."""
    title: str
    """The innermost heading; the list's title for the list itself."""
    depth: int
    parent: str | None
    """The key of the branch above."""
    total: int
    """Distinct papers at or below it."""


def branch_key(list_key: ListKey, path: Sequence[str] = ()) -> str:
    """The key of a branch: the list's key and the headings, like a path (`~1` is a slash in it)."""
    return "/".join(part.replace("~", "~0").replace("/", "~1") for part in (str(list_key), *path))
