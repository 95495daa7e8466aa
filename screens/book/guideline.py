"""One guideline and its lineage: every wording with what changed, what it rests on, and whether it worked; and what all pages
about guidelines and patterns have in common."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList, Static

from screens.book import lineage_drawing as drawing
from screens.frame.curtain import CurtainedScreen
from screens.frame.footer import BETWEEN, HintScreen
from screens.frame.help import GUIDELINES_HELP
from screens.frame.keys import CURTAINED, bindings
from screens.widgets.panel import BARE, head, titled
from screens.widgets.paragraphs import hung
from store.book import guidelines
from store.book.lineage import WordingOrigin
from store.debrief import EarlierDebrief
from store.model import Guideline
from store.words.dates import day
from store.words.numbers import counted
from store.words.text import visible

BESIDE = 110
"""Columns from which what is chosen is told in a panel beside the list."""


class BookPage(HintScreen[None]):
    """A page about guidelines or patterns, drawn anew for each size. The arrows go one further, PageDown and PageUp `far`."""

    CSS_PATH = "guidelines.tcss"
    AUTO_FOCUS = ""
    help_text = GUIDELINES_HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow"), (BESIDE, "-wide"), (150, "-vast")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    far: ClassVar[int]

    @abstractmethod
    def draw(self) -> None:
        """Draw the page for its width."""

    def on_mount(self) -> None:
        """The screen moves in its list; the focus stays where one types."""
        for rows in self.query(OptionList):
            rows.can_focus = False

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    @abstractmethod
    def action_move(self, by: int) -> None:
        """Go to the next of what can be opened, or to the one before."""

    def action_page(self, direction: int) -> None:
        """The same, further."""
        self.action_move(direction * self.far)

    def action_leave(self) -> None:
        self.app.pop_screen()


class GuidelineScreen(CurtainedScreen[None], BookPage):
    """The wording in force, or that of some day, on top; below it every wording, latest first."""

    commands = CURTAINED
    BINDINGS = [
        *bindings(CURTAINED),
        Binding("space", "page(1)", "Page down", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    chosen: reactive[int] = reactive(0, init=False)

    def __init__(
        self, number: int, steps: Sequence[WordingOrigin], debriefs: Sequence[EarlierDebrief], when: date | None = None
    ) -> None:
        super().__init__()
        self._number, self._debriefs, self._when = number, debriefs, when
        self._steps = tuple(reversed(steps))
        self._guideline = Guideline(number=number, history=tuple(step.version for step in steps))
        standing = guidelines.book_at([self._guideline], when)
        self._held = len(steps) - 1 - standing[0].earlier if standing else 0  # the wording held then
        self.set_reactive(GuidelineScreen.chosen, self._held)

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Container(id="middle"):
            with Vertical(id="left"):
                yield titled(Static(id="held", markup=False), "In force" if not self._held else "Held then")
                yield titled(Static(id="worked", markup=False), "Did it work?")
            with titled(VerticalScroll(id="page", can_focus=False), "Wordings", focused=True):
                yield Static(id="verdicts", markup=False)
                for at in range(len(self._steps)):
                    yield Static(id=f"step-{at}", classes="step", markup=False)
        yield from self.foot()

    def on_mount(self) -> None:
        self.draw()
        if self._held:
            self._to_chosen()

    def draw(self) -> None:
        page = self.query_one("#page")
        held = self._steps[self._held].version
        then = "" if self._when is None else f"   as it stood at the end of {day(self._when)}"
        since = f"{',' if then else '  '} {guidelines.since(held)}"
        with self.app.batch_update():
            self.query_one("#head", Static).update(
                Content.assemble((f"Guideline {self._number}{then}", "bold $accent"), since)
            )
            text = Content.styled(visible(held.text), "bold")
            self.query_one("#held", Static).update(hung(text, self.query_one("#held").content_size.width, ""))
            self._draw_verdicts()
            head(page, "Wordings", str(len(self._steps)))
            for at, step in enumerate(self._steps):
                number, width = len(self._steps) - at, page.scrollable_content_region.width
                lines = drawing.wording(step, number, width, at == self.chosen, not self.curtain)
                self.query_one(f"#step-{at}", Static).update(Content("\n").join(lines))
        self.say("")

    def _draw_verdicts(self) -> None:
        """Whether it worked: in a panel of its own, or above the wordings where there is no room for one."""
        worked, above = self.query_one("#worked", Static), self.query_one("#verdicts", Static)
        lines = drawing.said_of(self._guideline, self._debriefs, worked.content_size.width)
        worked.update(Content("\n").join(lines))
        width = self.query_one("#page").scrollable_content_region.width
        below = drawing.said_of(self._guideline, self._debriefs, width, "  ")
        above.update(Content("\n").join([Content.styled("Did it work?", "bold $accent"), *below, Content("")]))

    def standing_hint(self) -> str:
        parts = []
        if self._steps[self.chosen].probe:
            parts.append("Enter: its probe")
        if len(self._steps) > 1:
            parts.append("↑ ↓ choose the wording")
        if moments := sum(len(step.moments) for step in self._steps):
            parts.append(f"F3 shows {counted(moments, 'moment')}" if self.curtain else "F3 draws the curtain")
        return BETWEEN.join(parts)

    def watch_chosen(self) -> None:
        self.draw()
        self._to_chosen()

    watch_curtain = watch_chosen

    def _to_chosen(self) -> None:
        chosen = self.query_one(f"#step-{self.chosen}")
        self.call_after_refresh(chosen.scroll_visible, animate=False, top=True)

    def action_move(self, by: int) -> None:
        self.chosen = min(max(self.chosen + by, 0), len(self._steps) - 1)

    def action_page(self, direction: int) -> None:
        """Scroll; two rows stay in sight."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=direction * max(1, page.size.height - 2), animate=False)

    def action_open(self) -> None:
        """Open the review of the probe whose debrief decided the chosen wording."""
        step = self._steps[self.chosen]
        if step.probe:
            self.host.open_probe(step.probe, "Amendments")
        else:
            self.say("Where this wording came from is not in this archive.", wrong=True)
