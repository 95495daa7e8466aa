"""What holds for lines of every kind, hostile ones included."""

import time

import pytest
from hypothesis import given

from store.entries import Rule, ballot_rule, enter, feeling_rule, participant_rule
from tests.helpers.builders import (
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
)
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
