"""How the same people moved, as a small chart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.matrix.figures import figures
from store.matrix.moves import as_text, bars
from store.model import Paired, Shift
from store.report.matrix_in_words import matrix_page
from tests.helpers.builders import a_property, debrief, room, with_ballots


def paired(autonomy: tuple[int, int, int], benefit: tuple[int, int, int]) -> Paired:
    """So many who placed it lower, the same and higher on each axis."""
    shifts = [Shift(median=0.0, lower=low, same=same, higher=high) for low, same, high in (autonomy, benefit)]
    return Paired(n=sum(autonomy), autonomy=shifts[0], benefit=shifts[1])


def test_a_bar_to_the_left_is_lower_one_to_the_right_higher_and_the_same_stands_between() -> None:
    assert as_text(paired((8, 2, 0), (2, 4, 4)), 45) == (
        "The same 10 people, against what they expected:",
        "                   lower same higher",
        "autonomy    8 ▐█████████  2    0",
        "benefit            2 ▐██  4   █████ 4",
    )


def test_a_full_bar_is_everybody_and_one_person_is_never_nobody() -> None:
    _, autonomy, benefit = bars(paired((60, 0, 0), (59, 0, 1)), 26)
    assert (autonomy[1].strip(), benefit[1].strip()) == ("60 ████", "59 ▐███")
    assert benefit[3].startswith("▌ 1")
    assert autonomy[3].strip() == "0"


def test_of_two_people_nothing_is_drawn() -> None:
    assert bars(paired((1, 1, 0), (2, 0, 0)), 60) == ()
    assert bars(None, 60) == ()
    assert as_text(None, 60) == ()


def test_the_page_shows_it_only_where_the_same_people_may_be_shown() -> None:
    assert any("against what they expected" in str(line) for line in matrix_page(room("noise-protest")))
    people = ("Ana", "Bo", "Cem", "Dilys")
    alone = with_ballots(debrief(*people), dict.fromkeys(people, (3, 7))).with_session(revealed=1)
    assert figures(alone).gap is None
    assert not any("against what they expected" in str(line) for line in matrix_page(alone))


counts = st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99)).filter(lambda of: sum(of) >= 3)


@a_property
@given(counts, st.integers(24, 120))
def test_it_fits_in_its_columns_and_says_every_number(autonomy: tuple[int, int, int], width: int) -> None:
    found = bars(paired(autonomy, autonomy), width)
    assert len({sum(map(len, row)) for row in found}) == 1
    for row in found:
        assert cell_len("".join(row)) <= width
    for row in found[1:]:
        assert [int("".join(sign for sign in part if sign.isdigit())) for part in row[1:]] == [*autonomy]


@pytest.mark.parametrize("width", [26, 32, 60])
def test_the_heading_of_the_columns_says_which_is_which(width: int) -> None:
    head, *_ = bars(paired((3, 0, 0), (0, 0, 3)), width)
    assert [part.strip() for part in head] == ["", "lower", "same", "higher"]
