"""How the pages of a past session look: their list, their entries in columns, and the matrix beside what the session was in short."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from screens.widgets import columns
from screens.widgets.column_page import MOST, Page, height_of
from screens.widgets.matrix import coloured
from screens.widgets.paragraphs import FRESH, hung, report_lines
from store.logbook.search import spans
from store.matrix import chart, sheet
from store.report.matrix_in_words import place

if TYPE_CHECKING:
    from store.logbook.search import Sought
    from store.matrix.figures import MatrixFigures
    from store.report.lines import Line
    from store.report.section import Section

READABLE = 100
"""The longest line of text in cells; the eye gets lost on its way back from a longer one."""

_NAME = 13
"""Cells for the longest title of a page."""

_CARD, _LABELLED = 44, 64
"""Cells that a column needs at least, without labels and with them."""

_LEAST = {"Who was there": 28, "Decompression": 24, "Time": 54}
"""The same for pages whose lines are shorter, or are not to be wrapped."""

_WHOLE = frozenset({"Matrix", "Proposals"})
"""The pages that stay one text: there is a chart in it."""

_BESIDE, _FEWEST = 44, 24
"""Cells from which all words in short stand beside the matrix; and from which as many of them do as are as high as it."""


def listed(section: Section, curtain: bool) -> Content:
    """A page in the list of pages, with how many entries it has. An empty one is dim; ▒ is the curtain."""
    if not section.lines:
        return Content.styled(section.title, "dim")
    drawn = "▒" if section.raw and curtain else ""
    return Content.assemble(f"{section.title:<{_NAME}}", (f"{drawn:>2}{section.count or '':>3}", "dim"))


def sentence(said: str, more: str, width: int) -> Page:
    """What stands in the place of a page."""
    width = min(width, READABLE)
    lines = [hung(Content(said), width, ""), *([hung(Content.styled(more, "dim"), width, "")] if more else [])]
    return Page((Content("\n").join(lines),), width)


def entries(section: Section) -> Iterator[tuple[Line, ...]]:
    """The lines of a page that stay together: those below a head, those with one label, a table."""
    if section.title in _WHOLE:
        yield section.lines
        return
    lines = section.lines
    # The table of the times ends with an empty line.
    start = next((at + 1 for at, line in enumerate(lines) if not line.text), 0) if section.title == "Time" else 0
    if start:
        yield lines[:start]
    for at in range(start + 1, len(lines) + 1):
        if at == len(lines) or _begins(lines[at], lines[at - 1], lines[start]):
            yield lines[start:at]
            start = at


def _begins(line: Line, before: Line, first: Line) -> bool:
    """Whether a line begins an entry, after the one before it and the first one of the entry so far."""
    return line.head or line.label != before.label or not (first.head or line.label)


def page(section: Section, width: int, height: int, sought: Sought | None = None, fresh: Collection[int] = ()) -> Page:
    """A page in `width` cells and about `height` rows.

    Args:
        sought: every word that was typed is underlined, and reversed in the record that was found.
        fresh: the entries that were just made.
    """
    parts = [*entries(section)]
    least = _LEAST.get(section.title, _LABELLED if any(line.label for line in section.lines) else _CARD)
    n, each = columns.across(max(1, len(parts) // 2), width, least, MOST)
    each = min(READABLE, each)
    drawn = [report_lines(part, each) for part in parts]
    found = None if sought is None else _mark(drawn, parts, each, sought)
    for at in fresh:
        drawn[at] = drawn[at].stylize(FRESH)
    heights = [*map(height_of, drawn)]
    between = _between(section, heights, n, height)
    shares = columns.shared(heights, n, between)
    blank, row = Content("\n" * (1 + between)), None
    if found is not None:
        which, inside = found
        share = next(share for share in shares if which in share)
        row = inside + sum(heights[at] + between for at in range(share.start, which))
    return Page(tuple(blank.join(drawn[share.start : share.stop]) for share in shares), each, row=row)


def _between(section: Section, heights: Sequence[int], n: int, height: int) -> int:
    """Blank rows between two entries: one where entries are long, unless the page fits into the rows only without."""
    if not any(line.head for line in section.lines) and (
        section.title == "Time" or max(heights, default=1) == 1 or any(line.label for line in section.lines)
    ):
        return 0
    lowest = [_lowest(heights, n, between) for between in (0, 1)]
    return int(lowest[1] <= height or (lowest[0] > height and any(line.head for line in section.lines)))


def _lowest(heights: Sequence[int], n: int, between: int) -> int:
    """The rows that entries take in `n` columns."""
    shares = columns.shared(heights, n, between)
    return max(sum(heights[share.start : share.stop]) + between * (len(share) - 1) for share in shares)


def _mark(drawn: list[Content], parts: Sequence[Sequence[Line]], width: int, sought: Sought) -> tuple[int, int] | None:
    """Mark every word that was typed; tell in which entry, and in which row of it, the record has the first of them."""
    lines = [str(line) for part in parts for line in part]
    at, first, found = sought.line_in(lines), 0, None
    for which, part in enumerate(parts):
        start = stop = 0
        if at is not None and first <= at < first + len(part):
            above = at - first
            start = len(report_lines(part[:above], width)) + (above > 0)
            stop = len(report_lines(part[: above + 1], width))
        first += len(part)
        for begin, end in reversed(spans(drawn[which].plain, sought.typed)):
            here = start <= begin < stop
            drawn[which] = drawn[which].stylize("bold reverse" if here else "bold underline", begin, end)
            found = (which, drawn[which].plain.count("\n", 0, begin)) if here else found
    return found


def has_room_for_matrix(width: int, height: int) -> bool:
    """Whether the matrix can stand beside words."""
    across, up = sheet.SMALLEST
    return width >= across + columns.GAP + _FEWEST and height > up


def with_matrix(section: Section, found: MatrixFigures, width: int, height: int) -> Page:
    """The page of the session in short with its matrix beside it, as large as there is room; see `has_room_for_matrix`."""
    across, up = sheet.size_for(min(width - columns.GAP - _BESIDE, 2 * height), height - 2)
    if across <= sheet.SMALLEST[0]:
        up = sheet.SMALLEST[1]
    words = min(READABLE, width - across - columns.GAP)
    drawn = Content("\n").join([coloured(chart.draw(found, across, up)), _key(found, across)])
    parts = [*entries(section)]
    beside = [report_lines(part, words) for part in parts]
    heights, fits = [*map(height_of, beside)], len(parts)
    while words < _BESIDE and fits > 1 and _lowest(heights[:fits], 1, 1) > height_of(drawn) + 2:
        fits -= 1
    rest = [report_lines(part, min(READABLE, width)) for part in parts[fits:]]
    blank = Content("\n" * (1 + _between(section, heights if not rest else [*map(height_of, rest)], 1, height)))
    return Page((blank.join(beside[:fits]),), words, drawn, blank.join(rest) if rest else None)


def _key(found: MatrixFigures, width: int) -> Content:
    """What ○ and ● mean, and where they are."""
    said = [
        Content.assemble((f"{mark} ", style), (f"{name} {place(placed.centre)}", "dim"))
        for mark, style, name, placed in (
            (chart.EXPECTED, "bold $secondary", "expected", found.expected),
            (chart.ACTUAL, "bold $accent", "actual", found.actual),
        )
        if placed.centre is not None
    ]
    return Content("   " if sum(each.cell_length + 3 for each in said) <= width else "\n").join(said)
