"""Digits to be read from the back of a hall: bitmaps, as large as there is room."""

from collections.abc import Mapping
from typing import TypeAlias

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

Font: TypeAlias = Mapping[str, tuple[str, ...]]
"""For each letter its rows, from the top."""

_DIGITS = "0123456789:+"


def font(letters: str, *rows: str) -> Font:
    """The font that these rows draw: the letters beside one another, parted by upright strokes."""
    return dict(zip(letters, zip(*(row.split("|") for row in rows), strict=True), strict=True))


# Five and seven rows high; a bit of a bitmap is two cells wide, so that it is about square.
SMALL = font(
    _DIGITS,
    "###| # |###|###|# #|###|###|###|###|###| |   ",
    "# #|## |  #|  #|# #|#  |#  |  #|# #|# #|#| # ",
    "# #| # |###|###|###|###|###|  #|###|###| |###",
    "# #| # |#  |  #|  #|  #|# #|  #|# #|  #|#| # ",
    "###|###|###|###|  #|###|###|  #|###|###| |   ",
)
_LARGE = font(
    _DIGITS,
    " ### |  ## | ### |#### |   ##|#####| ### |#####| ### | ### |  |     ",
    "## ##| ### |## ##|   ##|  ###|##   |##   |   ##|## ##|## ##|##|  #  ",
    "## ##|  ## |   ##|   ##| # ##|#### |##   |   ##|## ##|## ##|##|  #  ",
    "## ##|  ## |  ## | ### |## ##|   ##|#### |  ## | ### | ####|  |#####",
    "## ##|  ## | ##  |   ##|#####|   ##|## ##|  ## |## ##|   ##|##|  #  ",
    "## ##|  ## |##   |   ##|   ##|## ##|## ##| ##  |## ##|   ##|##|  #  ",
    " ### | ####|#####|#### |   ##| ### | ### | ##  | ### | ### |  |     ",
)
# Three rows high, of half blocks: for the view in which lists need the room.
_TINY = font(
    _DIGITS,
    "█▀█|▄█ |▀▀█|▀▀█|█ █|█▀▀|█▀▀|▀▀█|█▀█|█▀█|▄|   ",
    "█ █| █ |█▀▀| ▀█|▀▀█|▀▀█|█▀█|  █|█▀█|▀▀█|▄|▀█▀",
    "▀▀▀|▀▀▀|▀▀▀|▀▀▀|  ▀|▀▀▀|▀▀▀|  ▀|▀▀▀|▀▀▀| |   ",
)
_SIZES = ((21, _LARGE, 3), (14, _LARGE, 2), (10, SMALL, 2), (7, _LARGE, 1), (5, SMALL, 1))


def big(text: str, columns: int, rows: int) -> tuple[str, ...]:
    """`text` (digits, colon, plus) as large as fits into `columns` × `rows` cells; unchanged if not even three rows fit."""
    drawn = (_enlarged(text, bitmaps, scale) for height, bitmaps, scale in _SIZES if height <= rows)
    tiny = tuple(" ".join(_TINY[c][row] for c in text) for row in range(3))
    return next((each for each in (*drawn, tiny) if len(each[0]) <= columns), (text,))


def _enlarged(text: str, bitmaps: Font, scale: int) -> tuple[str, ...]:
    gap = " " * 2 * scale
    drawn = []
    for row in range(len(bitmaps["0"])):
        line = gap.join("".join(("█" if bit == "#" else " ") * 2 * scale for bit in bitmaps[c][row]) for c in text)
        drawn += [line] * scale
    return tuple(drawn)


class BigDigits(Widget):
    """A time as large as the widget; if its width is `auto`, it follows from its height."""

    DEFAULT_CSS = """
    BigDigits { width: 1fr; height: 1fr; content-align: center middle; }
    """

    text: reactive[str] = reactive("0:00")

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the time in the rows that the style gives, so that an hour of overtime fits too."""
        rows = self.styles.height.value if self.styles.height is not None and self.styles.height.is_cells else 3
        return len(big(self.text, container.width, int(rows))[0])

    def watch_text(self, before: str, now: str) -> None:
        """Lay out again only if the time gets longer or shorter."""
        if len(before) != len(now) and self.styles.width is not None and self.styles.width.is_auto:
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """The digits, each row as wide as the others, so that they can be centred."""
        return Content("\n".join(big(self.text, self.content_size.width, self.content_size.height)))
