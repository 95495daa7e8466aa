"""The clock of a phase: how it is drawn, and the keys that start it, stop it and change its minutes."""

from functools import partial

from textual.content import Content
from textual.widgets import Static

from screens.frame.clock_face import ClockFace, clock_face, hour
from screens.frame.wall import Wall
from screens.phases.wall_and_curtain import WallAndCurtain
from screens.widgets.digits import BigDigits
from screens.widgets.time_bar import TimeBar
from store.clock import Cue
from store.phases import Phase
from store.session import flow


class PhaseClock(WallAndCurtain):
    """Draws the clock where it has changed, ten times a second."""

    phase: Phase

    _drawn: ClockFace | None = None
    """The clock as it is drawn; None where it has to be drawn whole."""
    _heard: Cue | None = None
    """The cue of the last look; the bell rings once, when the time is up."""

    def draw_clock(self) -> None:
        self._drawn = None  # only the clock in sight is drawn each second
        self.tick()

    def tick(self) -> None:
        """Draw what has changed of the clock since the last look."""
        super().tick()
        shown = clock_face(self.debrief, self.live.now())
        if self._heard not in (None, Cue.TIME_UP) and shown.cue is Cue.TIME_UP and shown.running:
            self.app.bell()
        self._heard = shown.cue
        before, self._drawn = self._drawn, shown
        if shown == before:
            return
        if before is None or before.digits != shown.digits:
            self.query_one("#wall-digits" if self.wall else "#digits", BigDigits).text = shown.digits
        if before is None or before.in_words != shown.in_words:
            # The text always fits, so nothing moves.
            self.query_one("#clock-text", Static).update(_clock_text(shown), layout=False)
            self.query_one(Wall).tell(shown)
        if self.wall:
            self.query_one(TimeBar).share = shown.share
        if before is None or before.cue != shown.cue or before.running != shown.running:
            self.set_class(shown.cue is Cue.TIME_UP, "-up")
            self.set_class(shown.cue in (Cue.TWO_MINUTES, Cue.HALF_A_MINUTE), "-soon")
            self.set_class(not shown.running, "-paused")

    @property
    def paused(self) -> bool:
        """Whether the session has begun and its clock is stopped."""
        return self.debrief.session.began is not None and not self.debrief.clock().running

    def action_clock(self) -> None:
        self.attempt(flow.start_or_pause, nameless=True)

    def action_minute(self, minutes: int) -> None:
        if self.attempt(partial(flow.extend, minutes=minutes), nameless=True):
            ends = hour(flow.projection(self.debrief, self.live.now()).ends)
            self.say(f"{'One minute more' if minutes > 0 else 'One minute less'}: the session ends at {ends}.")

    def action_restart(self) -> None:
        """Give the phase its planned time again, at the second press."""
        told = f"Ctrl+R again gives {self.phase.title.casefold()} its {self.phase.minutes} minutes again."
        if self.confirmed("restart", told):
            self.attempt(flow.restart, nameless=True)


def _clock_text(shown: ClockFace) -> Content:
    """The state of the clock in words, and when the session ends."""
    cue = shown.cue is not Cue.NONE
    state = Content.styled(f" {shown.state} " if cue else shown.state, "bold reverse" if cue else "bold")
    when = Content("  ").join([*([state] if shown.state else []), Content(shown.detail)])
    return Content("\n").join([when, Content(f"{shown.whole}  ·  {shown.longer}")])
