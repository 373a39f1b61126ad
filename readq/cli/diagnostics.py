"""Talk: what the user should know beside the data, on standard error."""

from __future__ import annotations

import click

from readq.errors import Ambiguous, Damaged, ReadqError
from readq.model.text import clean


def tell(message: str) -> None:
    """One line for the user."""
    click.echo(clean(message), err=True)


def fail(message: str, hint: str = "") -> None:
    """What went wrong, and below it what to do."""
    tell(f"readq: {message}")
    if hint:
        tell(hint)


def fail_with(error: ReadqError) -> None:
    """An error of ours; of several papers that fit, their ids and titles."""
    fail(error.message)
    if isinstance(error, Ambiguous):
        for paper_id, title in error.candidates:
            click.echo(f"  {clean(paper_id)}  {clean(title)}", err=True)
        if error.more:
            click.echo(f"  and {error.more} more", err=True)
    if error.hint:
        tell(error.hint)
    if isinstance(error, Damaged):
        tell("readq doctor says what is the matter; readq restore goes back to a backup")
