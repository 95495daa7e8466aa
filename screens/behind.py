"""The probes behind a count: in which of them it happened and in which not, each one key away from its review."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.about import ABOUT_TRENDS
from screens.commands import BEHIND, bindings
from screens.sized import Sized
from screens.widgets.banner import Banner
from screens.widgets.keys import Keys
from screens.widgets.lines import Lines
from store.across.cases import MEASURES, Case
from store.across.trends import Trend, in_words
from store.words.dates import day
from store.words.figures import signed
from store.words.text import clipped


class BehindScreen(Sized[None]):
    """A list of probes, those in which it happened first, the latest of them on top."""

    CSS_PATH = "trends.tcss"
    commands = BEHIND
    about = ABOUT_TRENDS
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BEHIND),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    def __init__(self, trend: Trend, cases: Sequence[Case]) -> None:
        super().__init__()
        self._trend = trend
        self._happened = frozenset(trend.probes)
        counted = frozenset(trend.cases)
        behind = [case for case in reversed(cases) if case.probe in counted]
        behind.sort(key=lambda case: case.probe not in self._happened)
        self._cases = {case.probe: case for case in behind}

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(f"{in_words(self._trend)}.", "bold"), id="told", markup=False)
        yield Static(f"{'':<15}{'debriefed':<19}against expected: autonomy, benefit", id="columns", markup=False)
        yield Lines(self._row, id="behind")
        yield Static(id="detail", markup=False)
        yield Banner()
        yield Static("Enter opens the probe  ·  Escape goes back to the counts", id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#behind", Lines).put(tuple(self._cases), 0)

    def _row(self, id: str) -> Content:
        case = self._cases[id]
        happened = id in self._happened
        gaps = zip(case.gap or (), ("autonomy", "benefit"), strict=False)
        if self.size.width > 100:
            gap = ", ".join(f"{signed(each)} {axis}" for each, axis in gaps)
        else:
            gap = "".join(f"{signed(each):>5}" for each, _ in gaps)
        room = 31 if self.size.width > 100 else 12
        theirs = f"{clipped(case.whose, 20)}: " if case.whose else ""
        left = self.query_one("#behind", Lines).scrollable_content_region.width - 15 - 19 - room
        return Content.assemble(
            (f"{'● it happened' if happened else '○ not here':<15}", "bold" if happened else "dim"),
            f"{day(date.fromisoformat(case.day)):<19}",
            f"{gap:<{room}}",
            (clipped(f"{theirs}{case.title}", max(8, left)), "bold" if happened else ""),
        )

    @on(Lines.Highlighted)
    def _about(self) -> None:
        id = self.query_one("#behind", Lines).item
        if id is not None:
            case = self._cases[id]
            said = ", ".join(
                f"{name.removesuffix(' capacity')} {signed(case.sovereignty[name])}"
                for name in MEASURES
                if name in case.sovereignty
            )
            partners = ", ".join(value for dimension, value in case.groups if dimension == "partner")
            theirs = f"   of {clipped(case.whose, 40)}" if case.whose else ""
            room = max(20, self.size.width // 2 - 6)
            with_ = f"   with {clipped(partners, room)}" if partners else ""
            self.query_one("#detail", Static).update(
                Content.assemble((clipped(case.title, room), "bold"), theirs, with_, f"\n{said}"), layout=False
            )

    def action_move(self, by: int) -> None:
        """Up and down."""
        lines = self.query_one("#behind", Lines)
        lines.highlighted = (lines.highlighted or 0) + by

    @on(Lines.Chosen)
    def action_open(self) -> None:
        """The review of the probe, at the page that the count is about."""
        id = self.query_one("#behind", Lines).item
        if id is not None:
            measured = any(self._trend.fact.startswith(name) for name in MEASURES)
            self.desk.open_probe(id, "Sovereignty" if measured else "Matrix")

    def action_leave(self) -> None:
        """Back to the line."""
        self.app.pop_screen()
