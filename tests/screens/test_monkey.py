"""A monkey at the keyboard and the mouse: it ends no program, meets no fault, loses no entry and leaves a readable archive."""

from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.demo import fill
from store.phases import PHASES
from tests.helpers.monkey import Monkey, doings
from tests.helpers.rooms import NOW

pytestmark = pytest.mark.drawn

EVENTS = 100_000
"""Keys, pastes, clicks and resizes in the sweeps, in all."""

RUNS = 50
PATIENCE = 15.0
"""The most seconds that the app may be busy with what was done; tens of them would be a hang, even on a computer under load."""

WHERE = ("", *(each.name for each in PHASES), "", "small_groups", "amendments")


async def let_loose(path: Path, seed: int, count: int) -> Monkey:
    """A monkey that has done `count` things to the sample year."""
    archive = Archive(path)
    fill(archive, NOW)
    archive.close()
    monkey = Monkey(path)
    await monkey.play(seed, count, WHERE[seed % len(WHERE)])
    return monkey


def assert_no_harm(monkey: Monkey) -> None:
    """Nothing that must not happen has happened."""
    assert monkey.faults == []
    assert monkey.lost() == []
    assert monkey.slowest < PATIENCE


@pytest.mark.usefixtures("_rarely_drawn")
@pytest.mark.parametrize("seed", [3])
async def test_a_monkey_does_no_harm(path: Path, seed: int) -> None:
    monkey = await let_loose(path, seed, 400)
    assert_no_harm(monkey)
    assert len(monkey.seen) > 2, monkey.seen
    assert monkey.saved


@pytest.mark.sweep
@pytest.mark.usefixtures("_rarely_drawn")
@pytest.mark.parametrize("seed", range(100, 100 + RUNS))
async def test_a_hundred_thousand_things_that_a_monkey_does_do_no_harm(path: Path, seed: int) -> None:
    assert_no_harm(await let_loose(path, seed, EVENTS // RUNS))


def test_the_same_seed_is_the_same_monkey() -> None:
    did = list(doings(5, 400))
    assert did == list(doings(5, 400)) != list(doings(6, 400))
    assert 400 <= sum(len(each.values) for each in did) < 500


@pytest.fixture
def _rarely_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw only when the app is quiet: what a frame costs would make up a third of the time."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 2.0)
