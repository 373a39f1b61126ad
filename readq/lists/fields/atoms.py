"""Entries cut into atoms: the smallest stretches that belong to one field.

An atom ends where the style changes or a separator stands. What it is in itself (a year, an id, a
venue with its year, a link's label, names) is told from its shape alone; which field it fills is
for the list's convention to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from readq.lists.blocks.model import Run, Style
from readq.lists.fields import names
from readq.lists.fields.vocabulary import (
    DATE,
    KEY,
    LONG_VENUE,
    MONTHS,
    VENUE_YEAR,
    VENUE_YEAR_PATTERN,
    YEAR,
    is_label,
    is_venue_word,
    key_label,
)


class What(StrEnum):
    """What an atom is by its shape."""

    TEXT = "text"
    NAMES = "names"
    VENUE_YEAR = "venue-year"
    YEAR = "year"
    ARXIV = "arxiv"
    DOI = "doi"
    ET_AL = "et-al"
    URL = "url"
    LABEL = "label"
    FLAG = "flag"
    IMAGE = "image"


@dataclass(slots=True)
class Atom:
    """A stretch of an entry's text."""

    start: int
    end: int
    text: str
    what: What
    style: int
    part: str
    """Which block or cell of the entry it stands in: "0", "1", "c2" …"""
    sep: str
    """What stands before it: "" for nothing, "." "," "-" "|" "(" … or "\\r" for a line's end."""
    line: int
    last: int
    url: str | None = None
    link: int = -1
    wrap: str = ""
    """The bracket or quote that it stands in."""
    order: int = 0
    key: str = ""
    """The label that a key before it announces ("Authors: …")."""
    repeats: int = 1
    """In how many entries of the list the same words stand."""
    names: float = -4.0
    """How much it looks like names of persons."""
    scores: dict[str, float] | None = None
    """What its shape alone says of each label (kept by `conventions`)."""
    """How many atoms with words of their own came before it."""


@dataclass(slots=True)
class Linked:
    """A link of an entry: its words and its target."""

    text: str
    url: str
    line: int
    image: bool = False


@dataclass(slots=True)
class Cut:
    """An entry's text with its atoms and links."""

    text: str
    atoms: list[Atom]
    links: list[Linked]
    bare_urls: int = 0


_SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]*:")
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\ufe0f\u200d\u3030\u303d"
    "\U0001f000-\U0001faff\U0001f1e6-\U0001f1ff]+"
)
_SPLIT = re.compile(
    rf"""
    # Nothing begins within a word, save a glued "et al.": most characters are passed over here.
    (?![a-z](?<=[a-z][a-z])(?!t\.?[ ]al))
    (?:
      (?P<url>\bhttps?://[^\s<>"“”\]]+)
    | (?P<arxiv>\b[Aa][Rr][Xx][Ii][Vv](?:[ ]+(?:e-?prints?|preprints?|pre-prints?))?,?[ ]*
        (?: (?:[Aa][Rr][Xx][Ii][Vv])?[ ]?[:：][ ]?(?:abs/)?(?:\d{{2,}}\.?\d*(?:v\d+)?|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}})
          | (?:[Aa][Rr][Xx][Ii][Vv])?[ /]?(?:\d{{4}}\.\d{{4,5}}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{{2}})?/\d{{7}}))
        (?![\w-])(?:[ ]?\[[\w.-]+\])?)
    | (?P<doi>\b(?:doi:?[ ]?)?10\.\d{{4,9}}/[^\s"<>]+)
    | (?P<etal>,?\s*(?:\band\s+)?et\.?[ ]al\b\.?(?:\s*\.)?|,?[ ]and[ ]others\b)
    | (?P<vy>\b(?:{VENUE_YEAR_PATTERN}))
    | (?P<date>\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?i:{MONTHS})\.?,?\s+(?:\d{{1,2}},?\s+)?(?:19[5-9]\d|20[0-4]\d)\b)
    | (?P<lone>(?<![\w./-])(?:1[89]\d\d|20[0-4]\d)(?:[./-](?:0?[1-9]|1[0-2])(?:[./-]\d{{1,2}})?)?(?![\w/]|-\w|\.\d))
    | (?P<hard>\r|\x1d)
    | (?P<yv>(?:(?<=^)|(?<=[\r\x1d\n(\[ ]))(?:19[5-9]\d|20[0-4]\d)[ ]?[-_.:|][ ]?(?:arXiv|[A-Z][A-Za-z&+]{{1,14}})(?=[ ]?[-_:|\[]|$))
    | (?P<stop>(?:(?<=[\w)\]”"'*…])|(?<=[?!.])|(?<=^))[.。](?=\s|$|["”\[(<]|(?=[A-Z][A-Za-z])(?<=[a-z0-9]{{3}}\.)))
    | (?P<mark>(?<=[?!？！])(?=[ \n\[(A-Z]))
    | (?P<punct>[,;，；、|·•‖│]|[ \n](?:--?-?|[–—~‐])(?=[ \n]|$)|[–—](?=[ \n]|$)|(?:(?<=^)|(?<=[\r\x1d\n]))-[ ]|[ ]/[ ]|[ ]\\[ ]|\t)
    | (?P<soft>\n)
    | (?P<open>(?<!\b[A-Za-z])\(|[\[{{（【〔《「])
    | (?P<close>[)\]}}）】〕》」])
    | (?P<quote>["“”„‟〝〞«»]|``|''(?!'))
    )
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"(?!.*(?:et al|[A-Za-z]{3} ?\d|rXiv))[A-Za-z :'’-]*\Z(?<![ -]-)|\s*")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:[A-Z]|vs|e\.g|i\.e|Proc|Trans|Int|Conf|J|Vol|No|pp|St|Jr|Dr|Prof|Symp|Lett|Rev|Comput|Sci|Eng|Res|cf|resp|approx|Fig|Eq|Sec|Ch|ed|eds|Univ|Dept|Inc|Ltd|Co|Assoc|Adv|Soc|Syst|Mach|Intell|Learn|Process|Recognit|Inf)$"
)
# "Big Transfer (BiT): …", "privileged information (PI) for …": within a phrase, not beside it.
_INNER = re.compile(r"\((?![^()]*\d{4})[\w .&+-]{1,20}\)(?=[:：]|\s+(?!et al|and |in |by )[a-z])")
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "(", "】": "[", "〕": "[", "》": "《", "」": "「"}


def cut(
    parts: list[tuple[str, list[Run]]], common: frozenset[str] | set[str], *, lines: bool = True
) -> Cut:
    """The atoms of an entry, whose blocks or cells are `parts`.

    `lines`: whether the source's line breaks may mean something (not so in HTML).
    """
    return _Cutter(common, lines).run(parts)


_MAX_DEPTH = 12
"""Brackets within brackets; what is deeper is no entry."""
_MAX_TEXT = 60_000
"""Characters of one entry; what is beyond is not cut."""
_MAX_NAMES = 4_000
_EMPHASES = Style.STRONG | Style.EMPHASIS


def joined(runs: list[Run]) -> list[Run]:
    """`runs` with neighbours of one style made one.

    Some generators set every single word in italics: blanks between such words take their style,
    and what is then set off all over a block is not set off at all.
    """
    if len(runs) < 4:
        return runs
    out: list[Run] = []
    for index, run in enumerate(runs):
        before = out[-1] if out else None
        if (
            before is not None
            and run.url is None
            and before.url is None
            and not (run.style | before.style) & ~_EMPHASES
            and before.text[-1:].isalnum()
            and run.text[:1].isalnum()
        ):
            # A word that changes its style half-way is one word.
            style = before.style if len(before.text) >= len(run.text) else run.style
            out[-1] = before._replace(text=before.text + run.text, style=style)
            continue
        if before is not None and before.style & _EMPHASES and before.url is None:
            after = runs[index + 1] if index + 1 < len(runs) else None
            blank = not run.style and run.url is None and not run.text.strip(" \n\t\xa0")
            if blank and after is not None and after.style == before.style and after.url is None:
                out[-1] = before._replace(text=before.text + run.text)
                continue
            if run.style == before.style and run.url is None:
                out[-1] = before._replace(text=before.text + run.text)
                continue
        out.append(run)
    for flag in (Style.STRONG, Style.EMPHASIS):
        stretches = [run for run in out if run.style & flag and not run.style & Style.QUOTE]
        if len(stretches) >= 4:
            words = sum(len(run.text) for run in out if not run.style & Style.QUOTE)
            if sum(len(run.text) for run in stretches) > 0.6 * words:
                out = [run._replace(style=run.style & ~flag) for run in out]
    return out


class _Cutter:
    """Collects atoms; one instance per entry."""

    def __init__(self, common: frozenset[str] | set[str], lines: bool) -> None:
        self.common = common
        self.lines = lines
        self.text: list[str] = []
        self.length = 0
        self.atoms: list[Atom] = []
        self.links: list[Linked] = []
        self.sep = ""
        self.wraps: list[str] = []
        self.last_link = -1
        self.bare = 0
        self.key = ""
        self.line_words = False

    def run(self, parts: list[tuple[str, list[Run]]]) -> Cut:
        for index, (part, runs) in enumerate(parts):
            if index:
                self._literal("\x1d")
                self.sep = "\x1d"
                self.wraps.clear()
            self.key, self.line_words = "", False
            for run in joined(runs):
                self._run(run, part)
        atoms = _merge_names("".join(self.text), self.atoms, self.common)
        order = 0
        for atom in atoms:
            atom.order = order
            order += atom.what in (What.TEXT, What.NAMES, What.VENUE_YEAR)
        return Cut("".join(self.text), atoms, self.links, self.bare)

    def _literal(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def _run(self, run: Run, part: str) -> None:
        if run.style & Style.BREAK:
            self._literal("\r")
            self.sep = "\r" if self.sep != "\x1d" else self.sep
            self.key, self.line_words = "", False
            return
        if self.length > _MAX_TEXT:
            return
        if len(run.text) > _MAX_TEXT:
            run = run._replace(text=run.text[:_MAX_TEXT])
        if run.style & Style.QUOTE:
            self._quoted(run, part)
            return
        if run.url is not None and run.link != self.last_link:
            self.last_link = run.link
            self.links.append(Linked(run.text, run.url, run.line, bool(run.style & Style.IMAGE)))
        elif run.url is not None:
            self.links[-1].text += run.text
            self.links[-1].image = self.links[-1].image and bool(run.style & Style.IMAGE)
        if run.style & Style.IMAGE:
            self._literal(" ")
            return
        text = run.text
        if not self.lines:
            text = text.replace("\n", " ")
        if not text.isascii():
            text = _EMOJI.sub(lambda match: " " * len(match[0]), text)
        if ":" in text:
            text = _SHORTCODE.sub(lambda match: " " * len(match[0]), text)
        link = len(self.links) - 1 if run.url is not None else -1
        offset = self.length
        self._literal(text)
        if run.style & Style.CODE and run.url is None:
            self._atom(text, 0, len(text), offset, run, part, link, What.TEXT)
            return
        bare = text.strip(" []()<>【】\n*")
        if (
            run.url is not None
            and not VENUE_YEAR.fullmatch(bare)
            and (is_label(bare) or not any(c.isalnum() for c in bare))
        ):
            self._atom(text, 0, len(text), offset, run, part, link, What.LABEL)
            return
        self._pieces(text, offset, run, part, link)

    def _quoted(self, run: Run, part: str) -> None:
        """A block quotation within an entry (an abstract) is one atom; its links are not the entry's."""
        offset = self.length
        self._literal(run.text)
        last = self.atoms[-1] if self.atoms else None
        if last is not None and last.style & Style.QUOTE and last.part == part:
            last.end = self.length
            last.last = run.line + run.text.count("\n")
            if len(last.text) < 4000:
                last.text += run.text
        elif run.text.strip():
            self._atom(run.text, 0, len(run.text), offset, run, part, -1, What.TEXT)

    def _pieces(self, text: str, offset: int, run: Run, part: str, link: int) -> None:
        position = self._keyed(text) if not self.line_words and run.url is None else 0
        if _PLAIN.fullmatch(text):
            self._atom(text, position, len(text), offset, run, part, link, What.TEXT)
            return
        match: re.Match[str] | None
        for match in _SPLIT.finditer(text):
            kind = match.lastgroup
            if kind in ("venue", "year", "after"):
                kind = "vy"
            assert kind is not None
            start, end = match.span()
            if start < position:
                continue
            if kind == "url":
                raw = match[0]
                raw = raw.rstrip(".,;:'!?*")
                while raw.endswith(")") and raw.count(")") > raw.count("("):
                    raw = raw[:-1].rstrip(".,;:")
                end = start + len(raw)
            elif (
                (kind == "vy" and not self._delimited(text, start, end, match))
                or (
                    kind == "stop"
                    and (
                        _ABBREVIATION.search(text, max(0, start - 10), start)
                        and not self._sentence(text, start)
                    )
                )
                or (kind == "lone" and not self._year_stands_alone(text, start, end))
            ):
                continue
            if start > position:
                self._atom(text, position, start, offset, run, part, link, What.TEXT)
            position = end
            self._special(kind, match, text, start, end, offset, run, part, link)
        if position < len(text):
            self._atom(text, position, len(text), offset, run, part, link, What.TEXT)

    def _keyed(self, text: str) -> int:
        """Take the key that a line begins with; where what it announces begins."""
        match = KEY.match(text)
        label = key_label(match[1]) if match else ""
        if not match or not label or text.startswith(("//", "1", "2", "0", "9"), match.end()):
            return 0
        self.key = label
        return match.end()

    def _special(
        self,
        kind: str,
        match: re.Match[str],
        text: str,
        start: int,
        end: int,
        offset: int,
        run: Run,
        part: str,
        link: int,
    ) -> None:
        if kind == "url":
            if run.url is None:
                self.links.append(
                    Linked("", text[start:end], run.line + text.count("\n", 0, start))
                )
                self.bare += 1
                link = len(self.links) - 1
            self._atom(text, start, end, offset, run, part, link, What.URL)
        elif kind in ("arxiv", "doi", "vy", "yv", "lone", "date", "etal"):
            what = {
                "arxiv": What.ARXIV,
                "doi": What.DOI,
                "vy": What.VENUE_YEAR,
                "yv": What.VENUE_YEAR,
                "lone": What.YEAR,
                "date": What.YEAR,
                "etal": What.ET_AL,
            }[kind]
            self._atom(text, start, end, offset, run, part, link, what)
        elif kind == "open":
            if len(self.wraps) < _MAX_DEPTH:
                self.wraps.append({"（": "(", "【": "[", "〔": "["}.get(match[0], match[0]))
            self._separate("(")
        elif kind == "close":
            opener = _PAIRS[match[0]]
            if opener in self.wraps:
                while self.wraps.pop() != opener:
                    pass
            self._separate(")")
        elif kind == "quote":
            if '"' in self.wraps:
                while self.wraps.pop() != '"':
                    pass
            elif len(self.wraps) < _MAX_DEPTH:
                self.wraps.append('"')
            self._separate('"')
        elif kind == "hard":
            self._separate("\r")
        elif kind == "soft":
            self.sep = self.sep or "\n"
        elif kind in ("stop", "mark"):
            self._separate("." if kind == "stop" else "?")
        else:
            self._separate(
                {"，": ",", "、": ",", "；": ";"}.get(match[0], match[0].strip()[:1] or "\t")
            )

    def _separate(self, mark: str) -> None:
        # A line's end outweighs what stands beside it; a full stop outweighs a bracket.
        if self.sep in ("\x1d", "\r"):
            return
        if self.sep == "." and mark in "()":
            return
        self.sep = mark if self.sep in ("", "(", ")", '"') or mark in ".\r" else self.sep

    def _delimited(self, text: str, start: int, end: int, match: re.Match[str]) -> bool:
        before = text[:start].rstrip(" \n")[-1:]
        after = text[end:].lstrip(" \n")[:1]
        left = not before or before in ".,;:|([{<-–—/\"”“'?!\r\x1d·"
        right = not after or after in '.,;:|)]}>([{<-–—/"”\r\x1d·'
        word = re.split(r"[\s/-]", match["venue"].strip())
        known = any(is_venue_word(piece, weak=True) for piece in word)
        if (
            not left
            and self.atoms
            and self.atoms[-1].what == What.ET_AL
            and self.atoms[-1].end >= self.length - len(text) + start - 2
        ):
            left = True
        return (left or right) if known else (left and right)

    @staticmethod
    def _year_stands_alone(text: str, start: int, end: int) -> bool:
        before = text[:start].rstrip(" \n")[-1:]
        after = text[end:].lstrip(" \n")[:1]
        left = not before or before in ".,;:|([{<-–—/\"”'?!\r\x1d·"
        right = not after or after in '.,;:|)]}>([{<-–—/"”\r\x1d·'
        return right or (left and not after.islower())

    @staticmethod
    def _sentence(text: str, start: int) -> bool:
        """Whether what follows an initial's full stop reads like a title, not like more names."""
        if not re.search(r"(?:^|[\s.\-])[A-Z]$", text[max(0, start - 3) : start]):
            return False
        rest = re.split(r"[.,;(&\"“\[]", text[start + 1 : start + 120], maxsplit=1)[0].split()
        return len(rest) >= 3 and any(
            word[0].islower() and word not in ("and", "van", "de", "der", "von") for word in rest
        )

    def _atom(
        self,
        text: str,
        start: int,
        end: int,
        offset: int,
        run: Run,
        part: str,
        link: int,
        what: What,
    ) -> None:
        raw = text[start:end]
        stripped = raw.strip(" \n\t*_~:：<>\\=+^`#\xa0").lstrip("-–— ")
        if not any(char.isalnum() for char in stripped):
            if what == What.LABEL and link >= 0:
                stripped = ""
            else:
                if any(c in raw for c in "\n") and not self.sep:
                    self.sep = "\n"
                return
        lead = raw.index(stripped) if stripped else 0
        if "\n" in raw[:lead] and not self.sep:
            self.sep = "\n"
        begin = start + lead
        line = run.line + text.count("\n", 0, begin)
        self.atoms.append(
            Atom(
                offset + begin,
                offset + begin + len(stripped),
                stripped,
                what,
                run.style,
                part,
                self.sep,
                line,
                line + stripped.count("\n"),
                run.url,
                link,
                self.wraps[-1] if self.wraps else "",
                key=self.key,
            )
        )
        self.line_words = True
        tail = raw[lead + len(stripped) :]
        self.sep = "\n" if "\n" in tail else ":" if ":" in tail or "：" in tail else ""


def _merge_names(text: str, atoms: list[Atom], common: frozenset[str] | set[str]) -> list[Atom]:
    """Atoms with the names that commas part made one."""
    out: list[Atom] = []
    for atom in atoms:
        if (atom.what == What.TEXT and atom.link < 0) or (
            atom.what == What.TEXT and atom.link >= 0 and len(atom.text.split()) <= 5
        ):
            score = names.quality(atom.text, common) if len(atom.text) < 400 else -4.0
        else:
            score = 3.0 if atom.what == What.ET_AL else -4.0
        before = out[-1] if out else None
        colon = atom.text.find(": ") if atom.what == What.TEXT else -1
        if (
            colon > 0
            and (before is None or before.what != What.NAMES)
            and len(atom.text[colon:].split()) > 3
            and names.quality(atom.text[:colon], common) >= 1.2
        ):
            head = replace(atom, end=atom.start + colon, text=atom.text[:colon], what=What.NAMES)
            out.append(head)
            lead = colon + 2 + len(atom.text[colon + 2 :]) - len(atom.text[colon + 2 :].lstrip())
            out.append(replace(atom, start=atom.start + lead, text=atom.text[lead:], sep="."))
            continue
        joins = (
            before is not None
            and before.what == What.NAMES
            and before.part == atom.part
            and before.wrap == atom.wrap
            and before.style == atom.style
            and atom.end - before.start < _MAX_NAMES
            and not before.text.endswith(("et al.", "et al", "others"))
            and (
                atom.sep in (",", ";", "")
                or (atom.sep == "." and re.search(r"(?:^|[\s.])[A-Z]$", before.text))
            )
            and before.link == atom.link
        )
        atom.names = score
        if joins and before is not None and ": " in atom.text:
            # "Ann Lee and Bo Chen: A title": the last name ends at the colon.
            left, _, right = atom.text.partition(": ")
            known = before.text[-2:-1] in " ." or len(left.split()) > 1 or left.startswith("and ")
            if names.quality(left, common) > -0.6 and known and atom.what == What.TEXT:
                before.end = atom.start + len(left)
                before.text = text[before.start : before.end]
                start = atom.start + len(left) + 1 + (len(right) - len(right.lstrip())) + 1
                atom.start, atom.text, atom.sep = start, right.strip(), "."
                out.append(atom)
                continue
        if before is not None and joins and score > -0.6:
            before.end = atom.end
            before.last = atom.last
            before.text = text[before.start : atom.end]
            before.names = min(4.0, max(before.names, 0.0) + 0.35 + 0.2 * score)
            continue
        if score > -0.6 and atom.what == What.TEXT and (score > 0.2 or len(atom.text.split()) == 1):
            atom.what = What.NAMES
        elif before is not None and atom.what == What.TEXT and _venue_goes_on(before, atom):
            before.end = atom.end
            before.last = atom.last
            before.text = text[before.start : atom.end]
            continue
        out.append(atom)
    return out


def _venue_goes_on(before: Atom, atom: Atom) -> bool:
    """Whether a comma parts two halves of one venue ("… on Acoustics, Speech and Signal Processing")."""
    return (
        atom.sep == ","
        and before.what in (What.TEXT, What.NAMES)
        and before.style == atom.style
        and before.part == atom.part
        and len(atom.text.split()) <= 6
        and LONG_VENUE.match(before.text) is not None
        and (atom.text[0].islower() or re.search(r"\b(?:and|&)\b", atom.text) is not None)
    )


__all__ = ["DATE", "YEAR", "Atom", "Cut", "Linked", "What", "cut"]
