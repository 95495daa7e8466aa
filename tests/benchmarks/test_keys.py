"""The time from a key to its letter on the screen, in silent mapping while the clock runs and in a bare field."""

import json
import string
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks import bare
from tests.benchmarks.measuring import Row, table
from tests.conftest import find_room
from tests.helpers.terminal import Terminal, launch

BLOCKS, KEYS = 8, 50
PAUSE = 0.03
"""Seconds between two keys: a very fast typist, but slow enough to draw each key separately."""

UNLIKE = "zqzq"
"""A prefix that makes the typed letters unique on the screen."""

pytestmark = pytest.mark.benchmark


def echoes(terminal: Terminal) -> list[float]:
    """Milliseconds from each key to its letter. Empties the field afterwards."""
    found = []
    typed = UNLIKE
    terminal.type(typed)
    terminal.wait(typed)
    for letter in (string.ascii_letters * KEYS)[:KEYS]:
        until = time.perf_counter() + PAUSE
        while (left := until - time.perf_counter()) > 0:
            terminal.read(left)
        typed += letter
        sent = came = time.perf_counter()
        assert terminal.write(letter.encode())
        while typed not in terminal.text:
            assert came - sent < 10, terminal.text
            came = terminal.read(1) or came
        found.append((came - sent) * 1000)
    terminal.keys("ctrl+u")
    terminal.gone(UNLIKE)
    return found


def test_key_to_letter_while_the_clock_runs(tmp_path: Path) -> None:
    room = json.loads(find_room("noise-protest").read_text(encoding="utf-8"))
    with (
        launch("--archive", str(tmp_path / "logbook.json"), "demo") as ours,
        Terminal([sys.executable, "-m", bare.__name__]) as theirs,
    ):
        theirs.wait(bare.TITLE)
        ours.wait("starts the debrief")
        ours.keys("enter")
        ours.wait("▸OPENING◂")
        ours.keys("f5")
        ours.wait("ends at")
        ours.keys("f8", "f8")
        ours.wait("▸SILENT MAPPING◂")
        ours.paste("\n".join(moment["text"] for moment in room["moments"]))
        ours.wait(f"{len(room['moments'])} moments in the room")
        ours.keys("f2", "f3")
        ours.wait(room["moments"][0]["text"][:30])
        mine, bares = [], []
        for _ in range(BLOCKS):
            mine += echoes(ours)
            bares += echoes(theirs)
    assert len(mine) == len(bares) == BLOCKS * KEYS >= 300
    table(
        "Key to letter, curtain open, clock running",
        "ms",
        [Row("p95", mine, bares, 1.3, 0.95), Row("median", mine, bares, 1.3)],
    )
