"""Which blocks are entries: where one starts, ends, and which headings it stands under."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from readq.lists.blocks import bibtex
from readq.lists.blocks.model import Block, Document, Kind, Run, Style
from readq.lists.entries import headings
from readq.lists.entries.headings import Headings
from readq.lists.entries.shapes import EMPTY, heading_text, plain, shape
from readq.lists.entries.splits import entry_lines, entry_links
from readq.lists.fields.vocabulary import GENERIC_TITLES


@dataclass(slots=True)
class Record:
    """The blocks of one candidate entry."""

    parts: list[tuple[str, list[Run]]]
    section: tuple[str, ...]
    name: str
    """Its class: entries of one class are written alike."""
    first: int
    last: int
    columns: tuple[str, ...] = ()
    """For a table row: its column heads, in lower case."""
    data: dict[str, str] = field(default_factory=dict)
    """Fields that the format itself names."""


@dataclass(slots=True)
class Outline:
    """A document taken apart."""

    title: str
    records: list[Record]
    used: set[int]
    """Blocks that are headings, furniture or in a record."""


def outline(document: Document) -> Outline:
    """Find the records of `document`."""
    return _Outliner(document).run()


class _Outliner:
    """Walks the blocks once, with the headings that hold."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.shapes = [shape(block.runs) if block.runs else EMPTY for block in self.blocks]
        self.records: list[Record] = []
        self.used: set[int] = set()
        self.headings = Headings()
        self.title = "" if GENERIC_TITLES.match(document.title) else document.title
        titled = document.format == "org" and document.title
        self.named = -1 if titled else headings.document_title(self.blocks)
        self.lines = headings.line_headings(self.blocks, self.shapes)
        self.entry_levels = headings.entry_levels(self.blocks, self.shapes)
        self.nested = self._nested_entries()
        self.mixed = self._mixed_lists()
        self.following = self._following_lists()
        self.tables = _Tables(self.blocks)
        self.open_group = -1
        self.open: Record | None = None
        """The record that what follows may still belong to."""

    def _nested_entries(self) -> set[int]:
        """Depths at which items within items are entries of their own."""
        total: dict[int, int] = defaultdict(int)
        titled: dict[int, int] = defaultdict(int)
        for block, form in zip(self.blocks, self.shapes, strict=True):
            if block.kind == Kind.ITEM and block.parent >= 0 and not form.contents:
                total[block.level] += 1
                titled[block.level] += form.titled and not form.key
        return {depth for depth, n in total.items() if titled[depth] > 0.5 * n}

    def _mixed_lists(self) -> set[int]:
        """Lists whose items are the fields of one entry: one has the title, others names."""
        items: dict[int, list[int]] = defaultdict(list)
        for index, block in enumerate(self.blocks):
            if block.kind == Kind.ITEM and block.parent < 0:
                items[block.group].append(index)
        mixed = set()
        for group, members in items.items():
            forms = [self.shapes[i] for i in members]
            titled = sum(form.titled and not form.key for form in forms)
            if (
                2 <= len(members) <= 5
                and titled == 1
                and sum(form.names > 0.6 for form in forms) >= 1
                and members[0] > 0
                and self.blocks[members[0] - 1].kind == Kind.PARAGRAPH
                and (self.shapes[members[0] - 1].links or self.shapes[members[0] - 1].dated)
                and not sum(form.links for form in forms)
            ):
                mixed.add(group)
        return mixed if len(mixed) * 2 > len(items) else set()

    def _following_lists(self) -> dict[int, bool]:
        """Of each list, whether all of its items have only what stands beside a title."""
        found: dict[int, bool] = {}
        for block, form in zip(self.blocks, self.shapes, strict=True):
            if block.kind == Kind.ITEM:
                found[block.group] = found.get(block.group, True) and form.follows
        return found

    # the walk

    def run(self) -> Outline:
        if self.named >= 0:
            self.title = heading_text(self.blocks[self.named].runs)
        index = 0
        while index < len(self.blocks):
            index = self._step(index)
        return Outline(self.title, self.records, self.used)

    def _step(self, index: int) -> int:
        block = self.blocks[index]
        if block.kind == Kind.HEADING:
            return self._heading(index)
        if block.kind == Kind.ITEM:
            return self._item(index)
        if block.kind == Kind.PARAGRAPH:
            return self._paragraph(index)
        if block.kind == Kind.ROW:
            self._row(index)
        elif block.kind == Kind.RULE:
            self.headings.fold(block)
            self.used.add(index)
            if not block.level:
                self.open = None
                self.headings.end(headings.LINE)
        elif block.data:
            self._data(block)
            self.used.add(index)
        elif block.kind == Kind.CODE:
            self._code(index)
        return index + 1

    def _heading(self, index: int) -> int:
        block = self.blocks[index]
        self.used.add(index)
        self.open = None if block.level != headings.FOLD else self.open
        if index == self.named:
            return index + 1
        if block.level in self.entry_levels and (
            self.shapes[index].titled or headings.keys_below(self.blocks, self.shapes, index)
        ):
            end = index + 1
            while end < len(self.blocks) and self.blocks[end].kind in (Kind.PARAGRAPH, Kind.ITEM):
                end += 1
            self.headings.end(block.level)
            self._record(list(range(index, end)), f"h{block.level}")
            return end
        text = heading_text(block.runs)
        if headings.is_contents(text):
            self.headings.push(block.level, "")
        elif block.level == headings.FOLD:
            self.headings.summary(text)
        else:
            self.headings.push(block.level, text)
        return index + 1

    def _item(self, index: int) -> int:
        block = self.blocks[index]
        end = index + 1
        while (
            end < len(self.blocks)
            and self.blocks[end].level > block.level
            and (self.blocks[end].kind in (Kind.ITEM, Kind.PARAGRAPH, Kind.CODE))
            and self.blocks[end].parent >= index
        ):
            end += 1
        inside = list(range(index, end))
        if all(self.shapes[i].contents or not self.blocks[i].runs for i in inside):
            self.used.update(inside)
            return end
        if self.open is not None and block.parent < 0 and self._belongs(index):
            self._extend(inside)
            return end
        kids = [
            i
            for i in inside[1:]
            if self.blocks[i].kind == Kind.ITEM and self.blocks[i].parent == index
        ]
        if kids and block.level + 1 in self.nested and any(self.shapes[k].titled for k in kids):
            own = [i for i in inside if i < kids[0]]
            form = self.shapes[index]
            if form.links == 0 and not (form.dated and form.titled):
                # It only names the group that follows.
                self.used.update(own)
                saved = list(self.headings.stack)
                self.headings.push(headings.ITEM + block.level, heading_text(block.runs))
                at = kids[0]
                while at < end:
                    at = (
                        self._item(at)
                        if self.blocks[at].kind == Kind.ITEM and block.level < 40
                        else self._step(at)
                    )
                self.headings.stack = saved
                return end
            self._record(own, f"i{block.level}")
            return kids[0]
        several = entry_links(block) if len(inside) == 1 else []
        if several:
            self._several(index, several)
        else:
            self._record(inside, f"i{block.level}")
        return end

    def _several(self, index: int, entries: list[tuple[int, int, list[Run]]]) -> None:
        """A block that holds several entries."""
        self.used.add(index)
        self.open = None
        for first, last, runs in entries:
            record = Record([("0", runs)], self.headings.section(), "l", first, last)
            self.records.append(record)

    def _belongs(self, index: int) -> bool:
        """Whether a list's item goes on with the entry that is open."""
        block, form = self.blocks[index], self.shapes[index]
        if block.group in self.mixed:
            return True
        if self.open_group == block.group:
            return False
        return form.follows and self.following.get(block.group, False)

    def _paragraph(self, index: int) -> int:
        block, form = self.blocks[index], self.shapes[index]
        if not any(run.text.strip() for run in block.runs if not run.style & Style.IMAGE):
            self.used.add(index)
            return index + 1
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        text = self.lines.get(index, "")
        if text and after is not None and self._heads(index + 1):
            self.used.add(index)
            self.open = None
            if headings.is_contents(text):
                self.headings.push(headings.LINE, "")
            else:
                self.headings.push(headings.LINE, text)
            return index + 1
        if self.open is not None and form.follows and not form.dated:
            self._extend([index])
            return index + 1
        if form.contents and len(form.text) < 400:
            self.used.add(index)
            return index + 1
        several = entry_lines(block) or entry_links(block)
        if several:
            self._several(index, several)
            return index + 1
        self._record([index], "p")
        return index + 1

    def _heads(self, index: int) -> bool:
        """Whether the block at `index` begins entries that a line above it would head."""
        block = self.blocks[index]
        if block.kind == Kind.ROW:
            return True
        return (
            block.kind == Kind.ITEM
            and not self.following.get(block.group, False)
            and (block.group not in self.mixed)
        )

    def _row(self, index: int) -> None:
        block = self.blocks[index]
        self.used.add(index)
        self.open = None
        parts, group = self.tables.parts(block)
        if group:
            self.headings.push(headings.LINE + 1, group)
        if not parts:
            return
        section = self.headings.section()
        carried = self.tables.carried(block)
        if carried:
            section = (*section, carried)
        columns = self.tables.heads.get(block.group, ())
        name = "t:" + "|".join(columns or (str(len(block.cells)),))
        self.records.append(Record(parts, section, name, block.first, block.last, columns))

    def _code(self, index: int) -> None:
        """A block of code: BibTeX is read, the rest left to the diagnostics."""
        block = self.blocks[index]
        text = block.text
        if "@" not in text or "=" not in text:
            return
        items = bibtex.parse(text, block.runs[0].line if block.runs else block.first)
        if items:
            self.used.add(index)
        for item in items:
            self._data(bibtex.block(item))

    def _data(self, block: Block) -> None:
        parts = [("0", block.runs)]
        record = Record(
            parts, self.headings.section(), "data", block.first, block.last, data=block.data
        )
        self.records.append(record)

    def _record(self, indices: list[int], name: str) -> None:
        first = self.blocks[indices[0]].first
        record = Record([], self.headings.section(), name, first, first)
        self._fill(record, indices)
        if record.parts:
            self.records.append(record)
            block = self.blocks[indices[0]]
            self.open = record if block.parent < 0 else None
            self.open_group = block.group if block.kind == Kind.ITEM else -1

    def _extend(self, indices: list[int]) -> None:
        assert self.open is not None
        self._fill(self.open, indices)

    def _fill(self, record: Record, indices: list[int]) -> None:
        for index in indices:
            block = self.blocks[index]
            self.used.add(index)
            if block.runs and block.kind != Kind.CODE:
                number = len(record.parts)
                letter = "i" if block.kind == Kind.ITEM else "p"
                record.parts.append((f"{letter}{min(number, 4)}" if number else "0", block.runs))
                record.last = max(record.last, block.last)


class _Tables:
    """Rows of tables: heads, groups, columns that carry down."""

    def __init__(self, blocks: list[Block]) -> None:
        self.heads: dict[int, tuple[str, ...]] = {}
        self.groups: dict[int, str] = {}
        self.width: dict[int, int] = defaultdict(int)
        filled: dict[int, list[bool]] = defaultdict(list)
        for block in blocks:
            if block.kind == Kind.ROW and block.cells:
                self.width[block.group] = max(self.width[block.group], len(block.cells))
                if not block.header and len(block.cells) > 1:
                    rest = any(_filled(cell) for cell in block.cells[1:])
                    if rest:
                        filled[block.group].append(_filled(block.cells[0]))
        self.carry = {
            group
            for group, cells in filled.items()
            if len(cells) >= 3 and cells[0] and sum(cells) <= 0.7 * len(cells)
        }

    def parts(self, block: Block) -> tuple[list[tuple[str, list[Run]]], str]:
        """The cells of a row, each with its column's name, and the group that it names, if so."""
        texts = [plain(cell) for cell in block.cells]
        if block.header and block.group not in self.heads:
            self.heads[block.group] = tuple(" ".join(text.lower().split()) for text in texts)
            return [], ""
        if block.header or not any(texts):
            linked = any(run.url for cell in block.cells for run in cell)
            if not linked:
                return [], ""
        if len(block.cells) == 1 and self.width[block.group] > 1:
            return [], heading_text(block.cells[0])
        if block.group in self.carry:
            if texts[0]:
                self.groups[block.group] = heading_text(block.cells[0])
            return [(f"c{i}", cell) for i, cell in enumerate(block.cells) if i and cell], ""
        return [(f"c{i}", cell) for i, cell in enumerate(block.cells) if cell], ""

    def carried(self, block: Block) -> str:
        """The group that the first column last named."""
        return self.groups.get(block.group, "") if block.group in self.carry else ""


def _filled(cell: list[Run]) -> bool:
    return any(run.text.strip() or run.url for run in cell)
