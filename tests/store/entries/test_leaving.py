"""Who has left stays with all that they said; who was entered by mistake goes; what was entered wrongly is put right."""

from dataclasses import replace

import pytest

from store.debrief import Debrief
from store.entries import (
    ballot_rule,
    entered_again,
    has_left,
    leaver,
    moment_rule,
    roster_rule,
)
from store.matrix import figures
from store.model import Felt, Partner, Signature
from store.refused import Refused
from store.session import decisions, mixer
from store.session.flow import live
from tests.helpers.builders import NOW, debrief, entered, refusal

MOMENT = moment_rule(Felt.STRENGTHENED)


def busy() -> Debrief:
    """A room in which Ana has a moment, a ballot and a place in a group."""
    people = debrief("Ana", "Bo", "Cem", "Dilys/Fund", "Ed/Fund", "Flo/Fund")
    found = entered(MOMENT, people, "@Ana + we held", "+ nobody's")
    return decisions.mix_groups(entered(ballot_rule, found, "ana 3 7", "bo 5 5"), NOW)


def who_left(found: Debrief) -> list[str]:
    """Who is marked as left."""
    return [each.alias for each in found.participants if each.left]


def test_who_has_left_is_marked_and_keeps_everything() -> None:
    found = entered(roster_rule, busy(), "-ana left")
    assert who_left(found) == ["Ana"]
    assert replace(found, participants=busy().participants) == busy()
    assert who_left(entered(roster_rule, found, "+ana")) == []
    assert found.participants[0].row()["left"] is True
    assert "left" not in found.participants[1].row(), "a roster in which nobody has left is written as ever"


def test_who_left_without_placing_is_not_waited_for() -> None:
    found = busy()
    ours, theirs = figures.completeness(found)
    assert (ours[1:], theirs[1:]) == ((2, 3), (0, 3))
    # Cem has not placed and goes; Ana has placed and goes: her ballot is counted still
    gone = has_left(has_left(found, "Cem"), "Ana")
    assert len(gone.electorate) == 5
    assert len(gone.present) == 4
    assert {name: n for name, _, n in figures.completeness(gone)} == {theirs[0]: 3, figures.OTHERS: 2}


def test_who_has_left_is_mixed_into_no_group_and_keeps_the_place_that_they_had() -> None:
    found = has_left(busy(), "Ana")
    groups = found.session.groups
    assert any("Ana" in group for group in groups)
    late = decisions.seat_latecomers(entered(roster_rule, found, "Gil, Fund"))
    assert [set(old) <= set(new) for old, new in zip(groups, late.session.groups, strict=True)] == [True] * len(groups)
    assert not any("Ana" in group for group in decisions.mix_groups(found, NOW).session.groups)
    before = has_left(debrief("Ana", "Bo"), "Ana").with_session(groups=(("Bo",),))
    assert decisions.seat_latecomers(before).session.groups == (("Bo",),)
    assert mixer.waiting(before.session.groups, before.present) == ()


@pytest.mark.parametrize(
    ("line", "name"),
    [("-ana", "Ana"), ("− Ana", "Ana"), ("-zz", None), ("-", None), ("-ana left", None), ("ana", None)],
)
def test_whom_a_line_takes_out(line: str, name: str | None) -> None:
    assert leaver(debrief("Ana", "Bo"), line) == name


def test_two_that_a_dash_can_mean_are_both_offered() -> None:
    assert leaver(debrief("Ana", "Anabel"), "-an") is None
    assert "Ana, Anabel" in refusal(roster_rule, debrief("Ana", "Anabel"), "-an")


def test_somebody_who_is_entered_once_more_with_another_organisation_is_corrected() -> None:
    people = debrief("Ana", "Bo/Fund")
    again = entered_again(people, "ana, Fund, observer")
    assert again is not None
    assert (again.alias, again.organisation, again.role) == ("Ana", "Fund", "observer")
    assert entered_again(people, "Bo, fund") is None, "the same once more is no correction"
    assert entered_again(people, "An, Fund") is None, "a beginning is somebody else"
    assert entered_again(people, "nonsense") is None
    back = entered_again(has_left(people, "Bo"), "Bo, Fund")
    assert back is not None
    assert not back.left


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("ana = Anna", ("Anna", "Ours", "participant")),
        ("Ana = Anna, Fund", ("Anna", "Fund", "participant")),
        ("Ana = Ana, Kettle and Key, observer", ("Ana", "Kettle and Key", "observer")),
    ],
)
def test_a_name_is_put_right_with_all_that_belongs_to_it(line: str, person: tuple[str, str, str]) -> None:
    room = replace(busy(), participants=tuple(each.but(organisation="Ours") for each in busy().participants))
    found = entered(roster_rule, room, line)
    first = found.participants[0]
    assert (first.alias, first.organisation, first.role) == person
    assert first.number == 1
    assert found.moments[0].by == found.ballots(1)[0].by == person[0]
    assert any(person[0] in group for group in found.session.groups)


def test_an_organisation_is_put_right_everywhere() -> None:
    people = debrief("Ana/Kettle", "Bo/kettle", "Cem/Fund")
    pact = people.probe.pact.but(signatures=(Signature(name="Zoe", organisation="Kettle"),))
    probe = people.probe.but(partners=(Partner(name="Kettle"), Partner(name="Union")), pact=pact)
    found = replace(people, probe=probe)
    number = found.organisations.index("Kettle") + 1
    for line in ("kettle = Kettle and Key", f"{number}: Kettle and Key"):
        new = entered(roster_rule, found, line)
        assert [each.organisation for each in new.participants] == ["Kettle and Key", "Kettle and Key", "Fund"]
        assert [each.name for each in new.probe.partners] == ["Kettle and Key", "Union"]
        assert new.probe.pact.signatures[0].organisation == "Kettle and Key"
    one = entered(roster_rule, found, "Kettle = union")
    assert [each.name for each in one.probe.partners] == ["Union"], "two names of one organisation become one"
    assert [each.organisation for each in one.participants] == ["Union", "Union", "Fund"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("9: Kettle", "There is no organisation 9"),
        ("zz = Bo", "Nobody here is called"),
        ("Ana = Bo", "Bo is in the roster already"),
    ],
)
def test_a_correction_that_fits_nothing_is_refused(line: str, why: str) -> None:
    assert why in refusal(roster_rule, debrief("Ana", "Bo"), line)


def test_nothing_is_corrected_in_a_sealed_session() -> None:
    sealed = debrief("Ana", sealed="2026-11-07T20:00:00+00:00")
    with pytest.raises(Refused):
        live(sealed)
    for line in ("-ana left", "Ana = Bo", "1: Kettle"):
        assert "sealed" in refusal(roster_rule, sealed, line)
