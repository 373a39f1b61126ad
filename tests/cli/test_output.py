from __future__ import annotations

import pytest

from readq.cli.output import Output, cells, fit
from readq.model.status import Status
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("é", 1), ("e\u0301", 1), ("深度学习", 8), ("ｆｕｌｌ", 8), ("…", 1)],
)
def test_cells_are_columns_of_a_terminal(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("ab cdef", 4, "ab… "),
        ("深度学习", 6, "深度… "),
        ("深度学习", 8, "深度学习"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_text_is_fitted_to_columns(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted
    assert cells(fitted) == width


def test_lines_for_a_terminal_fit_it(readq: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Output(terminal=True, width=60, colour=False, signs=dict.fromkeys(Status, "o"))
    monkeypatch.setattr(Output, "to_stdout", lambda **_: terminal)
    readq("queue", "add", "born-again-neural-networks")
    for command in ("ls", "queue", "lists", "history"):
        lines = readq(command).stdout.splitlines()
        assert lines
        assert max(map(cells, lines)) <= 60
    assert readq("queue").stdout.startswith("o 1 Born Again Neural")


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert Output.to_stdout().colour
    assert Output.to_stdout(ascii_only=True).signs[Status.DONE] == "*"
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Output.to_stdout().colour
