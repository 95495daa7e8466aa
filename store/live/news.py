"""News: what a live session tells its front ends."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias


class Happening(Enum):
    """That something happened; what it led to is in `Live`."""

    BEGAN = auto()
    """A session was started or resumed; it is live now."""
    DEBRIEF_CHANGED = auto()
    """The debrief in hand has changed."""
    MOVED = auto()
    """The session went to another phase, or it was sealed."""
    LEFT = auto()
    """The session was left as it is; nothing of it is live until it begins again."""
    LOGBOOK_CHANGED = auto()
    """The list of probes may have changed, or whether it can be changed."""
    CHECKPOINT_DUE = auto()
    """This is a good time for `LiveWriter.checkpoint`, which may run in a thread of its own."""


@dataclass(frozen=True, slots=True)
class Status:
    """Whether things can be saved; every field is mostly empty.

    Attributes:
        unsaved: why the last save failed, as a sentence, as long as something is not saved.
        unkept: why what is half typed is not on the disk, as a sentence, as long as it isn't.
        read_only: who writes the archive in another Redraw, and since when; until that ends nothing can be entered here.
        displaced: that the archive isn't where it was, as a sentence, though everything is saved.
        warning: what else the facilitator should know, as a sentence.
    """

    unsaved: str = ""
    unkept: str = ""
    read_only: str = ""
    displaced: str = ""
    warning: str = ""


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
    """Redraw was away for some seconds while the clock ran. Ask the room whether they count, then call `Live.came_back`.

    It is told again with more seconds while nobody has answered and Redraw was away once more: that is the same question.
    `left` is when somebody left the session on purpose, in seconds since the epoch; None where it was not left so.
    """

    seconds: float
    left: float | None = None


News: TypeAlias = Happening | Status | Notice | Away
