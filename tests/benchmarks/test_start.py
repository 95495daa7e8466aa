"""From the start of the process to a first frame that can be used, in a real terminal, and the memory that it takes."""

import sys
from datetime import datetime
from pathlib import Path

import pytest

from store import logbook
from store.archive import Archive
from tests.benchmarks import bare
from tests.benchmarks.measuring import Row, paired, peak, table
from tests.terminal import Terminal

PAIRS = 15
LETTER = b"q"
BORDER = " ▊▎▔▁"
QUIET = 0.3
"""Seconds without output after which nothing more is drawn."""

pytestmark = pytest.mark.benchmark


def start(command: list[str], marker: bytes) -> tuple[float, float, float]:
    """Milliseconds to the first frame and to the echo of a letter, and the most memory held by then in MiB."""
    chunks: list[tuple[float, bytes]] = []
    with Terminal([sys.executable, *command]) as terminal:
        while marker not in terminal.written:
            assert not terminal.ended, terminal.written
            chunks += filter(None, [terminal.take(1)])
        frame, seen = chunks[-1][0], len(chunks)
        assert terminal.write(LETTER)
        while chunk := terminal.take(5 if len(chunks) == seen else QUIET):
            chunks.append(chunk)
        memory = peak(terminal.process.pid)
        for at, (came, data) in enumerate(chunks):
            terminal.feed(data)
            if any(line.strip(BORDER) == LETTER.decode() for line in terminal.text.splitlines()):
                assert at >= seen
                return (frame - terminal.started) * 1000, (came - terminal.started) * 1000, memory
        raise AssertionError(f"the letter was not shown:\n{terminal.text}")


def test_start_and_memory_with_two_hundred_sessions(large: Path) -> None:
    first = logbook.entries(Archive(large), datetime.now().astimezone())[0].title
    ours = (["-m", "tui", "--archive", str(large)], first[:20].encode())
    theirs = (["-m", bare.__name__], bare.TITLE.encode())
    for command in (ours, theirs):
        start(*command)  # so that it is compiled
    pairs = [(start(*ours), start(*theirs)) for _ in range(PAIRS)]
    (our_frame, our_echo, our_memory), (frame, echo, memory) = (
        list(zip(*each, strict=True)) for each in zip(*pairs, strict=True)
    )
    table(
        "Start, archive of 200 sessions",
        "ms",
        [Row("to the first frame", our_frame, frame, 1.25), Row("to the echo of a letter", our_echo, echo, 1.25)],
    )
    print(
        f"median of the ratios in pairs: first frame {paired(our_frame, frame):.3f}, echo {paired(our_echo, echo):.3f}"
    )
    table("Peak memory after the first frame", "MiB", [Row("VmHWM", our_memory, memory, 1.5)])
