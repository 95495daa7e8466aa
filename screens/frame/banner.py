"""What stands on every screen until it is mended: something isn't saved, somebody else writes, there is little room."""

from textual.widgets import Static


class Banner(Static):
    """Follows the app's `banner`; takes no room while there is nothing to say."""

    DEFAULT_CSS = """
    Banner { display: none; height: auto; max-height: 3; padding: 0 1; text-style: bold reverse; color: $warning; }
    Banner.-unsaved { color: $error; }
    """

    def __init__(self) -> None:
        super().__init__(id="banner", markup=False)

    def on_mount(self) -> None:
        """From now on say what the app says."""
        self.watch(self.app, "banner", self._tell)

    def _tell(self, sentence: str) -> None:
        self.update(sentence)
        self.display = bool(sentence)
        self.set_class(sentence.startswith("NOT SAVED"), "-unsaved")
