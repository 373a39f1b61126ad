"""What the tests of the app share: small lists, and ways to look at the screen."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from readq.model.listing import Link, Listing, ReadingList
from readq.model.paper import PaperId
from readq.tui.app import ReadqApp
from readq.tui.screens.core import Core
from readq.tui.screens.library import LibraryScreen
from readq.tui.screens.queue import QueueScreen

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)

KD = PaperId("distilling-the-knowledge-in-a-neural-network")
BORN = PaperId("born-again-neural-networks")
ATTENTION = PaperId("attention-is-all-you-need")
LINKLESS = PaperId("a-paper-without-links")
RESNET = PaperId("deep-residual-learning-for-image-recognition")

_KD = {
    "title": "Distilling the Knowledge in a Neural Network",
    "authors": ["Geoffrey Hinton", "Oriol Vinyals"],
    "venue": "NIPS",
    "year": 2014,
    "links": [["pdf", "https://arxiv.org/pdf/1503.02531"], ["code", "https://github.com/a/kd"]],
}
LISTS: dict[str, dict[str, Any]] = {
    "a.md": {
        "title": "Papers to read",
        "entries": [
            _KD | {"section": ["Distillation"]},
            {
                "title": "Born Again Neural Networks",
                "section": ["Distillation"],
                "authors": ["Tommaso Furlanello"],
                "year": 2018,
                "links": [["paper", "https://arxiv.org/abs/1805.04770"]],
            },
            {
                "title": "Attention Is All You Need",
                "section": ["Distillation", "Transformers"],
                "year": 2017,
                "links": [["paper", "https://arxiv.org/abs/1706.03762"]],
            },
            {"title": "A Paper without Links", "section": ["Nothing to click"], "year": 2020},
        ],
    },
    "b.md": {
        "title": "Another list",
        "entries": [
            _KD | {"section": ["Classics"]},
            {
                "title": "Deep Residual Learning for Image Recognition",
                "section": ["Classics"],
                "year": 2016,
                "links": [["paper", "https://arxiv.org/abs/1512.03385"]],
            },
        ],
    },
}
"""Two lists; one paper stands in both."""

HOSTILE_TITLES = (
    "[Re] Adam Converges",
    "A [/b] B of Training",
    "[@click=app.quit]x[/] and Press",
    "[$primary]Coloured[/] Networks [",
    "Learning [MASK] tokens \\[b] with A[i] = B[j]",
)
"""Shown letter for letter."""

POISON = {
    "\x1b]52;c;cm0gLXJm\x07Clipboard Networks": "Clipboard Networks",
    "Screens \x1b[2J\x1b[31mWiped": "Screens Wiped",
    "Titles \x1b]0;pwned\x1b\\Taken": "Titles Taken",
    "Turned \u202eround\u202c Learning": "Turned round Learning",
    "Eight Bit\x9b31m Control\x7f": "Eight Bit Control",
}
"""Shown without what a terminal would act upon."""


def hostile_list() -> dict[str, Any]:
    """A list whose every text attacks."""
    titles = [*HOSTILE_TITLES, *POISON]
    return {
        "title": "Lists [/b] of [@click=app.quit]everything[/]",
        "entries": [
            {
                "title": title,
                "section": ["Section [/] one", "[b]Two"],
                "authors": ["Jane [/] Doe", f"O. {title}"],
                "venue": "[i]CVPR",
                "year": 2001 + number,
                "links": [["[/pdf]", f"https://arxiv.org/abs/2001.000{number:02}"]],
            }
            for number, title in enumerate(titles)
        ],
    }


def read_json(data: bytes, *, source: str = "") -> ReadingList:
    """Stands for the reader of lists: the lists here are JSON, so that its rules do not matter."""
    document = json.loads(data)
    entries = [
        Listing(
            lines=(number, number),
            section=tuple(entry["section"]),
            title=entry["title"],
            authors=tuple(entry.get("authors", ())),
            venue=entry.get("venue"),
            year=entry.get("year"),
            links=tuple(Link(label, url) for label, url in entry.get("links", ())),
        )
        for number, entry in enumerate(document["entries"], start=1)
    ]
    return replace(ReadingList(title=document["title"]), entries=tuple(entries))


def write_lists(folder: Path, lists: dict[str, dict[str, Any]]) -> Path:
    """Lists as files in `folder`."""
    folder.mkdir(exist_ok=True)
    for name, content in lists.items():
        (folder / name).write_text(json.dumps(content), "utf-8")
    return folder


Running = Callable[..., contextlib.AbstractAsyncContextManager[Pilot[None]]]
"""Runs the app on a library, with toasts."""


def app_of(pilot: Pilot[None]) -> ReadqApp:
    """The app."""
    assert isinstance(pilot.app, ReadqApp)
    return pilot.app


def core(pilot: Pilot[None]) -> Core:
    """The mode in front."""
    assert isinstance(pilot.app.screen, Core)
    return pilot.app.screen


def tree_screen(pilot: Pilot[None]) -> LibraryScreen:
    """Library mode, in front."""
    assert isinstance(pilot.app.screen, LibraryScreen)
    return pilot.app.screen


def queue_screen(pilot: Pilot[None]) -> QueueScreen:
    """Queue mode, in front."""
    assert isinstance(pilot.app.screen, QueueScreen)
    return pilot.app.screen


def toasts(pilot: Pilot[None]) -> str:
    """What the toasts in sight say."""
    return "\n".join(notification.message for notification in pilot.app._notifications)


def shown(pilot: Pilot[None]) -> str:
    """The screen as text, a line a row."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
