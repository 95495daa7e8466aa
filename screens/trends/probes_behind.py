"""The probes behind a finding: what was so in each of them, and its review one key away."""

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from screens.frame.base import BaseScreen
from screens.frame.footer import Banner, Keys
from screens.frame.help_texts import TRENDS_HELP
from screens.frame.keys import BEHIND, bindings
from screens.trends.page import TrendsData
from screens.widgets.line_list import LineList
from store.matrix import chart
from store.trends.case import Case
from store.trends.finding import Finding
from store.trends.sovereignty import in_short
from store.words.dates import day
from store.words.numbers import signed
from store.words.text import clipped

FIRST, LATER = "●", "○"
"""The marks of the probes that a finding is about, and of the others that it counts."""

WIDE = 100
"""Columns above which the gap of a probe is in words."""


class BehindScreen(BaseScreen[None]):
    """A list of probes: those that the finding is about first, then the others; latest first."""

    CSS_PATH = "trends.tcss"
    commands = BEHIND
    help_text = TRENDS_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BEHIND),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "move(10)", "Page down", show=False, priority=True),
        Binding("pageup", "move(-10)", "Page up", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    def __init__(self, finding: Finding, data: TrendsData) -> None:
        super().__init__()
        self._finding = finding
        known = {case.probe: case for case in data.cases}
        self._cases: dict[str, Case] = {}
        self._so: dict[str, str] = {}
        for name, probes in finding.parts:
            for id in reversed(probes):
                if id in known:
                    self._cases.setdefault(id, known[id])
                    self._so.setdefault(id, name)
        self._first = frozenset(finding.parts[0][1]) if finding.parts else frozenset()
        self._signs = data.letters

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(f"{self._finding.said}.", "bold"), id="told", markup=False)
        yield Static(id="columns", markup=False)
        yield LineList(self._row, id="behind")
        yield Static(id="detail", markup=False)
        yield Banner()
        yield Static(self._hint(), id="hint", markup=False)
        yield Keys()

    def _hint(self) -> str:
        if not self._cases:
            return "No probe is counted here  ·  Escape goes back"
        counted = f"{LATER} counted, but {self._finding.parts[1][0]}  ·  " if self._is_yes_or_no else ""
        return f"{counted}Enter opens the probe  ·  Escape goes back"

    @property
    def _is_yes_or_no(self) -> bool:
        return len(self._finding.parts) == 2 and bool(self._finding.parts[1][1])

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#behind", LineList).put(tuple(self._cases), 0)

    def on_resize(self) -> None:
        """The columns follow the width."""
        so, note = self._widths()
        head = self._finding.head or ("against expected" if self.size.width > WIDE else "aut.  ben.")
        self.query_one("#columns", Static).update(f"{'':<{so}}{'debriefed':<19}{head:<{note}}")

    def _widths(self) -> tuple[int, int]:
        """Columns for what was so, and for what there is to say of a probe."""
        so = max((len(name) for name in self._so.values()), default=8) + 6
        notes = [len(self._note(id)) for id in self._cases]
        head = len(self._finding.head) if self._finding.head else 17 if self.size.width > WIDE else 10
        return so, max([head, *notes]) + 2

    def _note(self, id: str) -> str:
        if self._finding.head:
            return self._finding.notes.get(id, "")
        gaps = zip(self._cases[id].gap or (), ("autonomy", "benefit"), strict=False)
        if self.size.width > WIDE:
            return ", ".join(f"{signed(each)} {axis}" for each, axis in gaps)
        return "".join(f"{signed(each):>4}  " for each, _ in gaps).rstrip()

    def _row(self, id: str) -> Content:
        case, first = self._cases[id], id in self._first
        so, note = self._widths()
        theirs = f"{clipped(case.whose, 20)}: " if case.whose else ""
        left = self.query_one("#behind", LineList).scrollable_content_region.width - so - 19 - note
        style = "bold" if first else "dim"
        return Content.assemble(
            ("  " if self._signs[id] == chart.MARK else f"{self._signs[id]} ", "bold $accent"),
            (f"{f'{FIRST if first else LATER} {self._so[id]}':<{so - 2}}", style),
            f"{day(date.fromisoformat(case.day)):<19}",
            f"{self._note(id):<{note}}",
            (clipped(f"{theirs}{case.title}", max(8, left)), "bold" if first else ""),
        )

    @on(LineList.Highlighted)
    def _about(self) -> None:
        id = self.query_one("#behind", LineList).item
        if id is not None:
            case = self._cases[id]
            partners = ", ".join(case.partners)
            theirs = f"   of {clipped(case.whose, 40)}" if case.whose else ""
            room = max(20, self.size.width // 2 - 6)
            with_ = f"   with {clipped(partners, room)}" if partners else ""
            self.query_one("#detail", Static).update(
                Content.assemble((clipped(case.title, room), "bold"), theirs, with_, f"\n{in_short(case)}"),
                layout=False,
            )

    def action_move(self, by: int) -> None:
        """Up and down."""
        self.query_one("#behind", LineList).move(by)

    @on(LineList.Chosen)
    def action_open(self) -> None:
        """Open the review of the probe at the page that shows the figure."""
        id = self.query_one("#behind", LineList).item
        if id is not None:
            self.host.open_probe(id, self._finding.page)

    def action_leave(self) -> None:
        """Back to the line."""
        self.app.pop_screen()
