"""Going back to a backup, also when the library does not open; and what can be read of one that is damaged."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from readq.atomic import FILES, Files, read_bytes, write_bytes
from readq.errors import NotFound, StoreError
from readq.model.record import Change
from readq.store import backup, snapshot
from readq.store.clock import utc_now
from readq.store.disk import Disk
from readq.store.faults import cannot_read, cannot_write
from readq.store.join import join_puts
from readq.store.journal import Put, replace_mark, scan
from readq.store.lock import Lock
from readq.store.migrations import FORMATS, Formats, migrate
from readq.store.schema import EVENTS, FIELDS, META, META_KEY, PAPERS, Document
from readq.store.snapshot import Tables

SALVAGE = "salvage"
"""The choice that puts together the newest good backup and all that can be read of what is there."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the library can be restored to."""

    name: str
    """What to call it by."""
    reason: str
    """Why it was made: "daily", "by-hand", "before-restore"; or "salvage"."""
    records: int
    """How many papers have a record in it."""
    events: int
    """How many acts."""
    problem: str = ""
    """Why it cannot be used; empty when it can."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What `restore` did."""

    choice: Choice
    kept: tuple[Path, ...]
    """Where what was there before is now."""


@dataclass(frozen=True, slots=True)
class Salvage:
    """What can be read of a library that does not open."""

    tables: Tables
    readable: int
    """Lines of documents that can be read, of snapshot and journal."""
    unreadable: int


def choices(path: Path, *, files: Files = FILES) -> tuple[Choice, ...]:
    """What the library can be restored to, the newest backup first; salvage last, if there is need."""
    found = []
    try:
        for one in backup.backups(path, files=files):
            try:
                tables = _backup_tables(one, files)
                found.append(_choice(one.name, one.reason, tables))
            except StoreError as error:
                found.append(Choice(one.name, one.reason, 0, 0, error.message))
        if not _opens(path, files):
            found.append(_choice(SALVAGE, SALVAGE, _tables_of(SALVAGE, path, files)))
    except OSError as error:
        raise cannot_read(error, path) from error
    return tuple(found)


def compare(path: Path, name: str = "", *, files: Files = FILES) -> tuple[Change, ...]:
    """What `restore` would change, field by field: `before` is now, `after` is restored.

    Of a library that does not open, "now" is what can be read of it. `name` as in `restore`.
    """
    try:
        after = _tables_of(_chosen(path, name, files).name, path, files)
        if _opens(path, files):
            now = _opened(path, files) or snapshot.new_tables()
        else:
            now = salvage(path, files=files).tables
    except OSError as error:
        raise cannot_read(error, path) from error
    return tuple(
        Change(table, key, field, before, later)
        for table, fields in FIELDS.items()
        for key in sorted(now.get(table, {}).keys() | after.get(table, {}).keys())
        for field in fields
        if (before := now.get(table, {}).get(key, {}).get(field))
        != (later := after.get(table, {}).get(key, {}).get(field))
    )


def restore(
    path: Path,
    name: str = "",
    *,
    now: Callable[[], datetime] = utc_now,
    files: Files = FILES,
) -> Restored:
    """Make the library what it was in the backup called `name` (the newest that can be read if empty).

    What is there now is kept: as a backup when it can be read, else as it is under another name.
    Raises `NotFound` when there is no such backup, `StoreError` when something cannot be written.
    """
    try:
        files.make_folder(path.parent)
        with Lock(path.with_name(path.name + ".lock"), files=files).held():
            choice = _chosen(path, name, files)
            tables = _tables_of(choice.name, path, files)
            disk = Disk(path, files=files)
            try:
                present = disk.load()
            except StoreError:
                disk.close()
                return Restored(choice, _over_damage(path, tables, files))
            kept: tuple[Path, ...] = ()
            if present is not None:
                data = snapshot.render(present)
                kept = (backup.make(path, data, now(), reason="before-restore", files=files),)
            disk.rewrite(tables, replace_mark)
            disk.close()
            return Restored(choice, kept)
    except OSError as error:
        raise cannot_write(error, path) from error


def salvage(path: Path, *, files: Files = FILES, formats: Formats = FORMATS) -> Salvage:
    """All that can be read of snapshot and journal, line by line. `OSError` when not even bytes can."""
    tables = snapshot.new_tables(formats)
    readable = unreadable = 0
    name = ""
    data = read_bytes(path, files=files) if files.look(path) is not None else b""
    for line in data.split(b"\n"):
        text = line.strip().removesuffix(b",")
        if text in (b"", b"{", b"}"):
            continue
        try:
            if text.endswith(b": {"):
                name = json.loads(text.removesuffix(b": {"))
                continue
            ((key, document),) = json.loads(b"{%s}" % text).items()
            if not isinstance(document, dict) or not isinstance(name, str) or not name:
                raise ValueError("no document")
        except (ValueError, RecursionError):
            unreadable += 1
            continue
        readable += 1
        if name != META:
            tables.setdefault(name, {})[key] = document
        elif document.get("format") in range(1, formats.newest):
            tables[META] = {META_KEY: document}
    journal = Disk(path).journal_path
    if files.look(journal) is not None:
        found = scan(read_bytes(journal, files=files))
        tables, _ = join_puts(tables, found.puts())
        readable, unreadable = readable + len(found.parts), unreadable + len(found.bad)
    migrate(tables, formats)
    return Salvage(tables, readable, unreadable)


def _over_damage(path: Path, tables: Tables, files: Files) -> tuple[Path, ...]:
    kept = []
    journal = Disk(path).journal_path
    for place in (path, journal):
        if files.look(place) is None:
            continue
        data = read_bytes(place, files=files)
        if place == journal and not scan(data).puts() and scan(data).end == len(data):
            continue
        aside = path.with_name(f"{place.name}.damaged-{zlib.crc32(data):08x}")
        write_bytes(aside, data, files=files)
        kept.append(aside)
    write_bytes(path, snapshot.render(tables), files=files)
    files.remove(journal)
    return tuple(kept)


def _opened(path: Path, files: Files) -> Tables | None:
    """Everything in the library; None when there is none. Raises as `Disk.load` does."""
    disk = Disk(path, files=files)
    try:
        return disk.load()
    finally:
        disk.close()


def _opens(path: Path, files: Files) -> bool:
    try:
        _opened(path, files)
    except StoreError:
        return False
    return True


def _chosen(path: Path, name: str, files: Files) -> Choice:
    found = choices(path, files=files)
    wanted = name.removesuffix(".json")
    for choice in found:
        if choice.name == wanted or (
            not wanted and not choice.problem and choice.reason != SALVAGE
        ):
            if choice.problem:
                raise StoreError(choice.problem, hint="Choose another backup")
            return choice
    raise NotFound(
        f"no backup is called {name!r}" if name else "there is no backup that can be read",
        hint="There are: " + ", ".join(one.name for one in found) if found else "",
    )


def _tables_of(name: str, path: Path, files: Files) -> Tables:
    found = backup.backups(path, files=files)
    if name != SALVAGE:
        return _backup_tables(next(one for one in found if one.name == name), files)
    base: Tables = snapshot.new_tables()
    for one in found:
        with suppress(StoreError):
            base = _backup_tables(one, files)
            break
    read = salvage(path, files=files).tables
    return join_puts(base, _as_puts(read))[0]


def _as_puts(tables: Mapping[str, Mapping[str, Document]]) -> list[Put]:
    return [Put(name, key, one) for name, table in tables.items() for key, one in table.items()]


def _backup_tables(one: backup.Backup, files: Files) -> Tables:
    return snapshot.parse(read_bytes(one.path, files=files), one.path)


def _choice(name: str, reason: str, tables: Tables) -> Choice:
    return Choice(name, reason, len(tables.get(PAPERS, {})), len(tables.get(EVENTS, {})))
