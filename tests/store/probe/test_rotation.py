"""Whose turn it is: who has not yet, who the longest ago, and who leads too long."""

from dataclasses import replace

import pytest

from store.debrief import Debrief, EarlierProbe, GroupHistory
from store.entries import participant_rule
from store.model import NonNegotiables
from store.probe import rotation
from tests.helpers.builders import AT, debrief, entered, probe


def after(*led: str, people: tuple[str, ...] = (), field: str = "facilitators") -> Debrief:
    """A debrief after probes that were led by these people, a space-separated list for each."""
    earlier = tuple(
        EarlierProbe(f"p{n}", f"probe {n}", "", f"2026-0{n}-01", debriefed=True, **{field: tuple(names.split())})  # type: ignore[arg-type]
        for n, names in enumerate(led, 2)
    )
    return replace(debrief(*people), past=GroupHistory(probes=earlier))


def test_the_fewest_times_come_first_then_the_longest_ago() -> None:
    found = after("Maren", "Noor", "Maren", "Obi", people=("Maren", "Obi", "Noor", "Ana", "Dez"))
    assert rotation.next_up(found, "facilitator") == ("Ana", "Dez", "Noor", "Obi", "Maren")
    assert rotation.suggestions(found, "facilitator") == (
        "Has not facilitated yet: Ana, Dez.",
        "Has facilitated: Maren 2×, Obi 1×, Noor 1×.",
    )


def test_when_all_have_it_is_who_did_it_the_longest_ago() -> None:
    found = after("Maren", "Noor", "Maren", people=("Maren", "Noor"))
    assert rotation.suggestions(found, "facilitator")[0] == "To facilitate next: Noor, who did so once, longest ago."


@pytest.mark.parametrize(
    ("led", "said"),
    [
        (("Noor", "Maren", "Maren", "Maren"), "Maren has facilitated the last three: hand it on."),
        (("maren", "Maren Obi", "MAREN", "Maren Noor"), "Maren has facilitated the last four: hand it on."),
        (("Maren", "Maren", "", "Maren"), "Maren has facilitated the last three: hand it on."),
    ],
)
def test_three_in_a_row_is_said(led: tuple[str, ...], said: str) -> None:
    assert rotation.suggestions(after(*led, people=("Ana",)), "facilitator")[0] == said


@pytest.mark.parametrize(
    "led", [(), ("Maren", "Maren"), ("Maren", "Maren", "Noor"), ("Maren", "Noor", "Maren", "Maren")]
)
def test_fewer_are_no_habit(led: tuple[str, ...]) -> None:
    assert rotation.in_a_row(after(*led, people=("Maren",)), "facilitator") == ()


def test_who_has_the_role_now_counts_too_and_comes_last_next_time() -> None:
    found = entered(participant_rule, after("Maren", "Maren", people=("Ana",)), "Maren, Breathers, facilitator")
    assert rotation.suggestions(found, "facilitator")[:2] == (
        "Maren has facilitated the last three, this one included: hand it on.",
        "Has not facilitated yet: Ana.",
    )
    assert rotation.next_up(found, "facilitator")[-1] == "Maren"
    handed_on = replace(after("Maren", "Maren", "Maren"), probe=probe(facilitators=("Noor",)))
    assert rotation.in_a_row(handed_on, "facilitator") == ()


def test_spokespeople_rotate_by_themselves() -> None:
    found = after("Ruth", "Ruth", "Ruth", people=("Ruth", "Ana"), field="spokespeople")
    assert rotation.suggestions(found, "spokesperson") == (
        "Ruth has spoken for us in the last three: hand it on.",
        "Has not spoken for us yet: Ana.",
        "Has spoken for us: Ruth 3×.",
    )
    assert rotation.in_a_row(found, "facilitator") == ()


def test_before_there_is_a_roster_it_is_the_group_as_the_archive_knows_it() -> None:
    force = NonNegotiables(number=1, at=AT, principles=("x",), asked=("Ana", "Obi"), adopted=AT)
    found = replace(after("Maren"), probe=probe(observers=("Tilda",)), non_negotiables=(force,))
    assert rotation.next_up(found, "facilitator") == ("Tilda", "Ana", "Obi", "Maren")
    assert rotation.suggestions(debrief(), "facilitator") == ()


def test_what_was_planned_and_never_debriefed_is_nobodys_turn() -> None:
    found = after("Maren", people=("Maren", "Obi"))
    planned = EarlierProbe("p9", "planned", "", "2026-12-01", facilitators=("Obi",), spokespeople=("Obi",))
    found = replace(found, past=GroupHistory(probes=(*found.past.probes, planned)))
    assert rotation.suggestions(found, "facilitator") == ("Has not facilitated yet: Obi.", "Has facilitated: Maren 1×.")


def test_long_lists_are_cut_and_counted() -> None:
    people = tuple(f"P{n}" for n in range(60))
    assert rotation.suggestions(after(people=people), "facilitator") == (
        "Has not facilitated yet: P0, P1, P2, P3, P4, P5 and 54 more.",
    )


def test_the_roster_takes_a_role_from_the_probe_unless_one_is_typed() -> None:
    roles = probe(facilitators=("Maren",), observers=("Tilda", "Maren"), spokespeople=("Ruth",))
    found = replace(debrief(), probe=roles)
    lines = ("maren, Breathers", "Tilda, Breathers, guest", "Ruth; Breathers", "Maren B, Breathers", "Obi, Breathers")
    people = entered(participant_rule, found, *lines).participants
    assert [person.role for person in people] == ["facilitator", "guest", "spokesperson", "participant", "participant"]
    typed = entered(participant_rule, found, "Maren, Breathers, participant").participants
    assert typed[0].role == "participant"
