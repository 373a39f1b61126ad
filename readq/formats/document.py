"""What is exported: papers in groups, in the order in which they are to stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readq.model.entry import Entry
from readq.model.paper import Paper, PaperId
from readq.model.urls import gated_or_none


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Papers under one heading."""

    heading: tuple[str, ...] = ()
    """The path of headings, outermost first: the list's title, then its sections."""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A selection of a library."""

    title: str
    groups: tuple[Group, ...] = ()
    links: Mapping[PaperId, str] = field(default_factory=dict)
    """Where each paper's title leads; without one, to its first identifier or link."""

    def address(self, paper: Paper) -> str | None:
        """The gated address that the paper's title leads to."""
        return gated_or_none(self.links.get(paper.id, "")) or address(paper)


def address(paper: Paper) -> str | None:
    """The paper's page as far as its own fields say: arXiv, DOI, else its first link that is safe."""
    if found := paper.identifier("arxiv"):
        return gated_or_none(f"https://arxiv.org/abs/{found}")
    if found := paper.identifier("doi"):
        return gated_or_none(f"https://doi.org/{found}")
    return next((safe for link in paper.links if (safe := gated_or_none(link.url))), None)


def venue_and_year(paper: Paper) -> str:
    """`ICLR 2017`, `ICLR`, `2017`, or nothing."""
    return " ".join(filter(None, (paper.venue, str(paper.year) if paper.year else None)))
