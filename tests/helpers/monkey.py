"""A monkey: seeded keys, pastes, resizes, clicks and waits on the whole app, and what must hold after each and at the end."""

import random
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events

from store.archive.archive import Archive
from store.debrief import Debrief
from store.model import Record
from tests.helpers.stage import FakeClock, Stage, quiet, staged
from tui.app import RedrawApp

KEYS = (
    *(f"f{n}" for n in range(1, 10)),
    *(f"ctrl+{letter}" for letter in "tgrospnylfqacvxuwke"),
    *("enter", "tab", "shift+tab", "escape", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("backspace", "delete", "space"),
)
OFTEN = ("enter", "tab", "f8", "f8", "f9", "f4", "f5", "escape", "ctrl+p", "down", "up", "ctrl+t", "ctrl+o", "f2", "f3")
"""Keys that lead on, so that the monkey sees every screen."""

TWICE = (
    ("f8", "f8"),
    ("f9", "f9"),
    ("escape", "escape"),
    ("f4", "f4"),
    ("ctrl+p", "enter"),
    ("ctrl+p", "down", "enter"),
)
LETTERS = "abcdehnopstyAB0123456789-+:>@,.#/éЖא漢👩"
LINES = (
    "- they spoke for us",
    "+ we ran the crossing: 12",
    "Ana, Unit Four",
    "Zora, 2",
    "Ana 7 6",
    "ana 7,5 6,5",
    "B 3 4",
    "2 @Ana will write until 12 Dec",
    "we will name the spokesperson: because it matters",
    "12: new wording",
    "-12",
    "\x1b[19~ \x00 \ufeff\u202e [b]x[/b]",
    'Surname, First; "Org; one"\t3',
    "x" * 300,
    "",
)
TYPED = tuple(line for line in LINES if 0 < len(line) < 60 and line.isprintable())
SIZES = (*2 * ((80, 24), (120, 40), (60, 18), (70, 20), (100, 30), (200, 60), (118, 33)), (40, 12), (1, 1))


@dataclass(frozen=True)
class Doing:
    """Some things that the monkey does without waiting in between; `waits` where it then waits for what comes of them."""

    what: str
    values: tuple[Any, ...]
    waits: bool


def doings(seed: int, count: int) -> Iterator[Doing]:
    """What the monkey does, `count` keys, pastes, clicks and resizes in all, the same for the same seed."""
    dice = random.Random(seed)
    while count > 0:
        kind, waits = dice.random(), dice.random() < 0.2
        if kind < 0.1:
            doing = Doing("keys", dice.choice(TWICE), waits)
        elif kind < 0.45:
            doing = Doing("keys", (dice.choice(dice.choice((KEYS, OFTEN))),), waits)
        elif kind < 0.65:
            doing = Doing("keys", (*dice.choice(TYPED), *dice.choice((("enter",), (), ("f4",)))), waits)
        elif kind < 0.83:
            doing = Doing("keys", tuple(dice.choices(LETTERS, k=dice.choice((1, 2, 9)))), waits)
        elif kind < 0.87:
            doing = Doing("pastes", ("\n".join(dice.choices(LINES, k=dice.choice((1, 1, 2, 5, 30)))),), waits)
        elif kind < 0.95:
            doing = Doing("clicks", ((dice.random(), dice.random()),), waits)
        elif kind < 0.98:
            doing = Doing("resizes", tuple(dice.choices(SIZES, k=dice.choice((1, 1, 3)))), waits)
        else:
            doing = Doing("waits", (dice.choice((0.2, 1.0, 10.0, 200.0)),), waits)
        yield doing
        count -= len(doing.values)


@dataclass
class Monkey:
    """What the monkey has done to one archive, and what it was shown."""

    path: Path
    saved: dict[Any, Record] = field(default_factory=dict)
    """Each record as it was last shown as saved, by its table and key."""
    handles: set[str] = field(default_factory=set)
    """What to open to find those records."""
    seen: Counter[str] = field(default_factory=Counter)
    """How often each screen was on top, by its name or phase."""
    faults: list[str] = field(default_factory=list)
    starts: int = 0
    slowest: float = 0.0
    """The most seconds that the app took until it was quiet again."""

    def watch(self, app: RedrawApp) -> None:
        """Remember every change that is shown as saved."""
        app.survive = self._fault  # type: ignore[method-assign]
        live = app.live
        change = live._change  # which a step that is taken back goes through as well

        def watched(step: Any, running: bool = False) -> Any:
            before = records(live.debrief)
            done = change(step, running)
            if not live.status.unsaved and live.debrief.probe.id:
                self.saved = {key: record for key, record in self.saved.items() if key not in before}
                self.saved |= records(live.debrief)
                self.handles.add(live.debrief.handle)
            return done

        live._change = watched  # type: ignore[method-assign]

    def _fault(self, error: Exception) -> None:
        self.faults.append("".join(traceback.format_exception(error)[-12:]))

    async def play(self, seed: int, count: int, phase: str = "") -> None:
        """Do `count` things, from the logbook on or from a phase of the due debrief; where they quit Redraw, start it again."""
        left = doings(seed, count)
        clock = FakeClock()
        going = True
        while going:
            self.starts += 1
            try:
                async with staged(self.path, clock) as stage:
                    self.watch(stage.app)
                    if phase and self.starts == 1:
                        await stage.press("enter")
                        await stage.go(phase)
                    going = await self._go_on(stage, left)
            except Exception as error:
                self._fault(error)

    def lost(self) -> list[str]:
        """The records that were shown as saved and are not in the archive like that; and what the archive's own check finds."""
        archive = Archive(self.path)
        kept: dict[Any, Record] = {}
        for handle in self.handles:
            kept |= records(archive.debrief(handle))
        lost = [f"{record} is {kept.get(key)}" for key, record in self.saved.items() if kept.get(key) != record]
        return [*lost, *map(str, archive.check()[1])]

    async def _go_on(self, stage: Stage, left: Iterator[Doing]) -> bool:
        """Whether Redraw was quit before everything was done."""
        for doing in left:
            for value in doing.values:
                _ONE[doing.what](stage, value)
            if doing.waits:
                began = time.monotonic()
                await quiet(stage.app)
                self.slowest = max(self.slowest, time.monotonic() - began)
                if not stage.app.screen_stack or stage.app._exit or stage.app._exception:
                    return True
                self.seen[stage.phase or type(stage.screen).__name__] += 1
        return False


def records(debrief: Debrief) -> dict[Any, Record]:
    """The records of a debrief by table and key."""
    return {(record.table, record.key): record for record in debrief.records()}


def _click(stage: Stage, at: tuple[float, float]) -> None:
    x, y = (int(share * cells) for share, cells in zip(at, stage.app.size, strict=True))
    driver: Any = stage.app._driver
    for kind in (events.MouseMove, events.MouseDown, events.MouseUp):
        event = kind(None, x, y, 0, 0, 0 if kind is events.MouseMove else 1, False, False, False, x, y)
        driver.process_message(event)


def _resize(stage: Stage, size: tuple[int, int]) -> None:
    driver: Any = stage.app._driver
    driver._size = size
    driver.process_message(events.Resize.from_dimensions(size, None))


_ONE: dict[str, Callable[[Stage, Any], None]] = {
    "keys": Stage.send,
    "pastes": Stage.paste,
    "clicks": _click,
    "resizes": _resize,
    "waits": Stage.later,
}
"""How the monkey does one thing."""
