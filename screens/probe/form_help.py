"""The help beside the form of a probe, for the current field."""

import re
from collections.abc import Iterable

from textual.content import Content

from store.probe import form_hints
from store.words.cells import wrapped
from store.words.text import visible

_LEAD = re.compile(r"(?:[-!]|[#✓]\d+) ")
"""What a line can begin with; its further rows are indented by as much."""


def field_help(label: str, lines: Iterable[str], columns: int) -> Content:
    """Lines about a field, wrapped to so many columns: what it is for, then hints and warnings."""
    first, *others = map(visible, lines)
    about = Content("\n".join(wrapped(f"{label}: {first}", columns)))
    drawn = [about.stylize("bold $accent", 0, len(label))]
    for line in others:
        lead = found.group() if (found := _LEAD.match(line)) else ""
        text = "\n".join(wrapped(line[len(lead) :], columns, lead))
        drawn.append(Content.styled(text, "bold $warning" if lead == form_hints.WARNING else ""))
    return Content("\n").join(drawn)
