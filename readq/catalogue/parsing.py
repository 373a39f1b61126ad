"""What a list says, kept by its content: the same bytes are read once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from readq.catalogue.cache import program, prune, replacing
from readq.errors import ListError
from readq.model.paper import ListKey

if TYPE_CHECKING:
    from readq.model.listing import ReadingList

_KEPT_LISTS = 400


class Read(Protocol):
    """The reader of lists, `readq.lists.read.read`."""

    def __call__(self, data: bytes, *, source: str = "") -> ReadingList:
        """What the list in `data` says; raises ListError for what is no text."""


@dataclass(frozen=True, slots=True)
class Source:
    """One list to load."""

    key: ListKey
    source: str
    """The path or URL that it came from."""
    title_hint: str
    """What to call it if it does not say."""
    data: bytes | Callable[[], bytes]
    """Its bytes, or how to get them; not asked for while the cache knows `sha256`."""
    sha256: str = ""
    """Of the bytes, in hexadecimal, where it is known."""


class Parser:
    """Reads lists, unless it is known what they say."""

    def __init__(self, cache: Path | None, *, read: Read | None = None, strict: bool) -> None:
        self._read = read
        self.folder = cache / "parsed" if cache else None
        self.strict = strict
        """Whether to raise what stands in the way of reading a list."""
        self.failed = False
        """Whether the bytes of some list could not be had, or were not those announced."""

    def fetched(self, source: Source) -> Source:
        """`source` with its bytes, unless it is known which they are. Raises OSError if `strict`."""
        if source.sha256 or isinstance(source.data, bytes):
            return source
        data = self._bytes(source)
        return source if data is None else replace(source, data=data)

    def digest(self, source: Source) -> str:
        """Of the bytes of a source that was `fetched`."""
        if source.sha256:
            return source.sha256
        return _digest(source.data) if isinstance(source.data, bytes) else "missing"

    def parse(self, source: Source) -> ReadingList:
        """What the list says. A list that cannot be read says nothing, with a diagnostic.

        Raises ListError or OSError if `strict`.
        """
        if (kept := self._kept(source.sha256, source.source)) is not None:
            return kept
        data = self._bytes(source)
        if data is None:
            return _nothing("missing", "The list's bytes are not there")
        digest = _digest(data)
        if digest != source.sha256:
            self.failed = self.failed or bool(source.sha256)
            if (kept := self._kept(digest, source.source)) is not None:
                return kept
        try:
            found = self._reader()(data, source=source.source)
        except ListError as error:
            if self.strict:
                raise
            return _nothing("unreadable", error.message)
        self._keep(digest, source.source, found)
        return found

    def _bytes(self, source: Source) -> bytes | None:
        try:
            return source.data if isinstance(source.data, bytes) else source.data()
        except OSError:
            if self.strict:
                raise
            self.failed = True
            return None

    def _reader(self) -> Read:
        if self._read is None:
            from readq.lists.read import read  # only now: a list that is known needs no parsers

            self._read = read
        return self._read

    def _file(self, digest: str, source: str) -> Path | None:
        if self.folder is None or not digest:
            return None
        # Where a list came from decides what its relative links mean.
        name = _digest(f"{program()}\n{digest}\n{source}".encode("utf-8", "replace"))
        return self.folder / f"{name[:40]}.json"

    def _kept(self, digest: str, source: str) -> ReadingList | None:
        file = self._file(digest, source)
        if file is None:
            return None
        from readq.catalogue.listing_codec import load_list

        try:
            found = load_list(file.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
            return None
        with contextlib.suppress(OSError):
            file.touch()  # so that what is in use is pruned last
        return found

    def _keep(self, digest: str, source: str, found: ReadingList) -> None:
        file = self._file(digest, source)
        if file is None:
            return
        from readq.catalogue.listing_codec import dump_list

        with contextlib.suppress(OSError, ValueError):
            with replacing(file) as unfinished:
                unfinished.write_text(dump_list(found), encoding="utf-8")
            prune(file.parent, "*.json", _KEPT_LISTS)


def _nothing(code: str, reason: str) -> ReadingList:
    from readq.model.listing import Diagnostic, ReadingList

    return ReadingList(title="", diagnostics=(Diagnostic((1, 1), reason, code),))


def _digest(data: bytes) -> str:
    import hashlib  # where all digests are known, and nothing is read, none is made

    return hashlib.sha256(data).hexdigest()
