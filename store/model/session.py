"""The records of a session: what a room said and decided in it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from store.clock import Clock
from store.model.agenda import Agenda
from store.model.base import Record, Stamp, Text, Value
from store.model.privacy import Counted, Holder, Home, Member, Organisation, Person, Public, Raw, Role, Said, Withheld
from store.model.probe import Answers, Pull
from store.phases import EVERY
from store.ranges import PEOPLE, Count, Day, Instant, Number, Rate, Round, Seconds, Step


def _phase(value: str) -> str:
    if value not in EVERY:
        raise ValueError(f"there is no such phase; the phases are {', '.join(EVERY)}")
    return value


def _of_all(value: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= value[0] <= value[1] <= 1_000_000:
        raise ValueError("it should be how many, and of how many")
    return value


def _of_a_room(value: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    if sum(map(len, value)) > PEOPLE:
        raise ValueError(f"a room has {PEOPLE} people at most")
    return value


Tally = Mapping[Pull, Annotated[tuple[int, int], AfterValidator(_of_all)]]
"""For each pull, how many of its positions of dissent were borne out, and how many the room has judged."""


class Felt(StrEnum):
    """How independence felt in a moment or across a pattern."""

    STRENGTHENED = "strengthened"
    COMPROMISED = "compromised"

    @property
    def sign(self) -> str:
        """The mark that is typed and shown for it."""
        return "+" if self is Felt.STRENGTHENED else "−"

    @property
    def other(self) -> "Felt":
        """The opposite."""
        return Felt.COMPROMISED if self is Felt.STRENGTHENED else Felt.STRENGTHENED


class Change(Value):
    """How one measure of sovereignty changed, −2 (lost a lot) to +2 (gained a lot), and why the group says so."""

    change: Public[Annotated[int, Field(ge=-2, le=2)]]
    note: Public[Text] = ""


MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
"""The four measures of sovereignty, in the order in which they are asked."""

Sound = Literal["silent", "bell", "player"]
"""How the end of a phase is heard: not at all, by the terminal's bell, or by a chime that the computer plays."""

RHYTHMS = ("act", "reflect", "pause")
OUTCOMES = ("lapse", "renew")
DECISIONS = ("consensus", "consent with reservations", "vote")


class Closing(Value):
    """What a session ends with: lapse or renew (then until when, why, and who decided), the rhythm, the next facilitator.

    `paused_until` is the last day of a pause, if the rhythm is one and it was given an end.
    """

    sunset: Public[Literal["lapse", "renew"] | None] = None
    reason: Public[Text] = ""
    decided_by: Holder[Text] = ""
    renewed_until: Public[Day | None] = None
    rhythm: Public[Literal["act", "reflect", "pause"] | None] = None
    paused_until: Public[Day | None] = Field(default=None, exclude_if=lambda value: value is None)
    next_facilitator: Person[Text] = ""


class Shift(Value):
    """How people who placed twice moved on one axis, actual − expected: the median, and how many went which way."""

    median: Public[Step]
    lower: Public[Count]
    same: Public[Count]
    higher: Public[Count]


class Paired(Value):
    """The gap of the same people: how many they are, three or more, and how they moved."""

    n: Public[Count]
    autonomy: Shift
    benefit: Shift


class Gap(Value):
    """Median actual − median expected on each axis, and the length of that step (DESIGN.md, statistics).

    Beside it how the same people moved, where that may be shown: the medians may be those of different people.
    """

    autonomy: Public[Step]
    benefit: Public[Step]
    length: Public[Annotated[float, Field(ge=0, le=15)]]
    paired: Paired | None = Field(default=None, exclude_if=lambda value: value is None)


RedLineState = Literal["held", "strained", "crossed"]
"""What became of a red line."""

HELD: tuple[RedLineState, ...] = ("held", "strained", "crossed")
"""The states of a red line in order."""


class RedLine(Value):
    """A red line as it was read out, and what the room says became of it."""

    text: Public[Text]
    state: Public[RedLineState]


WORKED = ("yes", "partly", "no", "too early")
"""What a group can say of a guideline that an earlier debrief added."""


class Verdict(Value):
    """Whether a guideline, by its number, has worked.

    `wording` is what was asked about, where our book doesn't say: then the number is another group's, or 0 where it is none.
    """

    guideline: Public[Count]
    worked: Public[Literal["yes", "partly", "no", "too early"]]
    wording: Public[Text] = Field(default="", exclude_if=lambda value: not value)


_unless_unknown: Any = Field(default=None, exclude_if=lambda value: value is None)
"""A count that a row has only where somebody counted."""

_unless_unchosen: Any = Field(default=None, exclude_if=lambda value: value is None)
"""A choice that a row has only where somebody made it."""

_where_shut: Any = Field(default=False, exclude_if=lambda value: not value)
"""A sign that a row has only while something is shut, or while there is a break."""


class Session(Record):
    """One debrief, run live through its phases; or the open dissent session before the action, with phases of its own.

    Attributes:
        kind: which of the two.
        phase: the phase in which it stands.
        began: when its first clock was started, in seconds since the epoch.
        sealed: when it was closed; None while it is live.
        action_ended: when the action had ended, by the pact, kept with the room's zone when it was sealed.
        resting: whether it stands in the break after that phase.
        agenda: the group's own minutes, questions and breaks; None for the defaults.
        clocks: a clock for each phase and each break that has been entered.
        groups: the small groups, as names.
        ready: the numbers of the small groups that have said that they are done.
        wall, curtain: what was shut when it was last on a screen; neither is once it is sealed.
        sound: how the end of a phase is heard, where somebody chose; it holds for later debriefs too.
        opened: whether the curtain was opened in this phase, for a wall in a window of its own.
        round: the round of ballots that is being taken, from 1.
        revealed: how many rounds have been revealed.
        keep_feelings: False where the group chose to leave its words of decompression unsaved.
        red_lines: those that the room has marked, in the order of the pact.
        verdicts: what it says of the guidelines that the debrief before added.
        independence: the answers to `store.model.QUESTIONS` after the action.
        turnout: how many came; None where nobody counted.
        joined: how many new organisers joined through this probe.
        stayed: how many are still here of all who joined through earlier probes; neither is ever added in.
        impulses: kept when it was sealed, for the running record.
        gap: what the session taught, kept when it was sealed, for the logbook's list.
    """

    table: ClassVar[str] = "sessions"
    key_fields: ClassVar[tuple[str, ...]] = ("id",)

    id: Public[str]
    probe: Public[str]
    kind: Public[Literal["debrief", "dissent"]] = "debrief"
    created: Public[Stamp]
    phase: Public[Annotated[str, AfterValidator(_phase)]] = "opening"
    resting: Public[bool] = _where_shut
    agenda: Agenda | None = _unless_unknown
    began: Public[Instant | None] = None
    sealed: Public[Stamp | None] = None
    action_ended: Public[Stamp | None] = Field(default=None, exclude_if=lambda value: value is None)
    clocks: Public[Mapping[str, Clock]] = {}
    rate: Public[Rate] = 1.0
    groups: Person[Annotated[tuple[tuple[Text, ...], ...], AfterValidator(_of_a_room)]] = ()
    ready: Home[tuple[Number, ...]] = Field(default=(), exclude_if=lambda value: not value)
    wall: Home[bool] = _where_shut
    curtain: Home[bool] = _where_shut
    sound: Home[Sound | None] = _unless_unchosen
    opened: Home[bool] = _where_shut
    round: Public[Annotated[int, Field(ge=1, le=1000)]] = 1
    revealed: Public[Round] = 0
    red_lines: tuple[RedLine, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    independence: Public[Answers] = {}
    sovereignty: Mapping[Public[str], Change] = {}
    turnout: Public[Count | None] = None
    joined: Public[Count | None] = _unless_unknown
    stayed: Public[Count | None] = _unless_unknown
    keep_feelings: Public[bool] = True
    feelings: Counted[Mapping[Text, Count]] = {}
    no_amendment: Public[Text] = ""
    closing: Closing = Closing()
    impulses: Public[Tally] = {}
    gap: Gap | None = None

    def row(self) -> dict[str, Any]:
        """As of any record; pydantic can't write a word with a lone surrogate as a name, so the words go in as they are."""
        found = {**self.model_dump(mode="json", exclude={"feelings"}), "feelings": dict(self.feelings)}
        return {name: found[name] for name in type(self).model_fields if name in found}


class SessionRecord(Record):
    """A record that belongs to one session and is numbered in it from 1."""

    key_fields: ClassVar[tuple[str, ...]] = ("session", "number")

    session: Public[str]
    number: Public[Number]


class Participant(SessionRecord):
    """Somebody in the room, by the name under which they want to be kept; `left` is whether they went before the end."""

    table: ClassVar[str] = "participants"

    alias: Member[Text]
    organisation: Organisation[Text]
    role: Role[Text] = "participant"
    left: Withheld[bool] = Field(default=False, exclude_if=lambda value: not value)


class Moment(SessionRecord):
    """What one participant wrote in the silent mapping: independence strengthened or compromised."""

    table: ClassVar[str] = "moments"

    at: Public[Stamp]
    felt: Public[Felt]
    text: Raw[Text]
    by: Person[Text | None] = None
    added_later: Public[bool] = False


class Pattern(SessionRecord):
    """What a small group saw across moments: the numbers of those moments, a number of paper maps, or both."""

    table: ClassVar[str] = "patterns"

    at: Public[Stamp]
    group: Public[Number]
    felt: Public[Felt]
    text: Public[Text]
    moments: Public[tuple[int, ...]] = ()
    paper_maps: Public[Count] = 0


class Amendment(SessionRecord):
    """A principle added or revised from lived experience, and how that was decided.

    `guideline` is the number in the alliance guidelines that it made or changed, `because` the numbers of patterns.
    """

    table: ClassVar[str] = "amendments"

    at: Public[Stamp]
    guideline: Public[Count]
    principle: Public[Text]
    replaces: Public[Text | None] = None
    because: Public[tuple[int, ...]] = ()
    decision: Public[Text]
    reservations: Said[tuple[Text, ...]] = ()


class Event(SessionRecord):
    """Something that happened to a session: an advance, a return, a pause, an extension, an absence."""

    table: ClassVar[str] = "events"

    at: Public[Stamp]
    phase: Public[Annotated[str, AfterValidator(_phase)]]
    what: Public[Annotated[str, Field(pattern="^[A-Za-z0-9 ,'’-]{1,80}$")]]
    seconds: Public[Seconds | None] = None
