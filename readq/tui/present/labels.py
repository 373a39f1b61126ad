"""The one way in which data becomes text on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from readq.model import text as texts

MUTED = "$foreground 62%"
"""The style of what stands back."""
FAINT = "$foreground 28%"
"""The style of what only fills a place."""


def label(data: str, style: str | Style = "") -> Content:
    """One line of `data`, letter for letter, in `style`."""
    return Content.styled(texts.clean(data), style)


def fit(content: Content, width: int) -> Content:
    """`content` cut with an ellipsis, or padded with blanks, to `width` cells."""
    return content.truncate(max(0, width), ellipsis=True, pad=True)


def muted(words: str) -> Content:
    """Our own words, standing back."""
    return Content.styled(words, MUTED)


def hint(words: str, *, width: int) -> Content:
    """What to do when there is nothing to show."""
    return fit(Content.styled(f"  {words}", MUTED), width)


def lines(words: Iterable[str]) -> Content:
    """Several lines of our own words."""
    return Content("\n").join([muted(line) for line in words])


def error_under(position: int, message: str, *, width: int) -> Content:
    """What is wrong with a line of typed text, under the character that it is about."""
    said = Content.assemble("↑ ", label(message))
    at = position if position + said.cell_length <= width else 0
    return Content(" " * at) + (said if at or not position else label(message))
