"""Commands that say how far one is with papers, and what one thinks of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.session import Session, pass_session
from readq.errors import NotFound, ReadOnly, UsageError
from readq.model.status import Status

_papers = click.argument("papers", nargs=-1, required=True, metavar="PAPER...")


def _set(session: Session, papers: Sequence[str], status: Status) -> None:
    diagnostics.tell(session.library.set_status(session.papers(papers), status).message)


@click.command("start")
@_papers
@pass_session
def start_command(session: Session, papers: Sequence[str]) -> None:
    """Start reading papers; queued ones keep their place."""
    _set(session, papers, Status.READING)


@click.command("done")
@_papers
@pass_session
def done_command(session: Session, papers: Sequence[str]) -> None:
    """Mark papers as read; they leave the queue.

    \b
    readq done 1503.02531
    readq done "born again" "paying more attention"
    """
    _set(session, papers, Status.DONE)


@click.command("drop")
@_papers
@pass_session
def drop_command(session: Session, papers: Sequence[str]) -> None:
    """Mark papers as seen and not wanted; they leave the queue and hide."""
    _set(session, papers, Status.DROPPED)


@click.command("todo")
@_papers
@pass_session
def todo_command(session: Session, papers: Sequence[str]) -> None:
    """Mark papers as to be read again."""
    _set(session, papers, Status.TO_READ)


@click.command("note")
@click.argument("paper", nargs=-1, required=True)
@click.option("--set", "new", metavar="TEXT", help="Replace the note; an empty one removes it.")
@click.option("--append", "more", metavar="TEXT", help="Add a paragraph.")
@click.option("--edit", is_flag=True, help="Edit the note in $VISUAL or $EDITOR.")
@json_option
@pass_session
def note_command(
    session: Session,
    paper: Sequence[str],
    new: str | None,
    more: str | None,
    edit: bool,
    as_json: bool,
) -> None:
    """Print a paper's note, or write it. TEXT is Markdown; - reads standard input.

    \b
    readq note 1503.02531 --append "dark knowledge: soft targets"
    readq note born again --set - < notes.md
    """
    if (new is not None) + (more is not None) + edit > 1:
        raise UsageError("--set, --append and --edit do not go together")
    library = session.library
    found = session.paper(paper)
    if new is not None:
        diagnostics.tell(library.set_note(found, _text(new)).message)
    elif more is not None:
        diagnostics.tell(library.append_note(found, _text(more)).message)
    elif edit:
        _edit(session, found)
    else:
        note = library.entry(found).record.note
        if as_json:
            session.out.json({"id": found, "note": note})
        elif note:
            session.out.block(note)
        else:
            diagnostics.tell("No note. Write one with: readq note PAPER --edit")
            raise SystemExit(1)


def _edit(session: Session, paper: str) -> None:
    from readq.desktop import editor
    from readq.model.paper import PaperId

    library, paper_id = session.library, PaperId(paper)
    if library.read_only is not None:
        raise ReadOnly(f"the library cannot be changed: {library.read_only}")

    note = library.entry(paper_id).record.note

    def save(text: str) -> None:
        diagnostics.tell(library.set_note(paper_id, text, base=note).message)

    if not editor.edit(note, save, name=paper_id, folder=session.paths.data / "editing"):
        diagnostics.tell("Note unchanged")


def _text(given: str) -> str:
    """What was given, or standard input for `-`."""
    if given != "-":
        return given
    data = sys.stdin.buffer.read()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UsageError("standard input is not UTF-8 text") from error


@click.command("tag")
@click.argument("paper", nargs=-1, required=True)
@click.option("--add", "-a", multiple=True, metavar="TAG", help="Give it a tag; may be repeated.")
@click.option("--remove", "-r", multiple=True, metavar="TAG", help="Take a tag away.")
@json_option
@pass_session
def tag_command(
    session: Session,
    paper: Sequence[str],
    add: Sequence[str],
    remove: Sequence[str],
    as_json: bool,
) -> None:
    """Print a paper's tags, or give and take some.

    \b
    readq tag 1503.02531 --add survey --add "to cite"
    readq tag 1503.02531 +survey --remove later
    """
    library = session.library
    paper, add = (
        [one for one in paper if one[:1] != "+"],
        [
            *add,
            *(one[1:] for one in paper if one[:1] == "+"),
        ],
    )
    if not paper:
        raise UsageError("which paper?", hint="readq tag PAPER +TAG gives it a tag")
    try:
        found = session.paper(paper)
    except NotFound as error:
        if len(paper) > 1 and not add and not remove:
            error.hint = f"a tag is given with --add: readq tag PAPER --add {paper[-1]}"
        raise
    if add or remove:
        diagnostics.tell(library.tag([found], add=add, remove=remove).message)
    tags = library.entry(found).record.tags
    if as_json:
        session.out.json({"id": found, "tags": list(tags)})
    elif not add and not remove:
        for one in tags:
            session.out.line(one)


@click.command("rate")
@click.argument("paper", nargs=-1, required=True)
@click.argument("stars", type=click.IntRange(0, 5), metavar="N")
@pass_session
def rate_command(session: Session, paper: Sequence[str], stars: int) -> None:
    """Rate a paper from 1 to 5; 0 takes the rating away."""
    found = session.paper(paper)
    diagnostics.tell(session.library.rate([found], stars or None).message)
