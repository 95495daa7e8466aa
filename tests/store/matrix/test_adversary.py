"""Nobody's mark can be worked out from all that is shown and handed on, taken together (DESIGN.md, rules of the room)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.outgoing import nameless
from store.exchange.outgoing.export import export
from store.exchange.outgoing.formats import FORMATS
from store.matrix import expectation, figures
from store.model import Choice, Mark, Proposal
from tests.conftest import Shell
from tests.helpers.adversary import Whose, found_out, looks, sealed_again
from tests.helpers.builders import AT, debrief, with_ballots
from tests.helpers.outlets import everything
from tests.helpers.sweeps import swept

Places = dict[str, tuple[int, int]]

ROOMS = (
    *((3, 1), (4, 2), (6, 1), (11, 2), (3, 3), (3, 1, 1)),
    *((5, 3, 1), (5, 3, 2), (4, 4, 1), (4, 3, 1, 1), (5, 3, 2, 1), (1, 1), (2, 1)),
)
"""How many of each organisation are there; ours first."""


def people_of(sizes: Sequence[int]) -> dict[str, str]:
    """Who is there, and of which organisation."""
    names = ("Breathers", "Bakers", "Cooks", "Drivers")
    return {f"{name}{n}": name for name, size in zip(names, sizes, strict=False) for n in range(size)}


def places(names: Sequence[str], chance: Random) -> Places:
    """A place for each, no two alike: who stands alone is found most easily."""
    found = chance.sample([(x, y) for x in range(11) for y in range(11)], len(names))
    return dict(zip(names, found, strict=True))


def placed_by(names: Sequence[str], chance: Random) -> Proposal:
    """A proposal that these people have placed."""
    marks = (Mark(by=name, autonomy=x, benefit=y) for name, (x, y) in places(names, chance).items())
    return Proposal(probe="p1", number=1, title="A", placements=tuple(marks))


def a_room(sizes: Sequence[int], seed: int) -> Debrief:
    """A room with these people, of which one or two are left over wherever that can be.

    Some came late or left between the rounds, some had said before what they expected, part of them after the action, some of those
    aren't there, and a proposal was placed by all or few and may be the one that was chosen.
    """
    chance = random.Random(repr((sizes, seed)))
    people = people_of(sizes)
    here = [*people]
    late = {f"Late{n}": chance.choice(["Breathers", "Zealots"]) for n in range(chance.choice((0, 0, 1, 2)))}
    turns = chance.choice((1, 2))
    found = debrief(*(f"{name}/{of}" for name, of in (people | late).items()), revealed=turns, round=turns)
    absent = [f"Absent{n}" for n in range(chance.choice((0, 0, 1, 2, 3)))]
    ours = [name for name, of in people.items() if of == "Breathers"]
    asked = chance.choice(([], ours, here, chance.sample(here, chance.randint(1, len(here))))) + absent
    expected = places(asked, chance)
    if chance.random() < 0.5:
        placers = chance.choice((asked, asked, asked[:1], asked[:2]))
        chosen = placed_by(placers, chance)
        found = replace(found, proposals=(chosen, placed_by(here, chance).but(number=2, title="B")))
        if placers and chance.random() < 0.7:
            found = replace(found, probe=found.probe.but(choice=Choice(proposal=1, at=AT)))
            expected = {mark.by: (mark.autonomy, mark.benefit) for mark in chosen.placements}
            changed = chance.sample([*expected], min(len(expected), chance.choice((0, 0, 1, 2))))
            expected |= places([*changed, *list(late)[: chance.choice((0, 1, 2))]], chance)
    hindsight = set(chance.sample([*expected], min(len(expected), chance.choice((0, 1, 2, len(expected))))))
    for reconstructed in (False, True):
        told = {name: place for name, place in expected.items() if (name in hindsight) == reconstructed}
        before = with_ballots(replace(found, placements=()), told, 0, reconstructed).placements
        found = replace(found, placements=(*found.placements, *before))
    found = replace(found, placements=tuple(each.but(number=n) for n, each in enumerate(found.placements, 1)))
    found = with_ballots(found, places(here, chance), 1)
    if turns > 1:
        second = [*here[chance.choice((0, 0, 1, 2)) :], *late]
        found = with_ballots(found, places(second, chance), 2)
    return sealed_again(found.with_session(sealed=AT)) if chance.random() < 0.5 else found


@pytest.mark.parametrize("seed", [0, *swept(*range(1, 31))])
@pytest.mark.parametrize("sizes", ROOMS, ids=str)
def test_nobody_s_mark_can_be_worked_out(sizes: tuple[int, ...], seed: int) -> None:
    assert found_out(a_room(sizes, seed)) == {}


@pytest.mark.parametrize("sizes", [(5, 3, 1), *swept([(5, 3, 2)], [(4, 4, 1)], [(3, 1)])], ids=str)
def test_nor_with_every_chart_and_page_beside_it(sizes: tuple[int, ...]) -> None:
    assert found_out(a_room(sizes, 1), lambda room: tuple(everything(room))) == {}


def test_two_rooms_in_which_two_have_placed_where_the_other_did_give_the_same_files_and_answers(
    redraw: Shell, path: Path, tmp_path: Path
) -> None:
    people = people_of((5, 3, 1))
    marks = places([*people], random.Random(5))
    said = []
    for one, other in (("Bakers0", "Bakers0"), ("Bakers0", "Cooks0")):
        by = marks | {one: marks[other], other: marks[one]}
        found = with_ballots(debrief(*(f"{name}/{of}" for name, of in people.items()), revealed=1), by)
        found = replace(found, probe=found.probe.but(uid="the same"))
        archive = Archive(path)
        archive.commit(None, found.with_session(sealed=AT))
        archive.close()
        folder = tmp_path / other
        folder.mkdir()
        for form in FORMATS:
            export(Archive(path), (), form, folder / form, chance=Random(0))
        files = {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}
        commands = (["matrix", "p1"], ["matrix", "p1", "--json"], ["trends", "--json"], ["list"], ["show", "p1"])
        said.append((files, [redraw(*command).out for command in commands]))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
    assert all(said[0][1])
    assert said[0] == said[1]


# ------------------------------------------------------------------------------------------- the adversary finds somebody


def found_in(room: Debrief) -> set[str]:
    return {whose.name for whose in found_out(room)}


def revealed(sizes: Sequence[int], before: Mapping[str, tuple[int, int]] = {}, **session: int) -> Debrief:
    people = people_of(sizes)
    found = debrief(*(f"{name}/{of}" for name, of in people.items()), revealed=1, **session)
    found = with_ballots(found, before, 0) if before else found
    return with_ballots(found, places([*people], random.Random(1)))


def test_the_adversary_finds_whom_all_organisations_together_leave_over(monkeypatch: pytest.MonkeyPatch) -> None:
    room = revealed((5, 3, 1))
    assert found_in(room) == set()
    by_size = {name: {*at} for name, at in figures._by_organisation(room, room.ballots(1)).items() if len(at) >= 3}
    monkeypatch.setattr(figures, "told_apart", lambda sets, n: {name: sets[name] for name in sets if name in by_size})
    assert found_in(room) == {"Cooks0"}


def test_the_adversary_finds_who_expected_something_and_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [*people_of((3, 3))]
    room = revealed((3, 3), places([*people[:3], "Absent"], random.Random(2)))
    assert found_in(room) == set()
    assert figures.figures(room).way is None
    monkeypatch.setattr(expectation, "movement_shown", lambda *_: True)
    monkeypatch.setattr(figures, "nobody_left_over", lambda *_: True)
    assert Whose("Absent", 0) in found_out(room)


def test_the_adversary_finds_who_expects_something_after_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)
    people = [*people_of((4, 3))]
    chosen = placed_by(people[:5], chance)
    told = {mark.by: (mark.autonomy, mark.benefit) for mark in chosen.placements} | places(["Late"], chance)
    room = replace(revealed((4, 3), told), proposals=(chosen,))
    room = replace(room, probe=room.probe.but(choice=Choice(proposal=1, at=AT)))
    assert found_in(room) == set()
    assert figures.figures(room).expected.n == 5
    for module in (expectation, nameless):
        monkeypatch.setattr(module, "as_chosen", lambda *_: False)
    assert Whose("Late", 0) in found_out(room)


@pytest.mark.sweep
def test_the_adversary_finds_one_whose_mark_says_that_it_came_late() -> None:
    people = [*people_of((3, 3))]
    room = revealed((3, 3), places(people, random.Random(4)))
    room = replace(room, placements=tuple(each.but(reconstructed=each.key[1:] == (0, 1)) for each in room.placements))
    assert figures.figures(room).late == 1
    assert found_in(room) == set()

    def signed(room: Debrief) -> object:
        late = [(each.autonomy, each.benefit) for each in room.expected if each.reconstructed]
        return late, looks(room)

    found = found_out(room, signed)
    assert len(found[Whose(people[0], 0)]) == 1


def test_the_adversary_finds_one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    room = revealed((2,))
    assert found_in(room) == set()
    monkeypatch.setattr(figures, "shown", lambda found: found)
    assert found_in(room) == {"Breathers0", "Breathers1"}
