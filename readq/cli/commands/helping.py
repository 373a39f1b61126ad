"""The command that shows how the others are used."""

from __future__ import annotations

from collections.abc import Sequence

import click


@click.command("help")
@click.argument("command", nargs=-1)
@click.pass_context
def help_command(context: click.Context, command: Sequence[str]) -> None:
    """Show this help, or that of a command."""
    shown = context.find_root()
    words = list(command)
    while words:
        group = shown.command
        if not isinstance(group, click.Group):
            raise click.UsageError(f"{shown.command_path} has no commands", shown)
        name, found, words = group.resolve_command(shown, words)
        assert found is not None
        shown = click.Context(found, info_name=name, parent=shown)
    click.echo(shown.get_help())
