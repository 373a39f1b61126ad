"""A list's own convention, learned from all of its entries together.

Every atom of an entry gets one label. What speaks for a label is (1) the atom's own shape: words of
a title, names, a venue; (2) what atoms in the same place, style and wrapping hold elsewhere in this
list; (3) which label follows which in this list. (2) and (3) start neutral, are counted from a first
reading of the entries, and the entries are read again with them: hard expectation-maximisation of
a hidden Markov model whose emissions are log-linear. The best sequence is found by Viterbi's method.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

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

LABEL_ORDER = "TAVYLNKF"
"""Title, authors, venue, year, link, note, nickname, flag."""
_PRIOR = dict(zip(LABEL_ORDER, (0.22, 0.12, 0.12, 0.08, 0.24, 0.14, 0.04, 0.04), strict=True))
_SMOOTHING = 4.0
_CLIP = 2.5
_SAMPLE = 400
_PASSES = 2
_SENTENCE = re.compile(
    r"\b(?:we|this|these|which|is|are|was|were|it|has|have|can|our|i|you|they|be|proposes?|introduces?|presents?|provides?)\b"
)
# Where in a volume, who printed it, when it was looked at: of a citation, but in no field.
_CITATION = re.compile(
    r"(?i)(?:vol(?:ume)?|pages?|pp?|nos?|number|issue|chapter|ch|article(?: no| id)?|isbn|issn|edition|eds?|series)\b\.?\s*(?:\d|[A-Z]?\d|$)"
    r"|\d+(?:\.\d+)*\s*(?:\(\d+\))?\s*(?::\s*)?(?:\d+\s*[-–—]+\s*\d+)?\W*$"
    r"|(?:accessed|last accessed|retrieved|available|online|accepted|submitted|to appear|under review|forthcoming|published|in press)\b"
    r"|(?:\w+ ){0,2}(?:press|publishers?|publishing|verlag|springer|elsevier|wiley|association for computing machinery)\W*$"
)
_NUMBERS = re.compile(r"[\s,]+(?:vol\.?\s*)?\d[\d.:()–-]*\s*$", re.IGNORECASE)
_STATES = tuple("TAVYLNKFavylnkf")
# Lower case: before the title; upper case: from the title on.
_BEAM = 10.0
"""How far behind the best reading of the atoms so far another one is still followed."""
_CERTAIN = 6.0
"""By how much a label must lead for no context to overrule it."""
_FIXED = frozenset({What.URL, What.DOI, What.ARXIV, What.ET_AL})
"""Atoms whose shape alone says what they are."""

Emission = dict[str, float]


def emission(atom: Atom) -> Emission:
    """What the shape of `atom` alone says: a score for each label that it can have."""
    what = atom.what
    if what == What.URL:
        return {"L": 4.0}
    if what == What.LABEL:
        word = atom.text
        if is_venue_word(word):
            return {"L": 2.0, "V": 1.0 if word.lower() in ("arxiv", "openreview") else 2.2}
        return {"L": 4.0, "T": -3.0}
    if what == What.DOI:
        return {"L": 3.0}
    if what == What.ARXIV:
        return {"V": 4.0}
    if what == What.ET_AL:
        return {"A": 4.0, "T": -4.0}
    if what == What.YEAR:
        return {"Y": 3.0, "T": -1.5, "N": -1.0}
    if what == What.VENUE_YEAR:
        return {"V": 4.0, "T": -2.0, "N": -1.0}
    scores = _words(atom)
    if atom.key:
        # The list says itself what this is.
        if atom.key in "NL":
            scores["N"] = scores.get("N", 0.0) + 2.0
        else:
            scores[atom.key] = scores.get(atom.key, -1.0) + 5.0
    return scores


def _words(atom: Atom) -> Emission:
    text = atom.text
    if atom.style & Style.QUOTE:
        return {"N": 4.0}
    words = text.split()
    count = len(words)
    strong, emphasis = atom.style & Style.STRONG, atom.style & Style.EMPHASIS
    linked, quoted, bracketed = atom.link >= 0, atom.wrap == '"', atom.wrap in ("(", "[", "{")
    title = (-1.2, -0.4, 0.3, 0.9, 1.2, 1.5)[min(count, 6) - 1]
    lowered = [word.lower().strip(".,:;?!()") for word in words]
    title += 0.4 * min(sum(word in FUNCTION_WORDS for word in lowered), 2)
    title += 0.4 * min(sum(word in TITLE_WORDS for word in lowered), 3)
    title += 0.4 * (":" in text)
    capitals = _capitals(words)
    if count >= 5:
        # Sentences are not written in title case; titles are, or share their list's habit.
        title += 0.8 if capitals > 0.7 else -0.3 if capitals < 0.3 else 0.0
    title -= 0.08 * max(0, count - 20)
    title += 1.2 * bool(strong) + 2.0 * quoted + 1.5 * linked - 0.8 * bracketed
    scores: Emission = {"T": title}
    if atom.what == What.NAMES:
        quality = names.quality(text) if len(text) < 300 else 3.0
        scores["A"] = (
            0.3 + min(quality, 3.0) + (0.6 if emphasis else 0.0) - (0.8 if count == 1 else 0.0)
        )
        scores["T"] -= 0.8 * max(0.0, min(quality, 2.5))
        if names.ET_AL.search(text):
            scores["T"] -= 3.0
    else:
        scores["A"] = -3.0
    scores["V"] = _venue(text, words) + (0.4 if emphasis else 0.0)
    note = -0.4 + 0.6 * bracketed + (1.5 if atom.style & Style.QUOTE else 0.0)
    if text[0].islower():
        note += 0.8
        scores["T"] -= 0.5
    if _SENTENCE.search(text) and count > 6:
        note += 0.8
    if count > 7 and capitals < 0.3:
        note += 0.6
    if count <= 4 and all(word.strip("!") in AWARDS for word in lowered):
        note += 2.4
        scores["A"] -= 3.0
        scores["T"] -= 1.5
    if (
        count <= 8
        and atom.what != What.TEXT
        and INSTITUTIONS.search(text)
        and not names.ET_AL.search(text)
    ):
        note += 1.5 + bracketed
        scores["A"] -= 3.0
    if count <= 4 and not linked:
        # Venues come again and again; nicknames do not.
        if atom.repeats >= 3:
            scores["V"] += 1.0
        elif scores["V"] < 1.5:
            scores["V"] -= 0.8
    if _CITATION.match(text):
        note += 2.4
        scores["T"] -= 3.0
    if linked and count <= 5:
        scores["L"] = 0.2 + 1.2 * (atom.wrap == "[")
    note += 0.05 * max(0, count - 18)
    scores["N"] = note
    if count <= 3 and len(text) <= 30:
        scores["K"] = (
            -0.6
            + (0.5 if bracketed else 0.0)
            + (0.4 if strong else 0.0)
            + (0.4 if any(char.isupper() for char in text[1:]) else 0.0)
        )
        if atom.what == What.NAMES and count >= 2 and scores["A"] > 1.2:
            scores["K"] -= 2.0
        if INSTITUTIONS.search(text):
            scores["K"] -= 3.0
        if atom.sep == "," and not bracketed:
            scores["K"] -= 1.5
        bare = {word.strip("[]()") for word in lowered}
        if bare <= LABELS:
            scores["F"] = 1.5 + 0.8 * bracketed
            scores["T"] -= 1.0
    return scores


def _capitals(words: list[str]) -> float:
    """The share of words in capitals among those that title case would capitalise."""
    counted = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in counted) / len(counted) if counted else 0.5


def _venue(text: str, words: list[str]) -> float:
    bare = _NUMBERS.sub("", text).strip("., ")
    words = bare.split()
    if not words:
        return -2.6
    if (match := re.match(r"[Ii]n\s*:?\s+(?=[A-Z0-9])", bare)) and len(words) > 1:
        return max(1.4 if len(words) <= 14 else -2.6, _venue(bare[match.end() :], words[1:]) + 0.3)
    if is_venue_word(bare, weak=True) or (len(words) <= 3 and is_venue_word(words[0])):
        return 3.0 if is_venue_word(words[0]) else 1.8
    if len(words) <= 22 and LONG_VENUE.match(bare):
        return 2.6
    if len(words) == 1 and bare.isupper() and 2 <= len(bare) <= 8:
        return -0.6
    return -2.6


def _continues(atom: Atom, before: Atom, label: str) -> float:
    """How well `atom` goes on with what `before` began."""
    sep = atom.sep
    if label == "L" or label == "F":
        return 0.0
    if sep == "\x1d":
        # Titles end with their block; names and remarks need not.
        cost = -9.0 if label == "T" else -2.0
    elif sep == "\r":
        cost = -1.5
    elif sep == "|":
        cost = -2.5
    elif sep == ".":
        cost = -1.6 if not before.text.endswith(("?", "!")) else -0.8
    elif sep == "?":
        cost = -0.2
    elif sep in ("-", "–", "—", "/", "·"):
        cost = -0.4
    elif sep == "," or sep in ("(", ")"):
        cost = -0.3
    elif sep == '"':
        cost = -0.6
    elif sep == "\n":
        cost = 0.0 if atom.text[0].islower() or label != "T" else -0.2
    else:
        cost = 0.0
    if label == "N":
        return cost * 0.3
    if label == "T" and _venue(atom.text, atom.text.split()) > 1.3:
        return cost - 2.5
    if label == "T" and sep in (",", "", ")", "\n") and atom.text[0].islower():
        return cost + 1.5
    if before.style != atom.style or (before.link >= 0) != (atom.link >= 0):
        cost -= 0.8
    if label == "T" and (before.wrap == '"') != (atom.wrap == '"'):
        cost -= 1.5
    return cost


def _switches(atom: Atom, before: Atom) -> float:
    """How well a new field begins at `atom`."""
    if atom.sep in ("\x1d", "\r"):
        return 0.3
    if before.style != atom.style or before.link != atom.link or before.wrap != atom.wrap:
        return 0.0
    if atom.sep in ("", ":"):
        # A field can begin without a separator only where shapes differ.
        return (
            0.0
            if atom.what not in (What.TEXT,) or before.what not in (What.TEXT, What.NAMES)
            else -2.5
        )
    if atom.sep == "\n":
        return -0.8
    if atom.sep == ",":
        return -0.5
    return 0.0


class Convention:
    """What the entries of one list have in common."""

    def __init__(self) -> None:
        self.places: dict[tuple[object, ...], dict[str, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        self.follows: dict[tuple[str, str], dict[str, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        self.breaks: dict[tuple[str, str], tuple[float, float]] = {}
        self._breaks: dict[tuple[str, str], tuple[float, float]] = {}
        self._tables: dict[str, dict[str, dict[str, float]]] = {}
        self._both: dict[tuple[object, ...], dict[str, float]] = {}
        self._cache: dict[tuple[object, ...], dict[str, float]] = {}

    def fit(self, entries: Sequence[tuple[str, Sequence[Atom]]]) -> None:
        """Learn from entries, each with the name of its class."""
        chosen: dict[str, list[Sequence[Atom]]] = defaultdict(list)
        seen: dict[str, int] = defaultdict(int)
        for name, atoms in entries:
            chosen[name].append(atoms)
            for text in {_short(atom) for atom in atoms}:
                seen[text] += 1
        for _, atoms in entries:
            for atom in atoms:
                atom.repeats = seen[_short(atom)] if len(atom.text) <= 40 else 1
        sample: list[tuple[str, Sequence[Atom]]] = []
        for name, group in chosen.items():
            step = max(1, math.ceil(len(group) / _SAMPLE))
            sample.extend((name, atoms) for atoms in group[::step])
        for _ in range(_PASSES):
            decoded = [(name, atoms, self.decode(name, atoms)) for name, atoms in sample]
            self.places.clear()
            self.follows.clear()
            self._cache.clear()
            self._both.clear()
            self._tables.clear()
            self.breaks.clear()
            self._breaks.clear()
            for name, atoms, states in decoded:
                self._count(name, atoms, states)

    def _count(self, name: str, atoms: Sequence[Atom], states: Sequence[str]) -> None:
        before = "^"
        last: Atom | None = None
        for atom, state in zip(atoms, states, strict=True):
            for place in _places(name, atom):
                self.places[place][state.upper()] += 1.0
            self.follows[name, before][state] += 1.0
            if last is not None and last.style == atom.style and last.link == atom.link:
                within, between = self.breaks.get((name, atom.sep), (0.0, 0.0))
                same = before.upper() == state.upper()
                self.breaks[name, atom.sep] = (within + same, between + (not same))
            before, last = state, atom
        self.follows[name, before]["$"] += 1.0

    def _learned(self, place: tuple[object, ...]) -> dict[str, float]:
        found = self._cache.get(place)
        if found is None:
            counts = self.places.get(place)
            found = {}
            if counts:
                total = sum(counts.values())
                for label, prior in _PRIOR.items():
                    share = (counts.get(label, 0.0) + _SMOOTHING * prior) / (total + _SMOOTHING)
                    found[label] = max(-_CLIP, min(_CLIP, math.log(share / prior)))
            self._cache[place] = found
        return found

    def _steps(self, name: str) -> dict[str, dict[str, float]]:
        """What follows what in entries of a class: scores by state and next state."""
        table = self._tables.get(name)
        if table is None:
            table = {}
            for before in ("^", *_STATES):
                counts = self.follows.get((name, before))
                total = sum(counts.values()) if counts else 0.0
                table[before] = {
                    state: max(
                        -2.0, 0.6 * math.log((counts.get(state, 0.0) + 0.8) / (total + 8.0) * 8.0)
                    )
                    if counts
                    else 0.0
                    for state in (*_STATES, "$")
                }
            self._tables[name] = table
        return table

    def _break(self, name: str, atom: Atom, before: Atom) -> tuple[float, float]:
        """Whether the separator before `atom` parts fields in this list: scores for no and yes."""
        if before.style != atom.style or before.link != atom.link:
            return 0.0, 0.0
        key = (name, atom.sep)
        found = self._breaks.get(key)
        if found is None:
            within, between = self.breaks.get(key, (0.0, 0.0))
            found = (_share(within, within + between), _share(between, within + between))
            self._breaks[key] = found
        return found

    def scores(self, name: str, atom: Atom) -> Emission:
        """Shape and place of an atom taken together: a score for each label."""
        if atom.scores is None:
            atom.scores = emission(atom)
        if atom.what in _FIXED:
            return atom.scores
        key = (
            name,
            atom.part,
            atom.style & 7,
            atom.wrap,
            atom.link >= 0,
            min(atom.order, 4),
            atom.sep,
        )
        learned = self._both.get(key)
        if learned is None:
            learned = dict.fromkeys(LABEL_ORDER, 0.0)
            for place in _places(name, atom):
                for label, value in self._learned(place).items():
                    learned[label] += 0.8 * value
            self._both[key] = learned
        return {label: score + learned[label] for label, score in atom.scores.items()}

    def _certain(self, name: str, atoms: Sequence[Atom]) -> list[str] | None:
        """The reading where every atom speaks for itself, by far: then nothing need be searched."""
        out: list[str] = []
        titled = False
        for atom in atoms:
            scores = self.scores(name, atom)
            best = max(scores, key=lambda label: scores[label])
            top = scores[best]
            if any(value > top - _CERTAIN for label, value in scores.items() if label != best):
                return None
            if best == "T":
                if titled:
                    return None
                titled = True
            out.append(best if titled else best.lower())
        return out if titled else None

    def decode(self, name: str, atoms: Sequence[Atom]) -> list[str]:
        """The most likely state of every atom; lower case before the title."""
        if not atoms:
            return []
        certain = self._certain(name, atoms)
        if certain is not None:
            return certain
        steps = self._steps(name)
        best: dict[str, float] = {}
        origins: list[dict[str, str]] = []
        before: Atom | None = None
        for atom in atoms:
            scores = self.scores(name, atom)
            now: dict[str, float] = {}
            origin: dict[str, str] = {}
            if before is None:
                for label, score in scores.items():
                    state = "T" if label == "T" else label.lower()
                    now[state] = score + steps["^"][state]
                    origin[state] = "^"
            else:
                stays, leaves = self._break(name, atom, before)
                switch = _switches(atom, before) + leaves
                goes_on = {label: _continues(atom, before, label) + stays for label in scores}
                least = max(best.values()) - _BEAM
                for previous, value in best.items():
                    if value < least:
                        continue
                    step = steps[previous]
                    own = previous.upper()
                    early = previous.islower()
                    for label, score in scores.items():
                        if label == "T":
                            if not early and previous != "T":
                                continue
                            state = "T"
                        else:
                            state = label.lower() if early else label
                        move = goes_on[label] if own == label else switch
                        total = value + score + move + step[state]
                        if total > now.get(state, -1e9):
                            now[state] = total
                            origin[state] = previous
            best = now
            origins.append(origin)
            before = atom
        # An entry without a title is possible, not likely.
        for state in best:
            best[state] += steps[state]["$"] - (4.0 if state.islower() else 0.0)
        state = max(best, key=lambda key: best[key])
        out = [state]
        for origin in reversed(origins[1:]):
            state = origin[state]
            out.append(state)
        out.reverse()
        return out


def _share(count: float, total: float) -> float:
    """How much more often than by halves something happened: 0 for nothing seen, bounded."""
    if not total:
        return 0.0
    return max(-1.5, min(0.6, 0.8 * math.log((count + 3.0) / (total + 6.0) * 2.0)))


def _short(atom: Atom) -> str:
    return atom.text.lower() if len(atom.text) <= 40 else ""


def _places(name: str, atom: Atom) -> Iterable[tuple[object, ...]]:
    if atom.what in _FIXED:
        return ()
    linked = atom.link >= 0
    return (
        (name, atom.part, atom.style & 7, atom.wrap, linked),
        (name, atom.part, min(atom.order, 4), atom.sep, "#"),
    )
