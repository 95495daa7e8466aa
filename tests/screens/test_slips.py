"""A whole room is typed with a mistake in every tenth line, and its record ends exactly right."""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from screens.widgets.fields import ChoiceField
from store.model import DECISIONS, MEASURES, OUTCOMES, RHYTHMS
from store.phases import PHASES
from store.probe_state import State
from tests.conftest import Shell, find_room
from tests.helpers import slips
from tests.helpers.rooms import empty_of_entries, taken_in
from tests.helpers.slips import SLIPS, Typist
from tests.helpers.stage import FakeClock, armed, begun
from tests.helpers.sweeps import swept
from tests.helpers.typed_room import as_room

Room = dict[str, Any]


async def opening(typist: Typist, room: Room) -> None:
    """Half of the roster is pasted, at first without its last person; the rest is typed."""
    stage, people = typist.stage, room["participants"]
    half = len(people) // 2
    rows = ["Name\tOrganisation\tRole", *("\t".join(each.values()) for each in people[:half])]
    for pasted in (rows[:-1], rows):
        stage.paste("\n".join(pasted))
        await stage.settle()
        if pasted is not rows:
            await stage.press("ctrl+t")
    await stage.until(lambda: len(stage.debrief.participants) == half)
    await typist.type([*slips.roster(room)][half:])


async def silent_mapping(typist: Typist, room: Room) -> None:
    """Every moment a line."""
    await typist.type([*slips.moments(room)])


async def small_groups(typist: Typist, room: Room) -> None:
    """Every pattern a line."""
    await typist.type([*slips.patterns(room)])


async def reposition(typist: Typist, room: Room) -> None:
    """Blind ballots and the reveal, which is taken back once."""
    await typist.type([*slips.ballots(room)])
    stage = typist.stage
    await stage.press("f4", "f4", "ctrl+t", "f4", "f4")
    await stage.until(lambda: stage.debrief.session.revealed == 1)


async def amendments(typist: Typist, room: Room) -> None:
    """Each through its form: by a pattern that isn't there, twice, or taken back and mended."""
    stage = typist.stage
    for at, each in enumerate(room["amendments"]):
        because = " ".join(str(pattern + 1) for pattern in each["because"])
        await stage.focus("#principle")
        await typist.write(each["principle"])
        await stage.press("tab")
        await typist.write(each["replaces"] or "")
        await stage.press("tab")
        kind = (at + typist.seed) % 3 if typist.slips() else None
        await stage.type("99" if kind == 0 else "1 2" if kind == 1 else because)
        await stage.press("tab", *["right"] * DECISIONS.index(each["decision"]), "tab")
        await typist.write("\n".join(each["reservations"]))
        await stage.press("f4")
        if kind == 0:
            assert len(stage.debrief.amendments) == at
        if kind == 1:
            await stage.press("ctrl+t")
            assert stage.get("#because", Input).value == "1 2"
        if kind in (0, 1):
            await retype(typist, "#because", because)
            await stage.press("f4")
        if kind == 2:
            await stage.press("ctrl+t", "ctrl+y", "f4")  # and once more with nothing in the form
        await stage.until(lambda at=at: len(stage.debrief.amendments) == at + 1)  # type: ignore[misc]
        assert not stage.get("#reservations", TextArea).text


async def retype(typist: Typist, selector: str, text: str) -> None:
    """Empty a field and type something else."""
    await typist.stage.focus(selector)
    await typist.stage.press("end", "ctrl+u")
    await typist.write(text)


async def sovereignty(typist: Typist, room: Room) -> None:
    """The four measures, by number; a wrong one is cleared, and one that there isn't changes nothing."""
    stage = typist.stage
    for name in MEASURES:
        said, field = room["sovereignty"][name], f"#{name.replace(' ', '-')}"
        await stage.focus(field)
        if typist.slips():
            await stage.type("3" if typist.pick((True, False)) else str(-said["change"] or "-1"))
            await stage.press("delete")
            assert stage.get(field, ChoiceField).word is None
            await stage.focus(f"{field}-note")
            await stage.type("what belongs elsewhere")
            await retype(typist, f"{field}-note", "")
            await stage.focus(field)
        await stage.type(str(said["change"]))
        await stage.press("tab")
        await typist.write(said["note"])
    for wrong in ("1.5", "12 or 13", "-3") if typist.slips() else ():
        await retype(typist, "#turnout", wrong)
        await stage.press("tab")
        await stage.until(lambda: "whole number" in stage.hint)
    await retype(typist, "#turnout", str(room["turnout"]))
    await stage.press("tab")


async def decompression(typist: Typist, room: Room) -> None:
    """Every word a line."""
    await typist.type([*slips.feelings(room)])


async def close(typist: Typist, room: Room) -> None:
    """What ends and why, with another choice and a day that there isn't before; then the seal."""
    stage, closing = typist.stage, room["close"]
    wrong = typist.slips()
    await stage.focus("#sunset")
    await stage.type("".join(each[0] for each in (*(OUTCOMES if wrong else ()), closing["sunset"])))
    if closing["sunset"] == "renew":  # a room file from before a renewal needed them has neither day nor name
        closing |= {"renewed_until": "2099-11-10", "decided_by": "the room, by consensus"}
        for day in (*(("31 Feb", "yesterday") if wrong else ()), closing["renewed_until"]):
            await retype(typist, "#until", day)
            await stage.press("tab")
        await retype(typist, "#decided", closing["decided_by"])
    await retype(typist, "#reason", closing["reason"])
    await stage.focus("#rhythm")
    await stage.type("".join(each[0] for each in (*(RHYTHMS if wrong else ()), closing["rhythm"])))
    await retype(typist, "#facilitator", closing["next_facilitator"])
    await stage.press("tab")
    await armed(stage, "f4")
    await stage.press("f4")
    await stage.until(lambda: stage.debrief.sealed)


STEPS: tuple[Callable[[Typist, Room], Awaitable[None]], ...] = (
    opening,
    silent_mapping,
    small_groups,
    reposition,
    amendments,
    sovereignty,
    decompression,
    close,
)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "every", "seed"),
    [
        ("tenants-canvass", 10, 0),
        *swept(
            *(["noise-protest", 10, seed] for seed in range(4)), *(["tenants-canvass", 10, seed] for seed in (4, 7))
        ),
        *swept(*(["tenants-canvass", 1, seed] for seed in range(3)), ["noise-protest", 2, 5]),
    ],
)
async def test_a_room_typed_with_mistakes_ends_with_exactly_the_right_record(
    path: Path, redraw: Shell, name: str, every: int, seed: int
) -> None:
    room: Room = json.loads(find_room(name).read_text(encoding="utf-8"))
    bare = {key: value for key, value in empty_of_entries(room).items() if key not in ("participants", "close")}
    taken_in(path, bare)
    evening = datetime.fromisoformat(f"{room['pact']['ends']}T19:00+00:00") + timedelta(days=1)
    async with begun(path, FakeClock(evening.timestamp()), start=True) as stage:
        typist = Typist(stage, every, seed, in_a_hurry=seed == 0 and every == 10)
        for phase, step in zip(PHASES, STEPS, strict=True):
            await stage.until(lambda at=phase.name: stage.phase == at and stage.screen.is_mounted)  # type: ignore[misc]
            hall = stage.app.live.hall
            await stage.press(*(key for key, shut in (("f2", hall.wall), ("f3", hall.curtain)) if shut))
            await step(typist, room)
            if step is not close:
                await armed(stage, "f8")
                await stage.press("f8")
    if every == 1:
        assert set(typist.made) == {each.does.__name__ for each in SLIPS}
    assert typist.made.total() >= sum(len(room[each]) for each in ("moments", "patterns", "actual")) // every
    (entry,) = (each for each in json.loads(redraw("list", "--json").out) if each["title"] == room["title"])
    assert State(entry["state"]) is not State.LIVE
    shown = json.loads(redraw("show", entry["session"], "--format", "json").out)
    found = as_room(shown)
    assert found == {key: value for key, value in room.items() if key in found}
    assert redraw("check").code == 0
