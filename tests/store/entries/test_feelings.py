"""Lines of feelings, and feelings that come as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import feeling_rule, take_back_feeling_line
from store.entries.feelings import Feeling, add_feelings, take_back_feelings
from store.refused import Refused
from tests.helpers.builders import NOW, a_property, entered, refusal
from tests.store.entries.shared import ROSTER


def feelings(*lines: str) -> dict[str, int]:
    """The words that some lines make, with their numbers."""
    return dict(entered(feeling_rule, ROSTER, *lines).session.feelings)


@pytest.mark.parametrize(
    ("line", "word", "count"),
    [
        ("tired", "tired", 1),
        ("tired 7", "tired", 7),
        ("  let down   12 ", "let down", 12),
        ("in 2 minds", "in 2 minds", 1),
        ("in 2 minds 3", "in 2 minds", 3),
        ("7", "7", 1),
        ("room 1984", "room 1984", 1),
        ("[b]proud[/b]", "[b]proud[/b]", 1),
    ],
)
def test_a_feeling_is_a_word_or_a_few_and_perhaps_how_many_said_it(line: str, word: str, count: int) -> None:
    assert feelings(line) == {word: count}


def test_a_word_that_is_said_again_is_counted_with_the_first() -> None:
    assert feelings("Tired", "tired 3", "TIRED", "proud") == {"Tired": 5, "proud": 1}


def test_a_word_that_nobody_said_is_refused() -> None:
    assert "Nobody said it" in refusal(feeling_rule, ROSTER, "tired 0")
    assert "Type a word" in refusal(feeling_rule, ROSTER, "  ")


@pytest.mark.parametrize(
    "line",
    ["tired 2,5", "tired 2.5", "tired ２，５", "tired 2, 5", "tired 2.5, proud", "calm, tired 2,5", "-tired 1,5"],
)
def test_people_are_counted_in_whole_numbers(line: str) -> None:
    assert "whole numbers" in refusal(feeling_rule, entered(feeling_rule, ROSTER, "tired 3"), line)


def test_a_comma_before_another_word_is_no_decimal_one() -> None:
    assert feelings("tired 2, proud 5") == {"tired": 2, "proud": 5}


def test_words_are_counted_and_never_attributed() -> None:
    assert feelings("@bo tired") == {"@bo tired": 1}


@a_property
@given(st.lists(st.tuples(st.sampled_from(["tired", "let down", "7", "room 1984"]), st.integers(1, 9)), max_size=8))
def test_taking_words_back_undoes_entering_them(said: list[tuple[str, int]]) -> None:
    lines = [f"{word} {count}" for word, count in said]
    found = entered(feeling_rule, ROSTER, *lines)
    for line in reversed(lines):
        found = take_back_feeling_line(found, line)
    assert found.session.feelings == {}
    with pytest.raises(Refused, match="nothing to take back"):
        take_back_feeling_line(found, "tired")


def test_several_words_on_a_line_are_counted_each() -> None:
    assert feelings("angry, sad 2; let down") == {"angry": 1, "sad": 2, "let down": 1}
    found = entered(feeling_rule, ROSTER, "angry", "Angry 2, sad")
    assert take_back_feeling_line(found, "Angry 2, sad").session.feelings == {"angry": 1}
    assert "Nobody said it" in refusal(feeling_rule, ROSTER, "angry, sad 0")
    kept = ROSTER.with_session(feelings={"tired, but glad": 2})
    assert take_back_feeling_line(kept, "tired, but glad").session.feelings == {"tired, but glad": 1}


def test_a_feeling_that_comes_as_a_value_is_kept_to_the_letter() -> None:
    said = [Feeling("tired, but glad 7"), Feeling("-5", 2)]
    found = add_feelings(ROSTER, said, NOW)
    assert found.session.feelings == {"tired, but glad 7": 1, "-5": 2}
    assert take_back_feelings(found, said) == ROSTER
    for wrong in ([], [Feeling(" ")], [Feeling("tired", 0)]):
        with pytest.raises(Refused):
            add_feelings(ROSTER, wrong, NOW)


def test_a_dash_takes_out_as_many_as_it_says() -> None:
    found = entered(feeling_rule, ROSTER, "tired 3, proud")
    assert entered(feeling_rule, found, "-tired").session.feelings == {"tired": 2, "proud": 1}
    assert entered(feeling_rule, found, "− Tired 2, proud").session.feelings == {"tired": 1}
    assert "Nobody has said “glad”" in refusal(feeling_rule, found, "-glad")
