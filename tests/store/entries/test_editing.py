"""Editing and taking back the last entry: it comes back as it would be typed, and is read as the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.entries import (
    KINDS,
    Rule,
    add_proposal,
    addressed,
    ballot_rule,
    enter,
    last,
    line_of,
    numbered_rule,
    observation_rule,
    participant_rule,
    position_rule,
    replacing_rule,
    take_back,
)
from store.entries.editing import Addressed
from store.model import Amendment, Mark, Observation
from store.refused import Refused
from store.words.names import fold
from tests.helpers.builders import (
    AT,
    NOW,
    a_property,
    debrief,
    entered,
    expected_rule,
    one_line,
    refusal,
    with_moments,
    with_pattern,
)
from tests.store.entries.shared import KILN, MAPPED, MOMENT, PATTERN, ROSTER

names = one_line.map(str.strip).filter(
    lambda name: bool(fold(name)) and not name.startswith("-") and name.strip(" \t,:;") == name
)


def again(rule: Rule, kind: str, line: str, base: Debrief = ROSTER) -> None:
    """Enter a line, put its entry back as it would be typed, and find the same entry."""
    found = entered(rule, base, line)
    entry = last(found, kind)
    assert entry is not None
    assert last(entered(replacing_rule(kind, rule), found, line_of(entry)), kind) == entry


@pytest.mark.parametrize(
    "line",
    [
        "Zoe, Breathers",
        "Zoe, Breathers, facilitator",
        f"Zoe; {KILN}; facilitator",
        "Zoe; Party; of work; guest",
        "Z;oe\tFund\tguest",
        "Zoe\tFu;nd,x\tkeeps; the drum",
        "Zoe\tFund\tnorth\tguest",
        'Zoe\t"Fund\tNorth"',
    ],
)
def test_the_line_of_somebody_is_the_same_person(line: str) -> None:
    again(participant_rule, "participants", line)


@a_property
@given(names, names, names)
def test_the_line_of_somebody_with_any_name_is_the_same_person(alias: str, organisation: str, role: str) -> None:
    assume(not any("\t" in part or part.startswith('"') for part in (alias, organisation, role)))  # it is quoted then
    assume(not organisation.isdecimal())
    assume(any(map(str.isalpha, alias)) and not alias.startswith("+"))  # signs alone are a bullet, + is a command
    again(participant_rule, "participants", f"{alias}\t{organisation}\t{role}", debrief())


@a_property
@given(st.sampled_from("+-"), one_line, st.sampled_from(["", "@bo ", "@İpek ", "@Ana "]))
def test_the_line_of_a_moment_is_the_same_moment(sign: str, text: str, by: str) -> None:
    again(MOMENT, "moments", f"{by}{sign} {text}")


@a_property
@given(names, st.integers(0, 10), st.integers(0, 10))
def test_the_line_of_a_ballot_is_the_same_ballot(name: str, x: int, y: int) -> None:
    assume("/" not in name)  # it parts name and organisation in `debrief`
    again(ballot_rule, "ballots", f"{name} {x} {y}", debrief(name))


@a_property
@given(
    st.integers(1, 99),
    st.sampled_from("+-"),
    one_line,
    st.lists(st.integers(1, 12), max_size=4),
    st.integers(0, 20),
)
def test_the_line_of_a_pattern_is_the_same_pattern(
    group: int, sign: str, text: str, moments: list[int], maps: int
) -> None:
    assume(moments or maps)
    evidence = " ".join([*map(str, moments), *([f"p{maps}"] if maps else [])])
    again(PATTERN, "patterns", f"{group}{sign} {text} # {evidence}", MAPPED)


@a_property
@given(st.text("ab #12p,+-", min_size=1, max_size=12).filter(lambda text: bool(text.strip())), st.integers(1, 9))
def test_a_pattern_whose_text_looks_like_evidence_is_still_the_same_pattern(text: str, moment: int) -> None:
    again(PATTERN, "patterns", f"3- {text} # {moment}", MAPPED)


def test_the_last_entry_is_edited_under_its_number() -> None:
    found = entered(MOMENT, ROSTER, "+ one", "- two")
    edited = entered(replacing_rule("moments", MOMENT), found, "+ two, rather")
    assert [(m.number, m.text) for m in edited.moments] == [(1, "one"), (2, "two, rather")]
    assert entered(replacing_rule("moments", MOMENT), ROSTER, "+ first").moments[0].number == 1


def test_what_rests_on_an_entry_goes_on_resting_on_it_when_it_is_edited() -> None:
    found = entered(PATTERN, MAPPED, "the form decides # 12")
    edited = entered(replacing_rule("moments", MOMENT), found, "+ clearer")
    assert edited.patterns == found.patterns
    assert edited.moments[-1].number == 12


def test_a_refused_edit_leaves_the_entry_as_it_was() -> None:
    found = entered(ballot_rule, ROSTER, "bo 3 7")
    edited, refused = enter(replacing_rule("ballots", ballot_rule), found, "bo 3 77", NOW)
    assert refused
    assert edited == found


def test_a_person_who_is_renamed_keeps_ballot_group_and_moments() -> None:
    found = entered(ballot_rule, ROSTER.with_session(groups=(("Ana", "İpek"), ("Bo", "Anabel"))), "ipek 3 7")
    found = entered(expected_rule, entered(MOMENT, found, "@ipek + I held the list"), "ipek 6 6")
    edited = entered(replacing_rule("participants", participant_rule), found, "İpek Su, Fund, observer")
    assert edited.names[-1] == "İpek Su"
    assert edited.session.groups == (("Ana", "İpek Su"), ("Bo", "Anabel"))
    assert [(p.by, p.round, p.autonomy) for p in edited.placements] == [("İpek Su", 1, 3), ("İpek Su", 0, 6)]
    assert edited.moments[0].by == "İpek Su"


def test_taking_somebody_out_while_editing_replaces_nothing() -> None:
    assert entered(replacing_rule("participants", participant_rule), ROSTER, "-Bo").names == ("Ana", "Anabel", "İpek")
    found = entered(ballot_rule, ROSTER, "bo 3 7", "ana 1 1")
    assert [p.by for p in entered(replacing_rule("ballots", ballot_rule), found, "-bo").ballots(1)] == ["Ana"]


def test_after_the_close_only_what_was_added_later_can_be_edited_or_taken_back() -> None:
    sealed = with_moments(ROSTER, "in the room").with_session(sealed=AT)
    assert "sealed" in refusal(replacing_rule("moments", MOMENT), sealed, "+ something else")
    with pytest.raises(Refused, match="sealed"):
        take_back(sealed, "moments")
    later = entered(MOMENT, sealed, "- from a paper mpa")
    edited = entered(replacing_rule("moments", MOMENT), later, "- from a paper map")
    assert [(m.text, m.added_later) for m in edited.moments] == [("in the room", False), ("from a paper map", True)]
    assert take_back(edited, "moments") == sealed


@pytest.mark.parametrize(
    ("kind", "rule", "line"),
    [
        ("participants", participant_rule, "Zoe, Fund"),
        ("moments", MOMENT, "+ one more"),
        ("patterns", PATTERN, "one more # p1"),
        ("ballots", ballot_rule, "bo 3 7"),
    ],
)
def test_taking_back_undoes_the_last_entry(kind: str, rule: Rule, line: str) -> None:
    assert take_back(entered(rule, MAPPED, line), kind) == MAPPED


@pytest.mark.parametrize("kind", KINDS)
def test_where_there_is_nothing_there_is_nothing_to_take_back(kind: str) -> None:
    assert last(debrief(), kind) is None
    with pytest.raises(Refused, match="nothing to take back"):
        take_back(debrief(), kind)


def test_what_something_rests_on_is_not_taken_back() -> None:
    with pytest.raises(Refused, match="A pattern rests on moment 12"):
        take_back(entered(PATTERN, MAPPED, "the form decides # 12"), "moments")
    amendment = Amendment(session="s1", number=1, at=AT, guideline=1, principle="x", because=(1,), decision="vote")
    with pytest.raises(Refused, match="An amendment rests on pattern 1"):
        take_back(replace(with_pattern(MAPPED), amendments=(amendment,)), "patterns")


# --------------------------------------------------------------------------------------------------- any, by its number


POSITION, OBSERVATION = position_rule("autonomy"), observation_rule()
SEVERAL: dict[str, tuple[Rule, tuple[str, ...], str, Callable[[Debrief], tuple[Any, ...]]]] = {
    "moments": (MOMENT, ("@Bo + one", "- two", "+ three"), "2: less of two", lambda d: d.moments),
    "patterns": (PATTERN, ("2- one # 1", "1+ two # p2", "1- three # 1"), "2: more of two", lambda d: d.patterns),
    "dissent": (POSITION, ("@Zoe Su b> one", "@Zoe Su b> two", "a> three"), "2: two, rather", lambda d: d.dissent),
    "proposals": (add_proposal, ("one", "two", "three"), "b: two, rather", lambda d: d.proposals),
    "observations": (
        OBSERVATION,
        ("10:05 @Til f: one", "10:07 @Til synergy: two", "three"),
        "2: two, rather",
        lambda d: d.observations,
    ),
}


@pytest.mark.parametrize("kind", SEVERAL)
def test_any_entry_is_reworded_by_its_number_and_keeps_what_the_line_does_not_say(kind: str) -> None:
    rule, lines, line, of = SEVERAL[kind]
    found = entered(rule, MAPPED if kind == "patterns" else ROSTER, *lines)
    edited = entered(numbered_rule(kind, rule), found, line)
    words = line.partition(": ")[2]
    new = {"title" if kind == "proposals" else "text": words}
    assert of(edited) == tuple(each.but(**new) if each.number == 2 else each for each in of(found))


@pytest.mark.parametrize("kind", SEVERAL)
@pytest.mark.parametrize("sign", ["-", "−", " – "])
def test_any_entry_is_taken_out_by_its_number_and_the_others_keep_theirs(kind: str, sign: str) -> None:
    rule, lines, _, of = SEVERAL[kind]
    found = entered(rule, MAPPED if kind == "patterns" else ROSTER, *lines)
    left = entered(numbered_rule(kind, rule), found, f"{sign}{'b' if kind == 'proposals' else 2}")
    assert of(left) == tuple(each for each in of(found) if each.number != 2)
    assert addressed(found, kind, "-2") == Addressed(kind, 2, "B" if kind == "proposals" else "2", None)


@pytest.mark.parametrize("kind", SEVERAL)
def test_a_number_that_nothing_has_and_a_wording_that_is_missing_are_refused(kind: str) -> None:
    rule, lines, _, _ = SEVERAL[kind]
    found = entered(rule, MAPPED if kind == "patterns" else ROSTER, *lines)
    numbered = numbered_rule(kind, rule)
    first, last_ = ("A", "C") if kind == "proposals" else (1, 3)
    for line in ("77: nothing", "-77"):
        assert f"they go from {first} to {last_}" in refusal(numbered, found, line)
    assert "Type the new wording after" in refusal(numbered, found, "2:  ")
    assert "there is none yet" in refusal(numbered, debrief(), "1: x")


def test_moments_are_named_with_an_m_among_patterns() -> None:
    numbered = numbered_rule("patterns", PATTERN)
    base = entered(MOMENT, MAPPED, "+ a spare one")
    n = base.moments[-1].number
    assert entered(numbered, base, f"m{n}: another wording").moments[-1].text == "another wording"
    assert entered(numbered, base, f"-m{n}").moments == MAPPED.moments
    rests = entered(PATTERN, base, f"1- on it # {n}")
    assert f"A pattern rests on moment {n}" in refusal(numbered, rests, f"-m{n}")


@pytest.mark.parametrize(
    "line", ["- 12 of us stayed", "12:05 it began", "A: not a proposal here", "zz: nor this", "+ 12", "-m"]
)
def test_a_line_that_only_looks_like_one_is_an_entry(line: str) -> None:
    assert addressed(ROSTER, "moments", line) is None
    assert addressed(ROSTER, "proposals", line) is None


def test_a_note_from_a_shell_is_not_reworded_and_a_shown_proposal_neither() -> None:
    note = Observation(probe="p1", number=1, at=AT, text="theirs", note="1.json")
    found = replace(ROSTER, observations=(note,))
    for line in ("1: mine", "-1"):
        assert "came from “redraw note”" in refusal(numbered_rule("observations", OBSERVATION), found, line)
    marks = (Mark(by="Bo", autonomy=3, benefit=3),)
    shown = entered(add_proposal, ROSTER, "one").with_session(revealed=1)
    shown = replace(shown, proposals=(shown.proposals[0].but(placements=marks),))
    assert "has been shown to the room" in refusal(numbered_rule("proposals", add_proposal), shown, "A: other")
