"""Papers and what was done with them, short to write in tests."""

from __future__ import annotations

from typing import Any

from readq.model.entry import Entry
from readq.model.identifiers import Identifier
from readq.model.listing import Link
from readq.model.paper import Paper, PaperId
from readq.model.record import Rank, Record
from readq.model.status import Status


def paper(title: str = "Born-Again Neural Networks", **fields: Any) -> Paper:
    """A paper with a title; `arxiv`, `doi` and `urls` are short forms."""
    identifiers = tuple(
        Identifier(scheme, fields.pop(scheme)) for scheme in ("arxiv", "doi") if scheme in fields
    )
    links = tuple(Link("paper", url) for url in fields.pop("urls", ()))
    fields.setdefault("id", "born-again-neural-networks")
    return Paper(title=title, identifiers=identifiers, links=links, **fields)


def entry(of: Paper | None = None, **fields: Any) -> Entry:
    """A paper with a record."""
    of = of or paper()
    return Entry(paper=of, record=Record(id=of.id, **fields))


ATTENTION = paper(
    "Paying More Attention to Attention: Improving the Performance of Convolutional Neural Networks",
    id=PaperId("paying-more-attention-to-attention"),
    authors=("Sergey Zagoruyko", "Nikos Komodakis"),
    venue="ICLR",
    year=2017,
    arxiv="1612.03928",
)
BORN_AGAIN = paper(
    authors=("Tommaso Furlanello", "Zachary C. Lipton"), et_al=True, venue="ICML", year=2018,
    urls=("https://arxiv.org/abs/1805.04770",),
)  # fmt: skip
HOSTILE = paper(
    "[Re] A [/b] *study* of `x_1` & <b>HTML</b> # 100% $\\ell_1$ | \\ ~~no~~ [[wiki]] ==hi==",
    id=PaperId("re-a-b-study"),
    authors=("1. Ann [x](y)", "- Bob & co", "<script>alert(1)</script>"),
    venue="*Proc.* of _X_",
    year=2020,
    urls=(
        "javascript:alert(1)",
        "https://example.org/a?b=1&lt;=2 3",
        "https://example.org/?a&lt;b",
    ),
)


def library() -> list[Entry]:
    """One paper of each kind of state."""
    return [
        entry(
            ATTENTION,
            status=Status.READING,
            rank=Rank("m"),
            tags=("attention", "object detection"),
            queued_at="2026-11-10T09:00:00Z",
            started_at="2026-11-12T20:15:00Z",
            note="# Idea\n\nThe student mimics **attention maps**.\n\n- [ ] try on CIFAR\n\n```python\nloss = at(x, y)\n```\n",
        ),
        entry(
            BORN_AGAIN,
            status=Status.DONE,
            started_at="2026-11-01T07:00:00Z",
            finished_at="2026-11-03T22:00:00Z",
            rating=4,
            note="Open <!-- comment\n<div>\n[1]: https://example.org\n````\nfour ticks",
        ),
        entry(HOSTILE, rank=Rank("t"), queued_at="2026-11-15T10:00:00Z", note="form\ffeed\r\\n"),
        entry(paper("No links at all", id=PaperId("no-links-at-all")), status=Status.DROPPED),
    ]
