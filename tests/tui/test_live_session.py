"""The main job, end to end: a whole room is typed into a live session in a real terminal that dies in every phase.

All that the screens have a field for is typed and compared. The room file also holds non-negotiables, dissent, proposals and
observations: those are entered before the action, on screens that this version does not have yet, so they are left out.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.model import DECISIONS, MEASURES
from store.phases import PHASES
from tests.conftest import Shell, find_room
from tests.helpers.terminal import Terminal, launch
from tests.helpers.typed_room import as_room

NOT_ENTERED_HERE = ("non_negotiables", "dissent", "proposals", "observations")

ASKED_ABOUT_TIME = "Does that time count"


class Operator:
    """Somebody who types a room into Redraw, and who looks into the archive to see what has been saved."""

    def __init__(self, path: Path, room: dict[str, Any]) -> None:
        self.path, self.room = path, room
        self.kills = 0
        self._read: dict[str, list[dict[str, Any]]] = {}
        self._archive: Archive
        self.terminal: Terminal

    @contextmanager
    def at_the_keyboard(self) -> Iterator[Terminal]:
        """Redraw with its clocks running sixty times as fast, until it is left or killed."""
        self._start()
        try:
            yield self.terminal
        finally:
            self.terminal.close()

    def _start(self) -> None:
        self.terminal = launch("--archive", str(self.path), "demo", "--speed", "60")
        self.terminal.wait("type to find")
        self._archive = Archive(self.path)
        self._read.clear()

    # ------------------------------------------------------------------------------------------- what has been saved

    def table(self, name: str) -> list[dict[str, Any]]:
        """A table's records, also those that are in the journal still; they are read when something was saved."""
        if self._archive.follow():
            self._read.clear()
        if name not in self._read:
            self._read[name] = self._archive.rows(name)
        return self._read[name]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The records of a table that belong to this room's probe or session, in their order."""
        probes = {row["id"] for row in self.table("probes") if row["title"] == self.room["title"]}
        ids = probes | {row["id"] for row in self.table("sessions") if row["probe"] in probes}
        owners = ("id", "probe", "session")
        found = [row for row in self.table(table) if ids & {row.get(name) for name in owners}]
        return sorted(found, key=lambda row: row.get("number", 0))

    @property
    def session(self) -> dict[str, Any]:
        """The session's own record."""
        return self.rows("sessions")[0]

    def saved(self, table: str) -> Callable[[], int]:
        """How many records of a table are saved."""
        return lambda: len(self.rows(table))

    def ballots(self) -> int:
        """How many ballots are saved."""
        return sum(row["round"] == 1 for row in self.rows("placements"))

    def nothing_half_typed(self) -> bool:
        """Whether no text of this phase is kept that was typed and not entered."""
        return (self.session["id"], self.session["phase"]) not in self._archive.drafts()

    def everything(self) -> list[Any]:
        """All that has been entered, without what moves by itself."""
        moving = ("clocks", "began", "phase")
        tables = ("probes", "participants", "moments", "patterns", "placements", "amendments")
        session = {name: value for name, value in self.session.items() if name not in moving}
        return [session, *(row for table in tables for row in self.rows(table))]

    # ------------------------------------------------------------------------------------------------------- acting

    def die_and_come_back(self) -> None:
        """kill -9, and on with the session where it stopped: the logbook offers it first."""
        self.kills += 1
        here = next(phase for phase in PHASES if phase.name == self.session["phase"])
        self.terminal.kill()
        before = self.everything()
        self._start()
        assert self.everything() == before
        self.terminal.wait(lambda: self._offers(f"open, at {here.title.casefold()}"))
        self.terminal.keys("enter")
        self._answer_unless(f"▸{here.title.upper()}◂")
        self.at(here.title)
        self.terminal.keys("f6")
        self._answer_unless("One minute more")

    def _offers(self, what: str) -> bool:
        """Whether the first probe of the list stands below LIVE, and says this."""
        listed = [line.strip("│ ") for line in self.terminal.text.splitlines()]
        heads = next((at for at, line in enumerate(listed) if line.startswith("probe ")), None)
        return heads is not None and listed[heads + 1].startswith("LIVE ") and what in listed[heads + 2]

    def _answer_unless(self, awaited: str) -> None:
        """Wait for something; if the clock ran on for long meanwhile, that has to be answered first, and covers the screen."""
        self.terminal.wait(lambda: any(said in self.terminal.text for said in (awaited, ASKED_ABOUT_TIME)))
        if ASKED_ABOUT_TIME in self.terminal.text:
            self.terminal.answer("2")
            self.terminal.gone(ASKED_ABOUT_TIME)

    def at(self, title: str) -> None:
        """Until a phase is on the screen."""
        self.terminal.wait(f"▸{title.upper()}◂")

    def advance(self) -> None:
        """On to the next phase, with the second press that it takes."""
        at = [phase.name for phase in PHASES].index(self.session["phase"])
        self.terminal.keys("f8")
        self.terminal.wait("F8 again")
        self.terminal.keys("f8")
        self.at(PHASES[at + 1].title)

    def open_the_hall(self) -> None:
        """Leave the wall view and open the curtain, where a phase has shut them."""
        for key, what in (("f2", "wall"), ("f3", "curtain")):
            if self.session.get(what):
                self.terminal.keys(key)
                self.terminal.wait(lambda what=what: not self.session.get(what))  # type: ignore[misc]

    def enter(self, lines: Sequence[str], count: Callable[[], int]) -> None:
        """Type lines one after another without a pause; the program dies among them, and the rest is typed after that."""
        wanted = count() + len(lines)
        self.terminal.send("".join(f"{line}\r" for line in lines).encode())
        self.terminal.wait(lambda: count() >= wanted - len(lines) // 2)
        self.die_and_come_back()
        left = wanted - count()
        self.terminal.keys("ctrl+u")  # the half of a line that came back: it is typed anew
        self.terminal.wait(self.nothing_half_typed)
        self.terminal.send("".join(f"{line}\r" for line in lines[len(lines) - left :]).encode())
        self.terminal.wait(lambda: count() == wanted)


def enough(name: str, names: Sequence[str]) -> str:
    """The first letters of a name that no other one begins with."""
    fits = (name[:n].casefold() for n in range(1, len(name)))
    return next((head for head in fits if sum(other.casefold().startswith(head) for other in names) == 1), name)


# ---------------------------------------------------------------------------------------------- from the form to the seal


def plan(operator: Operator) -> None:
    """The probe's form, from the title to the expected placements; lists in part typed, in part pasted."""
    terminal, room = operator.terminal, operator.room
    pact = room["pact"]
    terminal.keys("ctrl+n")
    terminal.wait("The probe and its pact")
    for name in ("title", "issue", "tags", "scope"):
        terminal.type(", ".join(room.get(name, ())) if name == "tags" else room[name], "enter")
    terminal.type("", "enter")  # no step that needs a reason
    terminal.type(room["place"], "enter")
    terminal.type(room["our_organisation"], "tab")
    terminal.paste("\r".join("; ".join((each["name"], each["kind"], each["power"])) for each in room["partners"]))
    terminal.keys("tab")
    terminal.type(room["context"], "tab")
    terminal.keys("tab", "tab", "tab")  # the roles are in no room file
    terminal.type(pact["purpose"], "tab")
    for name in ("starts", "ends", "sunset"):
        terminal.type(pact[name], "tab")
    terminal.paste("\n".join(f"{each['who']}: {each['what']}" for each in pact["responsibilities"]))
    terminal.keys("tab")
    terminal.type("\r".join(pact["messaging"]), "tab")
    terminal.paste("\r\n".join(pact["red_lines"]))
    terminal.keys("tab")
    terminal.keys("tab", "tab", "tab", "tab")  # nor are names under the pact, and the three questions
    terminal.paste("\n".join(f"{each['by']} {each['autonomy']} {each['benefit']}" for each in room["expected"]))
    terminal.keys("f4")
    terminal.gone("The probe and its pact")
    assert len(operator.rows("placements")) == len(room["expected"])


def _first_listed(text: str) -> str:
    """The first probe in the logbook's list: below the heads of its columns and the heading of its state."""
    _, heads, below = text.partition("gap: autonomy, benefit")
    return below.splitlines()[2] if heads else ""


def begin(operator: Operator) -> None:
    """Find the probe by typing, and open its debrief; even where its action still lies ahead."""
    terminal, room = operator.terminal, operator.room
    words = [word.strip(",").casefold() for word in room["title"].split()]
    terminal.type(f"{words[-1]} {words[0]}")
    terminal.wait(lambda: room["title"][:16] in _first_listed(terminal.text))
    terminal.keys("enter")
    terminal.wait(lambda: any(said in terminal.text for said in ("▸OPENING◂", "anyway", "F4 Debrief")))
    if "F4 Debrief" in terminal.text:  # it lapsed long ago: Enter only shows it
        terminal.keys("f4")
        terminal.wait(lambda: any(said in terminal.text for said in ("▸OPENING◂", "anyway")))
    if "anyway" in terminal.text:
        terminal.type("2")
    operator.at("Opening")


def opening(operator: Operator) -> None:
    """The roster: one typed, some pasted with semicolons, and after the crash the rest from a spreadsheet."""
    terminal, people = operator.terminal, operator.room["participants"]
    terminal.type("; ".join(people[0].values()), "enter")
    terminal.paste("\r".join("; ".join(each.values()) for each in people[1:12]))
    terminal.wait(lambda: operator.saved("participants")() == 12)
    terminal.keys("f5")
    terminal.wait(lambda: operator.session["began"])
    operator.die_and_come_back()
    operator.terminal.paste("\r\n".join("\t".join(each.values()) for each in people[12:]))
    operator.terminal.wait(lambda: operator.saved("participants")() == len(people))


def silent_mapping(operator: Operator) -> None:
    """Half of the moments are typed, by sign and by Tab, with names and their beginnings; half are pasted."""
    terminal, moments = operator.terminal, operator.room["moments"]
    names = [person["alias"] for person in operator.room["participants"]]
    signs = {"strengthened": "+", "compromised": "-"}
    lines = [f"@{each['by']} {signs[each['felt']]} {each['text']}" for each in moments]
    count = operator.saved("moments")

    # Without a sign a moment is what stands before the field, and Tab changes that.
    head = next(len(list(run)) for _, run in groupby(each["felt"] for each in moments))
    by_tab = moments[: head + 1]
    typed = [f"@{enough(each['by'], names)} {each['text']}\r" for each in by_tab]
    first = "" if moments[0]["felt"] == "strengthened" else "\t"
    terminal.type(f"{first}{''.join(typed[:-1])}\t{typed[-1]}")
    terminal.wait(lambda: count() == len(by_tab))

    half = len(moments) // 2
    operator.enter(lines[len(by_tab) : half], count)
    terminal = operator.terminal
    terminal.paste("\n".join(lines[half:]))
    terminal.wait(f"{len(moments)} moments in the room")
    assert not any(each["text"] in terminal.text for each in moments)


def small_groups(operator: Operator) -> None:
    """Patterns with the numbers of their moments, which count from 1."""
    operator.terminal.wait(lambda: operator.session["groups"])
    seated = sorted(name for group in operator.session["groups"] for name in group)
    assert seated == sorted(person["alias"] for person in operator.room["participants"])
    signs = {"strengthened": "+", "compromised": "-"}
    lines = [
        f"{each['group']}{signs[each['felt']]} {each['text']} # {' '.join(str(at + 1) for at in each['from'])}"
        for each in operator.room["patterns"]
    ]
    operator.enter(lines, operator.saved("patterns"))


def reposition(operator: Operator) -> None:
    """Blind ballots, every other one by the first letters of a name; then the reveal, and the gap in words."""
    names = [person["alias"] for person in operator.room["participants"]]
    lines = [
        f"{each['by'] if at % 2 else enough(each['by'], names)} {each['autonomy']} {each['benefit']}"
        for at, each in enumerate(operator.room["actual"])
    ]
    operator.enter(lines, operator.ballots)
    terminal = operator.terminal
    terminal.wait(f"{len(lines)} of {len(names)} have placed")
    terminal.keys("f4")
    terminal.wait("F4 again")
    terminal.keys("f4")
    terminal.wait(f"revealed, {len(lines)} placed")
    terminal.wait(lambda: "●" in terminal.text and "○" in terminal.text)


def amendments(operator: Operator) -> None:
    """Each through the form; the program dies after the second."""
    for at, each in enumerate(operator.room["amendments"]):
        terminal = operator.terminal
        terminal.type(each["principle"], "tab")
        terminal.type(each["replaces"] or "", "tab")
        terminal.type(" ".join(str(place + 1) for place in each["because"]), "tab")
        terminal.keys(*["right"] * DECISIONS.index(each["decision"]), "tab")
        terminal.type("\r".join(each["reservations"]), "f4")
        terminal.wait(lambda at=at: operator.saved("amendments")() == at + 1)  # type: ignore[misc]
        terminal.wait(operator.nothing_half_typed)
        if at == 1:
            operator.die_and_come_back()


def sovereignty(operator: Operator) -> None:
    """Four measures by plus, minus or number, a note each, and the turnout; the program dies after the second."""
    said = operator.room["sovereignty"]
    for at, name in enumerate(MEASURES):
        terminal, change = operator.terminal, said[name]["change"]
        terminal.type("0" if change == 0 else ("+" if change > 0 else "-") * abs(change), "tab")
        terminal.type(said[name]["note"], "tab")
        terminal.wait(lambda name=name: operator.session["sovereignty"].get(name) == said[name])  # type: ignore[misc]
        if at == 1:
            operator.die_and_come_back()
            operator.terminal.keys(*["tab"] * 4)  # past what is filled in already
    operator.terminal.keys(*["tab"] * 3)  # the three questions, which no room file answers
    operator.terminal.type(str(operator.room["turnout"]), "enter")
    operator.terminal.wait(lambda: operator.session["turnout"] == operator.room["turnout"])


def decompression(operator: Operator) -> None:
    """A word a line, with how many people said it."""
    lines = [f"{word} {count}" for word, count in operator.room["feelings"].items()]
    operator.enter(lines, lambda: len(operator.session["feelings"]))


def close(operator: Operator) -> None:
    """What ends and why; after the crash what is next and who facilitates, by the beginning of a name; then the seal."""
    terminal, closing = operator.terminal, operator.room["close"]

    def stands(name: str) -> Callable[[], bool]:
        return lambda: operator.session["closing"][name] == closing[name]

    terminal.type(closing["sunset"][0], "tab")
    if closing["sunset"] == "renew":  # a room file from before a renewal needed them has neither day nor name
        closing.setdefault("renewed_until", "2099-11-10")
        closing.setdefault("decided_by", "the room, by consensus")
        for name in ("renewed_until", "decided_by"):
            terminal.type(closing[name], "tab")
    terminal.type(closing["reason"], "tab")
    terminal.wait(stands("reason"))
    operator.die_and_come_back()
    terminal = operator.terminal
    terminal.keys("tab", "tab", *(["tab", "tab"] if closing["sunset"] == "renew" else []))
    terminal.type(closing["rhythm"][0], "tab", *(["tab"] if closing["rhythm"] == "pause" else []))
    names = [person["alias"] for person in operator.room["participants"]]
    terminal.type(enough(closing["next_facilitator"], names), "enter")
    terminal.wait(lambda: stands("rhythm")() and stands("next_facilitator")())
    terminal.keys("f4")
    terminal.wait("F4 again seals")
    terminal.keys("f4")
    terminal.wait("as it was left")


# ------------------------------------------------------------------------------------------------------ what came back


def axis(values: list[int]) -> dict[str, float]:
    """The figures of one axis, agreement aside."""
    q1, median, q3 = statistics.quantiles(values, method="inclusive")
    return {"n": len(values), "median": median, "q1": q1, "q3": q3}


def assert_figures(found: dict[str, Any], room: dict[str, Any]) -> None:
    """The matrix has the figures that the statistics module finds in the room."""
    centres = {}
    for when in ("expected", "actual"):
        for name in ("autonomy", "benefit"):
            figures = axis([mark[name] for mark in room[when]])
            assert {key: found[when][name][key] for key in figures} == pytest.approx(figures)
            assert -1 <= found[when][name]["agreement"] <= 1
            centres[when, name] = figures["median"]
    gap = {name: centres["actual", name] - centres["expected", name] for name in ("autonomy", "benefit")}
    gap["length"] = (gap["autonomy"] ** 2 + gap["benefit"] ** 2) ** 0.5
    assert found["gap"] == pytest.approx(gap)
    theirs = {person["alias"]: person["organisation"] for person in room["participants"]}
    assert found["by_organisation"].keys() == set(theirs.values())
    for organisation, figures in found["by_organisation"].items():
        for name in ("autonomy", "benefit"):
            values = [mark[name] for mark in room["actual"] if theirs[mark["by"]] == organisation]
            assert len(values) > 2  # fewer would not be shown
            assert figures[name] == {"n": len(values), "median": statistics.median(values)}


@pytest.mark.sweep
def test_a_room_that_is_typed_in_comes_back_exactly_though_every_phase_is_killed(path: Path, redraw: Shell) -> None:
    room: dict[str, Any] = json.loads(find_room("noise-protest").read_text(encoding="utf-8"))
    operator = Operator(path, room)
    over = datetime.fromisoformat(room["pact"]["ends"]).astimezone() + timedelta(days=1)
    before = time.time()
    with operator.at_the_keyboard():
        plan(operator)
        planned = time.time()
        begin(operator)
        for phase in (opening, silent_mapping, small_groups, reposition, amendments, sovereignty, decompression):
            if phase is not silent_mapping:
                operator.open_the_hall()
            phase(operator)
            operator.advance()
        operator.open_the_hall()
        close(operator)
        operator.terminal.keys("escape")
        operator.terminal.wait("type to find")
        operator.terminal.keys("ctrl+q")
        assert operator.terminal.finish() == 0
    assert operator.kills == len(PHASES)

    listed = json.loads(redraw("list", "--json").out)
    (entry,) = (each for each in listed if each["title"] == room["title"])
    shown = json.loads(redraw("show", entry["session"], "--format", "json").out)
    assert as_room(shown) == {name: value for name, value in room.items() if name not in NOT_ENTERED_HERE}
    assert shown["session"]["sealed"]
    assert [event["what"] for event in shown["events"]].count("advanced") == len(PHASES) - 1

    figures = json.loads(redraw("matrix", entry["probe"], "--json").out)
    assert_figures(figures, room)
    assert figures["reconstructed"] in {before >= over.timestamp(), planned >= over.timestamp()}
    assert redraw("check").code == 0
