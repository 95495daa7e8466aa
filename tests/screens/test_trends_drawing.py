"""How counts, the time of the phases and the matrix of all probes are drawn, at every width and without colours."""

import pytest
from rich.cells import cell_len
from textual.content import Content

from screens.trends import counts_drawing, time_drawing
from screens.trends.counts_drawing import Shown
from screens.trends.matrix_page import lit
from screens.widgets.paragraphs import worded
from store.matrix import chart
from store.trends.arrows import Arrow, arrows
from store.trends.bars import share_bar
from store.trends.timing import Timing
from store.trends.trends import Trend


def trend(value: str = "party", **fields: object) -> Trend:
    known = {
        "dimension": "kind",
        "value": value,
        "fact": "narrative clarity fell",
        "count": 7,
        "of": 9,
        "low": 0.453,
        "high": 0.937,
        "elsewhere": (0, 51),
        "probes": (),
        "cases": (),
        "is_pattern": False,
    }
    return Trend(**(known | fields))  # type: ignore[arg-type]


PATTERN = trend(is_pattern=True, since="2026-01-01")
MIXED = (
    PATTERN,
    trend("Carters student group", dimension="partner", since="2026-01-01", fact="less autonomy than expected"),
    trend("", dimension="all probes", fact="decision-making capacity rose", count=12, of=23, against=3),
    trend("neighbourhood", dimension="scope", count=0, of=1, low=0.0, high=0.79),
)


def line(of: Trend, shown: Shown, width: int) -> Content:
    return counts_drawing.line(of, counts_drawing.columns(shown, width), shown)


def test_a_share_is_a_mark_on_ten_cells_within_its_interval() -> None:
    assert share_bar(7 / 9, 0.453, 0.937) == "····▒▒▒█▒▒"
    assert share_bar(2 / 3, 0.21, 0.94) == "··▒▒▒▒█▒▒▒"
    assert share_bar(0, 0, 0.79) == "█▒▒▒▒▒▒▒··"
    assert share_bar(1, 0.21, 1) == "··▒▒▒▒▒▒▒█"
    assert all(share_bar(n / 20, n / 20, n / 20).count("█") == 1 for n in range(21))


def test_a_level_has_a_sign_and_a_word_and_needs_no_colour() -> None:
    shown = Shown(MIXED, {}, {})
    lines = [line(each, shown, 100).plain for each in MIXED]
    assert lines[0].startswith("▲ REPEATS ")
    assert lines[1].startswith("△ watch ")
    assert lines[2].startswith("    ")
    assert lines[3].startswith("  one case ")


@pytest.mark.parametrize("width", [57, 75, 77, 90, 105, 123, 180])
def test_no_line_is_wider_than_the_list_and_the_figures_are_aligned(width: int) -> None:
    shown = Shown(MIXED, {}, {})
    lines = [line(each, shown, width).plain for each in MIXED]
    assert max(map(len, lines)) <= width
    assert len({each.index(" of ") for each in lines}) == 1
    heads = counts_drawing.heads(counts_drawing.columns(shown, width), shown).plain
    assert heads.index("what happened") == lines[0].index("narrative")


def test_at_80_columns_a_partner_is_named_whole_beside_the_bar() -> None:
    shown = Shown(MIXED, {}, {})
    assert "Carters student group" in line(MIXED[1], shown, 75).plain
    assert "····▒▒▒█▒▒" in line(PATTERN, shown, 75).plain


def test_what_is_least_needed_goes_first() -> None:
    shown = Shown(MIXED, {}, {})
    found = [counts_drawing.columns(shown, width) for width in (112, 104, 87, 75, 50)]
    assert [bool(each.figures) for each in found] == [True, False, False, False, False]
    assert [bool(each.elsewhere) for each in found] == [True, True, False, False, False]
    assert [each.brief for each in found] == [False, False, False, True, True]
    assert [bool(each.bar) for each in found] == [True, True, True, True, False]
    assert "45–94" in line(PATTERN, shown, 112).plain


def test_a_median_that_was_asked_for_stays_in_sight_at_every_width() -> None:
    shown = Shown((PATTERN,), {}, {PATTERN: -1.5})
    for width in (52, 75, 130):
        assert "−1.5 " in line(PATTERN, shown, width).plain
        assert "median" in counts_drawing.heads(counts_drawing.columns(shown, width), shown).plain


def test_letters_that_take_two_cells_leave_the_columns_in_place() -> None:
    wide = trend("労働組合の地域連合会と学生自治会の連絡協議会", dimension="partner")
    shown = Shown((wide, PATTERN), {}, {})
    for width in (75, 112, 130):
        assert cell_len(line(wide, shown, width).plain) <= width


# ------------------------------------------------------------------------------------------------------------- time


def timing(title: str, used: float, most: float) -> Timing:
    return Timing(title, title, 600, used, 300, most, ("a", "b"), ("a",) if most > 700 else ())


TIMES = (timing("Opening", 300, 600), timing("Silent mapping", 600, 780), timing("Decompression", 570, 630))


@pytest.mark.parametrize(("width", "height"), [(58, 12), (75, 18), (115, 35), (195, 55)])
def test_the_figures_of_the_phases_stand_in_columns_with_one_decimal(width: int, height: int) -> None:
    table = time_drawing.table(TIMES, width, height, 1)
    firsts = [next(row for row in each.plain.split("\n") if "of 2" in row) for each in table.rows]
    assert len({row.index(".0") for row in firsts}) == 1
    assert len({row.index(" of 2") for row in firsts}) == 1
    assert "9.5" in firsts[2]
    assert [row.startswith("▸ ") for row in firsts] == [False, True, False]
    assert max(len(row) for each in table.rows for row in each.plain.split("\n")) <= width
    assert sum(each.plain.count("\n") + 1 for each in table.rows) + 2 <= height


def test_with_room_the_bars_stand_beside_their_figures() -> None:
    narrow, wide = (time_drawing.table(TIMES, width, 20, 0).rows[1].plain.split("\n") for width in (75, 130))
    assert "█" not in narrow[0]
    assert any("█" in row and "13.0" in row for row in wide)


def test_the_key_of_the_bars_is_never_cut() -> None:
    for width in range(80):
        assert len(time_drawing.key(width)) <= width
        assert time_drawing.key(width) in "  ".join(time_drawing.KEY)


# ----------------------------------------------------------------------------------------------------------- matrix


def bright(found: Content) -> str:
    """What of a chart isn't dim."""
    return "".join(found.plain[span.start : span.end] for span in found.spans if "not dim" in str(span.style))


@pytest.mark.parametrize("size", [(45, 16), (65, 26), (125, 46), (25, 13)])
def test_on_the_matrix_the_chosen_arrow_is_bright_with_both_ends_and_its_head_and_nothing_else(
    size: tuple[int, int],
) -> None:
    found = [Arrow("A", (2, 2), (2, 8)), Arrow("B", (5, 5), (9, 5)), Arrow("C", (1, 9), (1, 9))]
    rows = arrows(found, 1, *size)
    shown = bright(lit(rows))
    assert {chart.EXPECTED, chart.ACTUAL, chart.HEADS[1, 0]} <= {*shown}
    assert not {"A", "C", chart.WAY, chart.HEADS[0, 1]} & {*shown}
    assert bright(lit(arrows(found, 2, *size))) == chart.ACTUAL
    assert not bright(lit(arrows(found, None, *size)))


def test_what_went_out_of_a_wording_is_red_with_a_minus_and_what_came_in_green_with_a_plus() -> None:
    found = worded((("=", "we agree "), ("−", "who"), ("+", "when")))
    assert found.plain == "we agree [−who−][+when+]"
    assert [str(span.style) for span in found.spans] == ["strike $error", "bold underline $success"]
