"""Trends over a thousand sessions, compared with the same counts in plain loops, and searching as one types."""

import asyncio
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from screens.search import SearchScreen
from screens.trends.counts_page import CountsPage
from screens.trends.trends import TrendsScreen
from store.archive.archive import Archive
from store.matrix.statistics import agreement, wilson
from store.trends.read_cases import cases
from store.trends.trends import FACTS, trends
from store.words.names import fold
from tests.benchmarks.measuring import Row, table
from tests.helpers.history import a_history
from tui.app import RedrawApp

SESSIONS = 1_000
ROUNDS = 7

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("collected_seldom")]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a thousand sessions with about forty texts each."""
    path = tmp_path_factory.mktemp("years") / "logbook.json"
    archive = Archive(path)
    archive.save(a_history(SESSIONS, texts=40))
    archive.close()
    print(f"\nan archive of {SESSIONS} sessions: {path.stat().st_size / 2**20:.1f} MiB")
    return path


class Decoded:
    """Records in memory."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        self.tables = tables

    def each(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])

    def where(self, table: str, field: str, value: str | int) -> list[dict[str, Any]]:
        return [row for row in self.each(table) if row.get(field) == value]


def plain(tables: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, str, str], tuple[int, int, float, float]]:
    """The same counts as somebody would write them in an afternoon, with loops and dictionaries but no objects."""
    probes = {row["id"]: row for row in tables["probes"]}
    expected, ballots = defaultdict(list), defaultdict(list)
    for row in tables["placements"]:
        if row["round"] == 0:
            expected[row["probe"]].append((row["autonomy"], row["benefit"]))
        elif row["round"] == 1:
            ballots[row["probe"]].append((row["autonomy"], row["benefit"]))
    sessions = [row for row in tables["sessions"] if row.get("sealed") and row.get("kind", "debrief") == "debrief"]
    sessions.sort(key=lambda row: row["sealed"][:10])
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for session in sessions:
        probe = probes[session["probe"]]
        groups = {("all probes", "")}
        for partner in probe.get("partners", ()):
            groups.add(("partner", fold(partner["name"])))
            if partner.get("kind", "").strip():
                groups.add(("kind", fold(partner["kind"])))
        for dimension in ("issue", "scope"):
            if probe.get(dimension, "").strip():
                groups.add((dimension, fold(probe[dimension])))
        states = {line["state"] for line in session.get("red_lines", ())}
        for state in ("crossed", "strained", "held"):
            if state in states:
                groups.add(("red lines", state))
                break
        facts: list[tuple[str, bool]] = []
        if gap := session.get("gap"):
            for axis in ("autonomy", "benefit"):
                facts.append((f"less {axis} than expected", gap[axis] < 0))
                facts.append((f"more {axis} than expected", gap[axis] > 0))
        for name, said in session.get("sovereignty", {}).items():
            facts.append((f"{name} fell", said["change"] < 0))
            facts.append((f"{name} rose", said["change"] > 0))
        marks = ballots[probe["id"]]
        for at, axis in enumerate(("autonomy", "benefit")):
            if marks:
                values = [mark[at] for mark in marks]
                split = agreement([values.count(point) for point in range(11)]) < 0
                facts.append((f"the room was split on {axis}", split))
            for those in (expected[probe["id"]], marks):
                if those:
                    statistics.median(mark[at] for mark in those)
        for fact, held in facts:
            for dimension, value in groups:
                count = counts[dimension, value, fact]
                count[0] += held
                count[1] += 1
    found = {key: (count, of, *wilson(count, of)) for key, (count, of) in counts.items()}
    return dict(sorted(found.items(), key=lambda pair: -pair[1][2]))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def test_trends_against_plain_loops(years: Path) -> None:
    data = json.loads(years.read_bytes())
    tables = {name: list(of.values()) for name, of in data.items()}
    rows = Decoded(tables)
    mine = {
        (each.dimension, fold(each.value), each.fact): (each.count, each.of, each.low, each.high)
        for each in trends(cases(rows))
    }
    assert mine == plain(tables)
    assert len({fact for *_, fact in mine}) == len(FACTS)

    def decode_and_loop() -> None:
        found = json.loads(years.read_bytes())
        plain({name: list(of.values()) for name, of in found.items()})

    taken: dict[str, list[float]] = {name: [] for name in ("trends", "plain", "file", "plain file")}
    for _ in range(ROUNDS):
        taken["trends"].append(_milliseconds(lambda: trends(cases(rows))))
        taken["plain"].append(_milliseconds(lambda: plain(tables)))
        taken["file"].append(_milliseconds(lambda: trends(cases(Archive(years)))))
        taken["plain file"].append(_milliseconds(decode_and_loop))
    table(
        f"Trends over {SESSIONS} sessions ({len(mine)} counts), against plain loops with the same counts",
        "ms",
        [
            Row("over decoded records", taken["trends"], taken["plain"], 1.4),
            Row("from the file", taken["file"], taken["plain file"], 1.4),
        ],
    )


def _typed(screen: Any) -> str:
    """The question that a screen has answered."""
    return str(screen._typed if isinstance(screen, SearchScreen) else screen.query_one(CountsPage).typed)


class Watch:
    """Measures how long the event loop is blocked at a time."""

    def __init__(self) -> None:
        self.gaps: list[float] = []

    async def moment(self) -> None:
        """Let the loop run once."""
        before = time.perf_counter()
        await asyncio.sleep(0.0005)
        self.gaps.append((time.perf_counter() - before) * 1000)

    async def rest(self, seconds: float) -> float:
        """Let the loop run for a while. Returns the milliseconds it took."""
        end = time.perf_counter() + seconds
        return await self.until(lambda: time.perf_counter() > end)

    async def until(self, there: Callable[[], object]) -> float:
        """Let the loop run until a condition holds. Returns the milliseconds it took."""
        start = time.perf_counter()
        while not there():
            await self.moment()
        return (time.perf_counter() - start) * 1000


async def test_the_screens_can_be_used_while_they_read(years: Path) -> None:
    app = RedrawApp(years)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(3)
        said: list[str] = []
        logbook: Any = app.screen
        idle = Watch()
        await idle.rest(1)
        said.append(f"at rest the loop is away for {max(idle.gaps):.1f} ms at most")
        for open_it, result, asked in (
            (logbook.action_trends, "_found", ("party voice", "narrative", "zq")),
            (logbook.action_search, "_index", ("lanyard door", "the e a", "zq", "er 7")),
        ):
            watch = Watch()
            open_it()
            await watch.until(lambda: app.screen.query(Input) and isinstance(app.screen, TrendsScreen | SearchScreen))
            screen: Any = app.screen
            field = screen.query(Input).first()
            took = await watch.rest(0.05)  # time to draw the screen for the first time
            watch.gaps.clear()
            while getattr(screen, result) is None:
                field.post_message(events.Key("x", "x"))
                took += await watch.rest(0.03)
            said.append(
                f"{type(screen).__name__}: read within {took / 1000:.1f} s, the loop away for {max(watch.gaps):.1f} ms at most"
            )
            for words in asked:
                field.value = ""
                await watch.until(lambda on=screen: _typed(on) == "")  # type: ignore[misc]
                await _type(watch, screen, field, words, said)
            field.value = ""
            screen.action_leave()
            await watch.until(lambda of=screen: app.screen is not of)  # type: ignore[misc]
        app.close()
    print("\n\n" + "\n".join(said))


async def _type(watch: Watch, screen: Any, field: Input, words: str, said: list[str]) -> None:
    """Type some words letter by letter, and wait for the result of each."""
    keys = []
    watch.gaps.clear()
    typed = ""
    for letter in words:
        typed += letter
        field.post_message(events.Key("space" if letter == " " else letter, letter))
        keys.append(await watch.until(lambda now=typed: _typed(screen) == now))  # type: ignore[misc]
        await watch.rest(0.08)
    said.append(
        f"  “{words}”: {statistics.median(keys):.1f} ms a key (at most {max(keys):.1f}; bar 50), the loop away for"
        f" {max(watch.gaps):.1f} ms at most"
    )
