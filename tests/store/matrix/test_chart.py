"""The matrix as plotext draws it: marks on whole numbers, one cell a character, no colours of its own."""

import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.debrief import Debrief
from store.matrix import chart
from store.matrix.chart import (
    ACROSS,
    ACTUAL,
    EXPECTED,
    MARK,
    MIDDLE,
    SPREADS,
    TOGETHER,
    UP,
    draw,
    draw_proposals,
    legend,
)
from store.matrix.figures import OTHERS, figures
from store.matrix.plot import LINES, Plot
from store.matrix.proposals import Ranked, ranking
from store.matrix.sheet import QUADRANTS, size_for
from store.model import Mark, Proposal
from store.report.dissent_report import notes
from tests.helpers.builders import HOSTILE_LINES, a_property, debrief, room, with_ballots
from tests.helpers.sweeps import swept

SMALL, LARGE = (25, 16), (125, 56)
"""The smallest chart with a frame around it, and a large one."""

SMALLEST = (25, 13)
"""The smallest chart, which has no frame."""


def one_mark(x: int, y: int) -> Debrief:
    """A round with one person at a place and three at another that is far from it."""
    far = (0, 0) if x > 5 else (10, 10)
    found = debrief("Ana", "Bo", "Cem", "Dilys")
    return with_ballots(found, {"Ana": (x, y), "Bo": far, "Cem": far, "Dilys": far}).with_session(revealed=1)


def cell(rows: tuple[str, ...], x: float, y: float) -> str:
    """What stands at a place on a chart."""
    width, height = max(map(len, rows)), len(rows)
    framed = rows[1].lstrip().startswith("┌")
    across, down = (width - 5) // 10 if framed else 2, (height - 6) // 10 if framed else 1
    row, column = (2 if framed else 1) + round((10 - y) * down), 3 + round(x * across)
    return rows[row].ljust(width)[column]


@pytest.mark.parametrize(
    ("room_for", "size"),
    [
        ((1, 1), (25, 13)),
        ((24, 12), (25, 13)),
        ((25, 15), (25, 13)),
        ((25, 16), (25, 16)),
        ((34, 25), (25, 16)),
        ((35, 26), (35, 26)),
        ((65, 26), (65, 26)),
        ((80, 44), (75, 36)),
        ((172, 48), (165, 46)),
        ((300, 200), (295, 196)),
    ],
)
def test_a_chart_is_as_large_as_fits_with_every_whole_number_on_a_column_and_a_row(
    room_for: tuple[int, int], size: tuple[int, int]
) -> None:
    assert size_for(*room_for) == size


@a_property
@given(st.integers(25, 300), st.integers(13, 200))
def test_a_chart_fits_in_the_room_that_there_is(columns: int, rows: int) -> None:
    width, height = size_for(columns, rows)
    assert width <= columns
    assert height <= rows
    assert (width - 5) % 10 == 0
    assert (height - 6) % 10 == 0 or height == 13


@pytest.mark.parametrize("size", [SMALLEST, SMALL, (65, 26), LARGE])
@pytest.mark.parametrize("place", [(0, 0), (10, 10), (0, 10), (10, 0), (3, 7), (5, 5), (9, 1)])
def test_a_mark_stands_exactly_on_its_place(place: tuple[int, int], size: tuple[int, int]) -> None:
    assert cell(draw(figures(one_mark(*place)), *size), *place) == MARK


@pytest.mark.parametrize("columns", [25, 35, 45, 65, 125])
def test_without_a_frame_the_numbers_stand_below_their_cells_up_to_ten(columns: int) -> None:
    *_, numbers = draw(figures(one_mark(3, 7)), columns, 13)
    across = (columns - 5) // 10
    for value in map(int, numbers.split()):
        assert numbers[: 4 + value * across].endswith(f" {value}")
    assert numbers.split()[-1] == "10"


@pytest.mark.sweep
@pytest.mark.parametrize("size", [SMALLEST, SMALL, (35, 16), (55, 26), LARGE])
def test_every_mark_there_is_stands_on_its_place(size: tuple[int, int]) -> None:
    for x in range(11):
        for y in range(11):
            assert cell(draw(figures(one_mark(x, y)), *size), x, y) == MARK, (x, y)


@pytest.mark.parametrize("size", [SMALLEST, SMALL, (65, 26), LARGE, (40, 33)])
def test_every_row_is_as_wide_as_the_chart_and_holds_no_escape(size: tuple[int, int]) -> None:
    rows = draw(figures(one_mark(3, 7)), *size)
    width, height = size_for(*size)
    assert len(rows) == height
    assert max(map(len, rows)) == (width if height > SMALLEST[1] else width - 1)
    for row in rows:
        assert "\x1b" not in row
        assert not [sign for sign in row if unicodedata.east_asian_width(sign) in "WF"]
        assert cell_len(row) == len(row)


@pytest.mark.sweep
@pytest.mark.parametrize("columns", [25, *swept(35, 45)])
def test_a_chart_is_the_same_whatever_strings_hash_to(columns: int) -> None:
    script = (
        f"from tests.store.matrix.test_chart import *; print(*draw(figures(one_mark(3, 7)), {columns}, 26), sep='\\n')"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in range(1, 5)
    }
    assert len(drawn) == 1
    (chart_text,) = drawn
    assert re.search(r"^ +0 .* 10$", chart_text, re.M)  # both ends of the axis are named


def crowd(*places: tuple[int, int]) -> Debrief:
    """A revealed round in which one person stands at each of these places."""
    people = {f"P{n}": place for n, place in enumerate(places)}
    return with_ballots(debrief(*people), people).with_session(revealed=1)


def test_several_at_one_place_are_counted_there_and_stand_on_a_plate_that_grows() -> None:
    found = figures(
        crowd(*[(2, 2)] * 3, *[(8, 2)] * 12, *[(5, 9)] * 9, *[(10, 0)] * 4, *[(0, 10)] * 11, (1, 6), (1, 6))
    )
    drawn = "\n".join(draw(found, *LARGE))
    assert all(plate in drawn for plate in ("▐3▌", "▐█12█▌", "▐█9█▌", "▐2▌", "█4│", "┤11█▌"))
    small = draw(found, *SMALL)
    assert [cell(small, *at) for at in ((2, 2), (8, 2), (5, 9), (10, 0))] == ["3", chart.MANY, "9", "4"]
    assert "█" not in "".join(small)


def test_expected_and_actual_stand_at_their_medians_with_the_way_between() -> None:
    found = with_ballots(one_mark(3, 7), {"Xi": (2, 2), "Yan": (2, 2), "Zoe": (2, 2)}, round=0)
    rows = draw(figures(found), *LARGE)
    assert cell(rows, 2, 2) == EXPECTED
    assert cell(rows, 10, 10) == ACTUAL
    assert cell(rows, 6, 6) in LINES


CORNERS = ((0, 0), (10, 10), (0, 10), (10, 0), (3, 7), (5, 5), (9, 1), (6, 5), (4, 7))


def moved(start: tuple[int, int], end: tuple[int, int]) -> Debrief:
    """Three people who expected it at one place and found it at another."""
    people = ("Ana", "Bo", "Cem")
    found = with_ballots(debrief(*people), dict.fromkeys(people, start), round=0)
    return with_ballots(found, dict.fromkeys(people, end)).with_session(revealed=1)


@pytest.mark.parametrize("size", [SMALLEST, SMALL, (65, 26), LARGE])
@pytest.mark.parametrize("start", [*CORNERS[3:5], *swept(*([each] for each in CORNERS if each not in CORNERS[3:5]))])
def test_one_unbroken_arrow_leads_from_expected_to_actual_and_its_head_touches_that(
    start: tuple[int, int], size: tuple[int, int]
) -> None:
    for end in CORNERS:
        if max(abs(start[0] - end[0]), abs(start[1] - end[1])) < 2:
            continue
        rows = [row[3:].ljust(size[0]) for row in draw(figures(moved(start, end)), *size)[1:]]
        signs = {(x, y): sign for y, row in enumerate(rows) for x, sign in enumerate(row)}
        (expected,), (actual,) = ([at for at, sign in signs.items() if sign == each] for each in (EXPECTED, ACTUAL))
        heads = [at for at, sign in signs.items() if sign in chart.HEADS.values()]
        assert len(heads) == 1, (start, end)
        assert max(abs(heads[0][0] - actual[0]), abs(heads[0][1] - actual[1])) == 1
        arrow = {at for at, sign in signs.items() if sign in LINES} | {*heads, expected}
        reached, edge = {expected}, [expected]
        while edge:
            x, y = edge.pop()
            new = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & arrow - reached
            reached |= new
            edge += new
        assert reached == arrow, (start, end)


@pytest.mark.parametrize(("across", "up"), chart.HEADS)
def test_the_head_points_where_the_way_leads(across: int, up: int) -> None:
    drawn = "".join(draw(figures(moved((5, 5), (5 + 4 * across, 5 + 4 * up))), *LARGE))
    assert {*drawn} & {*chart.HEADS.values()} == {chart.HEADS[across, up]}


def test_where_expected_and_actual_are_one_place_one_sign_says_so() -> None:
    rows = draw(figures(moved((4, 4), (4, 4))), *LARGE)
    assert cell(rows, 4, 4) == chart.BOTH
    assert not {EXPECTED, ACTUAL, *LINES, *chart.HEADS.values()} & {*"".join(rows)}


def test_the_way_of_the_same_people_is_a_finer_one_where_it_is_another() -> None:
    people = [f"P{n}" for n in range(4)], [f"Q{n}/Union" for n in range(4)]
    before, after = (
        dict.fromkeys(people[0], (8, 8)),
        dict.fromkeys(people[0], (2, 2)) | {f"Q{n}": (9, 5) for n in range(4)},
    )
    found = with_ballots(with_ballots(debrief(*people[0], *people[1]), before, round=0), after).with_session(revealed=1)
    rows = draw(figures(found), *LARGE)
    assert cell(rows, 8, 8) == EXPECTED
    assert cell(rows, 5.5, 3.5) == ACTUAL
    text = "".join(rows)
    assert sum(text.count(head) for head in chart.HEADS.values()) == 2
    assert {sign for sign in text if "⠀" < sign < "⣿"}, "theirs, of braille"
    assert {*text} & {*"▞▚▀▄▌▐"}, "that of the room, of half blocks"


def test_the_middle_half_ends_in_caps_at_the_quartiles() -> None:
    rows = draw(figures(crowd((2, 2), (4, 3), (5, 5), (6, 7), (8, 8))), *LARGE)
    assert cell(rows, 5, 5) == ACTUAL
    assert [cell(rows, *at) for at in ((4, 5), (6, 5), (5, 7), (5, 3))] == [*chart.ENDS]
    assert [cell(rows, *at) for at in ((4.5, 5), (5.5, 5), (5, 4), (5, 6))] == [ACROSS, ACROSS, UP, UP]


def test_where_a_mark_stands_at_a_quartile_the_cap_stands_before_it() -> None:
    rows = draw(figures(crowd((4, 5), (4, 5), (5, 5), (6, 5), (6, 5))), *LARGE)
    (row,) = (row for row in rows if ACTUAL in row)
    assert "▐2▌┣━" in row
    assert "━┫▐2▌" in row


def test_the_quadrants_are_named_in_their_corners_as_long_as_there_is_room() -> None:
    found = figures(one_mark(3, 7))
    for size, names in ((LARGE, QUADRANTS[0]), ((45, 26), QUADRANTS[1])):
        inside = [row[3:-1] for row in draw(found, *size)]
        for at, (upper, lower) in enumerate(zip(*names, strict=True)):
            (above,), (below,) = ([y for y, row in enumerate(inside) if name in row] for name in (upper, lower))
            assert above < len(inside) // 3 < 2 * len(inside) // 3 < below
            assert [inside[above].index(upper) > size[0] // 2, inside[below].index(lower) > size[0] // 2] == [at, at]
    assert not any(name in "".join(draw(found, *SMALL)) for names in QUADRANTS for pair in names for name in pair)


@a_property
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3, max_size=60), st.sampled_from([26, 46]))
def test_nothing_is_written_over_a_mark(places: list[tuple[int, int]], rows_for: int) -> None:
    found = figures(crowd(*places))
    rows = draw(found, 65, rows_for)
    for place in {*places}:
        n, sign = places.count(place), cell(rows, *place)
        assert sign in {ACTUAL, chart.MARK if n == 1 else str(n)[0], str(n)[-1]}, place


def test_a_blind_round_shows_what_was_expected_and_no_ballot() -> None:
    expected = {"Ana": (6, 2), "Bo": (8, 2), "Cem": (6, 2), "Dilys": (8, 2)}
    blind = with_ballots(one_mark(3, 7).with_session(revealed=0), expected, round=0)
    rows = draw(figures(blind), *LARGE)
    drawn = "".join(rows)
    assert ACTUAL not in drawn
    assert cell(rows, 3, 7) == " "
    assert cell(rows, 7, 2) == EXPECTED
    assert cell(rows, 6, 2) == cell(rows, 8, 2) == "2"


def test_without_any_placement_the_empty_chart_is_drawn() -> None:
    first, *rows = draw(figures(debrief()), *SMALL)
    assert "benefit delivered" in first
    assert [row[:3] for row in rows[1:12]] == [f"{n:2}┤" for n in range(10, -1, -1)]
    assert rows[13].split() == ["0", "2", "4", "6", "8", "10"]
    assert "autonomy preserved" in rows[-1]
    assert not {EXPECTED, ACTUAL, MARK} & set("".join(rows))


def test_only_organisations_that_may_be_shown_have_a_letter() -> None:
    people = ("Tam/Fund", "Leila/Fund", "Zoe/Fond", "Rosa/Union", "Ged/Union", "Mick/Union")
    found = debrief("Ana", "Bo", "Cem", *people)
    places = {"Ana": (1, 1), "Bo": (1, 1), "Cem": (1, 1), "Tam": (9, 2), "Leila": (9, 2), "Zoe": (9, 4)}
    places |= {"Rosa": (8, 9), "Ged": (8, 9), "Mick": (8, 9)}
    shown = figures(with_ballots(found, places).with_session(revealed=1))
    letters = [(letter, name) for letter, name, _ in legend(shown)]
    assert letters == [("A", "Breathers"), ("B", "Union"), ("C", OTHERS)]
    rows = draw(shown, *LARGE, organisations=True)
    for letter, place in (("A", (1, 1)), ("B", (8, 9)), ("C", (9, 2))):
        assert cell(rows, *place) == chart.ORGANISATION
        assert cell(rows, place[0] + 1 / 12, place[1]) == letter
    assert MARK not in "".join(rows)


@pytest.mark.parametrize("size", [SMALLEST, SMALL, (45, 16), (65, 26), LARGE])
@pytest.mark.parametrize("apart", [0, 1])
def test_every_organisation_has_its_letter_beside_its_mark_and_never_under_the_room(
    size: tuple[int, int], apart: int
) -> None:
    people = {f"P{n}/O{n // 3:02}": (5 + apart * (n // 3 % 3 - 1), 5) for n in range(36)}
    placed = {name.partition("/")[0]: place for name, place in people.items()}
    found = figures(with_ballots(debrief(*people), placed).with_session(revealed=1))
    letters = [letter for letter, _, _ in legend(found)]
    assert len(letters) == 12
    rows = draw(found, *size, organisations=True)
    assert cell(rows, 5, 5) == ACTUAL
    inside = "".join(row[3:] for row in rows[1 : 12 if size == SMALLEST else -3])
    assert sorted(sign for sign in inside if sign.isupper()) == letters


def test_the_others_have_a_letter_like_everybody() -> None:
    found = debrief("Ana", "Bo", "Tam/Fund", "Leila/Fund")
    places = dict.fromkeys(found.names, (2, 2)) | {"Ana": (9, 9)}
    shown = figures(with_ballots(found, places).with_session(revealed=1))
    assert [name for _, name, _ in legend(shown)] == [OTHERS]


@pytest.mark.parametrize("organisations", [False, True])
def test_a_hostile_organisation_does_not_reach_the_chart(organisations: bool) -> None:
    for text in HOSTILE_LINES:
        people = debrief("Ana", "Bo", "Cem")
        named = replace(people, participants=tuple(p.but(organisation=text) for p in people.participants))
        shown = figures(with_ballots(named, dict.fromkeys(people.names, (3, 7))).with_session(revealed=1))
        rows = draw(shown, *LARGE, organisations=organisations)
        assert max(map(len, rows)) == LARGE[0]
        assert text not in "".join(rows) or len(text) < 2


def test_plotext_draws_the_axes_once_for_each_size_and_lines_in_no_more_cells_than_they_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = figures(moved((2, 3), (5, 8)))
    draw(found, *LARGE)
    drawn: list[tuple[int, int]] = []
    real = Plot.__init__

    def begun(plot: Plot, width: int, height: int, *others: Any, **named: Any) -> None:
        drawn.append((width, height))
        real(plot, width, height, *others, **named)

    monkeypatch.setattr(Plot, "__init__", begun)
    draw(found, *LARGE)
    assert drawn == [(3 * 12 + 1, 5 * 5 + 1)]


def test_one_chart_leaves_nothing_behind_for_the_next() -> None:
    alone = draw(figures(one_mark(3, 7)), *LARGE)
    draw(figures(one_mark(8, 1)), *SMALL, organisations=True)
    assert draw(figures(one_mark(3, 7)), *LARGE) == alone


def test_the_noise_protest_is_drawn_with_all_its_marks() -> None:
    found = figures(room("noise-protest"))
    rows = draw(found, *LARGE)
    assert cell(rows, 7, 6) == EXPECTED
    assert cell(rows, 5, 2) == ACTUAL
    assert cell(rows, 0, 2) == "2"
    assert cell(rows, 9, 9) == "3"
    assert cell(rows, 8, 10) == MARK
    assert [(letter, name) for letter, name, _ in legend(found)] == [
        ("A", "Tannery Lane Breathers"),
        ("B", "Kiln and Process Workers' Union, Branch 40"),
        ("C", "Clear Estuary Fund"),
    ]


def ranked(*of: list[tuple[int, int]]) -> tuple[Ranked, ...]:
    """The ranking of proposals that were placed so, each place by three people."""
    return ranking(
        [
            Proposal(
                probe="p1",
                number=number,
                title="t",
                placements=tuple(Mark(by=str(n), autonomy=x, benefit=y) for n, (x, y) in enumerate([*places] * 3)),
            )
            for number, places in enumerate(of, 1)
        ]
    )


@pytest.mark.parametrize("size", [SMALL, (65, 26), LARGE])
def test_every_proposal_stands_as_its_letter_at_its_medians_with_its_middle_half(size: tuple[int, int]) -> None:
    drawn = draw_proposals(ranked([(2, 8)], [(6, 1), (7, 3), (9, 4)], []), *size)
    assert cell(drawn.rows, 2, 8) == "A"
    assert cell(drawn.rows, 7, 3) == "B"
    assert cell(drawn.rows, 8, 3) == ACROSS
    assert cell(drawn.rows, 7, 2) == UP
    assert cell(drawn.rows, 5, 5) == MIDDLE
    assert drawn.marks == {"A": "A", "B": "B"}
    assert max(map(len, drawn.rows)) == size_for(*size)[0]


@pytest.mark.parametrize("size", [SMALL, (45, 26), (65, 26), LARGE])
def test_the_lines_of_a_proposal_go_through_its_letter_also_at_half_points(size: tuple[int, int]) -> None:
    drawn = draw_proposals(ranked([(2, 2), (3, 5), (6, 6), (9, 9)], []), *size)
    (row,) = (row for row in drawn.rows if "A" in row)
    column = row.index("A")
    assert {row[column - 1], row[column + 1]} <= {ACROSS, *chart.ENDS}
    at = drawn.rows.index(row)
    assert [drawn.rows[at + step][column] in (UP, *chart.ENDS) for step in (-1, 1)] == [True, True]


def test_proposals_at_one_place_share_a_sign_that_the_notes_explain() -> None:
    drawn = draw_proposals(ranked([(2, 8)], [(2, 8)], [(9, 1)], [(9, 1)], [(9, 1)], [(0, 0)]), *LARGE)
    assert drawn.marks == {"A": "#", "B": "#", "C": "*", "D": "*", "E": "*", "F": "F"} or drawn.marks == {
        "A": "*",
        "B": "*",
        "C": "#",
        "D": "#",
        "E": "#",
        "F": "F",
    }
    assert cell(drawn.rows, 2, 8) == drawn.marks["A"]
    assert cell(drawn.rows, 9, 1) == drawn.marks["C"]
    said = list(notes(drawn))
    assert f"{drawn.marks['A']} is A and B" in said
    assert f"{drawn.marks['C']} is C, D and E" in said


def test_medians_that_fall_on_one_cell_of_a_small_chart_share_a_sign_too() -> None:
    close = ranked([(6, 6)], [(6, 6), (6, 7)])
    assert len(set(draw_proposals(close, *SMALL).marks.values())) == 2  # 6.5 is drawn a row above
    closer = ranked([(6, 7)], [(6, 6), (6, 7)])
    assert set(draw_proposals(closer, *SMALL).marks.values()) == {TOGETHER[0]}
    assert set(draw_proposals(closer, *LARGE).marks.values()) == {"A", "B"}


def test_after_z_a_letter_of_two_has_one_cell_and_only_the_nearest_have_their_spread() -> None:
    many = ranked(*[[(n % 11, n // 11)] for n in range(55)])
    drawn = draw_proposals(many, *LARGE)
    assert drawn.marks["AA"] == "a"
    assert drawn.marks["AZ"] == "z"
    assert drawn.marks["BA"] == TOGETHER[-1]
    assert drawn.without_spread == 55 - SPREADS
    assert "the middle half of the 5 nearest to the centre" in " ".join(notes(drawn))


@a_property
@given(st.lists(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=6), max_size=30))
def test_a_chart_of_any_proposals_is_whole_and_every_mark_is_on_it(of: list[list[tuple[int, int]]]) -> None:
    found = ranked(*of)
    drawn = draw_proposals(found, 45, 26)
    assert {len(row) for row in drawn.rows[1:-2]} == {45} or all(len(row) <= 45 for row in drawn.rows)
    assert drawn.marks.keys() == {each.letter for each in found if each.placed.n}
    inside = "".join(drawn.rows[1:-2])
    assert all(sign in inside for sign in drawn.marks.values())
