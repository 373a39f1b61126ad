"""The library file: valid JSON in TinyDB's layout, one document a line, sorted.

{
"_readq": {
"1": {"format": 1}
},
"papers": {
"born-again-neural-networks": {"status": "done", …}
}
}
"""

from __future__ import annotations

import gc
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from readq.errors import Damaged, TooNew
from readq.store.migrations import FORMATS, Formats, migrate
from readq.store.schema import META, META_KEY, Document

Tables: TypeAlias = dict[str, MutableMapping[str, Document]]


class Lines(MutableMapping[str, Document]):
    """The documents of a table, each still the line of the file until somebody asks for it."""

    __slots__ = ("_documents",)

    def __init__(self, lines: dict[str, bytes]) -> None:
        self._documents: dict[str, Any] = lines

    def __getitem__(self, key: str) -> Document:
        document = self._documents[key]
        if type(document) is bytes:
            document = self._documents[key] = _decode(document)
        return document  # type: ignore[no-any-return]  # bytes or documents are all there is

    def __setitem__(self, key: str, document: Document) -> None:
        self._documents[key] = document

    def __delitem__(self, key: str) -> None:
        del self._documents[key]

    def __contains__(self, key: object) -> bool:
        return key in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def having(self, words: bytes) -> list[str]:
        """The ids of the lines with these words in them, and of all that are no lines any more."""
        return [
            key for key, one in self._documents.items() if type(one) is not bytes or words in one
        ]

    def checksums(self) -> dict[str, int]:
        """For every document the CRC-32 of its line."""
        return {
            key: zlib.crc32(one if type(one) is bytes else _line_of(key, one))
            for key, one in self._documents.items()
        }

    def raw(self, key: str) -> bytes | None:
        """The line, if nobody asked for the document yet."""
        document = self._documents.get(key)
        return document if type(document) is bytes else None


def may_hold(documents: Mapping[str, Document], key: str, words: bytes) -> bool:
    """Whether a document may have `words` in it; False is sure, and costs no reading."""
    raw = documents.raw(key) if isinstance(documents, Lines) else None
    return raw is None or words in raw


def that_may_hold(documents: Mapping[str, Document], words: bytes) -> Iterable[str]:
    """The ids of all documents of which `may_hold` is true."""
    return documents.having(words) if isinstance(documents, Lines) else documents


def checksums(documents: Mapping[str, Document]) -> Mapping[str, int]:
    """A number for every document that is another when the document is."""
    if isinstance(documents, Lines):
        return documents.checksums()
    return {key: zlib.crc32(_line_of(key, one)) for key, one in documents.items()}


def differ(one: Mapping[str, Document], other: Mapping[str, Document]) -> Iterator[str]:
    """The ids under which two versions of a table have different documents."""
    for key in one.keys() | other.keys():
        if isinstance(one, Lines) and isinstance(other, Lines):
            mine, theirs = one.raw(key), other.raw(key)
            if mine is not None and mine == theirs:
                continue
        if one.get(key) != other.get(key):
            yield key


def render(tables: Mapping[str, Mapping[str, Document]]) -> bytes:
    """The file's content; the same tables give the same bytes."""
    parts = [
        b"%s: {\n%s\n}" % (line(name), b",\n".join(_lines(documents)))
        for name, documents in sorted(tables.items())
    ]
    return b"{\n%s\n}\n" % b",\n".join(parts)


def _lines(documents: Mapping[str, Document]) -> Iterator[bytes]:
    for key in sorted(documents):
        raw = documents.raw(key) if isinstance(documents, Lines) else None
        yield raw if raw is not None else _line_of(key, documents[key])


def _line_of(key: str, document: Document) -> bytes:
    return b"%s: %s" % (line(key), line(document))


def _decode(text: bytes) -> Document:
    """The document on a line that `_line_of` made."""
    key, _, document = text.decode("utf-8").partition('": ')
    if "\\" in key:
        (found,) = json.loads(b"{%s}" % text).values()
        return found  # type: ignore[no-any-return]  # `_split` saw that it is a document
    return json.loads(document)  # type: ignore[no-any-return]


def line(content: Any) -> bytes:
    """A document (or any JSON) on one line."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # A lone surrogate, from a file name say, has no UTF-8: it stays an escape.
        return json.dumps(content, sort_keys=True, allow_nan=False).encode("ascii")


def parse(data: bytes, path: Path, *, ours: bool = False, formats: Formats = FORMATS) -> Tables:
    """The tables of a library file, migrated; `Damaged` or `TooNew` with `path` in the message.

    `ours`: it is known that `render` wrote exactly these bytes, so that lines can wait to be read.
    """
    tables = parse_as_written(data, path, ours=ours, formats=formats)
    migrate(tables, formats)
    return tables


def parse_as_written(
    data: bytes, path: Path, *, ours: bool = False, formats: Formats = FORMATS
) -> Tables:
    """As `parse`, in the format that the file has."""
    if not data:
        raise _damaged(path, "it is empty")
    tables: Any
    try:
        tables = _split(data) if ours else None
        if tables is None:
            with uncollected():
                tables = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(tables, dict) or not isinstance(tables.get(META), Mapping):
        raise _damaged(path, "it is no library of readq")
    about = tables[META].get(META_KEY)
    version = about.get("format") if isinstance(about, dict) else None
    if type(version) is not int or version < 1:
        raise _damaged(path, "it does not say its format")
    if version > formats.newest:
        raise TooNew(
            f"the library {path} was written by a newer readq (format {version}, this one knows {formats.newest})",
            hint="It was left as it is; upgrade readq to open it",
        )
    for name, documents in tables.items():
        if isinstance(documents, Lines):
            continue
        if not isinstance(documents, dict):
            raise _damaged(path, f"its table {name!r} is no table")
        for key, document in documents.items():
            if type(document) is not dict:
                raise _damaged(path, f"{key!r} in its table {name!r} is no document")
    return tables


def _split(data: bytes) -> Tables | None:
    """Tables of lines; None when the layout is not what `render` makes."""
    tables: Tables = {}
    lines = iter(data.split(b"\n"))
    if next(lines) != b"{":
        return None
    for head in lines:
        if head == b"}":
            return tables
        documents: dict[str, bytes] = {}
        for text in lines:
            if text == b"}" or text == b"},":
                break
            if not text:
                continue  # a table without documents
            if text.endswith(b","):
                text = text[:-1]
            key, found, _ = text.partition(b'": {')
            if not found or b"\\" in key:
                ((name, _document),) = json.loads(b"{%s}" % text).items()
                documents[name] = text
            else:
                documents[key[1:].decode("utf-8")] = text
        tables[json.loads(head[: -len(b": {")])] = Lines(documents)
    return None


def new_tables(formats: Formats = FORMATS) -> Tables:
    """A library with nothing in it."""
    return {META: {META_KEY: {"format": formats.newest}}}


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector, which looks at every new document again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _damaged(path: Path, reason: str) -> Damaged:
    return Damaged(
        f"the library {path} cannot be read: {reason}",
        hint=f"It was left as it is; look for a copy of an earlier day in {path.parent / 'backups'}",
    )
