"""The library file looked after: backups, going back to one, a look at everything.

Nothing here opens the library as a whole, so that all of it works for one that does not open.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from readq.atomic import FILES, release
from readq.errors import Ambiguous, NotFound, StoreError
from readq.library.sharing import settle
from readq.library.wording import count, short
from readq.model.record import Change
from readq.model.text import clean
from readq.paths import Paths
from readq.store import doctor, rescue
from readq.store.clock import utc_now
from readq.store.doctor import Finding
from readq.store.faults import NO_LOCKS
from readq.store.merging_copies import conflict_copies
from readq.store.rescue import Choice, Restored
from readq.store.store import Store

__all__ = ["Choice", "Finding", "Restored"]

_LONGEST = 60
"""Characters of a value that is shown."""


def back_up(paths: Paths, now: Callable[[], datetime] = utc_now) -> Path:
    """Keep the library as it is now; where. Raises `NotFound` when there is none, `StoreError`."""
    if not paths.library_file.exists():
        raise NotFound("there is no library yet", hint="The first act makes it")
    with Store.open(paths.library_file, now=now) as store:
        return store.back_up()


def choices(paths: Paths) -> tuple[Choice, ...]:
    """What the library can be restored to: backups, the newest first, then what can be salvaged."""
    return rescue.choices(paths.library_file)


def choose(paths: Paths, which: str) -> Choice:
    """The backup of that name, of that beginning of its name or date, or of that place in `choices`.

    Raises `NotFound`, `Ambiguous`, or `StoreError` for one that cannot be used.
    """
    found, wanted = choices(paths), which.removesuffix(".json")
    fits = [one for one in found if one.name == wanted]
    if not fits and wanted.isdecimal() and 1 <= int(wanted) <= len(found):
        fits = [found[int(wanted) - 1]]
    if not fits and wanted:
        fits = [one for one in found if one.name.startswith((wanted, f"library-{wanted}"))]
    if not fits:
        raise NotFound(f"no backup is called {which!r}", hint="readq restore shows them")
    if len(fits) > 1:
        raise Ambiguous(
            f"{len(fits)} backups fit {which!r}",
            candidates=[(one.name, told_choice(one)) for one in fits],
            hint="name one in full",
        )
    if fits[0].problem:
        raise StoreError(fits[0].problem, hint="Choose another backup")
    return fits[0]


def told_choice(choice: Choice) -> str:
    """What a backup holds, or why it cannot be used."""
    if choice.problem:
        return choice.problem
    return f"{choice.reason}: {count(choice.records)} touched, {choice.events} acts"


def differences(paths: Paths, choice: Choice) -> tuple[Change, ...]:
    """What restoring would change, field by field."""
    return rescue.compare(paths.library_file, choice.name)


def told_differences(changes: Sequence[Change]) -> Iterator[str]:
    """The same in words, a line for each paper or list."""
    grouped: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        grouped[change.table, change.key].append(change)
    for (table, key), fields in grouped.items():
        told = "; ".join(
            f"{one.field} {_value(one, one.before)} → {_value(one, one.after)}"
            for one in fields
            if not one.field.endswith("_at")
        )
        yield clean(f"{'list ' if table == 'lists' else ''}{key}: {told or 'when it was done'}")


def restore(paths: Paths, choice: Choice, now: Callable[[], datetime] = utc_now) -> Restored:
    """Go back to a backup; what was there before is kept. Raises `StoreError`."""
    restored = rescue.restore(paths.library_file, choice.name, now=now)
    settle(paths.library_file)
    return restored


def _value(change: Change, value: Any) -> str:
    if value is None:
        return "to-read" if change.field == "status" else "(none)"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return short(clean(text), _LONGEST) or "(none)"


# A look at everything.


def examine(paths: Paths) -> tuple[Finding, ...]:
    """What can be said about library, journal, lock, kept lists, cache and backups.

    Changes nothing, and says what is the matter instead of raising it.
    """
    copies = conflict_copies(paths.library_file)
    found = [
        one
        for one in doctor.check(paths.library_file)
        if not any(one.message.startswith(f"{copy} ") for copy in copies)
    ]
    if paths.library_file.exists():
        for look in (_marks_of_git, _lock, _kept_lists, _folder):
            found += _safely(look, paths)
    found += [
        Finding(
            "problem",
            f"{copy} is a copy that a program for syncing left: it may hold changes of another machine",
            f"readq merge '{copy}'",
        )
        for copy in copies
    ]
    found += _safely(_cache, paths)
    return tuple(found)


def is_healthy(findings: Sequence[Finding]) -> bool:
    """Whether there is nothing to be done."""
    return all(one.level != "problem" for one in findings)


def _safely(look: Callable[[Paths], Iterator[Finding]], paths: Paths) -> list[Finding]:
    try:
        return list(look(paths))
    except OSError as error:
        where = error.filename or paths.data
        return [Finding("problem", f"{where} cannot be looked at: {error.strerror or error}")]


def _marks_of_git(paths: Paths) -> Iterator[Finding]:
    with paths.library_file.open("rb") as file:
        marked = any(line.startswith(b"<<<<<<< ") for line in file)
    if marked:
        yield Finding(
            "problem",
            "git could not merge the library and left its marks in it",
            f"readq git-setup, then git checkout --merge '{paths.library_file}'",
        )


def _lock(paths: Paths) -> Iterator[Finding]:
    lock = paths.library_file.with_name(f"{paths.library_file.name}.lock")
    if FILES.look(lock) is None:
        return
    descriptor = FILES.open(lock, os.O_RDWR | os.O_NOFOLLOW)
    try:
        FILES.lock(descriptor, wait=False)
        yield Finding("ok", f"{lock} is free")
    except BlockingIOError:
        yield Finding("note", "another readq is writing just now", "If that lasts, it hangs")
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        yield Finding(
            "problem",
            f"the file system of {lock.parent} has no locks",
            "Run one readq at a time, or move the library to a local disk",
        )
    finally:
        release(descriptor)


def _kept_lists(paths: Paths) -> Iterator[Finding]:
    try:
        with Store.open(paths.library_file) as store:
            subscriptions = store.subscriptions
    except StoreError:
        return  # told already
    whole = 0
    for one in subscriptions:
        path = paths.kept_lists / one.file
        source, shipped = clean(one.source), one.source.startswith("seed:")
        title = short(clean(one.title) or source)
        if path.parent != paths.kept_lists or not path.is_file():
            again = "readq ls makes it again" if shipped else f"readq add {source} brings it back"
            yield Finding("problem", f"the kept copy of {title} is gone: {path}", again)
        elif sha256(path.read_bytes()).hexdigest() != one.sha256:
            again = f"readq remove {one.key}, then readq add {source}"
            yield Finding(
                "problem",
                f"the kept copy of {title} is not what was kept: {path}",
                f"rm '{path}', then readq ls makes it again" if shipped else again,
            )
        else:
            whole += 1
    yield Finding("ok", f"{whole} of {len(subscriptions)} lists have their kept copy")


def _folder(paths: Paths) -> Iterator[Finding]:
    for folder in (paths.data, paths.kept_lists):
        found = FILES.look(folder)
        if found is not None and stat.S_IMODE(found.st_mode) & 0o077:
            yield Finding("note", f"{folder} is open to others", f"chmod 700 '{folder}'")
    if not os.access(paths.data, os.W_OK):
        yield Finding("problem", f"{paths.data} cannot be written", "See whose folder it is")


def _cache(paths: Paths) -> Iterator[Finding]:
    if not paths.cache.is_dir():
        return
    if not os.access(paths.cache, os.W_OK):
        yield Finding("note", f"the cache {paths.cache} cannot be written: starting takes longer")
    for file in sorted(paths.cache.glob("*.sqlite")):
        try:
            with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as one:
                ((said,),) = one.execute("PRAGMA quick_check(1)")
        except sqlite3.Error as error:
            said = str(error)
        if said != "ok":
            yield Finding(
                "note", f"{file} is damaged ({clean(said)})", "It is made again by itself"
            )
