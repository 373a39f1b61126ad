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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from readq.errors import Damaged, TooNew
from readq.store.schema import FORMAT, META, Document

Tables: TypeAlias = dict[str, dict[str, Document]]

META_KEY = "1"


def render(tables: Mapping[str, Mapping[str, Document]]) -> bytes:
    """The file's content; the same tables give the same bytes."""
    parts = [
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(
            f"{json.dumps(key, ensure_ascii=False)}: {line(documents[key])}"
            for key in sorted(documents)
        )
        + "\n}"
        for name, documents in sorted(tables.items())
    ]
    # A lone surrogate, from a file name say, has no UTF-8: it stays an escape (see `line`) in
    # documents; keys are made of it nowhere.
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "backslashreplace")


def line(document: Any) -> str:
    """A document (or any JSON) on one line."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, allow_nan=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(document, sort_keys=True, allow_nan=False)
    return text


def parse(data: bytes, path: Path) -> Tables:
    """The tables of a library file; `Damaged` or `TooNew` with `path` in the message."""
    if not data:
        raise _damaged(path, "it is empty")
    with uncollected():
        try:
            tables = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise _damaged(path, str(error)) from error
    if not isinstance(tables, dict) or not isinstance(tables.get(META), dict):
        raise _damaged(path, "it is no library of readq")
    about = tables[META].get(META_KEY)
    version = about.get("format") if isinstance(about, dict) else None
    if type(version) is not int or version < 1:
        raise _damaged(path, "it does not say its format")
    if version > FORMAT:
        raise TooNew(
            f"the library {path} was written by a newer readq (format {version}, this one knows {FORMAT})",
            hint="It was left as it is; upgrade readq to open it",
        )
    for name, documents in tables.items():
        if not isinstance(documents, dict):
            raise _damaged(path, f"its table {name!r} is no table")
        for key, document in documents.items():
            if type(document) is not dict:
                raise _damaged(path, f"{key!r} in its table {name!r} is no document")
    return tables


def new_tables() -> Tables:
    """A library with nothing in it."""
    return {META: {META_KEY: {"format": FORMAT}}}


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
        hint="It was left as it is; `readq doctor` says more, `readq restore` offers the backups",
    )
