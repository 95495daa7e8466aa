"""A line that fills as the time is used, as long as there is room."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


def bar(share: float, width: int) -> str:
    """Heavy for what is done, light for what is left."""
    filled = round(share * width)
    return "━" * filled + "─" * (width - filled)


class TimeBar(Widget):
    """How much of the phase's time is used, 0 to 1."""

    DEFAULT_CSS = """
    TimeBar { width: 1fr; height: 1; }
    """

    share: reactive[float] = reactive(0.0)

    def render(self) -> RenderResult:
        return Content(bar(self.share, self.content_size.width))
