"""Papers as Textual content: the one place where text becomes a label.

Pure functions: nothing here knows a widget. Every string from a list, a service or a note goes
through `label`, which never reads markup: a title such as "[Re] Adam" is not a style.
"""

from readq.tui.present.chrome import (
    TWO_COLUMNS,
    command_line,
    help_text,
    keys_line,
    known_tags,
    link_option,
    list_option,
    modes_line,
    signs_line,
    tags_title,
    welcome,
)
from readq.tui.present.detail import day, detail, note_head, summary
from readq.tui.present.history import event_detail, event_row
from readq.tui.present.labels import MUTED, error_under, fit, hint, label, lines, muted
from readq.tui.present.rows import bar, branch_row, heading_row, paper_row

__all__ = [
    "MUTED",
    "TWO_COLUMNS",
    "bar",
    "branch_row",
    "command_line",
    "day",
    "detail",
    "error_under",
    "event_detail",
    "event_row",
    "fit",
    "heading_row",
    "help_text",
    "hint",
    "keys_line",
    "known_tags",
    "label",
    "lines",
    "link_option",
    "list_option",
    "modes_line",
    "muted",
    "note_head",
    "paper_row",
    "signs_line",
    "summary",
    "tags_title",
    "welcome",
]
