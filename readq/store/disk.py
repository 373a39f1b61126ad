"""Snapshot and journal on disk: what is read, appended, folded and set aside.

All methods that write are called with the lock held and everything that is on disk taken over.
Errors are `OSError` from here; what they mean for the library is the caller's to say.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from readq.atomic import FILES, Files, SyncFailed, read_open, release, sync, write_all, write_bytes
from readq.errors import Damaged, TooNew
from readq.store import snapshot
from readq.store.join import join_puts
from readq.store.journal import Base, Put, Scan, base_of, entry, header, replace_mark, scan
from readq.store.snapshot import Tables

_TRIES = 50
"""How often to look again when another process writes while we read."""

Identity = tuple[int, ...]


@dataclass(slots=True)
class _Journal:
    """The open journal."""

    descriptor: int
    identity: Identity
    size: int
    """How far it was read when it was opened."""
    good: int
    """Where its last good line ends. What comes after it is torn, or being written."""
    last: bytes
    """That line."""
    head: int
    """Where its first line ends."""
    damaged: bool
    """Whether lines before `good` cannot be read, or the head is missing."""
    bases: tuple[Base, ...]
    """The snapshots that it names."""
    ends_with: Base | None
    """The one that its last line names, if it does."""


class Disk:
    """The files of one library, as this process last saw them."""

    def __init__(self, path: Path, *, files: Files = FILES, whole_below: int = 65536) -> None:
        self.path = path
        self.journal_path = path.with_name(path.name + ".journal")
        self.whole_below = whole_below
        """A library smaller than this (bytes) is written anew at each transaction: no journal."""
        self.notices: list[str] = []
        """What was found, and what was set aside where."""
        self.unsure: SyncFailed | None = None
        """What the disk did not confirm although the transaction is safe: the last one that is."""
        self.must_rewrite = False
        """Whether the next transaction must write everything, as the files do not fit together."""
        self.snapshot_size = 0
        self._files = files
        self._snapshot: Identity | None = None
        self._base: Base | None = None
        self._journal: _Journal | None = None

    @property
    def journal_size(self) -> int:
        """Bytes in the journal after its head; 0 without one."""
        return self._journal.good - self._journal.head if self._journal is not None else 0

    def close(self) -> None:
        """Let go of the journal."""
        if self._journal is not None:
            release(self._journal.descriptor, files=self._files)
            self._journal = None

    # Reading.

    def load(self) -> Tables | None:
        """Everything that is on disk; None when there is nothing. `Damaged` or `TooNew` otherwise.

        Needs no lock: when the files do not fit together because another process is at work, it
        looks again.
        """
        self.must_rewrite = False
        for _ in range(_TRIES):
            self.close()
            journal = self._open_journal()
            found = self._read_snapshot()
            if found is None:
                if journal is None:
                    self._snapshot, self._base, self.snapshot_size = None, None, 0
                    return None
                if self._settled(None):
                    raise Damaged(
                        f"the library {self.path} is gone, but its journal is there",
                        hint="Nothing was changed; `readq restore salvage` joins a backup with the journal",
                    )
                continue
            data, identity = found
            base = base_of(data)
            if journal is None or base in journal.bases or self._settled(identity):
                # A snapshot that a journal names by its checksum is one that readq wrote.
                ours = journal is not None and base in journal.bases
                tables = snapshot.parse(data, self.path, ours=ours)
                self._snapshot, self._base, self.snapshot_size = identity, base, len(data)
                return tables if journal is None else self._replay(tables, journal, data)
        raise Damaged(
            f"the library {self.path} changes too fast to be read",
            hint="Another program writes it; stop that, then try again",
        )

    def catch_up(self) -> list[Put] | Tables | None:
        """What other processes wrote since: a few puts, everything anew, or None for nothing."""
        current = self._identity(self.path)
        journal = self._identity(self.journal_path)
        mine = self._journal
        if current is None and self._snapshot is not None:
            # Somebody removed the file. Memory knows what was in it: no reason to forget.
            self.must_rewrite = True
            return None
        if current == self._snapshot:
            if mine is None:
                return None if journal is None else self._take_up([])
            if journal is None:
                self.close()
                self.must_rewrite = True  # as above
                return None
            if journal[:2] == mine.identity[:2] and self._size(mine) < mine.good:
                mine.good = self._size(mine)
                mine.damaged = self.must_rewrite = True  # as above
                return None
        if mine is None or (puts := self._tail(mine)) is None:
            return self.load()
        if current == self._snapshot and journal is not None:
            if journal[:2] == mine.identity[:2]:
                return puts or None
            return self._take_up(puts) if mine.ends_with == self._base else self.load()
        # Another process folded the journal: when its end names the new snapshot, all is known.
        found = self._read_snapshot()
        if found is None or mine.damaged or mine.ends_with != (base := base_of(found[0])):
            return self.load()
        self._snapshot, self._base, self.snapshot_size = found[1], base, len(found[0])
        return self._take_up(puts)

    def _take_up(self, puts: list[Put]) -> list[Put] | Tables | None:
        """Go on with the journal that is there now, after `puts`."""
        self.close()
        found = self._open_journal()
        if found is None:
            return puts or None
        if found.bad or not found.headed or self._base not in found.bases:
            return self.load()
        return puts + found.puts(self._base) or None

    def _tail(self, journal: _Journal) -> list[Put] | None:
        """What was put after what is known; None when the journal is not what it was."""
        start = journal.good - len(journal.last)
        if self._size(journal) == journal.good:
            return []
        more = read_open(journal.descriptor, self.journal_path, start, files=self._files)
        if not more.startswith(journal.last):
            return None
        found = scan(more[len(journal.last) :])
        if found.parts:
            journal.good += found.end
            journal.last = found.last
            journal.bases += found.bases
            journal.ends_with = found.ends_with
        if found.bad:
            self._note_bad_lines(found)
            journal.damaged = self.must_rewrite = True
        return found.puts()

    def _replay(self, tables: Tables, found: Scan, data: bytes) -> Tables:
        assert self._journal is not None
        base = base_of(data)
        if found.bad:
            self._note_bad_lines(found)
            self._journal.damaged = self.must_rewrite = True
        if base in found.bases and not (found.bad and not found.headed):
            for put in found.puts(base):
                apply(tables, put)
            return tables
        self._journal.damaged = self.must_rewrite = True
        if not found.parts:
            self._note(
                f"{self.journal_path.name} cannot be read. `readq restore` offers the backups"
            )
        joined, changed = join_puts(tables, found.puts())
        if changed:
            self._note(
                f"{self.path.name} was changed by another program; {changed} changes that its"
                " journal had were joined with it"
            )
        return joined

    def _open_journal(self) -> Scan | None:
        try:
            descriptor = self._files.open(
                self.journal_path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            )
        except FileNotFoundError:
            return None
        try:
            data = read_open(descriptor, self.journal_path, files=self._files)
            found = scan(data)
            if found.newer:
                raise TooNew(
                    f"the journal {self.journal_path} was written by a newer readq",
                    hint="It was left as it is; upgrade readq to open it",
                )
            state = self._files.status(descriptor)
        except BaseException:
            release(descriptor, files=self._files)
            raise
        self._journal = _Journal(
            descriptor=descriptor,
            identity=_identity(state),
            size=len(data),
            good=found.end,
            last=found.last,
            head=data.find(b"\n") + 1 if found.headed else 0,
            damaged=bool(found.bad) or not found.headed,
            bases=found.bases,
            ends_with=found.ends_with,
        )
        return found

    def _read_snapshot(self) -> tuple[bytes, Identity] | None:
        try:
            descriptor = self._files.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return None
        try:
            data = read_open(descriptor, self.path, files=self._files)
            return data, _identity(self._files.status(descriptor))
        finally:
            release(descriptor, files=self._files)

    def _settled(self, identity: Identity | None) -> bool:
        """Whether both files are still what was read."""
        journal = self._journal
        return self._identity(self.path) == identity and (
            journal is not None
            and self._identity(self.journal_path)
            == _identity(self._files.status(journal.descriptor))
            and self._size(journal) == journal.size
        )

    def _note_bad_lines(self, found: Scan) -> None:
        self._note(
            f"{len(found.bad)} damaged lines of {self.journal_path.name} cannot be read; all others"
            " were. `readq restore` offers the backups"
        )

    def _note(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _size(self, journal: _Journal) -> int:
        return self._files.status(journal.descriptor).st_size

    def _identity(self, path: Path) -> Identity | None:
        found = self._files.look(path)
        return None if found is None else _identity(found)

    # Writing.

    def commit(self, puts: Sequence[Put], tables: Tables) -> None:
        """Put a transaction on the disk; `tables` is everything with it.

        When it raises, the disk holds what it held before; only after `SyncFailed` it may hold the
        transaction too.
        """
        if (
            self.must_rewrite
            or self._base is None
            or (self._journal is None and self.snapshot_size < self.whole_below)
        ):
            self.rewrite(tables, replace_mark)
        elif self._journal is None:
            self._start_journal(puts)
        else:
            self._append(self._journal, entry(puts))

    def rewrite(self, tables: Tables, mark: Callable[[Base], bytes]) -> None:
        """Write `tables` as the snapshot; the journal begins anew, or goes when it is not needed.

        `mark`: `fold_mark` when `tables` are what is on disk already, else `replace_mark`.
        """
        data = snapshot.render(tables)
        base = base_of(data)
        journal = self._journal
        if journal is not None:
            if journal.damaged or self._size(journal) > journal.good:
                self._set_aside(journal)
            if not journal.damaged:
                # Should this process end between the two steps below, the mark tells that the
                # journal is in the snapshot already.
                self._append(journal, mark(base))
        self._replace(self.path, data)
        self._snapshot = self._identity(self.path)
        self._base, self.snapshot_size, self.must_rewrite = base, len(data), False
        try:
            if len(data) >= self.whole_below:
                self._replace(self.journal_path, header(base))
            elif journal is not None:
                self._files.remove(self.journal_path)
        except SyncFailed as error:
            self.unsure = error
        except OSError:
            pass  # harmless when the old one stays: see the mark
        self.close()
        with suppress(OSError):  # it will be found when it is needed
            self._open_journal()

    def _start_journal(self, puts: Sequence[Put]) -> None:
        assert self._base is not None
        data = header(self._base) + entry(puts)
        self._replace(self.journal_path, data)
        found = self._open_journal()
        assert found is not None

    def _append(self, journal: _Journal, data: bytes) -> None:
        if self._size(journal) > journal.good:
            self._set_aside(journal)
        descriptor = self._files.open(self.journal_path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
        try:
            try:
                write_all(descriptor, data, files=self._files)
                sync(descriptor, data_only=True, files=self._files)
            except BaseException:
                with suppress(OSError):  # if not now, the next writer finds a torn end
                    self._files.truncate(descriptor, journal.good)
                raise
        finally:
            release(descriptor, files=self._files)
        journal.good += len(data)
        journal.last = data
        journal.ends_with = None

    def _set_aside(self, journal: _Journal) -> None:
        """Keep what cannot be read under a name of its own, and cut a torn end off."""
        torn = read_open(journal.descriptor, self.journal_path, journal.good, files=self._files)
        if journal.damaged:
            kept = read_open(journal.descriptor, self.journal_path, files=self._files)
        else:
            kept = torn
        if kept.strip(b"\0"):
            aside = self.path.with_name(f"{self.path.name}.damaged-{zlib.crc32(kept):08x}")
            if self._files.look(aside) is None:
                self._replace(aside, kept)
            self._note(f"What could not be read of the journal is kept in {aside}")
        if torn:
            descriptor = self._files.open(self.journal_path, os.O_WRONLY | os.O_NOFOLLOW)
            try:
                self._files.truncate(descriptor, journal.good)
            finally:
                release(descriptor, files=self._files)

    def _replace(self, path: Path, data: bytes) -> None:
        write_bytes(path, data, files=self._files)


def apply(tables: Tables, put: Put) -> None:
    """Do one put in memory."""
    documents = tables.setdefault(put.table, {})
    if put.document is None:
        documents.pop(put.key, None)
    else:
        documents[put.key] = put.document


def _identity(state: os.stat_result) -> Identity:
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
