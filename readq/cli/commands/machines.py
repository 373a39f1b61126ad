"""Commands for a library on several machines."""

from __future__ import annotations

from pathlib import Path

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.session import Session, pass_session

_existing = click.Path(exists=True, path_type=Path)


@click.command("merge")
@click.argument("other", type=_existing)
@json_option
@pass_session
def merge_command(session: Session, other: Path, as_json: bool) -> None:
    """Take another copy of the library over: a library file, its folder, or a conflict copy.

    \b
    readq merge /media/stick/readq
    readq merge library.sync-conflict-20261121-093000-ABCDEFG.json

    What was set later wins, field by field; tags are united, and a note that both sides wrote
    keeps both texts. It is one act: readq undo takes it back.
    """
    from readq.library.copies import take

    taken = take(session.paths, other)
    if as_json:
        session.out.json(
            {
                "message": taken.message,
                "event": taken.event.id if taken.event else None,
                "papers": list(taken.event.papers) if taken.event else [],
                "both_notes": list(taken.both),
                "remarks": list(taken.remarks),
            }
        )
        return
    for line in (taken.message, *taken.remarks):
        diagnostics.tell(line)


@click.command("git-setup")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@pass_session
def git_setup_command(session: Session, folder: Path | None) -> None:
    """Teach git to keep a library: FOLDER is the library's own unless it is given.

    Names readq in the repository's settings as the one that merges library.json, and writes
    .gitattributes and .gitignore there. To be run once in every clone.
    """
    from readq.library.versioned import set_up

    for line in set_up(folder or session.paths.data):
        diagnostics.tell(line)


@click.command("merge-driver", hidden=True)
@click.argument("base", type=_existing)
@click.argument("ours", type=_existing)
@click.argument("theirs", type=_existing)
def merge_driver_command(base: Path, ours: Path, theirs: Path) -> None:
    """For git: merge library files into OURS. BASE is not needed, each copy has its history.

    \b
    [merge "readq"]
        driver = readq merge-driver %O %A %B
    """
    from readq.library.versioned import merge_for_git

    merge_for_git(ours, theirs)
