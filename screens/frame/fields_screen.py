"""Forms: the keys that go from field to field."""

from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from screens.frame.base import BaseScreen

REST = 0.8
"""Seconds without a key after which a field is saved."""


class FieldsScreen(BaseScreen[None]):
    """A screen of fields. Tab and Enter go to the next field at once, before the next key is read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "Next field", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", "Field before", show=False, priority=True),
        Binding("enter", "done", "Next field", show=False, priority=True),
    ]

    def action_done(self) -> None:
        """Enter goes to the next field; in a field of several lines it begins a new line."""
        if self.focused is None or isinstance(self.focused, TextArea):
            raise SkipAction
        self.focus_next()
