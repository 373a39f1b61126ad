"""Snapshot and journal on disk: what is read, appended, folded and set aside.

All methods that write are called with the lock held and everything that is on disk taken over.
Errors are `OSError` from here; what they mean for the library is the caller's to say.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from readq.atomic import FILES, Files, SyncFailed, read_open, release, write_bytes
from readq.errors import Damaged
from readq.store import snapshot
from readq.store.clock import utc_now
from readq.store.join import join_puts
from readq.store.journal import Base, Put, Scan, base_of, entry, header, replace_mark
from readq.store.journal_file import Identity, JournalFile, identity_of, open_journal
from readq.store.migrations import FORMATS, Formats, migrate
from readq.store.snapshot import Tables

_TRIES = 50
"""How often to look again when another process writes while we read."""

WHOLE_BELOW = 32768
"""A library smaller than this (bytes) is one file without a journal: writing it takes 1 ms."""


class Disk:
    """The files of one library, as this process last saw them."""

    def __init__(
        self,
        path: Path,
        *,
        files: Files = FILES,
        whole_below: int = WHOLE_BELOW,
        formats: Formats = FORMATS,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.path = path
        self.journal_path = path.with_name(path.name + ".journal")
        self.whole_below = whole_below
        """A library smaller than this is written anew at each transaction."""
        self.notices: list[str] = []
        """What was found, and what was set aside where."""
        self.unsure: SyncFailed | None = None
        """What the disk did not confirm although the transaction is safe: the last one that is."""
        self.must_rewrite = False
        """Whether the next transaction must write everything, as the files do not fit together."""
        self.snapshot_size = 0
        self.migrated_from: int | None = None
        """The format of the files, where memory is ahead of them."""
        self._files = files
        self._formats = formats
        self._now = now
        self._snapshot: Identity | None = None
        self._base: Base | None = None
        self._journal: JournalFile | None = None

    @property
    def journal_size(self) -> int:
        """Bytes of transactions in the journal."""
        return self._journal.content_size if self._journal is not None else 0

    def close(self) -> None:
        """Let go of the journal."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    # Reading.

    def load(self) -> Tables | None:
        """Everything that is on disk; None when there is nothing. `Damaged` or `TooNew` otherwise.

        Needs no lock: when the files do not fit together because another process is at work, it
        looks again. What has an earlier format is migrated: in memory, until the next transaction.
        """
        tables = self._load()
        if tables is not None:
            self.migrated_from = migrate(tables, self._formats)
            self.must_rewrite = self.must_rewrite or self.migrated_from is not None
        return tables

    def _load(self) -> Tables | None:
        self.must_rewrite = False
        for _ in range(_TRIES):
            self.close()
            self._journal = journal = open_journal(self.journal_path, files=self._files)
            found = self._read_snapshot()
            if found is None:
                if journal is None:
                    self._snapshot, self._base, self.snapshot_size = None, None, 0
                    return None
                if self._settled(journal, None):
                    raise self._gone()
                continue
            data, identity = found
            base = base_of(data)
            # A snapshot that a journal names by its checksum is one that readq wrote.
            ours = journal is not None and base in journal.found.bases
            if journal is None or ours or self._settled(journal, identity):
                tables = snapshot.parse_as_written(
                    data, self.path, ours=ours, formats=self._formats
                )
                self._snapshot, self._base, self.snapshot_size = identity, base, len(data)
                return tables if journal is None else self._replay(tables, journal, base)
        raise Damaged(
            f"the library {self.path} changes too fast to be read",
            hint="Another program writes it; stop that, then try again",
        )

    def catch_up(self) -> list[Put] | Tables | None:
        """What other processes wrote since: a few puts, everything anew, or None for nothing."""
        news = self._catch_up()
        # What is put into files of an earlier format has that format too.
        return self.load() if news and self.migrated_from is not None else news

    def _catch_up(self) -> list[Put] | Tables | None:
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
            if mine.is_at(journal):
                if mine.size == mine.good:
                    return None
                if mine.size < mine.good:
                    mine.give_up()
                    self.must_rewrite = True  # as above
                    return None
        return self._news(mine, current, journal)

    def _news(
        self, mine: JournalFile | None, current: Identity | None, journal: Identity | None
    ) -> list[Put] | Tables | None:
        tail = mine.tail() if mine is not None else None
        if mine is None or tail is None:
            return self.load()
        if tail.bad:
            self._note_bad_lines(tail)
        puts = tail.puts()
        if current == self._snapshot:
            if mine.is_at(journal):
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
        self._journal = journal = open_journal(self.journal_path, files=self._files)
        if journal is not None:
            if self._base is None or not journal.follows_on(self._base):
                return self.load()
            puts = puts + journal.found.puts(self._base)
        return puts or None

    def _replay(self, tables: Tables, journal: JournalFile, base: Base) -> Tables:
        found = journal.found
        if found.bad:
            self._note_bad_lines(found)
            self.must_rewrite = True
        if base in found.bases and (found.headed or not found.bad):
            for put in found.puts(base):
                apply(tables, put)
            return tables
        journal.damaged = self.must_rewrite = True
        if not found.parts:
            self._note(f"{self.journal_path.name} cannot be read: what it had is not here")
        joined, changed = join_puts(tables, found.puts())
        if changed:
            self._note(
                f"{self.path.name} was changed by another program; {changed} changes that its"
                " journal had were joined with it"
            )
        return joined

    def _read_snapshot(self) -> tuple[bytes, Identity] | None:
        try:
            descriptor = self._files.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return None
        try:
            data = read_open(descriptor, self.path, files=self._files)
            return data, identity_of(self._files.status(descriptor))
        finally:
            release(descriptor, files=self._files)

    def _settled(self, journal: JournalFile, identity: Identity | None) -> bool:
        """Whether both files are still what was read."""
        return (
            self._identity(self.path) == identity
            and journal.is_at(self._identity(self.journal_path))
            and journal.size == journal.read
        )

    def _identity(self, path: Path) -> Identity | None:
        found = self._files.look(path)
        return None if found is None else identity_of(found)

    def _gone(self) -> Damaged:
        return Damaged(
            f"the library {self.path} is gone, but its journal is there",
            hint="Nothing was changed; put the newest copy from"
            f" {self.path.parent / 'backups'} in its place: the journal is joined with it",
        )

    def _note_bad_lines(self, found: Scan) -> None:
        self._note(
            f"{len(found.bad)} damaged lines of {self.journal_path.name} cannot be read; all others"
            " were"
        )

    def _note(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    # Writing.

    def commit(self, puts: Sequence[Put], tables: Tables) -> None:
        """Put a transaction on the disk; `tables` is everything with it.

        When it raises, the disk holds what it held before; only after `SyncFailed` it may hold the
        transaction too.
        """
        journal = self._journal
        if self.must_rewrite or self._base is None:
            self.rewrite(tables, replace_mark)
        elif journal is not None and journal.follows_on(self._base):
            self._append(journal, entry(puts))
        elif journal is not None or self.snapshot_size < self.whole_below:
            self.rewrite(tables, replace_mark)
        else:
            self._replace(self.journal_path, header(self._base) + entry(puts))
            self._journal = open_journal(self.journal_path, files=self._files)

    def rewrite(self, tables: Tables, mark: Callable[[Base], bytes]) -> None:
        """Write `tables` as the snapshot; the journal begins anew, or goes when it is not needed.

        `mark`: `fold_mark` when `tables` are what is on disk already, else `replace_mark`.
        """
        if self.migrated_from is not None:
            self._keep_old_format()
        data = snapshot.render(tables)
        base = base_of(data)
        journal = self._journal
        if journal is not None and journal.damaged:
            self._set_aside(journal)
        elif journal is not None:
            # Should this process end between the next two steps, the mark tells that what the
            # journal has is in the snapshot already.
            self._append(journal, mark(base))
        self._replace(self.path, data)
        self._snapshot = self._identity(self.path)
        self._base, self.snapshot_size, self.must_rewrite = base, len(data), False
        self.migrated_from = None
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
            self._journal = open_journal(self.journal_path, files=self._files)

    def _keep_old_format(self) -> None:
        """Make a backup of the files as they are, for a version that knows no newer format."""
        from readq.store import backup

        there = Disk(self.path, files=self._files, formats=self._formats)
        try:
            tables = there._load()
        finally:
            there.close()
        if tables is not None:
            data = snapshot.render(tables)
            reason = "before-migration"
            backup.make(self.path, data, self._now(), reason=reason, files=self._files)

    def _append(self, journal: JournalFile, line: bytes) -> None:
        if journal.size > journal.good:
            self._set_aside(journal)
        journal.append(line)

    def _set_aside(self, journal: JournalFile) -> None:
        aside = journal.set_aside(self.path.with_name(f"{self.path.name}.damaged"))
        if aside is not None:
            self._note(f"What could not be read of the journal is kept in {aside}")

    def _replace(self, path: Path, data: bytes) -> None:
        write_bytes(path, data, files=self._files)


def apply(tables: Tables, put: Put) -> None:
    """Do one put in memory."""
    documents = tables.setdefault(put.table, {})
    if put.document is None:
        documents.pop(put.key, None)
    else:
        documents[put.key] = put.document
