"""The ranking of proposals: nearness to the centre, then disagreement, then the order of entry, and why in a sentence."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.matrix.proposals import letter, lettered, letters, ranking
from store.model import Mark, Proposal
from store.refused import Refused
from tests.helpers.builders import a_property, room

Places = Sequence[tuple[int, int]]

place = st.tuples(st.integers(0, 10), st.integers(0, 10))


def proposed(*of: Places) -> tuple[Proposal, ...]:
    """Proposals that were placed so, each place by three people, titled by their number."""
    return tuple(
        Proposal(
            probe="p1",
            number=number,
            title=f"proposal {number}",
            placements=tuple(Mark(by=f"P{n}", autonomy=x, benefit=y) for n, (x, y) in enumerate([*places] * 3)),
        )
        for number, places in enumerate(of, 1)
    )


def order(*of: Places) -> str:
    return "".join(each.letter for each in ranking(proposed(*of)))


@pytest.mark.parametrize(
    ("number", "wanted"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
)
def test_after_z_comes_aa(number: int, wanted: str) -> None:
    assert letter(number) == wanted


def test_a_letter_names_its_proposal_in_either_case() -> None:
    some = proposed(*[[(1, 1)]] * 28)
    assert list(letters(some))[-2:] == ["AA", "AB"]
    assert lettered(some, "ab") is some[27]
    assert lettered(some, "B") is some[1]
    for typed, there in (("AC", "there is A to AB"), ("ß", "there is no proposal"), ("1", "A to AB")):
        with pytest.raises(Refused, match=f"(?i){there}"):
            lettered(some, typed)
    with pytest.raises(Refused, match=r"there is A\."):
        lettered(some[:1], "B")
    with pytest.raises(Refused, match="no proposals yet") as raised:
        lettered((), "A")
    assert raised.value.remedy == "go back to the proposals"


def test_the_nearest_to_the_centre_comes_first() -> None:
    assert order([(9, 3)], [(2, 6)], [(6, 6)]) == "CBA"


def test_of_two_as_near_the_one_with_more_disagreement_comes_first() -> None:
    split, alike = [(4, 4), (6, 6)], [(4, 4)]
    assert order(alike, split) == "BA"
    assert order(split, alike) == "AB"
    first, second = ranking(proposed(alike, split))
    assert first.why == "B is nearest to the centre: half of you put it 1.4 from there or nearer, and so is A."
    assert second.why == "A is as near as B; the room disagrees more about B."


def test_a_room_that_stands_at_both_ends_is_not_near_the_centre() -> None:
    ends = [(0, 10), (10, 0)]
    assert order(ends, [(3, 3)]) == "BA"
    (_, last) = ranking(proposed(ends, [(3, 3)]))
    assert last.placed.centre == (5, 5)
    assert last.distance == pytest.approx(50**0.5)


@pytest.mark.parametrize("n", [1, 2])
def test_what_one_or_two_placed_is_not_ranked_and_not_shown(n: int) -> None:
    few = tuple(Mark(by=f"P{each}", autonomy=5, benefit=5) for each in range(n))
    one, *others = proposed([(1, 1)], [(2, 2)])
    found = ranking([one.but(placements=few), *others])
    assert [each.letter for each in found] == ["B", "A"]
    assert found[1].placed.centre is None
    assert found[1].why == "A: too few placed it to show where."


def test_both_axes_count_for_half_of_the_disagreement() -> None:
    # alike on one axis and split on the other against a little of both
    assert order([(4, 5), (5, 6)], [(4, 5), (6, 5)]) == "BA"
    one = ranking(proposed([(0, 4), (0, 4), (10, 4), (10, 4)]))[0]
    assert one.agreement == pytest.approx(0.0)  # −1 on autonomy, 1 on benefit


def test_of_two_alike_the_first_that_was_proposed_comes_first() -> None:
    first, second = ranking(proposed([(4, 5)], [(6, 5)]))
    assert (first.letter, second.letter) == ("A", "B")
    assert second.why == "B is as near as A, with as much disagreement; A was proposed first."


def test_what_nobody_placed_comes_last_in_the_order_of_entry() -> None:
    found = ranking(proposed([], [(10, 10)], []))
    assert [each.letter for each in found] == ["B", "A", "C"]
    assert [each.why for each in found[1:]] == ["A: nobody placed it.", "C: nobody placed it."]
    assert found[1].distance is found[1].agreement is None


@a_property
@given(st.lists(st.lists(place, max_size=7), max_size=9))
def test_the_ranking_holds_whatever_was_placed(of: list[list[tuple[int, int]]]) -> None:
    found = ranking(proposed(*of))
    assert sorted(each.proposal.number for each in found) == list(range(1, len(of) + 1))
    for one, other in pairwise(found):
        if other.distance is None:
            assert one.distance is not None or one.proposal.number < other.proposal.number
            continue
        assert one.distance is not None
        assert one.agreement is not None
        assert other.agreement is not None
        assert (one.distance, one.agreement, one.proposal.number) < (
            other.distance,
            other.agreement,
            other.proposal.number,
        )
    for each in found:
        places = of[each.proposal.number - 1]
        if places:
            assert each.distance == pytest.approx(median(((x - 5) ** 2 + (y - 5) ** 2) ** 0.5 for x, y in places))
        assert each.why.startswith(each.letter)
        assert each.why.endswith(".")


def test_the_tenants_rank_their_canvass_first() -> None:
    found = ranking(room("tenants-canvass").proposals)
    assert "".join(each.letter for each in found) == "ADEBC"
    assert found[0].why == "A is nearest to the centre: half of you put it 2.0 from there or nearer."
    assert found[0].placed.n == 11
