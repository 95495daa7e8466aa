"""Nobody's ballot can be worked out from all that is shown and handed on (DESIGN.md, rules of the room)."""

import random
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.outgoing.export import export
from tests.helpers.adversary import SeenRound, figures_of, found_out, seen
from tests.helpers.builders import debrief, with_ballots

ROOMS = ((3, 1), (4, 2), (6, 1), (11, 2), (3, 1, 1), (5, 3, 1), (4, 3, 1, 1), (3, 3))
"""How many of each organisation are there; ours first."""


def people_of(sizes: tuple[int, ...]) -> dict[str, str]:
    names = ("Breathers", "Bakers", "Cooks", "Drivers")
    return {f"{name}{n}": name for name, size in zip(names, sizes, strict=False) for n in range(size)}


def places(names: list[str], chance: random.Random) -> dict[str, tuple[int, int]]:
    """A place for each, no two alike: who stands alone is found most easily."""
    found = chance.sample([(x, y) for x in range(11) for y in range(11)], len(names))
    return dict(zip(names, found, strict=True))


def told_apart(sizes: tuple[int, ...], asked: bool, latecomer: bool, seed: int, path: Path) -> None:
    """Make a room with these people, hand it on, and let the adversary work on both its rounds."""
    chance = random.Random(repr((sizes, asked, latecomer, seed)))
    people = people_of(sizes)
    ours = [name for name, of in people.items() if of == "Breathers"]
    second = people | ({"Late": chance.choice(["Breathers", "Zealots"])} if latecomer else {})
    found = debrief(*(f"{name}/{of}" for name, of in second.items()), revealed=2, round=2)
    if asked:
        found = with_ballots(found, places(ours, chance), round=0)
    found = with_ballots(found, places([*people], chance), round=1)
    found = with_ballots(found, places([*second], chance), round=2)
    archive = Archive(path / "logbook.json")
    archive.commit(None, archive.with_id(found))
    archive.close()
    tables = export(Archive(archive.path), (), "csv", path / "tables")
    for round, there in ((1, people), (2, second)):
        known = found_out(seen(tables, round, there, ours if asked else ()), there)
        assert known == {}, f"round {round} of {sizes}"


@pytest.mark.parametrize("asked", [False, True], ids=["nobody asked", "ours asked before"])
@pytest.mark.parametrize("latecomer", [False, True], ids=["the same people", "a latecomer"])
@pytest.mark.parametrize("sizes", ROOMS, ids=str)
def test_nobody_s_ballot_can_be_worked_out(
    sizes: tuple[int, ...], latecomer: bool, asked: bool, tmp_path: Path
) -> None:
    told_apart(sizes, asked, latecomer, 0, tmp_path)


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(1, 21))
@pytest.mark.parametrize("sizes", ROOMS, ids=str)
def test_nobody_s_ballot_can_be_worked_out_in_any_room(sizes: tuple[int, ...], seed: int, tmp_path: Path) -> None:
    for at, (asked, latecomer) in enumerate(((False, False), (False, True), (True, False), (True, True))):
        (tmp_path / str(at)).mkdir()
        told_apart(sizes, asked, latecomer, seed, tmp_path / str(at))


def test_the_adversary_finds_whom_a_subtraction_leaves_over() -> None:
    marks = {"a": (1, 1), "b": (2, 7), "c": (3, 4), "d": (9, 9)}
    three = frozenset("abc")
    sets = [(frozenset(marks), figures_of([*marks.values()])), (three, figures_of([marks[name] for name in three]))]
    assert found_out(SeenRound([*marks.values()], sets), marks) == {"d": {(9, 9)}}
    assert found_out(SeenRound([*marks.values()], sets[:1]), marks) == {}


def test_the_adversary_finds_whom_a_count_of_the_same_people_leaves_over() -> None:
    expected = [(5, 5), (6, 5), (6, 6)]
    marks = {"a": (1, 1), "b": (2, 2), "c": (3, 4), "d": (9, 9)}
    shown = SeenRound([*marks.values()], [], frozenset("abc"), expected, ((3, 0, 0), (3, 0, 0)))
    assert found_out(shown, marks) == {"d": {(9, 9)}}
