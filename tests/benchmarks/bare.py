"""The smallest Textual app with a field, to compare Redraw with."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input

TITLE = "The least there is"


class Bare(App[None]):
    """A header, a field, a footer."""

    TITLE = TITLE

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input()
        yield Footer()


if __name__ == "__main__":
    Bare().run()
