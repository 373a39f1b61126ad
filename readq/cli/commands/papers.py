"""Commands that show papers and open them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from readq.cli import diagnostics
from readq.cli.output import Output, fit, joined
from readq.cli.session import Session, pass_session
from readq.model.status import Status
from readq.model.text import clean

if TYPE_CHECKING:
    from readq.library.library import Library
    from readq.library.values import Row
    from readq.model.paper import PaperId

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.command("ls")
@click.argument("query", nargs=-1)
@json_option
@pass_session
def ls_command(session: Session, query: Sequence[str], as_json: bool) -> None:
    """List papers: all, or those that fit a query.

    \b
    readq ls status:reading
    readq ls attention 'year>=2020' '!status:done' sort:-year
    readq ls 'under:"Object Detection" (has:pdf OR has:code)'

    \b
    words, "whole words"          title, authors, venue, note, tags
    status:reading  tag:survey    venue:cvpr  author:hinton
    list:distillation             under:"a heading"
    has:note|pdf|code|link|tag    is:queued|conflict|unlisted|dropped
    year>=2020  lists>=3          rating>=4
    AND  OR  NOT (or !)  ( )      sort:year|title|status|queue|lists|rating

    Dropped papers show only when they are asked for. In a pipe: id, status, place in the
    queue, year and title, between tabs. Exits with 1 if no paper fits.
    """
    library = session.library
    found = library.find(" ".join(query))
    if as_json:
        print_json(session.out, library, found)
    else:
        print_rows(session.out, library, found)
    if not found:
        diagnostics.tell("No paper fits")
        raise SystemExit(1)


@click.command("show")
@click.argument("paper", nargs=-1, required=True)
@json_option
@pass_session
def show_command(session: Session, paper: Sequence[str], as_json: bool) -> None:
    """Show all that is known about a paper.

    \b
    readq show born again networks
    readq show 1503.02531 --json
    """
    found = session.paper(paper)
    if as_json:
        print_json(session.out, session.library, [found])
        return
    from readq.cli.commands.detail import print_entry

    print_entry(session.out, session.library.entry(found))


@click.command("next")
@click.option("-n", "--count", type=click.IntRange(min=1), default=1, help="How many to show.")
@click.option("--open", "open_it", is_flag=True, help="Open the first one and start reading.")
@json_option
@pass_session
def next_command(session: Session, count: int, open_it: bool, as_json: bool) -> None:
    """Show what to read next: the head of the queue.

    Exits with 1 when the queue is empty.
    """
    library = session.library
    queue = library.queue()[:count]
    if not queue:
        diagnostics.tell("The queue is empty. Add a paper with: readq queue add PAPER")
        raise SystemExit(1)
    if open_it:
        # What cannot be opened was not started either.
        opened = _open(session, queue[0], page=False, show_url=False)
        if not as_json and opened["how"] != "browser":
            session.out.line(opened["url"])
        diagnostics.tell(library.opened(queue[0], start=True).message)
    if as_json:
        print_json(session.out, library, queue)
    else:
        print_rows(session.out, library, queue)


@click.command("open")
@click.argument("paper", nargs=-1, required=True)
@click.option("--page", is_flag=True, help="The page about it rather than the PDF.")
@click.option("--start", is_flag=True, help="Start reading it, unless it is done.")
@json_option
@pass_session
def open_command(
    session: Session, paper: Sequence[str], page: bool, start: bool, as_json: bool
) -> None:
    """Open a paper's PDF in the browser; else its page; else a search for its title.

    \b
    readq open 1503.02531
    readq open --page --start born again networks
    """
    found = session.paper(paper)
    shown = _open(session, found, page=page, show_url=not as_json)
    if start:
        diagnostics.tell(session.library.opened(found, start=True).message)
    if as_json:
        session.out.json({"id": found, **shown})


def _open(session: Session, paper: PaperId, *, page: bool, show_url: bool) -> dict[str, str]:
    from readq.desktop.browser import open_url
    from readq.desktop.clipboard import copy
    from readq.desktop.editor import run_in_terminal

    target = session.library.target(paper, page=page)
    if target.kind == "search":
        diagnostics.tell("No list gives a link: this searches for the title")
    opened = open_url(
        target.url,
        foreground=run_in_terminal if session.out.terminal else None,
        copy=lambda text: copy(text).how != "none",
    )
    diagnostics.tell(opened.detail)
    if show_url and opened.how != "browser":
        session.out.line(opened.url)
    return {"url": opened.url, "kind": target.kind, "how": opened.how}


def print_json(out: Output, library: Library, papers: Sequence[PaperId]) -> None:
    """Papers with all that is known of them, as one JSON object."""
    from readq.library.as_json import entry_json

    out.json({"papers": [entry_json(entry) for entry in library.entries(papers)]})


def print_rows(out: Output, library: Library, papers: Sequence[PaperId]) -> None:
    """A line for each paper: fitted to a terminal, whole in a pipe."""
    places = {paper: place for place, paper in enumerate(library.queue(), 1)}
    rows = library.rows(papers)
    digits = max((len(str(places[row.id])) for row in rows if row.queued), default=0)
    if out.terminal:
        out.lines(_fitted(out, row, places.get(row.id), digits) for row in rows)
    else:
        out.lines(
            joined(row.id, row.status, places.get(row.id), row.year, row.title) for row in rows
        )


def _fitted(out: Output, row: Row, place: int | None, digits: int) -> str:
    """`○ 3 Title … 2015  the-id-or-its-beginning`."""
    name_width = min(32, out.width // 3)
    queue = f"{place or '':>{digits}} " if digits else ""
    room = max(10, out.width - 2 - len(queue) - 1 - 4 - 2 - name_width)
    sign = out.signs[row.status]
    title = fit(clean(row.title), room)
    year = f"{row.year or '':>4}"
    name = fit(row.id, name_width).rstrip()
    quiet = row.status in (Status.DONE, Status.DROPPED)
    return (
        f"{sign} {out.dim(queue)}{out.dim(title) if quiet else title}"
        f" {out.dim(year)}  {out.dim(name)}"
    )
