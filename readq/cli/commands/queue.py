"""Commands for the queue."""

from __future__ import annotations

from collections.abc import Sequence

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option, print_json, print_rows
from readq.cli.session import Session, pass_session


@click.group("queue", invoke_without_command=True)
@json_option
@click.pass_context
def queue_command(context: click.Context, as_json: bool) -> None:
    """Show the queue, or change it.

    \b
    readq queue add 1503.02531 --top
    readq queue move born-again 3
    """
    if context.invoked_subcommand is not None:
        return
    session = context.ensure_object(Session)
    queue = session.library.queue()
    if as_json:
        print_json(session.out, session.library, queue)
    elif queue:
        print_rows(session.out, session.library, queue)
    else:
        diagnostics.tell("The queue is empty. Add a paper with: readq queue add PAPER")


@queue_command.command("add")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--top", is_flag=True, help="Before all others.")
@pass_session
def add(session: Session, papers: Sequence[str], top: bool) -> None:
    """Put papers into the queue, at its end."""
    diagnostics.tell(session.library.enqueue(session.papers(papers), top=top).message)


@queue_command.command("rm")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@pass_session
def rm(session: Session, papers: Sequence[str]) -> None:
    """Take papers out of the queue."""
    done = session.library.dequeue(session.papers(papers))
    diagnostics.tell(done.message)
    if done.event is None:
        raise SystemExit(1)


@queue_command.command("move")
@click.argument("paper")
@click.argument("place", type=click.IntRange(min=1), metavar="N")
@pass_session
def move(session: Session, paper: str, place: int) -> None:
    """Move a queued paper to place N, counted from 1."""
    library = session.library
    found = library.resolve(paper)
    diagnostics.tell(library.move_to(found, place).message)
    if found not in library.queue():
        raise SystemExit(1)
