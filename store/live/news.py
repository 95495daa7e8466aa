"""News: what a live session tells its front ends. Each kind is a small frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the logbook is shown before the models are needed
    from store.debrief import Debrief


@dataclass(frozen=True, slots=True)
class Status:
    """Whether things can be saved; every field is mostly empty.

    Attributes:
        unsaved: why the last save failed, as a sentence, as long as something is not saved.
        read_only: who writes the archive in another Redraw, and since when; until that ends nothing can be entered here.
        warning: what else the facilitator should know, as a sentence.
    """

    unsaved: str = ""
    read_only: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Began:
    """A session was started or resumed; it is live now."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class DebriefChanged:
    """The debrief in hand has changed."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class Moved:
    """The session went to another phase, or it was sealed."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class Left:
    """The session was left as it is; nothing of it is live until it begins again."""


@dataclass(frozen=True, slots=True)
class LogbookChanged:
    """The list of probes may have changed, or whether it can be changed."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should be told once.

    Attributes:
        sentence: what is wrong, in words that fit any front end.
        title: a few words above it, or none.
        grave: whether something that was asked for was not done.
    """

    sentence: str
    title: str = ""
    grave: bool = True


@dataclass(frozen=True, slots=True)
class Away:
    """Redraw was away for some seconds while the clock ran. Ask the room whether they count, then call `Live.came_back`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CheckpointDue:
    """This is a good time for `LiveWriter.checkpoint`, which may run in a thread of its own."""


News: TypeAlias = Status | Began | DebriefChanged | Moved | Left | LogbookChanged | Notice | Away | CheckpointDue
