"""The query language: what `/`, `readq ls` and exports choose papers by.

    query   = or ; or = and { "OR" and } ; and = not { ["AND"] not }
    not     = { "NOT" | "!" | "-" } ( "(" query ")" | term )
    term    = word | "quoted words" | field ( ":" | "=" | ">=" | "<=" | ">" | "<" ) value

Words match where a word begins (`distil` finds "distillation"), words in quotes match whole. Case
and accents do not count. The last quote may be missing, as it is while one types. Parsing raises
`QueryError` and nothing else; what a term means for a paper is `readq.library.search`'s matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from readq.errors import QueryError
from readq.model import text
from readq.model.status import Status

TextField = Literal["list", "under", "venue", "author", "tag"]
NumberField = Literal["year", "rating", "lists"]
Operator = Literal["=", ">=", "<=", ">", "<"]

TEXT_FIELDS: tuple[TextField, ...] = ("list", "under", "venue", "author", "tag")
NUMBER_FIELDS: tuple[NumberField, ...] = ("year", "rating", "lists")
HAS = ("note", "pdf", "code", "link", "tag")
IS = ("queued", "conflict", "unlisted", *(status.value for status in Status))
OTHER_WORDS = {"todo": Status.TO_READ.value, "unread": Status.TO_READ.value}
"""What a status may be called too."""
SORTS = ("year", "title", "status", "queue", "lists", "rating")
FIELDS = ("status", *TEXT_FIELDS, *NUMBER_FIELDS, "has", "is", "sort")

_DEEPEST = 50
_FIELD = re.compile(r"(?P<name>[A-Za-z]+)(?P<op>:(?!//)|>=|<=|=|>|<)")
_OPERATOR = re.compile(r">=|<=|=|>|<")


class Words(NamedTuple):
    """Words anywhere in a paper: its title, nickname, authors, venue, note or tags."""

    words: str
    """Normal form, joined by blanks."""
    whole: bool = False
    """They stand as whole words; else the last one may go on."""
    identifier: str | None = None
    """The identifier that the words also are, if any: `arxiv:1503.02531`."""


class InField(NamedTuple):
    """Words in one field of a paper."""

    field: TextField
    words: str
    whole: bool = False


class Compare(NamedTuple):
    """A number of a paper against another; a paper without that number never fits."""

    field: NumberField
    operator: Operator
    value: int

    def fits(self, number: int | None) -> bool:
        """Whether `number` compares as asked."""
        if number is None:
            return False
        match self.operator:
            case "=":
                return number == self.value
            case ">=":
                return number >= self.value
            case "<=":
                return number <= self.value
            case ">":
                return number > self.value
            case "<":
                return number < self.value


class StatusIs(NamedTuple):
    """One of several statuses."""

    statuses: frozenset[Status]


class Has(NamedTuple):
    """Something that a paper may have: one of `HAS`."""

    what: str


class Is(NamedTuple):
    """Something that a paper may be: one of `IS` that is no status."""

    what: str


class Not(NamedTuple):
    """What does not fit."""

    node: Node


class And(NamedTuple):
    """What fits all; of nothing: everything."""

    nodes: tuple[Node, ...]


class Or(NamedTuple):
    """What fits any."""

    nodes: tuple[Node, ...]


Node = Words | InField | Compare | StatusIs | Has | Is | Not | And | Or


class Sort(NamedTuple):
    """An order of papers: one of `SORTS`; papers that lack it come last."""

    key: str
    descending: bool = False


class Query(NamedTuple):
    """A query, read."""

    root: Node
    sorts: tuple[Sort, ...] = ()
    """The first counts most; none: the order of the lists."""

    @property
    def asks_dropped(self) -> bool:
        """Whether dropped papers are asked for by name; else they are left out."""
        return any(
            isinstance(node, StatusIs) and Status.DROPPED in node.statuses
            for node in _walk(self.root)
        )


def parse(query: str) -> Query:
    """Read a query. Raises `QueryError` with the position of what is wrong."""
    return _Parser(query).query()


def _is_empty(node: Node) -> bool:
    return isinstance(node, And) and not node.nodes


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from _walk(part)
        case Not(part):
            yield from _walk(part)
        case _:
            pass


class _Parser:
    def __init__(self, query: str) -> None:
        self._text = query
        self._at = 0
        self._depth = 0
        self._sorts: list[Sort] = []

    def query(self) -> Query:
        root = self._or()
        if self._at < len(self._text):
            raise QueryError(
                "this ) closes nothing", position=self._at, hint="put it in quotes to search for it"
            )
        return Query(root, tuple(self._sorts))

    def _or(self) -> Node:
        start = self._at
        found = [self._and()]
        while self._keyword("OR"):
            at = self._at
            if _is_empty(found[-1]) or _is_empty(following := self._and()):
                raise QueryError(
                    "OR stands between two terms",
                    position=start if _is_empty(found[-1]) else at,
                    hint='put it in quotes to search for it: "or"',
                )
            found.append(following)
        return found[0] if len(found) == 1 else Or(tuple(found))

    def _and(self) -> Node:
        found: list[Node] = []
        while not self._ended() and not self._sees("OR"):
            if self._keyword("AND"):
                if not found or self._ended() or self._sees("OR"):
                    raise QueryError(
                        "AND stands between two terms",
                        position=self._at,
                        hint='put it in quotes to search for it: "and"',
                    )
                continue
            if (node := self._not()) is not None:
                found.append(node)
        return found[0] if len(found) == 1 else And(tuple(found))

    def _not(self) -> Node | None:
        """The next term, negated or not; None for one that asks nothing of a paper."""
        negative, start = False, self._at
        while True:
            if self._keyword("NOT"):
                negative = not negative
            elif self._peek() in "!-" and self._text[self._at + 1 : self._at + 2].strip():
                negative = not negative
                self._at += 1
            else:
                break
        if negative and self._ended():
            raise QueryError("NOT needs something after it", position=start)
        sorts = len(self._sorts)
        node = self._primary()
        if negative and len(self._sorts) > sorts:
            raise QueryError(
                "an order cannot be negated", position=start, hint="sort:-year is newest first"
            )
        return Not(node) if negative and node is not None else node

    def _primary(self) -> Node | None:
        if self._peek() != "(":
            return self._term()
        start = self._at
        self._at += 1
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError("too many parentheses inside each other", position=start)
        node = self._or()
        if self._peek() != ")":
            raise QueryError("this ( is never closed", position=start)
        self._at += 1
        self._depth -= 1
        return node

    def _term(self) -> Node | None:
        start = self._at
        field = _FIELD.match(self._text, start)
        if field is not None and (node := self._fielded(field)) is not False:
            return node
        raw, whole = self._value()
        words = text.normal_title(raw)
        named = None if whole else _identifier(raw)
        return Words(words, whole, named) if words or named else None

    def _fielded(self, field: re.Match[str]) -> Node | Literal[False] | None:
        """The node of a `field:value`; None for an order; False when it is words after all."""
        name, start = field["name"].lower(), self._at
        if name not in FIELDS:
            raw, _ = self._value()
            bare = raw[len(name) + len(field["op"]) :]
            self._at = start
            # "KD: a survey" is words, and so is the name of an identifier.
            if not bare or _identifier(raw):
                return False
            near = _nearest(name, FIELDS)
            raise QueryError(
                f"there is no field {name!r}",
                position=start,
                hint=f"did you mean {near}:?" if near else "put it in quotes to search for it",
            )
        self._at = field.end()
        operator = "=" if field["op"] == ":" else field["op"]
        if field["op"] == ":" and (compared := _OPERATOR.match(self._text, self._at)):
            operator, self._at = compared[0], compared.end()
        value, whole = self._value()
        if not value:
            raise QueryError(f"{name}: needs a value", position=start, hint=_example(name))
        if name in NUMBER_FIELDS:
            return self._number(name, operator, value, start)
        if operator != "=":
            raise QueryError(f"{name} has no order", position=start, hint=_example(name))
        for known in TEXT_FIELDS:
            if name == known:
                return InField(known, text.normal_title(value), whole)
        return self._chosen(name, value, start)

    def _chosen(self, name: str, value: str, start: int) -> Node | None:
        """The node of a field whose values are a closed set."""
        if name == "status":
            chosen = _choices(value, tuple(status.value for status in Status), name, start)
            return StatusIs(frozenset(map(Status, chosen)))
        if name == "has":
            return Has(_choices(value, HAS, name, start)[0])
        if name == "is":
            what = _choices(value, IS, name, start)[0]
            return StatusIs(frozenset({Status(what)})) if what in set(Status) else Is(what)
        key = value.removeprefix("-")
        self._sorts.append(Sort(_choices(key, SORTS, name, start)[0], value.startswith("-")))
        return None

    def _number(self, name: str, operator: str, value: str, start: int) -> Node:
        for known in NUMBER_FIELDS:
            for symbol in ("=", ">=", "<=", ">", "<"):
                if name == known and operator == symbol and re.fullmatch(r"[0-9]{1,9}", value):
                    return Compare(known, symbol, int(value))
        raise QueryError(f"{name} needs a number", position=start, hint=_example(name))

    def _value(self) -> tuple[str, bool]:
        """What stands here up to the next blank, or in quotes; and whether closed quotes held it."""
        if self._at < len(self._text) and self._text[self._at] == '"':
            end = self._text.find('"', self._at + 1)
            value = self._text[self._at + 1 : end if end >= 0 else None]
            self._at = end + 1 if end >= 0 else len(self._text)
            return value, end >= 0
        start, open_here = self._at, 0
        while self._at < len(self._text) and not self._text[self._at].isspace():
            char = self._text[self._at]
            open_here += (char == "(") - (char == ")")
            if open_here < 0 and (self._depth or self._at == start):
                break
            self._at += 1
        return self._text[start : self._at], False

    def _peek(self) -> str:
        """The next character that is no blank; a blank at the end."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at] if self._at < len(self._text) else " "

    def _ended(self) -> bool:
        return self._peek() in ") " or self._at >= len(self._text)

    def _sees(self, word: str) -> bool:
        self._peek()
        end = self._at + len(word)
        after = self._text[end : end + 1]
        return self._text.startswith(word, self._at) and (after in "()" or after.isspace())

    def _keyword(self, word: str) -> bool:
        if not self._sees(word):
            return False
        self._at += len(word)
        return True


def _choices(value: str, known: Sequence[str], name: str, start: int) -> list[str]:
    """The members of `known` that `value` is, or is the beginning of."""
    value = value.lower()
    words = {one: one for one in known}
    if Status.TO_READ in known:
        words |= OTHER_WORDS
    found = [value] if value in words else [one for one in words if one.startswith(value)]
    if found:
        return list(dict.fromkeys(words[one] for one in found))
    near = _nearest(value, tuple(words))
    raise QueryError(
        f"{name}: cannot be {value!r}",
        position=start,
        hint=(f"did you mean {near}? " if near else "") + f"one of {', '.join(known)}",
    )


def _nearest(word: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, 1)), None)


def _example(name: str) -> str:
    examples = {
        "status": "status:reading",
        "list": "list:distillation",
        "under": 'under:"Object Detection"',
        "venue": "venue:cvpr",
        "author": "author:hinton",
        "tag": "tag:todo",
        "year": "year>=2020",
        "rating": "rating>=4",
        "lists": "lists>=3",
        "has": f"has:{'|'.join(HAS)}",
        "is": f"is:{'|'.join(IS)}",
        "sort": "sort:year, or sort:-year for the newest first",
    }
    return f"for example {examples[name]}"


def _identifier(written: str) -> str | None:
    from readq.model import identifiers  # an empty query needs none of its patterns

    named = identifiers.parse(written)
    return str(named) if named else None
