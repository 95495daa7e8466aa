"""A room file that comes in again with something added: it is the same probe, and what is new can go into it."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.conflicts import Keep, brought, settle
from store.exchange.incoming.importing import ImportedProbe
from store.model import Guideline
from tests.conftest import Shell
from tests.helpers.imports import everything, out, taken
from tests.helpers.rooms import ROOM
from tests.helpers.terminal import launch

Room = dict[str, Any]

LINE = {"felt": "strengthened", "text": "We were let in late."}

MORE: dict[str, tuple[str, list[Any]]] = {
    "2 participants": (
        "participants",
        [{"alias": name, "organisation": "Elsewhere"} for name in ("Zed One", "Zed Two")],
    ),
    "1 moment": ("moments", [LINE]),
    "2 moments": ("moments", [LINE, LINE]),
    "1 pattern": ("patterns", [{"group": 1, **LINE, "from": [0]}]),
    "3 placements": ("expected", [{"by": f"Zed {n}", "autonomy": n, "benefit": n} for n in range(3)]),
    "1 amendment": ("amendments", [{"principle": "Ask the door first.", "decision": "consensus", "because": [0]}]),
    "1 position": ("dissent", [{"voice": "Zed", "pull": "autonomy", "text": "I would wait."}]),
    "1 proposal": ("proposals", [{"title": "A tea stall"}]),
    "1 observation": ("observations", [{"at": "2026-10-17T14:05:00", "text": "They count us."}]),
}
"""What is new in words, and in which list of the room it stands."""

BOTH = pytest.mark.parametrize("said", MORE)


def room(**changes: Any) -> Room:
    return {**copy.deepcopy(ROOM), **changes}


def with_more(said: str, at: int | None = None) -> Room:
    """The room with something added, at the end of its list or before a place in it."""
    name, rows = MORE[said]
    data = room()
    there = list(data.get(name, []))
    place = len(there) if at is None else at
    data[name] = [*there[:place], *rows, *there[place:]]
    if at is not None and name == "moments":
        for pattern in data["patterns"]:
            pattern["from"] = [n + len(rows) * (n >= at) for n in pattern.get("from", [])]
    if at is not None and name == "patterns":
        for amendment in data["amendments"]:
            amendment["because"] = [n + len(rows) * (n >= at) for n in amendment["because"]]
    return data


def came(archive: Archive, data: Room) -> ImportedProbe:
    (only,) = taken(archive, json.dumps(data).encode()).probes
    return only


def evidence(archive: Archive, id: str = "p1") -> tuple[list[Any], list[Any]]:
    """What each pattern and each amendment rests on, as words."""
    found = archive.debrief(id)
    moments = {each.number: each.text for each in found.moments}
    patterns = {each.number: each.text for each in found.patterns}
    return (
        [(each.text, [moments[n] for n in each.moments]) for each in found.patterns],
        [(each.principle, [patterns[n] for n in each.because]) for each in found.amendments],
    )


@BOTH
@pytest.mark.parametrize("at", [None, 0], ids=["at the end", "at the beginning"])
def test_what_was_added_comes_into_the_probe_that_is_here(archive: Archive, said: str, at: int | None) -> None:
    assert came(archive, room()).how == "new"
    before, rested = archive.debrief("p1"), evidence(archive)
    again = came(archive, with_more(said, at))
    assert (again.how, again.ours) == ("conflict", "p1")
    assert brought(archive, again.probe) == (said,)
    settle(archive, [again.probe], Keep.NEW)
    after = archive.debrief("p1")
    assert [row["id"] for row in archive.rows("probes")] == ["p1"]
    assert archive.check()[1] == []
    name = MORE[said][0].replace("expected", "placements")
    for table in (
        "participants",
        "moments",
        "patterns",
        "amendments",
        "placements",
        "dissent",
        "proposals",
        "observations",
    ):
        here, there = getattr(before, table), getattr(after, table)
        assert tuple(each for each in there if each in here) == here
        assert len(there) - len(here) == (len(MORE[said][1]) if table == name else 0)
    for here, there in zip(rested, evidence(archive), strict=True):
        assert there[: len(here)] == here
    unchanged = everything(archive)
    for same in (room(), with_more(said, at)):
        assert came(archive, same).how == "same"
        assert everything(archive) == unchanged


def test_new_evidence_rests_on_the_records_that_it_names(archive: Archive) -> None:
    came(archive, room())
    data = with_more("1 moment", 0)
    data["patterns"].insert(0, {"group": 2, "felt": "compromised", "text": "New here.", "from": [0, 1]})
    for amendment in data["amendments"]:
        amendment["because"] = [n + 1 for n in amendment["because"]]
    data["amendments"].append({"principle": "Ask twice.", "decision": "consensus", "because": [0]})
    settle(archive, [came(archive, data).probe], Keep.NEW)
    patterns, amendments = evidence(archive)
    assert patterns[-1] == ("New here.", [LINE["text"], ROOM["moments"][0]["text"]])
    assert amendments[-1] == ("Ask twice.", ["New here."])
    assert archive.check()[1] == []


def test_a_new_amendment_becomes_a_guideline(archive: Archive) -> None:
    came(archive, room())
    before = archive.group_records(Guideline)
    settle(archive, [came(archive, with_more("1 amendment")).probe], Keep.NEW)
    *held, new = archive.group_records(Guideline)
    assert tuple(held) == before
    assert [version.text for version in new.history] == ["Ask the door first."]
    assert archive.debrief("p1").amendments[-1].guideline == new.number


_OTHER = {"strengthened": "compromised", "compromised": "strengthened"}


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["moments"][0].update(text=data["moments"][0]["text"] + " Twice."),
        lambda data: data["moments"][0].update(felt=_OTHER[data["moments"][0]["felt"]]),
        lambda data: data.update(issue="something else"),
        lambda data: data["participants"][0].update(organisation="Elsewhere"),
        lambda data: data["actual"][0].update(autonomy=10 - data["actual"][0]["autonomy"]),
    ],
    ids=["a moment", "its sign", "the issue", "whose somebody is", "a ballot"],
)
def test_what_was_changed_is_asked_about_and_is_nothing_new(archive: Archive, change: Callable[[Room], Any]) -> None:
    came(archive, room())
    before = archive.debrief("p1")
    data = room()
    change(data)
    again = came(archive, data)
    assert (again.how, again.ours) == ("conflict", "p1")
    assert brought(archive, again.probe) == ()
    settle(archive, [again.probe], Keep.NEW)
    assert archive.debrief("p1") == before
    again = came(archive, data)
    settle(archive, [again.probe], Keep.THEIRS)
    assert came(archive, data).how == "same"
    assert [row["id"] for row in archive.rows("probes")] == ["p1"]


@pytest.mark.parametrize("name", ["moments", "participants", "amendments", "feelings"])
def test_a_file_that_says_less_than_what_is_here_changes_nothing(archive: Archive, name: str) -> None:
    data = room(moments=[*ROOM["moments"], LINE], participants=[*ROOM["participants"], *MORE["2 participants"][1]])
    came(archive, data)
    before = everything(archive)
    less = {**data, name: dict(list(data[name].items())[:-1]) if name == "feelings" else data[name][:-1]}
    assert came(archive, less).how == "same"
    assert everything(archive) == before


def test_a_change_beside_something_new_leaves_ours(archive: Archive) -> None:
    came(archive, room())
    data = with_more("2 participants")
    data["moments"][1]["text"] += " Twice."
    data["moments"].append(LINE)
    again = came(archive, data)
    assert brought(archive, again.probe) == ("2 participants", "1 moment")
    settle(archive, [again.probe], Keep.NEW)
    texts = [each.text for each in archive.debrief("p1").moments]
    assert texts == [*(each["text"] for each in ROOM["moments"]), LINE["text"]]


def test_what_was_added_here_since_stays(archive: Archive) -> None:
    came(archive, room())
    found = archive.debrief("p1")
    added = found.moments[-1].but(number=found.moments[-1].number + 1, text="From paper.", added_later=True)
    archive.save([added])
    settle(archive, [came(archive, with_more("1 moment")).probe], Keep.NEW)
    assert [each.text for each in archive.debrief("p1").moments[-2:]] == ["From paper.", LINE["text"]]


@pytest.mark.parametrize("held", [False, True], ids=["a plan", "with a roster"])
def test_the_debrief_of_a_probe_that_was_planned_comes_into_it(archive: Archive, held: bool) -> None:
    names = ("title", "our_organisation", "partners", "pact", *(("participants",) if held else ()))
    came(archive, {name: ROOM[name] for name in names if name in ROOM})
    again = came(archive, room())
    assert "the debrief session" in brought(archive, again.probe)
    settle(archive, [again.probe], Keep.NEW)
    found = archive.debrief("p1")
    assert found.sealed
    assert [each.text for each in found.moments] == [each["text"] for each in ROOM["moments"]]
    assert found.session.gap is not None
    assert archive.check()[1] == []
    assert [row["id"] for row in archive.rows("probes")] == ["p1"]


@pytest.mark.parametrize("more", [{}, {"moments": []}], ids=["with its moments", "with people only"])
def test_without_dates_what_people_wrote_or_who_they_are_tells_the_probe(archive: Archive, more: Room) -> None:
    data = {"title": "Tea", "participants": [{"alias": "Ana", "organisation": "X"}], "moments": [LINE], **more}
    came(archive, data)
    data["participants"] = [*data["participants"], {"alias": "Bo", "organisation": "X"}]
    again = came(archive, data)
    assert (again.how, brought(archive, again.probe)) == ("conflict", ("1 participant",))


def test_the_same_title_at_another_time_is_another_probe_and_that_is_said(redraw: Shell) -> None:
    first = {"title": "Tea", "pact": {"starts": "2026-10-01", "ends": "2026-10-01"}}
    second = {"title": "tea ", "pact": {"starts": "2026-11-01", "ends": "2026-11-01"}}
    people = [{"alias": "Ana", "organisation": "X"}]
    redraw("import", "-", stdin=json.dumps({**first, "participants": people}).encode())
    done = redraw("import", "-", stdin=json.dumps({**second, "participants": people}).encode())
    assert done.out.startswith("Took in p2")
    assert "p1 has the same title" in done.out


def test_without_a_terminal_the_option_is_named_and_nothing_doubles(redraw: Shell, tmp_path: Path) -> None:
    files = tmp_path / "first.json", tmp_path / "second.json"
    for file, data in zip(files, (room(), with_more("2 participants")), strict=True):
        file.write_text(json.dumps(data), "utf-8")
    redraw("import", str(files[0]))
    done = redraw("import", str(files[1]))
    assert "px1" in done.out
    assert "New in the file: 2 participants." in done.out
    assert "--keep new brings that into p1 and changes nothing else there." in done.out
    assert [row["state"] for row in json.loads(redraw("list", "--json").out)].count("conflict") == 1
    assert "p1 now has what is new in the file." in redraw("import", str(files[1]), "--keep", "new").out
    assert [row["probe"] for row in json.loads(redraw("list", "--json").out)] == ["p1"]
    assert redraw("check").code == 0
    for file in files:
        assert redraw("import", str(file)).out.endswith("is here already: nothing changed.\n")


def test_somebody_new_comes_into_their_own_session(archive: Archive, tmp_path: Path) -> None:
    came(archive, room())
    data = json.loads(out(archive, tmp_path / "out.json"))
    probe = data["probes"][0]
    (held,) = probe["sessions"]
    before = {name: held[name] for name in ("probe", "created", "sealed")}
    probe["sessions"].append({**before, "id": "s9", "kind": "dissent", "phase": "choice"})
    people = [{**each, "session": "s9"} for each in probe["participants"][:2]]
    probe["participants"] += people
    both = Archive(tmp_path / "both.json")
    taken(both, json.dumps(data).encode())
    probe["participants"].append({**people[0], "number": 3, "alias": "Zed One"})
    probe["moments"].append({**probe["moments"][-1], "number": 99, "text": LINE["text"]})
    taken(both, json.dumps(data).encode())
    assert brought(both, "px1") == ("1 participant", "1 moment")
    settle(both, ["px1"], Keep.NEW)
    rows = both.rows("participants")
    roster = {
        session: [(row["number"], row["alias"]) for row in rows if row["session"] == session]
        for session in ("s1", "s9")
    }
    names = [each["alias"] for each in ROOM["participants"]]
    assert roster["s1"] == [*enumerate(names, 1)]
    assert roster["s9"] == [*enumerate([*names[:2], "Zed One"], 1)]
    assert both.debrief("p1").moments[-1].number == len(ROOM["moments"]) + 1
    assert both.check()[1] == []


def test_people_without_names_are_no_new_ones(archive: Archive, tmp_path: Path) -> None:
    came(archive, room())
    data = json.loads(out(archive, tmp_path / "out.json", raw=False))
    data["probes"][0]["probe"]["title"] = "Another"
    taken(archive, json.dumps(data).encode())
    (conflict,) = [row["id"] for row in archive.rows("probes") if row.get("conflicts_with")]
    assert brought(archive, conflict) == ()
    before = archive.debrief("p1")
    settle(archive, [conflict], Keep.NEW)
    assert archive.debrief("p1") == before


@pytest.mark.parametrize(("answer", "people"), [("new", 2), ("", 0), ("ours", 0)])
def test_at_a_terminal_it_is_asked(path: Path, tmp_path: Path, answer: str, people: int) -> None:
    archive = Archive(path)
    came(archive, room())
    archive.close()
    file = tmp_path / "again.json"
    file.write_text(json.dumps(with_more("2 participants")), "utf-8")
    with launch("--archive", str(path), "import", str(file)) as terminal:
        terminal.wait("“new” brings that into p1 and changes nothing else there.")
        terminal.wait("Which stays? (ours, theirs, both, new, later) [later]:")
        terminal.type(answer, "enter")
        terminal.wait(
            {"new": "p1 now has what is new", "ours": "p1 stays as it was."}.get(answer, "Nothing was replaced")
        )
        assert terminal.finish() == 0
    found = Archive(path)
    assert len(found.debrief("p1").participants) == len(ROOM["participants"]) + people
    assert len(found.rows("probes")) == (1 if answer else 2)


@pytest.mark.parametrize("keep", ["new", "ours", "theirs", "both", ""])
def test_json_names_the_probe_that_is_there_afterwards(redraw: Shell, tmp_path: Path, keep: str) -> None:
    redraw("import", "-", stdin=json.dumps(room()).encode())
    more = json.dumps(with_more("2 participants")).encode()
    done = json.loads(redraw("import", "-", "--json", *(("--keep", keep) if keep else ()), stdin=more).out)
    known = {row["probe"]: row["session"] for row in json.loads(redraw("list", "--json").out)}
    assert known[done["probe"]] == done["session"]
    assert done["probe"] == ("px1" if keep in ("both", "") else "p1")
    assert done.get("conflicts_with") == ("p1" if keep in ("both", "") else None)
