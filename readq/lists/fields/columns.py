"""What the heads of a table's columns say of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readq.lists.fields.atoms import Cut
from readq.lists.fields.vocabulary import HEADS

_BOTH = re.compile(r"\s*(?:[/,&|]|\band\b|\bor\b)\s*")
_SHORT = frozenset(["j", "c", "conf", "jour", "journ", "proc", "w"])
"""Journal, conference, workshop: where one of them stands beside another, letters do."""


def hint(pieces: Cut, columns: Sequence[str]) -> None:
    """Tell each atom of a table's row what the head of its column suggests."""
    labels = [_label(column.strip(" *_:")) for column in columns]
    if "T" not in labels and "K" in labels:
        # Where no column is for titles, the one for names is.
        labels = ["T" if label == "K" else label for label in labels]
    for atom in pieces.atoms:
        column = int(atom.part[1:]) if atom.part[1:].isdigit() else len(labels)
        if column < len(labels):
            # Where one column is for venues, no other one has them.
            atom.hint = labels[column] or ("-V" if "V" in labels else "")


def _label(head: str) -> str:
    """The field that a column's head names; "" for none or more than one."""
    found = HEADS.get(head, "")
    if not found:
        parts = _BOTH.split(head.lower())
        if len(parts) > 1:
            labels = {"V" if part in _SHORT else HEADS.get(part, "") for part in parts}
            found = labels.pop() if len(labels) == 1 else ""
    return found
