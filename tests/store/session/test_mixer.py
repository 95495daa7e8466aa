"""Small groups: even sizes, organisations spread, few pairs that have met before, and nobody moved for a latecomer."""

import time
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise, permutations
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.debrief import Pairs
from store.model import Participant
from store.session import mixer
from store.session.mixer import LARGEST, Mix, add_latecomers, crowded, how_many, mix, split, unmet, waiting
from store.words.names import fold
from tests.helpers.builders import a_property
from tests.helpers.mixing import by_chance, met_in, repeated, roster, sized

few_rounds = mock.patch.object(mixer, "ROUNDS", 50)
"""For what holds of every mix: it holds after any number of rounds."""

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


def cost(groups: Sequence[Sequence[str]], met: Pairs) -> int:
    """What the mixer makes small: repeated pairs first, and then how often each of them has met."""
    return mixer.MET * repeated(groups, met) + sum(met.get(pair, 0) for pair in met_in(groups))


def fewest(people: Sequence[Participant], count: int, met: Pairs) -> int:
    """The fewest repeated pairs of all even groups, by trying every order of the room."""
    least, n = len(met), len(people)
    starts = [at * n // count for at in range(count + 1)]
    for order in permutations(people):
        groups = [order[a:b] for a, b in pairwise(starts)]
        if any([p.number for p in group] != sorted(p.number for p in group) for group in groups):
            continue
        spread = [Counter(p.organisation for p in group) for group in groups]
        kinds = {p.organisation for p in people}
        if all(max(c[kind] for c in spread) - min(c[kind] for c in spread) <= 1 for kind in kinds):
            least = min(least, repeated([[p.alias for p in group] for group in groups], met))
    return least


@few_rounds
@a_property
@given(rosters, st.integers(1, 15), histories)
def test_nobody_is_lost_or_doubled(people: tuple[Participant, ...], count: int, met: Pairs) -> None:
    assert sorted(people_in(mix(people, count, met))) == sorted(person.alias for person in people)


@few_rounds
@a_property
@given(rosters, st.integers(1, 15), histories)
def test_sizes_are_within_one(people: tuple[Participant, ...], count: int, met: Pairs) -> None:
    found = sizes(mix(people, count, met))
    assert len(found) == min(count, len(people))
    assert max(found) - min(found) <= 1


@few_rounds
@a_property
@given(rosters, st.integers(1, 15), histories)
def test_every_organisation_is_spread_within_one(people: tuple[Participant, ...], count: int, met: Pairs) -> None:
    for counts in spread_of(mix(people, count, met), people).values():
        assert max(counts) - min(counts) <= 1


@few_rounds
@a_property
@given(rosters, st.integers(1, 15), histories)
def test_repeated_pairs_are_never_more_than_without_regard_to_the_past(
    people: tuple[Participant, ...], count: int, met: Pairs
) -> None:
    assert cost(mix(people, count, met).groups, met) <= cost(mix(people, count).groups, met)


@few_rounds
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


def test_the_same_room_is_mixed_the_same_way_and_another_turn_mixes_it_otherwise() -> None:
    people = roster(["Breathers"] * 9 + ["Union"] * 4)
    met = by_chance(people, 3, 3)
    for turn in (1, 2):
        assert mix(people, 3, met, turn) == mix(people, 3, met, turn)
    assert set(map(frozenset, mix(people, 3, turn=1).groups)) != set(map(frozenset, mix(people, 3, turn=2).groups))


@pytest.mark.parametrize("sizes", [(1,) * 7, (4, 3), (3, 2, 2), (5, 1, 1)])
@pytest.mark.parametrize("sessions", [1, 2, 3])
def test_of_a_small_room_no_groups_have_fewer_repeated_pairs(sizes: tuple[int, ...], sessions: int) -> None:
    people = sized(*sizes)
    met = by_chance(people, 3, sessions)
    assert repeated(mix(people, 3, met).groups, met) == fewest(people, 3, met)


def test_twelve_people_of_twelve_organisations_meet_others_in_every_session() -> None:
    people, met, found = sized(*(1,) * 12), Counter[frozenset[str]](), []
    for _ in range(6):
        groups = mix(people, 3, met).groups
        found.append(repeated(groups, met))
        met += met_in(groups)
    assert found == [0, 3, 3, 7, 13, 16]  # CP-SAT proves each to be the fewest: tests/benchmarks/test_mixer.py


def test_once_all_have_met_those_are_together_who_met_least_often() -> None:
    people = sized(1, 1, 1, 1)
    met = dict.fromkeys(met_in([["P1", "P2", "P3", "P4"]]), 3)
    met |= {frozenset({"p1", "p4"}): 2, frozenset({"p2", "p3"}): 2}
    assert mix(people, 2, met).groups in ((("P1", "P4"), ("P2", "P3")), (("P2", "P3"), ("P1", "P4")))


def test_people_of_other_organisations_change_places_where_that_stays_even() -> None:
    people = sized(2, 1, 1, 1, 1)
    first = mix(people, 2)
    met = met_in(first.groups)
    again = mix(people, 2, met)
    assert spread_of(again, people)["Org0"] == [1, 1]
    assert repeated(again.groups, met) == fewest(people, 2, met) < repeated(first.groups, met)


def test_two_who_always_sat_together_are_parted() -> None:
    people = roster(["Breathers"] * 4 + ["Fund"] * 4)
    first = mix(people, 2)
    met = met_in(first.groups)
    assert repeated(mix(people, 2, met).groups, met) < repeated(first.groups, met)


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


@few_rounds
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
    people, taken = roster(["Breathers", "Union", "Fund"] * 20), []
    met = {frozenset((f"p{a}", f"p{b}")): (a * b) % 5 for a, b in combinations(range(1, 61), 2)}
    for _ in range(3):
        began = time.process_time()
        mix(people, how_many(60), met)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.3


# ----------------------------------------------------------------------------------------------------- groups too large


def late(people: Sequence[Participant], early: int) -> Mix:
    """The groups of a room in which so many were there when they were mixed, and all others came later."""
    return add_latecomers(mix(people[:early], how_many(early)).groups, people)


def test_groups_that_latecomers_made_too_large_are_said() -> None:
    people = sized(10, 10, 10)
    mixed = late(people, 6)
    assert sizes(mixed) == [15, 15]
    assert mixed.unmet[0] == "Groups 1, 2 have more than 5 people: too many to read every map out."
    assert unmet(mixed.groups, people) == mixed.unmet
    assert crowded(mixed.groups) == (1, 2)
    assert unmet(late(people[:11], 6).groups, people)[0].startswith("Group 1 has more than 5 people")


def test_of_no_groups_nothing_is_said() -> None:
    assert unmet((), sized(4)) == ()


@few_rounds
@a_property
@given(rosters, st.integers(1, 12), histories)
def test_a_split_divides_only_groups_that_are_too_large(
    people: tuple[Participant, ...], count: int, met: Pairs
) -> None:
    before = mix(people, count, met)
    after = split(before.groups, people, met)
    assert sorted(people_in(after)) == sorted(people_in(before))
    assert max(sizes(after)) <= LARGEST
    organisation = {person.alias: person.organisation for person in people}
    rest = iter(after.groups[len(before.groups) :])
    for old, new in zip(before.groups, after.groups, strict=False):
        if len(old) <= LARGEST:
            assert new == old
            continue
        parts = [new, *(next(rest) for _ in range(-(-len(old) // LARGEST) - 1))]
        assert sorted(name for part in parts for name in part) == sorted(old)
        assert max(map(len, parts)) - min(map(len, parts)) <= 1
        for each in set(organisation.values()):
            spread = [sum(organisation[name] == each for name in part) for part in parts]
            assert max(spread) - min(spread) <= 1
    assert next(rest, None) is None


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
