"""Which blocks are entries: where one starts, ends, and which headings it stands under."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from readq.lists.blocks.model import Block, Document, Kind, Run, Style
from readq.lists.fields import names
from readq.lists.fields.vocabulary import (
    CONTENTS,
    GENERIC_TITLES,
    VENUE_YEAR,
    VENUE_YEAR_PATTERN,
    YEAR,
    is_label,
)


@dataclass(slots=True)
class Record:
    """The blocks of one candidate entry."""

    parts: list[tuple[str, list[Run]]]
    section: tuple[str, ...]
    name: str
    """Its class: entries of one class are written alike."""
    first: int
    last: int
    blocks: list[int] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    """For a table row: its column heads, in lower case."""


@dataclass(slots=True)
class Outline:
    """A document taken apart."""

    title: str
    records: list[Record]
    used: set[int]
    """Blocks that are headings, furniture or in a record."""


@dataclass(slots=True)
class Shape:
    """What a block looks like at a glance."""

    words: str
    """Its text outside of links that only carry a label."""
    links: int
    anchors: int
    """Links within the page."""
    titled: bool
    """Has words that could be a title."""
    key: str
    """The label that it starts with ("paper: …")."""
    names: float


_KEY = re.compile(r"^\W*([\w /'-]{2,24}?)\s*[:：]\s*")
_STRIP = re.compile(r"[\W_]+")


def plain(runs: list[Run]) -> str:
    """The words of `runs`, white space collapsed; images left out."""
    return " ".join(
        "".join(
            " " if run.style & (Style.BREAK | Style.IMAGE) else run.text for run in runs
        ).split()
    )


def shape(runs: list[Run]) -> Shape:
    """Look at `runs`."""
    words: list[str] = []
    seen: set[int] = set()
    anchors = 0
    for run in runs:
        if run.style & Style.BREAK:
            words.append(" ")
            continue
        if run.url is not None:
            if run.link not in seen:
                seen.add(run.link)
                anchors += run.url.startswith("#")
            if run.style & Style.IMAGE or is_label(run.text.strip(" []()")):
                continue
        elif run.style & Style.IMAGE:
            continue
        words.append(run.text)
    text = " ".join("".join(words).split())
    match = _KEY.match(text)
    key = match[1].lower() if match and is_label(match[1]) else ""
    rest = re.sub(r"https?://\S+", " ", text[match.end() :] if match and key else text)
    links = len(seen) + len(re.findall(r"https?://", text))
    rest = VENUE_YEAR.sub(" ", rest)
    tokens = [token for token in rest.split() if any(char.isalpha() for char in token)]
    quality = names.quality(rest) if 0 < len(rest) < 800 else -4.0
    titled = len(tokens) >= 2 and quality < 0.4 and not (key and len(tokens) < 3)
    return Shape(text, links, anchors, titled, key, quality)


def outline(document: Document) -> Outline:
    """Find the records of `document`."""
    return _Outliner(document).run()


class _Outliner:
    """Walks the blocks once, with the headings that hold."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.blocks = document.blocks
        self.shapes = [shape(block.runs) if block.runs else _EMPTY for block in self.blocks]
        self.children: dict[int, list[int]] = defaultdict(list)
        for index, block in enumerate(self.blocks):
            if block.parent >= 0:
                self.children[block.parent].append(index)
        self.records: list[Record] = []
        self.used: set[int] = set()
        self.stack: list[tuple[int, str]] = []
        self.title = document.title
        self.entry_levels = self._entry_levels()
        self.nested_entries = self._nested_entries()
        self.group_column: dict[int, str] = {}
        self.heads: dict[int, tuple[str, ...]] = {}
        self.carry = self._carrying_tables()

    # headings

    def _entry_levels(self) -> set[int]:
        """Levels whose headings are entries: most have a link or end in venue and year."""
        count: dict[int, int] = defaultdict(int)
        good: dict[int, int] = defaultdict(int)
        for index, block in enumerate(self.blocks):
            if block.kind == Kind.HEADING and block.level <= 6:
                count[block.level] += 1
                text = plain(block.runs)
                form = self.shapes[index]
                good[block.level] += len(text.split()) >= 3 and (
                    (form.links > form.anchors and form.titled)
                    or bool(re.search(VENUE_YEAR_PATTERN + r"\W*$", text, re.VERBOSE))
                )
        return {
            level for level, total in count.items() if total >= 3 and good[level] >= 0.6 * total
        }

    def section(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.stack)

    def _push(self, level: int, text: str) -> None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        if text:
            self.stack.append((level, text))

    # lists

    def _nested_entries(self) -> set[int]:
        """Depths at which items within items are entries of their own."""
        total: dict[int, int] = defaultdict(int)
        titled: dict[int, int] = defaultdict(int)
        for index, block in enumerate(self.blocks):
            if block.kind == Kind.ITEM and block.parent >= 0 and not self._is_contents(index):
                total[block.level] += 1
                form = self.shapes[index]
                titled[block.level] += form.titled and not form.key
        return {depth for depth, n in total.items() if titled[depth] > 0.5 * n}

    def _is_contents(self, index: int) -> bool:
        form = self.shapes[index]
        return form.anchors > 0 and form.anchors == form.links

    # tables

    def _carrying_tables(self) -> set[int]:
        """Tables whose first column names groups and is mostly empty."""
        filled: dict[int, list[bool]] = defaultdict(list)
        for block in self.blocks:
            if block.kind == Kind.ROW and not block.header and block.cells:
                texts = [plain(cell) for cell in block.cells]
                if any(texts[1:]):
                    filled[block.group].append(bool(texts[0]))
        return {
            group
            for group, cells in filled.items()
            if len(cells) >= 3 and cells[0] and sum(cells) <= 0.7 * len(cells)
        }

    # the walk

    def run(self) -> Outline:
        self._name()
        index = 0
        while index < len(self.blocks):
            index = self._step(index)
        return Outline(self.title, self.records, self.used)

    def _name(self) -> None:
        headings = [b for b in self.blocks if b.kind == Kind.HEADING and b.level <= 6]
        if not headings:
            return
        first = headings[0]
        text = heading_text(first.runs)
        lowest = min(b.level for b in headings)
        alone = sum(b.level == first.level for b in headings) == 1
        if first.level == lowest and (first.level == 1 or alone) and not GENERIC_TITLES.match(text):
            self.title = text
            first.data["title"] = "1"

    def _step(self, index: int) -> int:
        block = self.blocks[index]
        if block.kind == Kind.HEADING:
            return self._heading(index)
        if block.kind == Kind.RULE:
            self._fold(block)
            self.used.add(index)
            return index + 1
        if block.kind == Kind.ROW:
            self._row(index)
            return index + 1
        if block.kind == Kind.CODE:
            return index + 1
        if block.kind == Kind.ITEM:
            return self._item(index)
        return self._paragraph(index)

    def _heading(self, index: int) -> int:
        block = self.blocks[index]
        if block.data.get("title"):
            self.used.add(index)
            return index + 1
        if block.level in self.entry_levels and self.shapes[index].titled:
            end = index + 1
            while end < len(self.blocks) and self.blocks[end].kind in (Kind.PARAGRAPH, Kind.ITEM):
                end += 1
            while self.stack and self.stack[-1][0] >= block.level:
                self.stack.pop()
            self._record(list(range(index, end)), f"h{block.level}")
            return end
        self.used.add(index)
        text = heading_text(block.runs)
        level = block.level
        if level == 7:
            fold = next((depth for depth, _ in reversed(self.stack) if depth >= 7), 6)
            level = min(fold + 1, 20) if self.folds > 1 else 7
            if re.fullmatch(
                r"(?i)\W*(?:more|show more|details?|click.*|expand.*|bib\s?tex|abstract)\W*", text
            ):
                return index + 1
        self._push(level, "" if CONTENTS.match(text) else text)
        if CONTENTS.match(text):
            self.stack.append((level, ""))
        return index + 1

    folds = 0

    def _fold(self, block: Block) -> None:
        if block.level == 1:
            self.folds += 1
        elif block.level == 2:
            self.folds = max(0, self.folds - 1)
            while self.stack and self.stack[-1][0] >= 7:
                self.stack.pop()

    def _subtree(self, index: int) -> list[int]:
        out = [index]
        for child in self.children.get(index, ()):
            out.extend(self._subtree(child))
        return out

    def _item(self, index: int) -> int:
        block = self.blocks[index]
        end = index + 1
        while end < len(self.blocks) and self._within(end, index):
            end += 1
        inside = list(range(index, end))
        if all(self._is_contents(i) or not self.blocks[i].runs for i in inside):
            self.used.update(inside)
            return end
        kids = [
            i
            for i in inside[1:]
            if self.blocks[i].kind == Kind.ITEM and self.blocks[i].parent == index
        ]
        own = [i for i in inside if i == index or i not in self._deep(kids)]
        if (
            kids
            and (block.level + 1) in self.nested_entries
            and any(self.shapes[k].titled for k in kids)
        ):
            form = self.shapes[index]
            if form.links == 0 and not YEAR.search(form.words):
                # It only names the group that follows.
                text = heading_text(block.runs)
                saved = list(self.stack)
                self._push(30 + block.level, text)
                self.used.update(own)
                at = index + 1
                while at < end:
                    at = self._step(at)
                self.stack = saved
                return end
            self._record(own, f"i{block.level}")
            return own[-1] + 1
        self._record(inside, f"i{block.level}")
        return end

    def _deep(self, kids: list[int]) -> set[int]:
        out: set[int] = set()
        for kid in kids:
            out.update(self._subtree(kid))
        return out

    def _within(self, index: int, ancestor: int) -> bool:
        parent = self.blocks[index].parent
        while parent > ancestor:
            parent = self.blocks[parent].parent
        return parent == ancestor

    def _paragraph(self, index: int) -> int:
        block = self.blocks[index]
        form = self.shapes[index]
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if self._group_line(block, form) and after is not None and after.kind == Kind.ITEM:
            self.used.add(index)
            self._push(25, heading_text(block.runs))
            return index + 1
        self._record([index], "p")
        return index + 1

    @staticmethod
    def _group_line(block: Block, form: Shape) -> bool:
        """A paragraph that is only a venue and a year, or a short bold line: a heading in effect."""
        text = plain(block.runs)
        return bool(
            re.fullmatch(rf"\W*(?:{VENUE_YEAR_PATTERN}|(?:19|20)\d\d)\W*", text, re.VERBOSE)
        )

    def _row(self, index: int) -> None:
        block = self.blocks[index]
        texts = [plain(cell) for cell in block.cells]
        self.used.add(index)
        if block.header and block.group not in self.heads:
            self.heads[block.group] = tuple(text.lower() for text in texts)
            return
        if not any(texts):
            return
        columns = self.heads.get(block.group, ())
        section = self.section()
        parts = [(f"c{i}", cell) for i, cell in enumerate(block.cells)]
        if block.group in self.carry:
            if texts[0]:
                self.group_column[block.group] = texts[0]
            section = (*section, self.group_column.get(block.group, ""))
            parts = parts[1:]
        lines = [run.line for cell in block.cells for run in cell]
        self.records.append(
            Record(
                [part for part in parts if part[1]],
                section,
                "t:" + "|".join(columns or (str(len(parts)),)),
                block.first,
                max([block.last, *lines]),
                [index],
                columns,
            )
        )

    def _record(self, indices: list[int], name: str) -> None:
        parts: list[tuple[str, list[Run]]] = []
        last = self.blocks[indices[0]].first
        for number, index in enumerate(indices):
            block = self.blocks[index]
            self.used.add(index)
            if block.runs and block.kind != Kind.CODE:
                depth = (
                    "0"
                    if not number
                    else f"{'i' if block.kind == Kind.ITEM else 'p'}{min(number, 3)}"
                )
                parts.append((depth, block.runs))
                last = max(last, block.last)
        if parts:
            first = self.blocks[indices[0]].first
            self.records.append(
                Record(parts, tuple(t for t in self.section() if t), name, first, last, indices)
            )


_EMPTY = Shape("", 0, 0, False, "", -4.0)
_ICONS = re.compile(
    r":[a-z0-9_+-]+:|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+"
)


def heading_text(runs: list[Run]) -> str:
    """A heading as a reader sees it: no markup, emoji or stray marks."""
    text = _ICONS.sub(" ", plain(runs))
    text = re.sub(r"^[\s\-–—*#|·•>~:]+|[\s\-–—*#|·•>~:]+$", "", " ".join(text.split()))
    return " ".join(text.split())
