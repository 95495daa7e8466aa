"""Recurring patterns: what is offered, what people decide, what becomes of them."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import entries
from store.archive.archive import Archive
from store.book.recurrence import recurrences
from store.debrief import Debrief, EarlierDebrief, GroupHistory
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Felt, Record, RecurringPattern, Seen
from store.refused import Refused
from store.report import debrief_report
from store.session import recurring
from store.session.recurring import Known, Offer, earlier_patterns, mark, offers, seen_before, unmark
from store.words.dates import date_of, day
from tests.helpers.builders import AT, NOW, a_property, debrief, with_pattern

KEYS = "Whoever has the keys ends the meeting."


def known(session: str, number: int, text: str, felt: Felt = Felt.COMPROMISED, title: str = "Supper") -> Known:
    return Known((session, number), felt, text, title)


def shelf(*each: Known) -> dict[tuple[str, int], Known]:
    return {one.place: one for one in each}


def live(*texts: str, **fields: Any) -> Debrief:
    found = debrief("Ana", **fields)
    for text in texts:
        found = with_pattern(found, text)
    return found


def test_the_nearest_of_those_that_felt_the_same_are_offered_however_far() -> None:
    found = live("the meeting ends when whoever has the keys says so")
    others = shelf(
        known("s7", 1, "Nobody read the form."),
        known("s7", 2, KEYS),
        known("s8", 1, "The meeting ends when whoever has the keys says so!"),
        known("s8", 2, KEYS, Felt.STRENGTHENED),
        known("s1", 9, KEYS),
    )
    assert [each.known.place for each in offers(found, 1, others)] == [("s8", 1), ("s7", 2), ("s7", 1)]
    assert [each.known.place for each in offers(found, 1, others, "KEYS ends")] == [("s8", 1), ("s7", 2)]
    assert [each.known.place for each in offers(found, 1, others, "form")] == [("s7", 1)]
    assert offers(found, 2, others) == ()


def test_of_one_recurring_pattern_only_the_most_alike_is_offered_with_how_often_it_was_seen() -> None:
    again = RecurringPattern(number=4, text=KEYS, seen=(Seen(session="s6", pattern=1), Seen(session="s7", pattern=2)))
    found = replace(live(KEYS), recurring_patterns=(again,))
    others = shelf(known("s6", 1, "whoever has the keys ends the meeting"), known("s7", 2, KEYS))
    assert [(each.number, each.times) for each in offers(found, 1, others)] == [(4, 2)]


def test_at_most_five_are_offered_from_however_many() -> None:
    others = shelf(*(known(f"s{n}", 1, KEYS) for n in range(2, 5000)))
    assert len(offers(live(KEYS), 1, others)) == recurring.MOST == 5
    assert len(offers(live("quite another thing"), 1, others)) == recurring.MOST


def test_a_negation_that_only_one_of_the_two_has_is_told() -> None:
    others = shelf(known("s7", 2, KEYS), known("s7", 3, "The keys never ended a meeting."))
    denied, said = (
        offers(live("Whoever has the keys does not end the meeting."), 1, others),
        offers(live(KEYS), 1, others),
    )
    assert {each.known.place[1]: (each.differs.negations, each.differs.turned) for each in denied} == {
        2: (("not",), ()),
        3: (("not",), ("never",)),
    }
    assert {each.known.place[1]: each.differs.turned for each in said} == {2: (), 3: ("never",)}


OLD = Offer(known("s7", 2, KEYS), 1, None)


def test_people_decide_and_can_take_it_back() -> None:
    found = mark(live("keys again"), 1, OLD)
    assert found.recurring_patterns == (
        RecurringPattern(number=1, text=KEYS, seen=(Seen(session="s7", pattern=2), Seen(session="s1", pattern=1))),
    )
    with pytest.raises(Refused, match="marked already"):
        mark(found, 1, OLD)
    assert unmark(found, 1).recurring_patterns == ()
    third = mark(with_pattern(found, "keys once more"), 2, OLD)
    assert len(third.recurring_patterns[0].seen) == 3
    assert unmark(third, 1).recurring_patterns[0].seen[-1] == Seen(session="s1", pattern=2)
    with pytest.raises(Refused, match="no pattern 7"):
        mark(found, 7, OLD)
    with pytest.raises(Refused, match="sealed"):
        mark(live("keys again", sealed=AT), 1, OLD)


def test_a_pattern_that_is_taken_back_recurs_no_more_and_one_that_is_mended_does() -> None:
    found = mark(live("keys again"), 1, OLD)
    edited = entries.replacing_rule("patterns", entries.pattern_rule(1, Felt.COMPROMISED))(
        found, "keys, again # p1", NOW
    )
    assert edited.recurring_patterns == found.recurring_patterns
    assert entries.take_back(found, "patterns").recurring_patterns == ()


@a_property
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 3)), max_size=10))
def test_marks_and_their_taking_back_leave_what_others_marked(steps: list[tuple[bool, int]]) -> None:
    others = RecurringPattern(number=1, text="x", seen=(Seen(session="s5", pattern=1), Seen(session="s6", pattern=1)))
    found = replace(live("a", "b", "c"), recurring_patterns=(others,))
    marked: set[int] = set()
    for on, number in steps:
        if on and number not in marked:
            found = mark(found, number, OLD)
            marked.add(number)
        elif not on:
            found = unmark(found, number)
            marked.discard(number)
    assert found.recurring_patterns[0] == others
    here = {seen.pattern for each in found.recurring_patterns for seen in each.seen if seen.session == "s1"}
    assert here == marked
    assert all(len(each.seen) > 1 for each in found.recurring_patterns)


def held(number: int) -> EarlierDebrief:
    return EarlierDebrief(f"s{number}", f"p{number}", f"Probe {number}", AT)


def test_where_it_was_seen_is_said_in_the_report() -> None:
    found = replace(mark(live("keys again"), 1, OLD), past=GroupHistory(debriefs=(held(6), held(7))))
    assert seen_before(found, 1) == "seen before in Probe 7"
    assert "      seen before in Probe 7" in debrief_report.as_text(found, NOW)
    grown = found.recurring_patterns[0].but(seen=(*found.recurring_patterns[0].seen, Seen(session="s9", pattern=1)))
    assert seen_before(replace(found, recurring_patterns=(grown,)), 1) == "seen before in Probe 7; seen 1 more time"
    assert seen_before(found, 2) == ""


class Amendments(Archive):
    """An archive that holds but some amendments, recurring patterns and debriefs."""

    def __init__(
        self,
        rows: Sequence[tuple[str, int, int]],
        found: Sequence[RecurringPattern],
        debriefs: Sequence[EarlierDebrief],
    ) -> None:
        self.amendments, self.found, self.debriefs = rows, tuple(found), tuple(debriefs)

    def group_records(self, kind: type[Record]) -> Any:
        return self.found

    def past(self) -> GroupHistory:
        return GroupHistory(debriefs=self.debriefs)

    def intact(self, what: str) -> Any:
        return nullcontext()

    def each(self, table: str) -> Iterator[dict[str, Any]]:
        assert table == "amendments"
        for s, n, g in self.amendments:
            yield {"session": s, "guideline": g, "principle": f"rule {g}", "because": [n]}


def on(n: int) -> str:
    """The day of the nth debrief, in words."""
    return day(date_of(held(n).at))


def test_it_is_counted_whether_it_recurs_after_what_was_amended_against_it() -> None:
    again = RecurringPattern(number=1, text=KEYS, seen=tuple(Seen(session=f"s{n}", pattern=2) for n in (1, 3, 6)))
    debriefs = [held(n) for n in range(1, 8)]
    (course,) = recurrences(Amendments([("s1", 2, 5), ("s3", 1, 6), ("s3", 2, 7), ("s4", 2, 8)], [again], debriefs))
    assert [(each.guideline, each.held.session) for each in course.against] == [(5, "s1"), (7, "s3")]
    assert (course.again, course.since) == (1, 4)
    assert [each.title for each in course.seen] == ["Probe 1", "Probe 3", "Probe 6"]
    assert [(each.principle, each.held.title) for each in course.against] == [
        ("rule 5", "Probe 1"),
        ("rule 7", "Probe 3"),
    ]
    assert course.verdict() == f"still recurs: seen in 1 of 4 debriefs since guideline 7 of {on(3)}"
    (stilled,) = recurrences(Amendments([("s6", 2, 9)], [again], debriefs))
    assert stilled.verdict() == f"not seen again in the 1 debrief since guideline 9 of {on(6)}"
    (bare,) = recurrences(Amendments([], [again], debriefs))
    assert bare.verdict() == "no amendment rests on it yet"
    (last,) = recurrences(Amendments([("s6", 2, 9)], [again], debriefs[:6]))
    assert last.verdict() == f"no debrief since guideline 9 of {on(6)}"
    assert recurrences(Amendments([], [], debriefs)) == ()


ROOM = {
    "title": "Supper",
    "participants": [{"alias": "Ana", "organisation": "Ours"}],
    "patterns": [{"group": 1, "felt": "compromised", "text": KEYS, "paper_maps": 1}],
    "amendments": [{"principle": "We hold a key.", "because": [0], "decision": "vote"}],
    "close": {"sunset": "lapse", "rhythm": "pause"},
}


def test_the_library_holds_our_patterns_only_and_marks_are_saved(path: Path) -> None:
    archive = Archive(path)
    take_in(archive, read_room(ROOM, "2026-03-01T20:00:00+00:00"))
    theirs = read_room({**ROOM, "title": "Theirs"}, "2026-03-02T20:00:00+00:00")
    take_in(archive, replace(theirs, probe=theirs.probe.but(origin="Tidewater")))
    take_in(archive, read_room({**ROOM, "title": "Again"}, "2026-04-01T20:00:00+00:00").with_session(sealed=None))
    found = archive.debrief("s2")
    books = next(earlier_patterns(archive))
    assert [each.title for each in books.values()] == ["Supper", "Again"]
    (offer,) = offers(found, 1, books)
    archive.commit(found, mark(found, 1, offer))
    (course,) = recurrences(Archive(path))
    assert [each.title for each in course.seen] == ["Supper"]  # the other is not sealed yet
    assert [each.guideline for each in course.against] == [1]
