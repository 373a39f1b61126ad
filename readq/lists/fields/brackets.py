"""Brackets that belong to a title: "[Re] Adam Converges Again", "Learning [MASK] tokens".

Most brackets stand beside a title: a label, a venue, a short name. One within the words that are
set off as the title is part of it, unless the list makes a habit of leading titles with brackets.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from readq.lists.blocks.model import Run, Style
from readq.lists.fields.vocabulary import AWARDS, VENUE_YEAR, YEAR, is_label, is_venue_word

_BRACKET = re.compile(r"\[([^\[\]\n]{1,40})\](?!\()")
_LEADING = re.compile(r"\W{0,4}?\[([^\[\]\n]{1,40})\](?=\s*(?:-\s)?\w[\w-]*\s+[\w&])")
_GLUED = re.compile(r"\W{0,4}?\[[^\[\]\n]{1,40}\]\S")
"""No space after it: hardly a part of a title."""
_TOKENS = frozenset(["RE", "RE²", "CLS", "MASK", "SEP", "EOS", "BOS", "PAD", "UNK"])
"""What the field itself writes in brackets: replications, tokens of language models."""
_NO_TITLE = re.compile(
    r"[\s\dxX.,:/-]*|[A-Za-z+]+['’]?\d\d[a-z]?|.*(?:,|&|\band\b|\bal\b|https?:).*"
)
_MANY = 4
_SHARE = 0.2

_ANY = frozenset({"*"})
_NONE: frozenset[str] = frozenset()

Habits = dict[str, frozenset[str]]
"""By class of entries, the brackets that lead them by habit; "*" for whatever they hold."""


def habits(records: Iterable[tuple[str, list[Run]]]) -> Habits:
    """Which leading brackets are habit in a list; `records`: classes and runs of the entries."""
    seen: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    glued: dict[str, set[str]] = defaultdict(set)
    totals: dict[str, int] = defaultdict(int)
    for name, runs in records:
        totals[name] += 1
        for run in runs:
            if "[" in run.text and (match := _LEADING.match(run.text)):
                seen[name][match[1]] += 1
                if _GLUED.match(run.text):
                    glued[name].add(match[1])
                break
    found: Habits = {}
    for name, contents in seen.items():
        names = {text for text in contents if _ordinary(text)}
        many = len(names) >= max(_MANY, _SHARE * totals[name])
        many = many or len(names & glued[name]) >= _MANY
        found[name] = frozenset(t for t in names if contents[t] >= 3) | (_ANY if many else _NONE)
    return found


def _ordinary(text: str) -> bool:
    return text[0].isalnum() and text.upper() not in _TOKENS


def within(text: str, habit: frozenset[str], *, set_off: bool) -> list[tuple[int, int]]:
    """The stretches of `text` that are brackets within a title.

    `set_off`: whether `text` is set off as one, bold or as a link's words.
    """
    found: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(text[:2000]):
        inner = match[1].strip()
        if not inner or inner in habit or not _may_belong(inner):
            continue
        before, after = text[: match.start()].strip(), text[match.end() :]
        sure = not _ordinary(inner)
        words = len(re.findall(r"[^\W\d_]{2,}", after if sure else after.split("[", 1)[0]))
        if not before:
            belongs = words >= (1 if sure else 2) and (sure or "*" not in habit)
        elif set_off or sure:
            belongs = words >= 1
        else:
            belongs = re.match(r"\s+[a-z]{2,}", after) is not None and before[-1].isalnum()
        if belongs:
            found.append(match.span())
    return found


def _may_belong(inner: str) -> bool:
    """Whether what a bracket holds is no label, venue, year, number or list of names."""
    if not inner[0].isalnum():
        return True
    return not (
        _NO_TITLE.fullmatch(inner)
        or is_label(inner)
        or VENUE_YEAR.search(inner)
        or YEAR.search(inner)
        or is_venue_word(inner.split()[0])
        or all(word.lower().strip("!") in AWARDS for word in inner.split())
    )


def is_set_off(run: Run) -> bool:
    """Whether a run is bold or a link."""
    return run.url is not None or bool(run.style & Style.STRONG)
