"""Bytes to a document: what encoding, what format, then that format's reader."""

from __future__ import annotations

import re

from readq.lists.blocks import markdown
from readq.lists.blocks.model import Document
from readq.model.text import clean_block


def load(data: bytes, source: str = "") -> Document:
    """The blocks of `data`."""
    text = data.decode("utf-8-sig", "replace")
    text = mend(text)
    text = clean_block(text, limit=len(text) + 1)
    return markdown.read(text)


# UTF-8 that was read as Latin-1 or Windows-1252 leaves these pairs.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u2122\u0152-\u017e\u02c6\u02dc\u2013-\u203a]"
)


def mend(text: str) -> str:
    """`text` with mojibake undone, line by line, where it shows."""
    if text.isascii() or _MOJIBAKE.search(text) is None:
        return text
    import ftfy

    lines = text.split("\n")
    for index, line in enumerate(lines):
        if _MOJIBAKE.search(line):
            lines[index] = ftfy.fix_encoding(line)
    return "\n".join(lines)
