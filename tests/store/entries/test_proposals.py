"""Lines of proposals."""

import pytest

from store.entries import add_proposal, choice_rule, instead, placing_rule, take_back
from store.refused import Refused
from store.session import dissent
from tests.helpers.builders import NOW, entered, refusal
from tests.helpers.dissenting import marks, session


def test_a_proposal_with_placements_is_edited_and_not_taken_back() -> None:
    found = entered(placing_rule(2), session(proposals=2), "Ana 3 7")
    with pytest.raises(Refused, match="1 have placed B: it stays"):
        take_back(found, "proposals")
    edited = instead("proposals", add_proposal)(found, "other words", NOW)
    assert [each.title for each in edited.proposals] == ["proposal 1", "other words"]
    assert marks(edited) == [{}, {"Ana": (3, 7)}]
    assert len(take_back(session(proposals=2), "proposals").proposals) == 1


def test_what_the_room_has_seen_keeps_its_words() -> None:
    shown = dissent.reveal(entered(placing_rule(2), session(proposals=2), "Ana 3 7"), NOW)
    assert "shown to the room" in refusal(instead("proposals", add_proposal), shown, "other words")
    later = entered(add_proposal, shown, "a compromise")
    assert instead("proposals", add_proposal)(later, "a better one", NOW).proposals[-1].title == "a better one"
    chosen = choice_rule(later, "C it is new", NOW)
    assert "shown to the room" in refusal(instead("proposals", add_proposal), chosen, "x")
    with pytest.raises(Refused, match="C is chosen"):
        take_back(chosen, "proposals")


def test_a_proposal_without_words_is_refused_and_any_other_is_kept_to_the_letter() -> None:
    assert "Write what is proposed" in refusal(add_proposal, session(), " ")
    for title in ("-5 degrees all night", "@Ruth B: 3 7", "# 3", " x "):
        assert add_proposal(session(), title, NOW).proposals[-1].title == title
