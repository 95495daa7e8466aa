"""Lines of the choice, and choices that come as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import line_of_choice
from store.entries.choices import read_choice
from store.session.dissent import NewChoice, choose
from tests.helpers.builders import NOW, a_property, one_line
from tests.helpers.dissenting import session


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("A", ("A", "")),
        ("b it tests both", ("b", "it tests both")),
        ("  B:  two blanks ", ("B", " two blanks ")),
        ("AA, far off", ("AA", "far off")),
        ("none it is too early", (None, "it is too early")),
        ("because we can", ("", "because we can")),
        ("1 x", ("", "1 x")),
        ("", ("", "")),
    ],
)
def test_a_choice_begins_with_a_letter(line: str, wanted: tuple[str | None, str]) -> None:
    assert read_choice(line) == NewChoice(*wanted)


@a_property
@given(st.sampled_from(["A", "B", None]), one_line)
def test_the_line_of_a_choice_is_the_same_choice(letter: str | None, reason: str) -> None:
    found = choose(session("choice", proposals=2), NewChoice(letter, reason), NOW)
    assert read_choice(line_of_choice(found)) == NewChoice(letter, reason)


@pytest.mark.parametrize("reason", ["-5 degrees all night", "none of it", "B it tests both", "# 3", " x "])
def test_the_reason_of_a_choice_that_comes_as_a_value_is_kept_to_the_letter(reason: str) -> None:
    found = choose(session("choice", proposals=2), NewChoice("B", reason), NOW)
    assert found.probe.choice is not None
    assert (found.probe.choice.proposal, found.probe.choice.reason) == (2, reason)
    assert choose(found, NewChoice(None, reason), NOW).session.closing.reason == reason
