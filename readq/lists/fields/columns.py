"""What the heads of a table's columns say of its cells."""

from __future__ import annotations

from collections.abc import Sequence

from readq.lists.fields.atoms import Cut
from readq.lists.fields.vocabulary import HEADS


def hint(pieces: Cut, columns: Sequence[str]) -> None:
    """Tell each atom of a table's row what the head of its column suggests."""
    labels = [HEADS.get(column.strip(" *_:"), "") for column in columns]
    if "T" not in labels and "K" in labels:
        # Where no column is for titles, the one for names is.
        labels = ["T" if label == "K" else label for label in labels]
    for atom in pieces.atoms:
        column = int(atom.part[1:]) if atom.part[1:].isdigit() else len(labels)
        if column < len(labels):
            atom.hint = labels[column]
