"""HTML, alone or rendered from another format, to blocks.

lxml builds the tree as a browser would. Comments of the form `L12` say that what follows stands on
source line 12; between them, newlines count. Walking is iterative: depth costs no stack.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readq.lists.blocks.model import Block, Kind, Run, Style

if TYPE_CHECKING:
    from lxml import etree

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STYLES = {
    "b": Style.STRONG,
    "strong": Style.STRONG,
    "i": Style.EMPHASIS,
    "em": Style.EMPHASIS,
    "cite": Style.EMPHASIS,
    "code": Style.CODE,
    "tt": Style.CODE,
    "kbd": Style.CODE,
}
_PARAGRAPHS_TEXT = """
p div center section article header footer main aside figure figcaption caption address dd
form fieldset nav body
"""
_PARAGRAPHS = frozenset(_PARAGRAPHS_TEXT.split())
_SKIPPED = frozenset(
    [
        "nav",
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "select",
        "option",
        "button",
    ]
)
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FIRST_TAG = re.compile(r"^(.*?)<(?=[a-zA-Z])")
_MARK = re.compile(r"<!--L\d+-->")
_MAX_CELLS = 200


def mark_lines(html: str, first: int) -> str:
    """`html`, which starts on source line `first`, without comments and with line marks."""
    if "<!--" in html:
        html = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), html)
    lines = html.split("\n")
    for index, line in enumerate(lines):
        if "<" in line:
            lines[index] = _FIRST_TAG.sub(rf"\1<!--L{first + index}--><", line, count=1)
    return "\n".join(lines)


def read(html: str) -> tuple[list[Block], str]:
    """The blocks of `html` (with line marks) and what its <title> says."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it that is a tree: an empty document
        return [], ""
    if root is None:
        return [], ""
    walker = _Walker()
    title = ""
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start":
            if element.tag == "title" and not title and walker.skipping <= 1:
                title = " ".join((element.text or "").split())
            walker.start(element)
        elif event == "end":
            walker.end(element)
        else:
            walker.mark(element)
    walker.flush()
    return walker.blocks, title


class _Walker:
    """Builds blocks from the events of a tree."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.skipping = 0
        self.line = 1
        self.style = 0
        self.styles: list[int] = []
        self.url: str | None = None
        self.link = -1
        self.links = 0
        self.items: list[int] = []
        self.lists: list[tuple[int, bool]] = []
        self.groups = 0
        self.current: Block | None = None
        self.row: Block | None = None
        self.tables = 0
        self.table_group = -1
        self.runs: list[Run] | None = None
        self.quotes = 0
        self.pre = 0

    def mark(self, comment: etree._Element) -> None:
        text = comment.text or ""
        if text.startswith("L") and text[1:].isdigit():
            self.line = max(self.line, int(text[1:]))
        if comment.tail:
            self.words(comment.tail)

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if self.skipping or tag in _SKIPPED:
            self.skipping += 1
            # What is skipped still has lines.
            self.line += (element.text or "").count("\n")
            return
        if tag == "a":
            self._anchor(element)
        elif tag == "br":
            self._add(Run("", self.line, Style.BREAK))
        elif tag == "img":
            alt = " ".join((element.get("alt") or "").split())
            self._add(Run(alt, self.line, self.style | Style.IMAGE, self.url, self.link))
        elif tag in _STYLES:
            self.styles.append(self.style)
            self.style |= _STYLES[tag]
        else:
            self._start_block(tag, element)
        if element.text:
            self.words(element.text)

    def end(self, element: etree._Element) -> None:
        tag = element.tag
        if self.skipping:
            self.skipping -= 1
            if self.skipping:
                self.line += (element.tail or "").count("\n")
                return
        elif tag == "a":
            if self.link >= 0 and element.get("href") is not None:
                self._close_link()
        elif tag in _STYLES:
            self.style = self.styles.pop() if self.styles else 0
        elif tag not in ("br", "img"):
            self._end_block(tag)
        if element.tail:
            self.words(element.tail)

    def words(self, text: str) -> None:
        """Take text, as it stands between two tags."""
        if self.skipping:
            self.line += text.count("\n")
            return
        if text.isspace() and (self.runs is None or not self.runs):
            self.line += text.count("\n")
            return
        self._add(Run(text, self.line, self.style, self.url, self.link))
        self.line += text.count("\n")

    def flush(self) -> None:
        """Close the block that is being built."""
        block, self.current = self.current, None
        if self.row is None:
            self.runs = None
        if block is not None:
            _trim(block)

    def _anchor(self, element: etree._Element) -> None:
        href = element.get("href")
        if href is not None:
            if "<!--L" in href:  # a mark that fell into a torn tag
                href = _MARK.sub("", href)
            self.links += 1
            self.url, self.link = href.strip(), self.links

    def _close_link(self) -> None:
        runs = self.runs
        if not runs or runs[-1].link != self.link:
            self._add(Run("", self.line, self.style, self.url, self.link))
        self.url, self.link = None, -1

    def _add(self, run: Run) -> None:
        if self.runs is None:
            if run.style & Style.BREAK:
                return
            self._open(Kind.PARAGRAPH)
        assert self.runs is not None
        if self.quotes and self.row is not None:
            run = run._replace(style=run.style | Style.QUOTE)
        self.runs.append(run)

    def _open(self, kind: Kind, level: int | None = None) -> Block:
        self.flush()
        block = Block(kind, self.line, self.line)
        block.level = len(self.items) if level is None else level
        block.parent = self.items[-1] if self.items else -1
        block.quoted = self.quotes > 0
        if self.lists:
            block.group, block.ordered = self.lists[-1]
        self.blocks.append(block)
        self.current = block
        self.runs = block.runs
        return block

    def _start_block(self, tag: str, element: etree._Element) -> None:
        if tag in ("td", "th"):
            if self.row is not None and len(self.row.cells) < _MAX_CELLS:
                self.runs = []
                self.row.cells.append(self.runs)
                self.row.header = self.row.header or tag == "th"
        elif tag == "tr" and self.tables == 1:
            self.flush()
            self.row = Block(Kind.ROW, self.line, self.line, group=self.table_group)
            self.row.level = len(self.items)
            self.row.parent = self.items[-1] if self.items else -1
            self.blocks.append(self.row)
        elif tag == "table":
            self.tables += 1
            if self.tables == 1:
                self.flush()
                self.groups += 1
                self.table_group = self.groups
        elif self.row is not None:
            # Within a cell the structure is flat: blocks are lines.
            if tag in _PARAGRAPHS or tag in _LISTS or tag in ("li", "blockquote", "hr", "tr"):
                self._cell_break()
            self.quotes += tag == "blockquote"
        else:
            self._start_outside(tag)

    def _start_outside(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._open(Kind.HEADING, _HEADINGS[tag])
        elif tag == "summary":
            self._open(Kind.HEADING, 7)
        elif tag in ("li", "dt"):
            if tag == "dt" and self.items:
                self.items.pop()
            self._open(Kind.ITEM)
            self.items.append(len(self.blocks) - 1)
        elif tag in _LISTS:
            self.flush()
            self.groups += 1
            self.lists.append((self.groups, tag == "ol"))
        elif tag in _PARAGRAPHS:
            # An item's first paragraph is the item itself.
            if self.current is None or self.current.kind != Kind.ITEM or self.current.runs:
                self.flush()
        elif tag == "pre":
            self._open(Kind.CODE)
            self.pre += 1
        elif tag == "hr":
            self._open(Kind.RULE)
            self.flush()
        elif tag == "blockquote":
            self.flush()
            self.quotes += 1
        elif tag == "details":
            self.flush()
            self.blocks.append(Block(Kind.RULE, self.line, self.line, level=1))

    def _end_block(self, tag: str) -> None:
        if tag in ("td", "th"):
            if self.row is not None:
                self.runs = None
        elif tag == "tr" and self.tables == 1:
            if self.row is not None:
                self.row.last = max(self.row.first, self.line)
                _trim(self.row)
            self.row, self.runs = None, None
        elif tag == "table":
            self.tables = max(0, self.tables - 1)
            if not self.tables:
                self.row = None
                self.flush()
        elif self.row is not None:
            if tag == "blockquote":
                self.quotes = max(0, self.quotes - 1)
            if tag in _PARAGRAPHS or tag in ("li", "blockquote", "tr"):
                self._cell_break()
        elif tag == "li" or tag == "dl":
            self.flush()
            if self.items and (tag == "li" or self.lists):
                self.items.pop()
            if tag == "dl" and self.lists:
                self.lists.pop()
        elif tag in _LISTS:
            self.flush()
            if self.lists:
                self.lists.pop()
        elif tag in _HEADINGS or tag in _PARAGRAPHS or tag in ("summary", "pre"):
            self.flush()
            if tag == "pre":
                self.pre = max(0, self.pre - 1)
        elif tag == "blockquote":
            self.flush()
            self.quotes = max(0, self.quotes - 1)
        elif tag == "details":
            self.flush()
            self.blocks.append(Block(Kind.RULE, self.line, self.line, level=2))

    def _cell_break(self) -> None:
        if self.runs:
            self.runs.append(Run("", self.line, Style.BREAK))


def _trim(block: Block) -> None:
    """Give the block the lines that its content has."""
    runs = block.runs or [run for cell in block.cells for run in cell]
    first = last = 0
    for run in runs:
        text = run.text
        if not text.strip() and run.url is None and not run.style & Style.IMAGE:
            continue
        start = run.line + (
            len(text) - len(text.lstrip()) and text[: len(text) - len(text.lstrip())].count("\n")
        )
        first = first or start
        last = max(last, run.line + text.rstrip().count("\n"))
    if first:
        if block.kind != Kind.ITEM:
            block.first = first
        block.last = max(last, block.first)
    if block.kind == Kind.ITEM and not first:
        block.last = block.first
