"""The matrix as plotext draws it: the one file that knows plotext, which is imported when the first chart is drawn.

A chart is plain text, a line a row, so that a screen may colour the marks and a pipe may carry them. Marks stand on the
whole numbers of both axes; all the chart's characters are one cell wide.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from store.matrix import Figures, Placed

EXPECTED, ACTUAL, PATH = "○", "●", "·"
ACROSS, UP = "─", "│"
MARK = "∙"
MANY = "*"

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
    plt = _plotext()
    width, height = size_for(columns, rows)
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
    expected, actual = found.expected.centre, found.actual.centre
    if expected and actual and expected != actual:
        _line(plt, expected, actual, PATH)
    if actual and found.actual.autonomy and found.actual.benefit:
        x, y = found.actual.autonomy, found.actual.benefit
        if x.q1 != x.q3:
            _line(plt, (x.q1, actual[1]), (x.q3, actual[1]), ACROSS)
        if y.q1 != y.q3:
            _line(plt, (actual[0], y.q1), (actual[0], y.q3), UP)
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
    drawn = plt.build().replace("\x1b[0m", "")
    return ("   ↑ benefit delivered", *(line.rstrip() for line in drawn.rstrip("\n").split("\n")))


def _points(plt: Any, points: Sequence[tuple[float, float]], marker: str) -> None:
    plt.scatter([x for x, _ in points], [y for _, y in points], marker=marker)


def _line(plt: Any, start: tuple[float, float], end: tuple[float, float], marker: str) -> None:
    plt.plot([start[0], end[0]], [start[1], end[1]], marker=marker)
