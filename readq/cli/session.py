"""One call of the command line: its folders, settings and library, each opened when first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readq import config, paths
from readq.cli import diagnostics
from readq.cli.output import Output

if TYPE_CHECKING:
    from readq.library.library import Library
    from readq.model.paper import PaperId


class Session:
    """What commands share. Opening the library is left to those that need it."""

    def __init__(self, home: Path | None) -> None:
        self._home = home
        self._library: Library | None = None

    @cached_property
    def paths(self) -> paths.Paths:
        """Where things are kept."""
        return paths.user_paths(self._home)

    @cached_property
    def config(self) -> config.Config:
        """The user's settings."""
        return config.load(self.paths.config_file)

    @cached_property
    def out(self) -> Output:
        """Where data goes."""
        return Output.to_stdout(ascii_only=self.config.ascii)

    @property
    def library(self) -> Library:
        """The user's library; what it has to tell is told."""
        if self._library is None:
            from readq.library.library import Library

            self._library = Library.open(self.paths, config=self.config)
            for notice in self._library.notices:
                diagnostics.tell(notice)
        return self._library

    def paper(self, words: Sequence[str]) -> PaperId:
        """The one paper that the words of a command name together."""
        return self.library.resolve(" ".join(words))

    def papers(self, each: Sequence[str]) -> list[PaperId]:
        """The papers that the arguments of a command name, one each."""
        return [self.library.resolve(words) for words in each]

    def close(self) -> None:
        """Let go of the library."""
        if self._library is not None:
            self._library.close()


pass_session = click.make_pass_decorator(Session)
"""Gives a command the session of its call."""
