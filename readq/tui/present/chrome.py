"""The lines around the papers, and what dialogs say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.style import Style

from readq.library.values import ListInfo
from readq.model.listing import Link
from readq.tui.present.labels import MUTED, fit, label, muted
from readq.tui.signs import Signs

TWO_COLUMNS = 96
"""From how many cells on the help has two columns."""


def modes_line(
    modes: Sequence[tuple[str, str, int | None]],
    active: str,
    state: Sequence[str],
    *,
    width: int,
) -> Content:
    """The top line: the modes, each with its key and perhaps a count, and the state of things.

    Where there is little room, the parts of `state` go from the last but one on.

    A mode's cells carry its name in their meta data (`{"mode": "queue"}`), for clicks.
    """
    line = Content.styled(" readq  ", "bold $text-primary")
    for name, key, count in modes:
        words = f" {key} {name.capitalize()}{f' {count}' if count else ''} "
        style = "bold reverse" if name == active else MUTED
        line += Content.styled(words, style).stylize(Style.from_meta({"mode": name})) + " "
    room = width - line.cell_length
    parts = list(state)
    while len(" · ".join(parts)) + 1 > room and parts:
        del parts[-2 if state[-2:] == parts[-2:] and len(parts) > 1 else -1]
    words = f"{' · '.join(parts)} "
    return line + Content.styled(words.rjust(max(0, room))[: max(0, room)], MUTED)


def welcome(
    papers: int, lists: int, key_of: Callable[[str], str], *, width: int
) -> Sequence[Content]:
    """What a newcomer needs to know, as lines of `width` cells; `key_of` gives a binding's key."""

    def line(start: str, keys: Sequence[tuple[str, str]]) -> Content:
        said = Content.styled(f" {start} ", "bold")
        for name, words in keys:
            shown = Content.assemble((f" {key_of(name)}", "bold $text-accent"), f" {words} ")
            if said.cell_length + shown.cell_length <= width:
                said += shown
        return fit(said, width)

    return (
        line(
            f"Welcome: {papers} papers in {lists} lists.",
            (("down", "down"), ("up", "up"), ("enter", "look inside"), ("filter", "find")),
        ),
        line(
            "Make a plan, then read:",
            (
                ("queue", "queue it"),
                ("queue-mode", "the queue"),
                ("open", "read it"),
                ("done", "done"),
                ("help", "more"),
            ),
        ),
    )


def keys_line(
    keys: Sequence[tuple[str, str, str]],
    last: Sequence[tuple[str, str, str]],
    *,
    first: str = "",
    width: int,
) -> Content:
    """The bottom line: keys and what they do, as many as fit; `last` ones stand at the right end.

    Each is (key, words, action); its cells carry the action in their meta data, for clicks.
    """
    end = Content("").join(_key(*key) for key in last)
    line = Content.styled(f" {first} ", "bold") if first else Content(" ")
    for key in keys:
        shown = _key(*key)
        if line.cell_length + shown.cell_length + end.cell_length > width:
            break
        line += shown
    return line + " " * max(0, width - line.cell_length - end.cell_length) + end


def _key(key: str, words: str, action: str) -> Content:
    shown = Content.assemble((f" {key}", "bold $text-accent"), (f" {words} ", ""))
    return shown.stylize(Style.from_meta({"action": action}))


def link_option(number: int, link: Link, *, width: int) -> Content:
    """A link to choose, as one line; its host is always in sight."""
    return Content.assemble(
        (f"{number:>2} ", MUTED), label(link.label or "link", "bold"), "  ", label(link.url, MUTED)
    ).truncate(max(1, width), ellipsis=True)


def list_option(one: ListInfo, *, width: int) -> Content:
    """A list to choose: its title, how many papers, where it is from."""
    return Content.assemble(
        label(one.title, "bold"), (f"  {one.total} papers  ", MUTED), label(one.source, MUTED)
    ).truncate(max(1, width), ellipsis=True)


def tags_title(what: str) -> Content:
    """Whose tags they are."""
    return Content.assemble("Tags: ", label(what))


def known_tags(tags: Sequence[str]) -> Content:
    """The tags in use, for the eye."""
    if not tags:
        return muted("No tags are in use yet.")
    return muted("In use: ") + label(", ".join(tags)) + muted(" · tab completes")


def help_text(
    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], legend: Content, *, width: int
) -> Content:
    """Groups of (keys, words) in one or two columns of a text of `width` cells."""
    blocks = [_help_block(name, keys) for name, keys in groups]
    if width < TWO_COLUMNS:
        columns = [[row for block in blocks for row in block]]
    else:
        half = sum(map(len, blocks)) / 2
        left: list[Content] = []
        right: list[Content] = []
        for block in blocks:
            (left if len(left) + len(block) / 2 <= half else right).extend(block)
        columns = [left, right]
    for column in columns:
        column.pop()  # the blank line after the last group
    room = width // len(columns)
    rows = [
        Content("").join(
            fit(column[row] if row < len(column) else Content(""), room) for column in columns
        )
        for row in range(max(map(len, columns)))
    ]
    return Content("\n").join([legend, Content(""), *rows])


def signs_line(signs: Signs) -> Content:
    """What the signs of a row mean."""
    parts = [
        Content.assemble((sign, signs.colours[status]), f" {status.value}")
        for status, sign in signs.status.items()
    ]
    parts += [
        Content.assemble((signs.queued, "$text-accent"), " queued"),
        Content.assemble((signs.note, "$text-secondary"), " has a note"),
        Content.assemble((signs.marked, "$accent"), " marked"),
        Content(f"5{signs.times} in 5 lists"),
    ]
    return Content("   ").join(parts)


def command_line(words: Content, right: str, *, width: int) -> Content:
    """A line of the palette: `words`, and `right` at the right end of `width` cells."""
    end = label(right, "bold $text-accent")
    return fit(words, width - end.cell_length - 1) + " " + end


def _help_block(name: str, keys: Sequence[tuple[str, str]]) -> list[Content]:
    room = max(12, *(len(key) for key, _ in keys))
    rows = [
        Content.assemble((f"{key:>{room}}", "bold $text-accent"), f"  {words}")
        for key, words in keys
    ]
    return [Content.styled(name, "bold $text-primary"), *rows, Content("")]
