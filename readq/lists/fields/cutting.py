"""Cuts the text of an entry into atoms."""

from __future__ import annotations

import re
from collections import Counter

from readq.lists.blocks.model import Run, Style
from readq.lists.fields import brackets, edges, names
from readq.lists.fields.atoms import Atom, Cut, Linked, What
from readq.lists.fields.dates import mark_dated
from readq.lists.fields.joining import joined, merge_names
from readq.lists.fields.patterns import (
    ABBREVIATION,
    ARXIV_ID,
    EMOJI,
    NAME_LIST,
    PAIRS,
    PLAIN,
    SHORTCODE,
    SPLIT,
    WORDLESS,
)
from readq.lists.fields.vocabulary import KEY, VENUE_YEAR, is_label, is_venue_word, key_label

_MAX_DEPTH = 12
"""Brackets within brackets; what is deeper is no entry."""
_MAX_TEXT = 60_000
"""Characters of one entry; what is beyond is not cut."""
_MAX_ATOMS = 2_000
"""Atoms of one entry; what is beyond is not cut either."""


def cut(
    parts: list[tuple[str, list[Run]]],
    common: frozenset[str],
    *,
    lines: bool = True,
    habit: frozenset[str] = frozenset(),
) -> Cut:
    """The atoms of an entry, whose blocks or cells are `parts`.

    `lines`: whether the source's line breaks may mean something (not so in HTML); `habit`: what
    leads titles in brackets by habit (see `brackets.habits`).
    """
    return _Cutter(common, lines, habit).run(parts)


class _Cutter:
    """Collects atoms; one instance per entry."""

    def __init__(self, common: frozenset[str], lines: bool, habit: frozenset[str]) -> None:
        self.common = common
        self.lines = lines
        self.habit = habit
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
        atoms = merge_names("".join(self.text), self.atoms, self.common)
        atoms = mark_dated("".join(self.text), atoms)
        order = 0
        shares = Counter(atom.link for atom in atoms if atom.link >= 0)
        for atom in atoms:
            atom.order = order
            atom.partial = shares[atom.link] > 1
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
        if self.length > _MAX_TEXT or len(self.atoms) > _MAX_ATOMS:
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
            text = EMOJI.sub(lambda match: " " * len(match[0]), text)
        if ":" in text:
            text = SHORTCODE.sub(lambda match: " " * len(match[0]), text)
        link = len(self.links) - 1 if run.url is not None else -1
        offset = self.length
        self._literal(text)
        if run.style & Style.CODE and run.url is None:
            self._atom(text, 0, len(text), offset, run, part, link, What.TEXT)
            return
        if run.url is None and WORDLESS.fullmatch(text):
            self._marks(text)
            return
        bare = text.strip(" []()<>【】\n*")
        if (
            run.url is not None
            and not VENUE_YEAR.match(bare)
            and not ARXIV_ID.search(bare)
            and (is_label(bare) or bare == "www" or not any(c.isalnum() for c in bare))
        ):
            self._atom(text, 0, len(text), offset, run, part, link, What.LABEL)
            return
        self._pieces(text, offset, run, part, link)

    def _marks(self, text: str) -> None:
        """Take text without words: only what it parts counts."""
        for char in text:
            if char in "([":
                if len(self.wraps) < _MAX_DEPTH:
                    self.wraps.append(char)
                self._separate("(")
            elif char in ")]":
                opener = PAIRS[char]
                if opener in self.wraps:
                    while self.wraps.pop() != opener:
                        pass
                self._separate(")")
            elif char == "\n":
                self.sep = self.sep or "\n"
            elif char in ",;.|/·•":
                self._separate(char)

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
        if (
            NAME_LIST.fullmatch(text)
            and len(text) < 400
            and not (position or edges.ENDED.search(text))
        ):
            score = names.quality(text, self.common)
            if score > 1.0:
                self._atom(text, 0, len(text), offset, run, part, link, What.NAMES)
                self.atoms[-1].names = score
                self.sep = "." if text.rstrip().endswith(".") else self.sep
                return
        if PLAIN.fullmatch(text):
            self._atom(text, position, len(text), offset, run, part, link, What.TEXT)
            return
        inner = (
            brackets.within(text, self.habit, set_off=brackets.is_set_off(run))
            if "[" in text
            else ()
        )
        match: re.Match[str] | None
        for match in SPLIT.finditer(text):
            if len(self.atoms) > _MAX_ATOMS:
                return
            kind = match.lastgroup
            if kind in ("venue", "year", "after"):
                kind = "vy"
            assert kind is not None
            start, end = match.span()
            if start < position or any(first <= start < last for first, last in inner):
                continue
            if kind == "url":
                raw = match[0]
                raw = raw.rstrip(".,;:'!?*\\")
                while raw.endswith(")") and raw.count(")") > raw.count("("):
                    raw = raw[:-1].rstrip(".,;:")
                end = start + len(raw)
            elif (
                kind == "vy"
                and edges.is_aside(text, match)
                and not edges.delimited(text, match, listed=self._listed(text, start))
            ):
                # "… mixture model CNNs (2016)": no venue, but its year.
                start, kind = match.start("year"), "lone"
                self._atom(
                    text,
                    position,
                    text.index("(", match.start()),
                    offset,
                    run,
                    part,
                    link,
                    What.TEXT,
                )
                self._separate("(")
                self.wraps.append("(")
                position = start
            elif (
                (
                    kind == "vy"
                    and not edges.delimited(text, match, listed=self._listed(text, start))
                )
                or (
                    kind == "stop"
                    and (
                        ABBREVIATION.search(text, max(0, start - 10), start)
                        and not edges.begins_title(text, start)
                    )
                )
                or (kind == "short" and not is_venue_word(match[0][:-3], weak=True))
                or (kind == "lone" and not edges.year_stands_alone(text, start, end))
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
        if label == "L" and edges.WORDY.match(text, match.end()):
            return 0  # "Caffe: Convolutional Architecture for …" is a title
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
        elif kind in (
            "arxiv",
            "doi",
            "vy",
            "yv",
            "short",
            "lead",
            "lone",
            "packed",
            "date",
            "etal",
        ):
            what = {
                "arxiv": What.ARXIV,
                "doi": What.DOI,
                "vy": What.VENUE_YEAR,
                "yv": What.VENUE_YEAR,
                "short": What.VENUE_YEAR,
                "lead": What.VENUE_YEAR,
                "packed": What.YEAR,
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
            opener = PAIRS[match[0]]
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

    def _listed(self, text: str, start: int) -> bool:
        """Whether "et al." ends right before `start`."""
        last = self.atoms[-1] if self.atoms else None
        return (
            last is not None
            and last.what == What.ET_AL
            and last.end >= self.length - len(text) + start - 2
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
