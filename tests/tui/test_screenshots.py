"""The pictures in the README are what the app looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from screenshots import generate

FOLDER = Path(generate.__file__).parent


def test_pictures_drawn_anew_are_those_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    drawn: dict[str, str] = {}
    generate.generate(drawn.__setitem__)
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.svg")}
    assert set(drawn) == set(kept)
    assert [name for name in drawn if drawn[name] != kept[name]] == []
