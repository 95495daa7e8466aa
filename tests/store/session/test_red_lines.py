"""Red lines are marked by the room; a pact that changes meanwhile takes no mark away."""

from datetime import UTC, datetime

import pytest

from store.debrief import Debrief
from store.matrix.in_words import recorded
from store.model import Choice, RedLine
from store.refused import Refused
from store.report import debrief_report
from store.session import red_lines
from store.session.decisions import answer
from store.session.flow import start_or_pause
from store.session.red_lines import JudgedRedLine
from tests.helpers.builders import HOSTILE_LINES, NOW, debrief, entered, expected_rule, with_ballots, with_pact

LINES = ("Own banner.", "Own paper.", "No picture.")


def agreed(*lines: str) -> Debrief:
    """A debrief whose pact has these red lines."""
    return with_pact(debrief(), red_lines=lines or LINES)


def test_marks_stand_in_the_order_of_the_pact_and_can_be_changed_and_taken_off() -> None:
    found = red_lines.mark(red_lines.mark(agreed(), "No picture.", "crossed"), "Own banner.", "held")
    assert found.session.red_lines == (
        RedLine(text="Own banner.", state="held"),
        RedLine(text="No picture.", state="crossed"),
    )
    changed = red_lines.mark(found, "No picture.", "strained")
    assert [line.state for line in red_lines.read_out(changed)] == ["held", None, "strained"]
    assert red_lines.in_words(changed) == "Of 3 red lines 1 held, 1 strained, none crossed; 1 not marked."
    off = red_lines.mark(red_lines.mark(changed, "No picture.", None), "Own banner.", None)
    assert off == agreed()
    assert red_lines.in_words(off) == "3 red lines, none marked yet."


def test_counts_have_their_denominator() -> None:
    found = agreed("One.")
    assert red_lines.in_words(found) == "The red line is not marked yet."
    assert red_lines.in_words(red_lines.mark(found, "One.", "held")) == (
        "Of the one red line 1 held, none strained, none crossed."
    )
    assert red_lines.in_words(with_pact(debrief(), red_lines=())) == "The pact has no red lines."


def test_a_line_that_left_the_pact_keeps_its_mark() -> None:
    found = red_lines.mark(agreed(), "Own paper.", "crossed")
    without = with_pact(found, red_lines=("Own banner.", "New."))
    assert red_lines.read_out(without) == (
        JudgedRedLine("Own banner.", None),
        JudgedRedLine("New.", None),
        JudgedRedLine("Own paper.", "crossed", gone=True),
    )
    marked = red_lines.mark(without, "New.", "held")
    assert [line.text for line in marked.session.red_lines] == ["New.", "Own paper."]
    assert red_lines.mark(marked, "Own paper.", None).session.red_lines == (RedLine(text="New.", state="held"),)
    assert "red lines: crossed, no longer in the pact: Own paper." in debrief_report.as_text(marked, NOW)
    assert "red lines: held: New." in debrief_report.as_text(marked, NOW)
    assert "Of 3 red lines 1 held, none strained, 1 crossed; 1 not marked." in debrief_report.as_text(marked, NOW)


def test_no_mark_is_made_in_a_sealed_session_or_on_a_line_that_is_not_there() -> None:
    with pytest.raises(Refused, match="sealed"):
        red_lines.mark(agreed().with_session(sealed="2026-11-07T20:00:00"), LINES[0], "held")
    with pytest.raises(Refused, match="no longer in the pact"):
        red_lines.mark(agreed(), "Never said.", "held")


@pytest.mark.parametrize("text", HOSTILE_LINES)
def test_any_text_can_be_marked(text: str) -> None:
    found = red_lines.mark(agreed(text, text, "x"), text, "strained")
    assert found.session.red_lines == (RedLine(text=text, state="strained"),)
    assert len(red_lines.read_out(found)) == 2, "the same line twice is one"


def test_answers_before_and_after_stand_together() -> None:
    found = debrief()
    found = answer(found, "language", " No. ")
    found = answer(found, "ally", "Yes")
    assert list(found.session.independence) == ["ally", "language"]
    assert found.session.independence["language"] == " No. "
    assert answer(found, "ally", "  ").session.independence == {"language": " No. "}
    with pytest.raises(KeyError):
        answer(found, "luck", "x")
    with pytest.raises(Refused, match="sealed"):
        answer(found.with_session(sealed="2026-11-07T20:00:00"), "ally", "x")
    before = found.probe.but(independence={"ally": "not\x1b yet"})
    lines = debrief_report.as_text(Debrief(before, found.session), NOW)
    assert "If the ally withdraws, can we continue?\n      before: not␛ yet\n      after: Yes" in lines
    assert "without a break?\n      before: not answered\n      after:  No." in lines
    assert "funding" not in lines


def test_when_the_expected_placement_was_recorded() -> None:
    assert recorded(debrief()) == ""
    before = datetime(2026, 10, 11, 12, tzinfo=UTC).timestamp()
    planned = with_pact(debrief(), ends="2026-11-07")
    entered_before = expected_rule(planned, "Ana 6 5", before)
    assert recorded(entered_before) == "recorded 11 October, before the action"
    assert recorded(with_ballots(debrief(), {"Ana": (6, 5)}, round=0)) == "recorded before the action"
    chosen = with_ballots(debrief(), {"Ana": (6, 5)}, round=0)
    choice = Choice(proposal=1, at="2026-10-12T19:00:00")
    assert recorded(Debrief(chosen.probe.but(choice=choice), chosen.session, placements=chosen.placements)) == (
        "recorded 12 October, before the action"
    )
    late = entered(expected_rule, start_or_pause(debrief(), NOW), "Ana 6 5")
    assert recorded(late) == "reconstructed"
