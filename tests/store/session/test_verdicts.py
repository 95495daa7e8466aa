"""Did it work? Which guidelines are asked about, and what is said of them."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief, EarlierDebrief, GroupHistory
from store.exchange.outgoing import markdown_probe
from store.matrix import figures
from store.model import WORKED, Guideline, Verdict, Version
from store.refused import Refused
from store.report import debrief_report
from store.session import verdicts
from store.session.verdicts import asked, in_words, say
from tests.helpers.builders import AT, NOW, a_property, debrief

EARLIER = "2026-05-01T20:00:00+00:00"


def guideline(number: int, *sessions: str | None) -> Guideline:
    return Guideline(
        number=number,
        history=tuple(Version(text=f"{number} by {each}", since=each and EARLIER, session=each) for each in sessions),
    )


def with_past(*verdicts: Verdict, guidelines: tuple[Guideline, ...] = (), **fields: object) -> Debrief:
    past = GroupHistory(
        debriefs=(
            EarlierDebrief("s7", "p7", "Supper", EARLIER),
            EarlierDebrief("s8", "p8", "Bus", EARLIER, verdicts),
        )
    )
    return replace(debrief("Ana", phase="amendments", **fields), past=past, guidelines=guidelines)


BOOK = (
    guideline(1, "s7"),
    guideline(2, None, "s8"),
    guideline(3, "s7", "s8"),
    guideline(4, "s8", "s1"),
    guideline(5, "s1"),
)


def test_what_the_last_debrief_added_or_revised_is_asked_about_in_the_wording_that_it_had() -> None:
    found = with_past(guidelines=BOOK)
    assert [(each.number, each.text) for each in asked(found)] == [(2, "2 by s8"), (3, "3 by s8"), (4, "4 by s8")]


def test_what_was_too_early_to_say_comes_up_again_and_what_was_said_does_not() -> None:
    found = with_past(Verdict(guideline=1, worked="too early"), Verdict(guideline=2, worked="no"), guidelines=BOOK[:1])
    assert [each.number for each in asked(found)] == [1]
    assert asked(replace(found, past=GroupHistory())) == ()


def test_what_is_said_is_kept_in_the_session_counted_and_reported() -> None:
    found = with_past(guidelines=BOOK)
    assert in_words(found) == "3 guidelines, nothing said yet."
    found = say(say(say(found, 3, "no"), 2, "too early"), 3, "partly")
    assert found.session.verdicts == (
        Verdict(guideline=2, worked="too early"),
        Verdict(guideline=3, worked="partly"),
    )
    assert in_words(found) == "Of 3 guidelines 1 partly, 1 too early; 1 not said."
    assert "  guideline 3 worked: partly\n      3 by s8" in debrief_report.as_text(found, NOW)
    assert say(found, 3, None).session.verdicts == (Verdict(guideline=2, worked="too early"),)


def test_only_what_is_asked_about_can_be_judged_and_only_while_the_session_is_live() -> None:
    found = with_past(guidelines=BOOK)
    with pytest.raises(Refused, match="choose another"):
        say(found, 1, "yes")
    with pytest.raises(Refused, match="Say whether it worked: yes, partly, no, too early"):
        say(found, 2, "maybe")
    with pytest.raises(Refused, match="sealed"):
        say(with_past(guidelines=BOOK, sealed=AT), 2, "yes")


def test_a_sealed_session_still_shows_what_it_said_when_later_ones_have_changed_the_book() -> None:
    found = say(with_past(guidelines=BOOK), 2, "yes")
    later = replace(found, guidelines=(guideline(2, None, "s8", "s9"),))
    assert [(each.number, each.worked) for each in asked(later)] == [(2, "yes")]


def test_a_sealed_session_shows_the_wording_that_it_judged_and_none_of_a_later_day() -> None:
    found = say(with_past(guidelines=BOOK), 3, "yes").with_session(sealed=AT)
    later = Version(text="of a later day", since="2027-01-01T10:00:00+00:00", session="s9")
    book = tuple(each.but(history=(*each.history, later)) if each.number == 3 else each for each in BOOK)
    found = replace(found, guidelines=book)
    assert [each.text for each in verdicts.said(found)] == ["3 by s8"]
    assert next(each.text for each in asked(found) if each.number == 3) == "3 by s8"
    assert "of a later day" not in debrief_report.as_text(found, NOW)
    document = "\n".join(markdown_probe.probe(found, (figures.figures(found),)))
    assert "- Guideline 3 (3 by s8): **yes**" in document


@a_property
@given(st.lists(st.tuples(st.sampled_from([2, 3, 4]), st.sampled_from([*WORKED, None])), max_size=8))
def test_the_last_word_counts(said: list[tuple[int, str | None]]) -> None:
    found = with_past(guidelines=BOOK)
    for number, worked in said:
        found = say(found, number, worked)
    last = {number: worked for number, worked in dict(said).items() if worked}
    assert {each.guideline: each.worked for each in found.session.verdicts} == last


def test_every_answer_has_a_sign() -> None:
    assert set(verdicts.SIGNS) == {*WORKED, None}
    assert get_args(Verdict.model_fields["worked"].annotation) == WORKED
