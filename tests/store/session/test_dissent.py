"""The open dissent session's rules: positions verbatim, blind placements, the reveal, the choice and how it ends."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Debrief
from store.entries import (
    add_proposal,
    choice_rule,
    enter,
    instead,
    line_of,
    line_of_choice,
    placing_rule,
    position_rule,
    take_back,
)
from store.entries.placing import instead_of_placing, last_placing, name_and_numbers, take_back_placing
from store.model import Dissent, Mark, Placement, Session
from store.refused import Refused
from store.session import dissent, flow
from tests.helpers.builders import (
    AT,
    HOSTILE_LINES,
    LONG,
    NOW,
    a_property,
    debrief,
    entered,
    expected_rule,
    one_line,
    refusal,
    with_pact,
)
from tests.helpers.texts import ANY


def session(phase: str = "positions", proposals: int = 0, **fields: object) -> Debrief:
    """A probe in its open dissent session, with proposals by their number."""
    found = replace(debrief(), session=Session(id="", probe="p1", created=AT))
    begun = dissent.opened(found, "s1", NOW).with_session(phase=phase, **fields)
    return entered(add_proposal, begun, *(f"proposal {n}" for n in range(1, proposals + 1)))


def marks(found: Debrief) -> list[dict[str, tuple[int, int]]]:
    """Who placed each proposal where."""
    return [{mark.by: (mark.autonomy, mark.benefit) for mark in each.placements} for each in found.proposals]


# ----------------------------------------------------------------------------------------------------------- the opening


def test_a_probe_gets_one_open_dissent_session_and_keeps_its_title() -> None:
    found = session()
    assert (found.session.kind, found.session.phase, found.session.id) == ("dissent", "positions", "s1")
    assert found.probe.title == "Noise protest"
    assert dissent.opened(found, "s2", NOW) is found


def test_a_probe_without_a_title_is_called_after_the_day() -> None:
    bare = replace(debrief(), session=Session(id="", probe="", created=AT))
    found = dissent.opened(replace(bare, probe=bare.probe.but(title=" ")), "s1", NOW)
    assert found.probe.title == "Open dissent session, 7 November"


@pytest.mark.parametrize(
    ("fields", "said"),
    [({}, "has begun"), ({"sealed": AT}, "has been debriefed"), ({"kind": "dissent", "sealed": AT}, "is sealed")],
)
def test_none_is_opened_once_the_debrief_has_begun_or_it_is_over(fields: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        dissent.opened(debrief(**fields), "s2", NOW)


def test_none_is_opened_beside_one_that_is_there() -> None:
    over = session().with_session(sealed=AT).session
    planned = replace(debrief(), session=Session(id="", probe="p1", created=AT), dissent_session=over)
    with pytest.raises(Refused, match="has had its open dissent session"):
        dissent.opened(planned, "s2", NOW)


# --------------------------------------------------------------------------------------------------------- the positions


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("we stay ours", ("", "autonomy", "we stay ours")),
        ("b> a roof by Christmas", ("", "benefit", "a roof by Christmas")),
        ("A>ours", ("", "autonomy", "ours")),
        ("@Ruth  it is theirs by Sunday ", ("Ruth", "autonomy", " it is theirs by Sunday ")),
        ("@Ruth b> a van", ("Ruth", "benefit", "a van")),
        ("@Mary Ann b> a van", ("Mary Ann", "benefit", "a van")),
        ("b: not a sign", ("", "autonomy", "b: not a sign")),
        ("- a dash + a plus", ("", "autonomy", "- a dash + a plus")),
        ("I said a> b", ("", "autonomy", "I said a> b")),
        ("  two blanks", ("", "autonomy", "  two blanks")),
    ],
)
def test_a_position_is_kept_word_for_word(line: str, wanted: tuple[str, str, str]) -> None:
    (said,) = entered(position_rule("autonomy"), session(), line).dissent
    assert (said.voice, said.pull, said.text) == wanted


def test_two_that_say_the_same_stay_two_and_a_paste_is_several() -> None:
    found, refused = enter(position_rule("benefit"), session(), "a van\na van\r\n\r\n@Ruth a van", NOW)
    assert not refused
    assert [(each.number, each.text, each.voice) for each in found.dissent] == [
        (1, "a van", ""),
        (2, "a van", ""),
        (3, "a van", "Ruth"),
    ]


def test_known_voices_match_by_their_beginning_and_two_that_fit_are_offered() -> None:
    found = entered(position_rule("autonomy"), session(), "@Ruth one", "@r two", "@Rosa three", "@ruth four")
    assert [each.voice for each in found.dissent] == ["Ruth", "Ruth", "Rosa", "Ruth"]
    assert "fits Ruth, Rosa" in refusal(position_rule("autonomy"), found, "@r five")
    new = entered(position_rule("autonomy"), found, '@"Ru" six', "@Ru seven")
    assert [each.voice for each in new.dissent[4:]] == ["Ru", "Ru"]


@pytest.mark.parametrize("line", ["@Ruth", "b>", "@Ruth b> ", "@Ruth  "])
def test_a_position_that_says_nothing_is_refused(line: str) -> None:
    assert "word for word" in refusal(position_rule("autonomy"), session(), line)


@a_property
@given(st.sampled_from(["autonomy", "benefit"]), one_line, st.sampled_from(["", "Ruth", "Mary Ann"]))
def test_a_position_comes_back_as_it_would_be_typed(pull: str, text: str, voice: str) -> None:
    said = Dissent(probe="p1", number=1, voice=voice, pull=pull, text=text)  # type: ignore[arg-type]
    found = replace(session(), dissent=(said,))
    mended = instead("dissent", position_rule("autonomy"))(found, line_of(said), NOW)
    assert mended.dissent == (said,)


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


# --------------------------------------------------------------------------------------------------------- the proposals


def test_a_proposal_with_placements_is_mended_and_not_taken_back() -> None:
    found = entered(placing_rule(2), session(proposals=2), "Ana 3 7")
    with pytest.raises(Refused, match="1 have placed B: it stays"):
        take_back(found, "proposals")
    mended = instead("proposals", add_proposal)(found, "other words", NOW)
    assert [each.title for each in mended.proposals] == ["proposal 1", "other words"]
    assert marks(mended) == [{}, {"Ana": (3, 7)}]
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


# ----------------------------------------------------------------------------------------------------------- the placing


@pytest.mark.parametrize(
    ("line", "proposals", "wanted"),
    [
        ("Ana 3 7", 5, ("Ana", (3, 7))),
        ("Ana 3,7", 5, ("Ana", (3, 7))),
        ("ana37", 5, ("ana", (3, 7))),
        ("ana 37", 5, ("ana", (3, 7))),
        ("Ana: 10 10", 5, ("Ana", (10, 10))),
        ("Ana 6 5 7 4", 2, ("Ana", (6, 5, 7, 4))),
        ("Ana 6574", 2, ("Ana", (6, 5, 7, 4))),
        ("Ana6574", 2, ("Ana", (6, 5, 7, 4))),
        ("Ana 65 74 10 3", 3, ("Ana", (6, 5, 7, 4, 10, 3))),
        ("Ana 10 10 10 10", 2, ("Ana", (10, 10, 10, 10))),
        ("Mary Ann 3 7", 1, ("Mary Ann", (3, 7))),
        ("P1 3 7", 2, ("P1", (3, 7))),
    ],
)
def test_a_line_is_a_name_and_two_numbers_or_two_for_each(
    line: str, proposals: int, wanted: tuple[str, tuple[int, ...]]
) -> None:
    assert name_and_numbers(line, proposals) == wanted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ana 6 5 7", "there are 3"),
        ("Ana 6", "there is 1."),
        ("Ana", "there are none"),
        ("Ana 11 5", "from 0 to 10"),
        ("Ana 3 -1", "from 0 to 10"),
        ("Ana 11 12", "from 0 to 10"),
        ("Ana 3 " + "9" * 5000, "from 0 to 10"),
        ("Ana 6574657", "there are 7"),
        ("3 7", "Type a name"),
        ("37", "Type a name"),
        ("", "Type a name"),
    ],
)
def test_any_other_form_is_refused(line: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        name_and_numbers(line, 2)


def test_one_proposal_at_a_time_or_all_at_once() -> None:
    found = entered(placing_rule(2), session(proposals=3), "Ana 3 7", "A: Ana 1 2", "c: ana 45", "Bo 123456")
    assert marks(found) == [
        {"Ana": (1, 2), "Bo": (1, 2)},
        {"Ana": (3, 7), "Bo": (3, 4)},
        {"Ana": (4, 5), "Bo": (5, 6)},
    ]
    assert "there is A to C" in refusal(placing_rule(1), found, "F: Cem 1 2")
    assert "there are 4" in refusal(placing_rule(1), found, "A: Cem 1 2 3 4")


def test_nobody_places_twice_and_all_of_theirs_go_at_once() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Ana 3 7", "Bo 1234")
    said = refusal(placing_rule(1), found, "an 1234")
    assert 'Ana has placed A already: “-Ana” takes all of theirs back; somebody else stands in quotes, “"an"”' in said
    assert refusal(placing_rule(1), found, "ana 1 1").count("quotes") == 0
    assert marks(entered(placing_rule(1), found, '"an" 1 1'))[0]["an"] == (1, 1)
    assert marks(entered(placing_rule(1), found, "-bo")) == [{"Ana": (3, 7)}, {}]
    assert "Nobody here" in refusal(placing_rule(1), found, "-Cem")


def test_names_are_those_of_the_voices_and_two_that_fit_are_offered() -> None:
    found = entered(position_rule("autonomy"), session(proposals=1), "@Ruth x", "@Rosa y")
    assert "fits Ruth, Rosa" in refusal(placing_rule(1), found, "r 3 7")
    placed = entered(placing_rule(1), found, "ro 3 7", "Rufus 1 1")
    assert marks(placed) == [{"Rosa": (3, 7), "Rufus": (1, 1)}]


def test_the_last_line_comes_back_as_it_would_be_typed() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Dana 1234", "Bo 5 6", '"Dan" 7 8', '"Ana 2" 1 1')
    assert last_placing(found, 1) == '"Ana 2" 1 1'
    assert instead_of_placing(1)(found, '"Ana 2" 1 1', NOW) == found
    found = take_back_placing(found, 1)
    assert last_placing(found, 1) == '"Dan" 7 8'
    found = take_back_placing(take_back_placing(found, 1), 1)
    assert last_placing(found, 1) == last_placing(found, 2) == "Dana 1 2 3 4"
    mended = instead_of_placing(2)(found, "Dana 4 3 2 1", NOW)
    assert marks(mended) == [{"Dana": (4, 3)}, {"Dana": (2, 1)}]
    assert marks(take_back_placing(mended, 1)) == [{}, {}]
    with pytest.raises(Refused, match="nothing to take back"):
        take_back_placing(session(proposals=2), 1)
    assert last_placing(session(), 0) is None


def test_after_the_reveal_nothing_changes() -> None:
    found = entered(placing_rule(1), session(proposals=2), "Ana 3 7")
    shown = dissent.reveal(found, NOW)
    assert shown.events[-1].what == "placements revealed"
    for rule, line in ((placing_rule(1), "Bo 1 1"), (placing_rule(1), "-Ana"), (instead_of_placing(1), "Ana 1 1")):
        assert "stay as they are" in refusal(rule, shown, line)
    with pytest.raises(Refused, match="stay as they are"):
        take_back_placing(shown, 1)
    with pytest.raises(Refused, match="revealed already"):
        dissent.reveal(shown, NOW)


def test_there_must_be_something_to_reveal() -> None:
    with pytest.raises(Refused, match="no proposals"):
        dissent.reveal(session(), NOW)
    with pytest.raises(Refused, match="Nobody has placed"):
        dissent.reveal(session(proposals=1), NOW)
    assert "no proposals" in refusal(placing_rule(0), session(), "Ana 3 7")


# ------------------------------------------------------------------------------------------------------------ the choice


def placed() -> Debrief:
    """Two proposals, revealed: A is nearest to the centre; the clock of the choice runs."""
    found = entered(placing_rule(1), session("choice", proposals=2), "Ana 5 6 1 2", "Bo 5 5 3 2")
    return flow.start_or_pause(dissent.reveal(found, NOW), NOW)


def expected(found: Debrief) -> list[tuple[int, str, int, int, bool]]:
    return [(each.number, each.by, each.autonomy, each.benefit, each.reconstructed) for each in found.expected]


def test_the_choice_gives_the_probe_its_title_and_what_is_expected() -> None:
    found = choice_rule(placed(), "a", NOW)
    assert found.probe.title == "proposal 1"
    assert found.probe.choice is not None
    assert (found.probe.choice.proposal, found.probe.choice.reason) == (1, "")
    assert expected(found) == [(1, "Ana", 5, 6, False), (2, "Bo", 5, 5, False)]
    assert {each.probe for each in found.placements} == {"p1"}


def test_another_than_the_first_needs_a_reason_and_takes_the_place_of_an_earlier_choice() -> None:
    found = choice_rule(placed(), "A", NOW)
    assert refusal(choice_rule, found, "B").startswith("A stands first. Say why the room chooses B")
    again = choice_rule(found, "B  it is colder there", NOW)
    assert again.probe.title == "proposal 2"
    assert again.probe.choice is not None
    assert again.probe.choice.reason == " it is colder there"
    assert expected(again) == [(1, "Ana", 1, 2, False), (2, "Bo", 3, 2, False)]
    assert line_of_choice(again) == "B  it is colder there"
    back = dissent.take_back_choice(again)
    assert (back.probe.title, back.probe.choice, back.expected) == ("Noise protest", None, ())
    with pytest.raises(Refused, match="nothing to take back"):
        dissent.take_back_choice(back)


def test_what_is_chosen_after_the_action_is_reconstructed_and_a_debrief_s_placements_stay() -> None:
    actual = Placement(probe="p1", round=1, number=1, by="Ana", autonomy=1, benefit=1)
    found = with_pact(replace(placed(), placements=(actual,)), ends=date(2026, 11, 1))
    chosen = choice_rule(found, "A", NOW)
    assert [each[-1] for each in expected(chosen)] == [True, True]
    assert actual in chosen.placements


def test_what_is_expected_in_the_form_during_the_session_is_not_reconstructed() -> None:
    found = flow.start_or_pause(session(), NOW)
    assert not expected_rule(found, "Ana 3 7", NOW).expected[0].reconstructed


def test_what_was_expected_in_the_form_stays_where_nobody_placed_what_is_chosen() -> None:
    found = expected_rule(session("choice", proposals=2), "Ana 6 5", NOW)
    chosen = choice_rule(found, "B it is colder", NOW)
    assert chosen.expected == found.expected
    assert dissent.take_back_choice(chosen).expected == found.expected


def test_none_may_be_chosen_if_the_room_says_why() -> None:
    found = choice_rule(placed(), "A", NOW)
    assert "why the room chooses none" in refusal(choice_rule, found, "none")
    none = choice_rule(found, "None, the nightshift was not here", NOW)
    assert (none.probe.choice, none.probe.title, none.expected) == (None, "Noise protest", ())
    assert none.session.closing.reason == "the nightshift was not here"
    assert line_of_choice(none) == "none the nightshift was not here"
    assert dissent.seal(none, NOW).sealed
    assert choice_rule(none, "A", NOW).session.closing.reason == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("F", "there is A to B"),
        ("because", "Choose a proposal by its letter"),
        ("7 x", "Choose a proposal by its letter"),
    ],
)
def test_a_choice_that_names_no_proposal_is_refused(line: str, said: str) -> None:
    assert said in refusal(choice_rule, placed(), line)


def test_nothing_is_chosen_blind_but_what_nobody_placed_can_be() -> None:
    blind = entered(placing_rule(1), session("choice", proposals=2), "Ana 3 7")
    assert "still blind" in refusal(choice_rule, blind, "A")
    assert choice_rule(session("choice", proposals=2), "B", NOW).expected == ()
    assert "no proposals" in refusal(choice_rule, session("choice"), "A")


def test_the_session_is_sealed_with_a_choice_or_with_the_reason_for_none() -> None:
    with pytest.raises(Refused, match="Choose a proposal by its letter"):
        dissent.seal(placed(), NOW)
    sealed = dissent.seal(choice_rule(placed(), "A", NOW), NOW + 60)
    assert sealed.sealed
    assert not sealed.clock().running
    assert sealed.events[-1].what == "sealed"
    for change in (dissent.take_back_choice, lambda d: dissent.seal(d, NOW), lambda d: dissent.reveal(d, NOW)):
        with pytest.raises(Refused, match="sealed"):
            change(sealed)


def test_sixty_people_place_twelve_proposals() -> None:
    people = [f"{first}{second}" for first in "ABCDEFGHIJ" for second in ("un", "el", "or", "ix", "ad", "oz")]
    found = session(proposals=12)
    for n, name in enumerate(people):
        found = entered(placing_rule(1), found, name + " " + "".join(str((n + k) % 10) for k in range(24)))
    assert [len(each.placements) for each in found.proposals] == [60] * 12
    assert found.proposals[11].placements[-1] == Mark(by="Joz", autonomy=(59 + 22) % 10, benefit=(59 + 23) % 10)
