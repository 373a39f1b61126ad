"""Commands that look after the library file; they work for one that does not open, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from readq.cli import diagnostics
from readq.cli.commands.papers import json_option
from readq.cli.session import Session, pass_session
from readq.errors import UsageError
from readq.model.text import clean

if TYPE_CHECKING:
    from readq.library.care import Choice
    from readq.model.record import Change

_SHOWN = 20
"""So many changes are told one by one."""


@click.command("doctor")
@json_option
@pass_session
def doctor_command(session: Session, as_json: bool) -> None:
    """Check the library: file, journal, lock, kept lists, cache, backups, copies left by syncing.

    Changes nothing. Exits with 1 if there is something to do.
    """
    from readq.library.care import examine, is_healthy

    out, findings = session.out, examine(session.paths)
    healthy = is_healthy(findings)
    if as_json:
        told = [{"level": f.level, "message": f.message, "hint": f.hint} for f in findings]
        out.json({"healthy": healthy, "findings": told})
    else:
        for one in findings:
            level = out.bold(f"{one.level:8}") if one.level == "problem" else f"{one.level:8}"
            out.line(f"{level} {clean(one.message)}")
            if one.hint:
                out.line(out.dim(f"         {clean(one.hint)}"))
        problems = sum(one.level == "problem" for one in findings)
        told_so = f"{problems} problem{'s' if problems > 1 else ''}"
        diagnostics.tell("All is well" if healthy else told_so)
    if not healthy:
        raise SystemExit(1)


@click.command("backup")
@json_option
@pass_session
def backup_command(session: Session, as_json: bool) -> None:
    """Keep the library as it is now. One is kept each day by itself, when something was done."""
    from readq.library.care import back_up

    path = back_up(session.paths)
    if as_json:
        session.out.json({"path": str(path)})
    else:
        diagnostics.tell(f"Kept: {path}")


@click.command("restore")
@click.argument("which", required=False)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@json_option
@pass_session
def restore_command(session: Session, which: str | None, yes: bool, as_json: bool) -> None:
    """Show the backups; or go back to one, named or numbered, once you have seen what changes.

    \b
    readq restore
    readq restore 1
    readq restore 2026-11-21 --yes

    What was there before is kept, and can be gone back to the same way. With --json, nothing is
    restored without --yes. Exits with 1 when nothing was restored.
    """
    if which is None:
        _print_choices(session, as_json)
        return
    from readq.library import care

    choice = care.choose(session.paths, which)
    changes = care.differences(session.paths, choice)
    if not as_json:
        _show(session, choice, changes)
        if not yes and not _agreed(choice):
            diagnostics.tell("Nothing was changed")
            raise SystemExit(1)
    done = care.restore(session.paths, choice) if yes or not as_json else None
    kept = [str(path) for path in done.kept] if done else []
    if as_json:
        named = {"name": choice.name, "restored": done is not None, "kept": kept}
        session.out.json({**named, "changes": [_change_json(one) for one in changes]})
        return
    diagnostics.tell(f"Restored: {choice.name}")
    for path in kept:
        diagnostics.tell(f"What was there before is {path}")


def _print_choices(session: Session, as_json: bool) -> None:
    from readq.library.care import choices, told_choice

    out, found = session.out, choices(session.paths)
    if as_json:
        fields = [
            {
                "name": one.name,
                "reason": one.reason,
                "records": one.records,
                "acts": one.events,
                "problem": one.problem or None,
            }
            for one in found
        ]
        out.json({"backups": fields})
        return
    width = max((len(one.name) for one in found), default=0)
    for number, one in enumerate(found, 1):
        if out.terminal:
            out.line(f"{out.dim(f'{number:>3}')}  {one.name:{width}}  {clean(told_choice(one))}")
        else:
            out.fields(one.name, one.reason, one.records, one.events, one.problem)
    if found:
        diagnostics.tell("readq restore WHICH shows what would change, and asks")
    else:
        diagnostics.tell("There is no backup. Make one with: readq backup")
        raise SystemExit(1)


def _show(session: Session, choice: Choice, changes: Sequence[Change]) -> None:
    from readq.library.care import told_differences

    lines = list(told_differences(changes))
    session.out.lines(f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        session.out.line(f"  … and {len(lines) - _SHOWN} more")
    if not lines:
        diagnostics.tell(f"{choice.name} holds the same papers and lists as now")


def _agreed(choice: Choice) -> bool:
    try:
        return click.confirm(f"Go back to {choice.name}?", err=True)
    except click.Abort as error:
        raise UsageError("nobody answered", hint="--yes goes back without asking") from error


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "key": change.key,
        "field": change.field,
        "before": change.before,
        "after": change.after,
    }
