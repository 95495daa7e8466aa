"""The matrix on screen: in which colours, how large, and what stands beside it."""

from collections.abc import Iterator

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from screens.widgets.matrix import MatrixView, coloured
from screens.widgets.matrix_words import words_beside
from store.debrief import Debrief
from store.matrix import chart
from store.matrix.figures import MatrixFigures, figures
from store.matrix.sheet import QUADRANTS, size_for
from tests.helpers.builders import room


def styles(content: Content) -> Iterator[tuple[str, str]]:
    """What of a text is styled, and how."""
    return ((content.plain[span.start : span.end], str(span.style)) for span in content.spans)


def protest() -> Debrief:
    return room("noise-protest").with_session(revealed=1)


@pytest.mark.parametrize("organisations", [False, True])
def test_the_legend_has_the_colours_of_the_marks(organisations: bool) -> None:
    found = figures(protest())
    spans = styles(coloured(chart.draw(found, 85, 26, organisations), organisations))
    drawn = {sign: style for text, style in spans for sign in text}
    words = dict(styles(Content("\n").join(words_beside(found, 30, True, organisations))))
    for sign in (chart.EXPECTED, chart.ACTUAL, *({*chart.HEADS.values()} & {*drawn})):
        assert words[f"{sign} "] == drawn[sign]
    if organisations:
        assert {words[f"{letter} "] for letter in "ABC"} == {drawn["A"]} == {drawn[chart.ORGANISATION]}


def test_axes_and_names_of_quadrants_are_dim_and_marks_are_bold() -> None:
    rows = chart.draw(figures(protest()), 85, 26)
    found = [*styles(coloured(rows))]
    for name in (name for pair in QUADRANTS[0] for name in pair):
        assert {style for text, style in found if text == name} == {"dim italic"}
    assert [style for text, style in found if text in ("▐3▌", "3", chart.ACTUAL)] == ["bold", "reverse", "bold $accent"]
    assert {style for text, style in found if text in ("10┤", "│", " 9┤")} == {"dim"}
    assert coloured(rows).plain == "\n".join(rows)


def test_a_chart_without_a_frame_has_its_marks_in_colour_too() -> None:
    found = dict(styles(coloured(chart.draw(figures(protest()), 25, 13))))
    assert found[chart.ACTUAL] == "bold $accent"
    assert found[chart.MARK] == "bold"
    assert "autonomy" not in " ".join(text for text, style in found.items() if style != "dim")


@pytest.mark.parametrize(
    ("size", "drawn"), [((58, 13), (25, 13)), ((58, 12), (25, 12)), ((118, 28), (85, 26)), ((198, 48), (145, 46))]
)
async def test_the_chart_takes_the_room_that_the_words_leave(size: tuple[int, int], drawn: tuple[int, int]) -> None:
    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield MatrixView()

    async with Shown().run_test(size=size) as pilot:
        view = pilot.app.query_one(MatrixView)
        view.show(protest())
        await pilot.pause()
        shown = view.query_one("#chart", Static)
        rows = str(shown.visual).split("\n")
        assert shown.display
        assert (size_for(*drawn)[0], len(rows)) == drawn
        assert sum(row.count(chart.ACTUAL) for row in rows) == 1
        words = str(view.query_one("#words", Static).visual)
        assert words.index("10 of 10 placed it lower") < words.index("lower same higher")
        assert "● actual" in words


async def test_another_debrief_is_drawn_with_its_own_figures() -> None:
    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield MatrixView()

    async with Shown().run_test(size=(118, 28)) as pilot:
        view = pilot.app.query_one(MatrixView)
        view.show(protest())
        view.show(room("tenants-canvass").with_session(revealed=1))
        await pilot.pause()
        assert "5, 7" in str(view.query_one("#words", Static).visual)


async def test_turning_back_and_forth_draws_each_chart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield MatrixView()

    drawn: list[bool] = []
    real = chart.draw

    def draw(found: MatrixFigures, columns: int, rows: int, organisations: bool) -> tuple[str, ...]:
        drawn.append(organisations)
        return real(found, columns, rows, organisations)

    monkeypatch.setattr(chart, "draw", draw)
    async with Shown().run_test(size=(118, 28)) as pilot:
        view = pilot.app.query_one(MatrixView)
        view.show(protest())
        for _ in range(4):
            view.turn()
        assert drawn == [False, True]
        view.show(protest())
        assert drawn == [False, True, False]


@pytest.mark.parametrize(("size", "organisations"), [((58, 13), False), ((78, 16), False), ((58, 13), True)])
async def test_where_there_are_few_rows_what_belongs_to_the_chart_stands_right_under_the_gap(
    size: tuple[int, int], organisations: bool
) -> None:
    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield MatrixView()

    async with Shown().run_test(size=size) as pilot:
        view = pilot.app.query_one(MatrixView)
        view.organisations = organisations
        view.show(protest())
        await pilot.pause()
        words = str(view.query_one("#words", Static).visual).split("\n")
        above = "\n".join(words[: size[1]])
        if organisations:
            assert "A " in above
            assert "lower same higher" not in above
        else:
            assert "aut. 10 ██" in above
            assert "against what they expected" not in "\n".join(words)
            assert all(said in above for said in ("expected 7, 6", "actual   5, 2", "the same 10 now 1, 2"))
