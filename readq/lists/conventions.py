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

from readq.lists.fields.atoms import Atom, What
from readq.lists.fields.evidence import Emission, emission, venue_likeness

LABEL_ORDER = "TAVYLNKF"
"""Title, authors, venue, year, link, note, nickname, flag."""
_PRIOR = dict(zip(LABEL_ORDER, (0.22, 0.12, 0.12, 0.08, 0.24, 0.14, 0.04, 0.04), strict=True))
_SMOOTHING = 4.0
_CLIP = 2.5
_SAMPLE = 400
_PASSES = 2
_STATES = tuple("TAVYLNKFavylnkf")
# Lower case: before the title; upper case: from the title on.
_BEAM = 10.0
"""How far behind the best reading of the atoms so far another one is still followed."""
_CERTAIN = 6.0
"""By how much a label must lead for no context to overrule it."""
_FIXED = frozenset({What.URL, What.DOI, What.ARXIV, What.ET_AL})
"""Atoms whose shape alone says what they are."""


_INNER_SHORT = re.compile(r"[A-Z][A-Z0-9-]{1,6}s?")


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
        cost = 0.0 if atom.text[:1].islower() or label != "T" else -0.2
    else:
        cost = 0.0
    if (
        label == "T"
        and sep in ("(", ")")
        and _INNER_SHORT.fullmatch(before.text if sep == ")" else atom.text)
    ):
        # "Two-Sided (RDMA) Datagram RPCs"
        cost += 1.5
    if label == "N":
        return cost * 0.3
    if label == "T" and venue_likeness(atom.text) > 1.3:
        return cost - 2.5
    if before.style != atom.style or (before.link >= 0) != (atom.link >= 0):
        cost -= 0.8
        if label == "T" and sep and (before.link >= 0 or before.style) and not atom.style:
            # What was set off and is long enough was the title: the rest is said about it.
            cost -= 4.0 if len(before.text.split()) >= 3 else 0.0
    elif label == "T" and sep in (",", "", ")", "\n") and atom.text[:1].islower():
        return cost + 1.5
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
            atom.dated,
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
            best, top, second = "", -1e9, -1e9
            for label, value in scores.items():
                if value > top:
                    best, top, second = label, value, top
                elif value > second:
                    second = value
            if second > top - _CERTAIN:
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
    places: tuple[tuple[object, ...], ...] = (
        (name, atom.part, atom.style & 7, atom.wrap, linked),
        (name, atom.part, min(atom.order, 4), atom.sep, "#"),
    )
    return (*places, (name, "dated", atom.style & 7, atom.sep)) if atom.dated else places
