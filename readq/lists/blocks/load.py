"""Bytes to a document: what encoding, what format, then that format's reader."""

from __future__ import annotations

import codecs
import re

from readq.errors import ListError
from readq.lists.blocks import bibtex, html, limits, markdown, org, rst
from readq.lists.blocks.model import Document
from readq.model.text import clean_block

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that people point at by mistake.
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
)
_META = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})|coding[:=]\s*([\w-]{2,30})""",
    re.IGNORECASE,
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAX_RST = 3_000_000
"""Characters; docutils takes a minute for as much."""
# UTF-8 that was read as Latin-1 or Windows-1252 leaves these pairs.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u2122\u0152-\u017e\u02c6\u02dc\u2013-\u203a]"
)


def load(data: bytes, source: str = "") -> tuple[str, Document]:
    """`data` as clean text, and its blocks; raises `ListError` for what is plainly no text."""
    limits.check_size(data, source or "this")
    raw = decode(data, source)
    text = mend(raw)
    notes = _mojibake_notes(raw, text)
    text = clean_block(text, limit=len(text) + 1)
    text, left_out = limits.fenced(text)
    document = parse(text)
    document.notes.extend(notes + left_out)
    return text, document


def parse(text: str) -> Document:
    """The blocks of clean text, in whatever format it is."""
    if _HTML.match(text[:5000]):
        return _page(text)
    if bibtex.is_bibtex(text):
        return bibtex.read(text)
    if org.is_org(text):
        return org.read(text)
    if len(text) < _MAX_RST and rst.is_rst(text):
        try:
            return rst.read(text)
        except Exception as error:  # docutils fails in many ways on what it was not made for
            document = markdown.read(text)
            reason = f"not read as reStructuredText ({type(error).__name__})"
            document.notes.append((1, document.total, "format", reason))
            return document
    return markdown.read(text)


def _page(text: str) -> Document:
    document = Document([], "html", text.count("\n") + 1)
    document.blocks, document.title = html.read(html.mark_lines(text, 1))
    return document


def decode(data: bytes, source: str = "") -> str:
    """`data` as text: by its byte order mark, else UTF-8, else what it declares, else a guess."""
    name = source or "this"
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise ListError(
                f"{name} is {kind}, not a list in text",
                hint="give the list's source: Markdown, HTML, reST, BibTeX or plain text",
            )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\x00" in data:
        return _wide(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _META.search(data[:4096])
    candidates = [(declared[1] or declared[2]).decode("ascii", "replace")] if declared else []
    for encoding in (*candidates, "shift_jis", "euc-jp", "gb18030", "big5"):
        text = _try(data, encoding)
        if text is not None and (encoding in candidates or _plausible(text, encoding)):
            return text
    # A few broken bytes in UTF-8 are more likely than another encoding altogether.
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 20 < sum(byte > 127 for byte in data):
        return text
    return data.decode("cp1252", "replace")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


# The commonest characters of Chinese, in both scripts: a wrong guess hits them by chance only.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "得经之进着等部度家理起小物现实加量都两体制机当使点从业本性好应开合还因由其些然前外天间样与关各重新线内数正最代通并提直题程展"
    "图论文列表标测目据网络深习型集模割像們這為個國來時說產種過對動發經進體實現點從業應開還後學與關線數論圖標測據網絡習"
)


def _plausible(text: str, encoding: str) -> bool:
    """Whether `text` reads like the language that `encoding` is for."""
    beyond = [char for char in text[:200_000] if char > "\x7f"]
    kana = sum("\u3040" <= char <= "\u30ff" for char in beyond)
    runs = sum(map(len, re.findall("[\u3040-\u30ff\u4e00-\u9fff]{2,}", text[:200_000])))
    if not beyond or runs < 0.5 * len(beyond):
        return False
    if encoding in ("shift_jis", "euc-jp"):
        return kana > 0.15 * len(beyond)
    return kana < 0.1 * len(beyond) and sum(char in _COMMON for char in beyond) > 0.1 * len(beyond)


def _wide(data: bytes, name: str) -> str:
    """Text with zero bytes: UTF-16 without a mark, text with a few of them, or no text at all."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.3 * half and even < 0.05 * half:
        return data.decode("utf-16-le", "replace")
    if even > 0.3 * half and odd < 0.05 * half:
        return data.decode("utf-16-be", "replace")
    if data.count(0) > 0.05 * len(data):
        raise ListError(
            f"{name} is not text",
            hint="give the list's source: Markdown, HTML, reST, BibTeX or plain text",
        )
    return data.replace(b"\x00", b"").decode("utf-8", "replace")


def mend(text: str) -> str:
    """`text` with mojibake undone, line by line, where it shows."""
    if text.isascii() or _MOJIBAKE.search(text) is None:
        return text
    import ftfy

    lines = text.split("\n")
    for index, line in enumerate(lines):
        if len(line) < 100_000 and _MOJIBAKE.search(line):
            lines[index] = ftfy.fix_encoding(line)
    return "\n".join(lines)


def _mojibake_notes(raw: str, text: str) -> list[tuple[int, int, str, str]]:
    if raw is text and "\ufffd" not in text:
        return []
    out: list[tuple[int, int, str, str]] = []
    for number, (before, after) in enumerate(
        zip(raw.split("\n"), text.split("\n"), strict=True), 1
    ):
        if before != after:
            out.append((number, number, "mojibake", "mangled characters, mended"))
        elif "\ufffd" in after:
            out.append((number, number, "mojibake", "characters that cannot be read"))
    return out[:1000]
