"""Where citations have their venue: after title and names, right before the year."""

from __future__ import annotations

import re
from dataclasses import replace

from readq.lists.blocks.model import Style
from readq.lists.fields.atoms import Atom, What
from readq.lists.fields.evidence import CITATION

_WORDS = (What.TEXT, What.NAMES)
_MAX_WORDS = 12
_ABBREVIATED = re.compile(r"[A-Z][A-Za-z]{0,7}")


_ONE = r"[^\W\d_][\w'’-]+(?: [A-Z][\w'’-]+)*(?: [A-Z])+"
_INITIALS = re.compile(rf"((?:by )?{_ONE}(?:, {_ONE})*)\. (?=(?:[A-Z]\w+|The) |[A-Z]\w{{3}})")
_STATE = re.compile(
    r"(?i)(?:preprints?|unpublished|manuscript|draft|in press|to appear|submitted|accepted|online|published)\W*"
)
"""What is said of a paper that has no venue yet."""


def mark_dated(text: str, atoms: list[Atom]) -> list[Atom]:
    """`atoms` with those marked that stand where a venue is due; an abbreviated one made whole."""
    out: list[Atom] = []
    titled = named = False
    for index, atom in enumerate(atoms):
        after = atoms[index + 1] if index + 1 < len(atoms) else None
        if titled and after is not None and _leads(atom, after):
            match = _INITIALS.match(atom.text)
            if match:
                # "Lee A, Chen B. Journal of the Field, 2010"
                end = atom.start + match.end(1)
                out.append(replace(atom, end=end, text=match[1], what=What.NAMES))
                rest = match.end()
                atom.start, atom.text, atom.sep = atom.start + rest, atom.text[rest:], "."
                atom.what, named = What.TEXT, True
        if titled and named and after is not None and _leads(atom, after):
            atom.dated = True
            while len(out) > 2 and _goes_on(out[-1], atom):
                # "Front. Mol. Biosci., 2022"
                before = out.pop()
                atom.start, atom.sep, atom.line = before.start, before.sep, before.line
                atom.text, atom.what = text[atom.start : atom.end], What.TEXT
        named = named or atom.what in (What.NAMES, What.ET_AL)
        titled = titled or (atom.what == What.TEXT and len(atom.text.split()) >= 3)
        out.append(atom)
    return out


def _leads(atom: Atom, year: Atom) -> bool:
    """Whether `atom` and the year after it are one phrase."""
    return (
        year.what == What.YEAR
        and atom.what in _WORDS
        and year.sep in (",", "", "(")
        and atom.sep in (".", ",", "\r", "\x1d", "\n", "")
        and (year.part, year.style, year.link) == (atom.part, atom.style, atom.link)
        and atom.link < 0
        and not atom.wrap
        and len(atom.text.split()) <= _MAX_WORDS
        and (atom.text[0].isupper() or atom.text.startswith("by "))
        and not (_STATE.fullmatch(atom.text) or CITATION.match(atom.text))
    )


def _goes_on(before: Atom, atom: Atom) -> bool:
    """Whether the full stop between two atoms in italics is that of an abbreviation."""
    return (
        atom.sep == "."
        and before.style == atom.style
        and bool(atom.style & Style.EMPHASIS)
        and (before.part, before.link, before.wrap) == (atom.part, atom.link, atom.wrap)
        and _ABBREVIATED.fullmatch(before.text) is not None
    )
