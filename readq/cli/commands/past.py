"""Commands for what was done: taken back, done again, looked at."""

from __future__ import annotations

from collections.abc import Sequence

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.output import fit, local
from readq.cli.session import Session, pass_session


@click.command("undo")
@pass_session
def undo_command(session: Session) -> None:
    """Take back the last act, also one of the app or of another day.

    Exits with 1 when there is nothing to take back.
    """
    done = session.library.undo()
    diagnostics.tell(done.message)
    if done.event is None:
        raise SystemExit(1)


@click.command("redo")
@pass_session
def redo_command(session: Session) -> None:
    """Do again what was undone last. Exits with 1 when nothing was."""
    done = session.library.redo()
    diagnostics.tell(done.message)
    if done.event is None:
        raise SystemExit(1)


@click.command("history")
@click.argument("paper", nargs=-1)
@click.option("-n", "--count", type=click.IntRange(min=1), help="Only the newest N.")
@json_option
@pass_session
def history_command(
    session: Session, paper: Sequence[str], count: int | None, as_json: bool
) -> None:
    """Show what was done, the newest first: all of it, or with one paper."""
    library, out = session.library, session.out
    events = library.history(session.paper(paper) if paper else None, count)
    if as_json:
        from readq.library.as_json import event_json

        out.json({"events": [event_json(one, library.describe(one)) for one in events]})
        return
    for event in events:
        told = library.describe(event)
        if out.terminal:
            out.line(f"{out.dim(local(event.id))}  {fit(told, max(20, out.width - 18)).rstrip()}")
        else:
            out.fields(f"{event.id[:23]}Z", event.act, told)
    if not events:
        diagnostics.tell("Nothing was done yet")
