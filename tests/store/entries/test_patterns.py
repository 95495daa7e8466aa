"""Lines of patterns, and patterns that come as values."""

import pytest

from store.entries import pattern_rule
from store.entries.patterns import NewPattern, add_pattern
from store.model import Felt
from store.refused import Refused
from tests.helpers.builders import HOSTILE_LINES, NOW, debrief, entered, in_short, refusal, refused, with_moments
from tests.store.entries.shared import COMPROMISED, MAPPED, PATTERN, ROSTER, STRENGTHENED


@pytest.mark.parametrize(
    ("line", "group", "felt", "text", "moments", "maps"),
    [
        ("the form decides # 3 8", 1, COMPROMISED, "the form decides", (3, 8), 0),
        ("2- the form decides # 3 8", 2, COMPROMISED, "the form decides", (3, 8), 0),
        ("2+ the form decides # 3 8 p2", 2, STRENGTHENED, "the form decides", (3, 8), 2),
        ("12 − far away #3 #8 #12", 12, COMPROMISED, "far away", (3, 8, 12), 0),
        ("+ ours #3,8,p1", 1, STRENGTHENED, "ours", (3, 8), 1),
        ("only on paper # p3", 1, COMPROMISED, "only on paper", (), 3),
        ("only on paper # P3 p1", 1, COMPROMISED, "only on paper", (), 4),
        ("said twice # 3 3 8 3", 1, COMPROMISED, "said twice", (3, 8), 0),
        ("we were #1 there # 3", 1, COMPROMISED, "we were #1 there", (3,), 0),
        ("we stood at gate #2 # 3", 1, COMPROMISED, "we stood at gate #2", (3,), 0),
        ("we stood at gate 2 # 3", 1, COMPROMISED, "we stood at gate 2", (3,), 0),
        ("3 of 5 left at 10 # 3", 1, COMPROMISED, "3 of 5 left at 10", (3,), 0),
        ("- 24-hour rule # 3", 1, COMPROMISED, "24-hour rule", (3,), 0),
        ("+  two blanks  # 3", 1, STRENGTHENED, " two blanks", (3,), 0),
        ("help # 3", 1, COMPROMISED, "help", (3,), 0),
        ("[/0] [b] # 3", 1, COMPROMISED, "[/0] [b]", (3,), 0),
    ],
)
def test_a_pattern_is_a_group_a_sign_a_text_and_what_it_rests_on(
    line: str, group: int, felt: Felt, text: str, moments: tuple[int, ...], maps: int
) -> None:
    pattern = entered(PATTERN, MAPPED, line).patterns[0]
    assert (pattern.group, pattern.felt, pattern.text) == (group, felt, text)
    assert (pattern.moments, pattern.paper_maps) == (moments, maps)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("the form decides", "Say what it rests on"),
        ("the form decides #", "Say what it rests on"),
        ("the form decides # 3-8", "Say what it rests on"),
        ("the form decides # 3 and 8", "Say what it rests on"),
        ("the form decides # p0", "Say what it rests on"),
        ("the form decides # 123456", "Say what it rests on"),
        ("# 3 8", "Write what the group saw"),
        ("2- # 3", "Write what the group saw"),
        ("the form decides # 13", "There is no moment 13: they go from 1 to 12."),
        ("the form decides # 0", "There is no moment 0"),
        ("0- the form decides # 3", "Groups are numbered from 1"),
    ],
)
def test_a_pattern_that_cannot_be_taken_says_what_to_type_instead(line: str, said: str) -> None:
    assert said in refusal(PATTERN, MAPPED, line)


def test_where_no_moment_is_entered_a_pattern_can_rest_on_paper() -> None:
    assert refused(PATTERN, ROSTER, "the form decides # 3").remedy == "count paper maps"
    assert entered(PATTERN, ROSTER, "the form decides # p3").patterns[0].paper_maps == 3


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
def test_a_hostile_pattern_is_kept_exactly_as_typed(text: str) -> None:
    assert entered(PATTERN, MAPPED, f"2- {text} # 3").patterns[0].text == text.rstrip()


def test_a_number_that_is_no_group_belongs_to_the_text_of_a_pattern() -> None:
    found = with_moments(debrief("Ana", "Bo"), "one").with_session(groups=(("Ana",), ("Bo",)))
    found = entered(pattern_rule(1, Felt.COMPROMISED), found, "10-minute silence helped # 1", "2- the form decides # 1")
    assert [(p.group, p.text) for p in found.patterns] == [(1, "10-minute silence helped"), (2, "the form decides")]
    rule = pattern_rule(1, Felt.COMPROMISED)
    assert refusal(rule, found, "9- the form decides # 1") == "There is no group 9: they go from 1 to 2."


@pytest.mark.parametrize("text", ["-5 degrees all night", "10+ people # 3 8", "# 3", "@ana left", "m+ late", " x "])
def test_the_text_of_a_pattern_that_comes_as_a_value_is_kept_to_the_letter(text: str) -> None:
    pattern = add_pattern(MAPPED, NewPattern(2, COMPROMISED, text, (4,), 1), NOW).patterns[-1]
    assert (pattern.group, pattern.felt, pattern.text) == (2, COMPROMISED, text)
    assert (pattern.moments, pattern.paper_maps) == ((4,), 1)


def test_a_pattern_that_comes_as_a_value_rests_on_something() -> None:
    with pytest.raises(Refused, match="Say what it rests on") as raised:
        add_pattern(MAPPED, NewPattern(1, COMPROMISED, "the form decides"), NOW)
    assert raised.value.remedy == "name the evidence"
    with pytest.raises(Refused, match="There is no moment 13"):
        add_pattern(MAPPED, NewPattern(1, COMPROMISED, "the form decides # 3", (13,)), NOW)
