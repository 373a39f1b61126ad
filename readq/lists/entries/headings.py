"""What stands above entries: headings, lines that act as headings, folds, groups of a table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from readq.lists.blocks.model import Block, Kind, Style
from readq.lists.entries.shapes import Shape, heading_text, plain
from readq.lists.fields.vocabulary import CONTENTS, GENERIC_TITLES, VENUE_YEAR_PATTERN

FOLD = 7
LINE = 25
ITEM = 30
_MORE = re.compile(
    r"(?i)\W*(?:(?:show |see |read |load )?(?:more|all|less)|details?|click.*|expand.*|(?:un)?fold.*|collapse.*|bib\s?tex|"
    r"abstract|citation|summary|toggle.*|点击.*|展开.*)\W*"
)
_VENUE_LINE = re.compile(rf"\W*(?:{VENUE_YEAR_PATTERN}|(?:19|20)\d\d)\W*", re.VERBOSE)


class Headings:
    """The headings that hold, outermost first."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, str]] = []
        self.folds = 0

    def section(self) -> tuple[str, ...]:
        """Their texts."""
        return tuple(text for _, text in self.stack if text)

    def push(self, level: int, text: str) -> None:
        """A heading of `level` ends those of its level and below."""
        self.end(level)
        # A table of contents is furniture, but what stands below it must not join what was above.
        self.stack.append((level, text))

    def end(self, level: int) -> None:
        """End the headings of `level` and below."""
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()

    def fold(self, block: Block) -> None:
        """A fold begins (level 1) or ends (level 2)."""
        if block.level == 1:
            self.folds += 1
        elif block.level == 2:
            self.end(FOLD + max(0, self.folds - 1))
            self.folds = max(0, self.folds - 1)

    def summary(self, text: str) -> None:
        """The summary of a fold."""
        level = FOLD + max(0, min(self.folds, 12) - 1)
        if _MORE.fullmatch(text):
            return
        self.end(level)
        above = self.stack[-1][1] if self.stack else ""
        # A fold that repeats its heading adds no level.
        self.push(level, "" if text.casefold() == above.casefold() else text)


def document_title(blocks: Sequence[Block]) -> int:
    """The index of the heading that names the document, or -1.

    It is the first heading, of the highest level there is: an H1, or the only one of its level.
    """
    headings = [(i, b) for i, b in enumerate(blocks) if b.kind == Kind.HEADING and b.level < FOLD]
    if not headings:
        return -1
    index, first = headings[0]
    if sum(block.level == 1 for _, block in headings) >= 3 and any(
        block.kind == Kind.PARAGRAPH and len(plain(block.runs)) > 20 for block in blocks[:index]
    ):
        return -1  # what comes before introduces the document; its title has no heading
    lowest = min(block.level for _, block in headings)
    alone = sum(block.level == first.level for _, block in headings) == 1
    if first.level == lowest and (first.level == 1 or (alone and len(headings) > 1)):
        text = heading_text(first.runs)
        if text and not GENERIC_TITLES.match(text):
            return index
    return -1


def entry_levels(blocks: Sequence[Block], shapes: Sequence[Shape]) -> set[int]:
    """Levels whose headings are entries: most carry a link, end in venue and year, or stand above
    nothing but keys with values."""
    count: dict[int, int] = defaultdict(int)
    good: dict[int, int] = defaultdict(int)
    for index, (block, form) in enumerate(zip(blocks, shapes, strict=True)):
        if block.kind == Kind.HEADING and block.level < FOLD:
            count[block.level] += 1
            text = plain(block.runs)
            linked = form.links > form.anchors and form.titled
            ends = re.search(VENUE_YEAR_PATTERN + r"\W*$", text, re.VERBOSE) is not None
            good[block.level] += len(text.split()) >= 3 and (
                linked or ends or keys_below(blocks, shapes, index)
            )
    return {level for level, total in count.items() if total >= 3 and good[level] >= 0.6 * total}


def keys_below(blocks: Sequence[Block], shapes: Sequence[Shape], index: int) -> bool:
    """Whether at least two keys with values, and no other list or heading, follow right below."""
    keys = 0
    for at in range(index + 1, min(index + 8, len(blocks))):
        if blocks[at].kind not in (Kind.ITEM, Kind.PARAGRAPH):
            break
        if not shapes[at].key:
            break
        keys += 1
    return keys >= 2


def line_heading(block: Block, form: Shape) -> str:
    """The heading that a paragraph is in effect, or "": a venue and year, or one bold line."""
    text = plain(block.runs)
    if not text or len(text) > 160:
        return ""
    if _VENUE_LINE.fullmatch(text):
        return heading_text(block.runs)
    runs = [run for run in block.runs if run.text.strip() and not run.style & Style.IMAGE]
    bold = [run for run in runs if run.style & Style.STRONG]
    if not bold or not all(any(c.isalnum() for c in run.text) for run in bold[:1]):
        return ""
    rest = "".join(run.text for run in runs if not run.style & Style.STRONG)
    if any(char.isalnum() for char in re.sub(r"[^\w]", "", rest)):
        return ""
    first = bold[0]
    if first.url:
        return ""
    own = [run for run in bold if run.url is None]
    words = "".join(run.text for run in own)
    if len(words.split()) > 10 or form.dated:
        return ""
    return heading_text(own)


def line_headings(blocks: Sequence[Block], shapes: Sequence[Shape]) -> dict[int, str]:
    """Paragraphs that are headings in effect.

    A single bold line right below a heading is a remark on it; several under one heading divide it.
    """
    found = {
        index: text
        for index, (block, form) in enumerate(zip(blocks, shapes, strict=True))
        if block.kind == Kind.PARAGRAPH and block.parent < 0 and (text := line_heading(block, form))
    }
    section: list[int] = []
    remarks: list[int] = []
    above = -1
    for index, block in enumerate(blocks):
        if block.kind == Kind.HEADING:
            if len(section) == 1 and section[0] == above + 1:
                remarks.append(section[0])
            section, above = [], index
        elif index in found:
            section.append(index)
    if len(section) == 1 and section[0] == above + 1 and above >= 0:
        remarks.append(section[0])
    for index in remarks:
        if not _VENUE_LINE.fullmatch(plain(blocks[index].runs)):
            del found[index]
    return found


def is_contents(text: str) -> bool:
    """Whether `text` heads a table of contents."""
    return CONTENTS.match(text) is not None
