"""The time before an action, end to end: a room goes from its non-negotiables to the agreed pact, notes come in from two
shells, and the debrief finds all of it there. In a real terminal, with the real texts of a room."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from tests.conftest import Shell, find_room
from tests.helpers.terminal import Terminal, launch

PEOPLE = ("Maren", "Tilda", "Wojtek", "Obi", "Yusuf", "Ruth", "Callum", "Noor", "Dez", "Ana", "Pip")
QUESTIONS = {
    "ally": "Yes: the door lists are ours.",
    "funding": "There is none in it.",
    "language": "At the door, yes.",
}
STATES = ("held", "strained", "crossed", "held", "held")
NOTES = ("Gwen hands out lanyards to all of us.", "Three men ask to be taught the knock. Not visited. Taught.")


class Room:
    """A room file that is typed in, and what has been saved of it so far."""

    def __init__(self, path: Path, terminal: Terminal, room: dict[str, Any]) -> None:
        self.terminal, self.room = terminal, room
        self._archive = Archive(path)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The records of a table, as they are saved by now."""
        self._archive.follow()
        return sorted(self._archive.rows(table), key=lambda row: row.get("number", 0))

    def debrief(self) -> dict[str, Any]:
        """The record of the debrief's session."""
        return next(row for row in self.rows("sessions") if row["kind"] == "debrief")

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for something to be saved."""
        self.terminal.wait(holds)

    def twice(self, key: str, sentence: str) -> None:
        """A guarded key: what it says at the first press, and the second one."""
        self.terminal.keys(key)
        self.terminal.wait(sentence)
        self.terminal.keys(key)

    def on(self, title: str) -> None:
        """On to the next phase."""
        self.twice("f8", "F8 again")
        self.terminal.wait(f"▸{title}◂")


def state_what_is_not_traded(room: Room) -> None:
    """The non-negotiables: the principles pasted, who was asked typed, all but one consent; put in force."""
    terminal, principles = room.terminal, room.room["non_negotiables"]
    terminal.keys("f7")
    terminal.wait("Non-negotiables")
    terminal.paste("\n".join(principles))
    room.until(lambda: room.rows("non_negotiables") and len(room.rows("non_negotiables")[0]["principles"]) == 5)
    terminal.keys("tab")
    terminal.type(", ".join(PEOPLE), "enter", "tab")
    terminal.type(", ".join(name[:3] for name in PEOPLE if name != "Dez"), "enter", "tab")
    terminal.type("Dez: what about a candidate who is one of us?", "enter")
    room.until(lambda: room.rows("non_negotiables")[0]["open"])
    terminal.wait("10 consent")
    room.twice("f4", "F4 again")
    room.until(lambda: room.rows("non_negotiables")[0]["adopted"])
    terminal.keys("ctrl+q")
    terminal.wait("type to find")


def dissent_openly(room: Room) -> None:
    """The open dissent session: positions verbatim, proposals, a person's placements a line, the reveal, the choice."""
    terminal = room.terminal
    terminal.keys("f4")
    terminal.wait("Begin an open dissent session")
    terminal.type("1")
    terminal.wait("▸POSITIONS◂")
    terminal.keys("f5")
    for each in room.room["dissent"]:
        terminal.type(f"@{each['voice']} {each['pull'][0]}> {each['text']}", "enter")
    room.until(lambda: len(room.rows("dissent")) == len(room.room["dissent"]))
    room.on("PROPOSALS")
    terminal.paste("\n".join(each["title"] for each in room.room["proposals"]))
    room.until(lambda: len(room.rows("proposals")) == len(room.room["proposals"]))
    room.on("PLACING")
    for name in PEOPLE:
        marks = [mark for each in room.room["proposals"] for mark in each["placements"] if mark["by"] == name]
        terminal.type(" ".join([name, *(f"{mark['autonomy']} {mark['benefit']}" for mark in marks)]), "enter")
    room.until(lambda: all(len(each["placements"]) == len(PEOPLE) for each in room.rows("proposals")))
    room.twice("f4", "F4 again")
    terminal.wait("autonomy preserved")
    room.on("CHOICE")
    terminal.type("A it tests both of us, and it ends on Sunday", "enter")
    room.until(lambda: room.rows("probes")[0]["choice"])
    room.twice("f4", "F4 again")
    terminal.wait("as it was left")
    terminal.keys("escape")
    terminal.wait("type to find")


def agree(room: Room) -> None:
    """The form, from what the choice has filled in already to the names under the pact; and the pact on its page."""
    terminal, pact = room.terminal, room.room["pact"]
    terminal.keys("ctrl+o")
    terminal.wait("The probe and its pact")
    terminal.wait(room.room["title"])
    terminal.keys("tab")
    terminal.type(room.room["issue"], "tab")
    terminal.type("canvass", "tab")
    terminal.type(room.room["scope"], "tab")
    terminal.keys("tab")
    for name in ("place", "our_organisation"):
        terminal.type(room.room[name], "tab")
    terminal.paste("\n".join("; ".join((each["name"], each["kind"], each["power"])) for each in room.room["partners"]))
    terminal.keys("tab")
    terminal.type(room.room["context"], "tab")
    for names in ("Maren", "Ruth", "Tilda, Wojtek"):
        terminal.type(names, "tab")
    terminal.type(pact["purpose"], "tab")
    for name in ("starts", "ends", "sunset"):
        terminal.type(pact[name], "tab")
    for lines in (
        [f"{each['who']}: {each['what']}" for each in pact["responsibilities"]],
        pact["messaging"],
        pact["red_lines"],
        [f"Maren, {room.room['our_organisation']}", f"Gwen, {room.room['partners'][0]['name']}"],
    ):
        terminal.paste("\n".join(lines))
        terminal.keys("tab")
    for answer in QUESTIONS.values():
        terminal.type(answer, "tab")
    terminal.keys("f6")
    terminal.wait("of 60 lines")
    room.twice("f4", "F4 again")
    room.until(lambda: room.rows("probes")[0]["pact"]["agreed"])
    terminal.keys("escape")
    terminal.wait("The probe and its pact")
    terminal.keys("f4")
    terminal.wait("type to find")


def note_from_two_shells(room: Room, redraw: Shell) -> None:
    """Two observers at once, while the session's own process has the archive."""
    shells = [
        subprocess.Popen(
            [sys.executable, "-m", "tui", "note", text, "--kind", kind, "--by", by, "--probe", "p1"],
            env=redraw.environment(),
            stdout=subprocess.DEVNULL,
        )
        for text, kind, by in zip(NOTES, ("narrative shift", "synergy"), ("Tilda", "Wojtek"), strict=True)
    ]
    assert [shell.wait() for shell in shells] == [0, 0]
    room.until(lambda: len(room.rows("observations")) == len(NOTES))


def debrief(room: Room) -> None:
    """The debrief opens with what was agreed and expected; the red lines are marked, and the observations are opened."""
    terminal, lines = room.terminal, room.room["pact"]["red_lines"]
    terminal.keys("enter")
    terminal.wait("anyway")  # the action lies ahead still, or runs
    terminal.type("2")
    terminal.wait("▸OPENING◂")
    terminal.wait("Curtain drawn")  # as the open dissent session has left it
    terminal.keys("f3")
    terminal.wait("before the action")
    terminal.wait(lines[0].partition(". ")[0])
    terminal.type("Maren, 1", "enter")
    terminal.wait("Maren (facilitator)")  # the role that the probe has for her
    terminal.keys("f4")
    terminal.wait(f"1 of {len(lines)}")
    for state in STATES:
        terminal.type(state[0], "down")
    room.until(lambda: len(room.debrief()["red_lines"]) == len(lines))
    terminal.keys("escape")
    terminal.wait("In the room")
    room.on("SILENT MAPPING")
    room.on("SMALL GROUPS")
    assert NOTES[0] not in terminal.text
    terminal.keys("f2")  # silent mapping has shut both
    terminal.wait("Curtain drawn")
    terminal.keys("f3")
    terminal.wait("No moments are entered yet.")
    terminal.keys("ctrl+n")
    terminal.wait("Gwen hands out lanyards")


@pytest.mark.sweep
@pytest.mark.slow
def test_a_room_goes_from_its_non_negotiables_to_the_debrief_without_retyping(path: Path, redraw: Shell) -> None:
    found: dict[str, Any] = json.loads(find_room("tenants-canvass").read_text(encoding="utf-8"))
    today = datetime.now().astimezone().date()
    days = {
        name: (today + timedelta(days=ahead)).isoformat() for name, ahead in (("starts", 0), ("ends", 1), ("sunset", 3))
    }
    found["pact"] |= days
    with launch("--archive", str(path)) as terminal:
        terminal.wait("type to find")
        room = Room(path, terminal, found)
        for step in (state_what_is_not_traded, dissent_openly, agree):
            step(room)
        note_from_two_shells(room, redraw)
        debrief(room)
        terminal.kill()

    printed = redraw("pact", "p1")
    assert printed.code == 0
    assert len(printed.out.splitlines()) <= 60
    assert all(line in " ".join(printed.out.split()) for line in found["pact"]["red_lines"])

    shown = json.loads(redraw("show", "p1", "--json").out)
    probe = shown["probe"]
    assert probe["title"] == found["title"] == found["proposals"][probe["choice"]["proposal"] - 1]["title"]
    for name in ("issue", "scope", "place", "context", "our_organisation", "partners", "non_negotiables"):
        assert probe[name] == found[name]
    assert {name: probe["pact"][name] for name in found["pact"]} == found["pact"]
    assert probe["independence"] == QUESTIONS
    assert (probe["facilitators"], probe["spokespeople"], probe["observers"]) == (
        ["Maren"],
        ["Ruth"],
        ["Tilda", "Wojtek"],
    )
    assert probe["statement"] == 1
    assert [{name: each[name] for name in ("voice", "pull", "text")} for each in shown["dissent"]] == found["dissent"]
    assert [{name: each[name] for name in ("title", "placements")} for each in shown["proposals"]] == found["proposals"]
    expected = [each for each in shown["placements"] if each["round"] == 0]
    marks = found["proposals"][0]["placements"]
    assert [{name: each[name] for name in ("by", "autonomy", "benefit")} for each in expected] == marks
    assert not any(each["reconstructed"] for each in expected)
    assert sorted(each["text"] for each in shown["observations"]) == sorted(NOTES)
    assert shown["session"]["red_lines"] == [
        {"text": text, "state": state} for text, state in zip(found["pact"]["red_lines"], STATES, strict=True)
    ]
    assert json.loads(redraw("matrix", "p1", "--json").out)["reconstructed"] is False
    assert redraw("check", "--repair").code == 0
