"""The matrix as a chart. Marks stand on the whole numbers of both axes; all its characters are one cell wide."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from store.matrix.figures import MatrixFigures, Placed, Pool
from store.matrix.plot import FINE, LINES, SOLID, PlotPoint
from store.matrix.proposals import CENTRE, Ranked
from store.matrix.sheet import SMALLEST, Cell, Sheet

Way = tuple[PlotPoint, PlotPoint]
"""From where to where."""

EXPECTED, ACTUAL, BOTH = "○", "●", "◉"
"""The medians of what was expected, and of where it landed; `BOTH` where they share a cell."""

ACROSS, UP = "━", "┃"
LEFT_END, RIGHT_END, UPPER_END, LOWER_END = "┣", "┫", "┳", "┻"
ENDS = LEFT_END, RIGHT_END, UPPER_END, LOWER_END
"""The lines of the middle half, heavier than the axes, and their ends."""

WAY = "⋅"
"""The way of a probe that isn't the chosen one."""

_AROUND = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))
HEADS = dict(zip(_AROUND, "▲◥▶◢▼◣◀◤", strict=True))
"""The arrow head at the end of a way, by its signs on autonomy and on benefit."""

EXPECTED_MORE, ACTUAL_MORE = "◎", "◉"
"""The ends of the chosen probe where other probes are too."""

MARK = "•"
MANY = "*"
ORGANISATION = "◆"
"""The medians of an organisation; its letter stands beside it."""

PLATES = ((8, "▐█", "█▌"), (4, "█", "█"), (2, "▐", "▌"))
"""People at one place from whom on their number stands on a plate, and its sides: many look like many from the back of a hall."""

ROOMY = 6
"""Columns from one whole number to the next from which there is room for plates of every size; with fewer, see `NARROW`."""

NARROW = ((4, "▐", "▌"),)
"""The one plate where marks stand close, so that it hides little of the arrow."""

MIDDLE = "+"
TOGETHER = "*#&%$=?"
"""Signs for places that several proposals share, one for each place; the last one serves for all further places."""

SPREADS = 5
"""How many proposals have their middle half drawn, nearest to the centre first: with more, no line could be followed."""


def legend(found: MatrixFigures) -> tuple[tuple[str, str, Pool], ...]:
    """Letter, name and figures of each organisation that may be shown, at most 26, in the order of their ballots."""
    return tuple(zip(ascii_uppercase, found.by_organisation, found.by_organisation.values(), strict=False))


def draw(found: MatrixFigures, columns: int = 65, rows: int = 26, organisations: bool = False) -> tuple[str, ...]:
    """The chart's rows: at each mark how many placed it there, ○ expected, ● actual, its middle half as lines, the arrow between.

    A finer arrow is the way of the same people, where that isn't the one from ○ to ●: its head is where they are now.

    Args:
        found: what to draw; a round that isn't revealed has no marks.
        columns, rows: the room for it; see `store.matrix.sheet.size_for`.
        organisations: show the medians of organisations, with their letters, instead of single marks.
    """
    sheet = Sheet(columns, rows)
    expected, actual = found.expected.centre, found.actual.centre
    ends = _ends(sheet, expected, actual)
    ways = _ways(sheet, expected, actual, found.way)
    counted: dict[Cell, str] = {}
    letters: dict[Cell, str] = {}
    if organisations:
        for letter, _, pool in legend(found):
            cell = sheet.cell(pool.centre)
            letters[cell] = letters.get(cell, "") + letter
    else:
        people = Counter(map(sheet.cell, (found.actual if found.actual.n else found.expected).marks))
        for cell, count in people.items():
            if cell not in ends:
                counted |= _counted(sheet, cell, count, ends)
    _middle_half(sheet, found.actual, {*counted, *letters, *ends})
    for (start, end), marker in ways.items():
        sheet.line(sheet.cell(start), sheet.cell(end), marker)
    sheet.signs({**dict.fromkeys(letters, ORGANISATION), **counted, **ends})
    sheet.finish()
    for start, end in ways:
        _pointed(sheet, start, end)
    for cell, theirs in letters.items():
        sheet.beside(cell, theirs)
    sheet.quarter()
    return sheet.rows()


def draw_way(
    expected: PlotPoint, actual: PlotPoint, way: Way | None, columns: int = SMALLEST[0], rows: int = SMALLEST[1]
) -> tuple[str, ...]:
    """The medians alone, with the same arrows between them, for where there is little room."""
    sheet = Sheet(columns, rows)
    ends = _ends(sheet, expected, actual)
    ways = _ways(sheet, expected, actual, way)
    for (start, end), marker in ways.items():
        sheet.line(sheet.cell(start), sheet.cell(end), marker)
    sheet.signs(ends)
    for start, end in ways:
        _pointed(sheet, start, end)
    sheet.quarter()
    return sheet.rows()


def _ends(sheet: Sheet, expected: PlotPoint | None, actual: PlotPoint | None) -> dict[Cell, str]:
    """○ and ●, or one sign for both."""
    cells = expected and sheet.cell(expected), actual and sheet.cell(actual)
    ends = {cell: sign for cell, sign in zip(cells, (EXPECTED, ACTUAL), strict=True) if cell}
    return dict.fromkeys(ends, BOTH) if len(ends) < len([*filter(None, cells)]) else ends


def _ways(sheet: Sheet, expected: PlotPoint | None, actual: PlotPoint | None, way: Way | None) -> dict[Way, str]:
    """The arrow from ○ to ●, and below it that of the same people where it is another one, with the marker of each."""
    if expected is None or actual is None:
        return {}
    whole = (expected, actual)
    theirs = way if way and [*map(sheet.cell, way)] != [*map(sheet.cell, whole)] else None
    return ({theirs: FINE} if theirs else {}) | {whole: SOLID}


def _counted(sheet: Sheet, cell: Cell, count: int, ends: Collection[Cell]) -> dict[Cell, str]:
    """How many placed it in a cell, sign by sign: a number, on a plate that grows with it; many where there is no room for it."""
    if count == 1:
        return {cell: MARK}
    text = str(count) if count < 10 or sheet.across >= len(str(count)) + 2 else MANY
    first = cell[0] - (
        len(text) - 1 if cell[0] == 10 * sheet.across else 0
    )  # at the right edge there is nothing right of it
    for least, left, right in PLATES if sheet.across >= ROOMY else NARROW:
        if count >= least and sheet.across > len(left + text + right) - (sheet.across < ROOMY):
            first, text = first - len(left), f"{left}{text}{right}"
            break
    signs = {(column, cell[1]): sign for column, sign in enumerate(text, first) if 0 <= column <= 10 * sheet.across}
    return {at: sign for at, sign in signs.items() if at not in ends}


def _pointed(sheet: Sheet, start: PlotPoint, end: PlotPoint) -> None:
    """The head of a way: where it ends, or where a mark stands there, in the cell of the way that touches the mark."""
    first, last = sheet.cell(start), sheet.cell(end)
    across, up = first[0] - last[0], first[1] - last[1]
    long = max(abs(across), abs(up))
    near = [
        (last[0] + x, last[1] + y)
        for x, y in sorted(((0, 0), *_AROUND), key=lambda step: abs(step[0]) + 2 * abs(step[1]))
        if (x, y) == (0, 0) or x * across + y * up > 0
    ]
    back = [(round(last[0] + across * n / long), round(last[1] + up * n / long)) for n in range(2, long)]
    if (at := next((cell for cell in (*near, *back) if sheet.at(cell) in LINES), None)) is not None:
        sheet.write(at, head(start, end))


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
    sheet = Sheet(columns, rows)
    placed = [(each.letter, each.placed, sheet.cell(centre)) for each in ranked if (centre := each.placed.centre)]
    for _, theirs, _ in reversed(placed[:SPREADS]):
        _middle_half(sheet, theirs, ())
    standing: dict[Cell, list[str]] = {}
    for letter, _, cell in placed:
        standing.setdefault(cell, []).append(letter)
    marks: dict[str, str] = {}
    signs, drawn = iter(TOGETHER), {sheet.cell((CENTRE, CENTRE)): MIDDLE}
    for cell, letters in standing.items():
        drawn[cell] = _one_cell(letters[0]) if len(letters) == 1 else next(signs, TOGETHER[-1])
        marks |= dict.fromkeys(letters, drawn[cell])
    sheet.signs(drawn)
    sheet.finish()
    sheet.quarter()
    return ProposalChart(sheet.rows(), marks, max(0, len(placed) - SPREADS))


def _one_cell(letter: str) -> str:
    """A proposal's letter in one cell: A to Z, then a to z for AA to AZ; further ones have no sign of their own."""
    return letter if len(letter) == 1 else letter[1].lower() if letter[0] == "A" and len(letter) == 2 else TOGETHER[-1]


def _middle_half(sheet: Sheet, found: Placed, taken: Collection[Cell]) -> None:
    """The middle half on both axes, as lines through the cell of the medians; where an end is taken by a mark, it is before that."""
    if found.centre is None or found.autonomy is None or found.benefit is None:
        return
    x, y = found.autonomy, found.benefit
    at = sheet.cell(found.centre)
    ends: dict[Cell, str] = {}
    for spread, sideways, line, low_sign, high_sign in (
        (x, True, ACROSS, LEFT_END, RIGHT_END),
        (y, False, UP, LOWER_END, UPPER_END),
    ):
        low, high = (
            (sheet.cell((end, 0))[0], at[1]) if sideways else (at[0], sheet.cell((0, end))[1])
            for end in (spread.q1, spread.q3)
        )
        if low != high:
            sheet.straight(low, high, line)
        for end, sign in ((low, low_sign), (high, high_sign)):
            while end in taken and end != at:
                end = end[0] + _sign(at[0] - end[0], 1), end[1] + _sign(at[1] - end[1], 1)
            if end != at:
                ends[end] = sign
    sheet.signs(ends)
