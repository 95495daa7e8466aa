"""Lines of proposals and of the choice, and choices that come as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.entries import add_proposal, choice_rule, line_of_choice, placing_rule, replacing_rule, take_back
from store.entries.proposals import read_choice
from store.refused import Refused
from store.session import dissent
from store.session.dissent import choose
from tests.helpers.builders import NOW, a_property, entered, one_line, refusal
from tests.helpers.dissenting import marks, session


def test_a_proposal_with_placements_is_edited_and_not_taken_back() -> None:
    found = entered(placing_rule(2), session(proposals=2), "Ana 3 7")
    with pytest.raises(Refused, match="1 has placed B: it stays"):
        take_back(found, "proposals")
    edited = replacing_rule("proposals", add_proposal)(found, "other words", NOW)
    assert [each.title for each in edited.proposals] == ["proposal 1", "other words"]
    assert marks(edited) == [{}, {"Ana": (3, 7)}]
    assert len(take_back(session(proposals=2), "proposals").proposals) == 1


def test_what_the_room_has_seen_keeps_its_words() -> None:
    shown = dissent.reveal(entered(placing_rule(2), session(proposals=2), "Ana 3 7", "Bo 3 7", "Cem 3 7"), NOW)
    assert "shown to the room" in refusal(replacing_rule("proposals", add_proposal), shown, "other words")
    later = entered(add_proposal, shown, "a compromise")
    assert replacing_rule("proposals", add_proposal)(later, "a better one", NOW).proposals[-1].title == "a better one"
    chosen = choice_rule(later, "C it is new", NOW)
    assert "shown to the room" in refusal(replacing_rule("proposals", add_proposal), chosen, "x")
    with pytest.raises(Refused, match="C is chosen"):
        take_back(chosen, "proposals")


def test_a_proposal_without_words_is_refused_and_any_other_is_kept_to_the_letter() -> None:
    assert "Write what is proposed" in refusal(add_proposal, session(), " ")
    for title in ("-5 degrees all night", "@Ruth B: 3 7", "# 3", " x "):
        assert add_proposal(session(), title, NOW).proposals[-1].title == title


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
    assert read_choice(line) == wanted


@a_property
@given(st.sampled_from(["A", "B", None]), one_line)
def test_the_line_of_a_choice_is_the_same_choice(letter: str | None, reason: str) -> None:
    found = choose(session("choice", proposals=2), letter, reason, NOW)
    assert read_choice(line_of_choice(found)) == (letter, reason)


@pytest.mark.parametrize("reason", ["-5 degrees all night", "none of it", "B it tests both", "# 3", " x "])
def test_the_reason_of_a_choice_that_comes_as_a_value_is_kept_to_the_letter(reason: str) -> None:
    found = choose(session("choice", proposals=2), "B", reason, NOW)
    assert found.probe.choice is not None
    assert (found.probe.choice.proposal, found.probe.choice.reason) == (2, reason)
    assert choose(found, None, reason, NOW).session.closing.reason == reason
