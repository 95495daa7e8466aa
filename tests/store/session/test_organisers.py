"""New organisers: how many joined, how many stayed of those who joined before, listed and never added in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief, EarlierDebrief, GroupHistory
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Session
from store.refused import Refused
from store.report import summary
from store.report.debrief_report import sections
from store.session import decisions
from store.session.organisers import in_words, joined_before, question
from tests.helpers.builders import NOW, debrief
from tests.helpers.exports import out, rows
from tests.helpers.rooms import room


def after(*joined: int | None) -> Debrief:
    """A debrief after others through which so many joined."""
    held = (EarlierDebrief(f"s{n}", f"p{n}", "x", "2026-01-01", joined=count) for n, count in enumerate(joined, 2))
    return replace(debrief("Ana"), past=GroupHistory(debriefs=tuple(held)))


def saved(archive: Archive, month: int, **fields: Any) -> Debrief:
    """A debrief of one month, sealed and saved."""
    pact = {"starts": f"2026-{month:02}-01", "ends": f"2026-{month:02}-02"}
    return take_in(archive, read_room(room(pact=pact, close={"sunset": "lapse", "rhythm": "act"}, **fields), ""))


def test_they_are_counted_beside_the_measures_and_change_none() -> None:
    measured = decisions.measure(after(4, 5), "skills", 1, "")
    found = decisions.count(decisions.count(measured, "joined", " 3 "), "stayed", "9")
    assert (found.session.joined, found.session.stayed, found.session.turnout) == (3, 9, None)
    assert found.session.sovereignty == measured.session.sovereignty
    assert summary.changes(found) == summary.changes(measured)
    assert decisions.count(found, "stayed", " ").session.stayed is None


@pytest.mark.parametrize("what", ["joined", "stayed"])
@pytest.mark.parametrize("typed", ["-3", "some", "1.5", "4 or 5", "²"])
def test_what_is_no_number_of_people_is_refused(what: str, typed: str) -> None:
    with pytest.raises(Refused, match=f"Type how many {what} as a whole number, such as 138; leave it empty"):
        decisions.count(after(9), what, typed)


def test_nobody_stays_who_has_not_joined() -> None:
    found = after(4, None, 0, 5)
    assert joined_before(found) == 9
    assert decisions.count(found, "stayed", "0").session.stayed == 0
    with pytest.raises(Refused, match="Type 9 at most: that is how many joined through earlier probes"):
        decisions.count(found, "stayed", "10")
    with pytest.raises(KeyError):
        decisions.count(found, "left", "1")


def test_the_question_says_how_many_joined_through_how_many_probes() -> None:
    asked = "joined through 2 earlier probes: how many of them are still with us?"
    assert question(after(4, None, 0, 5)) == f"9 {asked}"
    assert question(after(1)) == "1 joined through 1 earlier probe: how many of them are still with us?"
    assert question(after(None, 0)) == question(debrief()) == ""


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ((None, None), ""),
        ((0, None), "0 joined"),
        ((4, 7, 9), "4 joined, 7 of 9 earlier ones stayed"),
        ((None, 0, 9), "0 of 9 earlier ones stayed"),
        ((4, 7), "4 joined, 7 earlier ones stayed"),
        ((4, 7, 6), "4 joined, 7 earlier ones stayed"),
    ],
)
def test_they_are_told_with_a_denominator_where_it_is_known(known: tuple[Any, ...], said: str) -> None:
    assert in_words(*known) == said


def test_only_our_own_debriefs_before_this_one_count(path: Path) -> None:
    archive = Archive(path)
    middle = [saved(archive, month, joined=joined) for month, joined in ((3, 2), (5, 4), (9, 8))][1]
    theirs = saved(archive, 1, joined=16)
    archive.save([theirs.probe.but(origin="Clear Estuary")])
    assert joined_before(archive.debrief(middle.probe.id)) == 2
    assert joined_before(replace(debrief(), past=archive.past())) == 14
    archive.close()


def test_the_review_and_the_page_to_take_home_tell_of_them(path: Path) -> None:
    archive = Archive(path)
    saved(archive, 3, joined=5)
    found = archive.debrief(saved(archive, 5, joined=4, stayed=3).probe.id)
    archive.close()
    (page,) = (each for each in sections(found, NOW) if each.title == "Sovereignty")
    told = [str(line).strip() for line in page.lines]
    assert told[-2:] == [
        "turnout, not added in: 138",
        "new organisers, not added in: 4 joined, 3 of 5 earlier ones stayed",
    ]
    short = [str(line).strip() for line in summary.in_short(found)]
    at = short.index("Sovereignty")
    assert short[at + 1 : at + 3] == ["skills +1", "new organisers: 4 joined, 3 of 5 earlier ones stayed"]


def test_they_go_out_beside_turnout_and_come_in_again(archive: Archive, tmp_path: Path) -> None:
    saved(archive, 5, joined=4, stayed=3)
    document = out(archive, tmp_path, "md")
    assert "Turnout, which is not added in: 138" in document
    assert "New organisers, who are not added in: 4 joined, 3 earlier ones stayed" in document
    exported = json.loads(out(archive, tmp_path, "json"))
    text = json.dumps(exported)
    assert '"turnout": 138, "joined": 4, "stayed": 3' in text
    folder = tmp_path / "tables"
    folder.mkdir()
    table = next(part for part in out(archive, folder, "csv").split("\n\n") if "words_of_decompression" in part)
    lines = rows(table)
    head = next(line for line in lines if "words_of_decompression" in line)
    cells = dict(zip(head, lines[lines.index(head) + 1], strict=True))
    assert (cells["turnout"], cells["joined"], cells["stayed"]) == ("138", "4", "3")


def test_a_session_in_which_nobody_counted_has_no_such_fields(path: Path) -> None:
    plain = Session(id="s1", probe="p1", created="2026-11-07T19:00:00")
    assert not {"joined", "stayed"} & plain.row().keys()
    assert Session.model_validate(plain.row()) == plain
    counted = plain.but(joined=0, feelings={"\ud800": 1})
    assert (counted.row()["joined"], counted.row()["feelings"]) == (0, {"\ud800": 1})
    assert list(counted.row()) == [name for name in Session.model_fields if name in counted.row()]
    assert Session.model_validate(counted.row()) == counted


@pytest.mark.parametrize("said", [{"joined": 0}, {"stayed": 2}])
def test_a_room_file_with_a_count_was_debriefed(said: dict[str, int]) -> None:
    found = read_room({"title": "x", **said}, "2026-11-07T19:00:00")
    assert found.sealed
    assert {name: getattr(found.session, name) for name in said} == said
    with pytest.raises(Refused, match="it should be at least 0"):
        read_room({"title": "x", **dict.fromkeys(said, -1)}, "2026-11-07T19:00:00")
