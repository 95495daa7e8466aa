"""The end of a phase is heard only where a group chose so; its choice holds, and each cue is heard once."""

from dataclasses import replace
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.clock import Clock, Cue
from store.debrief import EarlierDebrief, GroupHistory
from store.model import Sound
from store.session.sound import SOUNDS, chosen, due, turned
from tests.helpers.builders import NOW, debrief
from tests.helpers.rooms import closed, room, taken_in

LONG = Clock(planned=300.0, started=0.0)


def earlier(*sounds: Sound | None) -> GroupHistory:
    return GroupHistory(debriefs=tuple(EarlierDebrief("s", "p", "", "", sound=each) for each in sounds))


def test_nothing_is_heard_until_somebody_chooses() -> None:
    assert chosen(debrief()) == "silent"
    assert debrief().session.row().get("sound") is None
    assert "sound" not in debrief().session.row(), "a row has it only where somebody chose"


@pytest.mark.parametrize(("player", "offered"), [(True, SOUNDS), (False, SOUNDS[:2])])
def test_each_turn_chooses_the_next_that_this_computer_has(player: bool, offered: tuple[Sound, ...]) -> None:
    found = debrief()
    heard = []
    for _ in range(2 * len(offered)):
        found = turned(found, player)
        heard.append(chosen(found))
    assert heard == [*offered[1:], offered[0]] * 2


def test_a_chime_that_this_computer_lacks_turns_to_silence() -> None:
    assert chosen(turned(debrief(sound="player"), player=False)) == "silent"


def test_the_last_choice_holds() -> None:
    found = replace(debrief(), past=earlier("player", "bell", None))
    assert chosen(found) == "bell"
    assert chosen(found.with_session(sound="silent")) == "silent"
    assert chosen(turned(found, player=True)) == "player", "and the key turns on from it"
    before = debrief(kind="dissent", sound="player").session
    assert chosen(replace(found, dissent_session=before)) == "player"


def test_a_sealed_debrief_hands_its_choice_on(path: Path) -> None:
    sealed = closed(path)
    archive = Archive(path)
    archive.save([sealed.session.but(sound="bell")])
    archive.close()
    taken_in(path, room(title="the next one"), began=NOW)
    archive = Archive(path)
    (following,) = (row["id"] for row in archive.rows("probes") if row["title"] == "the next one")
    assert chosen(archive.debrief(following)) == "bell"
    archive.close()


@pytest.mark.parametrize(
    ("before", "now", "heard"),
    [
        (Cue.NONE, Cue.TWO_MINUTES, True),
        (Cue.TWO_MINUTES, Cue.HALF_A_MINUTE, False),
        (Cue.HALF_A_MINUTE, Cue.TIME_UP, True),
        (Cue.NONE, Cue.TIME_UP, True),
        (Cue.TIME_UP, Cue.TIME_UP, False),
        (Cue.TIME_UP, Cue.TWO_MINUTES, False),
        (Cue.TIME_UP, Cue.NONE, False),
        (None, Cue.TIME_UP, False),
        (None, Cue.TWO_MINUTES, False),
    ],
)
def test_two_minutes_and_zero_are_heard_once_and_no_time_that_was_added(
    before: Cue | None, now: Cue, heard: bool
) -> None:
    assert due(before, now, LONG) is heard
    assert not due(before, now, LONG.pause(10.0)), "nothing ends while the clock is paused"


def test_a_phase_of_two_minutes_begins_without_a_sound() -> None:
    short = Clock(planned=120.0, started=0.0)
    assert not due(Cue.NONE, Cue.TWO_MINUTES, short)
    assert due(Cue.HALF_A_MINUTE, Cue.TIME_UP, short)
