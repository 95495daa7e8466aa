"""How a probe looks in the logbook: its row in the list, two lines below the list, and all that is known in the pane."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from screens.frame.keys import PACT
from screens.widgets.line_list import Heading
from screens.widgets.paragraphs import hung
from store.logbook import details
from store.logbook.listing import LogbookEntry
from store.matrix import gap as gap_of
from store.probe_state import State
from store.words.numbers import signed
from store.words.text import clipped, visible

_STYLES = {
    State.LIVE: "bold $accent",
    State.CONFLICT: "bold $warning",
    State.DUE: "bold $warning",
    State.OVERDUE: "bold $error",
    State.RUNNING: "$accent",
    State.PLANNED: "$foreground",
    State.DEBRIEFED: "$success",
    State.LAPSED: "dim",
}


_NARROW_GAP = 10
"""Columns for the two figures of a gap, where there is no room to name its axes in every line."""

_GROUPS = {
    State.LIVE: "LIVE",
    State.DUE: "TO DEBRIEF",
    State.CONFLICT: "TO DECIDE",
    State.RUNNING: "Running",
    State.PLANNED: "Planned",
    State.DEBRIEFED: "Debriefed",
    State.LAPSED: "Lapsed",
}
"""The headings of the list by the state of what is below them."""

_INDENT = "  "
"""Before a probe below its heading."""

_LABEL = 12
"""Columns for what a line about a probe is about, where there is a pane for it."""

MATRICES = (65, 26), (45, 26), (35, 16), (25, 13)
"""Columns and rows of the small matrices, the largest that has room first; the last one is there before all other details."""

BESIDE = 15
"""Columns for what the signs of the small matrix mean, beside it."""

_LEAST = 6
"""Rows for the title, the state and a short gap."""

Matrix = Callable[[int, int], Content | None]
"""Draws the small matrix in so many columns and rows; None where there is none to show."""

_BEGIN = (
    (
        "Begin a probe",
        (
            ("F7", "your non-negotiables: the principles that you won't trade"),
            ("F4", "an open dissent session: what pulls you, which probe teaches most"),
            ("Ctrl+N", "a probe that is already agreed: its partners, its pact"),
            ("F5", "during the action: what your observers notice"),
            ("Enter", "within 24 hours of the action: its debrief"),
        ),
    ),
    ("Look around first", (("redraw demo", "typed in a shell: a year of sample probes, one due now, nothing kept"),)),
    ("Bring in a record", (("redraw import FILE", "typed in a shell: an export of another Redraw, or a room file"),)),
)
"""The ways to begin, for an empty logbook."""

_IN_BRIEF = (
    ("Begin a probe", ""),
    ("  F7      ", "your non-negotiables"),
    ("  F4      ", "an open dissent session"),
    ("  Ctrl+N  ", "a probe that is already agreed"),
    ("Look around first: ", "“redraw demo” in a shell"),
    ("Bring in a record: ", "“redraw import FILE” in a shell"),
)
"""The same where that is cut off: what takes a probe that is there is left out."""

_ROOMY = 24
"""Rows of the list from which the ways to begin are parted by blank lines."""

NOTHING_FITS = "No probe has that in its title, its partners or its state. Ctrl+F searches every text."
"""Shown instead of the list while nothing in it fits what is typed."""


def beginning(width: int, rows: int, begins_at: str = "") -> Content:
    """What an empty logbook says, wrapped to `width` cells: where a new archive begins, if it does, and the ways to begin a probe, with
    blank lines between them or in brief, as `rows` allow."""
    lines = []
    between = [Content("")] if rows >= _ROOMY else []
    if begins_at:
        said = f"There is no archive at {visible(begins_at)} yet: your first entry begins one there."
        lines += [hung(Content.styled(said, "bold $warning"), width, ""), *between]
    lines.append(Content("No probes yet. Three ways to begin:"))
    brief = [hung(Content(does), width, way, "bold $accent" if does else "bold") for way, does in _IN_BRIEF]
    whole = Content("\n").join([*lines, *_ways(width, between)])
    return whole if whole.plain.count("\n") < rows else Content("\n").join([*lines, *brief])


def _ways(width: int, between: list[Content]) -> Iterator[Content]:
    for way, steps in _BEGIN:
        yield from (*between, Content.styled(way, "bold"))
        label = max(len(key) for key, _ in steps) + 2
        yield from (hung(Content(does), width, f"  {key:<{label}}", "bold $accent") for key, does in steps)


class Widths(NamedTuple):
    """Columns for each part of a row; those of the partners and of the gap are 0 where there is no room for them."""

    title: int
    partners: int
    when: int
    gap: int


def widths(width: int) -> Widths:
    """How the columns of the list share `width` cells."""
    width = max(40, width)
    when = 36 if width > 130 else 26 if width > 65 else 21
    gap = 28 if width > 130 else _NARROW_GAP if width > 60 else 0
    rest = width - when - gap
    partners = rest * 2 // 5 if rest > 60 else 0
    return Widths(rest - partners, partners, when, gap)


def heads(of: Widths) -> Content:
    """The heads of the columns; that of the gap may begin above the days."""
    left = f"{_INDENT + 'probe':<{of.title}}{'with' if of.partners else '':<{of.partners}}{'when':<{of.when}}"
    gap = "gap: autonomy, benefit" if of.gap else ""
    return Content.styled(f"{left[: len(left) + of.gap - len(gap)]}{gap}".rstrip(), "dim")


def headed(found: Sequence[LogbookEntry], rows: int) -> tuple[LogbookEntry | Heading, ...]:
    """The probes with a heading above those of each state; blank lines part them where so many rows allow that."""
    groups = [(title, tuple(entries)) for title, entries in groupby(found, _group)]
    lines: list[LogbookEntry | Heading] = []
    for title, entries in groups:
        if lines and len(found) + 2 * len(groups) <= rows:
            lines.append(Heading())
        lines += [Heading(title, len(entries)), *entries]
    return tuple(lines)


def _group(entry: LogbookEntry) -> str:
    if entry.origin and entry.state is not State.CONFLICT:
        return "Other groups"
    return _GROUPS[State.DUE if entry.owed else entry.state]


def row(entry: LogbookEntry, of: Widths) -> Content:
    """A probe in the list."""
    gap = ""
    if entry.gap is not None:
        autonomy, benefit = map(signed, gap_of.step(entry.gap) or ())
        gap = gap_of.in_numbers(entry.gap) if of.gap > _NARROW_GAP else f"{autonomy:>5}{benefit:>5}"
    return Content.assemble(
        (_column(_INDENT + entry.title, of.title), "bold" if entry.pressing else ""),
        _column(", ".join(entry.partners), of.partners) if of.partners else "",
        (_column(entry.when_within(of.when - 1), of.when), _style(entry)),
        f"{gap:>{of.gap}}" if of.gap else "",
    )


def _style(entry: LogbookEntry) -> str:
    return _STYLES[State.OVERDUE if entry.owed and entry.state is State.LAPSED else entry.state]


def _column(text: str, width: int) -> str:
    """`text` in a column of so many cells; the last one stays empty. A letter may take two."""
    text = clipped(text, width - 1)
    if cell_len(text) >= width:
        text = set_cell_size(text, width - 2) + "…"
    return set_cell_size(text, width)


def in_short(entry: LogbookEntry, width: int) -> Content:
    """A probe in two lines of `width` cells."""
    gap = gap_of.in_numbers(entry.gap)
    whose = f"of {entry.origin}" if entry.origin and entry.origin not in entry.when else ""
    partners = f"with {', '.join(entry.partners)}" if entry.partners else ""
    state = f"{entry.state}: {entry.when_within(width // 3 + 1)}"
    around = "  ·  ".join(filter(None, (state, gap, whose, partners)))
    return Content.assemble((clipped(entry.title, 200), "bold"), f"\n{clipped(around, max(40, width - 2))}")


def in_full(entry: LogbookEntry, width: int, height: int, matrix: Matrix | None = None) -> Content:
    """All that is known of a probe without opening it, the small matrix below the gap.

    Blank lines part it where `height` rows allow that; what doesn't fit is left out from the end, and a line says where it is.
    """
    head, rest = _told(entry, width)
    rows = _rows((*head, *rest))
    for size in MATRICES if matrix and entry.gap else ():
        least = size == MATRICES[-1]
        if size[0] + BESIDE <= width and (rows + size[1] + 2 <= height or (least and size[1] + _LEAST <= height)):
            if matrix and (drawn := matrix(*size)):
                around = [] if least else [Content("")]
                head += [Content("\n").join([*around, drawn, *around])]
            break
    parts = [*head, *rest]
    page = Content("\n\n").join(parts)
    if page.plain.count("\n") < height:
        return page
    shown = len(parts)
    while shown > len(head) and _rows(parts[:shown]) + (shown < len(parts)) > height:
        shown -= 1
    if shown < len(parts):
        key = "Enter" if entry.session or not entry.ours else "Ctrl+O"
        parts[shown:] = [Content.styled(f"{key} shows the rest", "dim")]
    return Content("\n").join(parts)


def _rows(parts: Sequence[Content]) -> int:
    return sum(part.plain.count("\n") + 1 for part in parts)


def _told(entry: LogbookEntry, width: int) -> tuple[list[Content], list[Content]]:
    """What is known of a probe: its title, its state, its pact and its gap; and all else, a part for each label."""
    head = [
        hung(Content.styled(clipped(entry.title, 200), "bold"), width, ""),
        Content.assemble((entry.state.upper(), _style(entry)), f"  {visible(entry.when)}"),
    ]
    rest: list[Content] = []
    parts = head
    for label, line in details.told(entry):
        line = f"{line}: {PACT.key_name}" if line.endswith(details.NOT_AGREED) else line
        detail = hung(Content.styled(line, "bold" if label == "gap" else ""), width, f"{label:<{_LABEL}}", "$accent")
        if label:
            parts = head if label in ("pact", "gap") else rest
            parts.append(detail)
        else:
            parts[-1] += Content.assemble("\n", detail)
    return head, rest
