"""BibTeX to fields: entries by matching braces, TeX's accents and braces undone.

What a field may be follows https://www.bibtex.org/Format/: braces, quotes, numbers, names of
@string definitions, and these joined by "#".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from readq.lists.blocks.model import Block, Document, Kind, Run

_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:-]*)\s*=\s*")
_BARE = re.compile(r"\s*([\w.:+/-]+)")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "i", "j": "j", "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", "textendash": "–", "textemdash": "—",
}  # fmt: skip
_ACCENT = re.compile(
    r"\\([`'^~=.\"]|[uvHckrdb](?![A-Za-z]))\s*(?:\{\s*(\\?[A-Za-z])\s*\}|(\\?[A-Za-z]))"
)
_COMMAND = re.compile(
    r"\\(ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j|textendash|textemdash|[&%$#_{}])(?![A-Za-z])\s?"
)
_STYLE = re.compile(
    r"\\(?:emph|textit|textbf|texttt|textsc|textrm|mbox|hbox|url|href|it|bf|em|sc|rm|tt)(?![A-Za-z])\s*"
)
_MAX_FIELD = 20_000
_SKIPPED = frozenset({"comment", "preamble", "string"})


@dataclass(slots=True)
class Item:
    """One BibTeX entry."""

    kind: str
    first: int
    last: int
    fields: dict[str, str] = field(default_factory=dict)


def is_bibtex(text: str) -> bool:
    """Whether `text` is a BibTeX file: its first words outside of comments open an entry."""
    for line in text[:20_000].split("\n"):
        bare = line.strip()
        if bare and not bare.startswith(("%", "#")):
            match = _ENTRY.match(bare)
            return match is not None and match[1].lower() not in ("import", "media")
    return False


def parse(text: str, first: int = 1) -> list[Item]:
    """The entries of `text`, whose first line is line `first`; what is torn ends at the next one."""
    text = text.rstrip()
    items: list[Item] = []
    strings: dict[str, str] = {}
    line, counted = first, 0
    for match in _ENTRY.finditer(text):
        if match.start() < counted:
            continue
        line += text.count("\n", counted, match.start())
        kind = match[1].lower()
        fields, end = _fields(text, match.end(), strings, kind)
        last = line + text.count("\n", match.start(), end)
        if kind == "string":
            strings.update(fields)
        elif kind not in _SKIPPED and fields:
            items.append(Item(kind, line, last, fields))
        line += text.count("\n", match.start(), end)
        counted = end
    return items


def read(text: str) -> Document:
    """A BibTeX file as a document: one block of data an entry."""
    document = Document([], "bibtex", text.count("\n") + 1)
    reached = 1
    for item in parse(text):
        if item.first > reached:
            document.furniture.append((reached, item.first - 1))
        document.blocks.append(block(item))
        reached = item.last + 1
    if reached > 1:
        document.furniture.append((reached, document.total))
    return document


def block(item: Item) -> Block:
    """An entry as a block of data."""
    data = {
        name: untex(value)
        if name not in ("url", "doi", "eprint", "link", "pdf")
        else value.strip("{} ")
        for name, value in item.fields.items()
    }
    data["\0type"] = item.kind
    found = Block(Kind.CODE, item.first, item.last, data=data)
    found.runs = [Run(data.get("title", ""), item.first)]
    return found


def _fields(
    text: str, start: int, strings: dict[str, str], kind: str
) -> tuple[dict[str, str], int]:
    position = start
    if kind != "string":
        comma = re.compile(r"[^,{}=\n]*,?").match(text, position)
        if comma and (comma[0].endswith(",") or not _FIELD.match(text, position)):
            position = comma.end()
    fields: dict[str, str] = {}
    while True:
        match = _FIELD.match(text, position)
        if match is None:
            break
        value, position = _value(text, match.end(), strings)
        fields.setdefault(match[1].lower(), value)
    close = re.compile(r"[\s,]*[})]?").match(text, position)
    return fields, close.end() if close else position


def _value(text: str, position: int, strings: dict[str, str]) -> tuple[str, int]:
    parts: list[str] = []
    while True:
        while position < len(text) and text[position] in " \t\n":
            position += 1
        opening = text[position : position + 1]
        if opening == "{":
            end = _closing(text, position)
            parts.append(text[position + 1 : end].removesuffix("}"))
        elif opening == '"':
            end = _quoted(text, position)
            parts.append(text[position + 1 : end].removesuffix('"'))
        else:
            match = _BARE.match(text, position)
            if match is None:
                return "".join(parts), position
            parts.append(strings.get(match[1].lower(), match[1]))
            end = match.end()
        joint = re.compile(r"\s*#").match(text, end)
        if joint is None:
            return "".join(parts), end
        position = joint.end()


def _closing(text: str, position: int) -> int:
    depth = 0
    for at in range(position, min(len(text), position + _MAX_FIELD)):
        char = text[at]
        if char == "{" and text[at - 1 : at] != "\\":
            depth += 1
        elif char == "}" and text[at - 1 : at] != "\\":
            depth -= 1
            if not depth:
                return at + 1
    line = text.find("\n", position)
    return len(text) if line < 0 else line


def _quoted(text: str, position: int) -> int:
    depth = 0
    for at in range(position + 1, min(len(text), position + _MAX_FIELD)):
        char = text[at]
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        elif char == '"' and depth <= 0:
            return at + 1
    line = text.find("\n", position)
    return len(text) if line < 0 else line


def untex(text: str) -> str:
    """TeX's accents, ligatures and braces as characters; mathematics stays as written."""
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _COMMAND.sub(lambda match: _LETTERS[match[1]], text)
        text = _STYLE.sub("", text)
    if "$" not in text:
        text = text.replace("{", "").replace("}", "")
        text = text.replace("---", "—").replace("--", "–").replace("~", " ")
    text = text.replace("``", "“").replace("''", "”")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _accented(match: re.Match[str]) -> str:
    letter = (match[2] or match[3]).lstrip("\\")
    return letter + _ACCENTS[match[1]]
