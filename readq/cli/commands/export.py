"""The command that writes papers and notes for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.session import Session, pass_session


@click.command("export")
@click.argument("query", nargs=-1)
@click.option(
    "-f",
    "--format",
    "kind",
    type=click.Choice(["markdown", "bibtex"]),
    help="The format; else what the name of the file says, else Markdown.",
)
@click.option(
    "-o",
    "--output",
    "path",
    metavar="PATH",
    type=click.Path(path_type=Path, allow_dash=True),
    help="A file to write; what it held is replaced.",
)
@click.option(
    "--by", type=click.Choice(["lists", "queue"]), default="lists", help="How papers are grouped."
)
@json_option
@pass_session
def export_command(
    session: Session,
    query: Sequence[str],
    kind: str | None,
    path: Path | None,
    by: str,
    as_json: bool,
) -> None:
    """Write papers: as Markdown with their notes, under the headings of their lists; or as BibTeX.

    \b
    readq export -o reading.md
    readq export status:done 'year>=2020'
    readq export --by queue
    readq export tag:thesis -o thesis.bib

    The same library gives the same text, byte for byte.
    """
    library, words = session.library, " ".join(query)
    found = set(library.find(words))
    if not found or (by == "queue" and found.isdisjoint(library.queue())):
        diagnostics.tell("No paper fits: nothing was written")
        raise SystemExit(1)
    if kind is None:
        from readq.formats.registry import by_file_name

        named = by_file_name(str(path)) if path is not None else None
        kind = named.name if named else "markdown"
    text = library.export(words, kind=kind, by="queue" if by == "queue" else "lists")
    if path is not None and str(path) != "-":
        from readq.library.export import save

        save(path, text)
        diagnostics.tell(f"Written: {path}")
    elif as_json:
        session.out.json({"format": kind, "text": text})
    else:
        session.out.block(text)
