"""The same probe comes in again and differs: both are kept until somebody decides."""

import json
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.bundle import Shelf
from store.exchange.incoming.conflicts import Keep, places, settle, undecided
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.json_document import as_json
from store.model import Guideline, RecurringPattern, Seen
from store.refused import Refused
from store.trends.read_cases import cases
from tests.conftest import Shell
from tests.helpers.imports import AT, OURS, around, everything, holding, out, taken
from tests.helpers.rooms import ROOM


@pytest.fixture
def conflict(ours: Archive, theirs: bytes) -> Archive:
    """Theirs is here, and comes in again with another title and one moment less."""
    taken(ours, theirs, fill=True)
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
    book = ours.group_records(Guideline)
    taken(ours, json.dumps(data).encode())
    assert ours.group_records(Guideline) == book
    settle(ours, ["px1"], Keep.THEIRS)
    found = ours.debrief("p1")
    assert (found.probe.place, found.session.id, found.amendments[0].guideline) == ("elsewhere", "s1", 1)
    assert ours.group_records(Guideline) == book


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
    (left,) = ours.group_records(RecurringPattern)
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
