"""What a live session tells whoever shows it. Each kind of news is one small frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.debrief import Debrief


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand with saving; every field is mostly empty.

    Attributes:
        unsaved: why the last save failed, as a sentence, while anything that is shown isn't saved.
        read_only: who writes the archive in another Redraw, and since when; nothing can be entered here meanwhile.
        warning: what else the facilitator should know, as a sentence.
    """

    unsaved: str = ""
    read_only: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Began:
    """A session was started or resumed and is live from now on."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class Changed:
    """The debrief in hand may differ from what is shown."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class Moved:
    """The session has come to another phase, or it was sealed."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class LogbookChanged:
    """The list of probes may differ from what is shown, or it can be changed again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person should be told once.

    Attributes:
        sentence: what is wrong, in words that hold on any front end.
        title: a few words above it; may be empty.
        grave: whether something that was asked for could not be done.
    """

    sentence: str
    title: str = ""
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """Redraw was away for so many seconds while the clock ran: ask the room whether they count, and call `Live.came_back`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CheckpointDue:
    """It is a good time for `Writer.checkpoint`, in a thread of its own where nobody should wait for it."""


News: TypeAlias = Status | Began | Changed | Moved | LogbookChanged | Problem | Away | CheckpointDue
