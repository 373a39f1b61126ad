"""Markdown to blocks: markdown-it-py parses, its tokens become HTML with line marks.

Lists mix Markdown and raw HTML freely, and a web page shows the result of both: so the HTML reader
sees both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from readq.lists.blocks import html
from readq.lists.blocks.model import Block, Document, Kind, Run

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

# Many lists predate CommonMark's rule that a blank follows the number signs.
_GLUED_HEADING = re.compile(r"(#{1,6})(?=[^\s#!/:\w]|\w)(?!\w+;)(.*)\Z", re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
# A list that follows a heading in HTML without a blank line: text by the rules, meant as a list.
_LIST_BELOW = re.compile(
    r"^( {0,3}<h([1-6])\b[^<>\n]*>[^\n]*</h\2>[ \t]*)$(?=\n[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])",
    re.MULTILINE | re.IGNORECASE,
)
_CODE_LIKE = re.compile(
    r"[{};][ \t]*$|^[ \t]*(?:import|from|def|class|return|pip|git|cd|sudo|export|\$|>>>|#include)\s|=\s*['\"\d(\[]|\w\(.*\)[ \t]*$",
    re.MULTILINE,
)
_SIMPLE = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
    "s_open": "",
    "s_close": "",
}


_MAX_INLINE = 100_000
"""Characters of one paragraph that are parsed for markup: no entry is that long."""


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    # What is written is wanted, not what a browser may be given: readers of links check schemes.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.core.ruler.at("inline", _parse_inline)
    return parser


def _parse_inline(state: StateCore) -> None:
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if len(token.content) > _MAX_INLINE:
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def read(text: str) -> Document:
    """The blocks of a Markdown document with "\\n" line ends."""
    total = text.count("\n") + 1
    document = Document([], "markdown", total)
    if text.startswith("---") and (match := _FRONT_MATTER.match(text)):
        lines = match[0].count("\n")
        document.furniture.append((1, lines))
        text = "\n" * lines + text[match.end() :]
    if "</h" in text or "</H" in text:
        # A block that begins with a comment ends with its line.
        text = _LIST_BELOW.sub(r"<!---->\1", text)
    environment: dict[str, object] = {}
    tokens = _parser().parse(text, environment)
    rendered = _render(tokens)
    document.blocks, _ = html.read(rendered)
    references = environment.get("references")
    if isinstance(references, dict):
        for reference in references.values():
            if "map" in reference:
                first, last = reference["map"]
                document.furniture.append((first + 1, last))
    return document


def _render(tokens: list[Token]) -> str:
    out: list[str] = []
    skip_close = ""
    index = 0
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "inline":
            if token.map:
                out.append(f"<!--L{token.map[0] + 1}-->")
            _inline(token.children or [], out, token.map[0] + 1 if token.map else 1)
            continue
        if kind == "html_block":
            out.append(html.mark_lines(token.content, (token.map or [0])[0] + 1))
            continue
        if kind in ("fence", "code_block"):
            first = (token.map or [0])[0] + 1
            start = first + (kind == "fence")
            if kind == "code_block" and not _CODE_LIKE.search(token.content):
                # Indented by four, most often by accident: text that a list means to be read.
                out.append(f"<!--L{first}--><p>")
                _inline(_parser().parseInline(token.content)[0].children or [], out, first)
                out.append("</p>")
                continue
            # HTML drops a newline right after <pre>.
            out.append(f"<!--L{first}--><pre><!--L{start}-->{escape(token.content)}</pre>")
            continue
        if kind == "paragraph_open" and (match := _glued(tokens[index + 1])):
            level = len(match[1])
            inline = tokens[index + 1]
            children = inline.children or []
            children[0].content = children[0].content[level:].lstrip()
            out.append(f"<!--L{(token.map or [0])[0] + 1}--><h{level}>")
            skip_close = f"</h{level}>"
            continue
        if kind == "paragraph_close" and skip_close:
            out.append(skip_close)
            skip_close = ""
            continue
        if token.nesting >= 0:
            if token.map:
                out.append(f"<!--L{token.map[0] + 1}-->")
            out.append(f"<{token.tag}>")
        else:
            out.append(f"</{token.tag}>")
    return "".join(out)


def _glued(inline: Token) -> re.Match[str] | None:
    content = inline.content
    if not content.startswith("#") or "\n" in content:
        return None
    children = inline.children
    if not children or children[0].type != "text":
        return None
    return _GLUED_HEADING.match(content)


def _inline(children: list[Token], out: list[str], line: int) -> None:
    for token in children:
        kind = token.type
        if kind == "text":
            out.append(escape(token.content, quote=False))
        elif kind in _SIMPLE:
            out.append(_SIMPLE[kind])
            line += kind in ("softbreak", "hardbreak")
        elif kind == "link_open":
            out.append(f'<a href="{escape(str(token.attrs.get("href", "")))}">')
        elif kind == "code_inline":
            out.append(f"<code>{escape(token.content, quote=False)}</code>")
        elif kind == "image":
            out.append(f'<img alt="{escape(token.content)}">')
        elif kind == "html_inline":
            raw = token.content
            newlines = raw.count("\n")
            line += newlines
            if raw.startswith("<!"):
                out.append("\n" * newlines)
            else:
                out.append(raw)
                if newlines:
                    out.append(f"<!--L{line}-->")
        else:
            out.append(escape(token.content, quote=False))


__all__ = ["Block", "Kind", "Run", "read"]
