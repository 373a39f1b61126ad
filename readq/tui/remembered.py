"""How the app looked when it was left, in a small file: a convenience that may be lost at any time.

It belongs to this machine's terminal and not to the library, which may travel; hence it is kept
among the caches. What cannot be read is as if it were not there, what cannot be written is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readq import atomic
from readq.model.paper import PaperId

FILE_NAME = "view.json"
_VERSION = 1
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the reader was in one mode."""

    paper: PaperId | None = None
    branch: str = ""
    """In the tree: the heading at the cursor, or the one that its paper stands under."""
    row: int = 0
    """How far below the top of the window the cursor was."""
    unfolded: frozenset[str] | None = None
    """In the tree: the headings that stood open; None where there are none to fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the app comes back with."""

    mode: str = ""
    spots: Mapping[str, Spot] = field(default_factory=dict)
    """By mode."""
    theme: str | None = None
    """The theme chosen in the app; None when none ever was."""
    show_dropped: bool = False


class Memory:
    """The file. Theme and dropped papers are remembered for all, the rest for each `place`.

    A place is the library, or other lists that are only viewed.
    """

    def __init__(self, path: Path | None, *, place: str = "library") -> None:
        """`path` None remembers nothing."""
        self._path = path
        self._place = place
        self._last: View | None = None

    def read(self) -> View:
        """How the app was left."""
        known = self._document()
        here = _table(_table(known.get("places")).get(self._place))
        theme, mode = known.get("theme"), here.get("mode")
        spots = _table(here.get("spots")).items()
        view = View(
            mode=mode if isinstance(mode, str) else "",
            spots={name: _spot(_table(one)) for name, one in spots},
            theme=theme if isinstance(theme, str) else None,
            show_dropped=known.get("show_dropped") is True,
        )
        self._last = view
        return view

    def write(self, view: View) -> None:
        """Remember how the app looks; never fails."""
        if self._path is None or view == self._last:
            return
        self._last = view
        places = {
            k: v for k, v in _table(self._document().get("places")).items() if k != self._place
        }
        spots = {name: _spot_document(spot) for name, spot in view.spots.items()}
        newest = list(places.items())[-_MOST_PLACES + 1 :]
        document = {
            "version": _VERSION,
            "theme": view.theme,
            "show_dropped": view.show_dropped,
            "places": dict([*newest, (self._place, {"mode": view.mode, "spots": spots})]),
        }
        with suppress(OSError):
            atomic.FILES.make_folder(self._path.parent)
            atomic.write_bytes(self._path, json.dumps(document, ensure_ascii=False).encode())

    def _document(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            document = _table(json.loads(atomic.read_bytes(self._path)))
        except (OSError, ValueError, RecursionError):
            return {}
        return document if document.get("version") == _VERSION else {}


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _spot(document: dict[str, Any]) -> Spot:
    paper, branch = document.get("paper"), document.get("branch")
    row, unfolded = document.get("row"), document.get("unfolded")
    return Spot(
        paper=PaperId(paper) if isinstance(paper, str) else None,
        branch=branch if isinstance(branch, str) else "",
        row=row if type(row) is int and 0 <= row < 10_000 else 0,
        unfolded=frozenset(key for key in unfolded if isinstance(key, str))
        if isinstance(unfolded, list)
        else None,
    )


def _spot_document(spot: Spot) -> dict[str, Any]:
    document: dict[str, Any] = {"paper": spot.paper, "row": spot.row}
    if spot.unfolded is not None:
        document |= {"branch": spot.branch, "unfolded": sorted(spot.unfolded)}
    return document
