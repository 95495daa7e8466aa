"""The guidelines: what was held on a day, where each wording came from, how long nothing has changed."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive
from store.book.guidelines import STILL, book_at, day_meant, last_amended, matching, since, stillness, verdicts
from store.book.lineage import lineage
from store.debrief import EarlierDebrief
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Guideline, Verdict, Version
from tests.helpers.builders import a_property
from tests.helpers.texts import ANY
from tests.helpers.zones import ZONES, in_every_zone

NOW = datetime(2026, 11, 7, 19, 0).astimezone()


def at(day: date) -> str:
    return datetime(day.year, day.month, day.day, 20, 0).astimezone().isoformat()


def guideline(number: int, *history: tuple[str, date | None]) -> Guideline:
    versions = (
        Version(text=text, since=at(since) if since else None, session="s1" if since else None)
        for text, since in history
    )
    return Guideline(number=number, history=tuple(versions))


BOOK = (
    guideline(
        1, ("Keep the list.", None), ("Keep the list locked.", date(2026, 3, 10)), ("Burn it.", date(2026, 6, 1))
    ),
    guideline(2, ("Speak first.", date(2026, 3, 31))),
    guideline(3, ("Try the room.", date(2026, 10, 12))),
)


def texts(when: date | None = None) -> dict[int, str]:
    return {each.number: each.version.text for each in book_at(BOOK, when)}


def test_any_day_can_be_read() -> None:
    assert texts(date(2020, 1, 1)) == {1: "Keep the list."}
    assert texts(date(2026, 3, 9)) == {1: "Keep the list."}
    assert texts(date(2026, 3, 10)) == {1: "Keep the list locked."}
    assert texts(date(2026, 3, 31)) == {1: "Keep the list locked.", 2: "Speak first."}
    assert texts() == {1: "Burn it.", 2: "Speak first.", 3: "Try the room."}
    assert [each.earlier for each in book_at(BOOK)] == [2, 0, 0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03", date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("March 2026", date(2026, 3, 31)),
        ("  mar  2026 ", date(2026, 3, 31)),
        ("2026-03-15", date(2026, 3, 15)),
        ("15 March 2026", date(2026, 3, 15)),
        ("ju 2026", None),
        ("2026-13", None),
        ("2026-02-30", None),
        ("0000-01", None),
        ("9999-12", date(9999, 12, 31)),
        ("march", date(2026, 3, 31)),
        ("November", date(2026, 11, 30)),
        ("december", date(2025, 12, 31)),
        ("What did we hold in March?", date(2026, 3, 31)),
        ("in March 2025", date(2025, 3, 31)),
        ("end of 2025", date(2025, 12, 31)),
        ("15 March", date(2026, 3, 15)),
        ("December 24", date(2025, 12, 24)),
        ("03/2026", date(2026, 3, 31)),
        ("3.2026", date(2026, 3, 31)),
        ("15.3.2026", date(2026, 3, 15)),
        ("on 30/3/2026", date(2026, 3, 30)),
        ("4/3/2026", None),
        ("30 February", None),
        ("mar", None),
        ("2125", None),
        ("march through 2026", None),
        ("", None),
    ],
)
def test_a_day_is_told_from_words(typed: str, meant: date | None) -> None:
    assert day_meant(typed, date(2026, 11, 7)) == meant


@a_property
@given(ANY)
def test_whatever_is_typed_is_a_day_or_words(text: str) -> None:
    day_meant(text, date(2026, 11, 7))
    assert set(matching(book_at(BOOK), text)) <= set(book_at(BOOK))


@a_property
@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_the_book_only_grows(one: date, other: date) -> None:
    early, late = sorted((one, other))
    before, after = ({each.number: each.earlier for each in book_at(BOOK, day)} for day in (early, late))
    assert all(after[number] >= earlier for number, earlier in before.items())


def test_words_find_guidelines_and_a_number_finds_its_own() -> None:
    book = book_at(BOOK)
    assert [each.number for each in matching(book, "THE room")] == [3]
    assert [each.number for each in matching(book, "#2")] == [2]
    assert matching(book, "the nothing") == ()
    assert [each.number for each in matching(book, "What did we agree about rooms?")] == [3]
    assert matching(book, "Did it work?") == book


def held(session: str, day: date, *verdicts: Verdict) -> EarlierDebrief:
    return EarlierDebrief(session=session, probe="p1", title="Supper", at=at(day), verdicts=verdicts)


def test_how_long_nothing_changed_is_said_and_from_some_time_on_gently_asked_about() -> None:
    last = last_amended(BOOK)
    assert last is not None
    assert last.text == "Try the room."
    assert stillness(BOOK, (), NOW.timestamp()) == ("last amended 26 days ago", False)
    own = held("s1", date(2026, 10, 13))  # the debrief that amended was sealed after it did
    later = [held(f"s{n}", date(2026, 10, 13 + n)) for n in range(2, 5)]
    assert stillness(BOOK, [own, *later[:1]], NOW.timestamp()) == (
        "last amended 26 days ago, 1 debrief since",
        False,
    )
    assert stillness(BOOK, [own, *later], NOW.timestamp()) == ("last amended 26 days ago, 3 debriefs since", True)
    assert stillness(BOOK[:2], (), NOW.timestamp())[1]
    after = datetime.fromisoformat(at(date(2026, 10, 12))).timestamp()
    assert stillness(BOOK, (), after + (STILL - 1) * 86400)[1] is False
    assert stillness(BOOK, (), after + STILL * 86400)[1] is True
    assert stillness((), (), NOW.timestamp()) == ("nothing was ever amended here", False)


def test_what_later_debriefs_said_of_a_guideline_and_of_which_wording() -> None:
    debriefs = [
        held("s2", date(2026, 4, 20), Verdict(guideline=1, worked="too early"), Verdict(guideline=2, worked="no")),
        held("s3", date(2026, 6, 1), Verdict(guideline=1, worked="partly")),
        held("s4", date(2026, 11, 1), Verdict(guideline=1, worked="yes")),
    ]
    history = BOOK[0].history
    revised = BOOK[0].but(history=(*history[:2], history[2].but(session="s3")))
    said = verdicts(revised, debriefs)
    assert [(each.worked, each.wording) for each in said] == [("too early", 2), ("partly", 2), ("yes", 3)]
    assert verdicts(BOOK[2], debriefs) == ()


ROOM = {
    "title": "Supper",
    "our_organisation": "Ours",
    "participants": [{"alias": name, "organisation": "Ours"} for name in ("Ana", "Bo", "Cem")],
    "moments": [{"felt": "strengthened", "text": f"moment {n}"} for n in range(1, 5)],
    "patterns": [
        {"group": 1, "felt": "compromised", "text": "keys end the meeting", "from": [1, 3]},
        {"group": 1, "felt": "compromised", "text": "not this one", "from": [0]},
    ],
    "expected": [{"by": name, "autonomy": 6, "benefit": 6} for name in ("Ana", "Bo", "Cem")],
    "actual": [{"by": name, "autonomy": 4, "benefit": 6} for name in ("Ana", "Bo", "Cem")],
    "amendments": [
        {"principle": "We hold a key.", "because": [0], "decision": "vote", "reservations": ["Dov: whose?"]}
    ],
    "close": {"sunset": "lapse", "rhythm": "pause"},
}


def test_the_lineage_goes_back_to_the_room(path: Path) -> None:
    archive = Archive(path)
    first = take_in(archive, read_room(ROOM, at(date(2026, 3, 1))))
    again = {**ROOM, "title": "Second supper", "patterns": [], "amendments": [
        {"principle": "We hold both keys.", "replaces": "We hold a key.", "decision": "consensus"}
    ]}  # fmt: skip
    take_in(archive, read_room(again, at(date(2026, 5, 1))))
    old, new = lineage(archive, 1)
    assert (old.version.text, old.before, old.title, old.probe) == ("We hold a key.", None, "Supper", first.probe.id)
    assert old.gap is not None
    assert old.gap.autonomy == -2
    assert old.amendment is not None
    assert old.amendment.reservations == ("Dov: whose?",)
    assert [each.text for each in old.patterns] == ["keys end the meeting"]
    assert [each.text for each in old.moments] == ["moment 2", "moment 4"]
    assert (new.before, new.title, new.patterns) == ("We hold a key.", "Second supper", ())
    assert lineage(archive, 2) == ()
    debriefs = archive.new_debrief(NOW.timestamp()).past.debriefs
    assert [(each.session, each.title) for each in debriefs] == [("s1", "Supper"), ("s2", "Second supper")]
    assert [each.session for each in archive.debrief("s2").past.debriefs] == ["s1"]
    assert archive.debrief("s1").past.debriefs == ()


def test_debriefs_of_other_groups_are_not_ours(path: Path) -> None:
    archive = Archive(path)
    found = read_room(ROOM, at(date(2026, 3, 1)))
    theirs = found.probe.but(origin="Tidewater")
    take_in(archive, replace(found, probe=theirs))
    assert archive.new_debrief(NOW.timestamp()).past.debriefs == ()


def test_a_wording_is_held_since_the_day_of_the_room_that_decided_it_in_every_zone() -> None:
    version = Version(text="Ask first.", since="2026-10-18T00:30:00+02:00")
    book = [Guideline(number=1, history=(version,))]

    def told() -> tuple[str, int, int]:
        held = [len(book_at(book, date(2026, 10, day))) for day in (17, 18)]
        return since(version), held[0], held[1]

    assert in_every_zone(told) == [("since 18 October 2026", 0, 1)] * len(ZONES)
