"""Draws every chart: the one file that knows plotext, which is imported when the first chart is drawn.

A chart is plain text, a line for each row, so that a screen can colour its marks and a pipe can carry them. Each whole number on
an axis has a cell of its own where the caller makes the plot large enough. All the chart's characters are one cell wide.
"""

from collections.abc import Mapping, Sequence
from typing import Any

PlotPoint = tuple[float, float]

SOLID, FINE = "hd", "braille"
"""Markers for unbroken lines: of half blocks, two by two to a cell, and of braille dots, two by four."""

LINES = frozenset({*"▖▗▘▙▚▛▜▝▞▟▀▄▌▐█", *map(chr, range(0x2801, 0x2900))})
"""The signs of which plotext makes both."""

_PLOTEXT: Any = None


def _plotext() -> Any:
    global _PLOTEXT
    if _PLOTEXT is None:
        import plotext

        _PLOTEXT = plotext
    return _PLOTEXT


def prepare() -> None:
    """Import plotext, which takes a while, before it is needed."""
    _plotext()


class Plot:
    """A chart that is being drawn. plotext has only one at a time: finish it before you begin the next."""

    def __init__(
        self, width: int, height: int, x: PlotPoint, y: PlotPoint, framed: bool = True, axes: bool = True
    ) -> None:
        """Begin it, empty.

        Args:
            width, height: columns and rows, with the axes and their labels.
            x, y: the lowest and the highest value of both axes, in the middle of the first and of the last cell.
            framed: whether lines run along all four sides; otherwise only on the left.
            axes: whether there are axes at all; without them it is what is inside, and takes a third less time to draw.
        """
        self._plt = plt = _plotext()
        if axes:
            plt.clear_figure()
        else:
            plt.clear_data()  # a new figure takes a tenth of the time of a chart; what else was set is set anew
            plt.xticks([])
            plt.yticks([])
            plt.xlabel(None)
        plt.limit_size(False, False)  # otherwise plotext cuts the chart to what it takes for the terminal
        plt.theme("clear")
        plt.plotsize(width, height)
        plt.xlim(*x)
        plt.ylim(*y)
        if not (framed and axes):
            plt.xaxes(False, False)
            plt.yaxes(axes, False)

    def ticks(
        self, x: Sequence[float], y: Sequence[float], x_said: Sequence[str] = (), y_said: Sequence[str] = ()
    ) -> None:
        """Label places on both axes, with their figures or with other words. plotext leaves out labels that would touch."""
        self._plt.xticks(list(x), list(x_said) or None)
        self._plt.yticks(list(y), list(y_said) or None)

    def name_x(self, name: str) -> None:
        """Name the horizontal axis, below the chart."""
        self._plt.xlabel(name)

    def points(self, points: Sequence[PlotPoint], marker: str) -> None:
        if points:
            self._plt.scatter([x for x, _ in points], [y for _, y in points], marker=marker)

    def signs(self, signs: Mapping[PlotPoint, str]) -> None:
        """A sign of its own at each of some points."""
        if signs:
            self._plt.scatter([x for x, _ in signs], [y for _, y in signs], marker=list(signs.values()))

    def line(self, start: PlotPoint, end: PlotPoint, marker: str) -> None:
        """A line, including both ends; its marker is one character, `SOLID` or `FINE`."""
        self._plt.plot([start[0], end[0]], [start[1], end[1]], marker=marker)

    def rows(self) -> tuple[str, ...]:
        drawn = self._plt.build().replace("\x1b[0m", "")
        return tuple(line.rstrip() for line in drawn.rstrip("\n").split("\n"))
