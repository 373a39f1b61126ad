"""Another machine's copy of the library, taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from readq import atomic
from readq.errors import Damaged, StoreError, UsageError
from readq.library.sharing import settle
from readq.library.wording import count, counted
from readq.model.paper import PaperId
from readq.model.record import Event
from readq.paths import Paths
from readq.store.backup import folder_of
from readq.store.clock import utc_now
from readq.store.merging_act import Merged, Merging, read_copy
from readq.store.merging_copies import conflict_copies, is_own

_AHEAD = timedelta(hours=1)
"""A clock that is further ahead than this is worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How merging went."""

    message: str
    """What to show: "Merged: 3 papers, 1 list"."""
    remarks: tuple[str, ...]
    """What else to tell, a line each."""
    event: Event | None
    """None when the library had everything already."""
    both: tuple[PaperId, ...]
    """Papers whose note was written on both sides: it holds both texts now."""


def take(paths: Paths, other: Path, now: Callable[[], datetime] = utc_now) -> Taken:
    """Merge another copy of the library (a file, its folder, a conflict copy) into this one.

    One act, after a backup. Lists that came along bring their kept copies. A conflict copy beside
    the library moves to the backups, for it has nothing left to say. Raises `UsageError`,
    `NotFound`, `StoreError`.
    """
    if is_own(paths.library_file, other):
        raise UsageError("that is this very library", hint="readq merge takes another copy of it")
    try:
        tables = read_copy(other)
    except Damaged as error:
        # What helps a damaged library of one's own does not help this one.
        raise StoreError(error.message, hint="Both were left as they are") from error
    with Merging.open(paths.library_file, now=now) as store:
        merged = store.merge(tables)
        wanted = {one.file: one.sha256 for one in store.subscriptions}
    settle(paths.library_file)
    remarks = [*_both_told(merged), *_clock_told(merged, now())]
    if gone := _without_copy(paths.kept_lists, other, wanted):
        remarks.append(f"{counted(len(gone), 'list')} came without text: readq doctor says which")
    if any(other.samefile(one) for one in conflict_copies(paths.library_file)):
        remarks += _put_away(paths.library_file, other)
    return Taken(
        message=_told(merged), remarks=tuple(remarks), event=merged.event, both=merged.both
    )


def _told(merged: Merged) -> str:
    if merged.event is None:
        return "Nothing new: the library has all of it"
    lists = len({change.key for change in merged.event.changes if change.table == "lists"})
    parts = [count(len(merged.event.papers))] if merged.event.papers else []
    parts += [counted(lists, "list")] if lists else []
    return f"Merged: {', '.join(parts)}"


def _both_told(merged: Merged) -> Iterator[str]:
    if merged.both:
        yield (
            "Written on both machines, so that the note holds both texts: " + ", ".join(merged.both)
        )


def _clock_told(merged: Merged, now: datetime) -> Iterator[str]:
    latest = merged.latest[:19] if merged.latest else ""
    if latest > (now + _AHEAD).strftime("%Y-%m-%dT%H:%M:%S"):
        yield f"The other machine's clock is ahead: its last act is of {latest.replace('T', ' ')} UTC"


def _without_copy(folder: Path, other: Path, wanted: dict[str, str]) -> list[str]:
    """Bring the kept copies of lists that are not here yet; those that are not there either."""
    source = (other if other.is_dir() else other.parent) / "lists"
    missing = []
    for name, digest in wanted.items():
        if Path(name).name != name or (folder / name).is_file():
            continue
        try:
            data = atomic.read_bytes(source / name)
            if sha256(data).hexdigest() != digest:
                raise StoreError("another text")
            atomic.FILES.make_folder(folder)
            atomic.write_bytes(folder / name, data)
        except (OSError, StoreError):
            missing.append(name)
    return missing


def _put_away(library: Path, copy: Path) -> Iterator[str]:
    with suppress(OSError):  # merging it once more does no harm
        atomic.FILES.make_folder(folder_of(library))
        target = folder_of(library) / copy.name
        copy.replace(target)
        yield f"The copy is now {target}"
