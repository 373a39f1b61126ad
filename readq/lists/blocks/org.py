"""Org-mode to blocks: line by line to Markdown, which keeps every line where it is."""

from __future__ import annotations

import re

from readq.lists.blocks import markdown
from readq.lists.blocks.model import Document

_SIGNS = re.compile(
    r"^#\+(?:title|author|options|startup|date|filetags|begin_|latex|html|property|todo|tags)\w*:?|^[ \t]*:PROPERTIES:",
    re.IGNORECASE | re.MULTILINE,
)
_LINK = re.compile(r"\[\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])?\]")
_HEADING = re.compile(
    r"^(\*+)\s+(?:(?:TODO|DONE|NEXT|WAIT(?:ING)?|READ(?:ING)?|SOMEDAY|CANCELED)\s+)?(?:\[#[A-C]\]\s+)?(.*?)(?:\s+:[\w@:]+:)?\s*$"
)
_TITLE = re.compile(r"^#\+title:\s*(.*)$", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_ITALIC = re.compile(r"(?<![\w/:.])/(?=\S)([^/\n]+?)(?<=\S)/(?![\w/])")
_CODE = re.compile(r"(?<![\w=~])([=~])(?=\S)([^=~\n]+?)(?<=\S)\1(?![\w=~])")


def is_org(text: str) -> bool:
    """Whether `text` is written in Org-mode."""
    head = text[:100_000]
    signs = 2 * len(_SIGNS.findall(head)) + len(_LINK.findall(head))
    stars = len(re.findall(r"^\*+ \S", head, re.MULTILINE))
    hashes = len(re.findall(r"^#{1,6} \S", head, re.MULTILINE))
    return signs >= 2 and stars > 0 and stars > hashes and "](" not in head


def read(text: str) -> Document:
    """The blocks of an Org-mode document."""
    out: list[str] = []
    title = ""
    hidden: list[tuple[int, int]] = []
    drawer = source = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        if match := _TITLE.match(bare):
            title = title or match[1]
        if drawer or bare.upper() in (":PROPERTIES:", ":LOGBOOK:"):
            drawer = bare.upper() != ":END:"
        elif re.match(r"(?i)#\+begin_(?:src|example)", bare):
            source = True
            out.append("```")
            continue
        elif source:
            source = not re.match(r"(?i)#\+end_(?:src|example)", bare)
            out.append(line if source else "```")
            continue
        elif not (
            bare.startswith("#+")
            or bare.startswith("# ")
            or re.match(r"(?:SCHEDULED|DEADLINE|CLOSED):", bare)
        ):
            out.append(_line(line))
            continue
        out.append("")
        hidden.append((number, number))
    document = markdown.read("\n".join(out))
    document.format = "org"
    document.title = title
    document.furniture.extend(hidden)
    return document


def _line(line: str) -> str:
    if match := _HEADING.match(line):
        return "#" * min(len(match[1]), 6) + " " + _inline(match[2])
    if re.match(r"\s*\|[-+|]+\s*$", line):
        return re.sub(r"-+", "---", line.replace("+", "|"))
    return _inline(line)


def _inline(text: str) -> str:
    links: list[str] = []

    def keep(match: re.Match[str]) -> str:
        url = match[1].removeprefix("file:")
        links.append(f"[{match[2] or url}](<{url}>)")
        return f"\x01{len(links) - 1}\x01"

    text = _LINK.sub(keep, text)
    text = _CODE.sub(r"`\2`", text)
    text = _BOLD.sub(r"**\1**", text)
    text = _ITALIC.sub(r"*\1*", text)
    return re.sub("\x01(\\d+)\x01", lambda match: links[int(match[1])], text)
