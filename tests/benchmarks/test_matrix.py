"""Redrawing the matrix of sixty placements, compared with plotext drawing the same plot."""

import math
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.widgets.matrix import WORDS, MatrixView, coloured
from store.debrief import Debrief
from store.matrix import chart, figures, plot
from store.matrix.sheet import size_for
from tests.benchmarks.measuring import Row, table
from tests.helpers.builders import debrief, with_ballots

ROUNDS = 200

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("collected_seldom")]


def room() -> Debrief:
    """Sixty people of three organisations, with expected and actual placements."""
    chance = random.Random(60)
    organisations = ("Breathers", "Union", "Fund")
    people = [f"Person{number}" for number in range(60)]
    found = debrief(*(f"{name}/{organisations[at % 3]}" for at, name in enumerate(people)), revealed=1)
    for turn, autonomy, benefit in ((0, (4, 10), (0, 8)), (1, (0, 8), (2, 10))):  # so that there is a way to draw
        places = {name: (chance.randint(*autonomy), chance.randint(*benefit)) for name in people}
        found = with_ballots(found, places, turn)
    return found


def plain(plt: Any, found: figures.MatrixFigures, width: int, height: int) -> None:
    """The same plot as plotext's users write it: axes, everybody's marks, the middle half, the way and both medians; `build` draws it."""
    plt.clear_figure()
    plt.limit_size(False, False)
    plt.theme("clear")
    plt.plotsize(width, height)
    plt.xlim(0, 10)
    plt.ylim(0, 10)
    plt.xticks(list(range(11)))
    plt.yticks(list(range(11)))
    plt.xlabel("autonomy preserved →")
    assert found.expected.centre is not None
    assert found.actual.centre is not None
    assert found.actual.autonomy is not None
    assert found.actual.benefit is not None
    (x, y), (was_x, was_y) = found.actual.centre, found.expected.centre
    plt.plot([found.actual.autonomy.q1, found.actual.autonomy.q3], [y, y], marker=chart.ACROSS)
    plt.plot([x, x], [found.actual.benefit.q1, found.actual.benefit.q3], marker=chart.UP)
    if found.way:
        plt.plot(*map(list, zip(*found.way, strict=True)), marker=plot.FINE)
    plt.plot([was_x, x], [was_y, y], marker=plot.SOLID)
    at = Counter(found.actual.marks)
    signs = [chart.MARK if count == 1 else str(count) for count in at.values()]
    plt.scatter([mark[0] for mark in at], [mark[1] for mark in at], marker=signs)
    plt.scatter([was_x, x], [was_y, y], marker=[chart.EXPECTED, chart.ACTUAL])


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


async def test_matrix_of_sixty_placements() -> None:
    found = room()

    class Shown(App[None]):
        def compose(self) -> ComposeResult:
            yield MatrixView()

    async with Shown().run_test(size=(120, 40)) as pilot:
        view = pilot.app.query_one(MatrixView)
        view.show(found)
        await pilot.pause()
        drawn = view.query_one("#chart", Static)
        size = view.size.width - WORDS - 2, view.size.height
        measured = figures.figures(found)

        plt = plot._plotext()
        width, height = size_for(*size)

        def plotext() -> None:
            plain(plt, measured, width, height - 1)
            assert plt.build().count("\n") > 20

        def lines() -> None:
            assert len(drawn.render_lines(drawn.size.region)) > 20

        def build() -> float:
            plain(plt, measured, width, height - 1)
            return milliseconds(plt.build)

        taken: dict[str, list[float]] = {
            name: [] for name in ("anew", "redraw", "turned", "chart", "plotext", "build", "lines")
        }
        for _ in range(ROUNDS):
            other = replace(found)
            coloured.cache_clear()
            taken["anew"].append(milliseconds(lambda: view.show(other)))  # noqa: B023 - called at once
            taken["lines"].append(milliseconds(lines))
            view._charts.clear()
            coloured.cache_clear()
            taken["redraw"].append(milliseconds(view.draw))
            taken["turned"].append(milliseconds(view.draw))
            taken["chart"].append(milliseconds(lambda: chart.draw(measured, *size)))
            taken["plotext"].append(milliseconds(plotext))
            taken["build"].append(build())
    table(
        f"Matrix, 60 placements in a terminal of 120×40 (chart {size[0]}×{size[1]}), against plotext by itself",
        "ms",
        [
            Row("figures, chart, colours, words, update", taken["anew"], taken["plotext"], 1.5),
            Row("the same against build() alone", taken["anew"], taken["build"], 1.5),
            Row("a redraw (size, other view) against build()", taken["redraw"], taken["build"], 1.5),
            Row("a redraw of what was shown before, likewise", taken["turned"], taken["build"], 1.5),
            Row("the chart alone", taken["chart"], taken["plotext"], 1.5),
            Row("for comparison: Textual's lines from it", taken["lines"], taken["plotext"], math.inf),
        ],
    )
    print(f"bar: 10 ms for the first; median {statistics.median(taken['anew']):.1f} ms")
