"""The least that a Textual app with a field to type in can be: what Redraw is compared with."""

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
