"""The palette: papers, acts, themes. Data is never read as markup, so matches are set off here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from readq.errors import QueryError
from readq.model.paper import PaperId
from readq.tui import keymap, present
from readq.tui.screens.core import Core

_MOST = 40
"""How many papers are offered."""
_AROUND = 8
"""What of a row is no text: borders, margins, the scroll bar."""


class _Ours(Provider):
    """What all providers need."""

    @property
    def core(self) -> Core:
        """The screen below the palette."""
        screen: Any = self.screen
        assert isinstance(screen, Core)
        return screen

    def marked(self, words: str, query: str) -> Content:
        """`words` with the parts that match `query` set off."""
        parts = "|".join(map(re.escape, query.split()))
        style = self.match_style or "reverse"
        return present.label(words).highlight_regex(re.compile(parts, re.IGNORECASE), style=style)

    def line(self, words: Content, right: str) -> Content:
        """`words`, and a key at the right end."""
        return present.command_line(words, right, width=max(20, self.screen.size.width - _AROUND))


def _fits(words: str, query: str) -> float:
    """How well `words` answer `query`: 0 to 1, 0 when a word is missing."""
    text = words.casefold()
    parts = query.casefold().split()
    if not parts or not all(part in text for part in parts):
        return 0.0
    return 0.5 + 0.5 * sum(map(len, parts)) / max(1, len(text))


class ActProvider(_Ours):
    """Everything that has a key, each form of a copy too."""

    def _acts(self) -> Iterable[tuple[str, str, str]]:
        """(words, keys, action)."""
        keys = self.core.app.keys
        for binding in keymap.PAPERS:
            if binding.id == "copy":
                yield from self._copies(keymap.key_of("copy", keys))
            elif binding.id not in {"palette", "escape"}:
                pressed = " ".join(map(keymap.display, keymap.keys_of(binding, keys)))
                yield binding.tooltip, pressed, binding.action

        lists = keymap.key_of("lists", keys)
        yield "Add a list", f"{lists} {keymap.key_of('add-list', keys)}", "lists('add')"
        yield "Remove a list", f"{lists} {keymap.key_of('remove-list', keys)}", "lists"

    def _copies(self, prefix: str) -> Iterable[tuple[str, str, str]]:
        for binding in keymap.COPIES:
            if binding.action.startswith("copy("):
                pressed = f"{prefix} {keymap.key_of(binding.id or '', self.core.app.keys)}"
                action = binding.action.replace("copy(", "copy_as(")
                yield f"Copy its {binding.tooltip}", pressed, action

    async def discover(self) -> Hits:
        """All of them."""
        for words, keys, action in self._acts():
            yield DiscoveryHit(self.line(Content(words), keys), self._run(action), text=words)

    async def search(self, query: str) -> Hits:
        """Those whose words fit."""
        for words, keys, action in self._acts():
            if score := _fits(words, query):
                yield Hit(
                    score, self.line(self.marked(words, query), keys), self._run(action), words
                )

    def _run(self, action: str) -> partial[Any]:
        return partial(self.core.run_action, action)


class ThemeProvider(_Ours):
    """The themes."""

    async def discover(self) -> Hits:
        """Ours; the others can be searched for."""
        for name in self.core.app.available_themes:
            if name.startswith("readq"):
                words = f"Theme: {name}"
                yield DiscoveryHit(Content(words), self._set(name), text=words)

    async def search(self, query: str) -> Hits:
        """Those whose names fit."""
        for name in self.core.app.available_themes:
            words = f"Theme: {name}"
            if score := _fits(words, query):
                yield Hit(score, self.marked(words, query), self._set(name), words)

    def _set(self, name: str) -> partial[None]:
        return partial(setattr, self.core.app, "theme", name)


class PaperProvider(_Ours):
    """Papers, by the same words that the filter takes."""

    async def discover(self) -> Hits:
        """The head of the queue."""
        library = self.core.app.library
        for paper in library.queue()[:5]:
            title = library.row(paper).title
            yield DiscoveryHit(
                self.line(present.label(title), "in the queue"), self._go(paper), text=title
            )

    async def search(self, query: str) -> Hits:
        """Those that the words find."""
        library = self.core.app.library
        try:
            found = library.find(query)[:_MOST]
        except QueryError:
            return
        for paper in found:
            title = library.row(paper).title
            score = 0.4 + 0.1 * _fits(title, query)
            yield Hit(score, self.marked(title, query), self._go(paper), title)

    def _go(self, paper: PaperId) -> partial[Any]:
        return partial(self.core.app.go_to, paper)


class Everything(_Ours):
    """What all others have to offer; a word when that is nothing."""

    def _all(self) -> Iterable[Provider]:
        for kind in (ActProvider, ThemeProvider, PaperProvider):
            yield kind(self.screen, self.match_style)

    async def discover(self) -> Hits:
        """What each has without being asked."""
        for provider in self._all():
            async for hit in provider.discover():
                yield hit

    async def search(self, query: str) -> Hits:
        """What each finds."""
        found = False
        for provider in self._all():
            async for hit in provider.search(query):
                found = True
                yield hit
        if not found:
            yield Hit(1.0, present.muted("Nothing found"), _nothing, "Nothing found")


def _nothing() -> None:
    """What choosing nothing does."""


def palette() -> CommandPalette:
    """The palette, ready to be shown."""
    return CommandPalette(providers=[Everything], placeholder="A paper, an act, a theme …")
