"""The sections of the probe's form: where they stand, how far each is filled in, and what is still needed."""

from collections.abc import Iterable

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Size
from textual.layout import Layout, WidgetPlacement
from textual.layouts.horizontal import HorizontalLayout
from textual.layouts.vertical import VerticalLayout
from textual.widget import Widget

from screens.widgets.fields import Stack
from screens.widgets.paragraphs import hung
from store.probe.form import Filled

LEFT = ("Probe", "Context and partners", "Roles")
"""The sections of the left column, where there is room for two."""

MISSING = "!"
"""Marks what the pact can't be agreed without."""


class Section(Vertical, Stack):
    """The fields of one section."""


class _InColumns(VerticalLayout):
    """Sections in two columns: those on the `LEFT`, and the others beside them."""

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> list[WidgetPlacement]:
        half = size.width // 2
        left = super().arrange(parent, children[: len(LEFT)], size.with_width(half), greedy)
        right = super().arrange(parent, children[len(LEFT) :], size.with_width(size.width - half), greedy)
        return [*left, *WidgetPlacement.translate(right, Offset(half, 0))]


_IN_COLUMNS = _InColumns()


class Sections(VerticalScroll):
    """All sections, one below the other, or in columns where the style says `horizontal`. They are its own children all the same: a
    container for each column would be arranged and drawn too."""

    @property
    def layout(self) -> Layout:
        return _IN_COLUMNS if isinstance(self.styles.layout, HorizontalLayout) else super().layout


def in_short(of: Filled) -> str:
    """How far a section is filled in, for its border."""
    if of.needed:
        return f"{MISSING} needs {', '.join(of.needed)}"
    return f"· {len(of.empty)} empty" if of.empty else "✓"


def listed(sections: Iterable[Filled], here: str, columns: int) -> Content:
    """All sections, marked, with how many fields are empty, and below each what is needed; in `here` one types."""
    lines = []
    for of in sections:
        mark, style = (MISSING, "$warning") if of.needed else ("·", "$text-muted") if of.empty else ("✓", "$success")
        title = Content.styled(of.title, "bold $accent" if of.title == here else "bold")
        begun = Content.assemble("▸" if of.title == here else " ", (f"{mark} ", f"bold {style}"), title)
        empty = f"{len(of.empty)} empty" if of.empty else ""
        lines.append(Content.assemble(begun, (f"{empty:>{max(0, columns - begun.cell_length)}}", "dim")))
        if of.needed:
            lines.append(hung(Content.styled(", ".join(of.needed), "$warning"), columns, "   needs ", ""))
    return Content("\n").join(lines)
