"""The small groups on the screen: mixed anew, filled by latecomers, split when they are too large, and put together again."""

from pathlib import Path

import pytest

from screens.frame.question import QuestionScreen
from tests.helpers.mixing import met_in, repeated
from tests.helpers.rooms import NOW, room, taken_in
from tests.helpers.stage import Stage, armed, begun
from tests.helpers.sweeps import swept

SAID = "Groups 1, 2 have more than 5 people: too many to read every map out."


def crowd(path: Path, people: int) -> None:
    """A session in its small groups, with so many people of two organisations and a pattern of group 2."""
    there = [{"alias": f"P{n}", "organisation": ("Breathers", "Fund")[n % 2]} for n in range(1, people + 1)]
    taken_in(path, room(participants=there, actual=None, amendments=None), began=NOW - 60, phase="small_groups")


async def late(stage: Stage, people: int) -> None:
    """So many people come after the groups were mixed, and are seated."""
    await stage.until(lambda: stage.debrief.session.groups)
    await stage.go("opening")
    await stage.enter(*(f"Late{n}, {('Breathers', 'Fund')[n % 2]}" for n in range(people)))
    await stage.go("small_groups")
    await stage.until("in no group yet: Late0", "F4 Seat")
    await stage.press("f4")


async def test_mixing_again_brings_others_together_and_keeps_the_patterns(path: Path) -> None:
    crowd(path, 12)
    async with begun(path) as stage:
        await stage.until(lambda: stage.debrief.session.groups, "F4 Mix")
        first, patterns = stage.saved.session.groups, stage.saved.patterns
        await armed(stage, "f4")
        await stage.press("f4")
        await stage.until(lambda: stage.saved.session.groups != first)
        assert repeated(stage.saved.session.groups, met_in(first)) == 3, "each group of four has two of one group"
        assert stage.saved.patterns == patterns
        assert patterns


@pytest.mark.parametrize("answer", ["2", *swept("escape")])
async def test_groups_that_are_too_large_are_mixed_anew_or_left_if_the_room_says_so(path: Path, answer: str) -> None:
    crowd(path, 6)
    async with begun(path) as stage:
        await late(stage, 6)
        before = stage.saved.session.groups
        await stage.press("f4")
        await stage.until(lambda: isinstance(stage.screen, QuestionScreen))
        await stage.press(answer)
        await stage.until(lambda: stage.phase == "small_groups")
        after = stage.saved.session.groups
        assert after == before if answer == "escape" else [len(group) for group in after] == [4, 4, 4]


@pytest.mark.sweep
async def test_large_groups_are_said_and_split_and_the_split_is_taken_back(path: Path) -> None:
    crowd(path, 6)
    async with begun(path) as stage:
        await late(stage, 24)
        await stage.until(lambda: [len(group) for group in stage.saved.session.groups] == [15, 15])
        assert stage.hint == f"{SAID} F4 offers to split them."
        assert stage.panel("#groups-box") == "Groups F4: split 1, 2"
        assert SAID in stage.reads("#groups")
        before, patterns = stage.saved.session.groups, stage.saved.patterns
        await stage.until("F4 Split")
        await stage.press("f4")
        await stage.until("Groups 1, 2 have more than 5 people", "Split them: nobody else changes groups")
        await stage.press("1")
        await stage.until(lambda: [len(group) for group in stage.saved.session.groups] == [5] * 6, "F4 Mix")
        after = stage.saved
        assert set(after.session.groups[0]) <= set(before[0])
        assert set(after.session.groups[1]) <= set(before[1])
        assert after.patterns == patterns
        assert SAID not in stage.reads("#groups")
        await stage.enter("6- the gate is theirs # p1")
        await stage.until(lambda: stage.saved.patterns[-1].group == 6)
        await stage.press("ctrl+t")
        await stage.until("Taken back: 6- the gate is theirs", lambda: stage.saved.patterns == patterns)
        assert stage.saved.session.groups == after.session.groups
        await stage.press("ctrl+t")
        await stage.until("Taken back.", lambda: stage.saved.session.groups == before)
        assert stage.saved.patterns == patterns
        await stage.press("ctrl+t")  # the latecomers get up again
        await stage.until(lambda: len(stage.saved.session.groups[0]) == 3)
        await stage.press("ctrl+t")
        await stage.until(lambda: stage.saved.patterns == patterns[:-1])
