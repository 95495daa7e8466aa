"""What is shut stays shut: wall and curtain through every phase, with every way in and out, and a marker in all that is private."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from screens.phases.base import PhaseScreen
from store import entries
from store.archive.archive import Archive
from store.debrief import Debrief
from store.live.hall import Hall
from store.model import Observation, Pact, Responsibility, Signature, stamp
from store.phases import DISSENT_PHASES, PHASES, phase
from store.session import decisions, dissent, flow
from tests.helpers.builders import entered
from tests.helpers.rooms import NOW, PEOPLE, ROOM, taken_in
from tests.helpers.stage import FakeClock, Stage, begun, staged

MARK = "zq"
"""Begins every name and stands in every private text; nothing that is public holds it."""


def marked() -> dict[str, object]:
    """The room of the tests with the marker in all that is private."""
    text = json.dumps(ROOM)
    private = [
        *PEOPLE,
        *(each["text"] for table in ("moments", "patterns") for each in ROOM[table]),
        "slows the megaphone",
        *ROOM["feelings"],
    ]
    for each in private:
        text = text.replace(each, f"Zq{each}")
    return json.loads(text)  # type: ignore[no-any-return]


def in_debrief(path: Path) -> None:
    """A debrief that has begun, with something in every private field, in an archive at `path`."""
    found = taken_in(path, marked(), began=NOW - 600)
    name = f"Zq{PEOPLE[0]}"
    pact = Pact.model_validate(
        {
            **found.probe.pact.model_dump(),
            "responsibilities": [Responsibility(who=name, what="opens the gate")],
            "signatures": [Signature(name=name, organisation=found.probe.our_organisation)],
        }
    )
    probe = found.probe.but(facilitators=(name,), observers=(name,), spokespeople=(name,), pact=pact)
    seen = Observation(
        probe=found.probe.id, number=1, at=stamp(NOW - 9000), by=name, kind="friction", text="Zq they spoke for us"
    )
    after = decisions.close_with(
        replace(found, probe=probe, observations=(seen,)), next_facilitator=name, decided_by=name, reason="Zq"
    )
    # A reason is public, so its marker goes again.
    keep(path, found, decisions.mix_groups(decisions.close_with(after, reason=""), NOW))


def in_dissent(path: Path) -> None:
    """An open dissent session that has begun, with something in every private field, in an archive at `path`."""
    archive = Archive(path)
    found = dissent.opened(archive.new_debrief(NOW - 600), archive.new_id("sessions"), NOW - 600)
    found = flow.start_or_pause(flow.start_or_pause(found, NOW - 600), NOW - 300)
    said = (f"@Zq{name} Zq said {n} by nobody else" for n, name in enumerate(PEOPLE[:4]))
    found = entered(entries.position_rule("autonomy"), found, *said)
    found = entered(entries.add_proposal, found, "canvass a stairwell", "a rent school")
    found = entered(entries.placing_rule(1), found, *(f"Zq{name} {n} 5 6 {n}" for n, name in enumerate(PEOPLE[:4])))
    found = archive.with_id(found)
    archive.commit(None, found)
    archive.close()


def keep(path: Path, before: Debrief, after: Debrief) -> None:
    """Save what has changed."""
    archive = Archive(path)
    archive.commit(before, after)
    archive.close()


KEYS = (
    *("f1", "escape", "tab", "up", "down", "escape", "ctrl+n", "ctrl+b", "escape", "ctrl+o", "escape"),
    *("ctrl+t", "ctrl+y", "ctrl+r", "f4", "escape", "f6", "f7", "pagedown", "pageup", "f5", "f5", "ctrl+p", "escape"),
)
LINES = ("zqay 3 7", "-zqay", "zq, 1", "zqnew, Zqnobody, cook", "zq 99", "@zqa zqwhat", "99: zqx", "- zq # 1", "zq")


def unseen(stage: Stage, *where: object) -> None:
    """Fail if the marker can be read on the screen."""
    assert MARK not in stage.text().casefold(), (stage.phase, *where, stage.text())


async def keys_in(stage: Stage) -> None:
    """Press and type all that a phase takes, and more; nothing private is ever on the screen."""
    here = stage.phase
    for key in KEYS:
        await stage.press(key)
        unseen(stage, key)
        if stage.phase != here:  # a page or a question above it
            await stage.press("escape")
            unseen(stage, key, "escape")
    for line in () if here == "proposals" else LINES:  # the titles of proposals are public
        for key in (*line, "enter", "up", "escape", "ctrl+t", "ctrl+y"):
            await stage.press("space" if key == " " else key)
            unseen(stage, line, key)
            while stage.phase != here:
                await stage.press("escape")
                unseen(stage, line, key, "escape")


def hall(stage: Stage) -> Hall:
    """What is shut."""
    return stage.app.live.hall


async def through(stage: Stage, shut: Hall, thorough: bool) -> None:
    """To the last phase and back to the first, in and out of each; the wall and the curtain stay as they are or are shut more."""
    plan = PHASES if stage.debrief.session.kind == "debrief" else DISSENT_PHASES
    for way in (("f8", plan[:-1]), ("f9", plan[:0:-1])):
        key, phases = way
        for each in phases:
            assert stage.phase == each.name
            if key == "f8" and thorough:
                await keys_in(stage)
            await stage.press("ctrl+q", "ctrl+q")
            assert not stage.phase
            unseen(stage, "left")
            await stage.press("enter")
            await stage.until(lambda name=each.name: stage.phase == name)  # type: ignore[misc]
            unseen(stage, "came back")
            await stage.press(key)
            unseen(stage, key)
            await stage.press(key)
            await stage.until(lambda name=each.name: stage.phase not in ("", name) and stage.screen.is_mounted)  # type: ignore[misc]
            unseen(stage, key, key)
            entered = phase(stage.phase)
            shut = Hall(shut.wall or entered.wall, shut.curtain or entered.curtain)
            assert hall(stage) == shut, stage.phase


WALL, CURTAIN = Hall(wall=True), Hall(curtain=True)


def cases() -> Iterator[object]:
    """What is shut at first, in which session, and how thoroughly; a short walk in every run, with every key in the sweeps."""
    yield pytest.param(CURTAIN, in_dissent, False, id="curtain-in_dissent")
    for shut, name in ((WALL, "wall"), (CURTAIN, "curtain")):
        for prepare in (in_debrief, in_dissent):
            every = f"{name}-{prepare.__name__}-every-key"
            yield pytest.param(shut, prepare, True, id=every, marks=pytest.mark.sweep)


@pytest.mark.parametrize(("shut", "prepare", "thorough"), cases())
async def test_what_is_shut_stays_shut_until_its_key_opens_it(
    path: Path, shut: Hall, prepare: object, thorough: bool
) -> None:
    assert callable(prepare)
    prepare(path)
    clock = FakeClock()
    async with begun(path, clock) as stage:
        assert MARK in stage.text().casefold(), "off the wall the operator sees it all"
        await stage.press("f2" if shut.wall else "f3")
        assert hall(stage) == shut
        unseen(stage)
        await through(stage, shut, thorough)
        now = hall(stage)
    async with begun(path, clock) as stage:  # as after a kill
        unseen(stage, "started again")
        assert hall(stage) == now
        if now.wall:
            await stage.press("f2")
        if now.curtain:
            await stage.press("f3")
        await stage.until(lambda: MARK in stage.text().casefold())
    async with begun(path, clock) as stage:
        assert hall(stage) == Hall()


@pytest.mark.parametrize("prepare", [in_debrief, in_dissent])
async def test_after_the_reveal_too_nobody_is_named(path: Path, prepare: object) -> None:
    assert callable(prepare)
    prepare(path)
    async with begun(path, size=(120, 40)) as stage:
        for name in ("reposition",) if prepare is in_debrief else ("placing", "choice"):
            await stage.go(name)
            assert hall(stage).curtain, "a blind phase draws the curtain"
            await stage.press("f4", "f4", "tab", "tab")
            unseen(stage)
            await stage.press("f2")
            unseen(stage)
            await stage.press("f2", "up", "f3")
            unseen(stage)
            assert isinstance(stage.screen, PhaseScreen)
            await stage.press("f3")


async def test_what_was_shut_in_one_session_is_shut_in_the_next_of_the_same_evening(path: Path) -> None:
    in_debrief(path)
    async with begun(path) as stage:
        await stage.press("f2")
        await stage.press("ctrl+q", "ctrl+q")
        unseen(stage)
        await stage.press("f4", "1")
        await stage.until(lambda: stage.phase == "positions")
        assert hall(stage).wall
        await stage.press("f2")
        assert hall(stage) == Hall()


async def test_a_sealed_session_keeps_no_sign_of_what_was_shut(path: Path) -> None:
    in_dissent(path)
    async with begun(path) as stage:
        await stage.press("f2")
        await stage.go("choice")
        await stage.enter("none we need another evening")
        await stage.press("f4", "f4")
        await stage.until(lambda: not stage.phase)
        unseen(stage)
        assert stage.saved.dissent_session is not None
        assert not stage.saved.dissent_session.wall


async def test_the_review_and_the_search_stay_shut_while_a_session_is_kept_from_the_hall(path: Path) -> None:
    in_debrief(path)
    async with staged(path) as stage:
        await stage.press("enter")
        await stage.until(lambda: stage.phase == "opening")
        await stage.press("f2", "ctrl+q", "ctrl+q", "ctrl+f")
        await stage.until("what is public")
        for line in ("zqayzel", "zq tannoy"):
            await stage.type(line)
            await stage.until("Nothing holds")
            await stage.press("f3")
            await stage.until("A live session is kept from the hall")
            await stage.press("escape")


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_what_is_typed_goes_through_a_form_that_is_hidden_field_by_field(path: Path, key: str) -> None:
    in_debrief(path)
    async with begun(path) as stage:
        await stage.press(key)
        await stage.go("amendments")
        before = len(stage.debrief.amendments)
        stage.send(*"Zq we ask", "tab", "shift+tab", *" first")
        await stage.settle()
        unseen(stage)
        stage.send(*["backspace"] * 15, *"we ask first")  # what is agreed on is public, so no marker goes in
        await stage.settle()
        assert "we ask first" not in stage.text()
        stage.send("tab", "tab", *"1")
        await stage.settle()
        stage.send("up", "ctrl+c")  # the field has no use for them, and they are not passed on for ever
        await stage.settle()
        stage.send("tab", "2", "tab", *"zq not I", "f4")
        await stage.until(lambda: len(stage.saved.amendments) == before + 1)
        unseen(stage)
        last = stage.saved.amendments[-1]
        assert (last.principle, last.because, last.reservations) == ("we ask first", (1,), ("zq not I",))
        await stage.go("close")
        stage.send("tab", *"zqbran", "tab")
        await stage.until(lambda: stage.saved.session.closing.reason == "zqbran")
        unseen(stage)
