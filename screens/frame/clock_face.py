"""The clock's face as values that a screen can compare and draw, and the rail of phases."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from textual.content import Content

from screens.frame.keys import BACK, NEXT
from screens.widgets.pressable import pressing
from store.clock import Clock, Cue, digits
from store.debrief import Debrief
from store.live.live import Live
from store.phases import plan
from store.session import flow
from store.wall.timing import Timing, timing_of


@dataclass(frozen=True, slots=True)
class ClockFace:
    """All of the clock that is on the screen; it is drawn again only when one of these values changes."""

    digits: str
    state: str
    detail: str
    whole: str
    longer: str
    cue: Cue
    running: bool
    share: float

    @property
    def in_words(self) -> tuple[str, str, str, str, Cue]:
        """The words beside the digits, and their cue."""
        return self.state, self.detail, self.whole, self.longer, self.cue


def hour(seconds: float) -> str:
    """A time of day, as on a wall clock."""
    return f"{datetime.fromtimestamp(seconds).astimezone():%H:%M}"


_WARNED = {Cue.TWO_MINUTES: "UNDER TWO MINUTES", Cue.HALF_A_MINUTE: "UNDER HALF A MINUTE", Cue.TIME_UP: "TIME IS UP"}


def clock_face(live: Live) -> ClockFace:
    """The clock of the operator's screen: it names the keys, and says what a minute more would do."""
    debrief, now = live.debrief, live.now()
    timing = timing_of(debrief, now)
    face = wall_face(timing, now)
    if not timing.clock.running:
        state = "PAUSED: F5 goes on" if timing.began else "F5 starts the clock"
        face = replace(face, state=state, detail=f"would {_ends(timing.clock, now).replace('ends', 'end')}")
    elif face.cue is Cue.TIME_UP:
        goes_on = "F4 seals it" if timing.last else "F8 goes on"
        face = replace(face, detail=f"{goes_on} when the room is ready")
    longer = flow.ends(debrief, now, flow.MINUTE)
    return replace(face, whole=_whole(timing, now), longer=f"with +1 min {hour(longer)}")


def wall_face(timing: Timing, now: float) -> ClockFace:
    """The clock in the wall's own window, at `now` in seconds since the epoch: it names no key, since there is none."""
    clock = timing.clock
    left, cue = clock.left(now), clock.cue(now)
    paused = timing.began and not clock.running
    return ClockFace(
        digits=digits(left),
        state="PAUSED" if paused else _WARNED.get(cue, ""),
        detail=_ends(clock, now) if clock.running and left > 0 else "",
        whole=_whole(timing, now) if timing.began else "",
        longer="",
        cue=cue,
        running=clock.running,
        share=round(min(1.0, max(0.0, clock.elapsed(now) / clock.total)), 3) if clock.total else 1.0,
    )


def _ends(clock: Clock, now: float) -> str:
    """When the phase ends, by the computer's clock as that is set now."""
    return f"ends at {hour(now + max(0.0, clock.left(now)) / clock.rate)}"


def _whole(timing: Timing, now: float) -> str:
    """When the whole session ends, against the plan."""
    over = round(timing.over(now) / 60)
    late = f", {over} min over" if over > 0 else f", {-over} min early" if over < 0 else ""
    return f"session ends {hour(timing.ends(now))}{late}"


def rail(debrief: Debrief, width: int) -> Content:
    """The phases in a row: those entered with ✓, those skipped with –, the present one in capitals between arrows.

    Where room is short, the signs stand alone. A click before the present one presses F9, a click behind it F8: one phase at a
    time, and twice, as with the keys.
    """
    ways = [_rail(debrief, "short")] if width < 78 else [_rail(debrief, "plain"), _rail(debrief, "short")]
    if width >= 110:
        ways = [_rail(debrief, "worded"), _rail(debrief, "long"), *ways]
    return next((each for each in ways if each.cell_length <= width), ways[-1])


def _rail(debrief: Debrief, how: Literal["worded", "long", "plain", "short"]) -> Content:
    """The rail in one of four lengths; `worded` says “skipped” in words too."""
    long, short = how in ("worded", "long"), how == "short"
    phases = plan(debrief.session.phase)
    here = next(at for at, each in enumerate(phases) if each.name == debrief.session.phase)
    resting = debrief.session.resting
    row = Content("")
    for at, each in enumerate(phases):
        title = each.title.casefold() if long else each.short
        skipped, done = debrief.skips(each.name), at < here or (resting and at == here)
        if at == here and not resting:
            drawn = Content.styled(f"▸{title.upper()}◂", "bold reverse")
        elif skipped:
            drawn = Content.styled("–" if short else f"– {title}{' skipped' * (how == 'worded')}", "dim")
        elif done:
            drawn = Content.styled("✓" if short else f"{title}{' ' * long}✓", "$success")
        else:
            drawn = Content.styled(title, "dim")
        if at != here or resting:
            drawn = pressing(drawn, BACK.key if at <= here else NEXT.key)
        if resting and at == here:
            drawn = Content(" ").join([drawn, Content.styled("▸BREAK◂", "bold reverse")])
        between = " ─ " if long and not done else "" if short and at < here else " "
        row += drawn + Content(between if at + 1 < len(phases) else "")
    return row
