"""What is on a terminal as SVG: each distinct row is drawn once and used by every picture that shows it.

Lines, blocks and braille are drawn as shapes, so that they join whatever font the reader has; everything else is text that is
fitted to its cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME as THEME

WIDE, HIGH = 9.0, 19.0
"""A cell, in units of the picture."""

MARGIN, BAR = 12.0, 30.0
"""Around the terminal, and the window's bar above it."""

Row = tuple[Segment, ...]
Frame = tuple[Row, ...]
Look = tuple[str, str, bool, bool, bool, bool]
"""The colour of the text and of its ground, bold, italic, underlined, struck out."""

_FONT = "ui-monospace,'Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace"

# What a box character joins: left, right, up, down.
_LINES = {
    "─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "rud", "┤": "lud", "┬": "lrd", "┴": "lru", "┼": "lrud",
    "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu", "━": "lr", "┃": "ud", "╸": "l", "╺": "r",
}  # fmt: skip

# Blocks: left, top, width and height, each in eighths of the cell.
_BLOCKS = {
    "█": (0, 0, 8, 8), "▀": (0, 0, 8, 4), "▄": (0, 4, 8, 4), "▌": (0, 0, 4, 8), "▐": (4, 0, 4, 8), "▔": (0, 0, 8, 1),
    **{char: (0, 8 - n, 8, n) for n, char in enumerate("▁▂▃▄▅▆▇", 1)},
    **{char: (0, 0, 8 - n, 8) for n, char in enumerate("▉▊▋▌▍▎▏", 1)},
}  # fmt: skip

_BRAILLE = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""The column and row of each bit's dot."""


class Drawing:
    """Rows and colours that pictures share."""

    def __init__(self) -> None:
        self.rows: dict[Row, str] = {}
        self._classes: dict[str, str] = {}

    def frame(self, frame: Frame, left: float = 0.0) -> str:
        """One picture of the terminal, its left edge at `left`."""
        top = MARGIN + BAR
        uses = (
            f'<use href="#{self._row(row)}" x="{_n(left + MARGIN)}" y="{_n(top + at * HIGH)}"/>'
            for at, row in enumerate(frame)
        )
        return "".join(uses)

    def defined(self) -> str:
        """The rows, to be put before what uses them."""
        return (
            "<defs>" + "".join(f'<g id="{name}">{self._drawn(row)}</g>' for row, name in self.rows.items()) + "</defs>"
        )

    def styles(self) -> str:
        """The style sheet; ask for it after the rows."""
        shared = f"text{{font:15px {_FONT};white-space:pre}}path,rect{{shape-rendering:crispEdges}}.b{{font-weight:700}}.i{{font-style:italic}}"
        return shared + "".join(f".{name}{{fill:{colour}}}" for colour, name in self._classes.items())

    def _row(self, row: Row) -> str:
        return self.rows.setdefault(row, f"r{len(self.rows)}")

    def _fill(self, colour: str) -> str:
        return self._classes.setdefault(colour, f"c{len(self._classes)}")

    def _drawn(self, row: Row) -> str:
        parts: list[str] = []
        at = 0
        for look, run in groupby(row, lambda each: look_of(each.style)):
            cells = [(text, Segment(text).cell_length) for segment in run for text in segment.text]
            width = sum(wide for _, wide in cells)
            parts.extend(self._run(look, cells, at, width))
            at += width
        return "".join(parts)

    def _run(self, look: Look, cells: Sequence[tuple[str, int]], at: int, width: int) -> Iterator[str]:
        colour, ground, *_ = look
        if ground != _named(THEME.background_color):
            yield f'<rect class="{self._fill(ground)}" x="{_n(at * WIDE)}" width="{_n(width * WIDE)}" height="{_n(HIGH)}"/>'
        fill = self._fill(colour)
        shapes: list[str] = []
        for shape, group in groupby(cells, lambda cell: _shape(cell[0])):
            run = list(group)
            wide = sum(each for _, each in run)
            if shape:
                shapes.extend(_shaped(text, at + n) for n, (text, _) in enumerate(run))
            else:
                yield from self._words(run, at, look)
            at += wide
        if shapes:
            yield f'<path class="{fill}" d="{"".join(shapes)}"/>'

    def _words(self, cells: Iterable[tuple[str, int]], at: int, look: Look) -> Iterator[str]:
        """The words of a run, each fitted to its cells; two blanks or more end one."""
        colour, _, bold, italic, underlined, struck = look
        marks = " ".join(filter(None, (self._fill(colour), "b" if bold else "", "i" if italic else "")))
        decorated = " ".join(name for name, on in (("underline", underlined), ("line-through", struck)) if on)
        line = f' text-decoration="{decorated}"' if decorated else ""
        for words, start, width in _pieces(cells, at):
            place = f'x="{_n(start * WIDE)}" y="{_n(HIGH * 0.74)}" textLength="{_n(width * WIDE)}"'
            yield f'<text class="{marks}"{line} {place} lengthAdjust="spacingAndGlyphs">{escape(words, quote=False)}</text>'


def look_of(style: Style | None) -> Look:
    """How text of a style looks."""
    style = style or Style.null()
    colour, ground = _colour(style.color, foreground=True), _colour(style.bgcolor, foreground=False)
    if style.reverse:
        colour, ground = ground, colour
    if style.dim:
        colour = _between(colour, ground)
    flags = (style.bold, style.italic, style.underline, style.strike)
    return colour, ground, *map(bool, flags)  # type: ignore[return-value]


def window(width: int, height: int) -> tuple[float, float]:
    """The width and height of a picture of a terminal of `width` columns and `height` rows."""
    return width * WIDE + 2 * MARGIN, height * HIGH + 2 * MARGIN + BAR


def frame_of(width: float, height: float) -> str:
    """The window around a terminal."""
    ground = _named(THEME.background_color)
    dots = "".join(
        f'<circle cx="{22 + n * 20}" cy="20" r="6" fill="{c}"/>'
        for n, c in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    body = f'<rect width="{_n(width)}" height="{_n(height)}" rx="9" fill="{ground}" stroke="#555"/>'
    return f"{body}{dots}"


def still(frame: Frame, title: str) -> str:
    """One picture as a whole SVG file."""
    drawing = Drawing()
    width, height = window(sum(each.cell_length for each in frame[0]), len(frame))
    shown = drawing.frame(frame)
    rows = drawing.defined()
    return document(width, height, title, drawing.styles(), rows + frame_of(width, height) + shown)


def document(width: float, height: float, title: str, styles: str, inside: str) -> str:
    """A whole SVG file."""
    size = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(title)}">'
    return f"{opening}<title>{escape(title)}</title><style>{styles}</style>{inside}</svg>\n"


def _pieces(cells: Iterable[tuple[str, int]], at: int) -> Iterator[tuple[str, int, int]]:
    words, start, width, blanks = "", at, 0, 0
    for text, wide in cells:
        if text.isspace():
            blanks += wide
        else:
            if words and blanks > 1:
                yield words, start, width
                words = ""
            if not words:
                start, width = at, 0
            elif blanks:
                words, width = f"{words} ", width + 1
            words, width, blanks = words + text, width + wide, 0
        at += wide
    if words:
        yield words, start, width


def _shape(char: str) -> bool:
    return char in _LINES or char in _BLOCKS or "\u2800" <= char <= "\u28ff"


def _shaped(char: str, at: int) -> str:
    """A character as a path."""
    left = at * WIDE
    if block := _BLOCKS.get(char):
        x, y, w, h = (each / 8 for each in block)
        return _box(left + x * WIDE, y * HIGH, w * WIDE, h * HIGH)
    if joins := _LINES.get(char):
        return _joined(joins, left, 2.6 if char in "━┃╸╺" else 1.3)
    bits = ord(char) - 0x2800
    dots = (place for n, place in enumerate(_BRAILLE) if bits >> n & 1)
    return "".join(
        _box(left + (0.28 + 0.5 * x) * WIDE - 1.1, (0.125 + 0.25 * y) * HIGH - 1.1, 2.2, 2.2) for x, y in dots
    )


def _joined(joins: str, left: float, thick: float) -> str:
    """Lines from the middle of a cell to the sides that are named."""
    x, y, half = left + WIDE / 2, HIGH / 2, thick / 2
    start, end = left if "l" in joins else x - half, left + WIDE if "r" in joins else x + half
    top, foot = 0.0 if "u" in joins else y - half, HIGH if "d" in joins else y + half
    across = _box(start, y - half, end - start, thick) if {"l", "r"} & set(joins) else ""
    down = _box(x - half, top, thick, foot - top) if {"u", "d"} & set(joins) else ""
    return across + down


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z"


def _colour(colour: Color | None, foreground: bool) -> str:
    return _named((colour or Color.default()).get_truecolor(THEME, foreground))


def _named(triplet: Iterable[int]) -> str:
    return "#" + "".join(f"{each:02x}" for each in triplet)


def _between(colour: str, ground: str) -> str:
    """A dim colour: halfway to its ground."""
    mixed = ((int(colour[n : n + 2], 16) + int(ground[n : n + 2], 16)) // 2 for n in (1, 3, 5))
    return _named(mixed)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
