"""Exports that come in: as they were, beside ours, twice, in conflict, and files that are none."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import demo
from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk
from store.exchange.by_probe import Shelf
from store.exchange.incoming import json_stream
from store.exchange.incoming.conflicts import Keep, places, settle, undecided
from store.exchange.incoming.imported import Imported
from store.exchange.incoming.importing import import_file
from store.exchange.incoming.json_stream import members
from store.exchange.incoming.known_probes import whose
from store.exchange.incoming.one_debrief import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.debrief_json import as_json
from store.exchange.outgoing.export import export
from store.logbook import listing
from store.model import Participant, RecurringPattern, Seen, Session, Verdict, stamp
from store.probe.non_negotiables import in_force
from store.refused import Refused
from store.report import debrief_report
from store.session.verdicts import asked
from store.trends.read_cases import cases
from tests.conftest import Shell, fails, find_room, saves
from tests.helpers.builders import NOW, facilitated
from tests.helpers.rooms import ROOM
from tests.helpers.texts import ANY, HOSTILE, room

AT = "2026-11-07T19:00:00"


def out(archive: Archive, place: Path, *names: str, raw: bool = True) -> bytes:
    return export(archive, names, "json", place, raw=raw, force=True).read_bytes()


def taken(archive: Archive, data: bytes) -> Imported:
    return import_file(archive, BytesIO(data).read, NOW)


def holding(path: Path, *files: dict[str, Any]) -> Archive:
    archive = Archive(path)
    for file in files:
        take_in(archive, read_room(file, AT))
    return archive


def everything(archive: Archive) -> dict[str, list[Any]]:
    return {name: archive.rows(name) for name in archive._storage.tables.names}


OURS = {**ROOM, "title": "Ours", "our_organisation": "Kettle and Key", "close": {"sunset": "lapse", "rhythm": "act"}}
THEIRS = {**ROOM, "title": "Theirs", "non_negotiables": ["Our own banner."]}


# ---------------------------------------------------------------------------------------------------- as it was


def around(folder: Path, archive: Archive) -> None:
    for raw in (True, False):
        first = out(archive, folder / "first.json", raw=raw)
        copy = Archive(folder / f"copy-{raw}.json")
        taken(copy, first)
        assert out(copy, folder / "second.json", raw=raw) == first
        copy.close()
        again = Archive(copy.path)
        assert out(again, folder / "third.json", raw=raw) == first
        assert again.check()[1] == []


def test_both_rooms_go_out_in_and_out_again_byte_for_byte(archive: Archive, tmp_path: Path) -> None:
    for name in ("noise-protest", "tenants-canvass", "noise-protest"):
        take_in(archive, read_room(json.loads(find_room(name).read_text("utf-8")), AT))
    around(tmp_path, archive)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_hostile_texts_go_out_in_and_out_again_byte_for_byte(archive: Archive, tmp_path: Path, text: str) -> None:
    take_in(archive, read_room(room(text), AT))
    around(tmp_path, archive)


def test_the_sample_year_goes_out_in_and_out_again_byte_for_byte(archive: Archive, tmp_path: Path) -> None:
    demo.fill(archive, NOW)
    before = Session(id="s90", probe="p3", created=stamp(NOW), kind="dissent", phase="placing", round=2)
    archive.save([before, Participant(session="s90", number=1, alias="Zoë", organisation="x")])
    archive.save([archive.debrief("p1").probe.but(title="changed later", origin="Others")])
    archive.save([archive.debrief("p2").expected[0].but(at="2026-11-05T09:41:07")])
    around(tmp_path, archive)


def test_an_export_into_an_empty_archive_keeps_ids_and_what_the_group_holds(tmp_path: Path) -> None:
    first = holding(tmp_path / "a.json", OURS, THEIRS)
    second = Archive(tmp_path / "b.json")
    done = taken(second, out(first, tmp_path / "e.json"))
    assert done.own
    assert [each.probe for each in done.probes] == ["p1", "p2"]
    assert second.guidelines() == first.guidelines()
    assert second.non_negotiables() == first.non_negotiables()
    assert everything(second) == everything(first)
    assert second.new_id("probes") == "p3"


def test_what_is_saved_after_an_import_stands_beside_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "b.json")
    archive.new_probe("before", NOW)  # a table remembers its highest number from here on
    taken(archive, out(holding(tmp_path / "a.json", THEIRS), tmp_path / "e.json"))
    archive.new_probe("after", NOW)
    assert [row["title"] for row in archive.rows("probes")] == ["before", "Theirs", "after"]
    archive.close()
    assert [row["title"] for row in Archive(archive.path).rows("probes")] == ["before", "Theirs", "after"]


# ------------------------------------------------------------------------------------------------- beside ours


@pytest.fixture
def ours(tmp_path: Path) -> Archive:
    return holding(tmp_path / "ours.json", OURS)


@pytest.fixture
def theirs(tmp_path: Path) -> bytes:
    return out(holding(tmp_path / "theirs.json", THEIRS), tmp_path / "theirs-out.json")


def test_theirs_come_in_marked_and_touch_nothing_of_ours(ours: Archive, theirs: bytes) -> None:
    before = everything(ours)
    done = taken(ours, theirs)
    assert (done.own, done.group, done.theirs) == (False, "Breathers of Pellan", 1)
    assert [(each.how, each.probe, each.session) for each in done.probes] == [("new", "px1", "sx1")]
    assert ours.debrief("px1").probe.origin == "Breathers of Pellan"
    after = everything(ours)
    assert {name: after[name][: len(rows)] for name, rows in before.items()} == before
    assert after["guidelines"] == before["guidelines"]
    assert after.get("non_negotiables", []) == before.get("non_negotiables", [])
    assert ours.check()[1] == []
    assert [each.principle for each in ours.debrief("px1").amendments] == ["whoever stands at the gate speaks first"]
    assert ours.debrief("px1").probe.non_negotiables == ("Our own banner.",)
    assert ours.debrief("px1").probe.statement is None
    assert in_force(ours.non_negotiables()) is None


def test_theirs_count_for_nothing_of_our_past_and_take_none_of_our_numbers(ours: Archive, theirs: bytes) -> None:
    fresh = (ours.new_id("probes"), ours.new_id("sessions"), ours.new_debrief(NOW).past)
    taken(ours, theirs)
    assert (ours.new_id("probes"), ours.new_id("sessions"), ours.new_debrief(NOW).past) == fresh
    assert facilitated(fresh[2])


@pytest.mark.parametrize("raw", [True, False])
def test_importing_twice_changes_nothing(ours: Archive, tmp_path: Path, raw: bool) -> None:
    data = out(holding(tmp_path / "t.json", THEIRS, ROOM), tmp_path / "e.json", raw=raw)
    taken(ours, data)
    before, lines = everything(ours), saves(ours.path)
    done = taken(ours, data)
    assert [each.how for each in done.probes] == ["same", "same"]
    assert everything(ours) == before
    assert saves(ours.path) == lines


@pytest.mark.parametrize("raw", [True, False])
def test_our_own_export_changes_nothing_of_ours(ours: Archive, tmp_path: Path, raw: bool) -> None:
    before = everything(ours)
    done = taken(ours, out(ours, tmp_path / "e.json", raw=raw))
    assert [(each.how, each.probe) for each in done.probes] == [("same", "p1")]
    assert done.own
    assert everything(ours) == before


NAMED = {
    **THEIRS,
    "facilitators": ["Brannoc"],
    "pact": {**ROOM["pact"], "responsibilities": [{"who": "Ayzel, after Zebedee", "what": "the gate"}]},
    "amendments": [{**ROOM["amendments"][0], "reservations": ["Dagny: too slow", "Zebedee would not"]}],
    "close": {"sunset": "lapse", "rhythm": "act", "decided_by": "Zebedee"},
}
"""A room with names where they are looked for, among them one that only another probe of its group knows."""


@pytest.mark.parametrize("own", [False, True])
def test_a_record_with_names_after_one_without_is_the_same_and_fills_it_where_that_is_wanted(
    redraw: Shell, path: Path, tmp_path: Path, own: bool
) -> None:
    group = "Kettle and Key" if own else "Breathers of Pellan"
    theirs = with_a_verdict(tmp_path / "t.json", group)
    for named in (NAMED, {"title": "z", "facilitators": ["Zebedee"]}):
        take_in(theirs, read_room({**named, "our_organisation": group}, AT))
    out(theirs, tmp_path / "bare.json", raw=False)
    out(theirs, tmp_path / "full.json")
    out(theirs, tmp_path / "full-one.json", "p3")
    holding(path, OURS).close()
    redraw("import", str(tmp_path / "bare.json"))
    before = everything(Archive(path))
    said = redraw("import", str(tmp_path / "full.json")).out.splitlines()
    whose = "" if own else f" of {group}"
    assert said[0] == f"4 probes{whose}: 0 new, 2 here already, 2 here already, but without names and raw notes."
    assert said[-1] == "The file has those names and notes: with --with-raw-notes they come in."
    assert everything(Archive(path)) == before
    known = Archive(path).guidelines()
    done = redraw("import", str(tmp_path / "full.json"), "--with-raw-notes").out
    assert done.startswith(f"4 probes{whose}: 0 new, 2 here already, 2 now with names and raw notes (9 participants, ")
    archive = Archive(path)
    assert archive.check()[1] == []
    assert archive.guidelines() == known
    id = "p4" if own else "px3"
    assert [(row["id"], row.get("origin", "")) for row in archive.rows("probes") if row["title"] == "Theirs"] == [
        (id, "" if own else group)
    ]
    found = archive.debrief(id)
    assert found.names == theirs.debrief("p3").names
    assert found.probe.facilitators == ("Brannoc",)
    assert found.amendments[0].reservations == ("Dagny: too slow", "Zebedee would not")
    before = everything(archive)
    for file in ("full", "bare", "full-one"):
        assert "new, " in redraw("import", str(tmp_path / f"{file}.json"), "--with-raw-notes").out
    assert everything(Archive(path)) == before, "whichever comes then is here already"


def test_what_differs_in_more_than_names_is_a_conflict_also_where_ours_has_none(
    redraw: Shell, path: Path, tmp_path: Path
) -> None:
    theirs = holding(tmp_path / "t.json", NAMED)
    out(theirs, tmp_path / "bare.json", raw=False)
    holding(path, OURS).close()
    redraw("import", str(tmp_path / "bare.json"))
    data = json.loads(out(theirs, tmp_path / "full.json"))
    data["probes"][0]["patterns"][0]["text"] = "otherwise"
    said = redraw("import", "-", "--with-raw-notes", stdin=json.dumps(data).encode()).out
    assert "0 new, 1 in conflict" in said


def test_one_debrief_by_itself_fills_what_is_here_without_names(redraw: Shell, path: Path, tmp_path: Path) -> None:
    theirs = holding(tmp_path / "t.json", NAMED)
    out(theirs, tmp_path / "bare.json", raw=False)
    shown = json.dumps(as_json(theirs.debrief("p1"))).encode()
    holding(path, OURS).close()
    redraw("import", str(tmp_path / "bare.json"))
    assert "px1 Theirs is here already, but without names" in redraw("import", "-", stdin=shown).out
    assert "has its names and raw notes now" in redraw("import", "-", "--with-raw-notes", stdin=shown).out
    assert redraw("import", "-", stdin=shown).out == "px1 Theirs is here already: nothing changed.\n"


def test_a_file_of_guidelines_alone_says_what_became_of_them(redraw: Shell, path: Path, tmp_path: Path) -> None:
    out(with_a_verdict(tmp_path / "t.json", "Thirders"), tmp_path / "g.json", "guidelines")
    assert redraw("import", str(tmp_path / "g.json")).out == "There is no probe in the file: 3 guidelines came in.\n"
    assert len(Archive(path).guidelines()) == 3
    assert redraw("import", str(tmp_path / "g.json")).out.splitlines() == [
        "There is no probe in the file: nothing changed.",
        "Guidelines come in with the debriefs that decided them, or into an empty archive.",
    ]


def test_a_probe_of_our_own_group_comes_in_as_ours_and_its_amendments_find_their_guidelines(
    ours: Archive, tmp_path: Path
) -> None:
    elsewhere = Archive(tmp_path / "laptop.json")
    taken(elsewhere, out(ours, tmp_path / "e.json"))
    revised = {"principle": "Ask twice.", "replaces": "whoever stands at the gate speaks first", "decision": "vote"}
    again = {**OURS, "title": "Later", "amendments": [revised], "non_negotiables": ["One."]}
    take_in(elsewhere, read_room(again, AT))
    done = taken(ours, out(elsewhere, tmp_path / "e.json"))
    assert [(each.how, each.probe) for each in done.probes] == [("same", "p1"), ("new", "p2")]
    assert [[version.text for version in each.history] for each in ours.guidelines()] == [
        ["whoever stands at the gate speaks first", "Ask twice."]
    ]
    assert ours.guidelines()[0].history[-1].session == "s2"
    found = ours.debrief("p2")
    assert found.probe.origin == ""
    assert found.amendments[0].guideline == 1
    assert found.probe.statement == 1
    assert [each.principles for each in ours.non_negotiables()] == [("One.",)]
    assert ours.check()[1] == []


NEXT = "2026-11-14T19:00:00"


def with_a_verdict(path: Path, group: str) -> Archive:
    """An archive of a group that wrote three guidelines, and judged the second before it worded it otherwise."""

    def amended(title: str, *amendments: tuple[str, str | None]) -> dict[str, Any]:
        return {
            "title": title,
            "our_organisation": group,
            "amendments": [{"principle": new, "replaces": old, "decision": "vote"} for new, old in amendments],
            "close": {"sunset": "lapse", "rhythm": "act"},
        }

    archive = Archive(path)
    wrote = amended("wrote", ("Two observers.", None), ("Ask first.", None), ("One banner.", None))
    take_in(archive, read_room(wrote, AT))
    second = take_in(archive, read_room(amended("judged", ("Ask twice.", "Ask first.")), NEXT))
    archive.save([second.session.but(verdicts=(Verdict(guideline=2, worked="partly"),))])
    return archive


def test_what_another_group_says_of_a_guideline_stands_on_none_of_ours(ours: Archive, tmp_path: Path) -> None:
    take_in(ours, read_room({"title": "z", "amendments": [{"principle": "Ours.", "decision": "vote"}]}, AT))
    theirs = with_a_verdict(tmp_path / "t.json", "Thirders")
    data = out(theirs, tmp_path / "e.json")
    taken(ours, data)
    assert ours.debrief("px2").session.verdicts == (Verdict(guideline=2, worked="partly", wording="Ask first."),)
    document = export(ours, ("px2",), "md", tmp_path / "px2.md").read_text("utf-8")
    assert "- Their guideline 2 (Ask first.): **partly**" in document
    assert "### Their guideline 2\n" in document
    assert "Ours." not in document
    assert "their guideline 2 worked: partly\n      Ask first." in debrief_report.as_text(ours.debrief("px2"), NOW)
    assert asked(ours.debrief("px2")) == ()
    assert json.loads(out(ours, tmp_path / "alone.json", "px2"))["guidelines"] == []
    before = everything(ours)
    assert [each.how for each in taken(ours, data).probes] == ["same", "same"]
    assert everything(ours) == before
    around(tmp_path, ours)


@pytest.mark.parametrize("names", [(), ("p2",)])
def test_what_our_own_group_says_of_a_guideline_finds_it_by_its_wording(
    ours: Archive, tmp_path: Path, names: tuple[str, ...]
) -> None:
    elsewhere = with_a_verdict(tmp_path / "t.json", "Kettle and Key")
    data = out(elsewhere, tmp_path / "e.json", *names)
    if names:
        take_in(ours, elsewhere.debrief("p1"))
    taken(ours, data)
    assert [(each.number, each.text) for each in ours.guidelines()][1:] == [
        (2, "Two observers."),
        (3, "Ask twice."),
        (4, "One banner."),
    ]
    assert ours.debrief("p3").session.verdicts == (Verdict(guideline=3, worked="partly"),)
    assert "guideline 3 worked: partly\n      Ask first." in debrief_report.as_text(ours.debrief("p3"), NOW)
    assert {each.how for each in taken(ours, data).probes} == {"same"}


def test_what_our_own_group_says_of_a_guideline_that_never_was_here_keeps_its_wording(
    ours: Archive, tmp_path: Path
) -> None:
    elsewhere = with_a_verdict(tmp_path / "t.json", "Kettle and Key")
    data = json.loads(out(elsewhere, tmp_path / "e.json", "p2"))
    data["probes"][0]["amendments"] = []
    taken(ours, json.dumps(data).encode())
    assert ours.debrief("p2").session.verdicts == (Verdict(guideline=0, worked="partly", wording="Ask first."),)
    assert (
        "- An earlier guideline (Ask first.): **partly**" in export(ours, ("p2",), "md", tmp_path / "d.md").read_text()
    )
    around(tmp_path, ours)


def test_show_json_brings_what_was_said_of_a_guideline_to_its_wording(
    redraw: Shell, path: Path, tmp_path: Path
) -> None:
    shown = as_json(with_a_verdict(tmp_path / "t.json", "Kettle and Key").debrief("p2"))
    holding(path, OURS).close()
    redraw("import", "-", stdin=json.dumps(shown).encode())
    assert Archive(path).debrief("p2").session.verdicts == (Verdict(guideline=2, worked="partly"),)
    shown["session"]["verdicts"][0]["guideline"] = 77
    assert (
        "at session.verdicts.0.guideline: there is no guideline 77"
        in redraw("import", "-", stdin=json.dumps(shown).encode()).sentence
    )


def test_a_third_groups_probe_keeps_whose_it_is(ours: Archive, theirs: bytes, tmp_path: Path) -> None:
    taken(ours, theirs)
    third = holding(tmp_path / "third.json", {**ROOM, "title": "z", "our_organisation": "Third"})
    taken(third, out(ours, tmp_path / "e.json"))
    assert [row.get("origin") for row in third.rows("probes")] == [None, "Kettle and Key", "Breathers of Pellan"]


@pytest.mark.parametrize(
    ("origin", "group", "own", "wanted"),
    [
        ("", "A", "B", "A"),
        ("C", "A", "B", "C"),
        ("", "a ", "A", ""),
        ("B", "A", "b", ""),
        ("", "", "", "another group"),
        ("", "", "B", "another group"),
        ("", "A", "", "A"),
    ],
)
def test_whose_a_probe_is(origin: str, group: str, own: str, wanted: str) -> None:
    assert whose(origin, group, own) == wanted


def test_the_list_says_whose_they_are_and_asks_for_no_debrief_of_theirs(ours: Archive, tmp_path: Path) -> None:
    due = {name: value for name, value in THEIRS.items() if name in ("title", "our_organisation", "pact", "partners")}
    taken(ours, out(holding(tmp_path / "t.json", due), tmp_path / "e.json"))
    entry = next(
        each for each in listing.entries(ours, datetime.fromtimestamp(NOW).astimezone()) if each.probe == "px1"
    )
    assert entry.origin == "Breathers of Pellan"
    assert entry.when == "of Breathers of Pellan"
    assert not entry.pressing
    assert not entry.wants_debrief
    assert not entry.unfinished
    assert "breathers" in entry.searched


# -------------------------------------------------------------------------------------------------- conflicts


@pytest.fixture
def conflict(ours: Archive, theirs: bytes) -> Archive:
    """Theirs is here, and comes in again with another title and one moment less."""
    taken(ours, theirs)
    data = json.loads(theirs)
    data["probes"][0]["probe"]["title"] = "Theirs, seen again"
    data["probes"][0]["moments"].pop()
    data["probes"][0]["patterns"] = []
    data["probes"][0]["amendments"] = []
    before = everything(ours)
    done = taken(ours, json.dumps(data).encode())
    assert [(each.how, each.probe, each.ours) for each in done.probes] == [("conflict", "px2", "px1")]
    after = everything(ours)
    assert {name: after[name][: len(rows)] for name, rows in before.items()} == before
    assert [each.how for each in taken(ours, json.dumps(data).encode()).probes] == ["same"], "while it is undecided"
    assert everything(ours) == after
    return ours


def test_what_differs_is_said_and_counts_in_no_trend(conflict: Archive) -> None:
    assert undecided(conflict, "px2") == (
        "the title",
        "moments (3 here, 2 there)",
        "patterns (2 here, 0 there)",
        "amendments (1 here, 0 there)",
    )
    assert {case.probe for case in cases(conflict)} <= {"p1", "px1"}


def test_ours_is_kept(conflict: Archive) -> None:
    kept = conflict.debrief("px1")
    settle(conflict, ["px2"], Keep.OURS)
    assert [row["id"] for row in conflict.rows("probes")] == ["p1", "px1"]
    assert conflict.debrief("px1") == kept
    assert conflict.check()[1] == []


def test_theirs_takes_the_place_of_ours(conflict: Archive) -> None:
    settle(conflict, ["px2"], Keep.THEIRS)
    assert sorted(row["id"] for row in conflict.rows("probes")) == ["p1", "px1"]
    found = conflict.debrief("px1")
    assert (found.probe.title, found.probe.conflicts_with, found.session.id) == ("Theirs, seen again", "", "sx1")
    assert found.probe.origin == "Breathers of Pellan"
    assert len(found.moments) == 2
    assert conflict.check()[1] == []


def test_both_are_kept_and_neither_comes_in_again(conflict: Archive, theirs: bytes) -> None:
    settle(conflict, ["px2"], Keep.BOTH)
    assert {row["id"]: row.get("conflicts_with") for row in conflict.rows("probes")} == {
        "p1": None,
        "px1": None,
        "px2": None,
    }
    assert [each.how for each in taken(conflict, theirs).probes] == ["same"]
    assert conflict.check()[1] == []
    with pytest.raises(Refused, match="in no conflict"):
        settle(conflict, ["px2"], Keep.BOTH)


def test_a_conflict_with_our_own_probe_leaves_our_guidelines_and_theirs_can_take_its_place(
    ours: Archive, tmp_path: Path
) -> None:
    data = json.loads(out(ours, tmp_path / "e.json"))
    data["probes"][0]["probe"]["place"] = "elsewhere"
    data["probes"][0]["amendments"][0]["guideline"] = data["guidelines"][0]["number"] = 77
    book = ours.guidelines()
    taken(ours, json.dumps(data).encode())
    assert ours.guidelines() == book
    settle(ours, ["px1"], Keep.THEIRS)
    found = ours.debrief("p1")
    assert (found.probe.place, found.session.id, found.amendments[0].guideline) == ("elsewhere", "s1", 1)
    assert ours.guidelines() == book


def test_where_theirs_takes_the_place_of_ours_a_recurring_pattern_is_seen_where_its_words_still_stand(
    ours: Archive, tmp_path: Path
) -> None:
    taken(ours, out(holding(tmp_path / "more.json", {**OURS, "title": "Earlier"}), tmp_path / "e.json"))
    texts = {(row["session"], row["number"]): row["text"] for row in ours.rows("patterns")}
    first, second = (
        tuple(place for place in texts if texts[place] == text) for text in (texts["s1", 1], texts["s1", 2])
    )
    for number, both in enumerate((first, second), 1):
        seen = tuple(Seen(session=session, pattern=pattern) for session, pattern in both)
        ours.save([RecurringPattern(number=number, text=texts[both[0]], seen=seen)])
    data = json.loads(out(ours, tmp_path / "e.json", "p1"))
    own = data["probes"][0]
    own["patterns"] = [row for row in own["patterns"] if row["number"] != 1]  # of two the first is not there
    own["patterns"][0]["number"] = 1
    own["amendments"] = []
    taken(ours, json.dumps(data | {"recurring_patterns": []}).encode())
    settle(ours, ["px1"], Keep.THEIRS)
    (left,) = ours.recurring_patterns()
    assert (left.number, [(each.session, each.pattern) for each in left.seen]) == (2, [("s1", 1), ("s2", 2)])
    assert ours.check()[1] == []


def test_one_that_lost_what_it_conflicts_with_is_kept(conflict: Archive) -> None:
    conflict.exchange({}, list(places(Shelf(conflict).bundle("px1"))))
    assert undecided(conflict, "px2") == ()
    settle(conflict, ["px2"], Keep.OURS)
    assert "conflicts_with" not in next(row for row in conflict.rows("probes") if row["id"] == "px2")


def test_an_export_of_one_in_conflict_by_itself_is_in_no_conflict(conflict: Archive, tmp_path: Path) -> None:
    alone = json.loads(out(conflict, tmp_path / "e.json", "px2"))
    assert "conflicts_with" not in alone["probes"][0]["probe"]
    whole = json.loads(out(conflict, tmp_path / "e.json"))
    assert whole["probes"][-1]["probe"]["conflicts_with"] == "px1"
    around(tmp_path, conflict)


def test_show_json_of_one_in_conflict_is_in_none_in_another_archive(conflict: Archive, tmp_path: Path) -> None:
    shown = json.dumps(as_json(conflict.debrief("px2"))).encode()
    other = holding(tmp_path / "other.json", OURS)  # its p1 and px1 are other probes
    (arrival,) = taken(other, shown).probes
    assert arrival.how == "new"
    assert other.debrief(arrival.probe).probe.conflicts_with == ""


def test_show_json_of_what_is_here_changes_nothing_and_of_what_differs_is_a_conflict(
    redraw: Shell, archive: Archive
) -> None:
    take_in(archive, read_room(ROOM, AT))
    archive.close()
    shown = json.loads(redraw("show", "p1", "--json").out)
    done = redraw("import", "-", stdin=json.dumps(shown).encode())
    assert done.out == "p1 Noise protest at Gate 2 is here already: nothing changed.\n"
    shown["moments"][0]["text"] = "otherwise"
    done = redraw("import", "-", "--json", stdin=json.dumps(shown).encode())
    answer = json.loads(done.out)
    assert (answer["probe"], answer["session"], answer["conflicts_with"]) == ("px1", "sx1", "p1")
    assert "px1 differs from p1" in redraw("check").out
    assert redraw("check").code == 0
    assert "conflict  differs from p1" in redraw("list").out


# ----------------------------------------------------------------------------------------------- files that are none

Change = Callable[[dict[str, Any]], object]


def first(data: dict[str, Any]) -> dict[str, Any]:
    return data["probes"][0]  # type: ignore[no-any-return]


WRONG: dict[str, tuple[Change, str]] = {
    "another form": (lambda e: e.update(redraw=2), "update Redraw"),
    "no form": (lambda e: e.pop("redraw"), "update Redraw"),
    "an unknown list": (lambda e: e.update(probe=[]), "at probe: an export holds only"),
    "a group that is a number": (lambda e: e.update(group=5), "at group"),
    "probes that are an object": (lambda e: e.update(probes={}), "at probes: it should be a list"),
    "a probe that is a text": (lambda e: e["probes"].append("x"), "at probes.1: it should be an object"),
    "no probe in it": (lambda e: first(e).pop("probe"), "at probes.0.probe"),
    "an unknown name beside it": (
        lambda e: first(e).update(moment=[]),
        "at probes.0.moment: there is no such name here",
    ),
    "an unknown field": (lambda e: first(e)["moments"][1].update(mood="x"), "at probes.0.moments.1.mood"),
    "a place off the matrix": (
        lambda e: first(e)["placements"][0].update(autonomy=11),
        "probes.0.placements.0.autonomy",
    ),
    "moments that are an object": (lambda e: first(e).update(moments={}), "at probes.0.moments: it should be a list"),
    "a moment twice": (lambda e: first(e)["moments"].append(first(e)["moments"][0]), "at probes.0.moments.3: the same"),
    "a ballot twice": (
        lambda e: first(e)["placements"].append({**first(e)["placements"][-1], "number": 99}),
        "is there twice",
    ),
    "a wrong index": (
        lambda e: first(e)["patterns"][0].update(moments=[1, 9]),
        "at probes.0.patterns.0.moments: there is no moment 9 in s1",
    ),
    "another wrong index": (
        lambda e: first(e)["amendments"][0].update(because=[0]),
        "amendments.0.because: there is no pattern 0 in s1",
    ),
    "a record of another session": (
        lambda e: first(e)["events"].append(
            {"session": "s7", "number": 1, "at": AT, "phase": "opening", "what": "x", "seconds": None}
        ),
        "at probes.0.events.0: there is no session s7",
    ),
    "a record of another probe": (lambda e: first(e)["placements"][0].update(probe="p7"), "there is no probe p7"),
    "a session of another probe": (
        lambda e: first(e)["sessions"][0].update(probe="p7"),
        "at probes.0.sessions.0: there is no probe p7",
    ),
    "a probe without an id": (lambda e: first(e)["probe"].update(id=""), "at probes.0.probe.id"),
    "a probe twice": (lambda e: e["probes"].append(first(e)), "at probes.1: the id p1 is there already"),
    "an amendment of no guideline": (
        lambda e: first(e)["amendments"][0].update(guideline=999),
        "at probes.0.amendments.0.guideline: there is no guideline 999",
    ),
    "a verdict on no guideline": (
        lambda e: first(e)["sessions"][0].update(verdicts=[{"guideline": 77, "worked": "yes"}]),
        "at probes.0.sessions.0.verdicts.0.guideline: there is no guideline 77",
    ),
    "a statement that isn't there": (
        lambda f: f["probes"][0]["probe"].update(statement=77),
        "at probes.0.probe.statement: there is no revision 77 of the non-negotiables",
    ),
    "an id that moves the cursor": (
        lambda f: f["probes"][0]["sessions"][0].update(id="s\x1b[2J"),
        "at probes.0.sessions.0.id: an id is letters and digits",
    ),
    "an id that turns the line": (
        lambda f: f["probes"][0]["probe"].update(conflicts_with="p\u202e1"),
        "at probes.0.probe.conflicts_with: it should be an id",
    ),
    "a conflict with what isn't there": (
        lambda f: f["probes"][0]["probe"].update(conflicts_with="p99"),
        "at probes.0.probe.conflicts_with: there is no probe p99",
    ),
    "a probe that differs from itself": (
        lambda f: f["probes"][0]["probe"].update(conflicts_with=f["probes"][0]["probe"]["id"]),
        "at probes.0.probe.conflicts_with: a probe can't differ from itself",
    ),
    "more borne out than was said": (
        lambda f: f["probes"][0]["sessions"][0].update(impulses={"autonomy": [5, 2]}),
        "at probes.0.sessions.0.impulses.autonomy",
    ),
    "a recurring pattern that was not seen": (
        lambda e: e["recurring_patterns"].append(
            {"number": 1, "text": "x", "seen": [{"session": "s7", "pattern": 1}, {"session": "s1", "pattern": 999}]}
        ),
        "at recurring_patterns.0.seen.1.pattern: there is no pattern 999 in s1",
    ),
    "a guideline twice": (lambda e: e["guidelines"].append(e["guidelines"][0]), "at guidelines.1: the same number"),
    "a guideline without a history": (lambda e: e["guidelines"][0].pop("history"), "at guidelines.0.history"),
    "guidelines that are a text": (lambda e: e.update(guidelines="x"), "at guidelines: it should be a list"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("filled", [False, True])
def test_a_mistake_is_named_in_a_sentence_and_nothing_is_saved(
    redraw: Shell, path: Path, theirs: bytes, name: str, filled: bool
) -> None:
    change, wanted = WRONG[name]
    data = json.loads(theirs)
    change(data)
    if filled:
        holding(path, OURS).close()
    before = path.read_bytes() if filled else b""
    sentence = redraw("import", "-", stdin=json.dumps(data).encode()).sentence
    assert wanted in sentence
    assert (path.read_bytes() if path.exists() else b"") == before


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.7, 0.999])
def test_half_a_file_is_said_to_be_one(redraw: Shell, path: Path, theirs: bytes, share: float) -> None:
    sentence = redraw("import", "-", stdin=theirs[: int(len(theirs) * share)]).sentence
    assert "there is nothing in it" in sentence or "it ends too early" in sentence
    if share == 0.7:
        assert "at probes.0" in sentence
    assert not path.exists()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"[1, 2]", "holds no room"),
        (b'"x"', "holds no room"),
        (b'{"probes": []}', "update Redraw"),
        (b'{"redraw": 1, "probes": [],}', "not JSON"),
        (b'{"redraw": 1, "probes": []} x', "there is more after its end"),
        (b'{"redraw": 1, "redraw": 1}', "stands there twice"),
        (b'{"redraw": 1 "probes": []}', "expecting ,"),
        (b'{"probes": [], "group": "x", "redraw": 1}', "has to stand before the probes"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"redraw": 1, "probes": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"redraw": 1, "probes": [NaN]}', "no number"),
        (b'{"redraw": 1, "probes": [1e999]}', "no number"),
        (b'{"redraw": 1, 5: 6}', "not JSON"),
    ],
    ids=lambda value: ascii(value[:24]),
)
def test_other_json_is_refused_in_a_sentence(redraw: Shell, path: Path, data: bytes, wanted: str) -> None:
    assert wanted in redraw("import", "-", stdin=data).sentence
    assert not path.exists()


def test_other_json_that_is_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "PIECE", 100)
    monkeypatch.setattr(json_stream, "LARGEST", 1_000)
    many = b"[" + b"5, " * 10_000 + b"5]"
    for data, most, wanted in (
        (many, 100, "holds no room"),
        (b'{"redraw": 1, "data": ' + many + b"}", 4_000, "too large at data"),
        (b'{"redraw": 1, "probes": [1, ' + many + b"]}", 4_000, "too large at probes.1"),
    ):
        file = BytesIO(data)
        with pytest.raises(Refused, match=wanted):
            list(members(file.read, ("probes",)))
        assert file.tell() <= most


def test_names_in_another_order_are_no_harm(tmp_path: Path, theirs: bytes) -> None:
    data = json.dumps(json.loads(theirs), sort_keys=True, indent=1).encode()
    archive = Archive(tmp_path / "sorted.json")
    taken(archive, data)
    assert json.loads(out(archive, tmp_path / "again.json")) == json.loads(theirs)


def test_an_import_is_one_save_and_all_or_nothing(
    ours: Archive, theirs: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, lines = everything(ours), saves(ours.path)
    with monkeypatch.context() as broken:
        broken.setattr(Disk, "write", fails(28))
        with pytest.raises(ArchiveError, match="Make room"):
            taken(ours, theirs)
    assert everything(ours) == before
    taken(ours, theirs)
    assert saves(ours.path) == lines + 1


def test_what_came_in_is_said(redraw: Shell, path: Path, tmp_path: Path, theirs: bytes) -> None:
    holding(path, OURS).close()
    file = tmp_path / "theirs-out.json"
    assert redraw("import", str(file)).out.splitlines() == [
        "1 probe of Breathers of Pellan: 1 new (9 participants, 3 moments, 2 patterns, 12 placements, 1 amendments).",
        "Their guidelines stay theirs: what each of their debriefs amended is kept with it.",
    ]
    assert "of Breathers of Pellan" in redraw("list").out
    answer = json.loads(redraw("import", str(file), "--json").out)
    assert answer["group"] == "Breathers of Pellan"
    assert answer["probes"] == [{"probe": "px1", "session": "sx1", "how": "same", "conflicts_with": None}]


# ------------------------------------------------------------------------------------------------ member by member

VALUES = st.recursive(
    ANY | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100)
@given(st.dictionaries(ANY | st.just("many"), VALUES, max_size=5), st.integers(1, 9), st.booleans())
def test_a_file_reads_the_same_in_pieces_of_any_size(value: dict[str, Any], size: int, indent: bool) -> None:
    text = json.dumps(value, ensure_ascii=True, indent=2 if indent else None).encode()
    found: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "PIECE", size)
        for name, at, member in members(BytesIO(text).read, ("many",)):
            if at is None:
                found[name] = member
            else:
                found.setdefault(name, []).append(member)
    assert found == value
    assert list(found) == list(value)


@settings(max_examples=100)
@given(st.dictionaries(ANY | st.just("many"), VALUES, min_size=1, max_size=3), st.data(), st.integers(1, 9))
def test_no_part_of_a_file_is_taken_for_the_whole(value: dict[str, Any], data: st.DataObject, size: int) -> None:
    text = json.dumps(value).encode()
    part = text[: data.draw(st.integers(0, len(text) - 1))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "PIECE", size)
        with pytest.raises(Refused, match="not JSON"):
            list(members(BytesIO(part).read, ("many",)))


def test_progress_is_told_in_bytes(theirs: bytes) -> None:
    seen: list[int] = []
    list(members(BytesIO(theirs).read, ("probes",), seen.append))
    assert seen[-1] == len(theirs)
    assert seen == sorted(seen)
