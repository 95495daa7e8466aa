"""What saving, opening and searching cost over the years, compared with the minimum on the same disk.

The disk is that of pytest's temporary folder. If that folder is in memory, choose another with --basetemp.
"""

import asyncio
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input
from tinydb import TinyDB
from tinydb.storages import JSONStorage

from store.archive.archive import Archive
from store.logbook import listing
from store.model import Felt, Moment
from tests.benchmarks.measuring import peak
from tests.benchmarks.years import years
from tests.helpers.terminal import Terminal
from tui.app import RedrawApp

SIZES = (10, 1_000, 10_000)
"""Sessions."""

SAVES = 400
RECORD = {"session": "s1", "at": "2026-11-22T20:00:00+00:00", "felt": "compromised", "text": "x" * 900}

pytestmark = pytest.mark.benchmark


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Archives of each size."""
    folder = tmp_path_factory.mktemp("years")
    return {size: years(folder, size) for size in SIZES}


def _saves(path: Path, folder: Path, others: bool) -> dict[str, list[float]]:
    """Save 1 KB by each method, in a new order each time, on the same disk, after flushing pending writes."""
    os.sync()
    archive = Archive(path)
    first, *rest = (  # before the time is taken, like the line that is appended
        Moment(session="s1", number=100_000 + at, at=RECORD["at"], felt=Felt.COMPROMISED, text=RECORD["text"])
        for at in range(SAVES + 1)
    )
    moments = iter(rest)
    archive.save([first])  # begins the journal
    bare = os.open(folder / f"{path.stem}.bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    line = json.dumps(RECORD).encode() + b"\n"
    lite = sqlite3.connect(folder / f"{path.stem}.sqlite", isolation_level=None)
    lite.execute("pragma journal_mode=wal")
    lite.execute("pragma synchronous=full")
    lite.execute("create table moments (id integer primary key, text text)")

    def append() -> None:
        os.write(bare, line)
        os.fdatasync(bare)

    ways: dict[str, Callable[[], object]] = {
        "redraw": lambda: archive.save([next(moments)]),
        "append + fdatasync": append,
        "SQLite, WAL, FULL": lambda: lite.execute("insert into moments (text) values (?)", (json.dumps(RECORD),)),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    order, shuffled = list(ways), random.Random(1)
    for _ in range(SAVES):
        shuffled.shuffle(order)  # what comes right after SQLite waits for the disk a little longer
        for name in order:
            taken[name].append(_milliseconds(ways[name]))
    lite.close()
    os.close(bare)
    taken["checkpoint"] = [_milliseconds(archive.checkpoint)]
    archive.close()
    if others:
        copy = folder / f"{path.stem}.copy.json"
        copy.write_bytes(path.read_bytes())
        plain = TinyDB(copy, storage=JSONStorage)
        taken["JSONStorage"] = [_milliseconds(lambda: plain.table("moments").insert(RECORD)) for _ in range(3)]
        plain.close()
    return taken


def test_saving_costs_the_same_after_many_years(archives: dict[int, Path], tmp_path: Path) -> None:
    print(
        f"\n\n{'p50 of a save of 1 KB, ms':<28}{'redraw':>9}{'append':>9}{'SQLite':>9}{'JSON':>9}{'checkpoint':>12}   MiB"
    )
    medians = {}
    for size, path in archives.items():
        taken = _saves(path, tmp_path, others=size <= 1_000)
        middle = {name: statistics.median(samples) for name, samples in taken.items()}
        medians[size] = middle
        print(
            f"{size:>8,} sessions{'':<11}{middle['redraw']:>9.3f}{middle['append + fdatasync']:>9.3f}"
            f"{middle['SQLite, WAL, FULL']:>9.3f}{middle.get('JSONStorage', float('nan')):>9.1f}"
            f"{middle['checkpoint']:>12.1f}   {path.stat().st_size / 2**20:.1f}"
        )
    for size, middle in medians.items():
        print(
            f"{size:>8,}: {middle['redraw'] / middle['append + fdatasync']:.2f} × the append (bar 1.25),"
            f" {middle['redraw'] / middle['SQLite, WAL, FULL']:.2f} × SQLite (bar 1)"
        )
    print(f"10,000 against 10 sessions: {medians[10_000]['redraw'] / medians[10]['redraw']:.2f} (bar 1.2)")


def test_opening_to_the_first_list(archives: dict[int, Path]) -> None:
    now = datetime.now(UTC).astimezone()

    def ours(path: Path) -> None:
        assert len(listing.entries(Archive(path), now))

    def theirs(path: Path) -> None:
        database = TinyDB(path, storage=JSONStorage)
        assert len(database.table("probes"))
        database.close()

    print(f"\n\n{'open to the list, ms':<28}{'redraw':>9}{'JSON':>9}{'ratio':>8}   bar 0.5")
    for size, path in archives.items():
        if size > 1_000:
            print(f"{size:>8,} sessions{'':<11}{_milliseconds(partial(ours, path)):>9.1f}")
            continue
        mine, plain = [], []
        for _ in range(5):
            mine.append(_milliseconds(partial(ours, path)))
            plain.append(_milliseconds(partial(theirs, path)))
        a, b = statistics.median(mine), statistics.median(plain)
        print(f"{size:>8,} sessions{'':<11}{a:>9.1f}{b:>9.1f}{a / b:>8.2f}")


async def test_finding_a_session_by_text(archives: dict[int, Path]) -> None:
    app = RedrawApp(archives[1_000])
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(3)
        screen: Any = app.screen
        field = screen.query_one("#search", Input)
        gaps, keys = [], []

        async def a_moment() -> None:
            before = time.perf_counter()
            await asyncio.sleep(0.0005)
            gaps.append((time.perf_counter() - before) * 1000)

        for words in ("canvass pellan house", "noise protest at gate") * 2:  # none match, all match
            typed = ""
            for letter in words:
                typed += letter
                start = time.perf_counter()
                field.post_message(events.Key("space" if letter == " " else letter, letter))
                while screen._drawn[1] != typed:
                    await a_moment()
                keys.append((time.perf_counter() - start) * 1000)
                until = start + 0.12
                while time.perf_counter() < until:
                    await a_moment()
            field.value = ""
            until = time.perf_counter() + 2
            while time.perf_counter() < until:  # until all thousand are listed again
                await a_moment()
        app.close()
    print(
        f"\n\nfinding among 1,000 sessions: {statistics.median(keys):.1f} ms a key (at most {max(keys):.1f}; bar 50),"
        f" the loop blocked for {max(gaps):.1f} ms at most (bar 30)"
    )


def test_peak_memory(archives: dict[int, Path]) -> None:
    def held(*command: str, marker: str) -> float:
        with Terminal([sys.executable, *command]) as terminal:
            terminal.wait(marker)
            time.sleep(2)
            return peak(terminal.process.pid)

    from tests.benchmarks import bare

    least = held("-m", bare.__name__, marker=bare.TITLE)
    print(f"\n\n{'peak memory, MiB':<28}{'redraw':>9}{'bar':>9}   (the bare app {least:.1f})")
    for size, path in archives.items():
        found = held("-m", "tui", "--archive", str(path), marker="probes")
        print(f"{size:>8,} sessions{'':<11}{found:>9.1f}{1.5 * path.stat().st_size / 2**20 + least:>9.1f}")


def test_a_checkpoint_does_not_hold_the_file_in_memory(archives: dict[int, Path]) -> None:
    script = """
import os, sys
from store.archive.archive import Archive
from store.model import Felt, Moment
from tests.benchmarks.measuring import peak
from tests.benchmarks.years import years
from tests.helpers.small_archives import new_probe
from pathlib import Path
archive = Archive(Path(sys.argv[1]))
new_probe(archive, "one more", 0)
archive.close()
print(peak(os.getpid()))
"""
    for size, path in archives.items():
        found = subprocess.run(
            [sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True
        ).stdout
        print(f"save and checkpoint at {size:>6,} sessions: {float(found):.1f} MiB at most")
