"""The warning that every screen shows while it lasts: something isn't saved, or another Redraw writes."""

from textual.widgets import Static


class Banner(Static):
    """Shows the app's `banner`; takes no room while that is empty."""

    DEFAULT_CSS = """
    Banner { display: none; height: auto; max-height: 3; padding: 0 1; text-style: bold reverse; color: $warning; }
    Banner.-unsaved { color: $error; }
    """

    def __init__(self) -> None:
        super().__init__(id="banner", markup=False)

    def on_mount(self) -> None:
        """Follow the app's `banner`."""
        self.watch(self.app, "banner", self._tell)

    def _tell(self, sentence: str) -> None:
        self.update(sentence)
        self.display = bool(sentence)
        self.set_class(sentence.startswith("NOT SAVED"), "-unsaved")
