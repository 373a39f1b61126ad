"""What no list of papers is: lines without end, and thousands of lines of a few characters.

Parsers take a minute and a gigabyte for a megabyte of such text. It is left out before they see it,
line by line, so that everything else stays where it is; notes say what was left out.
"""

from __future__ import annotations

from readq.errors import ListError

MAX_BYTES = 20_000_000
"""Of one list."""
MAX_LINE = 1_000_000
"""Characters of one line that are read."""
_DENSE_LINES = 3_000
"""So many lines in a row without one of `_DENSE_CHARS` hold no entry."""
_DENSE_CHARS = 14

Note = tuple[int, int, str, str]


def check_size(data: bytes, name: str) -> None:
    """Refuse, with `ListError`, what is too large to be a list."""
    if len(data) > MAX_BYTES:
        raise ListError(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB",
            hint="a list of papers is text; split it, or give the list's source",
        )


def fenced(text: str) -> tuple[str, list[Note]]:
    """`text` without stretches that hold no entry, and notes that name them."""
    if len(text) <= MAX_LINE and text.count("\n") < _DENSE_LINES:
        return text, []
    notes: list[Note] = []
    lines = text.split("\n")
    start = 0
    for number, line in enumerate([*lines, "-" * _DENSE_CHARS]):
        if len(line) > MAX_LINE:
            lines[number] = line[:MAX_LINE]
            reason = "a line too long to be read to its end"
            notes.append((number + 1, number + 1, "too-long", reason))
        if len(line) < _DENSE_CHARS or len(line.strip()) < _DENSE_CHARS:
            continue
        if number - start >= _DENSE_LINES and any(map(str.strip, lines[start:number])):
            lines[start:number] = [""] * (number - start)
            reason = "thousands of lines of a few characters: left out"
            notes.append((start + 1, number, "too-dense", reason))
        start = number + 1
    return "\n".join(lines) if notes else text, notes
