"""The room file: a whole debrief as people would type it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from store.model import Answers, Change, Choice, Felt, Mark, Pact, Partner, RedLine, Stamp, Text, Value


class RoomDissent(Value):
    """A position of the open dissent session in a room file."""

    voice: Text
    pull: Literal["autonomy", "benefit"]
    borne_out: bool | None = None
    text: Text


class RoomProposal(Value):
    """A candidate probe in a room file."""

    title: Text
    placements: tuple[Mark, ...] = ()


class RoomObservation(Value):
    """An observer's note in a room file."""

    at: Stamp
    by: Text | None = None
    kind: Text = ""
    text: Text


class RoomParticipant(Value):
    """Somebody in the room."""

    alias: Text
    organisation: Text
    role: Text = "participant"


class RoomMoment(Value):
    """A moment; `by` may be absent."""

    by: Text | None = None
    felt: Felt
    text: Text


class RoomPattern(Value):
    """A pattern, with the zero-based places of its moments in the file."""

    group: int = Field(ge=1)
    felt: Felt
    text: Text
    from_: tuple[int, ...] = Field(default=(), alias="from")
    paper_maps: int = Field(default=0, ge=0)


class RoomAmendment(Value):
    """An amendment, with the zero-based places of its patterns in the file."""

    principle: Text
    replaces: Text | None = None
    because: tuple[int, ...] = ()
    decision: Text
    reservations: tuple[Text, ...] = ()


class RoomClose(Value):
    """How the session ended."""

    next_facilitator: Text = ""
    rhythm: Literal["act", "reflect", "pause"]
    sunset: Literal["lapse", "renew"]
    reason: Text = ""
    decided_by: Text = ""
    renewed_until: date | None = None
    no_amendment: Text = ""


class Room(Value):
    """A room file: a whole debrief as it would be typed.

    Fields with the names of a probe's fields mean the same. `red_lines` are as the room marked them at the debrief, and
    `independence_after` holds its answers then to the three questions. Once anything of a debrief is written down, the
    debrief is over, even without a `close`: then nobody knows how it ended.
    """

    title: Text
    issue: Text = ""
    scope: Text = ""
    scope_reason: Text = ""
    place: Text = ""
    context: Text = ""
    our_organisation: Text = ""
    partners: tuple[Partner, ...] = ()
    non_negotiables: tuple[Text, ...] = ()
    facilitators: tuple[Text, ...] = ()
    spokespeople: tuple[Text, ...] = ()
    observers: tuple[Text, ...] = ()
    independence: Answers = {}
    choice: Choice | None = None
    dissent: tuple[RoomDissent, ...] = ()
    proposals: tuple[RoomProposal, ...] = ()
    pact: Pact = Pact()
    observations: tuple[RoomObservation, ...] = ()
    participants: tuple[RoomParticipant, ...] = ()
    moments: tuple[RoomMoment, ...] = ()
    patterns: tuple[RoomPattern, ...] = ()
    expected: tuple[Mark, ...] = ()
    actual: tuple[Mark, ...] = ()
    amendments: tuple[RoomAmendment, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    independence_after: Answers = {}
    sovereignty: Mapping[str, Change] = {}
    turnout: int | None = Field(default=None, ge=0)
    feelings: Mapping[Text, Annotated[int, Field(ge=1)]] = {}
    close: RoomClose | None = None

    @property
    def debriefed(self) -> bool:
        """Whether it holds anything that was said in a debrief. A list of who will come doesn't count."""
        return self.turnout is not None or any(
            (
                self.moments,
                self.patterns,
                self.actual,
                self.amendments,
                self.red_lines,
                self.independence_after,
                self.sovereignty,
                self.feelings,
                self.close,
            )
        )
