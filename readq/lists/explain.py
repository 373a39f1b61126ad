"""What was learned of a list's convention, in words: for people who wonder at an entry."""

from __future__ import annotations

from dataclasses import dataclass

from readq.lists.conventions import Convention
from readq.lists.read import analyse
from readq.model.listing import Lines

_WORDS = {
    "T": "title",
    "A": "authors",
    "V": "venue",
    "Y": "year",
    "L": "links",
    "N": "note",
    "K": "nickname",
    "F": "flag",
}
_KINDS = {
    "i": "list items",
    "p": "paragraphs",
    "l": "lines",
    "h": "headings",
    "t": "table rows",
    "d": "BibTeX",
}


@dataclass(frozen=True, slots=True)
class Habit:
    """How the entries of one class are written."""

    what: str
    """Which entries: "list items", "table rows (title | venue)"."""
    entries: int
    order: tuple[str, ...]
    """The fields in their commonest order."""
    places: tuple[str, ...]
    """Where each field stands, commonest first: "title: bold, 97 %"."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One candidate, and why it was or was not taken."""

    lines: Lines
    title: str
    verdict: str
    score: float
    """What its own fields say: above 1 a paper by itself, below -1 not one."""


def explain(data: bytes, *, source: str = "") -> tuple[tuple[Habit, ...], tuple[Judged, ...]]:
    """The habits found in a list, and the verdict on every candidate entry, in order."""
    found = analyse(data, source=source)
    names: dict[str, int] = {}
    for record in found.records:
        names[record.name] = names.get(record.name, 0) + 1
    habits = tuple(_habit(found.convention, name, count) for name, count in names.items())
    judged = tuple(
        Judged(entry.lines, entry.title, verdict, round(score, 1))
        for entry, verdict, score in zip(found.entries, found.verdicts, found.scores, strict=True)
    )
    return habits, judged


def _habit(convention: Convention, name: str, count: int) -> Habit:
    return Habit(
        _describe(name), count, tuple(_order(convention, name)), tuple(_places(convention, name))
    )


def _describe(name: str) -> str:
    kind = _KINDS.get(name[0], name)
    return f"{kind} ({name[2:].replace('|', ' | ')})" if name.startswith("t:") else kind


def _order(convention: Convention, name: str) -> list[str]:
    """The likeliest way through the states, each field named once."""
    order: list[str] = []
    state = "^"
    for _ in range(12):
        counts = convention.follows.get((name, state), {})
        ways = {to: n for to, n in counts.items() if to == "$" or _WORDS[to.upper()] not in order}
        if not ways:
            break
        state = max(ways, key=lambda to: ways[to])
        if state == "$":
            break
        order.append(_WORDS[state.upper()])
    return order


def _places(convention: Convention, name: str) -> list[str]:
    styles = {1: "bold", 2: "italics", 3: "bold italics", 4: "code", 0: "plain"}
    lines: list[tuple[float, str]] = []
    for place, counts in convention.places.items():
        if place[0] != name or place[-1] == "#":
            continue
        total = sum(counts.values())
        label = max(counts, key=lambda one: counts[one])
        _, part, style, wrap, linked = place
        words = [styles.get(int(str(style)) & 7, "styled")]
        words += ["linked"] if linked else []
        words += ["in quotes" if wrap == '"' else f"in {wrap}"] if wrap else []
        words += [f"in column {int(str(part)[1:]) + 1}"] if str(part).startswith("c") else []
        words += ["below the first line"] if str(part)[:1] in "ip" and part != "0" else []
        share = f"{_WORDS[label]}: {', '.join(words)} ({100 * counts[label] / total:.0f} % of {total:.0f})"
        lines.append((counts[label], share))
    return [text for _, text in sorted(lines, key=lambda line: (-line[0], line[1]))[:12]]
