"""The matrix as plotext draws it: the one file that knows plotext, which is imported when the first chart is drawn.

A chart is plain text, a line a row, so that a screen may colour the marks and a pipe may carry them. Marks stand on the
whole numbers of both axes; all the chart's characters are one cell wide.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from store.session.matrix import Figures, Placed
from store.session.proposals import CENTRE, Ranked

EXPECTED, ACTUAL, PATH = "○", "●", "·"
ACROSS, UP = "─", "│"
WAY = "⋅"
"""The way of a probe that is not the one that is looked at."""

MARK = "∙"
MANY = "*"
MIDDLE = "+"
TOGETHER = "*#&%$=?"
"""The signs that stand for proposals at one place, one for each such place; where there are more places, the last for all."""

SPREADS = 5
"""How many proposals have their middle half drawn, the nearest to the centre: with more of them no line can be followed."""

LARGEST, SMALLEST = (84, 44), (25, 16)
"""Columns and rows between which a chart is drawn: below, eleven points find no place; above, they only spread further."""

_PLOTEXT: Any = None


def _plotext() -> Any:
    global _PLOTEXT
    if _PLOTEXT is None:
        import plotext

        _PLOTEXT = plotext
    return _PLOTEXT


def size_for(columns: int, rows: int) -> tuple[int, int]:
    """The largest plot that fits, with the label above it, and puts every whole number exactly on a column and a row.

    Frame and labels take 4 columns and 5 rows; the rest is 1 + 10 n columns and 1 + 10 m rows.
    """
    columns = max(SMALLEST[0], min(columns, LARGEST[0]))
    rows = max(SMALLEST[1], min(rows, LARGEST[1]))
    return 5 + 10 * ((columns - 5) // 10), 5 + 10 * ((rows - 6) // 10)


def _letters(found: Figures) -> dict[str, str]:
    """A letter for each organisation that may be shown, in the order of the roster's ballots."""
    return {name: chr(ord("A") + at) for at, name in enumerate(found.by_organisation) if at < 26}


def legend(found: Figures) -> tuple[tuple[str, str, Placed], ...]:
    """Letter, name and figures of each organisation on the chart."""
    return tuple((letter, name, found.by_organisation[name]) for name, letter in _letters(found).items())


def draw(found: Figures, columns: int = 65, rows: int = 26, organisations: bool = False) -> tuple[str, ...]:
    """The chart's rows: marks as how many stand there, ○ expected, ● actual, the way between, the middle half as lines.

    Args:
        found: what to draw; a round that isn't revealed has no marks.
        columns, rows: the room there is; see `size_for`.
        organisations: the medians of organisations, as letters, in place of single marks.
    """
    plt = _canvas(*size_for(columns, rows))
    expected, actual = found.expected.centre, found.actual.centre
    if expected and actual and expected != actual:
        _line(plt, expected, actual, PATH)
    if actual:
        _spread(plt, found.actual, actual)
    if organisations:
        standing: dict[tuple[float, float], list[str]] = {}
        for letter, _, theirs in legend(found):
            if theirs.centre:
                standing.setdefault(theirs.centre, []).append(letter)
        for centre, letters in standing.items():
            _points(plt, [centre], letters[0] if len(letters) == 1 else MANY)
    else:
        shown = found.actual if found.actual.n else found.expected
        by_count: dict[str, list[tuple[float, float]]] = {}
        for mark, count in Counter(shown.marks).items():
            by_count.setdefault(MARK if count == 1 else str(count) if count < 10 else MANY, []).append(mark)
        for marker, marks in by_count.items():
            _points(plt, marks, marker)
    if expected:
        _points(plt, [expected], EXPECTED)
    if actual:
        _points(plt, [actual], ACTUAL)
    return _built(plt)


@dataclass(frozen=True, slots=True)
class Lettered:
    """A chart of proposals.

    Attributes:
        rows: as `draw` gives them.
        marks: by its letter, the sign that stands for each proposal that was placed.
        without_spread: how many of those have their middle half left out.
    """

    rows: tuple[str, ...]
    marks: dict[str, str]
    without_spread: int


def draw_proposals(ranked: Sequence[Ranked], columns: int = 65, rows: int = 26) -> Lettered:
    """All proposals at their medians, as letters; the middle half of the nearest to the centre as lines, the centre as +.

    Those that fall on one place of the chart share a sign. A letter of two, AA, is drawn as a.
    """
    plt = _canvas(*(size := size_for(columns, rows)))
    across, down = (size[0] - 5) // 10, (size[1] - 5) // 10
    shown = [(each.letter, each.placed, each.placed.centre) for each in ranked]
    placed = [  # each on a cell, with its lines, so that it can be told which fall on the same one
        (letter, theirs, (int(centre[0] * across + 0.5) / across, int(centre[1] * down + 0.5) / down))
        for letter, theirs, centre in shown
        if centre
    ]
    for _, theirs, cell in reversed(placed[:SPREADS]):
        _spread(plt, theirs, cell)
    _points(plt, [(CENTRE, CENTRE)], MIDDLE)
    standing: dict[tuple[float, float], list[str]] = {}
    for letter, _, cell in placed:
        standing.setdefault(cell, []).append(letter)
    marks: dict[str, str] = {}
    signs = iter(TOGETHER)
    for cell, letters in standing.items():
        sign = _one_cell(letters[0]) if len(letters) == 1 else next(signs, TOGETHER[-1])
        _points(plt, [cell], sign)
        marks |= dict.fromkeys(letters, sign)
    return Lettered(_built(plt), marks, max(0, len(placed) - SPREADS))


def _one_cell(letter: str) -> str:
    """A proposal's letter in one cell: A to Z, then a to z for AA to AZ; there is no sign for more."""
    return letter if len(letter) == 1 else letter[1].lower() if letter[0] == "A" and len(letter) == 2 else TOGETHER[-1]


def _canvas(width: int, height: int) -> Any:
    """An empty matrix of so many columns and rows."""
    plt = _plotext()
    plt.clear_figure()
    plt.limit_size(False, False)  # otherwise plotext cuts the chart to what it takes for the terminal
    plt.theme("clear")
    plt.plotsize(width, height)
    plt.xlim(0, 10)
    plt.ylim(0, 10)
    # plotext sets labels in no fixed order and leaves out those that touch: below three columns a step, "9" or "10"
    plt.xticks(list(range(0, 11, 1 if width >= SMALLEST[0] + 10 else 2)))
    plt.yticks(list(range(11)))
    plt.xlabel("autonomy preserved →")
    return plt


def _built(plt: Any) -> tuple[str, ...]:
    """The rows of what was drawn, below the label of the upward axis."""
    drawn = plt.build().replace("\x1b[0m", "")
    return ("   ↑ benefit delivered", *(line.rstrip() for line in drawn.rstrip("\n").split("\n")))


def _spread(plt: Any, found: Placed, at: tuple[float, float]) -> None:
    """The middle half on both axes, as lines through the place where the medians are drawn."""
    if found.autonomy is None or found.benefit is None:
        return
    x, y = found.autonomy, found.benefit
    if x.q1 != x.q3:
        _line(plt, (x.q1, at[1]), (x.q3, at[1]), ACROSS)
    if y.q1 != y.q3:
        _line(plt, (at[0], y.q1), (at[0], y.q3), UP)


def _points(plt: Any, points: Sequence[tuple[float, float]], marker: str) -> None:
    plt.scatter([x for x, _ in points], [y for _, y in points], marker=marker)


def _line(plt: Any, start: tuple[float, float], end: tuple[float, float], marker: str) -> None:
    plt.plot([start[0], end[0]], [start[1], end[1]], marker=marker)


Arrow = tuple[tuple[float, float], tuple[float, float]]
"""Where a probe was expected, and where it landed."""

LETTERED = 26
"""Probes that get a letter: the latest ones."""

BOTH_ENDS = 8
"""Probes up to which a small letter stands where each was expected; of more it would hide where others landed."""


def lettered(at: int) -> str:
    """The mark of a probe in `arrows`, the latest first: a letter, or a dot after the last letter."""
    return chr(ord("A") + at) if at < LETTERED else MARK


def arrows(found: Sequence[Arrow], chosen: int | None, columns: int, rows: int) -> tuple[str, ...]:
    """All probes on one matrix: the latest as letters, small where they were expected and large where they landed.

    Args:
        found: the probes, the latest first.
        chosen: which of them is drawn on top, as ○ and ● with the way between; None for none.
        columns, rows: the room there is; see `size_for`.
    """
    plt = _canvas(*size_for(columns, rows))
    for expected, actual in found[:LETTERED]:
        if expected != actual:
            _line(plt, expected, actual, WAY)
    _points(plt, [actual for _, actual in found[LETTERED:]], MARK)
    standing: dict[tuple[float, float], str] = {}
    if len(found) <= BOTH_ENDS:
        for at, (expected, _) in enumerate(found):
            standing[expected] = MANY if expected in standing else lettered(at).lower()
    landed: dict[tuple[float, float], str] = {}
    for at, (_, actual) in enumerate(found[:LETTERED]):
        landed[actual] = MANY if actual in landed else lettered(at)
    for place, letter in (standing | landed).items():
        _points(plt, [place], letter)
    if chosen is not None:
        expected, actual = found[chosen]
        if expected != actual:
            _line(plt, expected, actual, PATH)
            _points(plt, [expected], EXPECTED)
        _points(plt, [actual], ACTUAL)
    return _built(plt)
