"""The command that says what is wrong in reading lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.session import Session, pass_session
from readq.model.text import clean

if TYPE_CHECKING:
    from readq.library.checking import Checked, Finding

_CROWD = 8
"""So many entries without a link are told on one line."""


@click.command("check")
@click.argument(
    "files", nargs=-1, required=True, metavar="LIST...", type=click.Path(path_type=Path)
)
@click.option("--all", "everything", is_flag=True, help="Also text and code that lists no paper.")
@json_option
@pass_session
def check_command(session: Session, files: Sequence[Path], everything: bool, as_json: bool) -> None:
    """Say what is wrong in lists, with line numbers. No file is changed.

    \b
    readq check README.md
    readq check *.md --json

    \b
    unreadable, format       the whole list, or a part, cannot be read
    not-understood, cut-off  lines that are no entry, heading or text; a torn end
    no-title, no-link        entries without one
    empty-link, unsafe-link  links without a target, or with one that is not opened
    suspicious-link          a supplement, an archive, code or a video that is called the paper
    shared-link              one link or id under two titles
    two-ids, repeated        one paper with several ids; one paper twice in a list
    mangled-id, mojibake     arXiv ids with lost digits; characters in a wrong encoding

    With several lists, also what is wrong between them. Exits with 1 if anything was found.
    """
    from readq.library.checking import check_files, report_json
    from readq.library.wording import counted

    report, out = check_files(files, everything=everything), session.out
    if as_json:
        out.json(report_json(report))
    else:
        for one in report.lists:
            if one.findings:
                out.line(out.bold(clean(one.source)))
                out.lines(_lines(one))
        if report.between:
            out.line(out.bold("Between the lists"))
            out.lines(_between(report.between))
        papers = sum(one.papers for one in report.lists)
        found = f"{report.found} found" if report.found else "Nothing is wrong"
        diagnostics.tell(
            f"{found}: {counted(papers, 'paper')} in {counted(len(report.lists), 'list')}"
        )
    if report.found:
        raise SystemExit(1)


def _lines(one: Checked) -> Iterator[str]:
    linkless = [finding for finding in one.findings if finding.code == "no-link"]
    crowd = len(linkless) > _CROWD
    rows = [
        (_range(finding), finding.code, finding.message)
        for finding in one.findings
        if not (crowd and finding.code == "no-link")
    ]
    width = max((len(where) for where, _, _ in rows), default=0)
    yield from (f"  {where:>{width}}  {code:15}  {message}" for where, code, message in rows)
    if crowd:
        where = ", ".join(_range(finding) for finding in linkless)
        yield f"  {len(linkless)} of {one.papers} papers have no link, on lines {where}"


def _between(findings: Sequence[Finding]) -> Iterator[str]:
    for finding in findings:
        yield f"  {finding.code:15}  {finding.message}"
        for spot in finding.spots:
            first, last = spot.lines
            where = f"{first}" if first == last else f"{first}-{last}"
            yield f"    {clean(spot.source)}:{where}"


def _range(finding: Finding) -> str:
    first, last = finding.spots[0].lines
    return str(first) if first == last else f"{first}-{last}"
