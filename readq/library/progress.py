"""How far one is with every branch, kept as acts happen: asking costs a lookup."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from readq.library.shelf import Shelf
from readq.library.values import UNLISTED
from readq.model.paper import PaperId
from readq.model.stats import Progress
from readq.model.status import Status


class Tally:
    """Counts of papers by status, for each branch and for everything. Looks at touched papers only."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._statuses: dict[PaperId, Status] | None = None
        self._counts: dict[str, Counter[Status]] = {}
        self._totals: dict[str, int] = {}

    def touch(self, papers: Iterable[PaperId]) -> None:
        """The records of `papers` changed."""
        if self._statuses is None:
            return
        for paper in papers:
            self._count(self._statuses, paper)

    def progress(self, branch: str | None) -> Progress:
        """The counts of a branch, or of all papers; a branch that is not there has none."""
        if self._statuses is None:
            self._count_all()
        unlisted = self._shelf.unlisted if branch is None or branch == UNLISTED else ()
        lost = Counter(self._shelf.store.record(paper).status for paper in unlisted)
        if branch == UNLISTED:
            return _progress(lost, len(unlisted))
        if branch is None:
            counts = self._counts.get("", Counter()) + lost
            return _progress(counts, len(self._shelf.catalogue) + len(unlisted))
        return _progress(self._counts.get(branch, Counter()), self._totals.get(branch, 0))

    def _count_all(self) -> None:
        statuses = self._statuses = {}
        self._counts = defaultdict(Counter)
        self._totals = {one.key: one.total for one in self._shelf.catalogue.branches()}
        for paper in self._shelf.store.records:
            self._count(statuses, paper)

    def _count(self, statuses: dict[PaperId, Status], paper: PaperId) -> None:
        before = statuses.get(paper, Status.TO_READ)
        after = self._shelf.store.record(paper).status
        if before is after:
            return
        statuses[paper] = after
        branches = self._shelf.catalogue.branches_of(paper)
        # The key of everything; a paper that no list has is counted when it is asked for.
        for branch in ("", *branches) if branches else ():
            self._counts[branch][before] -= 1
            self._counts[branch][after] += 1


def _progress(counts: Counter[Status], total: int) -> Progress:
    dropped = counts[Status.DROPPED]
    return Progress(
        total=total - dropped,
        done=counts[Status.DONE],
        reading=counts[Status.READING],
        dropped=dropped,
    )
