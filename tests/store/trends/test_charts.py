"""The charts across probes: arrows on one matrix, a bar for each probe and measure, planned against used time."""

import pytest

from store.matrix.chart import ACTUAL, ACTUAL_MORE, EXPECTED, EXPECTED_MORE, HEADS, MANY, MARK, WAY
from store.trends import bars as bar_charts
from store.trends.arrows import Arrow, arrows
from store.trends.bars import measure_bars, phase_bars
from store.trends.case import Case, letters
from store.trends.timing import timings
from tests.store.trends.test_sovereignty import case, said


def ways(*pairs: tuple[tuple[float, float], tuple[float, float]]) -> list[Arrow]:
    """Probes that were expected at one place and landed at another, the latest first."""
    signs = letters([case(n % 28 + 1, probe=f"p{n}") for n in range(len(pairs))])
    return [Arrow(sign, *pair) for sign, pair in zip(signs.values(), pairs, strict=True)]


def drawn(found: list[Arrow], chosen: int | None = None, size: tuple[int, int] = (65, 26)) -> str:
    return "\n".join(arrows(found, chosen, *size))


def test_every_probe_is_an_arrow_and_the_chosen_one_lies_on_top() -> None:
    found = ways(((5, 5), (8, 5)), ((2, 8), (2, 3)))
    text = drawn(found)
    assert all(letter in text for letter in ("a", "A", "b", "B", WAY))
    assert "▶A" in text
    assert "▼" in text
    assert ACTUAL not in text
    chosen = drawn(found, 1)
    assert EXPECTED in chosen
    assert ACTUAL in chosen
    assert "B" not in chosen
    assert "A" in chosen


@pytest.mark.parametrize("way", HEADS)
def test_an_arrow_head_says_whither_a_probe_went_however_many_there_are(way: tuple[int, int]) -> None:
    end = (5 + 3 * way[0], 5 + 3 * way[1])
    there = ((5, 5), end)
    for found in (ways(there), ways(there, *[((1.0, float(y)), (1.0, float(y))) for y in range(9)])):
        assert HEADS[way] in drawn(found)


def test_older_probes_are_arrow_heads_where_they_landed() -> None:
    still = ((0.0, 0.0), (0.0, 0.0))
    found = ways(*[still] * 26, ((5, 5), (8, 5)), ((5, 9), (5, 9)), ((4, 2), (5, 2)), ((6, 2), (5, 2)))
    rows = arrows(found, None, 65, 26)
    assert "".join(row[4:] for row in rows[2:-3]).count("▶") == 1
    assert "".join(row[4:] for row in rows[2:-3]).count(MARK) == 2, "one stayed, two came from two sides"


def test_sixty_probes_are_letters_dots_and_heads() -> None:
    places = [(x / 2, y / 2) for x in range(2, 18, 2) for y in range(2, 18, 2)][:60]
    rows = arrows(ways(*(((5.0, 5.0), place) for place in places)), None, 80, 40)
    text = "".join(row[4:] for row in rows[2:-3])
    assert sum(text.count(chr(ord("A") + at)) for at in range(26)) == 26
    assert sum(text.count(head) for head in (*HEADS.values(), MARK)) >= 34


def test_probes_that_landed_on_one_place_are_one_sign_also_below_the_chosen_one() -> None:
    same = ((1.0, 1.0), (5.0, 5.0))
    assert MANY in drawn(ways(same, same))
    chosen = drawn(ways(same, same), 0)
    assert EXPECTED_MORE in chosen
    assert ACTUAL_MORE in chosen
    alone = drawn(ways(same, ((9, 9), (8, 8))), 0)
    assert EXPECTED_MORE not in alone
    assert ACTUAL_MORE not in alone


def test_no_probe_is_an_empty_matrix() -> None:
    assert len(arrows([], None, 65, 26)) == len(arrows(ways(((1, 1), (1, 1))), 0, 65, 26))


def test_a_probe_has_one_sign_everywhere_the_latest_an_a() -> None:
    cases = [case(1, probe=f"p{n}") for n in range(30)]
    found = letters(cases)
    assert (found["p29"], found["p4"], found["p3"], found["p0"]) == ("A", "Z", MARK, MARK)


# -------------------------------------------------------------------------------------------------- sovereignty, time

STEPS = (2, 1, 0, -1, -2, None)


def heights(drawn: bar_charts.MeasureBars, at: int) -> list[str]:
    """What stands in a column of the plot, from the top."""
    return [row.ljust(at + 1)[at] for row in drawn.rows[: 2 * drawn.zero + 1]]


@pytest.mark.parametrize(("columns", "rows"), [(13, 6), (36, 6), (58, 10), (96, 22), (200, 42)])
def test_every_change_is_a_bar_of_its_height_below_or_above_the_line(columns: int, rows: int) -> None:
    found = measure_bars(said(*STEPS), "skills", columns, rows)
    tall = found.zero // 2
    assert found.shown == len(STEPS)
    assert len(found.rows) <= rows
    assert max(map(len, found.rows)) <= columns
    step = min(bar_charts.WIDEST, (columns - 3) // len(STEPS))
    for at, change in enumerate(STEPS):
        column = 3 + at * step
        bar = heights(found, column)
        over, line, under = bar[: found.zero], bar[found.zero], bar[found.zero + 1 :]
        assert over.count("█") == max(0, change or 0) * tall, (at, bar)
        assert under.count("█") == max(0, -(change or 0)) * tall, (at, bar)
        width = step - 1 if step > 1 else 1
        assert (bar_charts.UNSAID in found.rows[found.zero][column : column + width]) is (change is None)
        assert line in (bar_charts.SAME, bar_charts.UNSAID)
    if step > 1:
        assert found.rows[-1].split() == list("FEDCBA")


@pytest.mark.sweep
@pytest.mark.parametrize("n", range(1, 40))
def test_every_bar_stands_in_its_columns_at_every_width(n: int) -> None:
    for columns in range(13, 120):
        found = measure_bars(
            [case(1, probe=f"p{at}", sovereignty={"skills": 1}) for at in range(n)], "skills", columns, 6
        )
        step = min(bar_charts.WIDEST, max(1, max(10, columns - 3) // n))
        bar = max(1, step - 1 if step < 7 else step - 2)
        wanted = ("█" * bar + " " * (step - bar)) * found.shown
        assert found.rows[1][3:] == wanted.rstrip(), (columns, n)


def test_more_probes_than_columns_are_the_latest_with_their_months() -> None:
    cases = [case(1, probe=f"p{n}", day=f"20{n // 12:02}-{n % 12 + 1:02}-01") for n in range(120)]
    found = measure_bars(cases, "skills", 63, 6)
    assert found.shown == 60
    assert "Jun 05" in found.rows[-1]


def timed(planned: float, *used: float) -> list[Case]:
    return [case(n, times={"opening": (planned * 60, each * 60)}) for n, each in enumerate(used, 1)]


@pytest.mark.parametrize("rows", [1, 2, 4])
def test_figures_and_bars_of_time_agree(rows: int) -> None:
    (phase,), axis = phase_bars(timings(timed(10, 9.9, 10.1, 20)), 80, rows)
    assert len(phase) == rows
    bars = [row[1:] for row in phase]
    middle = bars[(rows - 1) // 2]
    assert all(row.index(bar_charts.PLANNED) == row.count("█") for row in bars), "10 used ends where 10 was planned"
    assert middle.endswith(bar_charts.LONGEST)
    assert len(middle) == 79
    assert "10" in axis


def test_what_ran_over_goes_past_the_plan() -> None:
    (over,), (under,) = (phase_bars(timings(timed(10, used)), 80, 1)[0][0] for used in (12, 8))
    assert "█" in over.partition(bar_charts.PLANNED)[2]
    assert bar_charts.PLANNED in under
    assert "█" not in under.partition(bar_charts.PLANNED)[2]


def test_no_time_at_all_is_still_a_chart() -> None:
    assert len(phase_bars(timings(timed(0, 0)), 40, 1)[0]) == 1
