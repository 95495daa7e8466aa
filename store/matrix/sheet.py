"""An empty matrix to draw on: its size, its cells, its axes, and what is written into cells that nothing else has taken.

Each whole number of both axes has a cell of its own. All characters are one cell wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from store.matrix.plot import Plot, PlotPoint

Cell = tuple[int, int]
"""A column and a row inside the axes, from the lower left corner."""

FRAMED = 16
"""Rows from which there is a frame around the chart, and a row of its own for each axis's name."""

SMALLEST = (25, 13)
"""The smallest chart in columns and rows, with the names of the axes above it: a smaller one has no room for eleven points."""

EDGE = 3
"""Columns left of the cells: two for the numbers and one for the axis."""

_AXIS = 0, 10
"""The ends of both axes."""

BESIDE, BELOW, CROSSING = "┊", "┈", "┼"
"""The lines at 5, which part the quadrants."""

QUADRANTS = (
    (
        ("gave ourselves up, gained much", "kept ourselves, gained much"),
        ("gave ourselves up, gained little", "kept ourselves, gained little"),
    ),
    (("gave up, got much", "kept, got much"), ("gave up, got little", "kept, got little")),
)
"""The names of the quadrants, upper ones first, in full and in short; in full where all four have room."""

_NEAR = sorted(
    ((across, up) for across in range(-4, 5) for up in range(-2, 3) if across or up),
    key=lambda step: (abs(step[0]) + 2.5 * abs(step[1]) - 0.1 * (step[0] > 0), step),
)
"""Where a letter may stand beside its mark: right of it if possible; a row is about as high as two columns are wide."""


def size_for(columns: int, rows: int) -> tuple[int, int]:
    """The columns and rows of the largest chart that fits, with the names of its axes.

    Frame and numbers take 4 columns; with the names of the axes they take 5 rows, or 2 where there are few rows. The rest is 1 + 10 n
    columns and 1 + 10 m rows, so that each whole number is exactly on a cell.
    """
    columns, rows = max(SMALLEST[0], columns), max(SMALLEST[1], rows)
    return 5 + 10 * ((columns - 5) // 10), SMALLEST[1] if rows < FRAMED else 6 + 10 * ((rows - 6) // 10)


@lru_cache(maxsize=8)
def _frame(columns: int, rows: int, framed: bool) -> tuple[str, ...]:
    """The axes with their numbers and nothing inside, for so many cells: drawn once for each size."""
    plot = Plot(columns + EDGE + framed, rows + (4 if framed else 1), _AXIS, _AXIS, framed)
    across = columns // 10
    # plotext sets labels in no fixed order and leaves out those that touch: below three columns a step, "9" or "10"
    step = 1 if across > 2 else 2
    plot.ticks(range(0, 11, step), range(11))
    plot.points([(0, 0)], " ")  # plotext draws no axis that nothing stands on
    if framed:
        plot.name_x("autonomy preserved →")
        return plot.rows()
    numbers = ""  # plotext leaves out the 10 where there is no column behind it
    for value in range(0, 11, step):
        numbers = f"{numbers.ljust(EDGE + value * across - len(str(value)) + 1)}{value}"
    return (*plot.rows()[:-1], numbers)


def _reach(of: Iterable[int]) -> tuple[int, int]:
    """The lowest and the highest; one more where they are the same, because plotext has to tell them apart."""
    low, *_, high = sorted(of)
    return low, max(high, low + 1)


class Sheet:
    """A matrix that is being drawn, cell by cell: what comes later stands on what was there. plotext draws its axes and its lines."""

    def __init__(self, columns: int, rows: int) -> None:
        """Begin one, as large as `size_for` says."""
        self.width, height = size_for(columns, rows)
        self.framed = height >= FRAMED
        self.across, self.up = (self.width - 5) // 10, (height - 6) // 10 if self.framed else 1
        """Cells from one whole number to the next."""
        self._columns, self._rows = 1 + 10 * self.across, 1 + 10 * self.up
        self._drawn = [[" "] * self._columns for _ in range(self._rows)]
        self._waiting: list[tuple[Cell, Cell, str]] = []
        """Lines that plotext is still to draw: all at once, because each chart of its takes time."""

    # ---------------------------------------------------------------------------------------------- places and cells

    def cell(self, at: PlotPoint) -> Cell:
        """The cell of a place."""
        return int(at[0] * self.across + 0.5), int(at[1] * self.up + 0.5)

    # ------------------------------------------------------------------------------------------------- lines and signs

    def line(self, start: Cell, end: Cell, marker: str) -> None:
        """A line, including both ends."""
        self._waiting.append((start, end, marker))

    def straight(self, start: Cell, end: Cell, sign: str) -> None:
        """The same of one sign from left to right or from below upwards."""
        self.signs({(x, y): sign for x in range(start[0], end[0] + 1) for y in range(start[1], end[1] + 1)})

    def signs(self, signs: Mapping[Cell, str]) -> None:
        """A sign of one character in each of some cells."""
        self.finish()
        for (across, up), sign in signs.items():
            self._drawn[up][across] = sign

    def finish(self) -> None:
        """Let plotext draw the lines that wait, in no more cells than they take: its time goes by the cells, empty or not."""
        if not self._waiting:
            return
        left, right = _reach(cell[0] for start, end, _ in self._waiting for cell in (start, end))
        low, high = _reach(cell[1] for start, end, _ in self._waiting for cell in (start, end))
        plot = Plot(right - left + 1, high - low + 1, (left, right), (low, high), axes=False)
        for start, end, marker in self._waiting:
            plot.line(start, end, marker)
        self._waiting.clear()
        for up, row in zip(range(high, low - 1, -1), plot.rows(), strict=True):
            for across, sign in enumerate(row, left):
                if sign != " ":
                    self._drawn[up][across] = sign

    # --------------------------------------------------------------------------------------------------- in the cells

    def at(self, cell: Cell) -> str:
        """What stands in a cell; nothing outside the axes."""
        across, up = cell
        return self._drawn[up][across] if 0 <= across < self._columns and 0 <= up < self._rows else ""

    def write(self, cell: Cell, text: str) -> None:
        """Write a text from a cell on, over what is there; what would stand outside the axes is left out."""
        across, up = cell
        if 0 <= up < self._rows:
            for column, sign in enumerate(text, across):
                if 0 <= column < self._columns:
                    self._drawn[up][column] = sign

    def free(self, cell: Cell, length: int = 1) -> bool:
        """Whether nothing stands in so many cells from this one on."""
        across, up = cell
        if across < 0 or not 0 <= up < self._rows:
            return False
        return self._drawn[up][across : across + length] == [" "] * length

    def beside(self, cell: Cell, text: str) -> None:
        """Write a text as near to a cell as there is room, and over nothing; letter by letter where it can't stand whole."""
        for across, up in _NEAR:
            start = (cell[0] + across - (len(text) - 1 if across < 0 else 0), cell[1] + up)
            if self.free(start, len(text)):
                self.write(start, text)
                return
        for letter in text:
            free = [at for at in self._cells() if self.at(at) == " "]
            if free:
                self.write(min(free, key=lambda at: (abs(at[0] - cell[0]) + 2 * abs(at[1] - cell[1]), at)), letter)

    def _cells(self) -> Iterator[Cell]:
        return ((across, up) for up in range(self._rows) for across in range(self._columns))

    def quarter(self) -> None:
        """Part the quadrants by dim lines, and name them in their corners, wherever nothing stands yet."""
        tried = [self._corners(names) for names in QUADRANTS]
        for cell, name in next((each for each in tried if len(each) == 4), tried[-1]).items():
            self.write(cell, name)
        column, row = 5 * self.across, 5 * self.up
        for up in range(self._rows):
            if self._drawn[up][column] == " ":
                self._drawn[up][column] = CROSSING if up == row else BESIDE
        self._drawn[row] = [sign if sign != " " else BELOW for sign in self._drawn[row]]

    def _corners(self, names: Sequence[Sequence[str]]) -> dict[Cell, str]:
        """Where the names of the quadrants can stand, in the rows next to the edge."""
        found: dict[Cell, str] = {}
        rows = range(self._rows // 4)
        if max(len(name) for pair in names for name in pair) + 1 > self._columns // 2:
            return found
        # between two whole numbers, if there are such rows, a name is in no mark's way
        order = sorted(rows, key=lambda row: (row % self.up == 0 and self.up > 1, row))
        for upper, pair in zip((True, False), names, strict=True):
            for left, name in zip((True, False), pair, strict=True):
                places = (
                    (indent if left else self._columns - indent - len(name), self._rows - 1 - row if upper else row)
                    for row in order
                    for indent in range(1, 1 + min(3, self._columns // 2 - len(name)))
                )
                room = (cell for cell in places if self.free((cell[0] - 1, cell[1]), len(name) + 2))
                if (cell := next(room, None)) is not None:
                    found[cell] = name
        return found

    def rows(self) -> tuple[str, ...]:
        """The rows of the chart, below the names of the axes or of the upward axis."""
        first = 1 if self.framed else 0
        drawn = [*_frame(self._columns, self._rows, self.framed)]
        for at, cells in enumerate(reversed(self._drawn), first):
            right = drawn[at][EDGE + self._columns :] if self.framed else ""
            drawn[at] = f"{drawn[at][:EDGE]}{''.join(cells)}{right}".rstrip()
        return ("   ↑ benefit delivered" if self.framed else "   ↑ benefit, autonomy →", *drawn)
