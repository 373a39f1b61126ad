"""Markdown for a notes folder: headings, task items, and the user's notes below their papers.

    - [x] [Born-Again Neural Networks](<https://arxiv.org/abs/1805.04770>) · ICML 2018 · done
      - queued 2026-11-12 · finished 2026-11-20 · tags: #distillation
      <!-- note: born-again-neural-networks -->
      > The student beats its teacher.

A paper takes one line, and more only once the user did something with it, so that a diff between
two exports shows what happened in between and nothing else.
"""

from __future__ import annotations

import re

from readq.formats import note_block
from readq.formats.document import Document, address, venue_and_year
from readq.model.entry import Entry
from readq.model.paper import Paper, PaperId
from readq.model.status import Status
from readq.model.text import clean

_WORDS = {
    Status.TO_READ: "to read",
    Status.READING: "reading",
    Status.DONE: "done",
    Status.DROPPED: "dropped",
}
_MOST_AUTHORS = 10
_DEEPEST = 6

# All that CommonMark, GitHub or Obsidian would take for more than itself within a line …
_SPECIAL = re.compile(
    r"[\\`*\[\]<#|~$^]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|==|%%"
    r"|:(?=//)|(?<=www)\.|(?<=\w)@(?=\w)"
)
# … and what only means something where a block starts.
_LEADING = re.compile(r"^(?:([-+=:>])|(\d{1,9})([.)]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def write(document: Document) -> str:
    """The document as Markdown: the same library gives the same text."""
    lines = [f"# {escape(document.title) or 'Papers'}"]
    above: tuple[str, ...] | None = None
    told: set[PaperId] = set()
    for group in document.groups:
        if not group.entries:
            continue
        path = tuple(escape(heading) or "Untitled" for heading in group.heading)
        if path != above:
            lines += [*_headings(above or (), path), ""]
        above = path
        for entry in group.entries:
            lines += _item(document, entry, again=entry.id in told)
            told.add(entry.id)
    return "\n".join(lines) + "\n"


def read_notes(text: str) -> dict[PaperId, str]:
    """The notes of a text that `write` made, by paper, exactly as they were."""
    return note_block.read(text)


def link(paper: Paper, url: str = "") -> str:
    """`[Title](<address>)`, or the title alone when the paper has no address."""
    where = url or address(paper)
    title = escape(paper.title) or escape(paper.id)
    if where:
        return f"[{title}](<{_destination(where)}>)"
    return _LEADING.sub(lambda match: f"{match[2] or ''}\\{match[1] or match[3]}", title)


def escape(text: str) -> str:
    """`text` on one line so that every Markdown reader shows it as it is."""
    return _SPECIAL.sub(lambda match: "".join(f"\\{char}" for char in match[0]), clean(text))


def _headings(above: tuple[str, ...], path: tuple[str, ...]) -> list[str]:
    same = 0
    while same < min(len(above), len(path)) and above[same] == path[same]:
        same += 1
    if 0 < same == len(path):
        # Papers that stand under a heading itself, after those of a section below it.
        same -= 1
    lines = []
    for depth in range(same, len(path)):
        level = min(depth + 2, _DEEPEST)
        # Markdown has six levels: what lies deeper names its parents.
        text = " › ".join(path[_DEEPEST - 2 : depth + 1]) if depth + 2 > _DEEPEST else path[depth]
        lines += ["", f"{'#' * level} {text}"]
    return lines


def _item(document: Document, entry: Entry, *, again: bool) -> list[str]:
    paper, record = entry.paper, entry.record
    facts = [
        link(paper, document.address(paper) or ""),
        _authors(paper),
        escape(venue_and_year(paper)),
    ]
    facts.append(_WORDS[record.status] + (", in the queue" if record.queued else ""))
    if again and (record.note or _acts(entry)):
        facts.append("see above")
    box = "x" if record.status is Status.DONE else " "
    lines = [f"- [{box}] " + " · ".join(filter(None, facts))]
    if not again:
        if acts := _acts(entry):
            lines.append(f"  - {acts}")
        if record.note:
            lines += [f"  {line}" for line in note_block.write(entry.id, record.note)]
    return lines


def _authors(paper: Paper) -> str:
    names = [escape(name) for name in paper.authors]
    if len(names) > _MOST_AUTHORS or paper.et_al:
        names = [*names[:_MOST_AUTHORS], "et al."]
    return ", ".join(filter(None, names))


def _acts(entry: Entry) -> str:
    record = entry.record
    dates = (
        ("queued", record.queued_at),
        ("started", record.started_at),
        ("finished", record.finished_at),
    )
    facts = [f"{act} {escape(when[:10])}" for act, when in dates if when]
    if record.rating:
        facts.append(f"rated {record.rating} of 5")
    if record.tags:
        facts.append("tags: " + " ".join(map(_tag, record.tags)))
    return " · ".join(facts)


def _tag(tag: str) -> str:
    """`#tag`, which notes folders know; blanks would end it."""
    return "#" + escape("-".join(clean(tag).split())).removeprefix("\\#")


def _destination(url: str) -> str:
    return _ENTITY.sub("&amp;", url)
