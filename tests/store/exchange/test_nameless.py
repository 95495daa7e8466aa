"""What stands in an export without names and raw notes, and what doesn't."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive.archive import Archive
from store.exchange.bundle import Bundle
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing import csv_tables
from store.exchange.outgoing.export import export
from store.exchange.outgoing.markdown_text import inline
from store.exchange.outgoing.nameless import anonymous
from store.exchange.outgoing.names import Naming, in_words, named
from store.exchange.outgoing.people import WORDS
from store.matrix.figures import OTHERS
from store.model import Dissent, Given, NonNegotiables, Stance
from store.words.names import SOMEBODY
from tests.conftest import CASES, Shell
from tests.helpers.builders import debrief, with_ballots
from tests.helpers.exports import AT, COPPER, LONG, ROOMS, SLUICE, SLUICES, both, out, rows, with_room
from tests.helpers.imports import in_order, taken
from tests.helpers.rooms import PEOPLE, ROOM
from tests.helpers.texts import ANY, room, said


def fields(value: object) -> set[str]:
    return set(said(value))


@pytest.mark.parametrize("name", ROOMS)
def test_without_raw_notes_no_field_holds_a_name_and_nothing_a_moment_or_an_observation(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    file = both(archive)[name]
    names = {person["alias"] for person in file["participants"]} | {mark["by"] for mark in file["expected"]}
    raw = [each["text"] for each in (*file["moments"], *file["observations"])]
    data = out(archive, tmp_path, "json")
    assert not names & fields(json.loads(data))
    tables = out(archive, tmp_path, "csv")
    assert not names & {cell for row in rows(tables) for cell in row}
    document = out(archive, tmp_path, "md")
    for text in (data, tables, document):
        assert not [moment for moment in raw if moment in text or inline(moment) in text]
    for alias in names:
        assert f"{alias}:" not in document, "who has a reservation, or a task"
        assert f"— {alias}" not in document


@pytest.mark.parametrize("name", ROOMS)
def test_with_raw_notes_they_are_there(archive: Archive, tmp_path: Path, name: str) -> None:
    file = both(archive)[name]
    names = {person["alias"] for person in file["participants"]}
    data = json.loads(out(archive, tmp_path, "json", raw=True))
    tables = {cell for row in rows(out(archive, tmp_path, "csv", raw=True)) for cell in row}
    document = out(archive, tmp_path, "md", raw=True)
    for each in (*file["moments"], *file["observations"]):
        assert each["text"] in fields(data)
        assert csv_tables.cell(each["text"]) in tables
        assert inline(each["text"]) in document
    assert names <= fields(data)
    assert names <= tables


def test_words_of_decompression_are_only_counted(archive: Archive, tmp_path: Path) -> None:
    with_room(archive, ROOM)
    for form in ("json", "csv", "md"):
        assert "jittery" not in out(archive, tmp_path, form)
        assert "jittery" in out(archive, tmp_path, form, raw=True)
    assert "3 words for how we were" in out(archive, tmp_path, "md")
    assert json.loads(out(archive, tmp_path, "json"))["probes"][0]["sessions"][0]["feelings"] == {WORDS: 3}


def test_the_help_and_the_document_say_that_sentences_stay_as_they_are(
    redraw: Shell, archive: Archive, tmp_path: Path
) -> None:
    with_room(archive, {**ROOM, "context": "Ayzel knows the guard."})
    document = out(archive, tmp_path, "md")
    assert "Ayzel knows the guard." in document
    assert "read it through before you hand it on" in document
    assert "read it through before you hand it on" in " ".join(redraw("export", "--help").out.split())


def listed(redraw: Shell, tmp_path: Path, *options: str) -> list[str]:
    """What an export says on standard error; it is written all the same."""
    path = tmp_path / "out.json"
    done = redraw("export", "--format", "json", "--output", str(path), "--force", *options)
    assert done.code == 0
    assert path.exists()
    return done.err.splitlines()


def test_sentences_in_which_a_name_still_stands_are_listed_before_an_export_without_names(
    redraw: Shell, archive: Archive, tmp_path: Path
) -> None:
    with_room(archive, ROOM)
    assert listed(redraw, tmp_path) == []
    sentences = [f"Nobody asked {name.upper()} before {n}." for n, name in enumerate(PEOPLE[:7])]
    lines = {"red_lines": sentences, "messaging": ["we speak for ourselves", "Ayzelis no name", "Ayzel"]}
    with_room(
        archive, {**ROOM, "title": "Second", "pact": {**ROOM["pact"], **lines}, "context": "With Dag\u00adny’s van."}
    )
    first, *shown, more = listed(redraw, tmp_path)
    assert first == "8 sentences still hold names: read them before you hand this on."
    assert [each.strip() for each in shown] == ["With Dag·ny’s van.", *sentences[:4]]
    assert more == "  and 3 more: --list-named lists them all."
    assert {each.strip() for each in listed(redraw, tmp_path, "--list-named")[1:]} == {*sentences, "With Dag·ny’s van."}
    assert listed(redraw, tmp_path, "--with-raw-notes") == []


@pytest.mark.parametrize(
    ("name", "text", "holds"),
    [
        ("Ana Lopes", "then ana lopes left", True),
        ("Ana Lopes", "then Lopes, Ana left", False),
        ("O’Brien", "nobody told O'Brien", True),
        ("Jean-Luc", "nobody told Jean–Luc", True),
        ("सीता", "कल सीता आई", True),
        ("सीता", "कल सत आई", False),
        ("می‌خواهم", "او میخواهم را دید", True),
        ("王小明", "昨天王小明来了", True),
        ("김민지", "어제 김민지가 왔다", True),
        ("สมชาย", "เมื่อวานสมชายมา", True),
        ("17", "17 people came", False),
    ],
)
def test_a_name_is_found_in_a_sentence_of_any_script(name: str, text: str, holds: bool) -> None:
    assert Naming([in_words(name)]).in_sentence(text) is holds


def nameless(*people: str, ballots: dict[str, tuple[int, int]], **session: Any) -> Bundle:
    found = with_ballots(debrief(*people, **{"revealed": 1, **session}), ballots)
    return anonymous(Bundle.of(found))


def test_ballots_stand_without_their_organisations_whatever_their_number() -> None:
    three = {"a": (1, 1), "b": (9, 9), "c": (5, 5)}
    alone = nameless("a/X", "b/X", "c/X", "d/Y", ballots={**three, "d": (0, 10)})
    assert {row["by"] for row in alone.lists["placements"]} == {OTHERS}
    shown = nameless("a/X", "b/X", "c/X", ballots=three)
    assert {row["by"] for row in shown.lists["placements"]} == {OTHERS}
    mixed = nameless(
        "a/X", "b/X", "c/X", "d/Y", "e/Y", "f/Z", ballots={**three, "d": (0, 10), "e": (1, 1), "f": (2, 2)}
    )
    assert [row["by"] for row in mixed.lists["placements"]] == [OTHERS] * 6
    assert nameless("a/X", "b/X", ballots={"a": (1, 1), "b": (9, 9)}).lists["placements"] == [], "too few"


def test_a_round_whose_people_differ_by_one_or_two_from_the_one_before_stays_out() -> None:
    people = ("a/X", "b/X", "c/X", "d/X")
    first = with_ballots(debrief(*people, revealed=2, round=2), dict.fromkeys("abc", (1, 1)))
    for second, rounds in (("abc", {1, 2}), ("abcd", {1}), ("bcd", {1})):
        found = anonymous(Bundle.of(with_ballots(first, dict.fromkeys(second, (2, 2)), round=2)))
        assert {row["round"] for row in found.lists["placements"]} == rounds


def test_the_order_of_ballots_tells_nothing_and_what_is_blind_stays_so() -> None:
    ballots = {"c": (5, 5), "a": (1, 1), "b": (9, 9)}
    found = nameless("a/X", "b/X", "c/X", ballots=ballots)
    assert [(row["number"], row["autonomy"]) for row in found.lists["placements"]] == [(1, 1), (2, 5), (3, 9)]
    assert nameless("a/X", "b/X", "c/X", ballots=ballots, revealed=0).lists["placements"] == []


def test_when_somebody_placed_goes_out_only_with_the_names(archive: Archive, tmp_path: Path) -> None:
    taken = take_in(archive, read_room(ROOM, AT))
    archive.save([placement.but(at="2026-11-05T09:41:07") for placement in taken.expected[:1]])
    for form in ("json", "csv"):
        assert "09:41:07" in out(archive, tmp_path, form, raw=True)
        assert "09:41:07" not in out(archive, tmp_path, form)


def test_a_proposal_that_is_being_placed_shows_no_placement() -> None:
    found = Bundle.of(read_room(room("x"), AT))
    blind = {**found.sessions[0], "id": "s9", "kind": "dissent", "phase": "placing", "sealed": None, "revealed": 0}
    shown = anonymous(Bundle(found.probe, [*found.sessions, blind], found.lists))
    assert shown.lists["proposals"][0]["placements"] == []
    assert len(anonymous(found).lists["proposals"][0]["placements"]) == 3


def test_a_name_without_an_organisation_is_somebody_and_a_task_for_all_stays() -> None:
    found = Bundle.of(read_room({**ROOM, "facilitators": ["Ayzel", "Zebedee"]}, AT))
    found.probe["pact"]["responsibilities"] = [{"who": each, "what": "x"} for each in ("AYZEL", "each pair")]
    probe = anonymous(found).probe
    assert probe["facilitators"] == ["Breathers of Pellan", SOMEBODY]
    assert [each["who"] for each in probe["pact"]["responsibilities"]] == ["Breathers of Pellan", "each pair"]


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        ("each pair", "each pair"),
        ("the whole assembly", "the whole assembly"),
        (COPPER, COPPER),
        (f"{SLUICE} and {COPPER}", f"{SLUICE} and {COPPER}"),
        (LONG, LONG),
        (f"Dov, {LONG}", f"{SOMEBODY} and {LONG}"),
        ("Hettie", SLUICE),
        ("HETTIE ", SLUICE),
        ("Hettie, Colm & Zoë", SLUICE),
        ("Hettie with Zoe\u0308", SLUICE),
        ("Hettie/Colm", SLUICE),
        ("(Colm)", SLUICE),
        ("Dov", SOMEBODY),
        ("Dov and Hettie", f"{SOMEBODY} and {SLUICE}"),
        ("Hettie (and a driver)", SOMEBODY),
        ("Hettie, after asking Dov", SOMEBODY),
        ("Aunt Hettie", SOMEBODY),
        ("Hettie's sister", SOMEBODY),
        ("Ana", SOMEBODY),
        ("İrem", SOMEBODY),
        (f"İrem and {COPPER}", f"{SOMEBODY} and {COPPER}"),
        ("Hettier", "Hettier"),
        ("", ""),
    ],
)
def test_in_a_field_for_who_does_something_no_name_that_the_archive_knows_is_left(
    archive: Archive, tmp_path: Path, typed: str, handed_on: str
) -> None:
    pact = {"responsibilities": [{"who": typed, "what": "the keys"}]}
    close = {"sunset": "lapse", "rhythm": "act", "decided_by": typed}
    with_room(archive, {**SLUICES, "pact": pact, "close": close})
    with_room(archive, {"title": "y", "participants": [{"alias": "İrem", "organisation": "z"}]})
    with_room(archive, {"title": "planned", "pact": {"responsibilities": [{"who": "Hettie", "what": "the keys"}]}})
    data = json.loads(out(archive, tmp_path, "json"))["probes"]
    assert data[0]["probe"]["pact"]["responsibilities"][0]["who"] == handed_on
    assert data[0]["sessions"][0]["closing"]["decided_by"] == handed_on
    assert data[2]["probe"]["pact"]["responsibilities"][0]["who"] == SOMEBODY, "there is no roster yet"
    assert rows((export(archive, ("p3",), "csv", tmp_path / "t") / "pacts.csv").read_text("utf-8-sig"))[1:] == [
        ["p3", "responsibility", SOMEBODY, "the keys"]
    ]


@pytest.mark.parametrize(
    ("typed", "handed_on"),
    [
        ("too slow", "too slow"),
        ("too slow: by an hour", "too slow: by an hour"),
        ("Hettie: too slow", f"{SLUICE}: too slow"),
        ("Colm, Hettie: too slow", f"{SLUICE}: too slow"),
        ("Hettie and I disagree: both", f"{SOMEBODY}: both"),
        ("Aunt Hettie: too slow", f"{SOMEBODY}: too slow"),
        ("Hettie - too slow", f"{SLUICE} - too slow"),
        ("Hettie – too slow", f"{SLUICE} – too slow"),
        ("Dov says no", f"{SOMEBODY} says no"),
        ("(Colm) too slow", f"({SLUICE}) too slow"),
        ("Dov: at 10:30 it was too late", f"{SOMEBODY}: at 10:30 it was too late"),
        ("Hettie came at 10:30", f"{SLUICE} came at 10:30"),
        (f"{COPPER}: too slow", f"{SOMEBODY}: too slow"),
        (f"{SLUICE}: too slow", f"{SLUICE}: too slow"),
        ("We ask Hettie to begin", "We ask Hettie to begin"),
        ("İrem: too slow", f"{SOMEBODY}: too slow"),
    ],
)
def test_who_has_a_reservation_is_not_handed_on(archive: Archive, tmp_path: Path, typed: str, handed_on: str) -> None:
    amendment = {"principle": "Ask.", "decision": "vote", "reservations": [typed]}
    with_room(archive, {**SLUICES, "amendments": [amendment]})
    asked = NonNegotiables(number=1, at=AT, asked=("İrem", "Hettie"), consents=("Hettie",), open=(typed,))
    archive.save([asked])
    data = json.loads(out(archive, tmp_path, "json"))
    assert data["probes"][0]["amendments"][0]["reservations"] == [handed_on]
    (revision,) = data["non_negotiables"]
    assert revision["asked"] == [SLUICE, SLUICE]
    assert not any(name in revision["open"][0].split("10:30")[0] for name in ("Dov", "Colm", "İrem", "Aunt"))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_who_stands_aside_or_objects_is_not_handed_on_and_why_is(archive: Archive, tmp_path: Path, form: str) -> None:
    with_room(archive, SLUICES)
    against = Stance(name="İrem", reason="İrem: no room for it")
    aside = Stance(name="Hettie", reason="too early")
    given = Given(principles=("Sign.",), consents=("Gwen",), objects=(against,))
    answered = {"stands_aside": (aside,), "objects": (against,), "given": (given,), "consents": ("Colm",)}
    archive.save([NonNegotiables(number=1, at=AT, principles=("x",), asked=("İrem", "Hettie", "Colm"), **answered)])  # type: ignore[arg-type]
    handed_on, whole = out(archive, tmp_path, form), out(archive, tmp_path, form, raw=True)
    for reason in ("no room for it", "too early"):
        assert reason in handed_on
        assert reason in whole
    for name in ("İrem", "Hettie", "Gwen"):
        assert name not in handed_on
    assert "Hettie" in whole


def test_a_document_and_show_say_what_was_answered_to_the_non_negotiables(
    redraw: Shell, archive: Archive, tmp_path: Path
) -> None:
    with_room(archive, SLUICES)
    against = Stance(name="Hettie", reason="no room for it")
    revision = NonNegotiables(
        number=1, at=AT, principles=("x",), asked=("Hettie", "Colm"), consents=("Colm",), objects=(against,), adopted=AT
    )
    probe = archive.debrief("p1").probe
    archive.save([revision, probe.but(non_negotiables=("x",), statement=1)])
    archive.close()
    handed_on, whole = out(archive, tmp_path, "md"), out(archive, tmp_path, "md", raw=True)
    for document, who in ((handed_on, SLUICE), (whole, "Hettie")):
        assert "Revision 1 of these: 1 of 2 consented, 1 objected." in document
        assert f"- {who} objects: no room for it" in document
    assert "Hettie" not in handed_on
    shown = redraw("show", "p1").out
    assert "consents: revision 1: 1 of 2 consented, 1 objected\n  consents: Hettie objects: no room for it" in shown


def test_an_organisation_of_one_or_two_in_the_room_stands_for_nobody(archive: Archive, tmp_path: Path) -> None:
    said = [{"voice": each, "pull": "autonomy", "text": "x"} for each in ("Dov", "Hettie", COPPER)]
    with_room(archive, {**SLUICES, "facilitators": ["Dov", "Colm"], "dissent": said})
    data = json.loads(out(archive, tmp_path, "json"))["probes"][0]
    assert sorted(data["probe"]["facilitators"]) == [SLUICE, SOMEBODY]
    assert sorted(each["voice"] for each in data["dissent"]) == [SLUICE, SOMEBODY, SOMEBODY]
    roster = sorted((each["alias"], each["organisation"], each["role"]) for each in data["participants"])
    assert roster == [(SLUICE, SLUICE, "participant")] * 4 + [(SOMEBODY, COPPER, "participant")] * 2


@settings(max_examples=30)
@given(ANY, st.lists(ANY, max_size=3))
def test_what_has_no_names_stays_as_it_is(text: str, known: list[str]) -> None:
    names = named({Dissent: [{"voice": each} for each in known]})
    once = anonymous(Bundle.of(read_room(room(text), AT)), names)
    assert anonymous(once, names) == once


def test_the_figures_are_those_of_the_screen_also_where_ballots_stand_together(
    archive: Archive, tmp_path: Path
) -> None:
    with_room(archive, ROOM)
    document = out(archive, tmp_path, "md")
    assert "| actual, the same people | 3 | 7 | 3 |" in document
    assert "| actual, Harrowmere Trust | 8 | 2 | 3 |" in document
    assert "| actual, others | 3.5 | 6.5 | 6 |" in document
    assert "Breathers of Pellan |" not in document, "one of the four had not been asked before"
    assert "Cold-Chain League |" not in document, "two ballots"


@pytest.mark.parametrize("form", ["md", "json", "csv"])
def test_what_another_group_calls_an_organisation_changes_nothing_about_our_people(
    archive: Archive, tmp_path: Path, form: str
) -> None:
    ours, theirs = (json.loads((CASES / f"22-{name}.json").read_text("utf-8")) for name in ("ours", "theirs"))
    with_room(archive, ours)
    before = out(archive, tmp_path, form, "p1")
    with_room(archive, theirs)
    after = out(archive, tmp_path, form, "p1").replace('"group": "Other group"', '"group": "Kettle"')
    assert after == before, "but for who exports it"
    assert "Ruth" not in before
    assert "Ruth" in out(archive, tmp_path, form, "p2"), "their partner is called so"


NAMED: dict[str, dict[str, Any]] = {
    "roster": {"participants": [{"alias": "Ruth Bell", "organisation": "Kettle"}]},
    "facilitators": {"facilitators": ["Ruth"]},
    "signature": {"pact": {"signatures": [{"name": "Ruth", "organisation": "Kettle"}]}},
    "voice": {"dissent": [{"voice": "Ruth", "pull": "autonomy", "text": "x"}]},
}
"""Where one of our people can be named."""


@pytest.mark.parametrize("where", NAMED)
@pytest.mark.parametrize("whose", ["Other group", "Kettle"])
def test_a_person_is_one_wherever_another_record_has_an_organisation_of_that_name(
    archive: Archive, tmp_path: Path, where: str, whose: str
) -> None:
    keys = {"title": "keys", "our_organisation": "Kettle", "pact": {"responsibilities": [{"who": "Ruth", "what": "x"}]}}
    with_room(archive, {"title": "named", "our_organisation": "Kettle", **NAMED[where]})
    with_room(archive, keys)
    with_room(archive, {"title": "theirs", "our_organisation": whose, "partners": [{"name": "Ruth"}]})
    data = json.loads(out(archive, tmp_path, "json", "p2"))["probes"][0]
    stands = data["probe"]["pact"]["responsibilities"][0]["who"]
    assert stands == SOMEBODY
    asked: list[str] = []
    export(archive, ("p2",), "json", tmp_path / "again.json", hidden=asked.extend)
    assert asked == (["Ruth"] if whose == "Kettle" else []), "what another group calls an organisation is nothing to us"


@pytest.mark.parametrize("where", NAMED)
def test_a_word_that_is_a_person_and_an_organisation_is_taken_out_wherever_it_could_be_the_person(
    redraw: Shell, archive: Archive, tmp_path: Path, where: str
) -> None:
    """Also in the probe that has the organisation; there it stays where an organisation is named as one."""
    people = [{"alias": each, "organisation": "Ruth"} for each in ("Ana", "Bo", "Cy")]
    said = [{"principle": "x", "decision": "vote", "reservations": ["Ruth: too slow", "Ana: too slow", "Ruthless: no"]}]
    with_room(archive, {"title": "named", "our_organisation": "Kettle", **NAMED[where]})
    pact = {"responsibilities": [{"who": "Ruth", "what": "x"}, {"who": "Kettle", "what": "x"}]}
    has = {"partners": [{"name": "Ruth"}], "participants": people, "amendments": said, "facilitators": ["Ana"]}
    with_room(archive, {"title": "has", "our_organisation": "Kettle", "pact": pact, **has})
    archive.close()
    done = redraw("export", "--format", "json", "-o", "-")
    assert done.err.splitlines()[-1] == (
        "“Ruth” is a person and an organisation here: where it could be the person, “somebody” stands in its place."
    )
    found = json.loads(done.out)["probes"][1]
    assert [each["who"] for each in found["probe"]["pact"]["responsibilities"]] == [SOMEBODY, "Kettle"]
    said_by = sorted(found["amendments"][0]["reservations"])
    assert said_by == ["Ruthless: no", f"{SOMEBODY}: too slow", f"{SOMEBODY}: too slow"]
    assert found["probe"]["facilitators"] == [SOMEBODY]
    assert found["probe"]["partners"][0]["name"] == "Ruth"
    assert {each["organisation"] for each in found["participants"]} == {"Ruth"}
    assert "is a person" not in redraw("export", "--format", "json", "-o", "-", "--with-raw-notes").err


def test_an_organisation_that_stands_for_its_people_is_not_taken_for_one_of_them(
    archive: Archive, tmp_path: Path
) -> None:
    """As in an archive that was brought back from an export without names."""
    said = [{"principle": "x", "decision": "vote", "reservations": ["Hettie: too slow"]}]
    close = {"sunset": "lapse", "rhythm": "act", "decided_by": "Colm", "next_facilitator": "Hettie"}
    with_room(
        archive, {**SLUICES, "facilitators": ["Colm"], "spokespeople": ["Zoë"], "amendments": said, "close": close}
    )
    archive.save([NonNegotiables(number=1, at=AT, principles=("x",), asked=("Hettie", "Colm"), consents=("Colm",))])
    with_room(archive, {"title": "Later", "our_organisation": COPPER, "partners": [{"name": SLUICE}]})
    first = out(archive, tmp_path, "json")
    again = Archive(tmp_path / "again.json")
    taken(again, first.encode())
    told: list[str] = []
    second = export(again, (), "json", tmp_path / "second.json", hidden=told.extend).read_bytes()
    assert told == []
    assert in_order(second, raw=False) == in_order(first.encode(), raw=False)


def test_a_person_in_the_room_wins_over_a_partner_of_the_same_name(archive: Archive, tmp_path: Path) -> None:
    pact = {"responsibilities": [{"who": each, "what": "x"} for each in ("Ruth", "Kettle")]}
    people = [{"alias": each, "organisation": "Kettle"} for each in ("Ruth Bell", "Kettle 2", "Kettle 3")]
    with_room(archive, {"title": "x", "partners": [{"name": "Ruth"}], "participants": people, "pact": pact})
    found = json.loads(out(archive, tmp_path, "json"))["probes"][0]["probe"]["pact"]["responsibilities"]
    assert [each["who"] for each in found] == [SOMEBODY, "Kettle"]
