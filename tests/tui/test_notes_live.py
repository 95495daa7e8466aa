"""Notes from other shells while a session is live in a real terminal: none waits, none is lost, nobody is disturbed."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.demo import fill
from store.notes.spool import Spool
from tests.conftest import Shell
from tests.helpers.sweeps import swept
from tests.helpers.terminal import Terminal, begin, launch

AT_ONCE = 20
COMMAND = (sys.executable, "-m", "tui", "note")


def texts(path: Path) -> list[str]:
    """What the archive holds of what was noted here."""
    return sorted(row["text"] for row in Archive(path).rows("observations") if row.get("note"))


def noted(redraw: Shell, text: str) -> float:
    """Note something; answers with the seconds that it took."""
    began = time.perf_counter()
    subprocess.run([*COMMAND, text, "--probe", "p10"], check=True, env=redraw.environment(), stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def standing(terminal: Terminal) -> list[str]:
    """What is on the screen but for the clock."""
    return [line for line in terminal.text.splitlines() if not re.search(r"\d:\d\d|[▀▄█]", line)]


@pytest.mark.sweep
def test_twenty_notes_at_once_come_into_a_live_session(
    path: Path, redraw: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = sorted(f"note {n}" for n in range(AT_ONCE))
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal)
        terminal.type("Zora, the second, facil")
        terminal.wait("› Zora, the second, facil")
        terminal.wait("F9 Back")
        before = standing(terminal)
        took: list[float] = []
        shells = [threading.Thread(target=lambda n=n: took.append(noted(redraw, f"note {n}"))) for n in range(AT_ONCE)]
        for shell in shells:
            shell.start()
        while any(shell.is_alive() for shell in shells):
            terminal.read(0.02)
        assert len(took) == AT_ONCE  # all are back, and the session has held the lock all the while
        assert not terminal.ended
        terminal.wait(lambda: texts(path) == wanted)
        terminal.wait(lambda: not Spool(path).waiting())
        clock = terminal.text
        terminal.wait(lambda: terminal.text != clock)  # it goes on
        assert standing(terminal) == before
        terminal.type("itator", "enter")
        terminal.wait("Zora (facilitator)")
        terminal.kill()
    took.sort()
    with capsys.disabled():
        print(f"\n20 notes at once: first {took[0]:.2f} s, median {took[AT_ONCE // 2]:.2f} s, last {took[-1]:.2f} s")
    assert texts(path) == wanted
    assert redraw("check", "--repair").code == 0
    assert texts(path) == wanted


@pytest.mark.sweep
def test_a_note_comes_back_while_the_writer_is_stopped(path: Path, redraw: Shell) -> None:
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal)
        terminal.signal(signal.SIGSTOP)
        noted(redraw, "it holds the lock and can do nothing")
        assert texts(path) == []
        terminal.signal(signal.SIGCONT)
        terminal.wait(lambda: len(texts(path)) == 1)
        terminal.kill()


@pytest.mark.parametrize("seconds", [*swept(0.0, 0.3, 0.6, 0.9), 1.1])
def test_killed_before_or_while_it_takes_them_in_each_note_is_there_once(
    path: Path, redraw: Shell, seconds: float
) -> None:
    wanted = sorted(f"note {n}" for n in range(30))
    with launch("--archive", str(path), "demo") as terminal:
        begin(terminal)
        terminal.signal(signal.SIGSTOP)
        spool = Spool(path)
        noted(redraw, "note 0")
        ((_, first),) = spool.waiting()
        for text in wanted:
            if text != "note 0":
                assert not isinstance(first, str)
                spool.drop(type(first)(first.probe, first.created, first.at, None, "", text))
        terminal.signal(signal.SIGCONT)
        end = time.monotonic() + seconds
        while time.monotonic() < end and (seconds < 0.9 or len(spool.waiting()) in (0, 30)):
            terminal.read(0.001)
        terminal.kill()
    there, left = texts(path), len(spool.waiting())
    assert len(set(there)) == len(there)
    assert len(there) in (0, 30)
    assert len(there) + left >= 30
    with launch("--archive", str(path)) as terminal:
        terminal.wait("type to find")
        terminal.wait(lambda: not spool.waiting())
        terminal.keys("ctrl+q")
        assert terminal.finish() == 0
    assert texts(path) == wanted
    assert redraw("check").code == 0


@pytest.mark.sweep
def test_notes_while_checkpoints_are_made_and_others_import(path: Path, redraw: Shell) -> None:
    archive = Archive(path)
    fill(archive, time.time())
    archive.close()
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            writer = Archive(path)
            probe = writer.debrief("p10").probe
            writer.save([probe.but(issue=os.urandom(4).hex())])
            writer.checkpoint()
            writer.close()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        shells = [threading.Thread(target=noted, args=(redraw, f"note {n}")) for n in range(8)]
        for shell in shells:
            shell.start()
        for shell in shells:
            shell.join()
    finally:
        stop.set()
        writing.join()
    assert redraw("import", "-", stdin=b'{"title": "x"}').code == 0
    assert texts(path) == sorted(f"note {n}" for n in range(8))
