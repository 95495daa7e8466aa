"""One guideline and its lineage: every wording with what changed, what it rests on, and whether it worked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from screens.frame.banner import Banner
from screens.frame.base import BaseScreen
from screens.frame.footer import Keys
from screens.frame.help_texts import GUIDELINES_HELP
from screens.frame.keys import LINEAGE, bindings
from screens.widgets.changes import worded
from screens.widgets.paragraphs import hung
from store.book import guidelines
from store.book.guideline_verdicts import verdicts
from store.book.lineage import WordingOrigin
from store.debrief import EarlierDebrief
from store.matrix import figures
from store.model import WORKED, Guideline
from store.report.records_in_words import evidence, moment_line
from store.words.changes import compared
from store.words.dates import day
from store.words.text import visible

_WORKED = max(map(len, WORKED)) + 2
"""Columns for the verdict on a wording."""


class GuidelineScreen(BaseScreen[None]):
    """The wording in force, or that of some day, on top; below it every wording, latest first."""

    CSS_PATH = "guidelines.tcss"
    AUTO_FOCUS = ""
    commands = LINEAGE
    help_text = GUIDELINES_HELP
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(LINEAGE),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown,space", "scroll(1)", "Page down", show=False, priority=True),
        Binding("pageup", "scroll(-1)", "Page up", show=False, priority=True),
        Binding("enter", "open", "Open", show=False, priority=True),
    ]

    curtain: reactive[bool] = reactive(True, init=False)
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
        yield Banner()
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Draw the page, with the wording held then in sight."""
        self._draw()
        if self._held:
            self._to_chosen()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(self._draw)

    # ------------------------------------------------------------------------------------------------------ drawing

    def _draw(self) -> None:
        width = self.size.width - 4
        held = self._steps[self._held].version
        then = "" if self._when is None else f"   as it stood at the end of {day(self._when)}"
        with self.app.batch_update():
            self.query_one("#head", Static).update(
                Content.assemble(
                    (f"Guideline {self._number}", "bold $accent"),
                    (then, "bold $accent"),
                    f"{',' if then else '  '} {guidelines.since(held)}\n",
                    hung(Content.styled(visible(held.text), "bold"), width, ""),
                )
            )
            self.query_one("#verdicts", Static).update(self._verdicts(width))
            for at, step in enumerate(self._steps):
                lines = self._step(at, step, width - 2)
                self.query_one(f"#step-{at}", Static).update(Content("\n").join(lines))
        self.say("")

    def _verdicts(self, width: int) -> Content:
        head = Content.styled("Did it work?", "bold $accent")
        lines = [
            hung(
                Content.assemble(
                    f"wording {each.wording}, " if len(self._steps) > 1 else "",
                    f"{visible(each.held.title)}, {_on(each.held.at)}",
                ),
                width,
                f"  {each.worked:<{_WORKED}}",
            )
            for each in reversed(verdicts(self._guideline, self._debriefs))
        ] or [Content("  No later debrief has said yet.")]
        return Content("\n").join([head, *lines, Content("")])

    def _step(self, at: int, step: WordingOrigin, width: int) -> Iterator[Content]:
        here = at == self.chosen
        number = len(self._steps) - at
        where = f", {visible(step.title)}" if step.title else ""
        mark = "▸ " if here else "  "
        said = Content.styled(
            f"Wording {number}, {guidelines.since(step.version)}{where}", "bold reverse" if here else "bold"
        )
        yield hung(said, width, mark, "bold $accent")
        if step.before is None:
            yield hung(Content(f"{visible(step.version.text)}"), width, "    ")
        else:
            for line in compared((step.before,), (step.version.text,)):
                yield hung(worded(line.parts), width, "    ")
        if step.amendment is None:
            if step.version.session is not None:
                yield Content.styled("    how it was decided is not in this archive", "dim")
            yield Content("")
            return
        yield hung(Content(f"decided by {visible(step.amendment.decision)}"), width, "    ")
        for reservation in step.amendment.reservations:
            yield hung(Content.assemble(("reservation: ", "dim"), visible(reservation)), width, "    ")
        if step.gap is not None:
            yield hung(Content.assemble(("answers the gap: ", "dim"), figures.gap_in_words(step.gap)), width, "    ")
        yield from self._evidence(step, width)
        yield Content("")

    def _evidence(self, step: WordingOrigin, width: int) -> Iterator[Content]:
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
            if not self.curtain:
                for moment in step.moments:
                    if moment.number in pattern.moments:
                        yield hung(Content(moment_line(moment).strip()), width, "        ")

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Put a sentence at the foot; an empty one puts the hint back."""
        parts = []
        if self._steps[self.chosen].probe:
            parts.append("Enter: its probe")
        if len(self._steps) > 1:
            parts.append("↑ ↓ choose the wording")
        if moments := sum(len(step.moments) for step in self._steps):
            n = f"{moments} moment{'' if moments == 1 else 's'}"
            parts.append(f"F3 shows {n}" if self.curtain else "F3 draws the curtain")
        self.query_one("#hint", Static).update(visible(sentence) or "  ·  ".join(parts))
        self.query_one("#hint").set_class(wrong, "-wrong")

    def watch_curtain(self) -> None:
        """Draw the page again, with the chosen wording in sight."""
        self.watch_chosen()

    def watch_chosen(self) -> None:
        """The same."""
        self._draw()
        self._to_chosen()

    def _to_chosen(self) -> None:
        chosen = self.query_one(f"#step-{self.chosen}")
        self.call_after_refresh(chosen.scroll_visible, animate=False, top=True)

    # ------------------------------------------------------------------------------------------------------ the keys

    def action_move(self, by: int) -> None:
        """The next wording, or the one before."""
        self.chosen = min(max(self.chosen + by, 0), len(self._steps) - 1)

    def action_scroll(self, direction: int) -> None:
        """Scroll the page."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=direction * max(1, page.size.height - 2), animate=False)

    def action_curtain(self) -> None:
        """Draw or open the curtain."""
        self.curtain = not self.curtain

    def action_open(self) -> None:
        """Open the review of the probe whose debrief decided the chosen wording."""
        step = self._steps[self.chosen]
        if step.probe:
            self.desk.open_probe(step.probe, "Amendments")
        else:
            self.say("Where this wording came from is not in this archive.", wrong=True)

    def action_leave(self) -> None:
        """Back to the guidelines."""
        self.app.pop_screen()


def _on(at: str) -> str:
    return day(guidelines.date_of(at))
