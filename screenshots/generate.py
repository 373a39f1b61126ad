"""Writes the pictures that the README shows: the real app, on the lists that readq ships with.

    python screenshots/generate.py [FOLDER]

The same code gives the same bytes: the clock is frozen, the library is made anew, and the cursor
does not blink.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from textual.widgets import Input, TextArea

from readq.config import Config
from readq.library.library import Library
from readq.model.paper import PaperId
from readq.paths import user_paths
from readq.tui.app import ReadqApp

START = datetime(2026, 11, 12, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SIZE = (118, 35)
THEMES = {"dark": "readq-dark", "light": "readq-light"}
NOTE = """# What it is about

Attention maps of the teacher are a target for the student: *where* it
looks is worth more than what its layers hold.

- activation-based maps beat gradient-based ones
- one loss per group of layers, next to the usual one

To try: together with plain distillation on our small model.
"""


@dataclass(frozen=True)
class Picture:
    """What to press, from the start of the app on."""

    name: str
    keys: Sequence[str] = ()
    at: str | None = None
    """The paper at the cursor, by its title."""
    size: tuple[int, int] = SIZE


PICTURES = (
    Picture("library", at="Paying more attention to attention"),
    Picture("queue", ("2", "j")),
    Picture("note", ("n",), at="Paying more attention to attention"),
    Picture("help", ("question_mark",), size=(SIZE[0], 49)),
)


def a_week_of_reading(home: Path) -> Library:
    """A library in which something was done."""
    hours = count()
    library = Library.open(user_paths(home), now=lambda: START + timedelta(hours=3 * next(hours)))

    def papers(*titles: str) -> list[PaperId]:
        return [library.find(title)[0] for title in titles]

    library.toggle_done(
        papers(
            "Distilling the knowledge in a neural network",
            "Fitnets: Hints for thin deep nets",
            "Do deep nets really need to be deep",
            "Dreaming to Distill",
            "Search to Distill",
        )
    )
    library.enqueue(
        papers(
            "A gift from knowledge distillation",
            "Born-Again Neural Networks",
            "Paying more attention to attention",
            "Contrastive Representation Distillation",
            "Knowledge Transfer with Jacobian Matching",
            "On Distillation of Guided Diffusion Models",
        )
    )
    attention = papers("Paying more attention to attention")
    library.toggle_reading(attention)
    library.tag(attention, add=["attention", "to-discuss"])
    library.set_note(attention[0], NOTE)
    library.toggle_reading(papers("Heterogeneous Knowledge Distillation using Information Flow"))
    library.toggle_dropped(papers("Spatio-Temporal Graph for Video Captioning"))
    return library


async def svg(picture: Picture, theme: str, home: Path) -> str:
    """One picture."""
    library = a_week_of_reading(home)
    app = ReadqApp(library, config=Config(theme=theme), today=lambda: TODAY)
    async with app.run_test(size=picture.size) as pilot:
        await pilot.pause()
        if picture.at is not None:
            await app.go_to(library.find(picture.at)[0])
        await pilot.press(*picture.keys)
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        drawn = app.export_screenshot(title="readq")
    library.close()
    return drawn


def generate(write: Callable[[str, str], object]) -> None:
    """Give `write` every picture: a file's name and its text."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    # A cursor caught in the middle of a blink would be another picture.
    still = {"_toggle_cursor": Input, "_toggle_cursor_blink_visible": TextArea}
    before = {name: getattr(owner, name) for name, owner in still.items()}
    for name, owner in still.items():
        setattr(owner, name, lambda _self: None)
    try:
        for picture in PICTURES:
            for light, theme in THEMES.items():
                with tempfile.TemporaryDirectory() as home:
                    drawn = asyncio.run(svg(picture, theme, Path(home)))
                write(f"{picture.name}-{light}.svg", drawn)
    finally:
        for name, owner in still.items():
            setattr(owner, name, before[name])


def main() -> None:
    """Write the pictures beside this file, or into the folder that is named."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else __file__).absolute()
    folder = folder.parent if folder.is_file() else folder
    folder.mkdir(parents=True, exist_ok=True)
    generate(lambda name, text: (folder / name).write_text(text, "utf-8"))


if __name__ == "__main__":
    main()
