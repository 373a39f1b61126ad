"""Hostile text made harmless, and the normal forms that texts are compared by.

Whatever comes from a list, a service or a file name passes `clean` once, where it enters. The
sequences are those of ECMA-48 (control functions) and Unicode's bidirectional and tag controls.
"""

from __future__ import annotations

import re
import unicodedata

# Patterns as text: `re` compiles them, once, when the first text needs it. Most commands meet none
# that does, and compiling takes as long as importing a package.
_ESCAPES = r"""(?x)
    (?: \x1b [\]PX^_] | [\x90\x98\x9d\x9e\x9f] )      # OSC, DCS, SOS, PM, APC …
        [^\x07\x1b\x9c]{0,4096} (?: \x07 | \x1b\\ | \x9c | (?=\x1b) | $ )?   # … up to their end
  | (?: \x1b\[ | \x9b ) [0-?]* [ -/]* [@-~]?          # CSI
  | \x1b [ -/]* [0-~]?                                # two-character escapes
    """
_INVISIBLE = (
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 without white space
    "\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e"  # soft hyphen, fillers, Arabic letter mark
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, bidi marks and embeddings
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffc"  # fillers, variation selectors, annotations
    "\ud800-\udfff"  # lone surrogates
    "\U000e0000-\U000e0fff"  # tags
    "]"
)
_JOINERS = (
    r"(?<![^\x00-\u02ff])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]+(?![^\x00-\u02ff])"
)
_BREAKS = "[\x0b\x0c\x85\u2028\u2029]"
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


def clean(text: str, *, limit: int = 2000) -> str:
    """One line of `text` without anything that a terminal, or the eye, would trip over.

    Escape sequences go whole, then control, bidirectional and invisible characters; white space
    collapses to single blanks; the rest is NFC. Linear in the length of `text`. `limit` is in
    characters; what is longer ends in an ellipsis.
    """
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    # Nothing that is cut below can be longer than this, so hostile megabytes cost nothing.
    text = _scrub(text[: 16 * limit])
    text = _SPACE.sub(" ", text).strip()
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clean_block(text: str, *, limit: int = 1_000_000) -> str:
    """Several lines of text, as `clean`, but line breaks and indentation stay."""
    lines = text[:limit].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(re.sub(_BREAKS, " ", _scrub(line)) for line in lines)


def _scrub(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(_ESCAPES, "", text)
    text = re.sub(_INVISIBLE, "", text)
    # A joiner means something only between letters of a script that joins.
    text = re.sub(_JOINERS, "", unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", text)


def words(text: str) -> list[str]:
    """The words of `text`, case folded, without accents: what searching and matching compare."""
    if text.isascii():
        return _WORD.findall(text.lower())
    # Folding comes after decomposition: what only looks like a capital is one then.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _WORD.findall(unicodedata.normalize("NFKC", bare))


def normal_title(title: str) -> str:
    """The form in which two titles are the same: words only, joined by blanks."""
    return " ".join(words(title))


def slug(text: str, *, limit: int = 60) -> str:
    """`text` as a name for ids and files: `[a-z0-9-]`, whole words, `limit` characters at most.

    Empty when nothing of `text` can be spelled that way.
    """
    name = ""
    for spelled in words(text):
        word = spelled.encode("ascii", "ignore").decode()
        if not word:
            continue
        longer = f"{name}-{word}" if name else word
        if len(longer) > limit:
            return name or word[:limit]
        name = longer
    return name
