"""Data on standard output: for a person on a terminal, for programs in a pipe."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import click

from readq.model.status import Status
from readq.model.text import clean, clean_block

_SIGNS = {Status.TO_READ: "○", Status.READING: "◐", Status.DONE: "●", Status.DROPPED: "×"}
_ASCII_SIGNS = {Status.TO_READ: "o", Status.READING: "~", Status.DONE: "*", Status.DROPPED: "x"}
# JSON may hold them, but a terminal would act upon them.
_UNSAFE = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


class Output(NamedTuple):
    """How to write for whoever reads."""

    terminal: bool
    """Someone looks at it; otherwise lines are whole and fields stand between tabs."""
    width: int
    colour: bool
    signs: Mapping[Status, str]

    @classmethod
    def to_stdout(cls, *, ascii_only: bool = False) -> Output:
        """What fits standard output as it is."""
        terminal = sys.stdout.isatty()
        encoding = (sys.stdout.encoding or "").lower().replace("-", "")
        return cls(
            terminal=terminal,
            width=_columns() if terminal else 80,
            colour=terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
            signs=_ASCII_SIGNS if ascii_only or not encoding.startswith("utf") else _SIGNS,
        )

    def line(self, text: str = "") -> None:
        """One line, as it is."""
        click.echo(text, color=self.colour)

    def json(self, value: Mapping[str, Any]) -> None:
        """One JSON object."""
        text = json.dumps(value, ensure_ascii=False, indent=2 if self.terminal else None)
        self.line(re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text))

    def lines(self, lines: Iterable[str]) -> None:
        """Many lines, written at once."""
        if text := "\n".join(lines):
            self.line(text)

    def fields(self, *fields: object) -> None:
        """A line for programs, see `joined`."""
        self.line(joined(*fields))

    def block(self, text: str) -> None:
        """Text of several lines: cleaned for a terminal, exact in a pipe."""
        if self.terminal:
            text = clean_block(text)
        click.echo(text, nl=not text.endswith("\n"), color=self.colour)

    def dim(self, text: str) -> str:
        """`text`, less loud where colours are wanted."""
        return click.style(text, dim=True) if self.colour and text else text

    def bold(self, text: str) -> str:
        """`text`, louder where colours are wanted."""
        return click.style(text, bold=True) if self.colour and text else text


def _columns() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def joined(*fields: object) -> str:
    """Fields between tabs, clean, empty for None."""
    return "\t".join("" if field is None else _field(str(field)) for field in fields)


def _field(text: str) -> str:
    return text if text.isascii() and text.isprintable() else clean(text)


def local(moment: str) -> str:
    """A moment in UTC (RFC 3339, or an event's id) as `2026-11-21 09:30` on the user's clock."""
    when = datetime.fromisoformat(f"{moment[:19]}+00:00").astimezone()
    return when.strftime("%Y-%m-%d %H:%M")


def cells(text: str) -> int:
    """How many columns of a terminal `text` takes (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) or char in "\u200c\u200d" else _wide(char) for char in text
    )


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` columns: cut with an ellipsis, or filled up with blanks."""
    taken = cells(text)
    if taken <= width:
        return text + " " * (width - taken)
    room, kept = max(width - 1, 0), ""
    for char in text:
        room -= cells(char)
        if room < 0:
            break
        kept += char
    kept = kept.rstrip() + "…" if width > 0 else ""
    return kept + " " * (width - cells(kept))


def _wide(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
