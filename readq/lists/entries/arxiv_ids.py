"""arXiv ids as lists write them, and as they must have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from readq.lists.fields.atoms import Cut, What

ARXIV_TEXT = re.compile(
    r"(?i)arxiv(?:\s+(?:e-?prints?|preprints?))?,?:?\s*(?:arxiv)?\s*[:：/ ]?\s*(?:abs/)?(?P<id>\d+\.?\d*|[a-z-]+(?:\.[A-Z]{2})?/\d{7})"
)


def in_text(cut: Cut, zeros_lost: bool) -> tuple[str | None, int | None]:
    """The id in visible text, repaired where that is certain, and the year that it tells."""
    for atom in cut.atoms:
        if atom.what == What.ARXIV and (match := ARXIV_TEXT.search(atom.text)):
            return repair_arxiv(match["id"], zeros_lost)
    return None, None


def repair_arxiv(written: str, zeros_lost: bool = True) -> tuple[str | None, int | None]:
    """An arXiv id as it must have been meant, or None, and the year that its prefix tells.

    Since January 2015 ids have five digits after the dot: four have lost a leading zero, and the
    dot itself may be lost. Fewer digits leave it open where they were lost; so do four in a list
    that keeps its leading zeros (not `zeros_lost`).
    """
    if "/" in written:
        two = int(written.split("/")[1][:2])
        return written, (1900 if two > 90 else 2000) + two
    head, dot, tail = written.partition(".")
    if not dot:
        head, tail = written[:4], written[4:]
    if len(head) != 4 or not 1 <= int(head[2:]) <= 12:
        year = int(written) if len(written) == 4 and 1990 <= int(written) <= 2049 else None
        return None, year
    year = 2000 + int(head[:2])
    if not 7 <= int(head[:2]) <= 49:
        return None, None
    digits = 5 if head >= "1501" else 4
    if len(tail) == digits:
        return f"{head}.{tail}", year
    if len(tail) == 4 and digits == 5 and zeros_lost:
        return f"{head}.0{tail}", year
    return None, year


def loses_zeros(cuts: Iterable[Cut]) -> bool:
    """Whether a list drops leading zeros of arXiv ids, as spreadsheets do: then it does so often."""
    short = kept = 0
    for cut in cuts:
        for atom in cut.atoms:
            if atom.what == What.ARXIV and (match := ARXIV_TEXT.search(atom.text)):
                digits = match["id"].replace(".", "")
                short += len(digits) == 8 and digits[:4] >= "1501"
                kept += len(digits) == 9 and digits[4] == "0"
    return short * 4 >= kept
