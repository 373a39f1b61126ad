"""Blocks that hold several entries: one a line, one a number, one a link."""

from __future__ import annotations

import re
from itertools import pairwise

from readq.lists.blocks.model import Block, Run, Style
from readq.lists.entries.shapes import shape
from readq.lists.fields.vocabulary import VENUE_YEAR, YEAR, is_label

Part = tuple[int, int, list[Run]]
"""First line, last line, runs."""

_NUMBER = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)]|[•·▪◦‣])\s+\S")
_SIGN = re.compile(r"\d\d|https?:")
_WORDS = re.compile(r"[^\W\d_]+")
_JOINTS = frozenset({"and", "or", "with", "also", "see", "plus", "vs", "和", "与", "et", "al"})
_MAX_RUNS = 20_000


def entry_lines(block: Block) -> list[Part]:
    """The lines of a paragraph, where nearly each is an entry by itself; else nothing.

    Where lines begin with numbers, an entry goes on to the next number.
    """
    if block.last <= block.first:
        return []
    lines = _lines(block)
    if len(lines) < 2:
        return []
    starts = [
        index
        for index, line in enumerate(lines)
        if _NUMBER.match("".join(run.text for run in line))
    ]
    if len(starts) >= 2 and starts[0] == 0:
        ends = [*starts[1:], len(lines)]
        return [_joined(lines[start:end]) for start, end in zip(starts, ends, strict=True)]
    plausible = sum(
        any(run.url for run in line) or any(_SIGN.search(run.text) for run in line)
        for line in lines
    )
    if plausible < 0.8 * len(lines):
        return []
    forms = [shape(line) for line in lines]
    alone = sum(form.titled and not form.key and (form.dated or form.links > 0) for form in forms)
    if alone < 0.8 * len(forms) or alone < 2:
        return []
    return [_joined([line]) for line in lines]


def _lines(block: Block) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in block.runs[:_MAX_RUNS]:
        if run.style & Style.BREAK:
            lines.append([])
            continue
        if "\n" not in run.text:
            if run.text or run.url is not None:
                lines[-1].append(run)
            continue
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text or run.url is not None:
                lines[-1].append(run._replace(text=text, line=run.line + number))
    return [line for line in lines if any(run.text.strip() for run in line)]


def _joined(lines: list[list[Run]]) -> Part:
    runs: list[Run] = []
    for line in lines:
        if runs:
            runs.append(Run("\n", runs[-1].line))
        runs.extend(line)
    return lines[0][0].line, max(run.line for run in runs), runs


def entry_links(block: Block) -> list[Part]:
    """The entries of "[A title](…), [Another](…) (CVPR 2020)": one for each link that is a title.

    Between two of them stand at most labels, a venue, a year, names in brackets.
    """
    runs = [run for run in block.runs if not run.style & Style.IMAGE]
    titles = [index for index, run in enumerate(runs) if _is_title(run)]
    if len(titles) < 2 or len(runs) > _MAX_RUNS:
        return []
    for one, other in pairwise(titles):
        if runs[one].link == runs[other].link or not _separates(runs[one + 1 : other]):
            return []
    if any(run.text.strip(" :：-–—*•") and len(run.text.split()) > 4 for run in runs[: titles[0]]):
        return []
    ends = [*titles[1:], len(runs)]
    parts = []
    for start, end in zip(titles, ends, strict=True):
        part = runs[start:end]
        last = max(run.line + run.text.rstrip().count("\n") for run in part if run.text.strip())
        parts.append((part[0].line, last, part))
    return parts


def _is_title(run: Run) -> bool:
    if run.url is None or run.url.startswith("#"):
        return False
    words = run.text.strip(" []()").split()
    return (
        len(words) >= 3
        and not is_label(run.text)
        and VENUE_YEAR.fullmatch(run.text.strip()) is None
    )


def _separates(runs: list[Run]) -> bool:
    text = "".join("; " if run.style & Style.BREAK else run.text for run in runs if run.url is None)
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)
    bare = YEAR.sub(" ", VENUE_YEAR.sub(" ", bare))
    words = {word.lower() for word in _WORDS.findall(bare) if not is_label(word)}
    return words <= _JOINTS and (bool(words) or any(char in text for char in ",;|/·•\n"))
