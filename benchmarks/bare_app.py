"""The measure for the app's start: Textual with a header, a tree of some rows and a footer."""

from __future__ import annotations

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Header, Tree


class BareApp(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, "bell", f"Key {key}") for key in "odsanu"]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        yield Header()
        tree: Tree[None] = Tree("papers")
        tree.root.expand()
        for number in range(self._rows):
            tree.root.add_leaf(f"Paper number {number} with a title of ordinary length")
        yield tree
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Tree).focus()


if __name__ == "__main__":
    BareApp(int(sys.argv[1])).run()
