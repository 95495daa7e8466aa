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
    widget.add_class("panel", *(["-focused"] if focused else []), update=widget.is_attached)
    widget.border_title = Content(title)
    return widget


def head(panel: Widget, title: str, count: str = "") -> None:
    """Give a panel another title, and a count at the right of its lower border; without one it stands behind the title."""
    framed = bool(panel.styles.border_bottom[0])
    said = Content.assemble(title, ("" if framed or not count else f"  {count}", "dim"))
    below = Content(count)
    if (said.markup, below.markup) != (panel.border_title, panel.border_subtitle):
        panel.border_title, panel.border_subtitle = said, below


class Panel(VerticalScroll, can_focus=False):
    """A panel that scrolls. A count or a key stands at the right: in its lower border, or beside the title where it has no other line."""

    def __init__(self, *children: Widget, title: str, id: str | None = None, classes: str = "") -> None:
        super().__init__(*children, id=id, classes=f"panel {classes}")
        self.title = title
        self.counts: tuple[str, ...] = ()

    @property
    def count(self) -> str:
        """The count or key, in the longest of its wordings that has room there; empty if there is none."""
        room = self.outer_size.width - 6 - (0 if self._framed else cell_len(self.title) + 2)
        return next((each for each in self.counts if cell_len(each) <= room), self.counts[-1]) if self.counts else ""

    def name_it(self, title: str, *counts: str, focused: bool | None = None) -> None:
        """Give it another title, and another count or key, in wordings from the longest on.

        `focused` says whether what is typed goes into it; by default that stays as it is.
        """
        focused = self.has_class("-focused") if focused is None else focused
        if (title, counts, focused) != (self.title, self.counts, self.has_class("-focused")):
            self.title, self.counts = title, counts
            self.set_class(focused, "-focused")
            self._label()

    def light(self, focused: bool) -> None:
        """Say whether what is typed goes into it, while its title stays."""
        self.name_it(self.title, *self.counts, focused=focused)

    def on_mount(self) -> None:
        self._label()

    def on_resize(self) -> None:
        """It may have lost its borders but for the title's line, or got them back."""
        self._label()

    @property
    def _framed(self) -> bool:
        return bool(self.styles.border_bottom[0])

    def _label(self) -> None:
        if self._framed:
            head(self, self.title, self.count)
            return
        line = "not bold $accent" if self.has_class("-focused") else "not bold $scrollbar"
        right = Content.assemble(" ", (self.count, "not bold $foreground-muted"), " ") if self.count else Content("")
        left = Content(f" {self.title} ")
        between = max(0, self.outer_size.width - 2 - left.cell_length - right.cell_length)
        self.border_title, self.border_subtitle = Content.assemble(left, ("─" * between, line), right), ""


def light(panels: Iterable[Panel], focused: Widget) -> None:
    """Say which panel has the focus: the one around the widget that has it."""
    around = focused.ancestors_with_self
    for each in panels:
        each.light(each in around)
