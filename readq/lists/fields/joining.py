"""Runs and atoms that belong together: words set singly, names that commas part, long venues."""

from __future__ import annotations

import re
from dataclasses import replace

from readq.lists.blocks.model import Run, Style
from readq.lists.fields import names
from readq.lists.fields.atoms import Atom, What
from readq.lists.fields.vocabulary import LONG_VENUE

_MAX_NAMES = 4_000
_SURNAME = re.compile(r"(?:(?:and|&) )?[A-Z][a-z]+\.?")
_EMPHASES = Style.STRONG | Style.EMPHASIS
_LOWER = re.compile(r"(?<![\w'’.-])(?!and\b|van\b|von\b|der\b|del\b)[a-z]{3,}")


def joined(runs: list[Run]) -> list[Run]:
    """`runs` with neighbours of one style made one.

    Some generators set every single word in italics: blanks between such words take their style,
    and what is then set off all over a block is not set off at all.
    """
    if len(runs) < 4:
        return runs
    out: list[Run] = []
    for index, run in enumerate(runs):
        before = out[-1] if out else None
        if (
            before is not None
            and run.url is None
            and before.url is None
            and not (run.style | before.style) & ~_EMPHASES
            and before.text[-1:].isalnum()
            and run.text[:1].isalnum()
        ):
            # A word that changes its style half-way is one word.
            style = before.style if len(before.text) >= len(run.text) else run.style
            out[-1] = before._replace(text=before.text + run.text, style=style)
            continue
        if before is not None and before.style & _EMPHASES and before.url is None:
            after = runs[index + 1] if index + 1 < len(runs) else None
            blank = not run.style and run.url is None and not run.text.strip(" \n\t\xa0")
            if blank and after is not None and after.style == before.style and after.url is None:
                out[-1] = before._replace(text=before.text + run.text)
                continue
            if run.style == before.style and run.url is None:
                out[-1] = before._replace(text=before.text + run.text)
                continue
        out.append(run)
    for flag in (Style.STRONG, Style.EMPHASIS):
        stretches = [run for run in out if run.style & flag and not run.style & Style.QUOTE]
        if len(stretches) >= 4:
            words = sum(len(run.text) for run in out if not run.style & Style.QUOTE)
            if sum(len(run.text) for run in stretches) > 0.6 * words:
                out = [run._replace(style=run.style & ~flag) for run in out]
    return out


def merge_names(text: str, atoms: list[Atom], common: frozenset[str]) -> list[Atom]:
    """Atoms with the names that commas part made one."""
    out: list[Atom] = []
    for atom in atoms:
        if (atom.what == What.TEXT and atom.link < 0) or (
            atom.what == What.TEXT and atom.link >= 0 and len(atom.text.split()) <= 5
        ):
            known = len(atom.text) < 400 and len(_LOWER.findall(atom.text)) < 4
            score = names.quality(atom.text, common) if known else -4.0
        else:
            score = 3.0 if atom.what == What.ET_AL else atom.names
        before = out[-1] if out else None
        colon = atom.text.find(": ") if atom.what == What.TEXT else -1
        if (
            colon > 0
            and (before is None or before.what != What.NAMES)
            and len(atom.text[colon:].split()) > 3
            and names.quality(atom.text[:colon], common)
            >= (0.9 if re.search(r", | and | & ", atom.text[:colon]) else 1.2)
        ):
            head = replace(atom, end=atom.start + colon, text=atom.text[:colon], what=What.NAMES)
            out.append(head)
            lead = colon + 2 + len(atom.text[colon + 2 :]) - len(atom.text[colon + 2 :].lstrip())
            out.append(replace(atom, start=atom.start + lead, text=atom.text[lead:], sep="."))
            continue
        joins = (
            before is not None
            and before.what == What.NAMES
            and before.part == atom.part
            and before.wrap == atom.wrap
            and before.style == atom.style
            and atom.end - before.start < _MAX_NAMES
            and not before.text.endswith(("et al.", "et al", "others"))
            and (
                atom.sep in (",", ";", "")
                or (atom.sep == "." and re.search(r"(?:^|[\s.])[A-Z]$", before.text))
            )
            and before.link == atom.link
        )
        atom.names = score
        if joins and before is not None and ": " in atom.text:
            # "Ann Lee and Bo Chen: A title": the last name ends at the colon.
            left, _, right = atom.text.partition(": ")
            surely = before.text[-2:-1] in " ." or left.startswith("and ")
            if names.quality(left, common) > (-0.6 if surely else 0.3) and atom.what == What.TEXT:
                before.end = atom.start + len(left)
                before.text = text[before.start : before.end]
                start = atom.start + len(left) + 1 + (len(right) - len(right.lstrip())) + 1
                atom.start, atom.text, atom.sep = start, right.strip(), "."
                out.append(atom)
                continue
        if before is not None and atom.what == What.VENUE_YEAR and _names_series(before, atom):
            before.end, before.last, before.what = atom.end, atom.last, What.VENUE_YEAR
            before.text = text[before.start : before.end]
            continue
        if (
            before is not None
            and atom.what == What.ET_AL
            and before.what == What.TEXT
            and before.link < 0
            and _PERSON.fullmatch(before.text)
        ):
            before.what, before.names = What.NAMES, 1.5
        least = -1.0 if _SURNAME.fullmatch(atom.text) else -0.6
        if joins and before is not None and atom.sep == "," and _LAST_NAME.search(before.text):
            # After "and" comes the last name: only what must be a name goes on.
            least = 1.2
        if before is not None and joins and score > least:
            before.end = atom.end
            before.last = atom.last
            before.text = text[before.start : atom.end]
            before.names = min(4.0, max(before.names, 0.0) + 0.35 + 0.2 * score)
            continue
        if score > -0.6 and atom.what == What.TEXT and (score > 0.2 or len(atom.text.split()) == 1):
            atom.what = What.NAMES
        elif before is not None and atom.what == What.TEXT and _venue_goes_on(before, atom):
            before.end = atom.end
            before.last = atom.last
            before.text = text[before.start : atom.end]
            continue
        out.append(atom)
    return out


_LAST_NAME = re.compile(r"\band [A-Z][^,]*$")
_PERSON = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}")
_SERIES = re.compile(r"(?:[Ii]n:? )?(?:[Tt]he )?(?:Proceedings|Proc\.?|Findings)(?: of)?(?: the)?")


def _names_series(before: Atom, atom: Atom) -> bool:
    """Whether "Proceedings of" goes on with a venue's short name and year."""
    return (
        not atom.sep
        and before.part == atom.part
        and before.style == atom.style
        and _SERIES.fullmatch(before.text) is not None
    )


def _venue_goes_on(before: Atom, atom: Atom) -> bool:
    """Whether a comma, or a line's end, parts two halves of one venue.

    "International Conference on Acoustics, Speech and Signal Processing".
    """
    if not (
        before.what in (What.TEXT, What.NAMES)
        and before.style == atom.style
        and before.part == atom.part
        and len(atom.text.split()) <= 6
        and LONG_VENUE.match(before.text)
    ):
        return False
    if atom.sep == "\n":  # wrapped
        return not before.text.endswith((")", "."))
    joint = atom.text[:1].islower() or re.search(r"\b(?:and|&)\b", atom.text) is not None
    return atom.sep == "," and joint
