"""Panels: the bordered boxes that every screen is made of; `frame.tcss` dresses them."""

from typing import TypeVar

from textual.content import Content
from textual.widget import Widget

W = TypeVar("W", bound=Widget)


def titled(widget: W, title: str, foot: str = "") -> W:
    """Make a panel of a widget, with a title in its upper border and a count or a key in its lower one; neither is markup."""
    widget.add_class("panel")
    widget.border_title = Content(title)
    widget.border_subtitle = Content(foot)
    return widget
