"""How soon the wall in another process shows what was saved, with sixty placements, and what it costs the one who saves."""

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.debrief import Debrief
from store.live.live import Live
from store.model import Placement
from tests.benchmarks.measuring import Row, load, paired, quantile, table
from tests.helpers.rooms import ROOM, taken_in
from tests.helpers.terminal import Terminal, launch

PEOPLE = 60
SAVES = 60
BAR = 200.0
"""Milliseconds within which 95 of 100 saves are on the wall, the last of them drawn."""

SETTLES = 0.35
"""Seconds after which the wall is quiet again."""

pytestmark = pytest.mark.benchmark


@pytest.fixture
def live(path: Path) -> Iterator[Live]:
    """The first Redraw, in the reposition of a room of sixty of whom all have placed it. The clock is paused."""
    people = [f"Person {at}" for at in range(PEOPLE)]
    room = {
        **{name: value for name, value in ROOM.items() if name not in ("expected", "actual", "moments", "patterns")},
        "participants": [{"alias": each, "organisation": f"Group {at % 4}"} for at, each in enumerate(people)],
        "expected": [{"by": each, "autonomy": at % 11, "benefit": 6} for at, each in enumerate(people)],
        "actual": [{"by": each, "autonomy": at % 7, "benefit": at % 11} for at, each in enumerate(people)],
    }
    room.pop("amendments")
    taken_in(path, room, began=time.time() - 600, phase="reposition")
    live = Live(path)
    live.writer.start()
    assert live.begin("p1")
    yield live
    live.writer.close()


def moved(at: int) -> Callable[[Debrief, float], Debrief]:
    """A step that puts somebody's mark elsewhere."""

    def step(debrief: Debrief, _: float) -> Debrief:
        marks = list(debrief.placements)
        last = max(range(len(marks)), key=lambda each: (marks[each].round, marks[each].number))
        changed: Placement = marks[last].but(autonomy=at % 11, benefit=(at * 3) % 11)
        return replace(debrief, placements=(*marks[:last], changed, *marks[last + 1 :]))

    return step


def gone(at: int) -> Callable[[Debrief, float], Debrief]:
    """A step that takes a ballot back, or puts it in again."""
    kept: list[Placement] = []

    def step(debrief: Debrief, _: float) -> Debrief:
        marks = [each for each in debrief.placements if each.round == debrief.session.round]
        last = max(marks, key=lambda each: each.number)
        if at % 2:
            extra = last.but(number=last.number + 1, by="Person 59")
            return replace(debrief, placements=(*debrief.placements, extra))
        kept.append(last)
        return replace(debrief, placements=tuple(each for each in debrief.placements if each is not last))

    return step


def settled(wall: Terminal) -> None:
    """Read until the wall is quiet."""
    end = time.perf_counter() + SETTLES
    while time.perf_counter() < end:
        if wall.take(0.02):
            end = time.perf_counter() + SETTLES


def followed(live: Live, wall: Terminal, step: Callable[[int], Callable[[Debrief, float], Debrief]]) -> list[float]:
    """Milliseconds from each save to the first of what the wall draws of it, and to the last."""
    found = []
    for at in range(SAVES):
        settled(wall)
        live.change(step(at))
        saved = time.perf_counter()
        first = wall.take(2.0)
        assert first, "the wall drew nothing"
        last = first[0]
        while more := wall.take(0.03):
            last = more[0]
        found.append((last - saved) * 1000)
    return found


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
def test_the_wall_follows_a_save(live: Live, size: tuple[int, int]) -> None:
    with launch("wall", "--archive", str(live.archive.path)) as wall:
        wall.resize(*size)
        wall.wait("have placed")
        blind = followed(live, wall, gone)
        live.change(lambda debrief, _: debrief.with_session(revealed=1))
        wall.wait("autonomy preserved")
        chart = followed(live, wall, moved)
    print(f"\n\nThe wall at {size[0]}x{size[1]} after a save, {PEOPLE} placements, ms ({load()})")
    for what, found in (("a count", blind), ("the chart", chart)):
        usual, late = quantile(found, 0.5), quantile(found, 0.95)
        held = "" if late <= BAR else "   over"
        print(f"{what:<12} p50 {usual:6.1f}   p95 {late:6.1f}   most {max(found):6.1f}   bar {BAR:.0f}{held}")


def test_what_a_wall_costs_the_writer(live: Live) -> None:
    live.change(lambda debrief, _: debrief.with_session(revealed=1))
    with_wall: list[float] = []
    alone: list[float] = []
    with launch("wall", "--archive", str(live.archive.path)) as wall:
        wall.wait("autonomy preserved")
        for at in range(2 * SAVES):
            follows = at % 2 == 0
            wall.signal(signal.SIGCONT if follows else signal.SIGSTOP)
            settled(wall)
            start = time.perf_counter()
            live.change(moved(at))
            (with_wall if follows else alone).append((time.perf_counter() - start) * 1000)
        wall.signal(signal.SIGCONT)
    table(
        "A save of the first Redraw, while a wall follows and while it stands still",
        "ms",
        [Row("median", with_wall, alone, 1.05), Row("95th percentile", with_wall, alone, 1.1, 0.95)],
    )
    print(f"median of the ratios in pairs: {paired(with_wall, alone):.3f}")
