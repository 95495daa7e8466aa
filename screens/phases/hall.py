"""What the hall may see of a phase: its clock, the wall view for the projector, the curtain over the work, the mask over
what is typed."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.widget import Widget

from screens.frame.clock_face import ClockFace, clock_face, hour
from screens.frame.curtain import ShutScreen
from screens.frame.entry_line import EntryScreen
from screens.frame.keys import SOUND
from screens.frame.wall import Curtain, Wall
from screens.widgets.entry_field import PlainInput
from screens.widgets.fields import TextLines
from screens.widgets.fitted import Fitted
from screens.widgets.large_text import BigDigits
from screens.widgets.time_bar import TimeBar
from store.clock import Cue
from store.debrief import Debrief
from store.model import Sound
from store.phases import Phase
from store.session import flow, sound
from store.timetable import current
from store.wall.public import public
from store.wall.shown import Public
from store.words.text import visible

_SAID: Mapping[Sound, str] = {
    "silent": "Silent: the end of a phase is seen, not heard.",
    "bell": "The terminal's bell rings at two minutes and at the end. {key} {then}.",
    "player": "A chime sounds at two minutes and at the end. {key} turns it off.",
}
"""What is said of each choice of a sound."""


class HallScreen(ShutScreen[None], EntryScreen):
    """A screen with a clock, which turns into the wall view and draws a curtain. What is private is on neither."""

    phase: Phase

    kind: ClassVar[str] = ""
    """What is entered here, as `store.entries` calls it; empty where nothing is entered line by line."""

    all_public: ClassVar[bool] = False
    """Whether the phase's own view is made of what is public alone, so that it stands behind the curtain too."""

    _chosen_mask: str | None = None
    """The mask that Ctrl+G put on or took off; None while it has decided nothing."""

    _drawn: ClockFace | None = None
    """The clock as it is drawn; None where it has to be drawn whole."""
    _heard: Cue | None = None
    """The cue of the last look, so that each is heard once."""
    _left: Widget | None = None
    """The field in which somebody was when it was hidden."""
    _told = 0
    """For how many seconds the reveal could be taken back at the last look."""

    # ---------------------------------------------------------------------------------------------- what phases add

    @property
    def debrief(self) -> Debrief:
        return self.live.debrief

    @property
    def bordered(self) -> bool:
        """Whether there are rows enough for borders; otherwise only the titles' lines stay."""
        return not self.has_class("-low")

    @property
    def question(self) -> str:
        """The question of the phase, as the agenda has it."""
        return visible(self.debrief.agenda.question(self.phase.name))

    def show_body(self, debrief: Debrief) -> None:
        """Draw the phase's own view."""

    def mask(self) -> str:
        """What of the typed text is hidden, as `PlainInput.mask` says."""
        return "all" if self.in_public() else ""

    @property
    def so_far(self) -> str:
        """The lead follows what is typed behind the curtain too: it names nobody."""
        return "" if self.wall else self.field.value

    @property
    def covered(self) -> bool:
        """Whether the phase's own view is hidden, by the wall view or by the curtain."""
        return self.wall or self._behind_curtain

    @property
    def _behind_curtain(self) -> bool:
        """Whether the curtain hides the phase's own view."""
        return self.curtain and not self.all_public

    def hints(self) -> Iterator[str]:
        if open_for := self._reveal_open():
            yield f"Ctrl+T takes the reveal back ({open_for} s)"
        if self.covered and not self.wall:
            yield "curtain drawn: F3 opens it"
        yield from super().hints()

    def _reveal_open(self) -> int:
        """For how many seconds the reveal on this screen can still be taken back; 0 if it can't."""
        return math.ceil(self.live.steps.reveal_open(self.place))

    def go_back(self, line: str = "") -> bool:
        """Take back the last step; if it was a reveal, draw the curtain again."""
        revealed = self.debrief.session.revealed
        gone = super().go_back(line)
        if self.debrief.session.revealed < revealed:
            self.live.shut(replace(self.live.hall, curtain=True))
            self.say("The reveal is taken back: what was placed is blind again.")
        return gone

    def public(self, debrief: Debrief) -> Public:
        """What the wall view and the curtain show: both are shut, so nothing counts as opened."""
        return public(debrief, False, self.live.now())

    def show_wall(self, debrief: Debrief) -> None:
        if self.wall:
            self.query_one(Wall).show(self.public(debrief))

    def show_work(self, debrief: Debrief) -> None:
        """Draw the phase's own view; behind the curtain there is what the wall shows, beside the clock of this view."""
        self.query_one("#body").display = not self._behind_curtain
        curtain = self.query_one(Curtain)
        curtain.display = self._behind_curtain
        if self._behind_curtain:
            curtain.show(self.public(debrief))
        self.show_body(debrief)  # also where it is hidden: which fields a form has depends on what is filled in

    def hall_changed(self) -> None:
        """Show the wall view or the work; a sentence on one is not for the other."""
        if not self.armed:
            self.sentence = ""
        if self.covered and not self.kind:
            self._left = self.focused or self._left or self._first_field()
            self.set_focus(None)
        self.query_one("#wall").display = self.wall
        self.query_one("#work").display = not self.wall
        self.set_class(self.wall, "-wall")
        self.set_class(self.curtain, "-curtain")
        self.set_mask(changed=True)
        if not self.covered:
            self.call_after_refresh(self._come_back)  # a field that was hidden until now gives up the focus once more
        self.call_next(self._come_back)

    def _first_field(self) -> Widget | None:
        return next(iter(self.query(self.AUTO_FOCUS)), None)

    def _come_back(self) -> None:
        """Go to the entry line; where there is none, to the field in which somebody was, unless it is hidden."""
        back = self.field if self.kind else None if self.covered else self._left or self._first_field()
        if back is not None and back is not self.focused:
            self.set_focus(back)

    async def on_key(self, event: events.Key) -> None:
        """Let what is typed go into the field that is hidden."""
        left = self._left
        comes_back = event._sender is self  # the field has no use for what it was given
        if not self.covered or self.kind or comes_back or self.focused is not None:
            return
        if isinstance(left, PlainInput | TextLines):
            event.stop()
            left._forward_event(events.Key(event.key, event.character))
        elif event.is_printable:
            self.say(f"{self.opening_key()}; what is filled in is behind it.", wrong=True)

    def set_mask(self, changed: bool = False) -> None:
        """Hide what is typed, or show it; where the wall or the curtain has `changed`, Ctrl+G no longer shows it."""
        if changed:
            self._chosen_mask = self._chosen_mask or None
        mask = self.mask()
        for field in (*self.query(PlainInput), *self.query(TextLines)):
            field.mask = mask if self._chosen_mask is None else self._chosen_mask

    def draw_clock(self) -> None:
        """Draw the clock that is in sight now, on the wall or beside the work."""
        self._drawn = None  # only the clock in sight is drawn each second
        self.tick()

    def tick(self) -> None:
        super().tick()
        shown = clock_face(self.live)
        if sound.due(self._heard, shown.cue, self.debrief.clock()) and not self.live.status.read_only:
            self.host.play(sound.chosen(self.debrief), shown.cue)
        self._heard = shown.cue
        if self._told != (open_for := self._reveal_open()):
            self._told = open_for
            self.refresh_hint()
        before, self._drawn = self._drawn, shown
        if shown == before:
            return
        if before is None or before.digits != shown.digits:
            self.query_one("#wall-digits" if self.wall else "#digits", BigDigits).text = shown.digits
        if before is None or before.in_words != shown.in_words:
            self.query_one("#clock-text", Fitted).show(lambda width: _clock_text(shown, width, self.bordered))
            self.query_one(Wall).tell(shown)
        if self.wall:
            self.query_one(TimeBar).share = shown.share
        if before is None or before.cue != shown.cue or before.running != shown.running:
            self.set_class(shown.cue is Cue.TIME_UP, "-up")
            self.set_class(shown.cue in (Cue.TWO_MINUTES, Cue.HALF_A_MINUTE), "-soon")
            self.set_class(not shown.running, "-paused")

    @property
    def paused(self) -> bool:
        return self.debrief.session.began is not None and not self.debrief.clock().running

    # ------------------------------------------------------------------------------------------------------ the keys

    def action_clock(self) -> None:
        self.attempt(flow.start_or_pause)

    def action_minute(self, minutes: int) -> None:
        if self.attempt(partial(flow.extend, minutes=minutes)):
            ends = flow.ends(self.debrief, self.live.now())
            self.say(f"{'One minute more' if minutes > 0 else 'One minute less'}: the session ends at {hour(ends)}.")

    def action_restart(self) -> None:
        minutes = f"{self.debrief.clock().planned / 60:.0f}"
        told = f"Ctrl+R again gives {current(self.debrief).title.casefold()} its {minutes} minutes again."
        if self.confirmed("restart", told):
            self.attempt(flow.restart)

    def action_sound(self) -> None:
        """Choose how the end of a phase is heard, and let it be heard."""
        player = self.host.has_player
        if self.attempt(lambda debrief, _: sound.turned(debrief, player)):
            now = sound.chosen(self.debrief)
            self.host.play(now, Cue.TIME_UP)
            self.say(_SAID[now].format(key=SOUND.key_name, then="chooses a chime" if player else "turns it off"))

    def action_curtain(self) -> None:
        """Draw the curtain or open it; on the wall it is always drawn."""
        if self.wall:
            self.say("The wall shows nothing private: F2 leaves the wall view, F3 then opens the curtain.")
        else:
            super().action_curtain()

    def out_of_sight(self, what: str) -> bool:
        """Whether something private, such as the “moments”, is hidden from the hall; if so, say how to see it."""
        if self.in_public():
            self.say(f"The {what} stay behind the curtain: F3 opens it, off the wall.", wrong=True)
        return self.in_public()

    def action_hide(self) -> None:
        self._chosen_mask = "" if any(field.mask for field in self.query(PlainInput)) else "all"
        self.set_mask()
        self.show_work(self.debrief)


def _clock_text(shown: ClockFace, width: int, roomy: bool) -> Content:
    """What stands beside the digits; what a minute more would do goes below, or is left out, where it has no room in its row."""
    cue = shown.cue is not Cue.NONE
    state = Content.styled(f" {shown.state} " if cue else shown.state, "bold reverse" if cue else "bold")
    when = Content("  ").join([*([state] if shown.state else []), Content(shown.detail)])
    whole = f"{shown.whole}  ·  {shown.longer}"
    if len(whole) > width:
        whole = f"{shown.whole}\n{shown.longer}" if roomy else shown.whole
    return Content("\n").join([when, Content(whole)])
