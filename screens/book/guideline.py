"""One guideline and its lineage: every wording with what changed, what it rests on, and whether it worked; and what all pages
about guidelines and patterns have in common."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import OptionList, Static

from screens.frame.curtain import CurtainedScreen
from screens.frame.footer import BETWEEN, HintScreen
from screens.frame.help import GUIDELINES_HELP
from screens.frame.keys import CURTAINED, bindings
from screens.widgets.paragraphs import hung, worded
from store.book import guidelines
from store.book.guidelines import verdicts
from store.book.lineage import WordingOrigin
from store.debrief import EarlierDebrief
from store.matrix import gap
from store.model import WORKED, Amendment, Guideline
from store.report.lines import evidence, moment_line
from store.words.changes import compared
from store.words.dates import date_of, day
from store.words.numbers import counted
from store.words.text import visible

_WORKED = max(map(len, WORKED)) + 2
"""Columns for the verdict on a wording."""


class BookPage(HintScreen[None]):
    """A page about guidelines or patterns, drawn anew for each size. The arrows go one further, PageDown and PageUp `far`."""

    CSS_PATH = "guidelines.tcss"
    AUTO_FOCUS = ""
    help_text = GUIDELINES_HELP
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
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="verdicts", markup=False)
            for at in range(len(self._steps)):
                yield Static(id=f"step-{at}", classes="step", markup=False)
        yield from self.foot()

    def on_mount(self) -> None:
        self.draw()
        if self._held:
            self._to_chosen()

    def draw(self) -> None:
        width = self.size.width - 4
        held = self._steps[self._held].version
        then = "" if self._when is None else f"   as it stood at the end of {day(self._when)}"
        since = f"{',' if then else '  '} {guidelines.since(held)}\n"
        text = hung(Content.styled(visible(held.text), "bold"), width, "")
        with self.app.batch_update():
            head = Content.assemble((f"Guideline {self._number}{then}", "bold $accent"), since, text)
            self.query_one("#head", Static).update(head)
            self.query_one("#verdicts", Static).update(self._verdicts(width))
            for at, step in enumerate(self._steps):
                lines = self._step(at, step, width - 2)
                self.query_one(f"#step-{at}", Static).update(Content("\n").join(lines))
        self.say("")

    def _verdicts(self, width: int) -> Content:
        lines = [Content.styled("Did it work?", "bold $accent")]
        for each in reversed(verdicts(self._guideline, self._debriefs)):
            which = f"wording {each.wording}, " if len(self._steps) > 1 else ""
            said = f"{which}{visible(each.held.title)}, {day(date_of(each.held.at))}"
            lines.append(hung(Content(said), width, f"  {each.worked:<{_WORKED}}"))
        if len(lines) == 1:
            lines.append(Content("  No later debrief has said yet."))
        return Content("\n").join([*lines, Content("")])

    def _step(self, at: int, step: WordingOrigin, width: int) -> Iterator[Content]:
        here = at == self.chosen
        number = len(self._steps) - at
        where = f", {visible(step.title)}" if step.title else ""
        title = f"Wording {number}, {guidelines.since(step.version)}{where}"
        yield hung(
            Content.styled(title, "bold reverse" if here else "bold"), width, "▸ " if here else "  ", "bold $accent"
        )
        if step.before is None:
            yield hung(Content(visible(step.version.text)), width, "    ")
        else:
            for line in compared((step.before,), (step.version.text,)):
                yield hung(worded(line.parts), width, "    ")
        if step.amendment is not None:
            yield from self._decided(step, step.amendment, width)
        elif step.version.session is not None:
            yield Content.styled("    how it was decided is not in this archive", "dim")
        yield Content("")

    def _decided(self, step: WordingOrigin, amendment: Amendment, width: int) -> Iterator[Content]:
        yield hung(Content(f"decided by {visible(amendment.decision)}"), width, "    ")
        for reservation in amendment.reservations:
            yield hung(Content.assemble(("reservation: ", "dim"), visible(reservation)), width, "    ")
        if step.gap is not None:
            yield hung(
                Content.assemble(("answers the gap: ", "dim"), gap.in_words(step.gap.model_dump())), width, "    "
            )
        if not step.patterns:
            yield Content.styled("    rests on no pattern", "dim")
        for pattern in step.patterns:
            text = Content.assemble(
                ("rests on pattern ", "dim"),
                (f"{pattern.number} {pattern.felt.sign} ", "bold"),
                visible(pattern.text),
                (f"  ({evidence(pattern)})", "dim"),
            )
            yield hung(text, width, "    ")
            for moment in () if self.curtain else step.moments:
                if moment.number in pattern.moments:
                    yield hung(Content(str(moment_line(moment)).strip()), width, "        ")

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
