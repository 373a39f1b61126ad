"""Commands for the lists of the library, and for looking at others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.output import fit
from readq.cli.session import Session, pass_session
from readq.model.text import clean


@click.command("lists")
@json_option
@pass_session
def lists_command(session: Session, as_json: bool) -> None:
    """Show the lists of the library.

    In a pipe: key, number of papers, title and source, between tabs.
    """
    out, lists = session.out, session.library.lists
    if as_json:
        fields = [
            {
                "key": one.key,
                "title": one.title,
                "source": one.source,
                "papers": one.total,
                "diagnostics": one.diagnostics,
            }
            for one in lists
        ]
        out.json({"lists": fields})
        return
    width = max((len(one.key) for one in lists), default=0)
    for one in lists:
        if out.terminal:
            room = max(10, out.width - 6 - width - 2)
            title = fit(clean(one.title), room).rstrip()
            out.line(f"{out.dim(f'{one.total:>4}')}  {one.key:{width}}  {title}")
        else:
            out.fields(one.key, one.total, one.title, one.source)
    if not lists:
        diagnostics.tell("No lists. Add one with: readq add SOURCE")


@click.command("add")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@pass_session
def add_command(session: Session, sources: Sequence[str]) -> None:
    """Make lists part of the library: files, addresses, or GitHub repositories.

    \b
    readq add ~/notes/papers.md
    readq add https://example.org/reading-list.md
    readq add owner/awesome-papers

    A copy is kept, so that the list works offline. One that is there already is read again.
    """
    for source in sources:
        diagnostics.tell(session.library.subscribe(source).message)


@click.command("remove")
@click.argument("lists", nargs=-1, required=True, metavar="LIST...")
@pass_session
def remove_command(session: Session, lists: Sequence[str]) -> None:
    """Take lists out of the library; LIST is a key, a source or a title.

    What you did with their papers is kept, and undo brings the lists back.
    """
    diagnostics.tell(session.library.unsubscribe(*lists).message)


@click.command("view")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@pass_session
def view_command(session: Session, paths: Sequence[Path]) -> None:
    """Open the app on other lists: files, or all lists in a folder.

    They do not become part of the library; marks made there are kept all the same.
    """
    from readq.cli import start_app
    from readq.library.library import Library

    start_app.require_terminal()
    library = Library.view(session.paths, paths, config=session.config)
    try:
        place = "\n".join(str(path.absolute()) for path in paths)
        start_app.start(library, session.config, place=place)
    finally:
        library.close()
