"""Notes: kept exactly as written, and never at the cost of what was written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from readq.library.acts import edit, perform
from readq.library.shelf import Shelf
from readq.library.values import Done
from readq.library.wording import short
from readq.model.paper import PaperId
from readq.store.edits import Edit
from readq.store.view import View


def set_note(shelf: Shelf, paper: PaperId, note: str, base: str | None = None) -> Done:
    """Keep `note`, exactly; an empty one removes it.

    `base` is the text that `note` was made from: where another was stored since, both are kept.
    """
    title = short(shelf.title(paper))
    meanwhile = False

    def plan(view: View) -> Iterator[Edit]:
        nonlocal meanwhile
        stored = view.record(paper).note
        meanwhile = base is not None and stored not in (base, note) and note != base
        wanted = note
        if base is not None and stored != base:
            wanted = joined(base, stored, note)
        if wanted != stored:
            yield edit(paper, "note", wanted)

    done = perform(
        shelf,
        "note",
        (paper,),
        plan,
        unchanged=lambda: f"Note unchanged: {title}" if note else f"No note: {title}",
        message=f"Note saved: {title}" if note else f"Note removed: {title}",
    )
    if not meanwhile:
        return done
    kept = "both texts kept" if done.event is not None and note else "that text stays"
    return done._replace(message=f"The note changed meanwhile: {kept}")


def append_note(shelf: Shelf, paper: PaperId, addition: str) -> Done:
    """Add a paragraph to a note."""
    title = short(shelf.title(paper))

    def plan(view: View) -> Iterator[Edit]:
        note = view.record(paper).note
        if addition.strip():
            gap = "" if not note else "\n" if note.endswith("\n") else "\n\n"
            yield edit(paper, "note", note + gap + addition)

    return perform(
        shelf,
        "note",
        (paper,),
        plan,
        unchanged=lambda: f"Nothing to add to the note: {title}",
        message=f"Note saved: {title}",
    )


def joined(base: str, stored: str, note: str) -> str:
    """What `base` comes to when one made `stored` of it and another made `note`.

    Changes of different lines are both made; else the two texts stand one after the other, as they
    do when two copies of a library are merged. Who removed the text removes no other.
    """
    if note == base:
        return stored
    if stored in (base, note) or not stored:
        return note
    if not note:
        return stored
    if (merged := _by_lines(base, stored, note)) is not None:
        return merged
    from readq.store.merging import SEPARATOR, texts_of

    # Saving once more must not keep the same text once more.
    return stored if note in texts_of(stored) else SEPARATOR.join((stored, note))


def _by_lines(base: str, *versions: str) -> str | None:
    """`base` with the changes of all versions; None where they touch each other."""
    from difflib import SequenceMatcher

    lines = base.splitlines(keepends=True)
    hunks: list[tuple[int, int, list[str]]] = []
    for version in versions:
        new = version.splitlines(keepends=True)
        for kind, start, end, new_start, new_end in SequenceMatcher(None, lines, new).get_opcodes():
            if kind != "equal":
                hunks.append((start, end, new[new_start:new_end]))
    hunks = [hunk for index, hunk in enumerate(hunks) if hunk not in hunks[:index]]
    hunks.sort(key=lambda hunk: hunk[:2])
    # A line that neither changed stands between any two changes.
    if any(after[0] <= before[1] for before, after in pairwise(hunks)):
        return None
    for start, end, new in reversed(hunks):
        lines[start:end] = new
    return "".join(lines)
