"""What follows about people from what is handed on without names, in rooms of 5, 3, 2 and 1: the table in SECURITY.md.

“Before” is what an organisation beside each mark told: as much as the quartiles of a pool of three.
"""

from collections import Counter
from functools import cache
from statistics import quantiles

import pytest

from store.matrix.figures import OTHERS
from tests.helpers.linkage import (
    Known,
    Pool,
    a_room,
    known,
    labels,
    marks_in_json,
    medians,
    pools,
    shown_in_tables,
)
from tests.helpers.sweeps import swept

FEW, ALL = range(5), range(100)
"""Rooms for the default line, and for the sweeps: these of each spread."""

SPREADS = (1, 2, 3, 10)
"""How far from each other the people of an organisation stand: close together to anywhere."""

ROOMS = [pytest.param(spread, FEW, id=f"{spread}") for spread in SPREADS[:2]] + swept(
    *([each, ALL] for each in SPREADS)
)


@cache
def found_out(spread: int, rooms: range) -> dict[str, Counter[str]]:
    """In how many rooms who knows what: from the export as JSON alone, with all that is shown, and before."""
    table: dict[str, Counter[str]] = {}
    for seed in rooms:
        found = a_room(seed, spread)
        (_, marks), *proposals = marks_in_json(found)
        seen = {
            "json": known(marks, {"everybody": Pool(tuple(marks), labels(marks))}, labels),
            "together": known(marks, pools(found, medians), medians),
            "before": known(marks, pools(found, labels), labels),
        }
        each = [known(marks, {"everybody": Pool(tuple(marks), labels(marks))}, labels) for _, marks in proposals]
        seen["proposals"] = Known(*(any(getattr(of, name) for of in each) for name in Known.__dataclass_fields__))
        for what, who in seen.items():
            table.setdefault(what, Counter()).update(name for name in Known.__dataclass_fields__ if getattr(who, name))
    return table


@pytest.mark.parametrize(("spread", "rooms"), ROOMS)
def test_marks_leave_without_anything_beside_them_that_is_of_a_part_of_the_room(spread: int, rooms: range) -> None:
    for seed in rooms:
        found = a_room(seed, spread)
        assert [beside for beside, _ in marks_in_json(found)] == [{OTHERS, "False"}] + [{OTHERS}] * 3


@pytest.mark.parametrize(("spread", "rooms"), ROOMS)
def test_of_a_part_of_the_room_only_the_medians_are_told(spread: int, rooms: range) -> None:
    for seed in rooms:
        found = a_room(seed, spread)
        shown = shown_in_tables(found)
        columns = {"probe", "round", "organisation", "placed", "autonomy_median", "benefit_median", "reconstructed"}
        assert {name for row in shown.values() for name in row} == columns
        told = {name: (float(row["autonomy_median"]), float(row["benefit_median"])) for name, row in shown.items()}
        assert told == {name: pool.shown for name, pool in pools(found, medians).items()}


@pytest.mark.parametrize(("spread", "rooms"), ROOMS)
def test_the_export_as_json_alone_tells_nobody_more_than_where_the_room_stands(spread: int, rooms: range) -> None:
    table = found_out(spread, rooms)
    for what in ("json", "proposals"):
        assert table[what]["side"] == table[what]["room"]
        assert table[what]["others"] == 0


@pytest.mark.parametrize(("spread", "rooms"), ROOMS)
def test_with_all_that_is_shown_far_less_is_known_than_an_organisation_beside_each_mark_told(
    spread: int, rooms: range
) -> None:
    table, of = found_out(spread, rooms), len(rooms)
    assert table["together"]["side"] <= table["before"]["side"]
    if rooms is ALL:
        assert table["before"]["together"] == of
        assert table["together"]["side"] <= 0.65 * table["before"]["side"]
        assert table["together"]["others"] <= 0.75 * table["before"]["others"]
        assert table["together"]["together"] < of


def test_the_quartiles_of_three_are_their_marks() -> None:
    marks = {(1, 4, 8): None, (0, 0, 10): None, (2, 7, 7): None}
    for low, middle, high in marks:
        q1, q2, q3 = quantiles((low, middle, high), n=4, method="inclusive")
        assert (2 * q1 - q2, q2, 2 * q3 - q2) == (low, middle, high)
