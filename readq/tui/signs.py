"""The characters that stand for things: typographic, or plain ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from readq.model.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """One set of characters; each is drawn one cell wide."""

    status: Mapping[Status, str]
    folded: str
    unfolded: str
    marked: str
    queued: str
    note: str
    full: str
    """A tenth of a bar that is reached."""
    empty: str
    times: str
    """After the number of lists that a paper stands in."""
    rule: str
    thumb: str
    """The part in sight, beside a text that is longer."""
    under: str
    """Between a heading and the one below it."""
    undone: str
    """Before the word that says that an act was taken back."""
    becomes: str
    """Between what was and what is."""
    star: str
    """Before a rating."""
    warning: str = "!"
    dot: str = "·"
    colours: Mapping[Status, str] = field(
        default_factory=lambda: {
            Status.TO_READ: "$foreground 62%",
            Status.READING: "$text-warning",
            Status.DONE: "$text-success",
            Status.DROPPED: "$text-error",
        }
    )


UNICODE = Signs(
    status={
        Status.TO_READ: "○",
        Status.READING: "◐",
        Status.DONE: "●",
        Status.DROPPED: "×",
    },
    folded="▸",
    unfolded="▾",
    marked="▌",
    queued="»",
    note="¶",
    full="▰",
    empty="▱",
    times="×",
    rule="─",
    thumb="▕",
    under="›",
    undone="↶",
    becomes="→",
    star="★",
)

ASCII = Signs(
    status={
        Status.TO_READ: "o",
        Status.READING: "~",
        Status.DONE: "*",
        Status.DROPPED: "x",
    },
    folded="+",
    unfolded="-",
    marked="|",
    queued=">",
    note='"',
    full="#",
    empty=".",
    times="x",
    rule="-",
    thumb="|",
    under=">",
    undone="<",
    becomes=">",
    star="*",
    dot="|",
)
