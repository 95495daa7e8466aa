"""Panels: the bordered boxes that every screen is made of; `frame.tcss` dresses them."""

from typing import TypeVar

from textual.content import Content
from textual.widget import Widget

W = TypeVar("W", bound=Widget)


def titled(widget: W, title: str, focused: bool = False) -> W:
    """Make a panel of a widget, with a title in its border, which is no markup; `focused` if what is typed goes into it."""
    widget.add_class("panel", *(["-focused"] if focused else []))
    widget.border_title = Content(title)
    return widget
