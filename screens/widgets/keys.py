"""The footer: the keys of the present screen, close together, as many as fit from the first on; the help has them all."""

from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Footer


class Keys(Footer):
    """Textual's footer without its margins, and without a key of which only a part would be seen."""

    DEFAULT_CSS = """
    Keys FooterKey .footer-key--key { padding: 0; }
    Keys FooterKey .footer-key--description { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._composed_for = 0

    def compose(self) -> ComposeResult:
        self._composed_for = room = self.app.size.width
        shown = 0
        key: Any
        for key in super().compose():
            room -= Content(f"{key.key_display} {key.description}").cell_length
            if room >= 0:
                shown += 1
                yield key
            room -= 1
        self.styles.grid_size_columns = max(1, shown)

    def on_resize(self) -> None:
        """Other keys may fit."""
        if self._composed_for != self.app.size.width:
            self.call_after_refresh(self.recompose)
