"""Panels: the bordered boxes that every screen is made of; `frame.tcss` dresses them."""

from typing import TypeVar

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


def head(panel: Widget, title: str, count: str = "") -> None:
    """Give a panel another title, and a count at the right of its lower border; in a bare one it stands behind the title."""
    bare = panel.screen.has_class("-bare")
    panel.border_title = Content.assemble(title, (f"  {count}" if bare and count else "", "dim"))
    panel.border_subtitle = Content(count)
