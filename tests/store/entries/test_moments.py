"""Lines of moments, and moments that come as values."""

from dataclasses import replace

import pytest

from store.entries import enter, moment_rule
from store.entries.moments import add_moment
from store.model import Felt
from store.refused import Refused
from tests.helpers.builders import AT, HOSTILE_LINES, NOW, debrief, entered, in_short, refusal, with_pattern
from tests.store.entries.shared import COMPROMISED, MOMENT, ROSTER, STRENGTHENED


@pytest.mark.parametrize(
    ("line", "felt", "text", "by"),
    [
        ("the drum was ours", STRENGTHENED, "the drum was ours", None),
        ("+ the drum was ours", STRENGTHENED, "the drum was ours", None),
        ("-they took the mic", COMPROMISED, "they took the mic", None),
        ("- they took the mic", COMPROMISED, "they took the mic", None),
        ("− they took the mic", COMPROMISED, "they took the mic", None),
        ("–they took the mic", COMPROMISED, "they took the mic", None),
        ("  -  two blanks", COMPROMISED, " two blanks", None),
        ("--- dashes", COMPROMISED, "-- dashes", None),
        ("+ - 5 people left", STRENGTHENED, "- 5 people left", None),
        ("+ @ana said no", STRENGTHENED, "said no", "Ana"),
        ("- @bo, they took the mic", COMPROMISED, "they took the mic", "Bo"),
        ("－ ＠bo they took the mic", COMPROMISED, "they took the mic", "Bo"),
        ("@bo: they took the mic", STRENGTHENED, "they took the mic", "Bo"),
        ("@bo> they took the mic", STRENGTHENED, "they took the mic", "Bo"),
        ("@ + @ana said no", STRENGTHENED, "@ana said no", None),
        ("@bo + @ana said no", STRENGTHENED, "@ana said no", "Bo"),
        ("@bo - they took the mic", COMPROMISED, "they took the mic", "Bo"),
        ("@bo they took the mic", STRENGTHENED, "they took the mic", "Bo"),
        ("@ipek + I held the list", STRENGTHENED, "I held the list", "İpek"),
        ("@BO   -  far apart", COMPROMISED, " far apart", "Bo"),
        ("@ana I went there - and then", STRENGTHENED, "I went there - and then", "Ana"),
        ("at 5 o'clock @bo left", STRENGTHENED, "at 5 o'clock @bo left", None),
    ],
)
def test_a_moment_is_a_sign_and_a_text_and_perhaps_a_name(line: str, felt: Felt, text: str, by: str | None) -> None:
    moment = entered(MOMENT, ROSTER, line).moments[0]
    assert (moment.felt, moment.text, moment.by, moment.added_later) == (felt, text, by, False)


def test_without_a_sign_a_moment_is_felt_as_the_field_says() -> None:
    assert entered(moment_rule(COMPROMISED), ROSTER, "no sign").moments[0].felt is COMPROMISED


@pytest.mark.parametrize("name", ["Ana Maria", "Ana - Maria", "Jean–Luc - von", "Ana Maria " + "x" * 90])
def test_a_whole_name_may_hold_blanks_and_signs(name: str) -> None:
    found = debrief("Ana", name)
    assert entered(MOMENT, found, f"@{name} - we walked").moments[0].by == name
    moment = entered(MOMENT, found, f"@{name} we walked").moments[0]
    assert (moment.by, moment.felt, moment.text) == (name, STRENGTHENED, "we walked")
    assert entered(MOMENT, found, "@Ana - we walked").moments[0].by == "Ana"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("+", "Write the moment."),
        (" -  ", "Write the moment"),
        ("@bo", "Write the moment"),
        ("@bo -", "Write the moment"),
        ("@zoe + x", "Nobody here is called “zoe”"),
        ("@an + x", "“an” fits Ana, Anabel"),
        ("+ @zoe x", "Nobody here is called “zoe”"),
        ("@everybody left", "Nobody here is called “everybody”"),
    ],
)
def test_a_moment_that_cannot_be_taken_says_what_to_type_instead(line: str, said: str) -> None:
    assert said in refusal(MOMENT, ROSTER, line)


def test_several_lines_at_once_become_several_moments() -> None:
    found, refused = enter(MOMENT, ROSTER, "+ one\r\n- two\n\nthree\n@bo - four", NOW)
    assert not refused
    assert [(m.number, m.felt, m.text) for m in found.moments] == [
        (1, STRENGTHENED, "one"),
        (2, COMPROMISED, "two"),
        (3, STRENGTHENED, "three"),
        (4, COMPROMISED, "four"),
    ]


def test_a_moment_after_the_close_is_marked_added_later() -> None:
    sealed = ROSTER.with_session(sealed=AT)
    assert entered(MOMENT, sealed, "+ from a paper map").moments[0].added_later
    assert not entered(MOMENT, ROSTER, "+ in time").moments[0].added_later


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=in_short)
def test_a_hostile_moment_is_kept_exactly_as_typed(text: str) -> None:
    assert entered(MOMENT, ROSTER, f"- {text}").moments[0].text == text


def test_a_late_moment_takes_no_number_on_which_a_pattern_rests_in_a_record_that_came_without_its_moments() -> None:
    found = with_pattern(ROSTER.with_session(sealed=AT))
    bare = replace(found, patterns=tuple(each.but(moments=(3, 8)) for each in found.patterns))
    (late,) = entered(MOMENT, bare, "+ from a paper map").moments
    assert late.number == 9


@pytest.mark.parametrize(
    "text", ["-5 degrees all night", "+ what happened", "@ana left", "# 3", "2+ at the gate", "  x "]
)
def test_the_text_of_a_moment_that_comes_as_a_value_is_kept_to_the_letter(text: str) -> None:
    moment = add_moment(ROSTER, STRENGTHENED, text, "Bo", NOW).moments[-1]
    assert (moment.felt, moment.text, moment.by) == (STRENGTHENED, text, "Bo")


def test_a_moment_that_comes_as_a_value_needs_a_text_and_a_whole_name() -> None:
    with pytest.raises(Refused, match="Write the moment"):
        add_moment(ROSTER, STRENGTHENED, " ", None, NOW)
    with pytest.raises(Refused, match="Nobody here is called “An”"):
        add_moment(ROSTER, STRENGTHENED, "x", "An", NOW)
