"""What commands print for other programs, or to be read aloud, holds nobody's name, whosever probe it is of."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.model import NonNegotiables, Stance
from tests.conftest import Shell
from tests.helpers.builders import AT
from tests.helpers.rooms import ROOM

NAME = "Zwentibold"
"""Part of every name."""


def named(title: str, whose: str = "Ours") -> dict[str, Any]:
    """A room file in which every field for a person holds a name, and every word of decompression is one."""

    def people(*kinds: str) -> list[str]:
        return [f"{NAME} {kind}" for kind in kinds]

    roster = [f"{NAME}{n}" for n in range(9)]
    marks = [{"by": name, "autonomy": 3, "benefit": 7} for name in roster]
    return {
        **ROOM,
        "title": title,
        "our_organisation": whose,
        "facilitators": people("facilitates"),
        "spokespeople": people("speaks"),
        "observers": people("observes"),
        "dissent": [{"voice": f"{NAME} voice", "pull": "autonomy", "text": "x"}],
        "proposals": [{"title": "x", "placements": marks}],
        "pact": {
            **ROOM["pact"],
            "responsibilities": [{"who": roster[0], "what": "x"}],
            "signatures": [{"name": f"{NAME} signs", "organisation": whose}],
        },
        "observations": [{"at": AT, "by": f"{NAME} saw", "kind": "friction", "text": "x"}],
        "participants": [{**each, "alias": name} for each, name in zip(ROOM["participants"], roster, strict=True)],
        "moments": [{**each, "by": roster[0]} for each in ROOM["moments"]],
        "expected": marks,
        "actual": marks,
        "amendments": [{**each, "reservations": [f"{NAME}0: too slow"]} for each in ROOM["amendments"]],
        "feelings": {f"{NAME} felt": 2},
        "close": {
            "next_facilitator": f"{NAME} next",
            "decided_by": roster[0],
            "rhythm": "act",
            "sunset": "renew",
            "reason": "x",
            "renewed_until": "2026-12-01",
        },
    }


@pytest.fixture
def peopled(path: Path, tmp_path: Path) -> Archive:
    """An archive with a probe of ours and one of another group, and a statement that people answered."""
    redraw = Shell(path)
    assert redraw("import", "-", stdin=json.dumps(named("Ours")).encode()).code == 0
    theirs = Shell(tmp_path / "theirs.json")
    assert theirs("import", "-", stdin=json.dumps(named("Theirs", "Theirs")).encode()).code == 0
    out = theirs("export", "--format", "json", "--with-raw-notes", "-o", "-").out
    done = redraw("import", "-", "--with-raw-notes", stdin=out.encode())
    assert "1 new" in done.out
    archive = Archive(path)
    against = Stance(name=f"{NAME} objects", reason="x")
    asked = (f"{NAME} asked", against.name)
    archive.save(
        [NonNegotiables(number=1, at=AT, principles=("x",), asked=asked, consents=asked[:1], objects=(against,))]
    )
    archive.close()
    assert NAME in redraw("show", "p1", "--json").out
    assert NAME in redraw("show", "px1", "--json").out
    return Archive(path)


COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("trends",),
    ("trends", "--json"),
    ("trends", "--ours", "--json"),
    ("matrix", "p1"),
    ("matrix", "p1", "--json"),
    ("matrix", "px1", "--json"),
    ("check",),
    ("check", "--repair"),
    ("export", "--format", "json", "-o", "-"),
    ("export", "--format", "md", "-o", "-"),
)


@pytest.mark.usefixtures("peopled")
def test_no_command_that_is_read_by_others_prints_a_name(redraw: Shell) -> None:
    for command in COMMANDS:
        done = redraw(*command)
        assert done.code == 0, (command, done)
        assert NAME not in done.out, command


@pytest.mark.usefixtures("peopled")
def test_the_list_says_of_each_probe_where_it_stands_and_holds_no_record(redraw: Shell) -> None:
    for row in json.loads(redraw("list", "--json").out):
        assert set(row) == {
            *("probe", "session", "state", "when", "title", "partners", "gap", "phase", "dissent", "owed"),
            *("origin", "conflicts_with"),
        }


def test_what_came_in_is_told_to_other_programs_without_names(redraw: Shell, tmp_path: Path) -> None:
    data = json.dumps(named("Ours")).encode()
    assert NAME not in redraw("import", "-", "--json", stdin=data).out
    assert NAME not in redraw("import", "-", "--json", stdin=data).out
    raw = redraw("export", "--format", "json", "--with-raw-notes", "-o", "-").out
    assert NAME in raw
    other = Shell(tmp_path / "other.json")
    for _ in range(2):
        assert NAME not in other("import", "-", "--json", stdin=raw.encode()).out


DAMAGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "somebody twice": lambda tables: tables["participants"].update(
        {"99": {**tables["participants"]["1"], "number": 99}}
    ),
    "a ballot twice": lambda tables: tables["placements"].update({"99": {**tables["placements"]["1"], "number": 99}}),
    "a word": lambda tables: tables["sessions"]["1"]["feelings"].update({f"{NAME} felt": "often"}),
    "a name that is a number": lambda tables: tables["participants"]["1"].update(role=7),
    "no session": lambda tables: tables["moments"]["1"].update(session="s9"),
    "a group": lambda tables: tables["sessions"]["1"].update(groups=[[f"{NAME}0"], 7]),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_record_is_told_by_its_place_and_not_by_whose_it_is(
    redraw: Shell, path: Path, peopled: Archive, what: str
) -> None:
    peopled.close()
    tables = json.loads(path.read_text())
    DAMAGE[what](tables)
    path.write_text(json.dumps(tables))
    done = redraw("check")
    assert done.code == 1
    assert NAME not in done.out + done.err
    for command in COMMANDS[:5]:
        done = redraw(*command)
        assert NAME not in done.out + done.err, command
    assert NAME not in redraw("check", "--repair").out
