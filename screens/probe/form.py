"""The form of a probe in sections, saved field by field, with help for the current field beside it."""

import re
from collections.abc import Iterable, Mapping
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from screens.frame.drafts import REST, DraftScreen, FieldsScreen, fill, text_of
from screens.frame.footer import HintScreen
from screens.frame.help import FORM_HELP
from screens.frame.keys import FORM, SCROLLING, bindings
from screens.frame.refusals import with_remedy
from screens.probe import sections
from screens.widgets import fields
from screens.widgets.fields import GrowingLines
from screens.widgets.panel import BARE, head, titled
from store.probe import form, form_hints, pact
from store.probe.fields import EXAMPLE_YEAR, Field, suggestions, taken_over
from store.probe.form import FIELDS, SECTIONS
from store.refused import Refused
from store.words import dates
from store.words.cells import wrapped
from store.words.text import visible

DRAFT = "form"
"""The name of the drafts, which are kept for each probe; a new one has no id yet."""

OVER = " over"
"""Follows a field's id in the key of the text that was saved when something else was typed over it."""

_LEAD = re.compile(r"(?:[-!]|[#✓]\d+) ")
"""What a line of help can begin with; its further rows are indented by as much."""

_NO_TITLE = "Start with the title: what you do, and where."


class ProbeForm(HintScreen[None], DraftScreen, FieldsScreen):
    """One field below the other; a refused text stays in its field and is marked, even after the form was left."""

    CSS_PATH = "form.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-bare"), (BARE, "-narrow"), (110, "-wide"), (170, "-vast")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    BINDINGS = [*bindings(FORM), *SCROLLING]
    commands = FORM
    scrolls = "#beside"
    help_text = FORM_HELP

    def __init__(self) -> None:
        super().__init__()
        self._resting: Timer | None = None
        self._in: Field = FIELDS[0]
        self._visited: set[Field] = set()
        self._told_of: object = None
        """What the marks of the sections were drawn from."""
        self._beside: tuple[object, ...] = ()
        """What the help beside the form was drawn from: first the id of the field."""
        self._wrong: tuple[Field, ...] = ()
        self._was_agreed = False
        """Whether the pact was agreed to, and nothing has been said of a change to its terms since."""
        self._leaving = False
        """Whether the form has said that something isn't saved; the next Escape leaves all the same."""

    @property
    def draft_key(self) -> tuple[str, str]:
        return self.live.debrief.probe.id, DRAFT

    def compose(self) -> ComposeResult:
        self._measure()
        yield Static(id="heading", markup=False)
        with Container(id="form"):
            yield sections.Sections(*map(self._section, SECTIONS), id="fields", can_focus=False)
            with Vertical(id="side"):
                yield titled(Static(id="sections", markup=False), "Sections")
                with titled(VerticalScroll(id="beside", can_focus=False), "Help"):
                    yield Static(id="about", markup=False)
        yield from self.foot()

    def _section(self, title: str) -> Vertical:
        """A section's fields in a panel of their own."""
        year = str(dates.day_at(self.live.now()).year)
        rows = []
        for field in SECTIONS[title]:
            example = field.example.replace(EXAMPLE_YEAR, year)
            filled = (field.label, field.id, field.get(self.live.debrief), example)
            row = fields.line(*filled) if field.rows == 1 else fields.growing(*filled, field.rows // 2)
            row.disabled = form.is_locked(self.live.debrief, field)
            rows.append(row)
        return titled(sections.Section(*rows, classes="section"), title, focused=FIELDS[0] in SECTIONS[title])

    def _measure(self) -> None:
        """Take the classes for this size before there is anything to dress; Textual would dress and lay out all of it twice."""
        for at, steps in zip(self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            self.add_class(next(name for least, name in reversed(steps) if at >= least), update=False)

    def on_mount(self) -> None:
        self.put_back()
        self._mark(filter(self._differs, FIELDS))
        listed = ", ".join(field.label for field in self._wrong)
        self.say(f"Typed here before and not saved yet: {listed}." if listed else "", wrong=bool(listed))

    def on_screen_resume(self) -> None:
        """Back from the pact, to which both sides may have agreed."""
        self._was_agreed |= self.live.debrief.probe.pact.agreed is not None
        self._tell()

    def on_resize(self) -> None:
        self.call_after_refresh(self._tell)

    def new_minute(self) -> None:
        self._tell()

    # ------------------------------------------------------------------------------------------------------ telling

    def standing_hint(self) -> str:
        return "Tab: next field  ·  saved as you go  ·  F6: the page  ·  Escape or F4: done"

    def _tell(self) -> None:
        debrief = self.live.debrief
        place = self.query_one("#about", Static)
        columns = place.content_size.width
        about, *rest = form_hints.hints(debrief, self._in, self._text_of(self._in), self.live.now())
        unsaved = ", ".join(field.label for field in self._wrong if field is not self._in)
        self._mark_sections(columns)
        lines = (about, *([f"{form_hints.WARNING}Not saved yet: {unsaved}."] if unsaved else []), *rest)
        stands = pact.state(debrief, self.live.now())
        shown = (self._in.id, lines, columns, debrief.probe.pact.agreed, stands)
        if shown == self._beside or not columns:
            return
        moved = self._beside[:1] != shown[:1]
        self._beside = shown
        sealed = ", debriefed: what was agreed stays as it was" if form.is_locked(debrief, FIELDS[0]) else ""
        heading = Content.assemble(("The probe and its pact", "bold $accent"), f"   {stands}{sealed}")
        self.query_one("#heading", Static).update(heading)
        self.query_one("#beside").border_title = Content(self._in.label)
        place.update(_field_help(lines, columns))
        if moved:
            self.query_one("#beside", VerticalScroll).scroll_home(animate=False)

    def _mark_sections(self, columns: int) -> None:
        """Say of each section how far it is filled in, and which one is typed in."""
        here = next(title for title, of in SECTIONS.items() if self._in in of)
        told = (self.live.debrief, here, columns, self.size)
        if told == self._told_of:
            return
        self._told_of = told
        found = form.filled(self.live.debrief)
        for panel, of in zip(self.query(".section"), found, strict=True):
            head(panel, of.title, sections.in_short(of))
            panel.set_class(of.title == here, "-focused")
        self.query_one("#sections", Static).update(sections.listed(found, here, columns))

    @on(DescendantFocus)
    def _entered(self, event: DescendantFocus) -> None:
        if found := next((field for field in FIELDS if field.id == event.widget.id), None):
            self._in = found
            if found not in self._visited and isinstance(event.widget, TextArea):
                event.widget.move_cursor(event.widget.document.end)  # typing adds another entry
            self._visited.add(found)
            self._tell()

    # ------------------------------------------------------------------------------------------------------- saving

    def _widget(self, field: Field) -> Input | TextArea:
        return cast(Input | TextArea, self.query_one(f"#{field.id}"))

    def _text_of(self, field: Field) -> str:
        return text_of(self._widget(field))

    def _differs(self, field: Field) -> bool:
        return self._text_of(field) != field.get(self.live.debrief)

    def stash(self) -> dict[str, str]:
        """The unsaved text of each field, with the saved text that it was typed over."""
        kept: dict[str, str] = {}
        for field in filter(self._differs, FIELDS):
            kept |= {field.id: self._text_of(field), f"{field.id}{OVER}": field.get(self.live.debrief)}
        return kept

    def restore(self, typed: Mapping[str, str]) -> None:
        """Put texts back, but not over a field that was saved since."""
        for field in FIELDS:
            if field.id in typed and typed.get(f"{field.id}{OVER}") == field.get(self.live.debrief):
                fill(self._widget(field), typed[field.id])

    def save(self, left: Field | None = None, go: bool = False) -> bool:
        """Save every field that has changed; False if one was refused. All refused ones are marked, and one is explained.

        A day can be refused until an earlier one is saved too, so refused fields are tried again.

        Args:
            left: the field to explain, if it is refused; otherwise the first one is.
            go: whether to go to that field.
        """
        refused = self._refused(FIELDS)
        while refused and len(again := self._refused(refused)) < len(refused):
            refused = again
        told = {
            field: why for field, why in refused.items() if self._text_of(field).strip() or field.get(self.live.debrief)
        }
        if told and not self.live.debrief.probe.title.strip():
            told = {FIELDS[0]: _NO_TITLE}
        self._mark(told)
        if told:
            field = left if left in told else next(iter(told))
            others = ", ".join(each.label for each in told if each is not field)
            leaving = " Escape again leaves it unsaved; it will be here next time." if self._leaving else ""
            self.say(f"{field.label}: {told[field]}{f' Also: {others}.' if others else ''}{leaving}", wrong=True)
            if go:
                self.set_focus(self._widget(field))
        elif self._was_agreed and not self.live.debrief.probe.pact.agreed:
            self._was_agreed = False
            said = "Saved. The terms have changed: the pact is a draft again, until both sides agree to it (F6)."
            self.say(f"{said} What was agreed is kept.")
        elif not refused:
            self.say("Saved." if self.live.debrief.probe.id and not self.live.status.unsaved else "")
        self._tell()
        return not refused

    def _mark(self, refused: Iterable[Field]) -> None:
        """Mark the fields that aren't saved, and no others."""
        self._wrong = tuple(refused)
        wrong = {field.id for field in self._wrong}
        for field in FIELDS:
            row = cast(Widget, self._widget(field).parent)
            row.set_class(field.id in wrong, "-wrong")

    def _refused(self, among: Iterable[Field]) -> dict[Field, str]:
        refused = {}
        for field in among:
            if not self._differs(field):
                continue
            text, new = self._text_of(field), not self.live.debrief.probe.id
            try:
                self.host.change(lambda debrief, now: form.put(debrief, field, text, now))  # noqa: B023 - called at once
            except Refused as why:
                refused[field] = with_remedy(why)
            if new and self.live.debrief.probe.id:
                self.live.drafts.texts.pop(("", DRAFT), None)  # from now on they are this probe's
        return refused

    @on(DescendantBlur)
    def _left(self, event: DescendantBlur) -> None:
        field = next((each for each in FIELDS if each.id == event.widget.id), None)
        self.save(field)
        if field is None or event.widget.has_focus or field in self._refused([field]):
            return
        kept = field.get(self.live.debrief)
        if kept != self._text_of(field):  # show a day or a rung as it was read, a suggestion in full
            fill(self._widget(field), kept)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._leaving = False
        if self._in.id == "red_lines":
            self._take_over()
        self._tell()
        if isinstance(self.focused, GrowingLines):
            self.call_after_refresh(self._in_sight) if self.focused.grows else self._in_sight()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rests)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Go to a field. Textual would glide there from wherever it is, and once more to the cursor."""
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)
        if scroll_visible and widget is not None:
            self.call_after_refresh(self._in_sight, whole=True)

    def _in_sight(self, whole: bool = False) -> None:
        """Scroll until the cursor's line is in sight, because a field of several lines grows while one types.

        Args:
            whole: whether all of the field should be, as far as it fits; it then comes to the middle.
        """
        field = self.focused
        page = next((each for each in field.ancestors if isinstance(each, sections.Sections)), None) if field else None
        if field is None or page is None:
            return
        rows, was = page.size.height, round(page.scroll_offset.y)
        top = field.region.y - page.region.y + was
        to = was
        if whole and not to <= top <= top + field.size.height <= to + rows:
            to = min(top, top + (field.size.height - rows) // 2)
        line = top + (field.cursor_screen_offset.y - field.region.y if isinstance(field, TextArea) else 0)
        to = min(max(to, line - rows + 1), line)
        if to != was:
            page.scroll_to(y=to, animate=False, immediate=True)

    def _take_over(self) -> None:
        """Replace the number of a suggestion by its text on every line but the current one."""
        area = cast(TextArea, self._widget(self._in))
        for at, line in enumerate(area.text.split("\n")):
            if at == area.cursor_location[0]:
                continue
            try:
                text = taken_over(suggestions(self.live.debrief), line)
            except Refused as why:
                self.say(f"{self._in.label}: {why}", wrong=True)
                continue
            if text != line:
                area.replace(text, (at, 0), (at, len(line)))

    def _rests(self) -> None:
        """Save what can be saved, and say nothing about half-typed fields.

        Half a title makes no probe, and half a placement would count as one made after the action.
        """
        if self.live.debrief.probe.id:
            self._refused(field for field in FIELDS if field.id != "expected")
            self._tell()

    # ------------------------------------------------------------------------------------------------------ leaving

    def _goes_on(self) -> bool:
        """Whether another page may open: everything is saved, and the probe has a title; otherwise say what is missing."""
        if not self.save(go=True):
            return False
        if not self.live.debrief.probe.title.strip():
            self.say(_NO_TITLE, wrong=True)
            self.set_focus(self._widget(FIELDS[0]))
            return False
        return True

    def action_pact(self) -> None:
        if not self._goes_on():
            return
        if type(self.app.screen_stack[-2]).__name__ == "PactScreen":
            self.dismiss()
        else:
            self.host.open_pact(self.live.debrief.probe.id)

    def action_agenda(self) -> None:
        if self._goes_on():
            from screens.agenda import AgendaScreen

            self.app.push_screen(AgendaScreen())

    def action_leave(self) -> None:
        """Back to where the form was opened; a refused field keeps the form open once, and its text is kept."""
        asked, self._leaving = self._leaving, True
        if self.save(go=not asked) or asked:
            self.host.keep_typed()
            self.dismiss()

    action_act = action_leave


def _field_help(lines: Iterable[str], columns: int) -> Content:
    """Lines about a field, wrapped to so many columns: what it is for, then hints and warnings."""
    first, *others = map(visible, lines)
    drawn = [Content("\n".join(wrapped(first, columns)))]
    for line in others:
        lead = found.group() if (found := _LEAD.match(line)) else ""
        text = "\n".join(wrapped(line[len(lead) :], columns, lead))
        drawn.append(Content.styled(text, "bold $warning" if lead == form_hints.WARNING else ""))
    return Content("\n").join(drawn)
