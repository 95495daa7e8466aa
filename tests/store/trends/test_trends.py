"""Counts across probes: the right ones, with the right intervals, and none called a pattern that rests on too few."""

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import ArchiveError
from store.matrix.statistics import by_chance, wilson
from store.trends.overview_json import trend_as_json
from store.trends.read_cases import cases
from store.trends.trends import ENOUGH, Trend, trends

MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
KINDS = ("union", "NGO", "faith group", "student group")


class Rows:
    """Rows as an archive has them."""

    def __init__(self, **tables: list[dict[str, Any]]) -> None:
        self.tables = tables

    def each(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])

    def where(self, table: str, field: str, value: str | int) -> list[dict[str, Any]]:
        return [row for row in self.each(table) if row.get(field) == value]


def probe(number: int, kind: str = "union", **fields: Any) -> dict[str, Any]:
    partner = {"name": f"Partner {number % 7} of {kind}", "kind": kind}
    return {"id": f"p{number}", "title": f"probe {number}", "partners": [partner], "scope": "site", **fields}


def session(number: int, sovereignty: Mapping[str, int] = {}, **fields: Any) -> dict[str, Any]:
    said = {name: {"change": change, "note": ""} for name, change in sovereignty.items()}
    sealed = f"2026-{1 + number % 12:02}-{1 + number % 28:02}T20:00:00"
    return {"id": f"s{number}", "probe": f"p{number}", "sealed": sealed, "sovereignty": said, **fields}


def history(probes: int = 200, parties: int = 9, fell: int = 7) -> Rows:
    """Probes in which narrative clarity falls in some of those with parties and nowhere else; nothing else is planted."""
    chance = random.Random(5)
    found: dict[str, list[dict[str, Any]]] = {"probes": [], "sessions": []}
    for number in range(1, probes + 1):
        party = number <= parties
        clarity = (-1 if number <= fell else 0) if party else chance.choice((0, 0, 1))
        others = {name: chance.choice((-1, 0, 1)) for name in MEASURES[:3]}
        found["probes"].append(probe(number, "party" if party else chance.choice(KINDS)))
        found["sessions"].append(session(number, {**others, "narrative clarity": clarity}))
    return Rows(**found)


def one(found: tuple[Trend, ...], dimension: str, value: str, fact: str) -> Trend:
    (trend,) = (each for each in found if (each.dimension, each.value, each.fact) == (dimension, value, fact))
    return trend


def test_a_planted_fact_stands_first_with_its_count_its_interval_and_its_probes() -> None:
    found = trends(cases(history()))
    first = found[0]
    assert (first.dimension, first.value, first.fact) == ("kind", "party", "narrative clarity fell")
    assert (first.count, first.of, first.elsewhere) == (7, 9, (0, 191))
    assert (first.low, first.high) == pytest.approx((0.4526, 0.9368), abs=1e-4)
    assert set(first.probes) == {f"p{number}" for number in range(1, 8)}
    assert set(first.cases) == {f"p{number}" for number in range(1, 10)}
    assert first.is_pattern
    assert first.in_words() == (
        "narrative clarity fell in 7 of 9 probes with partners of the kind “party” (45 to 94 of 100), elsewhere 0 of 191:"
        " it repeats here, not elsewhere, since 6 June 2026"
    )


def test_nothing_that_rests_on_one_or_two_cases_is_called_a_pattern() -> None:
    found = trends(cases(history(parties=2, fell=2)))
    assert one(found, "kind", "party", "narrative clarity fell").count == 2
    assert not any(each.is_pattern for each in found if each.count < ENOUGH)
    assert not one(found, "kind", "party", "narrative clarity fell").is_pattern


def test_one_case_is_called_one_case() -> None:
    rows = Rows(probes=[probe(1)], sessions=[session(1, {"skills": 1})])
    found = trends(cases(rows))
    assert one(found, "kind", "union", "skills rose").in_words() == (
        "skills rose: yes in the one probe with partners of the kind “union” (one case)"
    )


def test_what_is_not_known_is_in_neither_number() -> None:
    rows = Rows(
        probes=[probe(1), probe(2), probe(3)],
        sessions=[
            session(1, {"skills": -1}),
            session(2, gap={"autonomy": -1.0, "benefit": 0.0, "length": 1.0}),
            session(3, {"skills": 1}, kind="debrief"),
        ],
    )
    found = trends(cases(rows))
    fell = one(found, "all probes", "", "skills fell")
    assert (fell.count, fell.of, fell.elsewhere) == (1, 2, (0, 0))
    less = one(found, "all probes", "", "less autonomy than expected")
    assert (less.count, less.of, less.probes) == (1, 1, ("p2",))


def test_a_probe_is_elsewhere_only_where_it_is_known_that_it_is() -> None:
    """Red lines are known of eight probes; of the hundred others nobody can say that theirs held."""
    lines = [[{"text": "x", "state": "crossed" if n < 4 else "held"}] if n < 8 else [] for n in range(108)]
    rows = Rows(
        probes=[probe(n) for n in range(108)],
        sessions=[session(n, {"narrative clarity": -1 if n < 3 else 0}, red_lines=of) for n, of in enumerate(lines)],
    )
    fell = one(trends(cases(rows)), "red lines", "crossed", "narrative clarity fell")
    assert (fell.count, fell.of, fell.elsewhere) == (3, 4, (0, 4))
    assert not fell.is_pattern


@pytest.mark.parametrize(("dimension", "field"), [("issue", "issue"), ("scope", "scope")])
def test_a_probe_without_an_issue_or_a_scope_is_not_elsewhere(dimension: str, field: str) -> None:
    probes = [probe(n, **{field: ("a", "b", "")[n]}) for n in range(3)]
    found = trends(cases(Rows(probes=probes, sessions=[session(n, {"skills": 1}) for n in range(3)])))
    assert one(found, dimension, "a", "skills rose").elsewhere == (1, 1)


def test_only_sealed_debriefs_are_counted() -> None:
    rows = Rows(
        probes=[probe(1), probe(2)],
        sessions=[session(1, {"skills": 1}, kind="dissent"), {**session(2, {"skills": 1}), "sealed": None}],
    )
    assert cases(rows) == ()
    assert trends(cases(rows)) == ()


def test_names_that_differ_only_in_case_are_one_value() -> None:
    rows = Rows(
        probes=[probe(1, "Party"), probe(2, "party")], sessions=[session(1, {"skills": 1}), session(2, {"skills": 1})]
    )
    assert one(trends(cases(rows)), "kind", "party", "skills rose").of == 2


def test_a_probe_counts_once_for_partners_of_the_same_kind() -> None:
    twice = probe(1, partners=[{"name": "a", "kind": "NGO"}, {"name": "b", "kind": "ngo"}])
    found = trends(cases(Rows(probes=[twice], sessions=[session(1, {"skills": 1})])))
    assert one(found, "kind", "ngo", "skills rose").of == 1


def test_the_first_round_tells_the_disagreement_and_what_was_expected_has_its_median() -> None:
    marks = [(0, x, y) for x, y in ((4, 6), (6, 8), (5, 7))] + [(1, 0, 5), (1, 0, 5), (1, 10, 5), (1, 10, 5), (2, 9, 9)]
    placements = [{"probe": "p1", "round": turn, "autonomy": x, "benefit": y} for turn, x, y in marks]
    (blind,) = cases(Rows(probes=[probe(1)], sessions=[session(1)], placements=placements))
    assert (blind.expected, blind.actual, blind.agreement) == ((5.0, 7.0), None, None)
    shown = {**session(1), "revealed": 1}
    (few,) = cases(Rows(probes=[probe(1)], sessions=[shown], placements=placements[1:5]))
    assert (few.expected, few.actual, few.agreement) == (None, None, None), "two people each"
    (case,) = cases(Rows(probes=[probe(1)], sessions=[shown], placements=placements))
    assert (case.expected, case.actual, case.agreement) == ((5.0, 7.0), (5.0, 5.0), (-1.0, 1.0))
    assert one(trends((case,)), "all probes", "", "the room was split on autonomy").count == 1


def placements(*marks: tuple[int, int, int]) -> list[dict[str, Any]]:
    """Placements of one probe: the round, autonomy and benefit of each."""
    return [{"probe": "p1", "round": turn, "autonomy": x, "benefit": y} for turn, x, y in marks]


@pytest.mark.parametrize(
    ("before", "after", "revealed", "shown"),
    [(3, 3, 1, True), (2, 3, 1, False), (3, 2, 1, False), (3, 3, 0, False), (3, 0, 0, False)],
)
def test_only_revealed_rounds_of_three_or_more_are_counted_or_drawn(
    before: int, after: int, revealed: int, shown: bool
) -> None:
    rows = Rows(
        probes=[probe(1)],
        sessions=[
            session(1, revealed=revealed, gap={"autonomy": -2.0, "benefit": 1.0, "length": 5**0.5} if after else None)
        ],
        placements=placements(*[(0, 6, 4)] * before, *[(1, 4, 5)] * after),
    )
    (case,) = cases(rows)
    assert case.actual == ((4.0, 5.0) if after > 2 and revealed else None)
    assert case.expected == ((6.0, 4.0) if before > 2 else None)
    assert case.gap == ((-2.0, 1.0) if shown else None)
    assert case.way == (((6.0, 4.0), (4.0, 5.0)) if shown else None)
    facts = {each.fact for each in trends((case,))}
    assert ("less autonomy than expected" in facts) is shown
    assert ("the room was split on autonomy" in facts) is (case.actual is not None)


def paired(autonomy: float, benefit: float) -> dict[str, Any]:
    """A gap whose medians say the opposite of what the same people did."""
    shifts = {
        name: {"median": step, "lower": 1, "same": 1, "higher": 1}
        for name, step in (("autonomy", autonomy), ("benefit", benefit))
    }
    return {"autonomy": -autonomy, "benefit": -benefit, "length": 1.0, "paired": {"n": 3, **shifts}}


def test_the_gap_of_the_same_people_is_counted_and_drawn_where_it_is_known() -> None:
    rows = Rows(
        probes=[probe(1)],
        sessions=[session(1, revealed=1, gap=paired(3.0, -1.5))],
        placements=placements(*[(0, 8, 1)] * 3, *[(1, 5, 5)] * 3),
    )
    (case,) = cases(rows)
    assert case.gap == (3.0, -1.5)
    assert one(trends((case,)), "all probes", "", "more autonomy than expected").count == 1
    assert one(trends((case,)), "all probes", "", "less benefit than expected").count == 1
    assert case.way == ((8.0, 1.0), (10.0, 0.0)), "to the edge at most"


@pytest.mark.parametrize(
    ("states", "value"),
    [(["held", "held"], "held"), (["held", "strained"], "strained"), (["crossed", "held"], "crossed")],
)
def test_a_probe_is_counted_by_the_worst_that_became_of_its_red_lines(states: list[str], value: str) -> None:
    lines = [{"text": "x", "state": state} for state in states]
    rows = Rows(probes=[probe(1)], sessions=[session(1, {"skills": 1}, red_lines=lines)])
    assert one(trends(cases(rows)), "red lines", value, "skills rose").count == 1


def test_as_json_gives_every_figure_with_its_probes() -> None:
    found = trends(cases(history()))
    said: Any = [trend_as_json(each) for each in found]
    assert len(said) == len(found)
    assert said[0] == {
        "dimension": "kind",
        "value": "party",
        "fact": "narrative clarity fell",
        "count": 7,
        "of": 9,
        "interval": [found[0].low, found[0].high],
        "elsewhere": {"count": 0, "of": 191},
        "level": "pattern",
        "pattern": True,
        "since": found[0].since,
        "part_of": None,
        "probes": list(found[0].probes),
        "cases": list(found[0].cases),
    }
    assert [each["level"] for each in said] == ["pattern"] + ["watch"] * 10 + ["count"] * (len(said) - 11)
    assert all(bool(each["since"]) is (each["level"] != "count") for each in said)


def parts(*kinds: tuple[str, str, int, int]) -> tuple[Trend, ...]:
    """The patterns of a history in which skills fell in so many of so many probes with partners of a kind and a name."""
    probes: list[dict[str, Any]] = []
    sessions: list[dict[str, Any]] = []
    for kind, name, fell, of in (*kinds, ("union", "Bus Crews", 0, 60)):
        for at in range(of):
            number = len(probes)
            probes.append(probe(number, partners=[{"name": name, "kind": kind}], scope=""))
            sessions.append(session(number, {"skills": -1 if at < fell else 0}))
    return tuple(each for each in trends(cases(Rows(probes=probes, sessions=sessions))) if each.is_pattern)


def test_a_slice_of_a_pattern_is_said_to_be_part_of_it_and_stands_below_it() -> None:
    whole, part = parts(("party", "Marl", 7, 7), ("party", "Copper", 4, 7))
    assert (whole.dimension, whole.value, whole.part_of, whole.mark) == ("kind", "party", None, "REPEATS")
    assert (part.dimension, part.value, part.part_of, part.mark) == ("partner", "Marl", ("kind", "party"), "part of it")
    assert ": part of what repeats in probes with partners of the kind “party”, since " in part.in_words()
    one, same = parts(("party", "Marl", 7, 7))
    assert (one.part_of, same.part_of) == (None, ("kind", "party"))
    said: Any = [trend_as_json(same)]
    assert said[0]["part_of"] == {"dimension": "kind", "value": "party"}


def test_a_slice_that_stands_out_from_the_rest_of_a_pattern_is_one_of_its_own() -> None:
    found = parts(("party", "Marl", 20, 20), ("party", "Copper", 3, 30))
    assert [each.value for each in found if each.part_of is None] == ["Marl", "party"]


def test_over_all_probes_a_fact_is_counted_against_its_opposite() -> None:
    def all_of(rose: int, fell: int, same: int) -> Trend:
        changes = [1] * rose + [-1] * fell + [0] * same
        probes = [probe(n) for n in range(len(changes))]
        sessions = [session(n, {"skills": change}) for n, change in enumerate(changes)]
        return one(trends(cases(Rows(probes=probes, sessions=sessions))), "all probes", "", "skills rose")

    assert all_of(4, 0, 0).level == "watch"
    assert ": worth watching since " in all_of(4, 0, 0).in_words()
    assert all_of(4, 0, 0).in_words().endswith(", may be chance")
    assert all_of(3, 0, 0).level == all_of(8, 7, 0).level == "count"
    found = all_of(16, 1, 2)
    assert (found.level, found.mark, found.against) == ("pattern", "REPEATS", 1)
    assert (
        "skills rose in 16 of all 19 probes (62 to 94 of 100), the opposite in 1: it repeats, since "
        in found.in_words()
    )


def test_that_rooms_were_split_has_no_opposite_and_is_no_pattern_over_all_probes() -> None:
    rows = Rows(
        probes=[probe(n) for n in range(20)],
        sessions=[session(n, revealed=1) for n in range(20)],
        placements=[
            {**mark, "probe": f"p{n}"}
            for n in range(20)
            for mark in placements((1, 0, 5), (1, 0, 5), (1, 10, 5), (1, 10, 5))
        ],
    )
    found = one(trends(cases(rows)), "all probes", "", "the room was split on autonomy")
    assert (found.count, found.level) == (20, "watch")
    assert "opposite" not in found.in_words()


@pytest.mark.parametrize(
    ("mark", "count", "of"), [("REPEATS", 7, 9), ("one case", 1, 1), ("two cases", 2, 2), ("", 3, 5)]
)
def test_a_mark_in_words_stands_beside_the_count(mark: str, count: int, of: int) -> None:
    found = Trend("kind", "party", "skills fell", count, of, 0.1, 0.9, (0, 9), (), (), mark == "REPEATS")
    assert found.mark == mark


# R: fisher.test(matrix(c(7, 2, 0, 12), 2), alternative = "greater")
@pytest.mark.parametrize(
    ("counted", "p"), [((7, 9, 0, 12), 36 / 116280), ((0, 5, 3, 5), 1.0), ((3, 3, 17, 57), 1140 / 34220)]
)
def test_fishers_exact_test(counted: tuple[int, int, int, int], p: float) -> None:
    assert by_chance(*counted) == pytest.approx(p)


# Newcombe, Statistics in Medicine 17, 1998, table I.
@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)
    assert wilson(of - count, of) == pytest.approx((1 - high, 1 - low), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_a_share(counted: tuple[int, int]) -> None:
    count, of = counted
    low, high = wilson(count, of)
    assert 0 <= low <= count / of <= high <= 1
    assert low < high


@pytest.mark.parametrize(("count", "of"), [(0, 0), (-1, 3), (4, 3)])
def test_an_interval_needs_cases(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        wilson(count, of)


def test_a_share_that_is_none_is_a_damaged_record_and_no_failure_of_the_figures() -> None:
    with pytest.raises(ArchiveError, match="redraw check"):
        cases(Rows(probes=[probe(1)], sessions=[session(1, impulses={"autonomy": [5, 2]})]))
