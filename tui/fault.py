"""Faults in Redraw: the sentence that tells one, and the report of it, which holds nothing that people wrote."""

import platform
import traceback
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import count, takewhile
from os import W_OK, access, environ
from pathlib import Path
from tempfile import gettempdir
from typing import Self

from screens.frame.base import Host
from screens.frame.keys import REPORT
from screens.frame.question import ask
from store.words.text import clipped, visible

_OURS = Path(__file__).parent.parent
_PARTS = ("textual", "rich", "plotext", "pydantic", "tinydb", "redraw-debrief")


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, where, and on what.

    Attributes:
        kind: the exception's class. Its words are left out: they may hold what somebody wrote.
        trace: the places in the code that led to it, the last one at the end.
        where: the screen and the terminal's size.
    """

    kind: str
    trace: tuple[str, ...]
    where: str

    @classmethod
    def of(cls, error: BaseException, screen: object, size: tuple[int, int]) -> Self:
        """The fault that an exception tells of, on a screen in a terminal of so many columns and rows."""
        chain, seen = [], error
        while seen is not None:
            chain.append(seen)
            seen = seen.__cause__ or seen.__context__  # type: ignore[assignment]
        trace = tuple(line for each in reversed(chain) for line in _trace(each))
        return cls(type(error).__name__, trace, f"{type(screen).__name__}, {size[0]} × {size[1]}")

    @property
    def sentence(self) -> str:
        """What the room reads."""
        return (
            f"Something went wrong ({self.kind}), and Redraw goes on. What was shown as saved is saved."
            f" {REPORT.key_name} saves a report for the people who make Redraw."
        )

    @property
    def report(self) -> str:
        """The report, as a page of plain text."""
        terminal = " ".join(f"{name}={environ.get(name, '')}" for name in ("TERM", "TERM_PROGRAM", "COLORTERM"))
        return "\n".join(
            (
                "A fault in Redraw. This holds nothing that people wrote.",
                "",
                f"what: {self.kind}",
                f"where: {self.where}",
                f"terminal: {terminal}",
                f"system: {platform.platform()}, Python {platform.python_version()}",
                f"versions: {', '.join(f'{name} {_version(name)}' for name in _PARTS)}",
                "",
                *self.trace,
                "",
            )
        )


def _version(name: str) -> str:
    try:
        return version(name)
    except Exception:
        return "unknown"


def _trace(error: BaseException) -> list[str]:
    """The places that led to an error, oldest first; files are named from their package on, so that no folder of a person shows."""
    lines = [f"{type(error).__name__}:"]
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        near = list(takewhile(lambda part: part not in ("site-packages", _OURS.name), reversed(path.parts)))
        lines.append(f"  {'/'.join(reversed(near))}:{frame.lineno} in {frame.name}: {frame.line or ''}")
    return lines


class Faults(Host):
    """The app as far as it tells of faults."""

    path: Path
    """The archive."""

    fault: Fault | None = None
    """The last fault that it has survived and of which no report was saved."""

    def survive(self, error: Exception) -> None:
        """Tell a fault, once, and go on; damaged records that brought it are left out from then on."""
        if self.live.recover(error):
            return
        told = Fault.of(error, self.screen, self.size)
        if self.fault is None or self.fault.trace != told.trace:
            self.fault = told
            self.notify(told.sentence, title="A fault in Redraw", severity="error", markup=False, timeout=30)

    def action_report(self) -> None:
        """Show the report of the last fault, and ask where to save it."""
        if self.fault is None:
            self.notify("Nothing has gone wrong since Redraw was started.", markup=False)
            return
        places = [place for place in dict.fromkeys((Path.cwd(), Path.home())) if access(place, W_OK)]
        files = [_free(place) for place in places]
        answers = [(f"Save it as {clipped(str(file), 200)}", partial(self._save_report, file)) for file in files]
        asked = f"{self.fault.kind} in Redraw. The report holds where in Redraw it was, its versions and the terminal."
        ask(self, f"{asked} Nothing that people wrote is in it.", *answers, ("Not now", None))

    def _save_report(self, file: Path) -> None:
        assert self.fault is not None
        try:
            file.write_text(self.fault.report, "utf-8")
        except OSError as error:
            self.notify(f"{visible(str(file))}: {error.strerror}", severity="error", markup=False)
        else:
            self.notify(f"The report is in {visible(str(file))}.", markup=False)
            self.fault = None

    def last_words(self) -> str:
        """What is said once a fault has ended Redraw, in one line; the report is in a file beside other temporary ones."""
        error = self._exception or RuntimeError()
        where = self.screen_stack[-1] if self.screen_stack else None
        said = (
            f"redraw: something in Redraw went wrong ({type(error).__name__}). What was shown as saved is in"
            f" {visible(str(self.path))}; start redraw again to continue from there."
        )
        file = _free(Path(gettempdir()))
        try:
            file.write_text(Fault.of(error, where, self.size).report, "utf-8")
        except OSError:
            return f"{said} Set REDRAW_DEBUG=1 to see where it went wrong."
        return f"{said} A report for the people who make Redraw, without anything that people wrote, is in {visible(str(file))}."


def _free(folder: Path) -> Path:
    """A name for a report that is still free in a folder."""
    names = (f"redraw-fault-{n}.txt" for n in count(1))
    return next(folder / name for name in names if not (folder / name).exists())
