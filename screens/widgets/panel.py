"""Panels: the bordered boxes that every screen is made of; `frame.tcss` dresses them."""

from collections.abc import Iterable
from typing import TypeVar

from rich.cells import cell_len
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

W = TypeVar("W", bound=Widget)

BARE = 72
"""Columns below which a screen is `-bare`: its panels have only the line with their title."""


def titled(widget: W, title: str, focused: bool = False) -> W:
    """Make a panel of a widget, with a title in its border, which is no markup; `focused` if what is typed goes into it."""
    widget.add_class("panel", *(["-focused"] if focused else []))
    widget.border_title = Content(title)
    return widget


def head(panel: Widget, title: str, *counts: str) -> None:
    """Give a panel another title, and a count or a key at its right: in the lower border, or beside the title if that is all there is.

    Of several wordings of the count, from the longest on, the first one that has room is taken.
    """
    framed = bool(panel.styles.border_bottom[0])
    room = panel.outer_size.width - 6 - (0 if framed else cell_len(title) + 2)
    count = next((each for each in counts if cell_len(each) <= room), counts[-1]) if counts else ""
    if framed:
        panel.border_title, panel.border_subtitle = Content(title), Content(count)
        return
    line = "not bold $accent" if panel.has_class("-focused") else "not bold $scrollbar"
    right = Content.assemble(" ", (count, "not bold $foreground-muted"), " ") if count else Content("")
    left = Content(f" {title} ")
    between = max(0, panel.outer_size.width - 2 - left.cell_length - right.cell_length)
    panel.border_title, panel.border_subtitle = Content.assemble(left, ("─" * between, line), right), ""


class Panel(VerticalScroll, can_focus=False):
    """A panel that scrolls, and keeps its count or key at the right as its size changes."""

    def __init__(self, *children: Widget, title: str, id: str | None = None, classes: str = "") -> None:
        super().__init__(*children, id=id, classes=f"panel {classes}")
        self.title = title
        self.counts: tuple[str, ...] = ()

    def name_it(self, title: str, *counts: str, focused: bool = False) -> None:
        """Give it another title and count; `focused` if what is typed goes into it."""
        if (title, counts, focused) != (self.title, self.counts, self.has_class("-focused")):
            self.title, self.counts = title, counts
            self.set_class(focused, "-focused")
            head(self, title, *counts)

    def light(self, focused: bool) -> None:
        """Say whether what is typed goes into it, while its title stays."""
        self.name_it(self.title, *self.counts, focused=focused)

    def on_mount(self) -> None:
        head(self, self.title, *self.counts)

    def on_resize(self) -> None:
        """It may have lost its borders but for the title's line, or got them back."""
        head(self, self.title, *self.counts)


def light(panels: Iterable[Panel], focused: Widget) -> None:
    """Say which panel has the focus: the one around the widget that has it."""
    around = focused.ancestors_with_self
    for each in panels:
        each.light(each in around)
