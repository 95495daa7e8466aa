"""The probes behind a finding: what was so in each of them, and its review one key away."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.frame.base import BaseScreen
from screens.frame.footer import Banner, Keys
from screens.frame.help import TRENDS_HELP
from screens.frame.keys import BEHIND, MOVING, bindings
from screens.trends.page import TrendsData
from screens.widgets.line_list import LineList
from screens.widgets.panel import BARE, head, titled
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

_DAY = 19
"""Columns for the day of a debrief."""


class BehindScreen(BaseScreen[None]):
    """A list of probes: those that the finding is about first, then the others; latest first."""

    CSS_PATH = "trends.tcss"
    commands = BEHIND
    help_text = TRENDS_HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow")]
    BINDINGS = [*bindings(BEHIND), *MOVING, Binding("enter", "open", "Open", show=False, priority=True)]

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
        with titled(Vertical(id="probes"), "Probes", focused=True):
            yield Static(id="columns", markup=False)
            yield LineList(self._row, id="behind")
        yield Static(id="detail", markup=False)
        yield Banner()
        yield Static(self._hint(), id="hint", markup=False)
        yield Keys()

    def _hint(self) -> str:
        if not self._cases:
            return "No probe is counted here  ·  Escape goes back"
        parts = self._finding.parts
        counted = f"{LATER} counted, but {parts[1][0]}  ·  " if len(parts) == 2 and parts[1][1] else ""
        return f"{counted}Enter opens the probe  ·  Escape goes back"

    def on_mount(self) -> None:
        self._lines.put(tuple(self._cases), 0)

    @property
    def _lines(self) -> "LineList[str]":
        return self.query_one("#behind", LineList)

    def on_resize(self) -> None:
        so, note = self._widths()
        noted = self._finding.head or ("against expected" if self.size.width > WIDE else "aut.  ben.")
        self.query_one("#columns", Static).update(f"{'':<{so}}{'debriefed':<{_DAY}}{noted:<{note}}")
        head(self.query_one("#probes"), "Probes", str(len(self._cases) or ""))

    def _widths(self) -> tuple[int, int]:
        """Columns for what was so, and for what there is to say of a probe."""
        so = max((len(name) for name in self._so.values()), default=8) + 6
        notes = [len(self._note(id)) for id in self._cases]
        least = len(self._finding.head) if self._finding.head else 17 if self.size.width > WIDE else 10
        return so, max([least, *notes]) + 2

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
        left = self._lines.scrollable_content_region.width - so - _DAY - note
        style = "bold" if first else "dim"
        return Content.assemble(
            ("  " if self._signs[id] == chart.MARK else f"{self._signs[id]} ", "bold $accent"),
            (f"{f'{FIRST if first else LATER} {self._so[id]}':<{so - 2}}", style),
            f"{day(date.fromisoformat(case.day)):<{_DAY}}",
            f"{self._note(id):<{note}}",
            (clipped(f"{theirs}{case.title}", max(8, left)), "bold" if first else ""),
        )

    @on(LineList.Highlighted)
    def _about(self) -> None:
        if (id := self._lines.item) is not None:
            case = self._cases[id]
            theirs = f"   of {clipped(case.whose, 40)}" if case.whose else ""
            room = max(20, self.size.width // 2 - 6)
            with_ = f"   with {clipped(', '.join(case.partners), room)}" if case.partners else ""
            said = Content.assemble((clipped(case.title, room), "bold"), theirs, with_, f"\n{in_short(case)}")
            self.query_one("#detail", Static).update(said, layout=False)

    def action_move(self, by: int) -> None:
        self._lines.move(by)

    @on(LineList.Chosen)
    def action_open(self) -> None:
        if (id := self._lines.item) is not None:
            self.host.open_probe(id, self._finding.page)

    def action_leave(self) -> None:
        self.app.pop_screen()
