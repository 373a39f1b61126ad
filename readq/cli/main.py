"""The command line. Parses, asks the library, prints; decides nothing."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from readq import __version__
from readq.cli import diagnostics
from readq.cli.session import Session
from readq.errors import ReadqError

_COMMANDS = {
    "view": "lists",
    "ls": "papers",
    "show": "papers",
    "next": "papers",
    "open": "papers",
    "start": "marks",
    "done": "marks",
    "drop": "marks",
    "todo": "marks",
    "queue": "queue",
    "note": "marks",
    "tag": "marks",
    "rate": "marks",
    "undo": "past",
    "redo": "past",
    "history": "past",
    "export": "export",
    "lists": "lists",
    "add": "lists",
    "remove": "lists",
    "parse": "files",
    "papers": "files",
    "check": "checks",
    "doctor": "care",
    "backup": "care",
    "restore": "care",
    "merge": "machines",
    "git-setup": "machines",
    "help": "helping",
}
"""Every command and the module of `commands` that has it, in the order of the help."""

_FOR_PROGRAMS = {"merge-driver": "machines"}
"""What git calls; the help does not show it."""

_INTERRUPTED = 130  # what a shell reports for SIGINT


class Readq(click.Group):
    """Loads a command when it is called; says every error in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        name = _COMMANDS.get(cmd_name) or _FOR_PROGRAMS.get(cmd_name)
        if name is None:
            return None
        module = import_module(f"readq.cli.commands.{name}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words begin with; for none, the error names the nearest."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            from difflib import get_close_matches

            near = get_close_matches(name, _COMMANDS, 1)
            told = f"; did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"there is no command {name!r}{told}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run; words that an option lacks are an error of the command, not of readq."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            name = ctx.invoked_subcommand
            if error.ctx is None and name and (command := self.get_command(ctx, name)):
                error.ctx = click.Context(command, info_name=name, parent=ctx)
            raise

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        """Run, and end with the status that says how it went."""
        settings["standalone_mode"] = False
        status = _status(lambda: super(Readq, self).main(*args, **settings))
        # Python looks for garbage once more at its end; nothing is left that would need it.
        gc.freeze()
        sys.exit(status)


@click.group(
    cls=Readq,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--home",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="Keep settings, library and cache in DIR (also: READQ_HOME).",
)
@click.version_option(__version__, "-V", "--version", message="readq %(version)s")
@click.pass_context
def cli(context: click.Context, home: str | None) -> None:
    """Reading lists of papers as one tree, a queue that you finish, and notes that you keep.

    Without a command, readq opens the app.

    \b
    PAPER is an id, an arXiv id, a DOI, the beginning of an id, or words of a title.
    QUERY is words and terms, see readq ls --help: 'attention year>=2020 has:pdf'
    """
    if home == "":
        raise click.UsageError("--home needs a folder")
    session = Session(None if home is None else Path(home))
    context.obj = session
    context.call_on_close(session.close)
    if context.invoked_subcommand is None:
        from readq.cli import start_app

        start_app.require_terminal()
        start_app.start(session.library, session.config)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The console script."""
    # A command is over before there is garbage worth collecting; the app turns this on again.
    gc.disable()
    cli.main(args=None if arguments is None else list(arguments), prog_name="readq")


def _status(run: Any) -> int:
    """The exit status of a run; its errors are told."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a title is no reason to fail
    try:
        status = run()
        sys.stdout.flush()
    except ReadqError as error:
        diagnostics.fail_with(error)
        return error.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "readq"
        diagnostics.fail(error.format_message().rstrip("."), f"{where} --help says how")
        return error.exit_code
    except click.ClickException as error:
        diagnostics.fail(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        diagnostics.fail(f"{error.filename or 'output'}: {error.strerror or error}")
        return 1
    return status if isinstance(status, int) else 0
