"""A session through which the computer's clock is set, sleeps and is killed at random, beside a stopwatch that knows better."""

import random
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest

from screens.frame.question import QUIET, QuestionScreen
from store.archive.archive import Archive
from store.live.absence import BEAT
from store.phases import NAMES
from store.session import flow
from store.timekeeper import AWAY_AFTER
from store.words.dates import local
from tests.helpers.exports import out
from tests.helpers.rooms import ROOM, empty_of_entries, taken_in
from tests.helpers.stage import FakeClock, Stage, staged

pytestmark = pytest.mark.sweep

STEPS = 70
"""Things that happen in one session."""

SETTINGS = [sign * by for sign in (-1, 1) for by in (3.0, 61.0, 3600.0, 7 * 3600.0, 86400.0, 9 * 86400.0)]
"""By how many seconds somebody sets the clock."""

ASKED = AWAY_AFTER / 2
"""The most seconds after which a restart asks nothing."""


@dataclass
class Stopwatch:
    """What the session's clock should show, and what the room is being asked."""

    phase: str = NAMES[0]
    running: bool = False
    elapsed: dict[str, float] = field(default_factory=lambda: dict.fromkeys(NAMES, 0.0))
    away: float | None = None
    """Seconds of the absence that waits for an answer."""
    answers: list[tuple[str, float]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """The moments, in the order in which they were entered."""

    def passes(self, seconds: float) -> None:
        """Time passes on the steady clock."""
        if self.running:
            self.elapsed[self.phase] += seconds
        if self.away is not None:
            self.away += seconds

    def was_away(self, seconds: float) -> None:
        """Time passes without Redraw."""
        if self.running and self.away is None:
            self.away = 0.0
        self.passes(seconds)

    def answered(self, counts: bool) -> None:
        """The room has said whether the absence counts."""
        assert self.away is not None
        self.answers.append((flow.AWAY[counts], self.away))
        self.elapsed[self.phase] -= 0.0 if counts else self.away
        self.away = None


class Life:
    """Redraw from a start to a kill, in which things happen at random."""

    def __init__(self, stage: Stage, watch: Stopwatch, random: random.Random) -> None:
        self.stage, self.watch, self.random = stage, watch, random

    async def start(self) -> None:
        """Go on with the session."""
        await self.stage.press("enter")
        await self.stage.until(lambda: self.stage.phase or isinstance(self.stage.screen, QuestionScreen))
        await self.check()

    def wait(self, seconds: float) -> None:
        """Time passes while Redraw is awake."""
        self.watch.passes(seconds)
        self.stage.later(seconds)
        self.stage.app.live.tick()

    async def check(self) -> None:
        """The clock shows what the stopwatch shows, and a question stands if the room owes an answer."""
        stage, watch = self.stage, self.watch
        await stage.settle()

        def follows_the_hall() -> bool:
            live, clock = stage.app.live, stage.clock
            return max(abs(live.now() - clock.now - clock.set_by), abs(live.absence.looked - clock.now)) < 1e-3

        def asks_what_it_should() -> bool:
            return isinstance(stage.screen, QuestionScreen) == (watch.away is not None)

        await stage.until(follows_the_hall, asks_what_it_should)
        debrief, now = stage.debrief, stage.app.live.now()
        assert (debrief.session.phase, debrief.clock().running) == (watch.phase, watch.running)
        for name in NAMES:
            assert debrief.clock(name).elapsed(now) == pytest.approx(watch.elapsed[name], abs=0.01), name
        assert [moment.text for moment in stage.saved.moments] == watch.said
        told = [(each.what, each.seconds) for each in debrief.events if each.what in flow.AWAY.values()]
        assert [what for what, _ in told] == [what for what, _ in watch.answers]
        assert [seconds for _, seconds in told] == pytest.approx([seconds for _, seconds in watch.answers], abs=0.01)

    async def set_clock(self) -> None:
        """Somebody sets the computer's clock."""
        self.stage.clock.set_by += self.random.choice(SETTINGS)

    async def work(self) -> None:
        """Time passes, and a moment is entered."""
        self.wait(self.random.choice([0.5, 4, 9, 40]))
        said = f"word{len(self.watch.said)}."
        if self.watch.phase == "silent_mapping" and self.watch.away is None:
            await self.stage.enter(f"+ {said}")
            self.watch.said.append(said)

    async def clock_key(self) -> None:
        """Somebody starts or pauses the clock, or gives it a minute."""
        key = self.random.choice(["f5", "f5", "f6"])
        await self.stage.press(key)
        if self.watch.away is None and key == "f5":
            self.watch.running = not self.watch.running

    async def move(self) -> None:
        """The room goes on, or back."""
        key, step = self.random.choice([("f8", 1), ("f9", -1)])
        at = NAMES.index(self.watch.phase) + step
        await self.stage.press(key, key)
        if self.watch.away is None and 0 <= at < len(NAMES):
            self.watch.phase = NAMES[at]

    async def sleep(self) -> None:
        """The computer sleeps, and somebody may set its clock meanwhile; a key may come before anything is noticed."""
        seconds = self.random.choice([11.0, 90.0, 7200.0])
        self.wait(
            BEAT
        )  # a sign of life is up to two seconds old; here it is fresh, so that what is asked about is exact
        if self.random.random() < 0.3:
            await self.set_clock()
        self.watch.was_away(seconds)
        self.stage.away(seconds)
        if self.random.random() < 0.4 and self.watch.running:
            await self.stage.press(self.random.choice(["f5", "f6", "f8", "1", "2", "enter"]))

    async def answer(self) -> None:
        """The room says whether the absence counts, if it is asked."""
        if self.watch.away is not None:
            counts = self.random.random() < 0.5
            self.wait(QUIET)
            await self.stage.until(
                lambda: isinstance(self.stage.screen, QuestionScreen) and self.stage.screen.answers_count
            )
            await self.stage.press("1" if counts else "2")
            self.watch.answered(counts)

    async def live(self, steps: int) -> int:
        """Let things happen until it is killed; returns how many steps are left."""
        things = [self.work, self.work, self.set_clock, self.clock_key, self.move, self.sleep, self.answer, self.answer]
        while steps := steps - 1:
            if self.random.random() < 0.08:
                break
            await self.random.choice(things)()
            await self.check()
        self.wait(BEAT)  # as in `sleep`
        await self.stage.settle()
        await self.check()
        if self.watch.away is None:
            path = self.stage.app.path
            now = self.stage.clock.now + self.stage.clock.set_by
            await self.stage.until(lambda: abs((Archive(path).last_beat() or 0) - now) < 1e-3)
        return steps


def between(clock: FakeClock, watch: Stopwatch, random: random.Random) -> FakeClock:
    """The computer until Redraw is started again: time passes, the clock may be set, or all is started anew."""
    seconds = random.choice([1.0, 4.0, 30.0, 3600.0])
    if seconds > ASKED:
        watch.was_away(seconds)
    else:
        watch.passes(seconds)
    kind: Literal["nothing", "set", "boot"] = random.choice(["nothing", "set", "boot"])
    return replace(
        clock,
        now=clock.now + seconds,
        set_by=clock.set_by + (random.choice(SETTINGS) if kind == "set" else 0.0),
        boot=f"{clock.boot}+" if kind == "boot" else clock.boot,
    )


@pytest.mark.parametrize("seed", range(12))
async def test_whatever_the_computers_clock_does_the_session_keeps_its_time_and_its_order(
    path: Path, tmp_path: Path, seed: int
) -> None:
    taken_in(path, empty_of_entries(ROOM))
    rolls, watch, clock, steps = random.Random(seed), Stopwatch(), FakeClock(), STEPS
    while steps:
        async with staged(path, clock) as stage:
            life = Life(stage, watch, rolls)
            await life.start()
            steps = await life.live(steps)
        clock = between(clock, watch, rolls)

    debrief = Archive(path).debrief("p1")
    assert [each.number for each in debrief.events] == list(range(1, len(debrief.events) + 1))
    steady, set_by = [], 0.0
    for event in debrief.events:  # without what was set, no entry is before the one before it
        set_by += (event.seconds or 0.0) if event.what in flow.SET.values() else 0.0
        steady.append(local(event.at).timestamp() - set_by)
    assert all(after - before > -2 for before, after in pairwise(steady)), steady
    folder = tmp_path / "exports"
    folder.mkdir()
    for form in ("md", "json", "csv"):
        text = out(Archive(path), folder, form, "p1", raw=True)
        at = [text.index(said) for said in watch.said]
        assert at == sorted(at), form
