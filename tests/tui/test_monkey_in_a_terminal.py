"""The monkey in a real terminal, as bytes: it ends no program but by the keys that quit it, and leaves a sound archive."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.conftest import Shell
from tests.helpers.monkey import Doing, doings
from tests.helpers.terminal import KEYS, PATIENCE, launch

pytestmark = pytest.mark.sweep

EVENTS = 2_000
"""Keys, pastes, clicks and resizes, over all seeds."""

SEEDS = range(8)


class MonkeyAtATerminal:
    """A monkey that sends bytes, and starts Redraw again where it has quit it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.quit = 0
        self.terminal = launch("--archive", str(path), "demo")
        self.terminal.wait("type to find")

    def do(self, doing: Doing) -> None:
        """Do some things without waiting in between, unless the program reads nothing any more."""
        for value in doing.values:
            if doing.what == "resizes":
                self.terminal.resize(*value)
            elif doing.what == "waits":
                self._look(min(value, 1.0))
            else:
                self._send(_bytes(doing.what, value, (self.terminal.screen.columns, self.terminal.screen.lines)))
            if self.terminal.ended:
                self.start_again()
        if doing.waits:
            self._look(0.1)

    def start_again(self) -> None:
        """Start Redraw once more after its keys have quit it."""
        self.look_back()
        assert self.terminal.process.returncode == 0, self.terminal.written[-2000:]
        self.terminal.close()
        self.quit += 1
        self.terminal = launch("--archive", str(self.path))
        self.terminal.wait("type to find")

    def leave(self) -> None:
        """Quit as people do, whatever is in front."""
        end = time.monotonic() + PATIENCE
        while not self.terminal.ended:
            assert time.monotonic() < end, f"it can't be quit any more:\n{self._drawn()}"
            # "2" answers what has to be answered, such as whether the time counts in which a busy computer stood still.
            for key, seconds in (*(("ctrl+q", 0.5),) * 4, ("escape", 3.0), ("2", 0.5)):
                self._send(KEYS.get(key, key).encode())
                self._look(seconds)  # read together with an Escape, Ctrl+Q would be Alt+Ctrl+Q

    def look_back(self) -> None:
        """No fault was met and no traceback written."""
        while self.terminal.take(0.05) is not None:
            pass
        for told in (b"Traceback", b"Something went wrong", b"omething in Redraw went wrong"):
            assert told not in self.terminal.written

    def _drawn(self) -> str:
        """The screen, which is not drawn before somebody asks for it."""
        self.terminal.feed(bytes(self.terminal.written))
        return self.terminal.text

    def _look(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.terminal.ended:
            self._back_from_the_shell()
            self.terminal.take(left)

    def _send(self, data: bytes) -> None:
        end = time.monotonic() + PATIENCE
        while data and not self.terminal.ended:
            assert time.monotonic() < end, "the program reads nothing"
            self._back_from_the_shell()
            self.terminal.take()
            data = data[self.terminal.write(data[:512]) :]

    def _back_from_the_shell(self) -> None:
        """Go on, as with `fg`, if the monkey went to the shell: the palette offers that."""
        if os.waitid(os.P_PID, self.terminal.process.pid, os.WSTOPPED | os.WNOHANG):
            self.terminal.signal(signal.SIGCONT)


def _bytes(what: str, value: object, size: tuple[int, int]) -> bytes:
    """What a terminal of that size sends for a key, a paste or a click."""
    if what == "clicks":
        assert isinstance(value, tuple)
        x, y = (int(share * cells) + 1 for share, cells in zip(value, size, strict=True))
        return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode()
    if what == "pastes":
        return f"\x1b[200~{value}\x1b[201~".encode()
    return KEYS.get(str(value), str(value)).encode()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_monkey_at_a_real_terminal_ends_no_program_and_leaves_a_sound_archive(
    path: Path, redraw: Shell, seed: int
) -> None:
    monkey = MonkeyAtATerminal(path)
    try:
        for doing in doings(1000 + seed, EVENTS // len(SEEDS)):
            monkey.do(doing)
        if seed % 2:
            monkey.leave()
            monkey.look_back()
            assert monkey.terminal.process.returncode == 0
        else:
            monkey.terminal.process.kill()
            monkey.terminal.process.wait()
            monkey.look_back()
    finally:
        monkey.terminal.close()
    found = redraw("check")
    assert found.code == 0, found.out + found.err
    assert redraw("list").code == 0
