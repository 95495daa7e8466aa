"""What is called a pattern is hardly ever chance, over the whole life of an archive, and what is there is mostly found."""

import random
from collections.abc import Sequence

import pytest

from store.trends.case import Case
from store.trends.levels import ENOUGH, LINES, Tally, chance, repeats, stands_out
from store.trends.trends import DIMENSIONS, EVERYWHERE, FACTS, trends
from tests.helpers.null_archives import PLANTED, Line, an_archive, looks

SIZES = (4, 12, 24, 40)
SEED = 2026
ARCHIVES = 200


def patterns(found: dict[Line, Tally]) -> set[Line]:
    """The lines of a look that are patterns."""
    return {
        line for line, tally in found.items() if not (line[0] == EVERYWHERE and "split" in line[2]) and repeats(tally)
    }


def first_false(cases: Sequence[Case]) -> float:
    """After how many debriefs an archive shows its first pattern."""
    return next((at for at, found in enumerate(looks(cases, ENOUGH), 1) if patterns(found)), float("inf"))


def false_patterns(archives: int) -> dict[int, float]:
    """The share of archives without any pattern that have shown one by the time they are of a size."""
    first = [first_false(an_archive(SEED * 10**6 + at, max(SIZES))) for at in range(archives)]
    return {size: sum(at <= size for at in first) / archives for size in SIZES}


def found_at_24(archives: int) -> float:
    """The share of archives in which the planted fact was called a pattern at one of 24 looks."""
    drawn = (an_archive(SEED * 10**6 + at, 24, planted=True) for at in range(archives))
    return sum(any(repeats(found[PLANTED]) for found in looks(cases) if PLANTED in found) for cases in drawn) / archives


@pytest.mark.sweep
def test_pure_noise_looked_at_after_each_debrief_yields_a_false_pattern_in_5_of_100_archives_at_most() -> None:
    found = false_patterns(ARCHIVES)
    print(f"\nfalse patterns in {ARCHIVES} archives, seed {SEED}: {found}")
    assert all(share <= 0.05 for share in found.values()), found


@pytest.mark.sweep
def test_what_happens_in_nine_of_ten_against_two_of_ten_is_found_in_half_of_the_archives_of_24() -> None:
    found = found_at_24(ARCHIVES)
    print(f"\nfound in {found:.3f} of {ARCHIVES} archives, seed {SEED}")
    assert found >= 0.5


@pytest.mark.sweep
def test_both_hold_in_thousands_of_archives() -> None:
    false, found = false_patterns(4000), found_at_24(4000)
    print(f"\nfalse patterns in 4000 archives, seed {SEED}: {false}; found: {found:.4f}")
    assert all(share <= 0.05 for share in false.values()), false
    assert found >= 0.5


@pytest.mark.parametrize("planted", [False, True])
def test_the_counts_of_the_simulation_are_those_of_the_program(planted: bool) -> None:
    for seed in range(3):
        cases = an_archive(seed, 24, planted)
        for at, found in enumerate(looks(cases), 1):
            if at % 6 == 0:
                lines = {(each.dimension, each.value, each.fact): each for each in trends(cases[:at])}
                assert {line: each.tally for line, each in lines.items()} == found
                assert {line for line, each in lines.items() if each.is_pattern} == patterns(found)


def levels(cases: Sequence[Case]) -> dict[Line, tuple[str, str]]:
    """The level of each line, and since when it has had it."""
    return {(each.dimension, each.value, each.fact): (each.level, each.since) for each in trends(cases)}


def test_since_when_a_line_has_stood_is_what_earlier_looks_would_have_said() -> None:
    stood = 0
    for seed in range(4):
        cases = an_archive(seed, 30, planted=True)
        earlier = list(looks(cases))
        for line, (level, since) in levels(cases).items():
            holds = {"pattern": repeats, "watch": stands_out}.get(level)
            if holds is None:
                assert since == ""
                continue
            at = len(cases) - 1
            while at and line in earlier[at - 1] and holds(earlier[at - 1][line]):
                at -= 1
            assert since == cases[at].day, line
            stood += at < len(cases) - 1
    assert stood > 20, "some have stood for more than one debrief"


def test_the_ten_strongest_lines_below_the_patterns_are_worth_watching_whatever_their_number() -> None:
    found = trends(an_archive(1, 40))
    watched = [each for each in found if each.level == "watch"]
    assert len(watched) == 10
    assert found[: len(watched)] == tuple(watched)
    figures = [chance(each.tally) for each in watched]
    assert figures == sorted(figures)
    others = [chance(each.tally) for each in found[10:] if stands_out(each.tally)]
    assert min(others) >= figures[-1]
    assert all(each.count >= 2 for each in watched)


# R: fisher.test and binom.test; the last of each row is what the count has to beat.
@pytest.mark.parametrize(
    ("tally", "watch"),
    [
        (Tally(4, 4, 0, 7), True),
        (Tally(3, 3, 1, 5), True),
        (Tally(2, 2, 1, 6), True),
        (Tally(1, 1, 0, 9), False),
        (Tally(2, 4, 3, 7), False),
        (Tally(4, 4, 0, 0, 0), True),
        (Tally(3, 3, 0, 0, 0), False),
        (Tally(9, 40, 0, 0, 8), False),
    ],
)
def test_a_few_cases_are_never_a_pattern_and_worth_watching_if_they_stand_out(tally: Tally, watch: bool) -> None:
    assert not repeats(tally)
    assert stands_out(tally) is watch


def test_a_pattern_takes_five_cases_on_every_side() -> None:
    assert repeats(Tally(20, 20, 0, 20))
    for few in (Tally(4, 4, 0, 36), Tally(36, 36, 0, 4), Tally(4, 20, 0, 20), Tally(20, 20, 16, 20)):
        assert not repeats(few)
    assert repeats(Tally(20, 22, 0, 0, 0))
    assert not repeats(Tally(20, 60, 0, 0, 0)), "over all probes it happens in most"
    assert not repeats(Tally(4, 40, 0, 0, 0))


def test_the_level_is_shared_by_the_lines_of_eleven_groups_and_falls_with_what_there_is_to_look_at() -> None:
    assert len(FACTS) * (2 * (len(DIMENSIONS) - 1) + 1) == LINES
    assert ENOUGH == 5
    just = Tally(11, 12, 2, 12)
    assert 0.05 / LINES > chance(just) > 0.05 / LINES * (24 / 25) ** 3
    later = Tally(14, 15, 8, 25)
    assert 0.05 / LINES > chance(later) > 0.05 / LINES * (24 / 40) ** 3
    assert not repeats(later)
    assert repeats(just)


def test_what_stands_out_is_what_chance_brings_less_than_one_time_in_five() -> None:
    drawn = random.Random(SEED)
    differ = 0
    for _ in range(2000):
        of, of_elsewhere = drawn.randint(2, 30), drawn.randint(1, 30)
        tally = Tally(drawn.randint(0, of), of, drawn.randint(0, of_elsewhere), of_elsewhere)
        if tally.here > 1:
            likely = chance(tally)
            differ += stands_out(tally) is not (likely <= 0.2)
            if not 0.14 < likely < 0.26:
                assert stands_out(tally) is (likely <= 0.2), tally
    assert differ < 20
