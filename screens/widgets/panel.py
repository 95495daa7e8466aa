"""Panels: the bordered boxes that every screen is made of; `frame.tcss` dresses them."""

from typing import TypeVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

W = TypeVar("W", bound=Widget)


def titled(widget: W, title: str, focused: bool = False) -> W:
    """Make a panel of a widget, with a title in its border, which is no markup; `focused` if what is typed goes into it."""
    widget.add_class("panel", *(["-focused"] if focused else []))
    widget.border_title = Content(title)
    return widget


class Panel(VerticalScroll, can_focus=False):
    """A panel that scrolls. A count or a key stands at the right: in its lower border, or beside the title where it has no other line."""

    def __init__(self, *children: Widget, title: str, note: str = "", id: str | None = None, classes: str = "") -> None:
        super().__init__(*children, id=id, classes=f"panel {classes}")
        self.title, self.note = title, note

    def name_it(self, title: str, note: str = "", focused: bool = False) -> None:
        """Give it another title and another count or key; `focused` if what is typed goes into it."""
        if (title, note) != (self.title, self.note):
            self.title, self.note = title, note
            self._label()
        if focused != self.has_class("-focused"):
            self.set_class(focused, "-focused")
            self._label()

    def on_mount(self) -> None:
        self._label()

    def on_resize(self) -> None:
        """It may have lost its borders but for the title's line, or got them back."""
        self._label()

    def _label(self) -> None:
        if self.styles.border_bottom[0]:
            self.border_title, self.border_subtitle = Content(self.title), Content(self.note)
            return
        line = "not bold $accent" if self.has_class("-focused") else "not bold $scrollbar"
        note = Content.assemble(" ", (self.note, "not bold $foreground-muted"), " ") if self.note else Content("")
        head = Content(f" {self.title} ")
        between = max(0, self.outer_size.width - 2 - head.cell_length - note.cell_length)
        self.border_title, self.border_subtitle = Content.assemble(head, ("─" * between, line), note), ""
