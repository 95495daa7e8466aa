"""Iteration over scale: a step of two rungs is warned of, with what came before."""

from dataclasses import replace

import pytest

from store.debrief import Debrief, EarlierProbe, GroupHistory
from store.model import SCOPES
from store.probe import scope
from store.refused import Refused
from tests.helpers.builders import HOSTILE_LINES, debrief, in_short, probe


def after(*scopes: str, scope: str = "building", debriefed: bool = True) -> Debrief:
    """A probe of a scope, after others of theirs."""
    earlier = tuple(
        EarlierProbe(f"p{at}", f"Probe {at}", each, f"2026-0{at}-01", debriefed=debriefed)
        for at, each in enumerate(scopes, 1)
    )
    return replace(debrief(), probe=probe(scope=scope), past=GroupHistory(probes=earlier))


@pytest.mark.parametrize(
    ("typed", "rung"),
    [("b", "building"), ("SITE", "site"), (" neigh ", "neighbourhood"), ("City", "city"), ("reg", "region"), ("", "")],
)
def test_a_rung_is_typed_by_its_beginning(typed: str, rung: str) -> None:
    assert scope.read(typed) == rung


@pytest.mark.parametrize("typed", ["street", "x", *(text for text in HOSTILE_LINES if text.strip())], ids=in_short)
def test_anything_else_is_told_the_rungs(typed: str) -> None:
    with pytest.raises(Refused, match="building, site, neighbourhood, city or region"):
        scope.read(typed)


@pytest.mark.parametrize("before", range(len(SCOPES)))
@pytest.mark.parametrize("at", range(len(SCOPES)))
def test_two_rungs_above_the_largest_that_was_debriefed_are_warned_of(before: int, at: int) -> None:
    said = scope.warning(after(SCOPES[before], "building", scope=SCOPES[at]))
    assert bool(said) == (at - before >= 2)
    if said:
        assert said.startswith(
            f"{SCOPES[at].capitalize()} is {at - before} rungs above the largest probe debriefed so far"
        )
        assert "Probe " in said


def test_before_any_debrief_the_comparison_is_with_the_lowest_rung() -> None:
    assert scope.warning(after(scope="site")) == ""
    assert "no probe has been debriefed yet" in scope.warning(after(scope="neighbourhood"))
    assert "4 rungs" in scope.warning(after("city", scope="region", debriefed=False)), (
        "what was not debriefed counts for nothing"
    )


def test_what_is_not_on_the_ladder_is_neither_warned_of_nor_compared_with() -> None:
    assert scope.warning(after(scope="the whole valley")) == ""
    assert scope.largest(after("the whole valley").past) is None
    assert scope.warning(after(scope="")) == ""


def test_the_newest_of_several_largest_is_named_and_what_is_typed_goes_first() -> None:
    found = after("site", "building", "site", scope="building")
    largest = scope.largest(found.past)
    assert largest is not None
    assert largest.title == "Probe 3"
    assert "City is 2 rungs" in scope.warning(found, "city")
