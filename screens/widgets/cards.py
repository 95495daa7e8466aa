"""Cards: boxes that flow beside one another, each with its title in the border."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from screens.widgets.columns import NOTHING, across, beside
from screens.widgets.paragraphs import hung

BORDER = "$scrollbar"
"""The style of a card's border, as that of a panel."""

_SIDES = 4
"""Columns that the borders of a card and the blanks beside them take."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands together.

    Attributes:
        title: stands in the upper border; where it is too long, inside.
        texts: what is in it; each is wrapped.
        note: stands at the right of the lower border, as a panel's.
        border: the style of the border.
    """

    title: Content
    texts: Sequence[Content] = ()
    note: Content = NOTHING
    border: str = BORDER


def flowing(cards: Sequence[Card], width: int, least: int, bordered: bool = True) -> Content:
    """Cards beside one another, as many as fit, those of a row equally high; without borders, as titles with their texts below them."""
    columns, each = across(len(cards), width, least)
    if not bordered:
        return beside([_plain(card, each) for card in cards], columns, each)
    blocks: list[Content] = []
    for at in range(0, len(cards), columns):
        band = [(card, *_inside(card, each)) for card in cards[at : at + columns]]
        rows = max(len(lines) for _, _, lines in band)
        blocks += [_boxed(card, title, lines, each, rows) for card, title, lines in band]
    return beside(blocks, columns, each)


def _inside(card: Card, width: int) -> tuple[Content, list[Content]]:
    """The title in the border and the lines inside."""
    room = width - _SIDES
    lines = [line for text in card.texts for line in _wrapped(text, room)]
    if card.title.cell_length <= room - 2:
        return card.title, lines
    return NOTHING, [*_wrapped(card.title, room), *lines]


def _wrapped(text: Content, width: int) -> list[Content]:
    return hung(text, width, "").split("\n", allow_blank=True)


def _boxed(card: Card, title: Content, lines: Sequence[Content], width: int, rows: int) -> Content:
    def line(text: str) -> tuple[str, str]:
        return text, card.border

    head = Content.assemble(" ", title, " ") if title.plain else NOTHING
    foot = Content.assemble(" ", card.note, " ") if card.note.plain else NOTHING
    drawn = [Content.assemble(line("╭─"), head, line(f"{'─' * max(0, width - 3 - head.cell_length)}╮"))]
    for row in range(rows):
        text = lines[row] if row < len(lines) else NOTHING
        filled = text.pad_right(max(0, width - _SIDES - text.cell_length))
        drawn.append(Content.assemble(line("│ "), filled, line(" │")))
    drawn.append(Content.assemble(line(f"╰{'─' * max(0, width - 3 - foot.cell_length)}"), foot, line("─╯")))
    return Content("\n").join(drawn)


def _plain(card: Card, width: int) -> Content:
    head = Content("  ").join([each for each in (card.title, card.note) if each.plain])
    return Content("\n").join([hung(head, width, ""), *(hung(text, width, "  ") for text in card.texts)])
