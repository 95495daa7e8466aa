"""Lines of the roster: who is here, for which organisation, in which role."""

from dataclasses import replace

import pytest

from store.entries import awaited, ballot_rule, enter, participant_rule, take_back
from store.entries.roster import add_participant
from store.entries.taking_out import remove_participant
from store.model import Pact, Partner, Signature
from store.refused import Refused
from tests.helpers.builders import NOW, debrief, entered, probe, refusal, with_ballots
from tests.store.entries.shared import KILN, MOMENT, ROSTER


def people(*lines: str) -> list[tuple[str, str, str]]:
    """The roster that some lines make: name, organisation, role."""
    found = debrief()
    union = Partner(name=KILN, kind="union")
    found = entered(participant_rule, replace(found, probe=found.probe.but(partners=(union,))), *lines)
    return [(person.alias, person.organisation, person.role) for person in found.participants]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Ana, Breathers", ("Ana", "Breathers", "participant")),
        ("Ana, Breathers, facilitator", ("Ana", "Breathers", "facilitator")),
        ("Ana; Breathers; facilitator", ("Ana", "Breathers", "facilitator")),
        ("Ana\tBreathers\tfacilitator", ("Ana", "Breathers", "facilitator")),
        ("  Ana ,Breathers,  FACILITATOR ", ("Ana", "Breathers", "facilitator")),
        ("Ana, Breathers, keeps the drum", ("Ana", "Breathers", "keeps the drum")),
        ("Ana, breathers", ("Ana", "Breathers", "participant")),
        ("Ana, 1", ("Ana", "Breathers", "participant")),
        ("Ana, 2, observer", ("Ana", KILN, "observer")),
        (f"Mick, {KILN}", ("Mick", KILN, "participant")),
        (f"Mick, {KILN}, facilitator", ("Mick", KILN, "facilitator")),
        (f"Mick; {KILN}; facilitator", ("Mick", KILN, "facilitator")),
        ("Mick, kiln and process workers' union,branch 40", ("Mick", KILN, "participant")),
        ("Mick, Smith, Sons and Co, facilitator", ("Mick", "Smith, Sons and Co", "facilitator")),
        ("Zoë\tBreathers\t\t\t", ("Zoë", "Breathers", "participant")),
        ("Zoë, Breathers, ,", ("Zoë", "Breathers", "participant")),
        ("[b]Ana[/b], Breathers", ("[b]Ana[/b]", "Breathers", "participant")),
    ],
)
def test_a_roster_line_is_a_name_an_organisation_and_perhaps_a_role(line: str, person: tuple[str, str, str]) -> None:
    assert people(line) == [person]


def test_an_organisation_that_came_with_somebody_is_known_to_the_next() -> None:
    assert people("Ana; Smith, Sons and Co", "Bo, smith, sons and co", "Cem, 3, observer") == [
        ("Ana", "Smith, Sons and Co", "participant"),
        ("Bo", "Smith, Sons and Co", "participant"),
        ("Cem", "Smith, Sons and Co", "observer"),
    ]


def test_an_organisation_is_kept_as_it_was_first_typed_even_without_its_blanks() -> None:
    assert [org for _, org, _ in people("Ana; Smith,Sons", "Bo, Smith, Sons", "Cem, smith , sons, guest")] == [
        "Smith,Sons"
    ] * 3


def test_a_pasted_list_is_a_person_a_line() -> None:
    pasted = "Ana, Breathers\r\nBo\tFund\tobserver\n\n  \nCem; Fund\n"
    found, refused = enter(participant_rule, debrief(), pasted, NOW)
    assert not refused
    assert [(person.number, person.alias) for person in found.participants] == [(1, "Ana"), (2, "Bo"), (3, "Cem")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (", Breathers", "no name"),
        ("; Breathers; observer", "no name"),
        ("Zoe", "Add the organisation after a comma: “Zoe, Breathers”"),
        ("Zoe,", "Add the organisation"),
        ("Zoe, , observer", "Add the organisation"),
        ("Ana, Fund", "in the roster already"),
        ("ANA, Fund", "in the roster already"),
        ("IPEK, Fund", "in the roster already"),
        ("Zoe, 9", "There is no organisation 9: they go from 1 to 2."),
        ("Zoe, 0, observer", "There is no organisation 0"),
        ("-Zoe", "Nobody here is called “Zoe”"),
        ("-an", "“an” fits Ana, Anabel"),
    ],
)
def test_a_roster_line_that_cannot_be_taken_says_what_to_type_instead(line: str, said: str) -> None:
    assert said in refusal(participant_rule, ROSTER, line)


def test_lines_that_are_refused_are_given_back_and_the_others_are_entered() -> None:
    found, refused = enter(participant_rule, debrief(), "Ana, Breathers\n, nobody\nBo\nCem, Fund", NOW)
    assert found.names == ("Ana", "Cem")
    assert [line for line, _ in refused] == [", nobody", "Bo"]


def test_somebody_can_be_taken_out_again_and_leaves_their_group() -> None:
    found = ROSTER.with_session(groups=(("Ana", "Bo"), ("Anabel", "İpek")))
    found = entered(participant_rule, found, "-ipek")
    assert found.names == ("Ana", "Anabel", "Bo")
    assert found.session.groups == (("Ana", "Bo"), ("Anabel",))


def test_nobody_who_has_said_something_is_taken_out_before_it_is_said_what_becomes_of_that() -> None:
    found = entered(ballot_rule, ROSTER, "bo 3 4")
    assert refusal(participant_rule, found, "-bo") == "Bo has 1 ballot here: say what becomes of that."
    assert "İpek has 1 moment here" in refusal(participant_rule, entered(MOMENT, found, "@ipek + we held"), "-ipek")
    with pytest.raises(Refused, match="say what becomes of that"):
        take_back(entered(ballot_rule, ROSTER, "ipek 3 4"), "participants")
    assert entered(participant_rule, with_ballots(ROSTER, {"Bo": (1, 1)}, round=0), "-bo").names[-1] == "İpek"


def test_who_is_known_from_the_probe_is_entered_by_a_plus_and_never_silently() -> None:
    pact = Pact(signatures=(Signature(name="Pia", organisation="clear"), Signature(name="Ana", organisation="Breath")))
    known = probe(
        facilitators=("Maren",),
        observers=("Tilda",),
        partners=(Partner(name="Clear Estuary Fund"),),
        pact=pact,
    )
    found = with_ballots(replace(debrief(), probe=known), {"ana": (3, 7), "Obi": (5, 5)}, round=0)
    assert awaited(found) == (
        ("Pia", "Clear Estuary Fund"),
        ("Ana", "Breathers"),
        ("Maren", "Breathers"),
        ("Tilda", "Breathers"),
        ("Obi", "Breathers"),
    )
    assert not found.participants
    some = entered(participant_rule, found, "+ma, o")
    assert [(each.alias, each.role) for each in some.participants] == [("Maren", "facilitator"), ("Obi", "participant")]
    rest = entered(participant_rule, some, " +")
    assert [each.alias for each in rest.participants] == ["Maren", "Obi", "Pia", "Ana", "Tilda"]
    assert rest.participants[2].organisation == "Clear Estuary Fund"
    assert refusal(participant_rule, rest, "+").startswith("Nobody else is known from the probe")
    assert "known from the probe" in refusal(participant_rule, found, "+zz")
    nameless = replace(found, probe=known.but(our_organisation=""))
    assert awaited(nameless) == (("Pia", "Clear Estuary Fund"), ("Ana", "Breath"))


@pytest.mark.parametrize("name", ["-Zoe", "+Zoe", "Zoe, Fund", "# 3", "2+ Zoe"])
def test_somebody_who_comes_as_a_value_is_called_as_they_say(name: str) -> None:
    found = add_participant(ROSTER, name, "Smith, Sons; and Co", "keeps, the drum")
    person = found.participants[-1]
    assert (person.alias, person.organisation, person.role) == (name, "Smith, Sons; and Co", "keeps, the drum")
    assert remove_participant(found, name) == ROSTER


def test_an_organisation_that_comes_as_a_value_is_no_number_in_a_list() -> None:
    person = add_participant(ROSTER, "Zoe", "2").participants[-1]
    assert (person.organisation, person.role) == ("2", "participant")
    with pytest.raises(Refused, match="A name and an organisation"):
        add_participant(ROSTER, "Zoe", " ")


def test_a_value_takes_out_only_whom_it_names_in_full() -> None:
    with pytest.raises(Refused, match="Nobody here is called “Anab”"):
        remove_participant(ROSTER, "Anab")
    assert remove_participant(ROSTER, "Ana").names == ("Anabel", "Bo", "İpek")
