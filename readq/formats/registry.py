"""The formats that a library can be exported to, by name and by file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from readq.errors import UsageError
from readq.formats import bibtex, markdown
from readq.formats.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format of export."""

    name: str
    suffixes: tuple[str, ...]
    """Endings of file names, the usual one first."""
    write: Callable[[Document], str]


FORMATS = (
    Format(name="markdown", suffixes=(".md", ".markdown"), write=markdown.write),
    Format(name="bibtex", suffixes=(".bib", ".bibtex"), write=bibtex.write),
)
"""Every format; the first is the default."""


def by_name(name: str) -> Format:
    """The format called `name`, or whose file names end in it; raises `UsageError`."""
    wanted = name.strip().lower()
    for one in FORMATS:
        if wanted == one.name or f".{wanted.removeprefix('.')}" in one.suffixes:
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise UsageError(f"there is no format {name}", hint=f"Formats: {known}")


def by_file_name(path: str) -> Format | None:
    """The format that the ending of `path` stands for."""
    suffix = PurePath(path).suffix.lower()
    return next((one for one in FORMATS if suffix in one.suffixes), None)
