"""The patterns seen more than once, and whose impulse was right: each with the probes and guidelines behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.book.guideline import BookPage, GuidelineScreen
from screens.book.lineage_drawing import in_short
from screens.frame.keys import RECURRING_PAGE, bindings
from screens.logbook_drawing import in_full
from screens.widgets.panel import head, titled
from screens.widgets.paragraphs import hung
from store.book.recurrence import Recurrence
from store.debrief import EarlierDebrief
from store.session import impulses
from store.words.dates import date_of, day
from store.words.text import visible


@dataclass(frozen=True, slots=True)
class RecurringRow:
    """A row of the page, and what Enter opens on it.

    Attributes:
        label: what comes before the text and does not wrap with it.
        text, style: what it says.
        probe, page: the probe that it opens, and the page of its review; empty where it opens none.
        guideline: the guideline that it opens; 0 where it opens none.
    """

    label: str
    text: str
    style: str = ""
    probe: str = ""
    page: str = ""
    guideline: int = 0

    @property
    def opens(self) -> bool:
        return bool(self.probe or self.guideline)

    def drawn(self, width: int) -> Content:
        """The row, wrapped to `width` cells."""
        return hung(Content.styled(self.text, self.style), width, self.label, "bold $accent")


def of_pattern(found: Recurrence) -> Iterator[RecurringRow]:
    """A recurring pattern: where it was seen, what was amended because of it, and whether it still recurs."""
    yield RecurringRow("↻ ", visible(found.pattern.text), "bold")
    yield RecurringRow("  ", f"seen {len(found.pattern.seen)} times", "dim")
    yield from (RecurringRow("    ", _named(held), probe=held.probe, page="Patterns") for held in found.seen)
    if found.against:
        yield RecurringRow("  ", "amended against it", "dim")
    for each in found.against:
        said = f"guideline {each.guideline}: {visible(each.principle)}"
        yield RecurringRow("    ", f"{said} ({_named(each.held)})", guideline=each.guideline)
    yield RecurringRow("  ", found.verdict(), "bold" if found.again else "dim")
    yield RecurringRow("", "")


def of_impulses(debriefs: Sequence[EarlierDebrief]) -> Iterator[RecurringRow]:
    """Whose impulse was right: the running record, and what each debrief said."""
    runs = impulses.record(each.impulses for each in debriefs)
    if not runs:
        return
    yield RecurringRow("↔ ", "Whose impulse was right", "bold")
    yield from (RecurringRow("  ", str(run)) for run in runs)
    for held in debriefs:
        said = ", ".join(f"{n or 'none'} of {of} for {pull}" for pull, (n, of) in held.impulses.items())
        if said:
            yield RecurringRow("    ", f"{_named(held)}: {said}", probe=held.probe, page="Close")
    yield RecurringRow("", "")


def _named(held: EarlierDebrief) -> str:
    return f"{visible(held.title)}, {day(date_of(held.at))}"


class RecurringScreen(BookPage):
    """Patterns seen most often come first; the arrows go from one probe or guideline to the next, and Enter opens it."""

    commands = RECURRING_PAGE
    BINDINGS = [*bindings(RECURRING_PAGE), Binding("enter", "open", "Open", show=False, priority=True)]
    far = 8

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[RecurringRow, ...] = ()
        self._debriefs: Sequence[EarlierDebrief] = ()
        self._patterns = 0

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="middle"):
            with titled(Vertical(id="listed"), "Patterns", focused=True):
                yield OptionList(id="patterns", markup=False)
            yield titled(Static(id="pane", markup=False), "In short")
        yield from self.foot()

    def on_screen_resume(self) -> None:
        """Read them at the start and after a look at a probe."""
        recurrences = self.live.logbook.recurrences()
        held = self.live.logbook.framework()
        self._patterns = len(recurrences)
        self._debriefs = held.past.debriefs if held is not None else self._debriefs
        of_patterns = [row for each in recurrences for row in of_pattern(each)]
        self._rows = (*of_patterns, *of_impulses(self._debriefs))
        self.draw()

    def draw(self) -> None:
        said = Content.assemble(("Recurring patterns", "bold"), f"   {self._patterns or 'none yet'}")
        self.query_one("#head", Static).update(said)
        rows = self.query_one("#patterns", OptionList)
        at = rows.highlighted
        rows.clear_options()
        width = rows.scrollable_content_region.width - 2
        rows.add_options([Option(row.drawn(width), disabled=not row.opens) for row in self._rows])
        if places := self._places:
            rows.highlighted = at if at in places else places[0]
        head(self.query_one("#listed"), "Patterns", str(self._patterns or ""))
        self._draw_pane()
        self.say("")

    @on(OptionList.OptionHighlighted)
    def _draw_pane(self) -> None:
        """The probe or the lineage of the guideline that Enter opens, beside the list, if there is room."""
        at, pane = self.query_one("#patterns", OptionList).highlighted, self.query_one("#pane", Static)
        width, height = pane.content_size
        if not pane.display or not width:
            return
        row = self._rows[at] if at is not None and at < len(self._rows) else RecurringRow("", "")
        said = Content("")
        if row.guideline:
            said = in_short(self.live.logbook.lineage(row.guideline), self._debriefs, width, height)
        elif row.probe and (entry := self.live.logbook.entry(row.probe)) is not None:
            said = in_full(entry, width, height)
        pane.border_title = Content(f"Guideline {row.guideline}" if row.guideline else "In short")
        pane.update(said, layout=False)

    @property
    def _places(self) -> list[int]:
        return [at for at, row in enumerate(self._rows) if row.opens]

    def standing_hint(self) -> str:
        if self._places:
            return "Enter opens the probe or the guideline  ·  ↑ ↓ choose"
        return "In small groups Ctrl+B marks a pattern that was seen before."

    def action_move(self, by: int) -> None:
        """Go to the next row that opens something, or the one before; at the first one, scroll to the head of the page."""
        rows, places = self.query_one("#patterns", OptionList), self._places
        if rows.highlighted in places:
            at = min(max(places.index(rows.highlighted) + by, 0), len(places) - 1)
            rows.highlighted = places[at]
            if not at:
                rows.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """Open the probe at the page about it, or the guideline with its lineage."""
        at = self.query_one("#patterns", OptionList).highlighted
        if at is None:
            return
        row = self._rows[at]
        if row.probe:
            self.host.open_probe(row.probe, row.page)
        elif steps := self.live.logbook.lineage(row.guideline):
            self.app.push_screen(GuidelineScreen(row.guideline, steps, self._debriefs))

    def action_other(self) -> None:
        """Back to the guidelines."""
        self.action_leave()
