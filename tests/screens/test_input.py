"""What people bring goes in as it is: pasted rosters, any script, typed as it is pasted, and it is said what was understood."""

from pathlib import Path

import pytest

from screens.widgets.entry_field import EntryField
from store.debrief import Debrief
from store.words.text import visible
from tests.helpers.cases import case
from tests.helpers.rooms import NOW, ROOM, empty_of_entries, room, taken_in
from tests.helpers.scripts import SCRIPTS
from tests.helpers.stage import Stage, begun
from tests.helpers.sweeps import swept


def field(stage: Stage) -> str:
    return stage.get("#field", EntryField).value


def at(path: Path, phase: str, **file: object) -> Debrief:
    """A live session in a phase, with nothing said in it yet."""
    nothing = dict.fromkeys(ROOM.keys() - empty_of_entries(ROOM).keys())
    return taken_in(path, room(**{**nothing, **file}), began=NOW - 60, phase=phase)


async def test_a_pasted_roster_goes_in_as_one_and_says_what_was_left_out(path: Path) -> None:
    at(path, "opening", participants=[])
    async with begun(path) as stage:
        stage.paste(case("05"))
        await stage.until(
            "2 people of 2 organisations; 1 heading left out; 3 columns left out (Timestamp, Email Address,"
        )
        assert [each.alias for each in stage.saved.participants] == ["Ana Lopes", "Bo Lund"]
        stage.paste("- Ana Lopes, Kettle and Key\n- Dez\n- Cy Marr, Kettle and Key")
        await stage.until(
            "1 person of 1 organisation; 1 here already; 1 line not understood. Add the organisation after a comma",
            lambda: field(stage) == "Dez",
        )
        assert [each.alias for each in stage.saved.participants][2:] == ["Cy Marr"]
        await stage.press("end", *", 1", "enter")
        await stage.until(lambda: len(stage.debrief.participants) == 4)
        await stage.press("f2")
        stage.paste("Eve, Kettle and Key\n- Fay")
        await stage.until(lambda: len(stage.debrief.participants) == 5)
        assert "Fay" not in stage.text()


@pytest.mark.parametrize("fresh", [0, 1, 2, 14])
async def test_a_roster_that_is_pasted_again_counts_who_is_here_and_enters_nobody_twice(path: Path, fresh: int) -> None:
    at(path, "opening", participants=[])
    lines = [f"Person {n}, Group {n % 3}" for n in range(12)]
    more = [f"New {n}, Group 9" for n in range(fresh)]
    async with begun(path) as stage:
        stage.paste("\n".join(lines))
        await stage.until(lambda: len(stage.debrief.participants) == 12)
        first = stage.saved
        stage.paste("\n".join([*more, *lines[::-1], *(line.upper() for line in lines[:2])]))
        new = f"{fresh} {'person' if fresh == 1 else 'people'} of 1 organisation" if fresh else "Nobody new"
        await stage.until(f"{new}; 12 here already.")
        if fresh > 12:
            await stage.press("enter")
        await stage.until(lambda: len(stage.debrief.participants) == 12 + fresh, lambda: field(stage) == "")
        assert stage.saved.participants[:12] == first.participants
        if fresh:
            await stage.press("ctrl+t")
            await stage.until(lambda: stage.saved.participants == first.participants)


async def test_many_people_are_said_before_they_go_in(path: Path) -> None:
    at(path, "opening", participants=[])
    many = "Name;Group\n" + "\n".join(f"Person {n};Group {n % 4}" for n in range(31))
    async with begun(path) as stage:
        stage.paste(many)
        await stage.until(
            "31 people of 4 organisations; 1 heading left out. Enter takes them in, Escape leaves them out."
        )
        assert not stage.debrief.participants
        await stage.press("escape")
        await stage.until(lambda: field(stage) == "")
        stage.paste(many)
        await stage.until("Enter takes them in")
        await stage.press("enter")
        await stage.until(lambda: len(stage.debrief.participants) == 31, lambda: field(stage) == "")
        assert len(stage.saved.participants) == 31


async def test_a_ballot_is_said_back_without_what_it_says_and_on_the_wall_without_whose(path: Path) -> None:
    at(path, "reposition")
    async with begun(path) as stage:
        await stage.enter("@da ７ ６")
        await stage.until("A ballot is in: two numbers.")  # the curtain is drawn
        for line in (*case("15").splitlines(), "ay 7.5 6", "ay 7٫5 ٦", "ay 7,5"):
            await stage.enter(line)
            await stage.until("Type whole numbers, autonomy then benefit")
            await stage.press("escape")
        assert [(each.by, each.autonomy, each.benefit) for each in stage.saved.ballots(1)] == [("Dagny", 7, 6)]
        await stage.press("f2")
        await stage.enter("br 2 3")
        await stage.until("A ballot is in: two numbers.")
        assert "Brannoc" not in stage.text()


async def test_a_line_that_begins_with_a_name_says_so_on_the_wall_too_and_names_nobody(path: Path) -> None:
    at(path, "silent_mapping")
    async with begun(path) as stage:
        await stage.enter("- @dag they took the mic")
        await stage.enter("Ayzel held the gate")
        await stage.until("It begins with a name: “@name …” keeps that apart.")
        assert "Ayzel" not in stage.text()
        await stage.enter("we held the gate")
        await stage.until(lambda: "begins with a name" not in stage.text())
        assert [(each.by, each.text) for each in stage.saved.moments] == [
            ("Dagny", "they took the mic"),
            (None, "Ayzel held the gate"),
            (None, "we held the gate"),
        ]


FEW = ("Persian", "Devanagari", "emoji")


@pytest.mark.parametrize("scripts", [FEW, *swept(tuple(SCRIPTS))], ids=len)
async def test_every_script_is_kept_typed_and_pasted_is_found_by_its_name_and_is_drawn(
    path: Path, scripts: tuple[str, ...]
) -> None:
    at(path, "opening", participants=[])
    said = [SCRIPTS[script] for script in scripts]
    names = [name for name, _ in said]
    async with begun(path, size=(120, 60)) as stage:
        await stage.enter(*(f"{name}; {script}" for script, (name, _) in zip(scripts, said, strict=True)))
        assert [each.alias for each in stage.saved.participants] == names
        await stage.go("silent_mapping")
        await stage.press("f2", "f3")
        await stage.enter(*(f"@{name.split()[0]} - {text}" for name, text in said))
        assert all(visible(text) in stage.text() for _, text in said)
        stage.paste("\n".join(f"@{name} + {text}" for name, text in said))
        await stage.until(lambda: len(stage.debrief.moments) == 2 * len(said))
        assert [(each.by, each.text) for each in stage.saved.moments] == 2 * said
        await stage.go("reposition")
        await stage.enter(*(f"{name} 3 7" for name in names))
        assert [each.by for each in stage.saved.ballots(1)] == names
