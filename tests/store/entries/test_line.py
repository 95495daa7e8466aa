"""What holds for lines of every kind, hostile ones included."""

import time

import pytest
from hypothesis import given

from store.entries import (
    Rule,
    add_proposal,
    ballot_rule,
    choice_rule,
    enter,
    feeling_rule,
    participant_rule,
    placing_rule,
    position_rule,
    take_back,
)
from store.refused import Refused
from tests.helpers.builders import (
    AT,
    HOSTILE_LINES,
    LONG,
    NOW,
    a_property,
    debrief,
    entered,
    expected_rule,
    in_short,
    one_line,
    ready_to_seal,
    refusal,
)
from tests.helpers.dissenting import session
from tests.helpers.texts import ANY
from tests.store.entries.shared import MAPPED, MOMENT, PATTERN

RULES: dict[str, Rule] = {
    "participant": participant_rule,
    "moment": MOMENT,
    "ballot": ballot_rule,
    "expected": expected_rule,
    "pattern": PATTERN,
    "feeling": feeling_rule,
}


@pytest.mark.parametrize("rule", RULES)
@a_property
@given(line=one_line)
def test_any_line_is_entered_or_refused_with_a_sentence(rule: str, line: str) -> None:
    found, refused = enter(RULES[rule], MAPPED, line, NOW)
    assert (found != MAPPED) != bool(refused)
    assert all(str(why)[-1] in ".?" and given == line for given, why in refused)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "around", ["{}", "Ana, {}", "Zoe, Fund, {}", "{}, Fund", "- {} # 3", "{} 3 7", "Zoe, {} 3", "@{} + x"]
)
def test_a_hostile_line_is_entered_or_refused_and_crashes_nothing(rule: str, around: str) -> None:
    for text in (*HOSTILE_LINES, *LONG.values()):
        began = time.perf_counter()
        _, refused = enter(RULES[rule], MAPPED, around.format(text) if text.strip() else text, NOW)
        assert time.perf_counter() - began < 2, text[:20]
        assert all(len(str(why)) < 400 for _, why in refused)
        assert not [sign for _, why in refused for sign in "\x1b\x07\u202e\ud800" if sign in str(why)]


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
def test_a_hostile_name_is_kept_exactly_as_typed_and_can_do_all_that_a_name_can(text: str) -> None:
    name = text.strip()
    found = entered(participant_rule, debrief(), f"{name}\tBreathers\tguest", "Zoe, Breathers")
    assert found.names == (name, "Zoe")
    found = entered(MOMENT, entered(ballot_rule, found, f"{name[:60]} 3 7"), f"@{name} - {text}")
    assert found.ballots(1)[0].by == found.moments[0].by == name
    assert found.moments[0].text == text
    assert entered(participant_rule, ready_to_seal(), f"{name}\t{text}\t{text}").participants[0].role == text.strip()


def test_a_line_that_is_refused_comes_with_the_remedy() -> None:
    _, refused = enter(PATTERN, MAPPED, "fine # 3\nthe form decides", NOW)
    assert [(line, str(why), why.remedy) for line, why in refused] == [
        ("the form decides", "Say what it rests on.", "name the evidence")
    ]


@a_property
@given(ANY)
def test_whatever_is_typed_is_kept_or_refused_in_one_sentence(text: str) -> None:
    for rule in (position_rule("autonomy"), add_proposal, placing_rule(1), choice_rule):
        found = session(proposals=2)
        _, refused = enter(rule, found, text, NOW)
        assert all("\n" not in str(sentence) for _, sentence in refused)


@pytest.mark.parametrize("text", [*HOSTILE_LINES, *LONG.values()])
def test_hostile_lines_are_positions_and_proposals_to_the_code_point(text: str) -> None:
    found = session()
    if not text.lstrip().startswith("@"):
        assert position_rule("benefit")(found, text, NOW).dissent[-1].text == text
    assert add_proposal(found, text, NOW).proposals[-1].title == text
    enter(placing_rule(1), session(proposals=2), text, NOW)
    enter(choice_rule, session(proposals=2), text, NOW)


def test_the_last_position_is_taken_back_and_a_sealed_session_takes_none() -> None:
    found = entered(position_rule("autonomy"), session(), "one", "two")
    assert [each.text for each in take_back(found, "dissent").dissent] == ["one"]
    sealed = found.with_session(sealed=AT)
    for rule in (position_rule("autonomy"), add_proposal, placing_rule(1), choice_rule):
        assert "sealed" in refusal(rule, sealed, "x 1 2")
    with pytest.raises(Refused, match="sealed"):
        take_back(sealed, "dissent")
