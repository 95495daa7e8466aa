"""The sections of the probe's form: how far each is filled in, and what is still needed."""

from collections.abc import Iterable

from textual.content import Content

from screens.widgets.paragraphs import hung
from store.probe.form import Filled

MISSING = "!"
"""Marks what the pact can't be agreed without."""


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
