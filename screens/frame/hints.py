"""The line at the foot of a screen that says what its keys do."""

from collections.abc import Iterable

from textual.content import Content

BETWEEN = "  ·  "


def hinted(parts: Iterable[str], width: int) -> str:
    """As many hints as fit whole into `width` cells, from the first on: those that matter most come first."""
    said = ""
    for part in filter(None, parts):
        longer = f"{said}{BETWEEN}{part}" if said else part
        if said and Content(longer).cell_length > width:
            break
        said = longer
    return said
