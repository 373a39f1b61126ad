"""Names of persons: what looks like one, and how a list of them splits."""

from __future__ import annotations

import re
from functools import lru_cache

from readq.lists.fields.vocabulary import FUNCTION_WORDS, TITLE_WORDS

_PARTICLES_TEXT = """
van der den de del della di da dos du la le von zu zur ten ter al el bin ibn st san y e d
"""
_PARTICLES = frozenset(_PARTICLES_TEXT.split())
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "jr.", "sr."})
_MARKS = re.compile(r"[*†‡§¶∗⋆✉#^]+|(?<=[a-z])\d(?:,\d)*$")
_TOKEN = re.compile(r"[^\W\d_][\w'’`.\-‐]*\.?", re.UNICODE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-‐]?){1,4}\Z", re.UNICODE)
_JOINT = re.compile(
    r"\s*(?:,\s*(?:and|&)\s+|;\s*(?:and\s+|&\s*)?|\s(?:and|&|und|et)\s|\s*&\s*|,|，|、)\s*"
)
ET_AL = re.compile(
    r",?\s*(?:\band\s+)?(?:et\.?\s*al\b\.?|and\s+others\b|等(?:人)?)\s*", re.IGNORECASE
)
# How English ends words for things that are no persons.
_ABSTRACT = re.compile(
    r"(?:tions?|ional|ments?|ity|ness|ive|ical|i[zs]ed|[ai]ble|ology|ics|ous|ances?|ences?|ular|based|aware|free|wise|level|"
    r"coders?|nets?|works?|forms?|gram|graphs?|ware)$"
)
_MAY_ET_AL = re.compile(r"[tT]\.?\s*[aA][lL]\b|[oO][tT][hH][eE][rR][sSſ]\b|等")
_MARK = frozenset("*#^")
_AND_FIRST = frozenset("&aAbB")
_JOINTS = (",", "and", "&", ";", "und", "et")
_LEADING_AND = re.compile(r"(?i)^(?:and|&|by)\s+")
_GIVEN_TEXT = """
james john robert michael william david richard joseph thomas charles christopher daniel
matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy
ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin
scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry
tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter
christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan
jesse bryan billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent
mason roy ralph bobby russell bradley philip eugene mary patricia jennifer linda elizabeth
barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily
donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia kathleen
amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria
kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha
geoffrey yoshua yann ian ilya oriol quoc yee alex alexei andrej jurgen pieter sergey koray
demis trevor ross kaiming jian wei li wang zhang chen liu yang huang zhao wu zhou xu sun ma
zhu hu guo he lin gao luo zheng liang xie tang song deng han feng yu dong ye cheng cao yuan
lu jiang fu xiao pan su cai ding peng zeng yi jun ming bin tao hao yan jing hui lei ling min
ning ping qiang rui shan ting xin ying yong yue kim lee park choi jung kang cho yoon jang
lim seung hyun sung young min jin hoon soo jae dong jürgen hiroshi takashi kenji yuki akira
naoki shin ryan ivan igor dmitry sergei vladimir nikolay andrey alexey mikhail anton marco
luca andrea matteo giovanni francesco antonio giuseppe stefano carlo pierre jean francois
françois philippe nicolas olivier laurent hans wolfgang klaus stefan thomas martin tobias
sebastian florian lukas felix jan carlos luis miguel pedro javier sergio fernando rafael
ahmed mohamed mohammad muhammad ali hassan omar raj ravi amit anil rahul sanjay vijay kumar
gupta sharma singh patel krishna srinivas
"""
_GIVEN = frozenset(_GIVEN_TEXT.split())


@lru_cache(maxsize=8192)
def quality(text: str, common: frozenset[str] = frozenset()) -> float:
    """How much `text` looks like one or several names of persons: about -4 … 4.

    `common` holds words that the list itself writes in lower case: they name nobody.
    """
    bonus = 0.0
    # Cheap tests first: most texts have none of these.
    if ("al" in text or "others" in text or "等" in text) and _MAY_ET_AL.search(text):
        bare = ET_AL.sub(" ", text)
        bonus = 2.0 if bare != text else 0.0
    else:
        bare = text
    bare = bare.strip(" .,;:")
    first = bare[:1]
    if (
        first
        and first.islower()
        and bare[:4].lower() not in ("and ", "van ", "von ", "de l", "by k")
    ):
        head = bare.split(None, 1)[0]
        if head not in _PARTICLES and head not in ("and", "by"):
            return -4.0 + bonus
    # Cheap tests first: most texts hold neither marks nor joints.
    if not bare.isascii() or _MARK.intersection(bare) or any(map(str.isdigit, bare[-2:])):
        bare = _MARKS.sub("", bare)
    if bare[:1] in _AND_FIRST:
        bare = _LEADING_AND.sub("", bare)
    joined = not bare.isascii() or any(joint in bare for joint in _JOINTS)
    names = [name for name in _JOINT.split(bare) if name] if joined else [bare] if bare else []
    if not names:
        return -4.0
    total = _one(names[0], common)
    if total <= -3.0:
        return -4.0
    for name in names[1:12]:
        total += _one(name, common)
    score = total / min(len(names), 12)
    if score > -1.0:
        score += min(len(names) - 1, 4) * 0.35 + bonus
    return score


@lru_cache(maxsize=8192)
def _one(name: str, common: frozenset[str]) -> float:
    tokens = name.split()
    if not tokens or len(tokens) > 6 or len(name) > 60:
        return -4.0
    if len(tokens) == 1 and _is_cjk(name):
        return 0.3 if 2 <= len(name) <= 4 else -4.0
    score = 0.6 if 2 <= len(tokens) <= 4 else -0.2 if len(tokens) == 1 else 0.0
    for token in tokens:
        lower = token.lower().strip(".,()")
        if lower in _PARTICLES:
            continue
        if lower in _SUFFIXES:
            score += 0.3
            continue
        if _INITIALS.match(token) and token[0].isupper() and (len(token) <= 2 or "." in token):
            score += 0.9 if len(token) == 1 or "." in token or "-" in token else 0.2
            continue
        if not _TOKEN.fullmatch(token):
            return -3.0
        if not token[0].isupper() and not (token[0] in "'’`" or _is_cjk(token)):
            return -4.0
        if lower in FUNCTION_WORDS:
            score -= 1.6
            continue
        if lower in _GIVEN:
            score += 0.9
        elif lower in TITLE_WORDS:
            score -= 1.8
        elif len(lower) > 5 and _ABSTRACT.search(lower):
            score -= 1.2
        elif len(lower) > 6 and lower.endswith("ing"):
            score -= 0.6  # "Learning" or "Welling"
        elif lower in common:
            score -= 0.9
        elif len(token) > 2 and token.isupper():
            score -= 0.7
        elif "-" in token and token.split("-")[0].lower() in common:
            score -= 0.6
    return score


def has_et_al(text: str) -> bool:
    """Whether `text` says that there are more names than it gives."""
    return _MAY_ET_AL.search(text) is not None and ET_AL.search(text) is not None


def _is_cjk(token: str) -> bool:
    return all("\u3040" <= char <= "\u9fff" for char in token) and len(token) <= 4


def split(text: str) -> tuple[tuple[str, ...], bool]:
    """The names that `text` lists, as written, and whether it ends in "et al.".

    "Kim, Bo-Kyeong and Song, Hyoung-Kyu" and "Ba, J., & Caruana, R." keep family name and given
    name together; "Hinton, Geoffrey, Oriol Vinyals, and Jeff Dean" does so for its first.
    """
    text = " ".join(text.split())
    bare = ET_AL.sub(", ", text) if _MAY_ET_AL.search(text) else text
    et_al = bare != text
    text = bare.strip(" ,;:|-–—")
    text = re.sub(r"(?i)^(?:by|authors?\s*:|作者\s*[:：])\s*", "", text)
    if not text:
        return (), et_al
    names = _bibtex(text) or _plain(text)
    cleaned = [_led(_stop(name)) for name in names]
    return tuple(name for name in cleaned if any(c.isalpha() for c in name)), et_al


def _led(name: str) -> str:
    """`name` without the "and" before it."""
    return re.sub(r"(?i)^(?:and|&)\s+", "", name) if name[:1] in _AND_FIRST else name


def _stop(name: str) -> str:
    name = name.strip(" ,;:")
    if name.endswith(".") and not re.search(r"(?:^|[\s.\-])[^\W\d_]\.$|\b(?:Jr|Sr)\.$", name):
        name = name.rstrip(".")
    return name.strip()


def _bibtex(text: str) -> list[str]:
    """Names that only "and" or ";" parts, each "Family, Given"."""
    if ";" in text:
        parts = [part for part in re.split(r"\s*;\s*(?:and\s+|&\s*)?|\s+and\s+", text) if part]
    else:
        parts = re.split(r"\s+(?:and|&)\s+", text)
    if len(parts) < 2 and not ("," in text and len(text.split(",")) == 2):
        return []
    if all(part.count(",") == 1 for part in parts) and len(parts) >= 2:
        family = [part.split(",")[0].split() for part in parts]
        if all(len(words) <= 3 for words in family) and (
            len(parts) > 2 or all(len(words) == 1 for words in family)
        ):
            return parts
    return []


def _plain(text: str) -> list[str]:
    pieces = [piece for piece in _JOINT.split(text) if piece.strip()]
    if len(pieces) > 1:
        given = [_is_initials(piece) for piece in pieces]
        # "Ba, J., & Caruana, R.": initials follow each family name.
        if sum(given) >= len(pieces) / 3 and not given[0]:
            out: list[str] = []
            for piece, initials in zip(pieces, given, strict=True):
                if initials and out and not re.search(r",", out[-1]) and len(out[-1].split()) <= 3:
                    out[-1] = f"{out[-1].rstrip(',')}, {piece.strip()}"
                else:
                    out.append(piece)
            return out
        # MLA: only the first author stands family name first.
        first, second = pieces[0].split(), pieces[1].split()
        rest = pieces[2:]
        if (
            len(first) == 1
            and first[0][0].isupper()
            and len(second) <= 3
            and re.match(re.escape(pieces[0].strip()) + r"\s*,(?!\s*(?:and|&)\s)", text)
            and (not rest or all(len(piece.split()) >= 2 for piece in rest))
            and (rest or not re.search(r"\s(?:and|&)\s", text))
        ):
            return [f"{pieces[0].strip()}, {pieces[1].strip()}", *rest]
    return pieces


def _is_initials(piece: str) -> bool:
    tokens = piece.split()
    return bool(tokens) and all(
        _INITIALS.match(t)
        and t[0].isupper()
        and (len(t.strip(".")) <= 1 or "." in t or ("-" in t and len(t) <= 4))
        for t in tokens
    )


def has_initials(text: str) -> bool:
    """Whether two or more of the pieces that commas part are initials ("Heo, B., Lee, M.")."""
    return sum(_is_initials(piece) for piece in _JOINT.split(text) if piece.strip()) >= 2
