"""Lists, sections, papers: each as one line."""

from __future__ import annotations

from textual.content import Content

from readq.library.values import Row
from readq.model.stats import Progress
from readq.model.status import Status
from readq.tui.present.labels import FAINT, MUTED, fit, label
from readq.tui.signs import UNICODE, Signs

_BAR = 6


def paper_row(
    row: Row,
    *,
    width: int,
    indent: int = 0,
    place: str = "",
    marked: bool = False,
    strong: bool = False,
    signs: Signs = UNICODE,
) -> Content:
    """A paper as one line of `width` cells: sign, title, flags, number of lists, year.

    `place` is its number in the queue, `strong` sets it off from the others.
    """
    colour = signs.colours[row.status]
    head = Content.assemble(
        (signs.marked if marked else " ", "$accent bold"),
        " " * indent,
        (f"{place} " if place else "", MUTED),
        (signs.status[row.status], colour),
        " ",
    )
    lists = f"{row.list_count}{signs.times}" if row.list_count > 1 else ""
    tail = Content.assemble(
        " ",
        (signs.queued if row.queued and not place else " ", "$text-accent"),
        (signs.note if row.has_note else " ", "$text-secondary"),
        (f"{lists:>4} {row.year or '':>4} ", MUTED),
    )
    if marked or strong:
        style = "bold"
    else:
        style = MUTED if row.status in {Status.DONE, Status.DROPPED} else ""
    title = label(row.title, style)
    return head + fit(title, width - head.cell_length - tail.cell_length) + tail


def branch_row(
    title: str,
    progress: Progress,
    *,
    width: int,
    depth: int = 0,
    folded: bool = True,
    found: int | None = None,
    signs: Signs = UNICODE,
) -> Content:
    """A list or a section as one line; `found` counts a filter's matches instead of progress."""
    head = Content.assemble(
        " " * (1 + 2 * depth), (signs.folded if folded else signs.unfolded, "$text-primary"), " "
    )
    tail = _share(progress, wide=width >= 48, signs=signs) if found is None else _found(found)
    name = label(title, "bold" if depth == 0 else "")
    return head + fit(name, width - head.cell_length - tail.cell_length) + tail


def _share(progress: Progress, *, wide: bool, signs: Signs) -> Content:
    if progress.dropped and not progress.total:
        return Content.styled("  all dropped ", MUTED)
    count = f" {progress.done}/{progress.total}"
    return Content.assemble(
        "  ", bar(progress.share, signs=signs) if wide else "", (f"{count:>9} ", MUTED)
    )


def _found(found: int) -> Content:
    return Content.styled(f"  {found} found ", MUTED)


def bar(share: float, *, cells: int = _BAR, signs: Signs = UNICODE) -> Content:
    """A small bar; it is empty only at nothing and full only at everything."""
    full = round(share * cells)
    if 0 < share < 1:
        full = min(max(full, 1), cells - 1)
    return Content.assemble(
        (signs.full * full, "$text-success"), (signs.empty * (cells - full), FAINT)
    )


def heading_row(words: str, *, width: int, signs: Signs = UNICODE) -> Content:
    """A heading between the papers of the queue."""
    name = Content.assemble(" ", label(words, "bold"), " ")
    return name + Content.styled(signs.rule * max(0, width - name.cell_length - 1), FAINT)
