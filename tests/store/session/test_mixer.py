"""Small groups: even sizes, organisations spread, few pairs that have met before, and nobody moved for a latecomer."""

import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Pairs
from store.model import Participant
from store.session import mixer
from store.session.mixer import Mix, add_latecomers, how_many, mix, waiting
from store.words.names import fold
from tests.helpers.builders import a_property


def roster(organisations: Sequence[str]) -> tuple[Participant, ...]:
    """A person of each organisation that is listed."""
    return tuple(
        Participant(session="s1", number=number, alias=f"P{number}", organisation=organisation)
        for number, organisation in enumerate(organisations, 1)
    )


rosters = st.lists(st.sampled_from(["Breathers", "Union", "Fund", "Party"]), min_size=1, max_size=60).map(roster)


def history(factor: int, often: int) -> Pairs:
    """How often any two of sixty people have met: without a pattern that a deal could follow, and the same each time."""
    pairs = combinations(range(1, 61), 2)
    met = {frozenset({fold(f"P{a}"), fold(f"P{b}")}): (a * b * factor + a + b) % often for a, b in pairs}
    return {pair: times for pair, times in met.items() if times}


histories = st.builds(history, st.integers(0, 40), st.integers(1, 5))


def sizes(mixed: Mix) -> list[int]:
    """How large the groups are."""
    return [len(group) for group in mixed.groups]


def people_in(mixed: Mix) -> list[str]:
    """Everybody who is in a group."""
    return [name for group in mixed.groups for name in group]


def spread_of(mixed: Mix, people: Sequence[Participant]) -> dict[str, list[int]]:
    """For each organisation, how many of its people are in each group."""
    organisation = {person.alias: person.organisation for person in people}
    counted = [Counter(organisation[name] for name in group) for group in mixed.groups]
    return {each: [count[each] for count in counted] for each in set(organisation.values())}


def repeats(groups: Sequence[Sequence[str]], met: Pairs) -> int:
    """How often the pairs of some groups have been in a group before."""
    pairs = (frozenset(map(fold, pair)) for group in groups for pair in combinations(group, 2))
    return sum(met.get(pair, 0) for pair in pairs)


@a_property
@given(rosters, st.integers(1, 15), histories)
def test_nobody_is_lost_or_doubled(people: tuple[Participant, ...], count: int, met: Pairs) -> None:
    assert sorted(people_in(mix(people, count, met))) == sorted(person.alias for person in people)


@a_property
@given(rosters, st.integers(1, 15), histories)
def test_sizes_are_within_one(people: tuple[Participant, ...], count: int, met: Pairs) -> None:
    found = sizes(mix(people, count, met))
    assert len(found) == min(count, len(people))
    assert max(found) - min(found) <= 1


@a_property
@given(rosters, st.integers(1, 15), histories)
def test_every_organisation_is_spread_within_one(people: tuple[Participant, ...], count: int, met: Pairs) -> None:
    for counts in spread_of(mix(people, count, met), people).values():
        assert max(counts) - min(counts) <= 1


@a_property
@given(rosters, st.integers(1, 15), histories)
def test_repeated_pairs_are_never_more_than_without_regard_to_the_past(
    people: tuple[Participant, ...], count: int, met: Pairs
) -> None:
    assert repeats(mix(people, count, met).groups, met) <= repeats(mix(people, count).groups, met)


@a_property
@given(rosters, st.integers(1, 15), histories)
def test_pairs_that_have_met_and_groups_of_one_organisation_are_said(
    people: tuple[Participant, ...], count: int, met: Pairs
) -> None:
    mixed = mix(people, count, met)
    said = " ".join(mixed.unmet)
    again = sum(frozenset(map(fold, pair)) in met for group in mixed.groups for pair in combinations(group, 2))
    assert ("worked together before" in said) == bool(again)
    assert (f"{again} pair" in said) == bool(again)
    organisation = {person.alias: person.organisation for person in people}
    alone = any(len({organisation[name] for name in group}) == 1 for group in mixed.groups)
    several = len(set(organisation.values())) > 1
    assert ("all from one organisation" in said) == (alone and several)
    assert "unevenly" not in said


def test_the_same_room_is_mixed_the_same_way() -> None:
    people = roster(["Breathers"] * 9 + ["Union"] * 4)
    assert mix(people, 3) == mix(people, 3)


def test_two_who_always_sat_together_are_parted() -> None:
    people = roster(["Breathers"] * 4 + ["Fund"] * 4)
    first = mix(people, 2)
    met = Counter(frozenset(map(fold, pair)) for group in first.groups for pair in combinations(group, 2))
    assert repeats(mix(people, 2, met).groups, met) < repeats(first.groups, met)


def test_what_could_not_be_met_is_said_in_words() -> None:
    people = roster(["Breathers"] * 5 + ["Fund"])
    met = {frozenset({"p1", "p2"}): 1}
    assert mix(people, 3).unmet == (
        "Groups 1, 2 are all from one organisation: the others have too few people to go round.",
    )
    assert mix(people, 2).unmet == (
        "Group 1 is all from one organisation: the others have too few people to go round.",
    )
    assert mix(roster(["Breathers", "Breathers"]), 1, met).unmet == ("1 pair has worked together before.",)
    assert mix(roster(["Breathers"] * 6), 2).unmet == ()


def test_of_nobody_there_are_no_groups() -> None:
    assert mix((), 3) == Mix(())


@pytest.mark.parametrize("people", range(1, 61))
def test_groups_are_of_four_or_five_and_none_is_smaller_than_three(people: int) -> None:
    count = how_many(people)
    assert count >= 1
    least, most = people // count, -(-people // count)
    if people >= 3:
        assert least >= 3
    assert most <= 6
    if people >= 12:
        assert {least, most} <= {4, 5}


# ------------------------------------------------------------------------------------------------------- the latecomers


@a_property
@given(rosters, st.integers(1, 8), st.integers(0, 12), histories)
def test_a_latecomer_moves_nobody(people: tuple[Participant, ...], count: int, late: int, met: Pairs) -> None:
    there, everybody = people[: len(people) - late] or people[:1], people
    before = mix(there, count, met)
    after = add_latecomers(before.groups, everybody, met)
    assert len(after.groups) == len(before.groups)
    for old, new in zip(before.groups, after.groups, strict=True):
        assert new[: len(old)] == old
    assert sorted(people_in(after)) == sorted(person.alias for person in everybody)
    assert max(sizes(after)) - min(sizes(after)) <= 1


def test_a_latecomer_joins_a_smallest_group_where_their_organisation_is_rarest() -> None:
    people = roster(["Breathers", "Breathers", "Fund", "Breathers", "Fund", "Union", "Union", "Fund"])
    groups = (("P1", "P3"), ("P2", "P4"), ("P5", "P6", "P7"))
    assert add_latecomers(groups, people).groups == (("P1", "P3"), ("P2", "P4", "P8"), ("P5", "P6", "P7"))


def test_of_two_groups_alike_a_latecomer_joins_the_one_with_whom_they_have_not_worked() -> None:
    people = roster(["Breathers"] * 5)
    met = {frozenset({"p5", "p1"}): 2}
    assert add_latecomers((("P1", "P2"), ("P3", "P4")), people, met).groups == (("P1", "P2"), ("P3", "P4", "P5"))


def test_who_left_is_left_out_and_what_that_made_uneven_is_said() -> None:
    people = roster(["Breathers"] * 4 + ["Fund"] * 2)
    left = add_latecomers((("P1", "P2", "P3", "P4"), ("Gone", "P5"), ("P6",)), people)
    assert left.groups == (("P1", "P2", "P3", "P4"), ("P5",), ("P6",))
    assert left.unmet == (
        "The groups have 1 to 4 people, so that nobody had to change groups.",
        "Groups 1, 2, 3 are all from one organisation: the others have too few people to go round.",
        "Breathers is spread unevenly (4 people), so that nobody had to change groups.",
    )


def test_who_waits_is_in_the_roster_and_in_no_group() -> None:
    people = roster(["Breathers"] * 4)
    assert waiting((("P1",), ("P3",)), people) == ("P2", "P4")
    assert waiting((), people) == ("P1", "P2", "P3", "P4")


def test_sixty_people_who_all_know_each_other_are_mixed_quickly() -> None:
    people = roster(["Breathers", "Union", "Fund"] * 20)
    met = {frozenset((f"p{a}", f"p{b}")): (a * b) % 5 for a, b in combinations(range(1, 61), 2)}
    began = time.perf_counter()
    mix(people, how_many(60), met)
    assert time.perf_counter() - began < 2


@pytest.mark.sweep
def test_every_room_of_two_organisations_is_dealt_evenly() -> None:
    for ours in range(1, 25):
        for theirs in range(25):
            people = roster(["Breathers"] * ours + ["Fund"] * theirs)
            for count in range(1, 16):
                mixed = mixer.mix(people, count)
                assert max(sizes(mixed)) - min(sizes(mixed)) <= 1
                for counts in spread_of(mixed, people).values():
                    assert max(counts) - min(counts) <= 1
