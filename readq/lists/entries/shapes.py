"""What blocks look like at a glance, before any of them is read closely."""

from __future__ import annotations

import re

from readq.lists.blocks.model import Run, Style
from readq.lists.fields import names
from readq.lists.fields.vocabulary import KEY, VENUE_YEAR, YEAR, is_label, key_label


class Shape:
    """What a block looks like at a glance; each property is found when it is first asked for."""

    __slots__ = ("_facts", "anchors", "links", "text")

    def __init__(self, text: str, links: int, anchors: int) -> None:
        self.text = text
        """Its words outside of links that only carry a label."""
        self.links = links + text.count("http://") + text.count("https://")
        self.anchors = anchors
        """Links within the page."""
        self._facts: tuple[str, bool, float, bool, bool] | None = None

    def _look(self) -> tuple[str, bool, float, bool, bool]:
        if self._facts is None:
            self._facts = _facts(self.text)
        return self._facts

    @property
    def key(self) -> str:
        """The label that it starts with ("paper: …")."""
        return self._look()[0]

    @property
    def titled(self) -> bool:
        """Has words that could be a title."""
        return self._look()[1]

    @property
    def names(self) -> float:
        """How much its words look like names of persons."""
        return self._look()[2]

    @property
    def dated(self) -> bool:
        """Names a venue with its year, or a year."""
        return self._look()[3]

    @property
    def empty(self) -> bool:
        """Has no words but links' labels."""
        return self._look()[4]

    @property
    def follows(self) -> bool:
        """Has only what stands beside a title: links, names, a venue, a label with its value."""
        key, titled, quality, dated, _ = self._look()
        return bool(key) or (not titled and (self.links > 0 or quality > 0.6 or dated))

    @property
    def contents(self) -> bool:
        """Only points into the page."""
        return self.anchors > 0 and self.anchors == self.links


def plain(runs: list[Run]) -> str:
    """The words of `runs`, white space collapsed; images left out."""
    return " ".join(
        "".join(
            " " if run.style & (Style.BREAK | Style.IMAGE) else run.text for run in runs
        ).split()
    )


def shape(runs: list[Run]) -> Shape:
    """Look at `runs`."""
    words: list[str] = []
    seen: set[int] = set()
    anchors = 0
    for run in runs:
        if run.style & Style.BREAK:
            words.append(" ")
            continue
        if run.url is not None:
            if run.link not in seen:
                seen.add(run.link)
                anchors += run.url.startswith("#")
            if run.style & Style.IMAGE or is_label(run.text.strip(" []()")):
                continue
        elif run.style & Style.IMAGE:
            continue
        words.append(run.text)
    return Shape(" ".join("".join(words)[:5000].split()), len(seen), anchors)


def _facts(text: str) -> tuple[str, bool, float, bool, bool]:
    match = KEY.match(text) if ":" in text or "：" in text else None
    if match and text.startswith(("//", "0", "1", "2", "9"), match.end()):
        match = None  # an address or an id
    key = match[1].lower() if match and key_label(match[1]) else ""
    rest = text[match.end() :] if match and key else text
    if "http" in rest:
        rest = _URL.sub(" ", rest)
    dated = False
    if _DIGITS.search(rest):
        dated = YEAR.search(rest) is not None
        rest, venues = VENUE_YEAR.subn(" ", rest)
        dated = dated or venues > 0
    if "(" in rest:
        rest = _ASIDE.sub(" ", rest)
    tokens = [token for token in rest.split() if token[0].isalpha() or any(map(str.isalpha, token))]
    wordy = len(_LOWER.findall(rest, 0, 400)) > 2
    quality = names.quality(rest) if 0 < len(rest) < 800 and not wordy else -4.0
    titled = (
        len(tokens) >= 2 and (quality < 0.4 or _has_title(rest)) and not (key and len(tokens) < 3)
    )
    return key, titled, quality, dated, not tokens and not dated


_URL = re.compile(r"https?://\S+")
_DIGITS = re.compile(r"\d\d")


def _has_title(text: str) -> bool:
    """Whether a sentence of `text`, which has names in it, is no name."""
    for piece in _SENTENCES.split(text[:1000]):
        if len(piece.split()) >= 3 and names.quality(piece) < 0.0:
            return True
    return False


_ASIDE = re.compile(r"\([^()]{0,80}\)")
_LOWER = re.compile(r"(?<![\w'’.-])(?!and|van|von|der|del|dos|den|others)[a-z]{3,}")
_SENTENCES = re.compile(r"(?<=\w\w)[.?!:]\s|[\"“”]|,\s+(?=[A-Z]?[a-z]+\s+[a-z])")
EMPTY = Shape("", 0, 0)
_ICONS = re.compile(
    r":[a-z0-9_+-]+:|[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+"
)


def heading_text(runs: list[Run]) -> str:
    """A heading as a reader sees it: no markup, emoji or stray marks."""
    own = [run for run in runs if not (run.url or "").startswith("#")]
    if len(own) < len(runs) and any(char.isalnum() for char in plain(own)):
        # A way back to the contents is no part of the heading.
        runs = own
    text = _ICONS.sub(" ", plain(runs)[:1000])
    text = re.sub(r"[(\[]\s*[)\]]", " ", text)
    text = " ".join(text.split()).strip(" -–—*#|·•>~:\xa0")
    whole = re.fullmatch(r"\[([^\[\]]+)\]", text)
    return whole[1].strip() if whole else text
