"""The headings of one list as a tree, with the papers that stand under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from readq.model.listing import Listing


@dataclass(slots=True)
class Node:
    """A branch while its list is gone through."""

    title: str
    path: tuple[str, ...] = ()
    children: dict[str, Node] = field(default_factory=dict)
    direct: dict[int, int] = field(default_factory=dict)
    """Papers that stand right under it, with the place of their first entry in the list."""
    below: set[int] = field(default_factory=set)
    """Papers at or below it."""


def tree(title: str, entries: Sequence[Listing], homes: Sequence[int | None]) -> Node:
    """The headings of one list. `homes`: the paper of every entry, None for what is none.

    Headings stand in the order of their first papers; one that comes twice is one branch.
    """
    root = Node(title)
    for place, (entry, paper) in enumerate(zip(entries, homes, strict=True)):
        if paper is None:
            continue
        node = root
        node.below.add(paper)
        for depth, heading in enumerate(entry.section, 1):
            child = node.children.get(heading)
            if child is None:
                child = node.children[heading] = Node(heading, entry.section[:depth])
            node = child
            node.below.add(paper)
        node.direct.setdefault(paper, place)
    return root
