"""The guidelines in force, or as they were on any day; typing finds them, and Enter opens the lineage of one."""

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.book.guideline import BookPage, GuidelineScreen
from screens.book.lineage_drawing import in_short
from screens.frame.keys import GUIDELINES_PAGE, bindings
from screens.widgets.entry_field import PlainInput
from screens.widgets.panel import head, titled
from screens.widgets.paragraphs import hung
from store.book import guidelines
from store.book.guidelines import FOSSIL, HeldGuideline, day_meant, stillness, verdicts
from store.book.lineage import WordingOrigin
from store.debrief import Debrief
from store.words.dates import day, day_at
from store.words.text import visible


class GuidelinesScreen(BookPage):
    """A field to type in and the guidelines below it; the arrows move among them while the field has the focus."""

    AUTO_FOCUS = "#field"
    commands = GUIDELINES_PAGE
    BINDINGS = [*bindings(GUIDELINES_PAGE)]
    far = 5

    def __init__(self) -> None:
        super().__init__()
        self._held: Debrief | None = None
        self._shown: tuple[HeldGuideline, ...] = ()
        self._when: date | None = None
        self._today: date | None = None
        self._lineages: dict[int, Sequence[WordingOrigin]] = {}
        """Those that were read, by the number of the guideline."""

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with Horizontal(id="middle"):
            with titled(Vertical(id="listed"), "Guidelines", focused=True):
                yield PlainInput(
                    placeholder="type words to find, or a day to read: what did we hold in March?", id="field"
                )
                yield OptionList(id="book", markup=False)
            yield titled(Static(id="pane", markup=False), "Lineage")
        yield from self.foot()

    def on_screen_resume(self) -> None:
        """At the start and after a look at a probe: what the group holds may have changed."""
        self._held = self.live.logbook.framework() or self._held
        self._lineages.clear()
        self.draw()

    def new_minute(self) -> None:
        if self._today != self._day():
            self.draw()

    def _day(self) -> date:
        return day_at(self.live.now())

    @on(Input.Changed)
    def draw(self) -> None:
        held = self._held
        if held is None or not self.size.width:
            return
        typed = self.query_one("#field", Input).value
        self._today = self._day()
        self._when = when = day_meant(typed, self._today)
        book = guidelines.book_at(held.guidelines, when)
        before = self._number
        self._shown = book if when is not None or not typed.strip() else guidelines.matching(book, typed)
        now = {each.number: each for each in guidelines.book_at(held.guidelines)}
        with self.app.batch_update():
            self.query_one("#head", Static).update(self._head(held, when, book, len(now)))
            options = self.query_one("#book", OptionList)
            options.clear_options()
            rows = (Option(self._row(held, each, now[each.number]), id=str(each.number)) for each in self._shown)
            options.add_options(rows)
            numbers = [each.number for each in self._shown]
            if numbers:
                options.highlighted = numbers.index(before) if before in numbers else 0
            head(self.query_one("#listed"), "Guidelines", str(len(numbers) or ""))
            self._draw_pane()
        self.say("")

    @on(OptionList.OptionHighlighted)
    def _draw_pane(self) -> None:
        """Where the highlighted one comes from, beside the list, if there is room."""
        pane, number = self.query_one("#pane", Static), self._number
        width, height = pane.content_size
        if self._held is None or not pane.display or not width:
            return
        if not number:
            pane.update("", layout=False)
            return
        if number not in self._lineages:
            self._lineages[number] = self.live.logbook.lineage(number)
        pane.border_title = Content(f"Guideline {number}")
        found = in_short(self._lineages[number], self._held.past.debriefs, width, height)
        pane.update(found, layout=False)

    def _head(self, held: Debrief, when: date | None, book: tuple[HeldGuideline, ...], now: int) -> Content:
        n = len(book)
        if when is not None:
            said = f"   as they stood at the end of {day(when)}"
            many = f"{n or 'none'} of the {now} of today" if now else "none yet"
            return Content.assemble(("Guidelines", "bold"), (said, "bold $accent"), f", {many}")
        still, long = stillness(held.guidelines, held.past.debriefs, self.live.now())
        said = f"   {n} in force, {still}" if n else "   none yet"
        return Content.assemble(("Guidelines", "bold"), said, (f"\n{FOSSIL}" if long else "", "bold $warning"))

    def _row(self, held: Debrief, each: HeldGuideline, now: HeldGuideline) -> Content:
        width = self.query_one("#book").scrollable_content_region.width - 2
        about = [guidelines.since(each.version)]
        if each.earlier:
            about.append(f"{_ordinal(each.earlier + 1)} wording")
        guideline = next(one for one in held.guidelines if one.number == each.number)
        said = verdicts(guideline, held.past.debriefs, self._when)
        if said and said[-1].wording == each.earlier + 1:
            about.append(f"worked: {said[-1].worked}")
        elif said:
            about.append(f"the wording before worked: {said[-1].worked}")
        if now.version != each.version:
            about.append("worded otherwise since")
        text = hung(Content.styled(visible(each.version.text), "bold"), width, f"{each.number:>2}  ", "bold $accent")
        below = hung(Content.styled("  ·  ".join(about), "dim"), width, "    ")
        return Content("\n").join([text, below, Content("")])

    @property
    def _number(self) -> int:
        at = self.query_one("#book", OptionList).highlighted
        return self._shown[at].number if at is not None and at < len(self._shown) else 0

    def standing_hint(self) -> str:
        if self._shown:
            return "Enter: where it comes from  ·  ↑ ↓ choose  ·  type words, or a day"
        if self.query_one("#field", Input).value:
            return "Nothing fits what is typed. Ctrl+F in the logbook looks in every text."
        return "The first is written in the amendments of a debrief."

    @on(Input.Submitted)
    def _open(self) -> None:
        if number := self._number:
            self._show_lineage(number)

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        self._show_lineage(int(message.option_id or 0))  # the list may have changed since

    def _show_lineage(self, number: int) -> None:
        assert self._held is not None
        if steps := self.live.logbook.lineage(number):
            self.app.push_screen(GuidelineScreen(number, steps, self._held.past.debriefs, self._when))

    def action_move(self, by: int) -> None:
        options = self.query_one("#book", OptionList)
        if self._shown:
            options.highlighted = min(max((options.highlighted or 0) + by, 0), len(self._shown) - 1)

    def action_other(self) -> None:
        from screens.book.recurring import RecurringScreen

        self.app.push_screen(RecurringScreen())

    def action_forget(self) -> None:
        field = self.query_one("#field", Input)
        if field.value:
            field.value = ""
        else:
            self.action_leave()


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
