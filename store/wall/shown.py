"""The wall's value, and what each phase adds to it. Nothing here needs the models, so that a wall is there at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.words.text import visible

if TYPE_CHECKING:
    from store.matrix.figures import MatrixFigures
    from store.matrix.proposals import Ranked
    from store.wall.timing import Timing


@dataclass(frozen=True, slots=True)
class Panel:
    """A list on the wall.

    Attributes:
        head: its heading, which may be empty.
        lines: what is listed.
        main: whether it matters most of several lists.
        short: whether its lines are so short, as names are, that they can stand in one where there is little room.
        latest: whether the last lines matter most, so that the first ones go where there is too little room.
    """

    head: str
    lines: tuple[str, ...]
    main: bool = False
    short: bool = False
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a phase shows in place of its question; see `Public`. By default nothing.

    `asked` is whether the question stands above it.
    """

    asked: bool = True
    label: str = ""
    sentence: str = ""
    panels: tuple[Panel, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    chart: MatrixFigures | tuple[Ranked, ...] | None = None


NOTHING = Shown()


@dataclass(frozen=True, slots=True)
class Public:
    """All that the wall may show, as plain text whose control characters are visible.

    There is no field for a moment, a reservation, a note or a ballot, nor for a name that nobody has opened.

    Attributes:
        phase: the phase's name; empty where no session is live.
        heading: its title.
        probe: the title of the probe.
        question: what the room is asked.
        count: how many have done it, in words.
        timing: the clock's figures; None where no clock is shown.
        label: a few words above the sentence; beside a chart, what it shows in whole sentences.
        sentence: what is set largest, in place of the question.
        panels: lists beside one another.
        words: words with how often each was said.
        chart: the figures of a revealed round, or the ranked proposals with nobody's name.
    """

    phase: str
    heading: str
    probe: str
    question: str
    count: str
    timing: Timing | None = None
    label: str = ""
    sentence: str = ""
    panels: tuple[Panel, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    chart: MatrixFigures | tuple[Ranked, ...] | None = None

    @property
    def plain(self) -> bool:
        """Whether there is nothing but the question, so that the clock takes the room."""
        return not (self.sentence or self.panels or self.words or self.chart)


def waiting(title: str, when: str) -> Public:
    """What the wall shows while no session is live: the probe that is next, and what is due when; without one, that none is."""
    if not title:
        return Public("", "", "", "No debrief is running.", visible(when))
    return Public("", "Next", "", visible(title), visible(when))


def over(last: Public) -> Public:
    """What the wall shows of a session that was just sealed: what was decided, and thanks."""
    return replace(last, timing=None, label="", sentence="Thank you.", count="", chart=None)
