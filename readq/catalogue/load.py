"""From the bytes of lists to a catalogue, by way of two caches.

What a list says is kept by its content, so that a list is read once; the merged catalogue is
kept by the contents of all its lists, so that an unchanged library opens without reading, or even
importing, anything. Both can be lost at any time.
"""

from __future__ import annotations

import contextlib
import gc
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readq.catalogue import database
from readq.catalogue.cache import program, prune, replacing
from readq.catalogue.catalogue import Catalogue
from readq.catalogue.claims import Claims, Fingerprints, Fixed, fingerprints_of
from readq.catalogue.parsing import Parser, Read, Source

if TYPE_CHECKING:
    from readq.model.listing import ReadingList

__all__ = ["Read", "Source", "load", "read_list"]

_KEPT_CATALOGUES = 6


def load(
    sources: Sequence[Source],
    *,
    cache: Path | None,
    fixed: Fixed | None = None,
    fingerprints: Fingerprints | None = None,
    read: Read | None = None,
    strict: bool = False,
) -> Catalogue:
    """The catalogue of `sources`.

    `cache` is a folder (made when it is missing), or None to work in memory alone. `fixed`: ids
    that records hold, with the identities that their papers were ever seen under; such a paper
    keeps its id (see `names.assign`). `fingerprints`: a number for each of them that changes when
    its identities do, where that is known without looking at them. `read` takes the place of the reader of lists, for tests. A
    source whose key comes a second time is left out.

    Never fails for want of a cache: what is corrupt, foreign, locked or cannot be written is made
    again, in memory if need be. A list that cannot be read is an empty list with a diagnostic;
    with `strict` it raises ListError, or the OSError of getting its bytes.
    """
    unique = {source.key: source for source in reversed(sources)}
    kept = [source for source in sources if unique[source.key] is source]
    parser = Parser(cache, read=read, strict=strict)
    builder = _Builder(kept, cache, parser, fixed or {}, fingerprints)
    if (connection := builder.opened()) is not None:
        return Catalogue(connection, rebuild=builder.built)
    return Catalogue(builder.built(), rebuild=builder.built, fresh=True)


def read_list(source: Source, *, cache: Path | None, read: Read | None = None) -> ReadingList:
    """What one list says. It is kept in `cache`, so that a `load` after it reads it no second time.

    Raises ListError for what is no list, and the OSError of getting its bytes.
    """
    return Parser(cache, read=read, strict=True).parse(source)


class _Builder:
    """Finds or makes the merged catalogue of some sources."""

    def __init__(
        self,
        sources: Sequence[Source],
        cache: Path | None,
        parser: Parser,
        fixed: Fixed,
        fingerprints: Fingerprints | None,
    ) -> None:
        self.sources = [parser.fetched(source) for source in sources]
        self.parser = parser
        self.fixed = fixed
        self.fingerprints = fingerprints_of(fixed) if fingerprints is None else fingerprints
        contents = [
            [one.key, one.source, one.title_hint, parser.digest(one)] for one in self.sources
        ]
        # Compared whole, not by a digest: the library for digests takes longer to load than this.
        self.key = json.dumps([program(), contents])
        keys = "\n".join(source.key for source in sources)
        name = f"catalogue-{zlib.crc32(keys.encode('utf-8', 'replace')):08x}"
        self.file = cache / f"{name}.sqlite" if cache else None
        self.claims = Claims(cache / f"{name}.claims", self.key) if cache else None

    def opened(self) -> sqlite3.Connection | None:
        """The kept catalogue, if it is whole, up to date, and gives `fixed` what it claims."""
        if self.file is None or self.claims is None:
            return None
        connection = database.open_file(self.file, self.key)
        if connection is None:
            return None
        with contextlib.suppress(sqlite3.Error):
            if self.claims.hold(connection, self.fixed, self.fingerprints):
                return connection
        connection.close()
        return None

    def built(self) -> sqlite3.Connection:
        """The catalogue made anew: kept in the cache where possible, else in memory."""
        with _no_collection():
            return self._built()

    def _built(self) -> sqlite3.Connection:
        # Imported here: a catalogue that is known opens without it.
        from readq.catalogue.merge import merge
        from readq.catalogue.writing import write

        lists = [(source, self.parser.parse(source)) for source in self.sources]
        merged = merge(lists, fixed=self.fixed)

        def fill(connection: sqlite3.Connection) -> None:
            write(connection, lists, merged, key=self.key)

        if self.file is not None and not self.parser.failed:
            with contextlib.suppress(OSError, sqlite3.Error):
                self._keep(self.file, fill)
                if (connection := database.open_file(self.file, self.key)) is not None:
                    return connection
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        fill(connection)
        return connection

    def _keep(self, file: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
        with replacing(file) as unfinished:
            connection = sqlite3.connect(unfinished)
            try:
                fill(connection)
            finally:
                connection.close()
        if self.claims is not None:
            self.claims.keep(self.fingerprints)
        for pattern in ("catalogue-*.sqlite", "catalogue-*.claims"):
            prune(file.parent, pattern, _KEPT_CATALOGUES)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """No search for garbage in cycles meanwhile: a hundred thousand papers hold none, and looking
    takes as long as the merging."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
