"""Commands on files that touch no library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.output import Output, fit
from readq.cli.session import Session, pass_session
from readq.model.listing import Listing
from readq.model.text import clean


@click.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--explain", is_flag=True, help="Say how the list was understood instead.")
@json_option
@pass_session
def parse_command(session: Session, file: Path, explain: bool, as_json: bool) -> None:
    """Print what a list holds, entry by entry, as it is written there.

    What could not be read is named on standard error, by line. Exits with 1 when there is no
    paper in it.

    With --explain: where the list's entries have their fields, and of every candidate, by line,
    what it was taken for and how sure its own fields are of that (above 1 a paper by itself,
    below -1 none).
    """
    if explain:
        _explain(session.out, file, as_json)
        return
    from readq.library.documents import parse_file
    from readq.library.wording import counted

    reading_list, as_written = parse_file(file)
    if as_json:
        session.out.json(as_written)
    else:
        _print_entries(session.out, reading_list.entries)
        for one in reading_list.diagnostics:
            diagnostics.tell(f"{_lines(one.lines)}: {one.reason}")
    kinds = Counter(entry.kind for entry in reading_list.entries)
    if not as_json:
        title = f"{reading_list.title}: " if reading_list.title else ""
        beside = f", {counted(kinds['resource'], 'resource')}" if kinds["resource"] else ""
        diagnostics.tell(f"{title}{counted(kinds['paper'], 'paper')}{beside}")
    if not kinds["paper"]:
        raise SystemExit(1)


@click.command("papers")
@click.argument(
    "lists", nargs=-1, required=True, metavar="LIST...", type=click.Path(path_type=Path)
)
@json_option
@pass_session
def papers_command(session: Session, lists: Sequence[Path], as_json: bool) -> None:
    """Print the papers of several lists, each once, with all its listings.

    In a pipe: id, number of listings, year and title, between tabs.
    """
    from readq.library.documents import merge_files

    out, merged = session.out, merge_files(lists)
    if as_json:
        out.json(merged)
        return
    for paper in merged["papers"]:
        listings = len(paper["listings"])
        if out.terminal:
            title = fit(clean(paper["title"]), max(10, out.width - 12))
            out.line(f"{out.dim(f'{listings:>3}×')} {title} {out.dim(str(paper['year'] or ''))}")
        else:
            out.fields(paper["id"], listings, paper["year"], paper["title"])
    if not merged["papers"]:
        diagnostics.tell("No papers were found")
        raise SystemExit(1)


def _explain(out: Output, file: Path, as_json: bool) -> None:
    from readq.library.documents import explain_file

    habits, judged = explain_file(file)
    if as_json:
        out.json(
            {
                "habits": [
                    {
                        "what": one.what,
                        "entries": one.entries,
                        "order": list(one.order),
                        "places": list(one.places),
                    }
                    for one in habits
                ],
                "candidates": [
                    {
                        "lines": list(one.lines),
                        "title": one.title,
                        "verdict": one.verdict,
                        "score": one.score,
                    }
                    for one in judged
                ],
            }
        )
        return
    for habit in habits:
        out.line(out.bold(f"{clean(habit.what)}: {habit.entries}, {' · '.join(habit.order)}"))
        out.lines(f"  {clean(place)}" for place in habit.places)
    for one in judged:
        title = clean(one.title) or "(no title)"
        out.line(f"{_lines(one.lines):16} {one.verdict:8} {one.score:>6.1f}  {title}")


def _print_entries(out: Output, entries: Sequence[Listing]) -> None:
    section: tuple[str, ...] = ()
    for entry in entries:
        if entry.section != section:
            section = entry.section
            out.line(out.bold(clean(" › ".join(section))))
        out.line(f"{out.dim(f'{entry.lines[0]:>5}')}  {clean(_title(entry))}")
        authors = ", ".join(entry.authors) + (" et al." if entry.et_al else "")
        place = " ".join(filter(None, (entry.venue, str(entry.year) if entry.year else None)))
        facts = [authors, place, *map(str, filter(None, (entry.arxiv_id, entry.doi))), entry.note]
        if told := " · ".join(clean(fact) for fact in facts if fact):
            out.line(f"       {told}")
        for link in entry.links:
            out.line(out.dim(f"       {clean(f'{link.label} {link.url}')}"))


def _title(entry: Listing) -> str:
    title = entry.title or "(no title)"
    if entry.nickname:
        title = f"{title} ({entry.nickname})"
    return title if entry.kind == "paper" else f"[{entry.kind}] {title}"


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first}-{last}"
