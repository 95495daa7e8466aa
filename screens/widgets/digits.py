"""Digits that are read from the back of a hall: bitmaps, enlarged as far as there is room."""

from collections.abc import Mapping

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

# Five and seven rows high; a bit of a bitmap is two cells wide, so that it is about square.
_SMALL: Mapping[str, tuple[str, ...]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}
_LARGE: Mapping[str, tuple[str, ...]] = {
    "0": (" ### ", "## ##", "## ##", "## ##", "## ##", "## ##", " ### "),
    "1": ("  ## ", " ### ", "  ## ", "  ## ", "  ## ", "  ## ", " ####"),
    "2": (" ### ", "## ##", "   ##", "  ## ", " ##  ", "##   ", "#####"),
    "3": ("#### ", "   ##", "   ##", " ### ", "   ##", "   ##", "#### "),
    "4": ("   ##", "  ###", " # ##", "## ##", "#####", "   ##", "   ##"),
    "5": ("#####", "##   ", "#### ", "   ##", "   ##", "## ##", " ### "),
    "6": (" ### ", "##   ", "##   ", "#### ", "## ##", "## ##", " ### "),
    "7": ("#####", "   ##", "   ##", "  ## ", "  ## ", " ##  ", " ##  "),
    "8": (" ### ", "## ##", "## ##", " ### ", "## ##", "## ##", " ### "),
    "9": (" ### ", "## ##", "## ##", " ####", "   ##", "   ##", " ### "),
    ":": ("  ", "##", "##", "  ", "##", "##", "  "),
    "+": ("     ", "  #  ", "  #  ", "#####", "  #  ", "  #  ", "     "),
}
# Three rows high, of half blocks: for the view in which lists need the room.
_TINY: Mapping[str, tuple[str, ...]] = {
    "0": ("█▀█", "█ █", "▀▀▀"),
    "1": ("▄█ ", " █ ", "▀▀▀"),
    "2": ("▀▀█", "█▀▀", "▀▀▀"),
    "3": ("▀▀█", " ▀█", "▀▀▀"),
    "4": ("█ █", "▀▀█", "  ▀"),
    "5": ("█▀▀", "▀▀█", "▀▀▀"),
    "6": ("█▀▀", "█▀█", "▀▀▀"),
    "7": ("▀▀█", "  █", "  ▀"),
    "8": ("█▀█", "█▀█", "▀▀▀"),
    "9": ("█▀█", "▀▀█", "▀▀▀"),
    ":": ("▄", "▄", " "),
    "+": ("   ", "▀█▀", "   "),
}
_SIZES = ((21, _LARGE, 3), (14, _LARGE, 2), (10, _SMALL, 2), (7, _LARGE, 1), (5, _SMALL, 1))


def big(text: str, columns: int, rows: int) -> tuple[str, ...]:
    """`text` (digits, colon, plus) as large as fits into `columns` × `rows` cells; at the least it is three rows high."""
    for height, font, scale in _SIZES:
        if height > rows:
            continue
        drawn = _enlarged(text, font, scale)
        if len(drawn[0]) <= columns:
            return drawn
    return tuple(" ".join(_TINY[c][row] for c in text) for row in range(3))


def _enlarged(text: str, font: Mapping[str, tuple[str, ...]], scale: int) -> tuple[str, ...]:
    gap = " " * 2 * scale
    drawn = []
    for row in range(len(font["0"])):
        line = gap.join("".join(("█" if bit == "#" else " ") * 2 * scale for bit in font[c][row]) for c in text)
        drawn += [line] * scale
    return tuple(drawn)


class BigDigits(Widget):
    """A time, as large as the widget has room for."""

    DEFAULT_CSS = """
    BigDigits { width: 1fr; height: 1fr; content-align: center middle; }
    """

    text: reactive[str] = reactive("0:00")

    def render(self) -> RenderResult:
        """The digits, each row as wide as the others, so that they can be centred."""
        return Content("\n".join(big(self.text, self.content_size.width, self.content_size.height)))
