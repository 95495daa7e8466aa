"""Light and dark, of high contrast for a washed-out projector, and of the highest; dark and light again in the sixteen colours of
old terminals."""

import os
from typing import Any

from textual.theme import Theme

NAMES = ("redraw-dark", "redraw-light", "redraw-dark-16", "redraw-light-16", "redraw-high-contrast")
"""Our themes, in the order in which they are offered; a terminal has those for its colours."""
_COLOURS = {
    "primary": ("#4fc3f7", "#005a9c", "#00ffff", "#000080", "#00e5ff"),
    "secondary": ("#b39ddb", "#5e35b1", "#ff00ff", "#800080", "#ff9cff"),
    "accent": ("#4fd8e8", "#005f73", "#00ffff", "#000080", "#00ffff"),
    "foreground": ("#f2f2f2", "#101418", "#ffffff", "#000000", "#ffffff"),
    "background": ("#101418", "#fbfbf8", "#000000", "#ffffff", "#000000"),
    "surface": ("#1c2329", "#ecebe4", "#000000", "#ffffff", "#1a1a1a"),
    "panel": ("#2a343c", "#dad8cd", "#000080", "#c0c0c0", "#333333"),
    "success": ("#7ddf8a", "#1b6e2d", "#00ff00", "#000080", "#5cff5c"),
    "warning": ("#ffd54f", "#8a5a00", "#ffff00", "#800000", "#ffff00"),
    "error": ("#ff8a80", "#a4161a", "#ff0000", "#800000", "#ff8080"),
    "scrollbar": ("#3d4c57", "#b3b0a2", "#c0c0c0", "#555555", "#a0a0a0"),
}
"""Each colour in the themes of `NAMES`. Those of sixteen colours have only colours that the sixteen hold exactly: a terminal that rounds
others makes grey on grey of them. The sixteen's green can't be read on white, so there blue stands for it."""


def _theme(at: int, colourless: bool) -> Theme:
    colours: dict[str, Any] = {name: values[at] for name, values in _COLOURS.items()}
    variables = {
        "footer-key-foreground": colours["accent"],
        "footer-background": colours["surface"],
        "scrollbar": colours.pop("scrollbar"),
        "scrollbar-background": colours["background"],
        "scrollbar-corner-color": colours["background"],
    }
    dark = "light" not in NAMES[at]
    if "16" in NAMES[at]:
        plain, cursor, faint = ("#ffffff", "#000080", "#c0c0c0") if dark else ("#000000", "#c0c0c0", "#555555")
        variables |= {
            "block-cursor-background": cursor,
            "block-cursor-foreground": plain,
            "block-cursor-blurred-background": cursor,
            "block-cursor-blurred-foreground": plain,
            "border": colours["accent"],
            "border-blurred": faint,
            "text-muted": "#c0c0c0" if dark else "#000000",
            "text-disabled": faint,  # what stands in an empty field
        }
    if colourless:  # the blue of the others would be nearly black
        cursor = "#555555" if dark else "#c0c0c0"
        variables |= {"block-cursor-background": cursor, "block-cursor-blurred-background": cursor}
        variables |= dict.fromkeys(
            ("block-cursor-foreground", "block-cursor-blurred-foreground"), colours["foreground"]
        )
    return Theme(NAMES[at], dark=dark, variables=variables, **colours)


def themes_for(color_system: str | None) -> tuple[Theme, ...]:
    """The dark and the light theme for what the terminal can show, and further ones; `standard` and `windows` are sixteen colours."""
    ours = (2, 3) if color_system in ("standard", "windows") else (0, 1, 4)
    return tuple(_theme(at, colourless="NO_COLOR" in os.environ) for at in ours)
