"""reStructuredText to blocks: docutils parses, its tree becomes HTML with line marks.

Directives that would read files or pass raw text through are off.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from readq.lists.blocks import html
from readq.lists.blocks.model import Document

if TYPE_CHECKING:
    from docutils import nodes

_LINK = re.compile(r"`[^`\n]+(?:\n[^`\n]+)?\s*<[^<>\s]+>`__?")
_DIRECTIVE = re.compile(r"^\.\. (?:\[[^\]\n]+\] |[\w-]+:: ?|_[^:\n]+: |\|)", re.MULTILINE)
_ADORNED = re.compile(r"^(?![ \n])[^\n]{2,}\n([=\-~^\"'+*#.`])\1{2,}[ \t]*$", re.MULTILINE)
_MARKDOWN = re.compile(r"\]\(|^#{1,6} |^\|.*\|[ \t]*$", re.MULTILINE)

_TAGS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "enumerated_list": "ol",
    "list_item": "li",
    "definition_list": "dl",
    "term": "dt",
    "definition": "dd",
    "emphasis": "em",
    "title_reference": "em",
    "strong": "strong",
    "literal": "code",
    "block_quote": "blockquote",
    "table": "table",
    "row": "tr",
    "entry": "td",
    "rubric": "h6",
    "line": "p",
    "field_name": "dt",
    "field_body": "dd",
    "field_list": "dl",
    "footnote": "li",
    "citation": "li",
}
_SKIPPED_TEXT = """
system_message comment substitution_definition target topic label colspec problematic
docinfo decoration generated image raw meta pending
"""
_SKIPPED = frozenset(_SKIPPED_TEXT.split())


def is_rst(text: str) -> bool:
    """Whether `text` is written in reStructuredText rather than Markdown."""
    head = text[:200_000]
    own = 2 * len(_LINK.findall(head)) + len(_DIRECTIVE.findall(head))
    if own >= 2 and _ADORNED.search(head):
        own += 2
    return own >= 4 and own > len(_MARKDOWN.findall(head))


def read(text: str) -> Document:
    """The blocks of a reStructuredText document."""
    from docutils.core import publish_doctree

    settings = {
        "_disable_config": True,
        "doctitle_xform": False,
        "docinfo_xform": False,
        "file_insertion_enabled": False,
        "raw_enabled": False,
        "halt_level": 5,
        "report_level": 5,
        "warning_stream": False,
        "smart_quotes": False,
        "line_length_limit": 100_000,
    }
    tree = publish_doctree(text, settings_overrides=settings)
    out: list[str] = []
    _write(tree, out, 0, text.split("\n"))
    document = Document([], "rst", text.count("\n") + 1)
    document.blocks, _ = html.read("".join(out))
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\.\. [\w-]+::|\s+:[\w-]+:", line):
            document.furniture.append((number, number))
    return document


def _write(node: nodes.Node, out: list[str], level: int, lines: list[str]) -> None:
    from docutils import nodes

    if not isinstance(node, nodes.Element):
        out.append(escape(node.astext(), quote=False))
        return
    name = node.tagname
    if name in _SKIPPED:
        if name == "image":
            out.append(f'<img alt="{escape(str(node.get("alt", "")))}">')
        return
    if node.line and name in ("paragraph", "title", "footnote", "citation", "term", "line"):
        # The tree knows where a paragraph starts, save where one goes on from a marker.
        raw = getattr(node, "rawsource", "")
        first = node.line
        if name == "title":
            near = range(max(0, first - 3), min(first, len(lines)))
            first = next((n + 1 for n in near if lines[n].strip() == raw.strip()), first)
        out.append(f"<!--L{max(1, first)}-->")
    if name == "section":
        level += 1
    tag = _TAGS.get(name, "")
    if name == "title":
        tag = f"h{min(level, 6)}" if level else "p"
    elif name == "reference":
        tag = "a"
    out.append(
        f'<a href="{escape(_target(node))}">' if name == "reference" else f"<{tag}>" if tag else ""
    )
    for child in node.children:
        _write(child, out, level, lines)
    out.append(f"</{tag}>" if tag else "")


def _target(node: nodes.Element) -> str:
    uri = node.get("refuri")
    return str(uri) if uri else "#" + str(node.get("refid", ""))
