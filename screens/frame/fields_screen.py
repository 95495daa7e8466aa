"""Forms: how one gets from field to field."""

from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from screens.frame.base import BaseScreen

REST = 0.8
"""Seconds without a key after which what stands in a field is saved."""


class FieldsScreen(BaseScreen[None]):
    """A screen of fields: Tab and Enter go on to the next one before the key that follows is read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_field", "Next field", show=False, priority=True),
        Binding("shift+tab", "previous_field", "Field before", show=False, priority=True),
        Binding("enter", "done", "Next field", show=False, priority=True),
    ]

    def action_next_field(self) -> None:
        """On to the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Back to the field before."""
        self.focus_previous()

    def action_done(self) -> None:
        """Enter in a line goes on to the next field; in several lines it begins a new one."""
        if self.focused is None or isinstance(self.focused, TextArea):
            raise SkipAction
        self.focus_next()
