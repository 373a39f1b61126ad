"""Which records a kept catalogue was made with, so that a new one does not make it void.

Touching a paper fixes its id. The catalogue that gave out the id is right about it already; only
a record that came from elsewhere, or that means another paper, calls for naming everything anew.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from readq.catalogue.cache import replacing
from readq.model.paper import PaperId

Fixed = Mapping[PaperId, Sequence[str]]
"""Ids that records hold, with the identities that their papers were ever seen under."""

Fingerprints = Mapping[PaperId, int]
"""For every fixed id a number that changes when its identities do."""

_WORTH_KEEPING = 100
"""So many records to look at anew take longer than writing down that they are right."""


class Claims:
    """The file beside a catalogue that says which records are known to agree with it."""

    def __init__(self, file: Path, key: str) -> None:
        self.file = file
        self.key = key
        """Of the catalogue."""

    def hold(
        self, connection: sqlite3.Connection, fixed: Fixed, fingerprints: Fingerprints
    ) -> bool:
        """Whether the catalogue behind `connection` gives every fixed id to the right paper."""
        known = self._known()
        new = {
            name: fixed[name]
            for name, fingerprint in fingerprints.items()
            if known.get(name) != fingerprint
        }
        # A record that is gone sets its id free, but no paper has to change its id for that.
        if new and not _agree(connection, new):
            return False
        if len(new) >= _WORTH_KEEPING:
            self.keep(fingerprints)
        return True

    def keep(self, fingerprints: Fingerprints) -> None:
        """Write down that the catalogue agrees with records of those fingerprints; nothing is said
        when that fails."""
        with contextlib.suppress(OSError), replacing(self.file) as file:
            file.write_text(json.dumps([self.key, dict(fingerprints)]), encoding="utf-8")

    def _known(self) -> Mapping[str, int]:
        try:
            key, sums = json.loads(self.file.read_bytes())
        except (OSError, ValueError, TypeError, RecursionError):
            return {}
        return sums if key == self.key and isinstance(sums, dict) else {}


def fingerprints_of(fixed: Fixed) -> Fingerprints:
    """Fingerprints, where nobody has them at hand."""
    return {
        name: zlib.crc32("\n".join(identities).encode("utf-8", "replace"))
        for name, identities in fixed.items()
    }


def _agree(connection: sqlite3.Connection, fixed: Fixed) -> bool:
    """Whether each id of `fixed` belongs to the only paper that its identities name, if any."""
    owners: dict[str, set[str]] = {name: set() for name in fixed}
    pairs = [
        [name, one]
        for name, identities in fixed.items()
        for one in identities
        if not one.startswith("part:")
    ]
    for name, owner in connection.execute(
        "SELECT DISTINCT json_extract(j.value, '$[0]'), p.id FROM json_each(?) j"
        " JOIN identities i ON i.identity = json_extract(j.value, '$[1]') AND i.sure"
        " JOIN papers p ON p.number = i.paper",
        (json.dumps(pairs),),
    ):
        owners[name].add(owner)
    present = {
        row[0]
        for row in connection.execute(
            "SELECT p.id FROM json_each(?) j JOIN papers p ON p.id = j.value",
            (json.dumps(list(fixed)),),
        )
    }
    return all(owned == ({name} & present) for name, owned in owners.items())
