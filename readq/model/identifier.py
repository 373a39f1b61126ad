"""A name that the scholarly world gives to a paper; `identifiers` finds them in texts and URLs."""

from __future__ import annotations

from typing import NamedTuple

SCHEMES = frozenset(
    (
        "arxiv",
        "doi",
        "openreview",
        "acl",
        "cvf",
        "neurips",
        "pmlr",
        "jmlr",
        "ecva",
        "ieee",
        "aaai",
        "hal",
    )
)


class Identifier(NamedTuple):
    """A paper's name within a scheme: `arxiv:1503.02531`, `doi:10.1109/5.771073`."""

    scheme: str
    """One of `SCHEMES`."""
    value: str
    """In the scheme's normal form: DOIs in lower case, arXiv ids without a version."""

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
