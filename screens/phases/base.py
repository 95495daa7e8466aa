"""What every phase's screen has: the rail of phases, the clock, the wall view, the curtain, the entry line, the keys.

A phase's own screen adds a body, says what stands in the way of reading it aloud, and what its F4 does.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static, TextArea

from screens.frame.banner import Banner
from screens.frame.clock_face import Face, face, hour, rail
from screens.frame.drafts import Typed
from screens.frame.footer import Keys
from screens.frame.help_texts import About, about
from screens.frame.keys import ACT, SESSION, bindings
from screens.frame.refusals import with_remedy
from screens.frame.wall import Public, Wall
from screens.widgets.choice import Choice
from screens.widgets.digits import BigDigits
from screens.widgets.entry_field import WAITS, EntryField, PlainInput, Taken
from screens.widgets.fields import Lines
from screens.widgets.time_bar import TimeBar
from store import entries
from store.clock import Cue, digits
from store.debrief import Debrief
from store.entries import Rule
from store.phases import after, before, phase, plan
from store.refused import Refused
from store.session import flow
from store.words.text import clipped, visible
from store.words.text import entries as lines_of

CONFIRM_WITHIN = 6.0
"""Seconds in which a guarded key has to be pressed again."""


class PhaseScreen(Typed):
    """The screen of one phase. Subclasses are named in `screens.phases.by_name`, by the phase's name."""

    AUTO_FOCUS = "EntryField, Input, Choice"
    CSS_PATH: ClassVar[str | list[str] | None] = "phase.tcss"  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(SESSION),
        Binding("pagedown", "scroll_lists(1)", "Down", show=False, priority=True),
        Binding("pageup", "scroll_lists(-1)", "Up", show=False, priority=True),
    ]
    commands = SESSION
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    name_of_phase: ClassVar[str]
    kind: ClassVar[str] = ""
    """What is entered here, as `store.entries` calls it; empty where nothing is entered line by line."""
    starts_on_wall: ClassVar[bool] = False
    placeholder: ClassVar[str] = ""

    wall: reactive[bool] = reactive(False, init=False)
    curtain: reactive[bool] = reactive(False, init=False)

    def __init__(self) -> None:
        super().__init__()
        self.phase = phase(self.name_of_phase)
        self.set_reactive(PhaseScreen.wall, self.starts_on_wall)
        self.set_reactive(PhaseScreen.curtain, self.phase.curtain)
        self._face: Face | None = None
        self._heard: Cue | None = None
        self._armed: tuple[str, float, str] | None = None
        self._told = ""
        self._hide: bool | None = None

    # ---------------------------------------------------------------------------------------------- what phases add

    def body(self) -> Iterable[Any]:
        """The widgets of the phase's own view."""
        return ()

    def show_body(self, debrief: Debrief) -> None:
        """Draw the phase's own view."""

    def count(self, debrief: Debrief) -> str:
        """What may be said of the phase on the wall: numbers only."""
        return ""

    def public(self, debrief: Debrief, columns: int, rows: int) -> Public | None:
        """What the wall shows beside the clock, in so many columns and rows; None until the room has brought it to light."""
        return None

    def rule(self) -> Rule:
        """How a line that is typed here is entered."""
        raise NotImplementedError

    def last_line(self) -> str | None:
        """The last entry as it would be typed; None where there is none."""
        last = entries.last(self.debrief, self.kind)
        return entries.line_of(last) if last else None

    def mending_rule(self) -> Rule:
        """How a line takes the place of the last entry."""
        return entries.instead(self.kind, self.rule())

    def hint(self) -> str:
        """What to type, under the field."""
        return self.placeholder

    def lead(self) -> str:
        """What stands before the field."""
        return "›"

    def act(self) -> None:
        """The phase's own step."""

    def unready(self) -> str:
        """What the room should hear before it goes on to the next phase, as the end of a sentence; mostly empty."""
        return ""

    def unentered(self) -> str:
        """What is typed here and not entered, as the end of a sentence; mostly empty."""
        n = len(lines_of(self.unentered_in(self.query_one("#field", EntryField)))) if self.kind else 0
        return f"{n} lines are not entered" if n > 1 else "a line is not entered" if n else ""

    def unentered_elsewhere(self) -> str:
        """The other phases in which something is typed and not entered, but for the form, which saves as one types."""
        found = [
            each.title.casefold()
            for each in plan(self.name_of_phase)
            if each.name not in ("sovereignty", self.name_of_phase)
            and any(text.strip() for text in self.desk.drafts.get((self.debrief.session.id, each.name), {}).values())
        ]
        return ", ".join(found)

    def dropped(self) -> str:
        """What a seal drops, as a sentence after another one; mostly empty."""
        here = self.phase.title.casefold() if self.unentered() else ""
        places = ", ".join(filter(None, (self.unentered_elsewhere(), here)))
        return f" What is typed in {places} and not entered is dropped." if places else ""

    def mask(self) -> str:
        """What of the typed text is hidden off the wall, as `PlainInput.mask` says."""
        return "all" if self.curtain else ""

    def behind(self) -> bool:
        """Whether there is anything behind the curtain."""
        return True

    # ------------------------------------------------------------------------------------------------------ drawing

    @property
    def about(self) -> About:
        """What the help says of the phase."""
        return about(self.phase)

    @property
    def debrief(self) -> Debrief:
        """The debrief in hand."""
        return self.desk.debrief

    @property
    def place(self) -> tuple[str, str]:
        return self.debrief.session.id, self.phase.name

    @property
    def column(self) -> int:
        """Cells for text in one of two columns."""
        return self.size.width // 2 - 4

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield Static(id="rail", markup=False)
        yield Wall(self.phase.title, self.phase.prompt)
        with Vertical(id="work"):
            with Horizontal(id="clock"):
                yield BigDigits(id="digits")
                with Vertical(id="beside-clock"):
                    yield Static(self.phase.prompt, id="prompt", markup=False)
                    yield Static(id="clock-text", markup=False)
            with Vertical(id="body"):
                yield from self.body()
        yield Banner()
        if self.kind:
            with Horizontal(id="entry"):
                yield Static(id="lead", markup=False)
                yield EntryField(self._take, self.placeholder, id="field")
        yield Static(id="hint", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Draw everything once."""
        self.watch_wall()
        self.watch_curtain()
        self.put_back()
        self.show(self.debrief)

    def show(self, debrief: Debrief) -> None:
        """Draw the whole screen for a debrief."""
        with self.app.batch_update():
            self.query_one("#title", Static).update(self._title(debrief))
            self.query_one("#rail", Static).update(rail(debrief, self.size.width))
            self._show_wall(debrief)
            self.show_body(debrief)
            if self.kind:
                self.query_one("#lead", Static).update(self.lead())
            if not self._told:
                self.say("")
            self._face = None
            self.tick()

    def _show_wall(self, debrief: Debrief) -> None:
        wall = self.query_one(Wall)
        shown = self.public(debrief, *wall.room) if self.wall else None
        self.set_class(shown is not None, "-public")
        wall.show(shown, self.count(debrief))

    def _title(self, debrief: Debrief) -> Content:
        speed = f"   clock ×{debrief.session.rate:g}" if debrief.session.rate != 1 else ""
        title = clipped(debrief.probe.title, max(20, self.size.width - 4 - len(speed)))
        return Content.assemble((title, "bold"), (speed, "dim"))

    def tick(self) -> None:
        """Draw the clock, where it has changed since."""
        now = self.desk.now()
        shown = face(self.debrief, now)
        if self._armed and now > self._armed[1]:
            self._disarm()
        if self._heard not in (None, Cue.TIME_UP) and shown.cue is Cue.TIME_UP and shown.running:
            self.app.bell()
        self._heard = shown.cue
        if shown == self._face:
            return
        before_, self._face = self._face, shown
        if before_ is None or before_.digits != shown.digits:
            self.query_one("#wall-digits" if self.wall else "#digits", BigDigits).text = shown.digits
        if before_ is None or before_.said != shown.said:
            self.query_one("#clock-text", Static).update(
                self._clock_text(shown), layout=False
            )  # it fits: nothing moves
            self.query_one(Wall).tell(shown)
        if self.wall:
            self.query_one(TimeBar).share = shown.share
        if before_ is None or before_.cue != shown.cue or before_.running != shown.running:
            self.set_class(shown.cue is Cue.TIME_UP, "-up")
            self.set_class(shown.cue in (Cue.TWO_MINUTES, Cue.HALF_A_MINUTE), "-soon")
            self.set_class(not shown.running, "-paused")

    def _clock_text(self, shown: Face) -> Content:
        style = "bold reverse" if shown.cue is not Cue.NONE else "bold"
        state = (
            [Content.styled(f" {shown.state} " if shown.cue is not Cue.NONE else shown.state, style)]
            if shown.state
            else []
        )
        when = Content("  ").join([*state, Content(shown.detail)])
        return Content("\n").join([when, Content(f"{shown.whole}  ·  {shown.longer}")])

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(lambda: self.show(self.debrief))

    def watch_wall(self) -> None:
        """Show the wall view, or the facilitator's; what was said on the one is not for the other."""
        if not self._armed:
            self._told = ""
        self.query_one("#wall").display = self.wall
        self.query_one("#work").display = not self.wall
        self.set_class(self.wall, "-wall")
        self._show_wall(self.debrief)
        self._face = None  # only the clock that is seen is drawn each second
        self.tick()
        if not self._told:
            self.say("")  # what the hint says of the curtain holds off the wall only
        self._set_mask(anew=True)
        self._focus_something()

    def watch_curtain(self) -> None:
        """Draw the curtain or open it."""
        self.set_class(self.curtain, "-curtain")
        self._set_mask(anew=True)
        self._show_wall(self.debrief)
        self.show_body(self.debrief)
        self.say("")

    def _focus_something(self) -> None:
        if self.kind:
            self.set_focus(self.query_one("#field", EntryField))

    def _set_mask(self, anew: bool = False) -> None:
        """Hide what is typed, or show it; `anew`, because the wall or the curtain changed, no longer because Ctrl+G showed it."""
        if anew:
            self._hide = self._hide or None
        chosen = None if self._hide is None else "all" if self._hide else ""
        mask = chosen if chosen is not None else "all" if self.wall else self.mask()
        for field in self.query(PlainInput):
            field.mask = mask
        for area in self.query(Lines):
            area.mask = mask

    # ------------------------------------------------------------------------------------------------------ telling

    def say(self, sentence: str, wrong: bool = False) -> None:
        """Put a sentence under the field; an empty one puts the hint back."""
        self._told = sentence
        hint = self.query_one("#hint", Static)
        hint.update(visible(sentence) if sentence else self._standing_hint())
        hint.set_class(wrong, "-wrong")
        hint.set_class(bool(sentence) and not wrong, "-said")

    def _standing_hint(self) -> str:
        hidden = "curtain drawn: F3 opens it" if self.curtain and self.behind() and not self.wall else ""
        n = self._waiting
        wait = f"{n} more line{' waits' if n == 1 else 's wait'} to be mended" if n else ""
        return "  ·  ".join(part for part in (wait, self.hint(), hidden) if part)

    @property
    def _waiting(self) -> int:
        """How many refused lines wait behind the one in the field."""
        return len(self.query_one("#field", EntryField).waiting) if self.kind else 0

    @on(EntryField.Said)
    def _said(self, message: EntryField.Said) -> None:
        self._refused(message.sentence) if message.wrong else self.say(message.sentence)

    def _refused(self, why: str) -> None:
        """Tell why something was not entered; not on the wall, for that can name somebody."""
        n = 1 + self._waiting
        what = f"{n} lines were" if n > 1 else "That was"
        self.say(f"{what} not entered: F2 leaves the wall view and Enter then says why." if self.wall else why, True)

    @on(EntryField.Changed)
    def _typed(self, message: EntryField.Changed) -> None:
        self._something_else()
        self.typed(message.value)

    @on(TextArea.Changed)
    @on(Choice.Chosen)
    def _something_else(self) -> None:
        """What is done between two presses of a guarded key makes the second one the first again."""
        if self._armed:
            self._disarm()

    def attempt(self, step: Any, *, nameless: bool = False) -> bool:
        """Have a change made, and tell what was refused, on the wall too if that is `nameless`; True if it was made."""
        try:
            self.desk.change(step)
        except Refused as why:
            self.say(with_remedy(why), wrong=True) if nameless else self._refused(with_remedy(why))
            return False
        return True

    def guarded(self, what: str, sentence: str) -> bool:
        """True at the second press of a key, while what the first one said, that a second one does, still stands there."""
        now = self.desk.now()
        if self._armed and self._armed[0] == what and now <= self._armed[1] and self._armed[2] == self._told:
            self._disarm()
            return True
        self.say(sentence)
        self._armed = (what, now + CONFIRM_WITHIN, self._told)
        return False

    def _disarm(self) -> None:
        self._armed = None
        self.say("")

    # ----------------------------------------------------------------------------------------------------- entering

    def _take(self, text: str) -> Taken:
        refused = self._mend_by(text) if self._mending else self.desk.enter(self.rule(), text)
        if not refused:
            self.say("")
            self.entered(text)
        return refused

    def _mend_by(self, text: str) -> Taken:
        """Put the first line in the place of the last entry; those after it, from a paste, are entries of their own."""
        first, *others = lines_of(text)
        refused = self.desk.enter(self.mending_rule(), first)
        self._mending = bool(refused)
        if refused:
            return (*refused, *((line, WAITS) for line in others))
        return self.desk.enter(self.rule(), "\n".join(others)) if others else ()

    def entered(self, text: str) -> None:
        """Something was entered as it was typed."""

    def typed(self, value: str) -> None:
        """The field holds `value` now."""

    @on(EntryField.Mend)
    def _mend(self) -> None:
        line = self.last_line()
        if line is None:
            self.say("There is no entry to mend.", wrong=True)
            return
        self.query_one("#field", EntryField).mend_with(line)
        self._mending = True
        self.say("Mend it and press Enter; Escape leaves it as it was.")

    @on(EntryField.Forgotten)
    def _forgotten(self) -> None:
        self._mending = False
        self._disarm()

    def action_take_back(self) -> None:
        """Remove the last entry."""
        line = self.last_line() if self.kind in entries.KINDS else None
        if self.kind in entries.KINDS and self.attempt(lambda debrief, _: entries.take_back(debrief, self.kind)):
            self._mending = False
            seen = line and not self.wall and not self.query_one("#field", EntryField).mask
            self.say(f"Taken back: {clipped(line or '', 2 * self.size.width // 3)}" if seen else "Taken back.")

    # -------------------------------------------------------------------------------------------------- the session

    def action_clock(self) -> None:
        """Start, pause, go on."""
        self.attempt(flow.start_or_pause, nameless=True)

    def action_minute(self, minutes: int) -> None:
        """Add a minute or take one."""
        if self.attempt(partial(flow.extend, minutes=minutes), nameless=True):
            ends = hour(flow.projection(self.debrief, self.desk.now()).ends)
            self.say(f"{'One minute more' if minutes > 0 else 'One minute less'}: the session ends at {ends}.")

    def action_restart(self) -> None:
        """Give the phase its planned time again."""
        if self.guarded(
            "restart", f"Ctrl+R again gives {self.phase.title.casefold()} its {self.phase.minutes} minutes anew."
        ):
            self.attempt(flow.restart, nameless=True)

    def action_next(self) -> None:
        """On to the next phase, at the second press."""
        following = after(self.phase.name)
        left = digits(self.debrief.clock().left(self.desk.now()))
        here = f"{left} over" if left.startswith("+") else f"{left} left here"
        if self._paused:
            here += ", the clock stays paused"
        if following is None:
            self.say("This is the last phase: F4 seals the session.", wrong=True)
        elif self.guarded(
            "next",
            f"F8 again: on to {following.title.casefold()} ({here}){although(self.unentered(), self.unready())}.",
        ):
            self.attempt(flow.advance, nameless=True)

    @property
    def _paused(self) -> bool:
        """Whether the session has begun and its clock stands still."""
        return self.debrief.session.began is not None and not self.debrief.clock().running

    def action_back(self) -> None:
        """Back to the phase before, at the second press."""
        previous = before(self.phase.name)
        if previous is None:
            self.say("This is the first phase: there is nothing before it.", wrong=True)
        elif self.guarded(
            "back", f"F9 again: back to {previous.title.casefold()}, as you left it{although(self.unentered())}."
        ):
            self.attempt(flow.go_back, nameless=True)

    def action_leave(self) -> None:
        """Back to the logbook, at the second press."""
        if self.guarded(
            "leave",
            f"Ctrl+Q again leaves the session{although(self.unentered())}; the clock {'stays paused' if self._paused else 'goes on'}, and the logbook offers it again.",
        ):
            self.desk.leave_session()

    def action_scroll_lists(self, direction: int) -> None:
        """Scroll whatever is longer than the screen."""
        for each in self.query(VerticalScroll):
            each.scroll_relative(y=direction * max(1, each.size.height - 1), animate=False)

    def action_act(self) -> None:
        """The phase's own step."""
        self.act()

    def action_wall(self) -> None:
        """The wall view, on or off."""
        self.wall = not self.wall

    def action_curtain(self) -> None:
        """Draw the curtain or open it; on the wall it is always drawn."""
        if self.wall:
            self.say("The wall shows nothing private: F2 leaves the wall view, F3 then opens the curtain.")
            return
        if self.curtain and not self.behind():
            self.say("What is entered stays blind until F4 reveals it; Ctrl+G shows what is being typed.")
            return
        self.curtain = not self.curtain

    def action_hide(self) -> None:
        """Hide what is typed, or show it."""
        self._hide = not any(field.mask for field in self.query(PlainInput))
        self._set_mask()
        self.show_body(self.debrief)

    def action_probe(self) -> None:
        """The form of the probe."""
        self.desk.edit_probe(self.debrief.probe.id)

    def name_act(self, label: str) -> None:
        """Have the footer call the phase's own step so."""
        self._bindings.key_to_bindings[ACT.key] = [ACT.binding(label)]
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey out what can't be done."""
        if action == "back" and before(self.phase.name) is None:
            return None
        if action == "next" and after(self.phase.name) is None:
            return None
        own = {
            "act": type(self).act is not PhaseScreen.act,
            "take_back": self._takes_back,
            "observations": hasattr(self, "action_observations"),
            "look_back": hasattr(self, "action_look_back"),
        }
        return own.get(action, True)

    @property
    def _takes_back(self) -> bool:
        return self.kind in entries.KINDS or type(self).action_take_back is not PhaseScreen.action_take_back


def although(*parts: str) -> str:
    """What the room should hear before it goes on all the same, as the end of a sentence."""
    said = ", ".join(part for part in parts if part)
    return f", though {said}" if said else ""
