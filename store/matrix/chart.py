"""The matrix as a chart. Marks stand on the whole numbers of both axes; all its characters are one cell wide."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from store.matrix.figures import MatrixFigures, Placed, Pool
from store.matrix.plot import Plot
from store.matrix.proposals import CENTRE, Ranked

EXPECTED, ACTUAL, PATH = "○", "●", "·"
ACROSS, UP = "─", "│"

WAY = "⋅"
"""The way of a probe that isn't the chosen one."""

_AROUND = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
HEADS = dict(zip(_AROUND, "↑↗→↘↓↙←↖", strict=True))
"""The arrow head at the end of a way, by its signs on autonomy and on benefit."""

EXPECTED_MORE, ACTUAL_MORE = "◎", "◉"
"""The ends of the chosen probe where other probes are too."""

MARK = "∙"
MANY = "*"
MIDDLE = "+"
TOGETHER = "*#&%$=?"
"""Signs for places that several proposals share, one for each place; the last one serves for all further places."""

SPREADS = 5
"""How many proposals have their middle half drawn, nearest to the centre first: with more, no line could be followed."""

LARGEST, SMALLEST = (125, 56), (25, 16)
"""The largest and the smallest chart in columns and rows: a smaller one has no room for eleven points, a larger one gains nothing."""


def size_for(columns: int, rows: int) -> tuple[int, int]:
    """The largest plot that fits, with the label above it, and puts every whole number exactly on a column and a row.

    Frame and labels take 4 columns and 5 rows; the rest is 1 + 10 n columns and 1 + 10 m rows.
    """
    columns = max(SMALLEST[0], min(columns, LARGEST[0]))
    rows = max(SMALLEST[1], min(rows, LARGEST[1]))
    return 5 + 10 * ((columns - 5) // 10), 5 + 10 * ((rows - 6) // 10)


def legend(found: MatrixFigures) -> tuple[tuple[str, str, Pool], ...]:
    """Letter, name and figures of each organisation that may be shown, at most 26, in the order of their ballots."""
    return tuple(zip(ascii_uppercase, found.by_organisation, found.by_organisation.values(), strict=False))


def draw(found: MatrixFigures, columns: int = 65, rows: int = 26, organisations: bool = False) -> tuple[str, ...]:
    """The chart's rows: at each mark how many placed it there, ○ expected, ● actual, the middle half of it as lines, and the way.

    The way is that of the same people, with a head where they are now, which may not be where the whole room is; where it isn't
    shown it leads from ○ to ●.

    Args:
        found: what to draw; a round that isn't revealed has no marks.
        columns, rows: the room for it; see `size_for`.
        organisations: show the medians of organisations as letters instead of single marks.
    """
    plot = canvas(*size_for(columns, rows))
    expected, actual = found.expected.centre, found.actual.centre
    start, end = found.way or (expected, actual)
    if start and end and start != end:
        plot.line(start, end, PATH)
    if actual:
        _spread(plot, found.actual, actual)
    if organisations:
        standing: dict[tuple[float, float], list[str]] = {}
        for letter, _, theirs in legend(found):
            standing.setdefault(theirs.centre, []).append(letter)
        for centre, letters in standing.items():
            plot.points([centre], letters[0] if len(letters) == 1 else MANY)
    else:
        shown = found.actual if found.actual.n else found.expected
        by_count: dict[str, list[tuple[float, float]]] = {}
        for mark, count in Counter(shown.marks).items():
            by_count.setdefault(MARK if count == 1 else str(count) if count < 10 else MANY, []).append(mark)
        for marker, marks in by_count.items():
            plot.points(marks, marker)
    if expected:
        plot.points([expected], EXPECTED)
    if found.way and start and end and start != end:
        plot.points([end], head(start, end))
    if actual:
        plot.points([actual], ACTUAL)
    return labelled(plot)


def head(start: tuple[float, float], end: tuple[float, float]) -> str:
    """The arrow head at the end of a way: a step less than half as long as the other counts for its direction no more."""
    across, up = end[0] - start[0], end[1] - start[1]
    far = max(abs(across), abs(up)) / 2
    return HEADS[_sign(across, far), _sign(up, far)] if far else MARK


def _sign(value: float, least: float) -> int:
    return 0 if abs(value) < least else 1 if value > 0 else -1


@dataclass(frozen=True, slots=True)
class ProposalChart:
    """A chart of proposals.

    Attributes:
        rows: as `draw` gives them.
        marks: the sign on the chart of each proposal that was placed, by its letter.
        without_spread: how many of them have no middle half drawn.
    """

    rows: tuple[str, ...]
    marks: dict[str, str]
    without_spread: int


def draw_proposals(ranked: Sequence[Ranked], columns: int = 65, rows: int = 26) -> ProposalChart:
    """All proposals at their medians, as letters; the middle half of the nearest to the centre as lines, the centre as +.

    Proposals that fall on one place of the chart share a sign. A double letter, AA, is drawn as a.
    """
    plot = canvas(*(size := size_for(columns, rows)))
    across, down = (size[0] - 5) // 10, (size[1] - 5) // 10
    shown = [(each.letter, each.placed, each.placed.centre) for each in ranked]
    placed = [  # each snapped to a cell, to see which ones share it
        (letter, theirs, (int(centre[0] * across + 0.5) / across, int(centre[1] * down + 0.5) / down))
        for letter, theirs, centre in shown
        if centre
    ]
    for _, theirs, cell in reversed(placed[:SPREADS]):
        _spread(plot, theirs, cell)
    plot.points([(CENTRE, CENTRE)], MIDDLE)
    standing: dict[tuple[float, float], list[str]] = {}
    for letter, _, cell in placed:
        standing.setdefault(cell, []).append(letter)
    marks: dict[str, str] = {}
    signs = iter(TOGETHER)
    for cell, letters in standing.items():
        sign = _one_cell(letters[0]) if len(letters) == 1 else next(signs, TOGETHER[-1])
        plot.points([cell], sign)
        marks |= dict.fromkeys(letters, sign)
    return ProposalChart(labelled(plot), marks, max(0, len(placed) - SPREADS))


def _one_cell(letter: str) -> str:
    """A proposal's letter in one cell: A to Z, then a to z for AA to AZ; further ones have no sign of their own."""
    return letter if len(letter) == 1 else letter[1].lower() if letter[0] == "A" and len(letter) == 2 else TOGETHER[-1]


def canvas(width: int, height: int) -> Plot:
    """An empty matrix of so many columns and rows; see `size_for`."""
    plot = Plot(width, height, (0, 10), (0, 10))
    # plotext sets labels in no fixed order and leaves out those that touch: below three columns a step, "9" or "10"
    plot.ticks(range(0, 11, 1 if width >= SMALLEST[0] + 10 else 2), range(11))
    plot.name_x("autonomy preserved →")
    return plot


def labelled(plot: Plot) -> tuple[str, ...]:
    """The rows of a matrix, below the label of the upward axis."""
    return ("   ↑ benefit delivered", *plot.rows())


def _spread(plot: Plot, found: Placed, at: tuple[float, float]) -> None:
    """The middle half on both axes, as lines through the place of the medians."""
    if found.autonomy is None or found.benefit is None:
        return
    x, y = found.autonomy, found.benefit
    if x.q1 != x.q3:
        plot.line((x.q1, at[1]), (x.q3, at[1]), ACROSS)
    if y.q1 != y.q3:
        plot.line((at[0], y.q1), (at[0], y.q3), UP)
