"""What is read from the back of a hall: the time in digits as large as there is room, and sentences, in large letters if there
is room, otherwise widely spaced."""

from collections.abc import Callable
from functools import lru_cache

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from screens.widgets.large_letters import DIGITS, SMALL, Font, font
from screens.widgets.lettering import fitted
from store.words.text import visible

# A bit of a bitmap is two cells wide, so that it is about square.
_LARGE = font(
    DIGITS,
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
    DIGITS,
    "█▀█|▄█ |▀▀█|▀▀█|█ █|█▀▀|█▀▀|▀▀█|█▀█|█▀█|▄|   ",
    "█ █| █ |█▀▀| ▀█|▀▀█|▀▀█|█▀█|  █|█▀█|▀▀█|▄|▀█▀",
    "▀▀▀|▀▀▀|▀▀▀|▀▀▀|  ▀|▀▀▀|▀▀▀|  ▀|▀▀▀|▀▀▀| |   ",
)
_LEAST = 10
"""Columns that a text as it is needs to be broken into lines at all."""

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
        """The digits, each row as wide as the others, so that they can be centred; in less than three rows as plain text."""
        if self.content_size.height < 3:
            return Content(self.text)
        return Content("\n".join(big(self.text, self.content_size.width, self.content_size.height)))


@lru_cache(maxsize=32)
def poster(text: str, columns: int, rows: int) -> tuple[str, ...]:
    """`text` in the largest letters in which it fits into `columns` × `rows` cells; otherwise as it is, a line a row.

    Where one letter has no large form the whole text stays as it is, so that no word towers over another; a text that runs from
    right to left is left to the terminal. As it is, its lines stand apart where there is room, and take more rows than there are
    where there is none.
    """
    if large := fitted(text, columns, rows):
        return large
    shown = Content(visible(text))
    plain = _even(shown, max(_LEAST, columns))
    return tuple("\n\n".join(plain).split("\n")) if 2 * len(plain) - 1 <= rows else tuple(plain)


def _even(shown: Content, room: int) -> list[str]:
    """The lines of a text as it is: as few as the room allows, and about equally long."""

    def wrapped(width: int) -> list[str]:
        return [line.plain.strip() for line in shown.wrap(width)]

    lines, least = wrapped(room), 0
    most = room
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (least, middle) if len(wrapped(middle)) == len(lines) else (middle, most)
    return wrapped(most) or [""]


class Poster(Widget):
    """A text as a poster, centred, in the largest letters that fit."""

    DEFAULT_CSS = """
    Poster { width: 1fr; height: auto; text-style: bold; }
    """

    text: reactive[str] = reactive("", layout=True)

    def __init__(self, most: Callable[[int], int] | None = None, *, id: str | None = None) -> None:
        """`most` says how many rows of a terminal of so many large letters may take; by default all that surrounds it has."""
        super().__init__(id=id)
        self._most = most
        self._around = 0

    @property
    def _room(self) -> int:
        return self._around if self._most is None else self._most(self.app.size.height)

    def _rows(self, columns: int) -> tuple[Content, ...]:
        return tuple(map(Content, poster(self.text, columns, self._room)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        self._around = container.height
        return len(self._rows(width))

    def render(self) -> Content:
        """The rows, padded so that those of a line stay below each other when they are centred."""
        width = self.content_size.width
        return Content("\n").join(row.pad_left(max(0, width - row.cell_length) // 2) for row in self._rows(width))
