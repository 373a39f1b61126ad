"""What the shape of an atom says by itself, before anything is known of its list.

Scores are log-odds by eye, one for each label that an atom can have: T title, A authors, V venue,
Y year, L link, N note, K nickname, F flag.
"""

from __future__ import annotations

import re
from functools import lru_cache

from readq.lists.blocks.model import Style
from readq.lists.fields import names
from readq.lists.fields.atoms import Atom, What
from readq.lists.fields.vocabulary import (
    AWARDS,
    FUNCTION_WORDS,
    INSTITUTIONS,
    LABELS,
    LONG_VENUE,
    TITLE_WORDS,
    is_venue_word,
)

Emission = dict[str, float]

_SENTENCE = re.compile(
    r"\b(?:we|this|these|which|is|are|was|were|it|has|have|can|our|i|you|they|be|proposes?|introduces?|presents?|provides?)\b"
)
# Where in a volume, who printed it, when it was looked at: of a citation, but in no field.
CITATION = re.compile(
    r"(?i)(?:vol(?:ume)?|pages?|pp?|nos?|number|issue|chapter|ch|article(?: no| id)?|isbn|issn|edition|eds?|series)\b\.?\s*(?:\d|[A-Z]?\d|$)"
    r"|\d+(?:\.\d+)*\s*(?:\(\d+\))?\s*(?::\s*)?(?:\d+\s*[-–—]+\s*\d+)?\W*$"
    r"|(?:accessed|last accessed|retrieved|available|online|accepted|submitted|to appear|under review|forthcoming|published|in press)\b"
    r"|(?:[\w.]+[: ,]+){0,3}(?:press|publishers?|publishing|verlag|springer|elsevier|wiley|association for computing machinery)\W*$"
)
_NUMBERS = re.compile(r"[\s,]+(?:vol\.?\s*)?\d[\d.:()–-]*\s*$", re.IGNORECASE)
DATED = 0.6
"""How much the place before the year alone speaks for a venue."""
_FIXED: dict[What, Emission] = {
    What.URL: {"L": 4.0},
    What.DOI: {"L": 3.0},
    What.ARXIV: {"V": 4.0},
    What.ET_AL: {"A": 4.0, "T": -4.0},
    What.YEAR: {"Y": 3.0, "T": -1.5, "N": -1.0},
    What.VENUE_YEAR: {"V": 4.0, "T": -2.0, "N": -1.0},
}


def emission(atom: Atom) -> Emission:
    """What the shape of `atom` alone says: a score for each label that it can have."""
    fixed = _FIXED.get(atom.what)
    if fixed is not None:
        return dict(fixed)
    if atom.what == What.LABEL:
        if is_venue_word(atom.text) and atom.text != "www":
            return {"L": 2.0, "V": 1.0 if atom.text.lower() in ("arxiv", "openreview") else 2.2}
        return {"L": 4.0, "T": -3.0}
    if atom.style & Style.QUOTE:
        return {"N": 4.0}
    scores = _Words(atom).scores()
    if atom.key:
        # The list says itself what this is.
        if atom.key in "NL":
            scores["N"] += 2.0
        else:
            scores[atom.key] = scores.get(atom.key, -1.0) + 5.0
    elif atom.hint == "-V":
        scores["V"] -= 3.0
        scores["A"] -= 2.0
    elif atom.hint:
        if atom.hint in scores:
            scores[atom.hint] += 1.5
        elif atom.hint != "L":
            scores[atom.hint] = 0.0
    return scores


class _Words:
    """An atom of plain words, looked at from all sides."""

    def __init__(self, atom: Atom) -> None:
        self.atom = atom
        self.text = atom.text
        self.words = atom.text.split()
        self.count = len(self.words)
        self.lowered = [word.lower().strip(".,:;?!()") for word in self.words]
        self.strong = bool(atom.style & Style.STRONG)
        self.emphasis = bool(atom.style & Style.EMPHASIS)
        self.linked = atom.link >= 0
        self.bracketed = atom.wrap in ("(", "[", "{")
        self.capitals = _capitals(self.words)

    @property
    def et_al(self) -> bool:
        """Ends a list of names."""
        return names.has_et_al(self.text)

    @property
    def institution(self) -> bool:
        """Names a place where papers are written."""
        return names_institution(self.text)

    def scores(self) -> Emission:
        """A score for each label."""
        found: Emission = {"T": self._title(), "A": -3.0, "V": self._venue(), "N": self._note()}
        if self.atom.what == What.NAMES:
            self._names(found)
        if self.count <= 4 and all(word.strip("!") in AWARDS for word in self.lowered):
            found["N"] += 2.4
            found["A"] -= 3.0
            found["T"] -= 1.5
        if self.text.startswith("@"):
            # Where the authors are from, or what they are called elsewhere.
            found["N"] += 2.4
            found["T"] -= 4.0
        if CITATION.match(self.text):
            found["N"] += 2.4
            found["T"] -= 3.0
        if self.linked and self.count <= 5 and not self.atom.partial:
            found["L"] = 0.2 + 1.2 * (self.atom.wrap == "[")
        if self.count <= 3 and len(self.text) <= 30:
            self._short(found)
        return found

    def _title(self) -> float:
        atom, count = self.atom, self.count
        score = (-1.2, -0.4, 0.3, 0.9, 1.2, 1.5)[min(count, 6) - 1]
        score += 0.4 * min(sum(word in FUNCTION_WORDS for word in self.lowered), 2)
        score += 0.4 * min(sum(word in TITLE_WORDS for word in self.lowered), 3)
        score += 0.4 * (":" in self.text) - 0.08 * max(0, count - 20)
        if count >= 5:
            # Sentences are not written in title case; titles are, or share their list's habit.
            score += 0.8 if self.capitals > 0.7 else -0.3 if self.capitals < 0.3 else 0.0
        score += 1.2 * self.strong + 2.0 * (atom.wrap == '"') + 1.5 * self.linked
        return score - 0.8 * self.bracketed - 0.5 * self.text[0].islower()

    def _names(self, found: Emission) -> None:
        """An atom that has the shape of names."""
        quality = names.quality(self.text) if len(self.text) < 300 else 3.0
        found["A"] = 0.3 + min(quality, 3.0) + 0.6 * self.emphasis - 0.8 * (self.count == 1)
        if self.atom.sep in ("—", "–"):
            found["A"] += 1.2  # a dash attributes: "… — Einstein"
        found["T"] -= 0.8 * max(0.0, min(quality, 2.5)) + 3.0 * self.et_al
        if self.institution and not self.et_al and self.count <= 8:
            found["N"] += 1.5 + self.bracketed
            found["A"] -= 3.0

    def _venue(self) -> float:
        score = venue_likeness(self.text) + 0.4 * self.emphasis
        if self.count <= 4 and not self.linked:
            # Venues come again and again; nicknames do not.
            if self.atom.repeats >= 3:
                score += 1.0
            elif score < 1.5 and not self.atom.dated:
                score -= 0.8
        if self.atom.dated:
            score = max(score, DATED + 0.6 * self.emphasis)
        return score

    def _note(self) -> float:
        score = -0.4 + 0.6 * self.bracketed + 0.8 * self.text[0].islower()
        score += 0.8 * (self.count > 6 and _SENTENCE.search(self.text) is not None)
        score += 0.6 * (self.count > 7 and self.capitals < 0.3)
        return score + 0.05 * max(0, self.count - 18)

    def _short(self, found: Emission) -> None:
        """Few words can be a nickname, or a flag."""
        score = -0.6 + 0.5 * self.bracketed + 0.4 * self.strong
        score += 0.4 * any(char.isupper() for char in self.text[1:])
        score -= 1.5 * (self.atom.repeats >= 3) + 3.0 * self.institution
        several = " and " in self.text or "&" in self.text or self.et_al
        if self.atom.what == What.NAMES and self.count >= 2 and (found["A"] > 1.2 or several):
            score -= 2.0
        if self.atom.sep == "," and not self.bracketed:
            score -= 1.5
        found["K"] = score
        if {word.strip("[]()") for word in self.lowered} <= LABELS:
            found["F"] = 1.5 + 0.8 * self.bracketed
            found["T"] -= 1.0


@lru_cache(maxsize=4096)
def names_institution(text: str) -> bool:
    """Whether `text` names a university, a laboratory, a company or a country."""
    return INSTITUTIONS.search(text) is not None


def _capitals(words: list[str]) -> float:
    """The share of words in capitals among those that title case would capitalise."""
    counted = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in counted) / len(counted) if counted else 0.5


@lru_cache(maxsize=8192)
def venue_likeness(text: str) -> float:
    """How much `text` looks like the name of a venue: -2.6 not at all, 3 known for certain."""
    bare = _NUMBERS.sub("", text).strip("., ")
    words = bare.split()
    if not words:
        return -2.6
    if len(words) > 1 and (match := _IN.match(bare)):
        least = 1.4 if len(words) <= 14 else -2.6
        return max(least, venue_likeness(bare[match.end() :]) + 0.3)
    if is_venue_word(bare, weak=True) or (len(words) <= 3 and is_venue_word(words[0])):
        return 3.0 if is_venue_word(words[0]) else 1.8
    if len(words) <= 22 and LONG_VENUE.match(bare):
        return 2.6
    if len(bare) <= 24 and _EAST_ASIAN.search(bare):
        return 2.0
    if len(words) == 1 and bare.isupper() and 2 <= len(bare) <= 8:
        return -0.6
    return -2.6


_EAST_ASIAN = re.compile(
    "[\u4e00-\u9fff]{2,}(?:学会|会議|大会|論文誌|论文集|研究会|学报|学報|会议|期刊|杂志|雑誌)$"
)
_IN = re.compile(r"[Ii]n\s*:?\s+(?=[A-Z0-9])")
