"""Papers opened in the browser, and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual import on, work

from readq.errors import ReadqError
from readq.model.paper import PaperId
from readq.tui import keymap
from readq.tui.screens.acting import Acting
from readq.tui.widgets.paper_detail import PaperDetail

if TYPE_CHECKING:
    from readq.library.values import Target

Copyable = Literal["title", "url", "bibtex", "citation", "markdown"]


class Opening(Acting):
    """The keys that leave readq: o, O, p, f, the next paper, and the copies."""

    def action_open(self, how: Literal["pdf", "page", "start"]) -> None:
        """Open the paper at the cursor: its PDF, its page, or its PDF while it is started."""
        paper = self.current
        if paper is None:
            self.notify("Open works on one paper: put the cursor on it", severity="warning")
            return
        self._open_paper(paper, page=how == "page")
        if how == "start":
            try:
                self.app.library.opened(paper, start=True)
            except ReadqError as error:
                self.app.tell_error(error)

    def _open_paper(self, paper: PaperId, *, page: bool = False) -> None:
        try:
            target = self.app.library.target(paper, page=page)
        except ReadqError as error:
            self.app.tell_error(error)
            return
        self._open_target(target)

    def _open_target(self, target: Target) -> None:
        what = {
            "pdf": "The PDF",
            "page": "The page",
            "search": "No link: a search for the title",
        }[target.kind]
        self.open_url(target.url, what)

    def open_url(self, url: str, what: str) -> None:
        """Open an address; `what` it is goes into the message."""
        from readq.desktop import browser
        from readq.errors import DesktopError

        try:
            if browser.needs_terminal(url):
                self._open_here(url)
            else:
                self._open_apart(url, what)
        except DesktopError as error:
            self.app.tell_error(error)

    def _open_here(self, url: str) -> None:
        """A browser that draws on the terminal gets it for as long as it runs."""
        import subprocess

        from textual.app import SuspendNotSupported

        from readq.desktop import browser

        try:
            with self.app.suspend():
                browser.open_url(url, foreground=subprocess.call)
        except SuspendNotSupported:
            self.notify(f"Not opened: {url}", severity="warning")

    @work(thread=True, exit_on_error=False, group="desktop")
    def _open_apart(self, url: str, what: str) -> None:
        from readq.desktop import browser

        try:
            opened = browser.open_url(url, copy=self._copy_url)
        except ReadqError as error:
            self.app.call_from_thread(self.app.tell_error, error)
            return
        if opened.how == "browser":
            self.notify(f"{what} · {opened.detail}")
        else:
            self.app.call_from_thread(
                self.app.notify, f"{what} · {opened.detail}\n{opened.url}", timeout=12
            )

    def _copy_url(self, url: str) -> bool:
        from readq.desktop import clipboard

        return clipboard.copy(url, terminal_write=self.app.write_to_terminal).how != "none"

    def action_next(self) -> None:
        """Open the head of the queue and start it."""
        try:
            paper = self.app.library.next()
        except ReadqError as error:
            self.app.tell_error(error)
            return
        if paper is None:
            keys = self.app.keys
            self.notify(
                f"The queue is empty: {keymap.key_of('queue', keys)} puts a paper there",
                severity="warning",
            )
            return
        self.go_to(paper)
        self._open_paper(paper)

    async def action_pick_link(self) -> None:
        """Choose one of the links of the paper at the cursor."""
        paper = self.current
        if paper is None:
            return
        entry = self.app.library.entry(paper)
        if not entry.paper.links:
            key = keymap.key_of("open", self.app.keys)
            self.notify(f"No links; {key} searches for its title", severity="warning")
            return
        from readq.tui.dialogs.links import LinksDialog

        await self.app.push_screen(LinksDialog(entry.paper), self._open_link)

    @on(PaperDetail.LinkChosen)
    def _link_clicked(self, event: PaperDetail.LinkChosen) -> None:
        self._open_link(event.number)

    def _open_link(self, number: int | None) -> None:
        entry = self.detail.entry
        if number is None or entry is None or not 1 <= number <= len(entry.paper.links):
            return
        link = entry.paper.links[number - 1]
        self.open_url(link.url, link.label or "The link")

    async def action_copy(self) -> None:
        """Show what may be copied, and wait for a key."""
        if self.current is None:
            self.notify("Copy works on one paper: put the cursor on it", severity="warning")
            return
        from readq.tui.dialogs.copies import CopyDialog

        await self.app.push_screen(CopyDialog(self.app.keys), self._copy)

    def action_copy_as(self, what: Copyable) -> None:
        """Copy one form of the paper at the cursor."""
        if self.current is None:
            self.notify("Copy works on one paper: put the cursor on it", severity="warning")
        self._copy(what)

    def _copy(self, what: Copyable | None) -> None:
        paper = self.current
        if what is None or paper is None:
            return
        try:
            text = self.app.library.copyable(paper, what)
        except ReadqError as error:
            self.app.tell_error(error)
            return
        self._copy_text(text, what)

    @work(thread=True, exit_on_error=False, group="desktop")
    def _copy_text(self, text: str, what: str) -> None:
        from readq.desktop import clipboard

        copied = clipboard.copy(text, terminal_write=self.app.write_to_terminal)
        shown = text if len(text) < 200 else f"{text[:200]}…"
        self.app.call_from_thread(
            self.app.notify,
            f"{copied.detail}: {shown}",
            severity="warning" if copied.how == "none" else "information",
        )
