"""Redraw in a real pseudo-terminal, driven as a person would: keys, pastes, resizes, signals, and the screen."""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

from screens.frame.question import QUIET
from tests.helpers.posters import posters

ROOT = Path(__file__).parent.parent.parent

PATIENCE = 60.0
"""The most seconds a condition may take. Only a computer under heavy load comes near it."""

DUE = "A day and a night at Bay 4 for the N6"
"""The one debrief of the sample year that is due."""

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "end": "\x1b[F",
    "home": "\x1b[H",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "space": " ",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    **{f"ctrl+{letter}": chr(ord(letter) & 0x1F) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for each key."""

# Opens the terminal by name in a new session, which makes it the controlling terminal: closing it hangs up the program, and
# resizing it signals the program. This avoids forking this process, which threads would make unsafe.
_IN_TERMINAL = 'exec "$@" <"$0" >"$0" 2>&1'

# Colours, which no test checks and which slow pyte down most, and keyboard queries, which pyte draws as text.
_PASSED_OVER = re.compile(rb"\x1b\[[<>=?]?[0-9;:]*[mu]")
_UNFINISHED = re.compile(rb"\x1b(\[[0-9;:<>=?]*)?\Z")

# Characters that are one cell wide and don't combine with others.
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u22ff\u2500-\u25fc]*")


class Screen(pyte.Screen):
    """A screen that draws plain text in one go. Pyte does it character by character."""

    def draw(self, data: str) -> None:
        """Draw text at the cursor."""
        start = self.cursor.x
        if start + len(data) > self.columns or not _NARROW.fullmatch(data):
            super().draw(data)
            return
        self.buffer[self.cursor.y].update(enumerate(map(_cell, data), start))
        self.cursor.x = start + len(data)


@cache
def _cell(character: str) -> pyte.screens.Char:
    return pyte.screens.Char(character)


def _as_from_a_terminal() -> None:
    """Make a hang-up end the program, as in a real terminal, even if the tests run under `nohup`."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Terminal:
    """A program in its own pseudo-terminal, with the screen it draws."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.screen = Screen(columns, rows)
        self.written = bytearray()
        """Every byte that the program has written."""
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self._text: str | None = None
        self._master, slave = os.openpty()
        self._readable = select.poll()  # unlike `select.select`, it takes a descriptor above 1,024
        self._readable.register(self._master, select.POLLIN)
        os.set_blocking(self._master, False)
        self._size(columns, rows)
        name = os.ttyname(slave)
        self.started = time.perf_counter()
        try:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", _IN_TERMINAL, name, *command],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=_environment(environment or {}),
                start_new_session=True,
                preexec_fn=_as_from_a_terminal,
            )
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # ------------------------------------------------------------------------------------------------- what is shown

    @property
    def text(self) -> str:
        """The screen, one line per row, followed by the text in large letters."""
        if self._text is None:
            across, rows = range(self.screen.columns), self.screen.buffer
            drawn = ("".join(row[x].data for x in across) for row in (rows[y] for y in range(self.screen.lines)))
            lines = [line.rstrip() for line in drawn]
            self._text = "\n".join([*lines, *posters(lines)])
        return self._text

    def take(self, seconds: float = 0.0) -> tuple[float, bytes] | None:
        """What the program writes within `seconds` and when, without drawing it; None if it writes nothing."""
        if self._master < 0 or not self._readable.poll(seconds * 1000):
            return None
        try:
            data = os.read(self._master, 1 << 16)
        except BlockingIOError:
            return None
        except OSError:  # on Linux, once nobody has the other end open
            data = b""
        came = time.perf_counter()
        if not data:
            time.sleep(0.01)
            return None
        self.written += data
        return came, data

    def feed(self, data: bytes) -> None:
        """Draw what the program wrote."""
        data = self._rest + data
        cut = found.start() if (found := _UNFINISHED.search(data)) else len(data)
        data, self._rest = data[:cut], data[cut:]
        self._stream.feed(_PASSED_OVER.sub(b"", data))
        self._text = None

    def read(self, seconds: float = 0.0) -> float | None:
        """Draw what the program writes within `seconds`. Returns when it came, or None if it wrote nothing."""
        if (taken := self.take(seconds)) is None:
            return None
        came, data = taken
        self.feed(data)
        return came

    def wait(self, wanted: str | Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until a text is on the screen or a condition holds."""
        holds = (lambda: wanted in self.text) if isinstance(wanted, str) else wanted
        end = time.monotonic() + seconds
        while not holds():
            over = time.monotonic() > end or (self.ended and self.read(0.05) is None)
            if over and not holds():
                what = repr(wanted) if isinstance(wanted, str) else getattr(wanted, "__name__", "the condition")
                state = f"ended with {self.process.returncode}" if self.ended else "is running"
                raise AssertionError(f"waited in vain for {what}; the program {state} and shows:\n{self.text}")
            self.read(0.05)

    def gone(self, text: str, seconds: float = PATIENCE) -> None:
        """Wait until a text is off the screen."""
        self.wait(lambda: text not in self.text, seconds)

    @property
    def modes(self) -> list[Any]:
        """The terminal's settings, as `termios.tcgetattr` gives them."""
        return termios.tcgetattr(self._master)

    # ------------------------------------------------------------------------------------------------- what is typed

    def send(self, data: bytes) -> None:
        """Send the program some bytes. Reads what it writes meanwhile, so that neither blocks the other."""
        end = time.monotonic() + PATIENCE
        while data:
            assert time.monotonic() < end, f"the program reads nothing and shows:\n{self.text}"
            self.read()
            data = data[self.write(data[:1024]) :]

    def write(self, data: bytes) -> int:
        """Send the program as many bytes as it accepts, without reading. Returns how many."""
        try:
            return os.write(self._master, data)
        except BlockingIOError:
            return 0

    def keys(self, *names: str) -> None:
        """Press keys by name."""
        self.send("".join(KEYS[name] for name in names).encode())

    def type(self, text: str, *keys: str) -> None:
        """Type some text as fast as possible, then press keys."""
        self.send(text.encode() + "".join(KEYS[name] for name in keys).encode())

    def answer(self, text: str) -> None:
        """Answer a question that has come by itself, once it takes keys."""
        then = time.monotonic() + QUIET + 0.3
        self.wait(lambda: time.monotonic() > then)
        self.type(text)

    def paste(self, text: str | bytes) -> None:
        """Paste some text the way terminals do."""
        self.send(b"\x1b[200~" + (text.encode() if isinstance(text, str) else text) + b"\x1b[201~")

    # ----------------------------------------------------------------------------------------------- what is done to it

    @property
    def ended(self) -> bool:
        """Whether the program has ended."""
        return self.process.poll() is not None

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Resize the terminal, which signals the program."""
        self.screen.resize(rows, columns)
        self._text = None
        self._size(columns, rows)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def finish(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended. Returns its exit status."""
        self.wait(lambda: self.ended, seconds)
        while self.read(0.05) is not None:
            pass
        return self.process.wait()

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def kill(self) -> None:
        """Kill the program at once, like kill -9. The screen keeps what it showed last."""
        self.process.kill()
        self.process.wait()
        while self.read() is not None:
            pass
        self.hang_up()

    def close(self) -> None:
        """End the program and close the terminal."""
        if not self.ended:
            self.process.send_signal(signal.SIGCONT)
        self.kill()


def _environment(also: Mapping[str, str]) -> dict[str, str]:
    """This process's environment without variables that change how Redraw or Python behaves."""
    dropped = ("REDRAW_", "PYTHON", "LC_", "TEXTUAL", "NO_COLOR", "COLUMNS", "LINES", "COLORTERM")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        **also,
    }


def launch(*arguments: str, **environment: str) -> Terminal:
    """Redraw in a terminal of 120 columns and 40 rows."""
    return Terminal([sys.executable, "-m", "tui", *arguments], environment=environment)


def begin(terminal: Terminal, phases: int = 0) -> None:
    """In `redraw demo`: open the due debrief, start its clock and go on by `phases` phases."""
    terminal.wait(DUE)
    terminal.keys("enter")
    terminal.wait("▸OPENING◂")
    terminal.keys("f5")
    terminal.wait("ends at")
    for title in ("SILENT MAPPING", "SMALL GROUPS")[:phases]:
        terminal.keys("f8")
        terminal.wait("F8 again")
        terminal.keys("f8")
        terminal.wait(f"▸{title}◂")
