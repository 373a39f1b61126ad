"""Everything that can be checked about a library's files, in words."""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from readq.atomic import FILES, Files
from readq.errors import StoreError
from readq.store import backup, rescue, schema
from readq.store.clock import is_stamp
from readq.store.disk import Disk
from readq.store.faults import why
from readq.store.schema import EVENTS, LISTS, PAPERS
from readq.store.snapshot import Tables

_CONFLICT = re.compile(r"sync-conflict-\d{8}|conflicted copy|Conflicted copy|conflict-\d", re.ASCII)
"""Syncthing: name.sync-conflict-DATE-TIME-DEVICE.ext; Dropbox: name (… conflicted copy DATE).ext."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked."""

    level: Literal["ok", "note", "problem"]
    message: str
    hint: str = ""


def check(path: Path, *, files: Files = FILES) -> tuple[Finding, ...]:
    """Look at everything; changes nothing, and says what is the matter instead of raising it."""
    findings: list[Finding] = []
    disk = Disk(path, files=files)
    try:
        tables = disk.load()
        if tables is None:
            findings.append(Finding("ok", f"{path} is not there yet: the first act makes it"))
        else:
            findings += _of_tables(path, tables, disk)
    except StoreError as error:
        findings.append(Finding("problem", error.message, error.hint))
        findings += _of_damage(path, files)
    except OSError as error:
        findings.append(Finding("problem", f"{path} cannot be read: {why(error)}"))
    finally:
        disk.close()
    try:
        findings += _of_files(path, files)
        findings += _of_backups(path, files)
    except OSError as error:
        findings.append(Finding("problem", f"{path.parent} cannot be looked at: {why(error)}"))
    except StoreError as error:
        if all(finding.message != error.message for finding in findings):
            findings.append(Finding("problem", error.message, error.hint))
    return tuple(findings)


def _of_tables(path: Path, tables: Tables, disk: Disk) -> Iterator[Finding]:
    counts = ", ".join(
        f"{len(tables.get(name, {}))} {word}"
        for name, word in ((PAPERS, "records"), (LISTS, "lists"), (EVENTS, "acts"))
    )
    yield Finding("ok", f"{path} opens: {counts}; {disk.journal_size} bytes in the journal")
    for notice in disk.notices:
        yield Finding("problem", notice, "`readq restore` offers the backups")
    for name in (PAPERS, LISTS):
        for key, document in tables.get(name, {}).items():
            for field, value in schema.problems(name, document):
                yield Finding(
                    "problem",
                    f"{key}: {field} cannot be {value!r}",
                    "It reads as not set; setting it anew mends it",
                )
    events = tables.get(EVENTS, {})
    for stamp, document in events.items():
        event = schema.event(stamp, document)
        if not is_stamp(stamp) or len(event.changes) != len(document.get("changes") or ()):
            yield Finding("problem", f"the act {stamp} is not whole", "It is left as it is")
        for other in (event.undoes, event.redoes):
            if other is not None and other not in events:
                yield Finding("note", f"the act {stamp} speaks of {other}, which is not there")
    ranks = Counter(filter(None, map(schema.rank_of, tables.get(PAPERS, {}).values())))
    if ties := sum(count for count in ranks.values() if count > 1):
        yield Finding("note", f"{ties} queued papers share their place with another")


def _of_damage(path: Path, files: Files) -> Iterator[Finding]:
    try:
        found = rescue.salvage(path, files=files)
        if found.readable:
            yield Finding(
                "note",
                f"{found.readable} lines of it can be read, {found.unreadable} cannot",
                f"`readq restore {rescue.SALVAGE}` joins them with the newest backup",
            )
        usable = [one for one in rescue.choices(path, files=files) if not one.problem]
    except (OSError, StoreError):
        return
    if backups := [one for one in usable if one.reason != rescue.SALVAGE]:
        yield Finding(
            "note",
            f"the newest good backup is {backups[0].name}: {backups[0].records} records,"
            f" {backups[0].events} acts",
            f"`readq restore {backups[0].name}` goes back to it",
        )
    else:
        yield Finding("problem", "there is no backup that can be read")


def _of_files(path: Path, files: Files) -> Iterator[Finding]:
    if not path.parent.is_dir():
        return
    for name in files.names(path.parent):
        place = path.with_name(name)
        found = files.look(place)
        if found is None or not name.startswith((path.name, path.stem, f".{path.name}")):
            continue
        if name.startswith(f"{path.name}") and ".damaged-" in name:
            yield Finding("note", f"{place} keeps what could not be read once", "Yours to delete")
        elif _CONFLICT.search(name):
            yield Finding(
                "note", f"{place} is a copy that a program for syncing left", "It may hold changes"
            )
        elif name.endswith(".tmp"):
            yield Finding("note", f"{place} is left of a write that did not end", "Yours to delete")
        elif stat.S_ISREG(found.st_mode) and stat.S_IMODE(found.st_mode) & 0o077:
            yield Finding("note", f"{place} can be read by others", f"chmod 600 '{place}'")


def _of_backups(path: Path, files: Files) -> Iterator[Finding]:
    good, bad = 0, []
    for choice in rescue.choices(path, files=files):
        if choice.reason == rescue.SALVAGE:
            continue
        if choice.problem:
            bad.append(choice)
        else:
            good += 1
    for choice in bad:
        yield Finding("problem", choice.problem, f"It is in {backup.folder_of(path)}")
    yield Finding("ok" if good else "note", f"{good} backups in {backup.folder_of(path)}")
