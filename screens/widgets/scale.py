"""A scale from −2 to +2 with a mark for now and one for the mean of before."""

from collections.abc import Sequence
from itertools import pairwise

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from screens.widgets.fields import ARROWS, ChoiceField, FieldRow
from screens.widgets.pressable import placed
from store.words.numbers import signed

NOW, BEFORE, BOTH = "●", "○", "◉"
"""The marks: what is measured now, the mean of earlier probes, and both at one place."""

_FURTHEST = 12
"""The most cells between two steps; a longer scale is harder to read, not easier."""


class ScaleField(ChoiceField):
    """A choice of the steps of a scale. Below them, where there is a second row, a line with the marks; where there is none,
    the brackets say where it is now, and the other mark stands on the row of the steps.

    Attributes:
        steps: the values of the steps, in their order, a whole number apart.
        before: the mean of earlier probes; None where there were none.
        label: what stands before it.
    """

    DEFAULT_CSS = "ScaleField { height: 2; }"

    def __init__(self, steps: Sequence[int], chosen: int | None = None, *, id: str | None = None) -> None:
        super().__init__([*map(signed, steps)], None if chosen is None else signed(chosen), id=id)
        self.steps = tuple(steps)
        self.before: float | None = None
        self.label = Static(classes="label", markup=False)

    def row(self, label: str) -> FieldRow:
        """The row with the scale; what it says in words can be put below its label."""
        self.label.update(label)
        return FieldRow(self.label, self, "field-row field-choice")

    def compare(self, before: float | None) -> None:
        """Show another mean of before."""
        if before != self.before:
            self.before = before
            self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 2

    def render(self) -> RenderResult:
        labels, ticks = self._labels(self.size.width - cell_len(ARROWS))
        if self.has_focus:
            labels += Content.styled(ARROWS, "dim")
        return labels if self.size.height < 2 else Content("\n").join([labels, self._line(ticks)])

    def _labels(self, width: int) -> tuple[Content, list[int]]:
        """The row of the steps, and the cell of each: that of its figure's last digit."""
        drawn = [self._drawn(at) for at in range(len(self.words))]
        spare = max(0, width - sum(each.cell_length for each in drawn))
        between = min(spare // (len(drawn) - 1), _FURTHEST)
        row, ticks = Content(""), []
        for word, label in zip(self.words, drawn, strict=True):
            ticks.append(row.cell_length + cell_len(word))
            row += label
            if len(ticks) < len(drawn):
                row += Content.styled(("─" if self.size.height < 2 else " ") * between, "dim")
        if self.size.height < 2 and self.before is not None:
            row = _put(row, self._cell(self.before, ticks), between)
        return row, ticks

    def _cell(self, value: float, ticks: Sequence[int]) -> int:
        """Where a value stands between the steps."""
        at = min(max(value - self.steps[0], 0), len(ticks) - 1)
        low = min(int(at), len(ticks) - 2)
        return round(ticks[low] + (at - low) * (ticks[low + 1] - ticks[low]))

    def _line(self, ticks: Sequence[int]) -> Content:
        """The line below the steps: a bar from nothing to now, and the marks."""
        now = None if self.chosen is None else ticks[self.chosen]
        zero = ticks[self.steps.index(0)]
        tone = "" if not self.chosen or not now or now == zero else "$success" if now > zero else "$error"
        before = None if self.before is None else self._cell(self.before, ticks)
        cells = []
        for x in range(ticks[0], ticks[-1] + 1):
            sign = ("├" if x == ticks[0] else "┤" if x == ticks[-1] else "┼") if x in ticks else "─"
            style = "dim"
            if now is not None and min(zero, now) <= x <= max(zero, now) and now != zero:
                sign, style = "╋" if x in ticks else "━", f"bold {tone}"
            if x == before:
                sign, style = BEFORE, "bold $secondary"
            if x == now:
                sign, style = BOTH if x == before else NOW, f"bold {tone or '$foreground'}"
            cells.append((sign, style))
        line = Content.assemble(" " * ticks[0], *cells)
        return Content("").join([placed(line[a:b], at) for at, (a, b) in enumerate(_parts(ticks))])


def _parts(ticks: Sequence[int]) -> list[tuple[int, int]]:
    """The stretch of cells that belongs to each step: a click on it means that step."""
    middles = [(a + b) // 2 + 1 for a, b in pairwise(ticks)]
    return list(zip([0, *middles], [*middles, ticks[-1] + 1], strict=True))


def _put(row: Content, at: int, between: int) -> Content:
    """Put the mark of before on the row of the steps, beside a figure that stands there."""
    free = [x for x in range(row.cell_length) if row.plain[x] == "─"] if between else []
    if not free:
        return row
    x = min(free, key=lambda each: abs(each - at))
    return Content("").join([row[:x], Content.styled(BEFORE, "bold $secondary"), row[x + 1 :]])
