"""The tree as lines: which heading or paper stands on which line, with what folded.

Pure. A fold costs as much as there are headings, however many papers there are; the papers of a
heading are asked for when it is first unfolded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readq.library.values import Branch
from readq.model.paper import PaperId

UNFOLDED_AT_FIRST = 60
"""How many lines may stand open before anyone has folded anything."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a heading, or a paper below it."""

    branch: str
    paper: PaperId | None = None


class _Block(NamedTuple):
    """A visible heading and the papers that stand open directly below it."""

    start: int
    branch: Branch
    papers: tuple[PaperId, ...]


class Outline:
    """The visible lines of a tree of branches, in preorder."""

    def __init__(self, papers_in: Callable[[str], tuple[PaperId, ...]]) -> None:
        self._papers_in = papers_in
        self._branches: dict[str, Branch] = {}
        self._children: dict[str | None, list[str]] = {}
        self._known: dict[str, tuple[PaperId, ...]] = {}
        self._chosen: dict[str, tuple[PaperId, ...]] = {}
        """What is shown of the papers of a branch; with a filter: of every branch that has any."""
        self._open: set[str] = set()
        self._shut_in_filter: set[str] = set()
        self.only: frozenset[PaperId] | None = None
        """What a filter leaves; None without one."""
        self.hidden: frozenset[PaperId] = frozenset()
        """What is out of sight unless a filter asks for it."""
        self._hits: set[str] = set()
        """With a filter: the branches with anything at or below them."""
        self._found: dict[str, int] = {}
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, line: int) -> Line:
        if not 0 <= line < self._length:
            raise IndexError(line)
        block = self._blocks[bisect_right(self._starts, line) - 1]
        inside = line - block.start - 1
        return Line(block.branch.key, None if inside < 0 else block.papers[inside])

    def branch(self, key: str) -> Branch:
        """A branch by its key."""
        return self._branches[key]

    @property
    def filtered(self) -> bool:
        """Whether only some papers are shown."""
        return self.only is not None

    def found(self, key: str) -> int:
        """How many papers a filter found at or below a branch, each counted once."""
        if key not in self._found:
            self._found[key] = len(self.below(key))
        return self._found[key]

    def is_folded(self, key: str) -> bool:
        """Whether what is below a branch is out of sight."""
        return key in self._shut_in_filter if self.filtered else key not in self._open

    def load(self, branches: Iterable[Branch]) -> None:
        """Take another set of branches; those that were there stay folded or not."""
        fresh = not self._branches
        self._branches = {branch.key: branch for branch in branches}
        self._children = {}
        for branch in self._branches.values():
            self._children.setdefault(branch.parent, []).append(branch.key)
        self._known.clear()
        self._sift()
        if fresh:
            self._open = set(self._open_at_first())
        self._rebuild()

    def _open_at_first(self) -> Iterator[str]:
        """Lists while they fit, and the first section with papers: something to act on."""
        roots = self._children.get(None, [])
        lines = len(roots)
        for number, root in enumerate(roots):
            below = len(self._children.get(root, ()))
            direct = len(self._papers(root)) if number == 0 or not below else 0
            if lines + below + direct > UNFOLDED_AT_FIRST and number:
                return
            if below or number == 0:
                lines += below + direct
                yield root
        path = next(iter(self._branches), "")
        while path and not self._papers(path):
            path = next(iter(self._children.get(path, ())), "")
            yield path

    def choose(
        self, only: frozenset[PaperId] | None, *, hidden: frozenset[PaperId] = frozenset()
    ) -> None:
        """Show `only` these papers (None: all), and never the `hidden` ones unless they are asked for."""
        if only is None:
            self._shut_in_filter.clear()
        narrower = only is not None and self.only is not None and only <= self.only
        self.only = only
        self.hidden = hidden
        self._sift(only_chosen=narrower)
        self._rebuild()

    def prepare(self) -> None:
        """Ask for all papers now rather than when a filter first needs them."""
        for key in self._branches:
            self._papers(key)

    def fold(self, key: str, folded: bool) -> None:
        """Fold a branch, or unfold it."""
        target = self._shut_in_filter if self.filtered else self._open
        if folded == self.filtered:
            target.add(key)
        else:
            target.discard(key)
        self._rebuild()

    def fold_all(self) -> None:
        """Fold everything; or, when nothing is unfolded, unfold everything."""
        keys = set(self._branches)
        if self.filtered:
            self._shut_in_filter = set() if keys <= self._shut_in_filter else keys
        else:
            self._open = set() if self._open & keys else keys
        self._rebuild()

    def reveal(self, paper: PaperId) -> int | None:
        """Unfold what hides a paper; its first line, or None when it is not there at all."""
        for key in self._branches:
            if paper in self._shown(key):
                self.unfold_to(key)
                return self.line_of(Line(key, paper))
        return None

    @property
    def unfolded(self) -> frozenset[str]:
        """The branches that stand open when nothing is filtered."""
        return frozenset(self._open)

    def unfold_only(self, keys: frozenset[str]) -> None:
        """Unfold these branches and no others."""
        self._open = set(keys & self._branches.keys())
        self._rebuild()

    def unfold_to(self, key: str) -> None:
        """Unfold a branch and those above it."""
        for above in self._path(key):
            self._open.add(above)
            self._shut_in_filter.discard(above)
        self._rebuild()

    def line_of(self, line: Line) -> int | None:
        """Where a line stands: itself, else its paper elsewhere, else the heading above it."""
        if line.paper is not None and self.only is not None and line.paper not in self.only:
            line = Line(line.branch)
        here = {block.branch.key: block for block in self._blocks}
        if (block := here.get(line.branch)) is not None:
            if line.paper is None:
                return block.start
            if line.paper in block.papers:
                return block.start + 1 + block.papers.index(line.paper)
        if line.paper is not None:
            for block in self._blocks:
                if line.paper in block.papers:
                    return block.start + 1 + block.papers.index(line.paper)
            if line.paper not in self._shown(line.branch):
                return None
        for above in self._path(line.branch):
            if above in here:
                return here[above].start
        return None

    def below(self, key: str) -> tuple[PaperId, ...]:
        """The papers that are shown, or folded away, at or below a branch, each once."""
        if key not in self._children:
            return self._shown(key)
        found: dict[PaperId, None] = {}
        for inside in self._preorder(key):
            found.update(dict.fromkeys(self._shown(inside)))
        return tuple(found)

    def _preorder(self, key: str) -> Iterator[str]:
        """A branch and those below it."""
        yield key
        for child in self._children.get(key, ()):
            yield from self._preorder(child)

    def _path(self, key: str | None) -> Iterator[str]:
        """A branch and those above it, innermost first."""
        while key is not None and key in self._branches:
            yield key
            key = self._branches[key].parent

    def _papers(self, key: str) -> tuple[PaperId, ...]:
        if key not in self._branches:
            return ()
        if key not in self._known:
            self._known[key] = self._papers_in(key)
        return self._known[key]

    def _shown(self, key: str) -> tuple[PaperId, ...]:
        """The papers of a branch that are not filtered out or hidden."""
        if self.filtered:
            return self._chosen.get(key, ())
        shown = self._chosen.get(key)
        if shown is None:
            shown, hidden = self._papers(key), self.hidden
            if hidden and not hidden.isdisjoint(shown):
                shown = tuple(paper for paper in shown if paper not in hidden)
            self._chosen[key] = shown
        return shown

    def _sift(self, *, only_chosen: bool = False) -> None:
        """Choose papers anew; a filter that got narrower looks at those that were chosen."""
        self._found = {}
        self._hits = set()
        if self.only is None:
            self._chosen = {}
            return
        fits = self.only.__contains__
        before = self._chosen if only_chosen else {key: self._papers(key) for key in self._branches}
        self._chosen = {}
        for key, papers in before.items():
            if found := tuple(filter(fits, papers)):
                self._chosen[key] = found
                self._hits.update(self._path(key))

    def _rebuild(self) -> None:
        self._blocks, at = [], 0
        shut: set[str | None] = set()
        filtered, hits = self.filtered, self._hits
        for key, branch in self._branches.items():
            if (filtered and key not in hits) or branch.parent in shut:
                shut.add(key)
                continue
            papers: tuple[PaperId, ...] = ()
            if self.is_folded(key):
                shut.add(key)
            else:
                papers = self._shown(key)
            self._blocks.append(_Block(at, branch, papers))
            at += 1 + len(papers)
        self._starts = [block.start for block in self._blocks]
        self._length = at

    def lines(self) -> Sequence[Line]:
        """All lines; for tests."""
        return [self[number] for number in range(self._length)]
