"""Every key: what is bound where, what the user bound instead, and what clashes.

All bindings have priority, so keys act in the order in which they are typed, each before the next
one is looked at. A widget that takes text keeps its printable keys all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.keys import _character_to_key, format_key

MOVE = Binding.Group("Move")
READ = Binding.Group("Read")
QUEUE = Binding.Group("Queue and status")
WRITE = Binding.Group("Notes, tags, copies")
FIND = Binding.Group("Find and choose")
APP = Binding.Group("readq")
GROUPS = (MOVE, READ, QUEUE, WRITE, FIND, APP)


def _bind(
    key: str,
    action: str,
    description: str,
    name: str,
    group: Binding.Group,
    *,
    short: str = "",
) -> Binding:
    """A binding whose id is `name`; `short` words put it on the bottom line."""
    return Binding(
        key,
        action,
        short or description,
        show=bool(short),
        priority=True,
        tooltip=description,
        id=name,
        group=group,
    )


ROWS = (
    _bind("j,down", "move(1)", "Down", "down", MOVE),
    _bind("k,up", "move(-1)", "Up", "up", MOVE),
    _bind("g,home", "first", "First row", "first", MOVE),
    _bind("G,end", "last", "Last row", "last", MOVE),
    _bind("ctrl+d,pagedown", "half_page(1)", "Half a page down", "half-page-down", MOVE),
    _bind("ctrl+u,pageup", "half_page(-1)", "Half a page up", "half-page-up", MOVE),
    _bind("enter", "enter", "Open the heading, or the paper", "enter", MOVE),
    _bind("l,right", "inwards", "Unfold, then go in", "in", MOVE),
    _bind("h,left", "outwards", "Fold, then go out", "out", MOVE),
)
"""In the tree and in the queue."""

FOLDS = (_bind("z", "fold_all", "Fold or unfold all", "fold-all", MOVE),)
"""In the tree."""

DETAIL = (
    _bind("j,down", "move(1)", "Down", "down", MOVE),
    _bind("k,up", "move(-1)", "Up", "up", MOVE),
    _bind("g,home", "first", "Top", "first", MOVE),
    _bind("G,end", "last", "End", "last", MOVE),
    _bind("ctrl+d,pagedown", "half_page(1)", "Half a page down", "half-page-down", MOVE),
    _bind("ctrl+u,pageup", "half_page(-1)", "Half a page up", "half-page-up", MOVE),
    _bind("h,left", "leave", "Back to the list", "out", MOVE),
)
"""In the detail pane; ids are shared with `ROWS`, so that a key is bound once."""

PAPERS = (
    _bind("tab", "other_pane", "The other pane", "other-pane", MOVE),
    _bind("o", "open('pdf')", "Open the PDF, or what comes closest", "open", READ, short="Open"),
    _bind("O", "open('start')", "Open it and start reading", "open-start", READ),
    _bind("p", "open('page')", "Open its page", "open-page", READ),
    _bind("f", "pick_link", "Pick one of its links", "pick-link", READ),
    _bind("d", "act('done')", "Done; again: to-read", "done", QUEUE, short="Done"),
    _bind("s", "act('start')", "Start reading; again: stop", "start", QUEUE, short="Start"),
    _bind("x", "act('drop')", "Drop: not wanted; again: wanted", "drop", QUEUE),
    _bind("a", "act('queue')", "Queue it; again: take it out", "queue", QUEUE, short="Queue"),
    _bind("A", "act('queue-top')", "Queue it before all others", "queue-top", QUEUE),
    _bind("J", "shift(1)", "Later in the queue", "move-down", QUEUE),
    _bind("K", "shift(-1)", "Earlier in the queue", "move-up", QUEUE),
    _bind("n", "note", "Its note, here; esc saves and leaves", "note", WRITE, short="Note"),
    _bind("e", "edit", "Its note, in $EDITOR", "edit", WRITE),
    _bind("t", "tags", "Tags", "tags", WRITE),
    _bind("asterisk", "rate", "Rate it: 1 to 5, 0 takes it away", "rate", WRITE),
    _bind("y", "copy", "Copy its …", "copy", WRITE),
    _bind("E", "export", "Export as Markdown", "export", WRITE),
    _bind("slash", "filter", "Filter as one types", "filter", FIND, short="Filter"),
    _bind("space", "mark", "Mark it; acts apply to all marked", "mark", FIND),
    _bind("escape", "escape", "Back; clear the filter or the marks", "escape", FIND),
    _bind("H", "show_dropped", "Show or hide what was dropped", "show-dropped", FIND),
    _bind("u", "undo", "Undo the last act", "undo", APP, short="Undo"),
    _bind("ctrl+r", "redo", "Redo what was undone", "redo", APP),
    _bind("U", "history", "History: of all, or of this paper", "history", APP),
    _bind(
        "full_stop",
        "next",
        "Open the head of the queue, start it",
        "next",
        READ,
        short="Next",
    ),
    _bind("1", "mode('library')", "Library: the lists as a tree", "library", APP),
    _bind("2", "mode('queue')", "Queue: what to read next", "queue-mode", APP),
    _bind("L", "lists", "Lists: add one, remove one", "lists", APP),
    _bind("question_mark", "help", "All keys", "help", APP),
    _bind("colon,ctrl+p", "palette", "Palette: papers, acts, themes", "palette", APP),
    _bind("q", "back", "Back, or quit", "quit", APP),
)
"""In every mode."""

COPIES = (
    _bind("t", "copy('title')", "title", "copy-title", WRITE, short="title"),
    _bind("u", "copy('url')", "URL", "copy-url", WRITE, short="URL"),
    _bind("b", "copy('bibtex')", "BibTeX", "copy-bibtex", WRITE, short="BibTeX"),
    _bind("c", "copy('citation')", "citation", "copy-citation", WRITE, short="citation"),
    _bind("m", "copy('markdown')", "Markdown link", "copy-markdown", WRITE, short="Markdown link"),
    _bind("escape", "cancel", "leave it", "cancel", WRITE, short="leave it"),
)
"""What may follow the key `copy`."""

RATINGS = (
    *(
        _bind(str(n), f"rate({n})", f"Rate: {n}", f"rate-{n}", WRITE, short="stars"[: 4 + (n > 1)])
        for n in range(1, 6)
    ),
    _bind("0", "rate(0)", "Rate: take it away", "rate-0", WRITE, short="none"),
    _bind("escape", "cancel", "leave it", "cancel", WRITE, short="leave it"),
)
"""What may follow the key `rate`."""

FILTER = (_bind("enter,down", "keep", "Keep the filter, back to the list", "keep-filter", FIND),)
"""In the line that the filter is typed in."""

NOTE = (_bind("escape,ctrl+s", "leave", "In a note: save it and leave", "save-note", WRITE),)
"""In the editor of notes."""

_CANCEL = _bind("escape", "cancel", "Leave it", "cancel", WRITE)

TAGS = (_CANCEL, _bind("tab", "complete", "In tags: take what is suggested", "complete", WRITE))
"""In the dialog of tags."""

EXPORT = (
    _CANCEL,
    _bind("down", "move(1)", "In an export: the next choice", "choose-next", WRITE),
    _bind("up", "move(-1)", "In an export: the choice before", "choose-previous", WRITE),
)
"""In the dialog of exports."""

LINKS = (
    _CANCEL,
    _bind("j", "move(1)", "Down", "down", MOVE),
    _bind("k", "move(-1)", "Up", "up", MOVE),
    _bind("f", "cancel", "Leave it", "pick-link", READ),
    _bind("q", "cancel", "Leave it", "quit", APP),
)
"""In the list of a paper's links; digits choose."""

LISTS = (
    _CANCEL,
    _bind("a", "add", "In the lists: add one", "add-list", APP),
    _bind("x", "remove", "In the lists: remove it", "remove-list", APP),
    _bind("j", "move(1)", "Down", "down", MOVE),
    _bind("k", "move(-1)", "Up", "up", MOVE),
)
"""In the list of lists."""

HELP = (
    _CANCEL,
    _bind("q", "cancel", "Leave it", "quit", APP),
    _bind("question_mark", "cancel", "Leave it", "help", APP),
    _bind("enter", "cancel", "Leave it", "enter", MOVE),
    _bind("j,down", "move(1)", "Down", "down", MOVE),
    _bind("k,up", "move(-1)", "Up", "up", MOVE),
    _bind("g,home", "move(-999)", "Top", "first", MOVE),
    _bind("G,end", "move(999)", "End", "last", MOVE),
    _bind("ctrl+d,pagedown", "move(10)", "Half a page down", "half-page-down", MOVE),
    _bind("ctrl+u,pageup", "move(-10)", "Half a page up", "half-page-up", MOVE),
)
"""In the help; ids are shared with what the keys do elsewhere."""

HISTORY = (
    _CANCEL,
    _bind("q", "cancel", "Leave it", "quit", APP),
    _bind("U", "cancel", "Leave it", "history", APP),
    _bind("tab", "other_papers", "Of this paper, or of all", "other-pane", MOVE),
    _bind("u", "take_back", "Take it back", "undo", APP),
    _bind("ctrl+r", "redo", "Redo what was undone", "redo", APP),
    _bind("J", "scroll_detail(1)", "Details: down", "move-down", QUEUE),
    _bind("K", "scroll_detail(-1)", "Details: up", "move-up", QUEUE),
)
"""In the history, beside those of `ROWS`; ids are shared with what the keys do elsewhere."""

IN_HISTORY = ("undo", "other-pane", "in", "redo", "escape")
"""Whose keys the history shows."""

ESSENTIAL = ("open", "done", "start", "queue", "note", "filter", "undo", "next")
"""Whose keys the help has first where it shows few."""

NOT_IN_HELP = {"cancel", "copy", "choose-next", "choose-previous"} | {f"rate-{n}" for n in range(6)}
"""What dialogs say themselves."""

# Contexts are what is bound at one moment; the same key may mean two things in two of them.
_CONTEXTS: Mapping[str, tuple[Binding, ...]] = {
    "list": (*ROWS, *FOLDS, *PAPERS),
    "detail": (*DETAIL, *PAPERS),
    "copy": COPIES,
    "rate": RATINGS,
    "filter": FILTER,
    "note": NOTE,
    "tags": TAGS,
    "export": EXPORT,
    "lists": LISTS,
    "history": (*ROWS, *HISTORY),
}


@dataclass(frozen=True, slots=True)
class Keymap:
    """What of the user's settings can be used, and what is wrong with the rest."""

    keys: Mapping[str, str]
    """Binding id to key or keys, as `App.set_keymap` wants them."""
    problems: tuple[str, ...] = ()
    """For a person, one line each."""


def bindings() -> Iterator[Binding]:
    """Every binding, each id once."""
    seen: set[str | None] = set()
    for binding in (
        *ROWS,
        *FOLDS,
        *PAPERS,
        *COPIES,
        *RATINGS,
        *FILTER,
        *NOTE,
        *TAGS,
        *EXPORT,
        *LISTS,
    ):
        if binding.id not in seen:
            seen.add(binding.id)
            yield binding


def read(wanted: Mapping[str, str]) -> Keymap:
    """The usable part of the user's `wanted` keys (binding id to key, or several with commas).

    An unknown id, and a key that would then mean two things at once, keep their defaults.
    """
    defaults = {binding.id or "": binding.key for binding in bindings()}
    problems = [f"keys: there is no {name!r}" for name in wanted if name not in defaults]
    usable = {
        name: ",".join(map(_normal, keys.split(",")))
        for name, keys in wanted.items()
        if name in defaults
    }
    while clash := _first_clash(usable):
        name, key, other = clash
        problems.append(
            f"keys: {name} cannot be {display(key)}, which is {other}; it stays as it was"
        )
        del usable[name]
    return Keymap(usable, tuple(problems))


def _first_clash(usable: Mapping[str, str]) -> tuple[str, str, str] | None:
    """A binding of the user's, its key, and the other binding that has the same key."""
    for context in _CONTEXTS.values():
        owners: dict[str, str] = {}
        # The user's own come last: of two that clash, one that can be taken back is named.
        ordered = sorted(context, key=lambda binding: (binding.id or "") in usable)
        for binding in ordered:
            name = binding.id or ""
            for key in keys_of(binding, usable):
                if owners.setdefault(key, name) != name:
                    return name, key, owners[key]
    return None


def keys_of(binding: Binding, keymap: Mapping[str, str]) -> Sequence[str]:
    """The keys that a binding has under a keymap, by Textual's names."""
    return [_normal(key) for key in keymap.get(binding.id or "", binding.key).split(",")]


def _normal(key: str) -> str:
    key = key.strip()
    return _character_to_key(key) if len(key) == 1 else key


_DISPLAYED = {
    "escape": "esc",
    "enter": "enter",
    "tab": "tab",
    "space": "space",
    "home": "home",
    "end": "end",
    "pagedown": "page down",
    "pageup": "page up",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "asterisk": "*",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def display(key: str) -> str:
    """A key as a person writes it: `^p`, `esc`, `/`."""
    if key in _DISPLAYED:
        return _DISPLAYED[key]
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return format_key(key)


def shown(chosen: Iterable[Binding], keymap: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(key, words, action) of the bindings that belong on the bottom line."""
    return [
        (display(keys_of(binding, keymap)[0]), binding.description, binding.action)
        for binding in chosen
        if binding.show
    ]


def key_of(name: str, keymap: Mapping[str, str]) -> str:
    """The first key of a binding, as a person writes it."""
    binding = next(binding for binding in bindings() if binding.id == name)
    return display(keys_of(binding, keymap)[0])


def said(name: str, keymap: Mapping[str, str]) -> str:
    """As `key_of`, for a sentence: `ctrl+r`."""
    binding = next(binding for binding in bindings() if binding.id == name)
    key = keys_of(binding, keymap)[0]
    return key if key.startswith("ctrl+") else display(key)


def groups(
    keymap: Mapping[str, str], *, essential_first: bool = False
) -> list[tuple[str, list[tuple[str, str]]]]:
    """All bindings by group: (group, [(keys, words)]), for help.

    With `essential_first` the essential ones are a group of their own, before all others.
    """
    first = dict.fromkeys(ESSENTIAL if essential_first else ())
    found: dict[str, list[tuple[str, str]]] = {"First of all": []} if first else {}
    found |= {group.description: [] for group in GROUPS}
    rows: dict[str, tuple[str, str]] = {}
    copies = {binding.id for binding in COPIES}
    prefix = key_of("copy", keymap)
    for binding in bindings():
        if binding.id in NOT_IN_HELP or binding.group is None:
            continue
        keys = " ".join(map(display, keys_of(binding, keymap)))
        words = binding.tooltip
        if binding.id in copies:
            keys, words = f"{prefix} {keys}", f"Copy its {words}"
        if binding.id in first:
            rows[binding.id or ""] = (keys, words)
        else:
            found[binding.group.description].append((keys, words))
    if first:
        found["First of all"] = [rows[name] for name in first]
    return list(found.items())
