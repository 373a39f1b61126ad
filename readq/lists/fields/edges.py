"""Where a venue, a year or a title may begin and end: what stands beside them decides."""

from __future__ import annotations

import re

from readq.lists.fields.vocabulary import is_venue_word

WORDY = re.compile(r"\s*(?!https?:)(?:[^\W\d_][\w'’-]*[ ,]+){3}")
"""Words that are no value of a key."""
ENDED = re.compile(r"\band [^,]+, (?!Jr|Sr)")
"""Names that go on after the one that "and" leads: then it is no plain list of them."""


def is_aside(text: str, match: re.Match[str]) -> bool:
    """Whether what a venue and year were taken for ends in a year in brackets."""
    return text[match.start("year") - 1] == "(" and text[match.end() : match.end() + 1] == ")"


def delimited(text: str, match: re.Match[str], *, listed: bool) -> bool:
    """Whether a venue and year are not a part of words; `listed`: names end before them."""
    start, end = match.span()
    before = text[:start].rstrip(" \n")[-1:]
    after = text[end:].lstrip(" \n")[:1]
    left = not before or before in ".,;:|([{<-–—/\"”“'?!\r\x1d·"
    right = not after or after in '.,;:|)]}>([{<-–—/"”\r\x1d·'
    word = re.split(r"[\s/-]", match["venue"].strip())
    known = any(is_venue_word(piece, weak=True) for piece in word)
    left = left or listed
    return (left or right) if known else (left and right)


def year_stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a year is not a part of words."""
    before = text[:start].rstrip(" \n")[-1:]
    after = text[end:].lstrip(" \n")[:1]
    left = not before or before in ".,;:|([{<-–—/\"”'?!\r\x1d·"
    right = not after or after in '.,;:|)]}>([{<-–—/"”\r\x1d·'
    return right or (left and not after.islower())


def begins_title(text: str, start: int) -> bool:
    """Whether what follows an initial's full stop reads like a title, not like more names."""
    if not re.search(r"(?:^|[\s.\-])[A-Z]$", text[max(0, start - 3) : start]):
        return False
    rest = re.split(r"[.,;(&\"“\[]", text[start + 1 : start + 120], maxsplit=1)[0].split()
    return len(rest) >= 3 and any(
        word[0].islower() and word not in ("and", "et", "al", "van", "de", "der", "von")
        for word in rest
    )
