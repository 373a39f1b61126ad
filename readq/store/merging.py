"""Two copies of a library made one: a pure function of both, whichever comes first.

What is later wins, field by field, by the stamps of a hybrid logical clock, so that merging is
commutative, associative and idempotent. Three fields are more than their last value, and what
happened to them is concluded from the acts that either copy knows:

- tags are a set: for each tag the last act that gave or took it decides, so that two copies that
  gave different tags end with both, and a tag that one took away stays away;
- a note that was written on both sides, neither knowing of the other, keeps both texts, the
  earlier first, with a line between them;
- a paper that was done or dropped leaves the queue, also where another copy had queued it before.

Acts are united; each copy's history goes on within the other's. An act called `merge` says nothing
about wishes, only what arrived, and is passed over in those conclusions.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from readq.store.schema import EVENTS, LISTS, META, PAPERS, Document
from readq.store.snapshot import Tables, line, may_hold

MERGE = "merge"
"""The act that takes another copy's changes over."""

SEPARATOR = "\n\n----- Also written on another machine: -----\n\n"
"""Stands between the texts of a note that two copies changed."""

_COLLECTED = ("identities", "aliases")
_NO_REGISTERS = frozenset({"times", "seen", *_COLLECTED})
_FINISHED = ("done", "dropped")

AnyTables = Mapping[str, Mapping[str, Document]]


def merge(one: AnyTables, other: AnyTables) -> Tables:
    """Everything that both copies of a library come to. Neither is changed."""
    one, other = _apart(one, other), _apart(other, one)
    merged: Tables = {}
    for name in one.keys() | other.keys():
        mine, theirs = one.get(name, {}), other.get(name, {})
        merged[name] = {
            key: _document(name, mine.get(key), theirs.get(key))
            for key in mine.keys() | theirs.keys()
        }
    papers = merged.get(PAPERS, {})
    both = {
        key
        for key in one.get(PAPERS, {}).keys() & other.get(PAPERS, {}).keys()
        if one[PAPERS][key] != other[PAPERS][key]
    }
    acts = _Acts(merged.get(EVENTS, {}), both)
    for key in both:
        sides = (one[PAPERS][key], other[PAPERS][key])
        papers[key] = _concluded(papers[key], sides, acts, key)
    return merged


def texts_of(note: str) -> list[str]:
    """The texts that a note keeps beside each other."""
    return note.split(SEPARATOR)


# Documents, field by field.


def _document(table: str, one: Document | None, other: Document | None) -> Document:
    if one is None or other is None or one == other:
        found = one if one is not None else other
        assert found is not None
        return found
    if table in (EVENTS, META):
        return max(one, other, key=line)
    merged: dict[str, Any] = {}
    times = (_times(one), _times(other))
    for name in {*one, *other, *times[0], *times[1]} - _NO_REGISTERS:
        _, _, _, value = max(
            _candidate(document, stamps, name)
            for document, stamps in zip((one, other), times, strict=True)
        )
        if value is not None:
            merged[name] = value
    for name in _COLLECTED:
        if texts := _union(_texts(one.get(name)), _texts(other.get(name))):
            merged[name] = texts
    if (seen := _seen(one.get("seen"), other.get("seen"))) is not None:
        merged["seen"] = seen
    if stamps := {
        name: max(each.get(name, "") for each in times) for name in {**times[0], **times[1]}
    }:
        merged["times"] = stamps
    return merged


def _candidate(
    document: Document, times: Mapping[str, str], name: str
) -> tuple[str, bool, bytes, Any]:
    """Later first, then something before nothing, then whatever the same two always come to."""
    value = document.get(name)
    return times.get(name, ""), value is not None, line(value), value


def _seen(one: Any, other: Any) -> Any:
    """What a paper looked like carries no stamp: the lists of both, else the same one of the two."""
    if not isinstance(one, dict) or not isinstance(other, dict) or one == other:
        return one if isinstance(one, dict) else other
    lists = _union(_texts(one.get("lists")), _texts(other.get("lists")))
    bare = (
        {name: value for name, value in each.items() if name != "lists"} for each in (one, other)
    )
    seen = max(bare, key=line)
    return {**seen, "lists": lists} if lists else seen


def _union(one: list[str], other: list[str]) -> list[str]:
    return one if one == other else sorted({*one, *other})


def _apart(lists_of: AnyTables, beside: AnyTables) -> AnyTables:
    """`lists_of`, its lists renamed that are called as others in `beside` that came from elsewhere."""
    theirs = beside.get(LISTS, {})
    renamed = {}
    for key, document in lists_of.get(LISTS, {}).items():
        source, other = document.get("source"), theirs.get(key, {}).get("source")
        if isinstance(source, str) and isinstance(other, str) and source > other:
            renamed[key] = f"{key}-{zlib.crc32(source.encode('utf-8', 'surrogatepass')):08x}"
    if not renamed:
        return lists_of
    lists: dict[str, Document] = {}
    for key, document in lists_of[LISTS].items():
        name = renamed.get(key, key)
        lists[name] = _document(LISTS, lists.get(name), document)
    return {**lists_of, LISTS: lists}


# What the acts say.


@dataclass(slots=True)
class _Acts:
    """What happened to some papers, by the acts of both copies."""

    events: Mapping[str, Document]
    papers: set[str]
    finished: dict[str, str] = field(default_factory=dict)
    """When each was last done or dropped."""
    tags: dict[str, dict[str, tuple[str, bool]]] = field(default_factory=lambda: defaultdict(dict))
    """For each paper and tag: the last act that gave or took it, and whether it gave."""
    notes: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    """For each paper: stamp, text before, text after; in no order."""

    def __post_init__(self) -> None:
        for stamp, paper, name, before, after in self._changes():
            if name == "status" and after in _FINISHED:
                self.finished[paper] = max(stamp, self.finished.get(paper, ""))
            elif name == "tags":
                had, has = set(_texts(before)), set(_texts(after))
                for tag in had ^ has:
                    last = self.tags[paper].get(tag, ("", False))
                    self.tags[paper][tag] = max(last, (stamp, tag in has))
            elif name == "note":
                self.notes[paper].append((stamp, _text(before), _text(after)))

    def _changes(self) -> Iterator[tuple[str, str, str, Any, Any]]:
        if not self.papers:
            return
        for stamp in self.events:
            if not any(
                may_hold(self.events, stamp, word) for word in (b'"status"', b'"tags"', b'"note"')
            ):
                continue
            document = self.events[stamp]
            changes = document.get("changes")
            if document.get("act") == MERGE or not isinstance(changes, list):
                continue
            for change in changes:
                if isinstance(change, list) and len(change) == 5 and change[0] == PAPERS:
                    _, paper, name, before, after = change
                    if isinstance(paper, str) and paper in self.papers:
                        yield stamp, paper, name, before, after


def _concluded(
    document: Document, sides: tuple[Document, Document], acts: _Acts, key: str
) -> Document:
    """A paper's merged document with what the acts say of tags, note and queue."""
    concluded = dict(document)
    tags = _merged_tags(sides, acts, key)
    note = _merged_note(sides, acts, key)
    for name, value in (("tags", tags), ("note", note)):
        if value:
            concluded[name] = value
        else:
            concluded.pop(name, None)
    times = _times(document)
    finished = acts.finished.get(key, "")
    if "rank" in concluded and times.get("rank", "") < finished:
        del concluded["rank"]
        concluded["times"] = {**times, "rank": finished}
    return concluded


def _merged_tags(sides: Iterable[Document], acts: _Acts, key: str) -> list[str]:
    held = {tag for document in sides for tag in _texts(document.get("tags"))}
    # A tag that no act is known of was there all along.
    return sorted(tag for tag in held if acts.tags[key].get(tag, ("", True))[1])


def _merged_note(sides: Iterable[Document], acts: _Acts, key: str) -> str:
    """The texts that no later act, knowing them, replaced; in the order in which they were written."""
    written = acts.notes.get(key, [])
    versions = {(stamp, after) for stamp, _, after in written}
    known = {after for _, after in versions}
    for document in sides:
        note = document.get("note")
        if isinstance(note, str) and note not in known:
            # A text that no act is known of is older than all that are.
            versions |= {("", text) for text in texts_of(note) if text not in known}
    replaced: dict[str, str] = {}
    for stamp, before, _ in written:
        for text in (before, *texts_of(before)):
            replaced[text] = max(stamp, replaced.get(text, ""))
    # The first place of each counts: a text that was written twice is not kept twice.
    kept = dict.fromkeys(
        text for stamp, text in sorted(versions) if replaced.get(text, "") <= stamp
    )
    return SEPARATOR.join(text for text in kept if text)


def _times(document: Document) -> dict[str, str]:
    times = document.get("times")
    if not isinstance(times, dict):
        return {}
    return {name: stamp for name, stamp in times.items() if isinstance(stamp, str)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
