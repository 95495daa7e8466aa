"""Faults in Redraw: the sentence that tells one, and the report of it, which holds nothing that people wrote."""

import platform
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from os import W_OK, access, environ
from pathlib import Path
from typing import Self

from screens.frame.base import Host
from screens.frame.keys import REPORT
from screens.frame.question import ask
from store.words.text import clipped, visible
from tui import trace

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
        where = f"{type(screen).__name__}, {size[0]} × {size[1]}"
        return cls(type(error).__name__, tuple(trace.places(error)), where)

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
        files = [trace.free(place) for place in places]
        answers = [(f"Save it as {clipped(str(file), 200)}", partial(self._save_report, file)) for file in files]
        asked = f"{self.fault.kind} in Redraw. The report holds where in Redraw it was, its versions and the terminal."
        ask(self, f"{asked} Nothing that people wrote is in it.", *answers, ("Not now", None))

    def _save_report(self, file: Path) -> None:
        assert self.fault is not None
        try:
            trace.put(file, self.fault.report)
        except OSError as error:
            self.notify(f"{visible(str(file))}: {error.strerror}", severity="error", markup=False)
        else:
            self.notify(f"The report is in {visible(str(file))}.", markup=False)
            self.fault = None

    def last_words(self) -> str:
        """What is said once a fault has ended Redraw, in one line; the report is in a file beside other temporary ones.

        With REDRAW_DEBUG the places in the code stand above it.
        """
        error = self._exception or RuntimeError()
        where = self.screen_stack[-1] if self.screen_stack else None
        said = (
            f"redraw: something in Redraw went wrong ({type(error).__name__}). What was shown as saved is in"
            f" {visible(str(self.path))}; start redraw again to continue from there."
        )
        if file := trace.kept(Fault.of(error, where, self.size).report):
            more = f"A report for the people who make Redraw, without anything that people wrote, is in {visible(str(file))}."
        else:
            more = "" if trace.wanted() else "Set REDRAW_DEBUG=1 to see where it went wrong."
        told = " ".join(filter(None, (said, more, visible(trace.kept_whole(error)))))
        return "\n".join((*trace.places(error), told)) if trace.wanted() else told
