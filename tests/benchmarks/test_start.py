"""The time from the start of the process to a usable first frame in a real terminal, and the memory it takes."""

import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.logbook import listing
from tests.benchmarks import bare
from tests.benchmarks.measuring import Row, paired, peak, table
from tests.helpers.terminal import Terminal

PAIRS = 15
LETTER = b"q"
BORDER = " ▊▎▔▁"
WATCHED = 2.0
"""Seconds after the first frame within which the letter appears and the background imports finish."""

pytestmark = pytest.mark.benchmark


def start(command: list[str], marker: bytes) -> tuple[float, float, float, float]:
    """Milliseconds to the first frame and to the echo of a letter; peak memory at the first frame and later."""
    chunks: list[tuple[float, bytes]] = []
    with Terminal([sys.executable, *command]) as terminal:
        while marker not in terminal.written:
            assert not terminal.ended, terminal.written
            chunks += filter(None, [terminal.take(1)])
        frame, seen = chunks[-1][0], len(chunks)
        assert terminal.write(LETTER)
        memory = peak(terminal.process.pid)
        end = time.perf_counter() + WATCHED
        while time.perf_counter() < end:
            chunks += filter(None, [terminal.take(0.1)])
        later = peak(terminal.process.pid)
        for at, (came, data) in enumerate(chunks):
            terminal.feed(data)
            if any(part.strip(BORDER) == LETTER.decode() for part in terminal.text.replace("\n", "│").split("│")):
                assert at >= seen
                return (frame - terminal.started) * 1000, (came - terminal.started) * 1000, memory, later
        raise AssertionError(f"the letter was not shown:\n{terminal.text}")


def test_start_and_memory_with_two_hundred_sessions(large: Path) -> None:
    first = listing.entries(Archive(large), datetime.now().astimezone())[0].title
    ours = (["-m", "tui", "--archive", str(large)], first[:20].encode())
    theirs = (["-m", bare.__name__], bare.TITLE.encode())
    for command in (ours, theirs):
        start(*command)  # compiles the modules
    pairs = [(start(*ours), start(*theirs)) for _ in range(PAIRS)]
    mine, bares = (list(zip(*each, strict=True)) for each in zip(*pairs, strict=True))
    table(
        "Start, archive of 200 sessions",
        "ms",
        [
            Row("to the first frame", mine[0], bares[0], 1.25),
            Row("to the echo of a letter", mine[1], bares[1], 1.25),
        ],
    )
    print(f"median of the ratios in pairs: {paired(mine[0], bares[0]):.3f} and {paired(mine[1], bares[1]):.3f}")
    table(
        "Peak memory, archive of 200 sessions",
        "MiB",
        [
            Row("after the first frame", mine[2], bares[2], 1.5),
            Row("with what is imported ahead", mine[3], bares[3], 1.55),
        ],
    )
