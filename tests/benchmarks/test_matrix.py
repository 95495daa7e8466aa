"""Redrawing the matrix of sixty placements, compared with plotext drawing the same plot."""

import math
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from screens.widgets.matrix import WORDS, MatrixView
from store.debrief import Debrief
from store.matrix import chart, figures, plot
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
    for turn in (0, 1):
        found = with_ballots(found, {name: (chance.randint(0, 10), chance.randint(0, 10)) for name in people}, turn)
    return found


class Recorder:
    """Wraps plotext and records the calls."""

    def __init__(self, plotext: Any) -> None:
        self.calls: list[tuple[Callable[..., object], tuple[Any, ...], dict[str, Any]]] = []
        self._plotext = plotext

    def __getattr__(self, name: str) -> Callable[..., Any]:
        real = getattr(self._plotext, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append((real, arguments, named))
            return real(*arguments, **named)

        return call


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


async def test_matrix_of_sixty_placements(monkeypatch: pytest.MonkeyPatch) -> None:
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

        recorder = Recorder(plot._plotext())
        with monkeypatch.context() as patch:
            patch.setattr(plot, "_PLOTEXT", recorder)
            rows = chart.draw(measured, *size)
        assert len(rows) > 20

        def plotext() -> None:
            for call, arguments, named in recorder.calls:
                call(*arguments, **named)

        def lines() -> None:
            assert len(drawn.render_lines(drawn.size.region)) > 20

        def build() -> float:
            for call, arguments, named in recorder.calls[:-1]:
                call(*arguments, **named)
            call, arguments, named = recorder.calls[-1]
            return milliseconds(lambda: call(*arguments, **named))

        taken: dict[str, list[float]] = {name: [] for name in ("anew", "redraw", "chart", "plotext", "build", "lines")}
        for _ in range(ROUNDS):
            other = replace(found)
            taken["anew"].append(milliseconds(lambda: view.show(other)))  # noqa: B023 - called at once
            taken["redraw"].append(milliseconds(view.draw))
            taken["lines"].append(milliseconds(lines))
            taken["chart"].append(milliseconds(lambda: chart.draw(measured, *size)))
            taken["plotext"].append(milliseconds(plotext))
            taken["build"].append(build())
        assert recorder.calls[-1][0].__name__ == "build"
    table(
        f"Matrix, 60 placements in a terminal of 120×40 (chart {size[0]}×{size[1]}), against plotext by itself",
        "ms",
        [
            Row("figures, chart, colours, words, update", taken["anew"], taken["plotext"], 1.5),
            Row("the same against build() alone", taken["anew"], taken["build"], 1.5),
            Row("a redraw (size, other view) against build()", taken["redraw"], taken["build"], 1.5),
            Row("the chart alone", taken["chart"], taken["plotext"], 1.5),
            Row("for comparison: Textual's lines from it", taken["lines"], taken["plotext"], math.inf),
        ],
    )
    print(f"bar: 10 ms for the first; median {statistics.median(taken['anew']):.1f} ms")
