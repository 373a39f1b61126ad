"""A note inside a Markdown document: set so that it cannot leave its place, and read back exactly.

A note is a block quote below a comment that names its paper, so that it is shown as the Markdown
that it is:

    <!-- note: born-again-neural-networks -->
    > The student **beats** its teacher.

What could reach out of a quote (HTML, comments, link definitions) stands in a code fence inside
it, and characters that end lines or steer terminals are spelled out there; the comment says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from readq.model.paper import PaperId

_MARKER = re.compile(r"\s*<!-- note: (\S+)((?: crlf)?)((?: fenced)?)((?: escaped)?) -->\s*")
_QUOTED = re.compile(r"\s*> ?(.*)", re.DOTALL)

# Line ends that Markdown, Python or an editor knows and "\n" is not, controls, and halves of
# characters, which no file can hold.
_UNUSUAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|u[0-9a-f]{4})")

_AUTOLINK = re.compile(r"<https?://[^\s<>]*>")
_REACHES_OUT = re.compile(
    r"<[!?/]"  # comments, declarations, closing tags: open until some end, which may never come
    r"|^[\s>*+\-\d.)]*<[A-Za-z]"  # a tag at the start of a block
    r"|^[\s>*+\-\d.)]*\[[^\]\n]+\]:",  # link and footnote definitions hold for the whole document
    re.MULTILINE,
)


def write(paper: PaperId, text: str) -> Iterator[str]:
    """The lines that hold `text` as the note of `paper`, without line ends or indentation."""
    body, crlf = text, ""
    if (
        "\r" in text
        and text.replace("\r\n", "").count("\r") == text.replace("\r\n", "").count("\n") == 0
    ):
        body, crlf = text.replace("\r\n", "\n"), " crlf"
    escaped = ""
    if _UNUSUAL.search(body):
        body, escaped = _escape(body), " escaped"
    fenced = " fenced" if escaped or _needs_fence(body) else ""
    yield f"<!-- note: {quote(paper, safe='')}{crlf}{fenced}{escaped} -->"
    lines = body.split("\n")
    if fenced:
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", body)), default=0))
        lines = [f"{fence}{'' if escaped else 'markdown'}", *lines, fence]
    for line in lines:
        yield f"> {line}" if line else ">"


def read(document: str) -> dict[PaperId, str]:
    """Every note of `document`, exactly as it went in; the first one of each paper."""
    notes: dict[PaperId, str] = {}
    # Only "\n" ends a line here: `splitlines` knows ends that a note may hold.
    lines = iter(document.replace("\r\n", "\n").split("\n"))
    line = next(lines, None)
    while line is not None:
        marker = _MARKER.fullmatch(line)
        line = next(lines, None)
        if marker is None:
            continue
        body = []
        while line is not None and (quoted := _QUOTED.fullmatch(line)):
            body.append(quoted[1])
            line = next(lines, None)
        notes.setdefault(PaperId(unquote(marker[1])), _restored(body, marker))
    return notes


def _restored(lines: list[str], marker: re.Match[str]) -> str:
    text = "\n".join(lines[1:-1] if marker[3] else lines)
    if marker[4]:
        text = _ESCAPED.sub(_character, text)
    return text.replace("\n", "\r\n") if marker[2] else text


def _needs_fence(text: str) -> bool:
    if "<" not in text and "]:" not in text and "%%" not in text and "$$" not in text:
        return False
    # Obsidian's comments and displayed formulas, left open, take what follows with them.
    if text.count("%%") % 2 or text.count("$$") % 2:
        return True
    bare = _AUTOLINK.sub("", text)
    tag = re.search(r"<[A-Za-z]", bare)
    return bool(_REACHES_OUT.search(bare)) or (tag is not None and ">" in bare[tag.end() :])


def _escape(text: str) -> str:
    return _UNUSUAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text.replace("\\", "\\\\"))


def _character(match: re.Match[str]) -> str:
    return "\\" if match[1] == "\\" else chr(int(match[1][1:], 16))
