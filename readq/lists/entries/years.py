"""Years as lists write them."""

from __future__ import annotations

import re
from functools import lru_cache

from readq.lists.fields.atoms import Cut


@lru_cache(maxsize=4096)
def year_in(text: str) -> int | None:
    """The year that `text` names."""
    match = re.search(r"(?<!\d)(?:1[89]\d\d|20[0-4]\d)(?!\d)", text)
    if match:
        return int(match[0])
    match = re.match(r"((?:19|20)\d\d)\d{4}$", text)
    if match:
        return int(match[1])
    match = re.search(r"['’]\s?(\d\d)\b|^(\d\d)(?=-[A-Z])|(?<=[A-Za-z]-)(\d\d)$", text)
    if match:
        return (2000 if int(match[match.lastindex or 1]) < 50 else 1900) + int(
            match[match.lastindex or 1]
        )
    return None


def packed_year(cut: Cut, labels: list[str], arxiv: str | None) -> int | None:
    """The year that the first half of an id tells where it stands for a date: "arXiv 2102"."""
    for atom, label in zip(cut.atoms, labels, strict=True):
        match = re.match(r"(?i)arxiv[ '’,:-]{0,2}(\d\d)(0[1-9]|1[0-2])$", atom.text)
        if match and label == "V":
            written = match[1] + match[2]
            # "arXiv 2011" is a year, unless the paper's own id begins so.
            if (arxiv or "").startswith(written) or not 1990 <= int(written) <= 2049:
                return 2000 + int(match[1])
    return None
