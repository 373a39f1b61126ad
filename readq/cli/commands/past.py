"""Commands for what was done: taken back, done again, looked at."""

from __future__ import annotations

from collections.abc import Sequence

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.output import fit, local
from readq.cli.session import Session, pass_session


@click.command("undo")
@click.argument("event", required=False)
@pass_session
def undo_command(session: Session, event: str | None) -> None:
    """Take back the last act, also one of the app or of another day; or the act called EVENT.

    \b
    readq undo
    readq undo 2026-11-21T09:30:00.123Z

    EVENT is an id that readq history --ids shows, or how it begins. An act that later ones built
    upon stays, and they are named. Exits with 1 when nothing was taken back.
    """
    library = session.library
    done = library.undo() if event is None else library.take_back(library.event(event).id)
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
@click.option("--ids", is_flag=True, help="With the ids that readq undo takes.")
@json_option
@pass_session
def history_command(
    session: Session, paper: Sequence[str], count: int | None, ids: bool, as_json: bool
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
            when = f"{event.id[:23]}Z" if ids else local(event.id)
            room = max(20, out.width - len(when) - 2)
            out.line(f"{out.dim(when)}  {fit(told, room).rstrip()}")
        else:
            out.fields(f"{event.id[:23]}Z", event.act, told)
    if not events:
        diagnostics.tell("Nothing was done yet")
