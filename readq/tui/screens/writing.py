"""Notes, tags and exports."""

from __future__ import annotations

from functools import partial

from readq.errors import DesktopError, ReadqError
from readq.library.library import Library
from readq.model.paper import PaperId
from readq.tui import present
from readq.tui.screens.acting import Acting


class Writing(Acting):
    """The keys that write text."""

    async def action_note(self) -> None:
        """Write the note of the paper at the cursor, here."""
        paper = self.current
        if paper is None:
            self.notify("Notes belong to one paper: put the cursor on it", severity="warning")
            return
        if self._refused():
            return
        await self._write_note(paper)

    async def _write_note(self, paper: PaperId) -> None:
        from readq.tui.dialogs.note import NoteDialog

        app = self.app
        entry, draft = app.library.entry(paper), app.drafts.of(paper)
        if draft is not None and draft.text == entry.record.note:
            app.drafts.drop(paper)
            draft = None
        told = f"A draft from {present.day(draft.at, app.today())} was kept" if draft else ""
        await app.push_screen(
            NoteDialog(entry, partial(self._keep_note, paper), drafts=app.drafts, told=told)
        )

    def _keep_note(self, paper: PaperId, text: str, base: str) -> bool:
        """Keep a note that was made from `base`; whether it is kept."""
        if text == base:
            return True
        return self.act(lambda: self.app.library.set_note(paper, text, base=base)) is not None

    def _refused(self) -> bool:
        """Say why nothing can be written, if so: before anyone has typed a page."""
        reason = self.app.library.read_only
        if reason:
            self.notify(f"Read-only: {reason}", severity="error")
        return bool(reason)

    async def action_edit(self) -> None:
        """Write the note in the user's own editor; here, when the terminal cannot be lent."""
        paper = self.current
        if paper is None or self._refused():
            return
        from textual.app import SuspendNotSupported

        from readq.desktop import editor

        library, drafts = self.app.library, self.app.drafts
        note, draft = library.entry(paper).record.note, drafts.of(paper)
        text, base = (draft.text, draft.base) if draft else (note, note)
        told = ["Note unchanged"]

        def save(edited: str) -> None:
            told.append(library.set_note(paper, edited, base=base).message)
            drafts.drop(paper)

        try:
            with self.app.suspend():
                editor.edit(text, save, name=paper)
        except SuspendNotSupported:
            await self._write_note(paper)
            return
        except (DesktopError, ReadqError) as error:
            self.app.tell_error(error)
            return
        self.notify(told[-1])

    async def action_tags(self) -> None:
        """Change the tags of the targets."""
        papers = self.targets()
        if not papers or self._refused():
            return
        from readq.tui.dialogs.tags import TagsDialog

        library = self.app.library
        entries = [library.entry(paper) for paper in papers]
        common = set(entries[0].record.tags).intersection(*(e.record.tags for e in entries))
        what = entries[0].paper.title if len(papers) == 1 else f"{len(papers)} papers"
        dialog = TagsDialog(what, sorted(common), known=known_tags(library))

        def tagged(tags: tuple[str, ...] | None) -> None:
            if tags is None or set(tags) == common:
                return
            add, remove = set(tags) - common, common - set(tags)
            if self.act(lambda: library.tag(papers, add=sorted(add), remove=sorted(remove))):
                self.clear_marks()

        await self.app.push_screen(dialog, tagged)

    async def action_rate(self) -> None:
        """Rate the targets."""
        papers = self.targets()
        if not papers or self._refused():
            return
        from readq.tui.dialogs.rating import RatingDialog

        def rated(stars: int | None) -> None:
            if stars is None:
                return
            if self.act(lambda: self.app.library.rate(papers, stars or None)) is not None:
                self.clear_marks()

        await self.app.push_screen(RatingDialog(self.app.keys), rated)

    async def action_export(self) -> None:
        """Write papers to a Markdown file."""
        from readq.tui.dialogs.export import ExportDialog

        library = self.app.library
        dialog = ExportDialog(
            library.export_markdown,
            query=self.query_text.strip() if self.found is not None else "",
            queue_first=self.MODE == "queue",
        )
        await self.app.push_screen(dialog, self._exported)

    def _exported(self, message: str | None) -> None:
        if message is not None:
            self.notify(message, timeout=8)


def known_tags(library: Library) -> list[str]:
    """Every tag in use."""
    found = (library.entry(paper).record.tags for paper in library.find("has:tag"))
    return sorted({tag for tags in found for tag in tags})
