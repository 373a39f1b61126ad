"""What no list is does not keep the reader busy; what is cut off is said to be."""

from __future__ import annotations

import pytest

from readq.errors import ListError
from readq.lists.blocks.limits import MAX_BYTES, MAX_LINE, fenced
from readq.lists.read import read

LIST = "# L\n\n" + "".join(
    f"- [A paper on the {word} things of the world](https://arxiv.org/abs/1503.0253{number}),"
    " Ann Lee. CVPR 2020\n"
    for number, word in enumerate(("small", "large", "good", "bad", "old", "new"))
)
TABLE = "# L\n\n| Title | Link |\n|---|---|\n" + "".join(
    f"| A paper on the {word} things of the world | [pdf](https://arxiv.org/abs/1503.0253{n}) |\n"
    for n, word in enumerate(("small", "large", "good", "bad", "old", "new"))
)


def codes(source: str) -> list[str]:
    return [found.code for found in read(source.encode()).diagnostics]


@pytest.mark.parametrize(
    "torn",
    [
        LIST + "- [A paper on to",
        LIST + "- [A paper on torn",
        LIST + "- [A paper on torn things](https://arx",
        LIST + '- <a href="https://arxiv.or',
        LIST + '- <a href="https://arxiv.org/abs/1503.02531">A pap',
        TABLE + "| A paper on torn th",
        TABLE + "| A paper on torn things | [pdf](https",
    ],
)
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_list_cut_in_the_middle_of_an_entry_says_so(torn: str, end: str) -> None:
    assert "cut-off" in codes(torn + end)


@pytest.mark.parametrize("whole", [LIST, TABLE, LIST.rstrip(), TABLE.rstrip()])
def test_a_whole_list_is_not_said_to_be_cut(whole: str) -> None:
    assert codes(whole) == []


@pytest.mark.parametrize("line", ["* a\n", "# a\n", "- \n", "===\na\n", "* * * * a\n", "<li>a b\n"])
def test_thousands_of_lines_of_a_few_characters_are_left_out_and_named(line: str) -> None:
    result = read((LIST + "\n" + line * 5_000 + "\n" + LIST).encode())
    assert len(result.entries) == 12
    assert "too-dense" in [found.code for found in result.diagnostics]


def test_what_is_left_out_moves_no_line() -> None:
    text, notes = fenced("before all of it\n" + "* a\n" * 4_000 + "after all of this")
    assert text.split("\n")[4_001] == "after all of this"
    assert [(first, last) for first, last, _, _ in notes] == [(2, 4_001)]


def test_short_lines_between_long_ones_stay() -> None:
    text = "a line of some length\n24 Sep\n\n" * 5_000
    assert fenced(text) == (text, [])


def test_a_line_without_end_is_read_to_a_bound_and_named() -> None:
    text, notes = fenced("x" * (MAX_LINE + 5) + "\nmore")
    assert len(text) == MAX_LINE + len("\nmore")
    assert [note[:3] for note in notes] == [(1, 1, "too-long")]


def test_a_file_too_large_for_a_list_is_refused() -> None:
    with pytest.raises(ListError) as caught:
        read(b"a" * (MAX_BYTES + 1), source="dump.md")
    assert str(caught.value).startswith("dump.md is larger than 20 MB")


@pytest.mark.fault_loop
@pytest.mark.parametrize(
    "unit",
    [
        "[", "](", "![", "|", "*", "*a ", "<li>", "<li>a b c\n", "<tr><td>a", "(", "<div>", "<div>\n", "> ", "- ", "`", "\\",
        "a\n", "* a\n", "* * * * a\n", "# a\n", "a\n===\n", "a, ", "深度学习", "<a href=x>y", "a b c 2020<br>", "[a]: b\n", "http://", "a\x00b ",
    ],
)  # fmt: skip
def test_a_megabyte_of_one_thing_is_no_list(unit: str) -> None:
    result = read((unit * (1_000_000 // len(unit.encode()))).encode())
    assert len(result.entries) <= 1
