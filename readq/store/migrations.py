"""Libraries of earlier formats, brought up to what this version writes.

A new format comes as one step here, from the format before it, and a raised `FORMAT`; what earlier
versions wrote stays in the tests and keeps opening. Migrating happens in memory. The file itself
changes with the first act after it, when a backup of it as it was has been made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import NamedTuple, TypeAlias

from readq.store.schema import FORMAT, META, META_KEY, Document

Step: TypeAlias = Callable[[dict[str, MutableMapping[str, Document]]], None]
"""Makes tables of one format tables of the next. Sets documents anew; never changes one."""

STEPS: Mapping[int, Step] = {}
"""By the format that each starts from; there is one for every format below `FORMAT`."""


class Formats(NamedTuple):
    """What can be read: the newest format, and how to get there from the others."""

    newest: int = FORMAT
    steps: Mapping[int, Step] = STEPS


FORMATS = Formats()
"""Those of this version."""


def migrate(
    tables: dict[str, MutableMapping[str, Document]], formats: Formats = FORMATS
) -> int | None:
    """Bring `tables` up to the newest format: the one that they had, None if it was that already."""
    about = tables[META][META_KEY]
    before: int = about["format"]
    if before == formats.newest:
        return None
    for number in range(before, formats.newest):
        formats.steps[number](tables)
    tables[META] = {META_KEY: {**about, "format": formats.newest}}
    return before
