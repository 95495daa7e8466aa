"""The records of the archive, in DESIGN.md's words. All are frozen: a change is a new value.

A record's `key` tells it from the others of its table; what belongs to one session or probe carries its id. Places on
the matrix are whole numbers from 0 to 10, moments and patterns are numbered from 1 in the order in which they came.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetPydanticSchema
from pydantic_core import core_schema

from store.clock import Clock
from store.phases import NAMES

Text = Annotated[
    str,
    GetPydanticSchema(
        lambda _source, _handler: core_schema.is_instance_schema(
            str, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )
    ),
]
"""A string as somebody typed it. Unlike pydantic's own `str` it takes lone surrogates, which a broken paste holds."""

Point = Annotated[int, Field(ge=0, le=10)]
"""A place on one axis of the matrix, 0 to 10."""


def _iso(value: str) -> str:
    datetime.fromisoformat(value)
    return value


Stamp = Annotated[str, AfterValidator(_iso)]
"""A point in time in ISO form, kept as it was written."""


def _phase(value: str) -> str:
    if value not in NAMES:
        raise ValueError(f"there is no such phase; the phases are {', '.join(NAMES)}")
    return value


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


class Value(BaseModel):
    """A part of a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)

    def but(self, **changes: object) -> Self:
        """The same with some fields changed, and checked again."""
        return type(self).model_validate({**{name: getattr(self, name) for name in type(self).model_fields}, **changes})


class Record(Value):
    """One document of one table of the archive."""

    table: ClassVar[str]
    key_fields: ClassVar[tuple[str, ...]]

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this record from the others in its table, over the whole archive."""
        return tuple(getattr(self, name) for name in self.key_fields)

    def row(self) -> dict[str, Any]:
        """The document of this record, as the archive and an export hold it."""
        return self.model_dump(mode="json")


class Partner(Value):
    """An organisation in a probe, its kind (union, NGO, party …) and the power dynamics with it."""

    name: Text
    kind: Text = ""
    power: Text = ""


class Mark(Value):
    """Where one person puts something on the matrix."""

    by: Text
    autonomy: Point
    benefit: Point


class Responsibility(Value):
    """Who does what, in a pact."""

    who: Text
    what: Text


class Pact(Value):
    """One page: purpose, time, responsibilities, messaging agreements, red lines, sunset.

    `ends_at` is the hour at which the action ended on the day `ends`, where it is known: the 24 hours for the debrief run
    from there, and otherwise from the end of that day.
    """

    purpose: Text = ""
    starts: date | None = None
    ends: date | None = None
    ends_at: time | None = None
    sunset: date | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    messaging: tuple[Text, ...] = ()
    red_lines: tuple[Text, ...] = ()


class Probe(Record):
    """A micro-experiment: one concrete, limited, time-boxed collaboration."""

    table: ClassVar[str] = "probes"
    key_fields: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    created: Stamp
    title: Text
    issue: Text = ""
    scope: Text = ""
    place: Text = ""
    context: Text = ""
    our_organisation: Text = ""
    partners: tuple[Partner, ...] = ()
    non_negotiables: tuple[Text, ...] = ()
    pact: Pact = Pact()


class Dissent(Record):
    """A position said in an open dissent session, verbatim, with the pull it voices."""

    table: ClassVar[str] = "dissent"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: str
    number: int
    voice: Text
    pull: Literal["autonomy", "benefit"]
    text: Text


class Proposal(Record):
    """A candidate probe that the room placed on the matrix."""

    table: ClassVar[str] = "proposals"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: str
    number: int
    title: Text
    placements: tuple[Mark, ...] = ()


class Observation(Record):
    """An embedded observer's note: friction, narrative shift, synergy or autonomy erosion, with its time."""

    table: ClassVar[str] = "observations"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: str
    number: int
    at: Stamp
    by: Text | None = None
    kind: Text = ""
    text: Text


class Placement(Record):
    """Where one person puts a probe on the matrix: expected before the action, actual at the debrief.

    `round` is 0 for what was expected and counts from 1 for the rounds of the debrief. An expected placement made
    after the action is `reconstructed`.
    """

    table: ClassVar[str] = "placements"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "round", "number")

    probe: str
    round: int = Field(ge=0)
    number: int
    by: Text
    autonomy: Point
    benefit: Point
    reconstructed: bool = False


class Change(Value):
    """How one measure of sovereignty changed, −2 (lost a lot) to +2 (gained a lot), and why the group says so."""

    change: Annotated[int, Field(ge=-2, le=2)]
    note: Text = ""


MEASURES = ("decision-making capacity", "skills", "infrastructure", "narrative clarity")
"""The four measures of sovereignty, in the order in which they are asked."""

RHYTHMS = ("act", "reflect", "pause")
OUTCOMES = ("lapse", "renew")
DECISIONS = ("consensus", "consent with reservations", "vote")


class Closing(Value):
    """What a session ends with: lapse or renew, the rhythm, the next facilitator."""

    sunset: Literal["lapse", "renew"] | None = None
    reason: Text = ""
    renewed_until: date | None = None
    rhythm: Literal["act", "reflect", "pause"] | None = None
    next_facilitator: Text = ""


class Gap(Value):
    """Median actual − median expected on each axis, and the length of that step (DESIGN.md, statistics)."""

    autonomy: float
    benefit: float
    length: float


class Session(Record):
    """One debrief, run live through its phases.

    Attributes:
        phase: the phase in which it stands.
        began: when its first clock was started, in seconds since the epoch.
        sealed: when it was closed; None while it is live.
        clocks: a clock for each phase that has been entered.
        groups: the small groups, as names.
        round: the round of ballots that is being taken, from 1.
        revealed: how many rounds have been revealed.
        keep_feelings: False where the group chose to leave its words of decompression unsaved.
        gap: what the session taught, kept when it was sealed, for the logbook's list.
    """

    table: ClassVar[str] = "sessions"
    key_fields: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    probe: str
    created: Stamp
    phase: Annotated[str, AfterValidator(_phase)] = "opening"
    began: float | None = None
    sealed: Stamp | None = None
    clocks: Mapping[str, Clock] = {}
    rate: float = 1.0
    groups: tuple[tuple[Text, ...], ...] = ()
    round: int = 1
    revealed: int = 0
    sovereignty: Mapping[str, Change] = {}
    turnout: Annotated[int, Field(ge=0)] | None = None
    keep_feelings: bool = True
    feelings: Mapping[Text, int] = {}
    no_amendment: Text = ""
    closing: Closing = Closing()
    gap: Gap | None = None

    def row(self) -> dict[str, Any]:
        """As of any record; pydantic can't write a word with a lone surrogate as a name, so the words go in as they are."""
        rest = self.model_dump(mode="json", exclude={"feelings"})
        return {name: rest.get(name, dict(self.feelings)) for name in type(self).model_fields}


class SessionRecord(Record):
    """A record that belongs to one session and is numbered in it from 1."""

    key_fields: ClassVar[tuple[str, ...]] = ("session", "number")

    session: str
    number: int


class Participant(SessionRecord):
    """Somebody in the room, by the name under which they want to be kept."""

    table: ClassVar[str] = "participants"

    alias: Text
    organisation: Text
    role: Text = "participant"


class Moment(SessionRecord):
    """What one participant wrote in the silent mapping: independence strengthened or compromised."""

    table: ClassVar[str] = "moments"

    at: Stamp
    felt: Felt
    text: Text
    by: Text | None = None
    added_later: bool = False


class Pattern(SessionRecord):
    """What a small group saw across moments: the numbers of those moments, a number of paper maps, or both."""

    table: ClassVar[str] = "patterns"

    at: Stamp
    group: int = Field(ge=1)
    felt: Felt
    text: Text
    moments: tuple[int, ...] = ()
    paper_maps: int = Field(default=0, ge=0)


class Amendment(SessionRecord):
    """A principle added or revised from lived experience, and how that was decided.

    `guideline` is the number in the alliance guidelines that it made or changed, `because` the numbers of patterns.
    """

    table: ClassVar[str] = "amendments"

    at: Stamp
    guideline: int
    principle: Text
    replaces: Text | None = None
    because: tuple[int, ...] = ()
    decision: Text
    reservations: tuple[Text, ...] = ()


class Event(SessionRecord):
    """Something that happened to a session: an advance, a return, a pause, an extension, an absence."""

    table: ClassVar[str] = "events"

    at: Stamp
    phase: str
    what: str
    seconds: float | None = None


class Version(Value):
    """One wording of a guideline. `session` is None for a wording that was older than the archive."""

    text: Text
    since: Stamp | None = None
    session: str | None = None


class Guideline(Record):
    """A numbered principle of the alliance guidelines, with its history, oldest first."""

    table: ClassVar[str] = "guidelines"
    key_fields: ClassVar[tuple[str, ...]] = ("number",)

    number: int
    history: tuple[Version, ...]

    @property
    def text(self) -> str:
        """The wording in force."""
        return self.history[-1].text


RECORDS: tuple[type[Record], ...] = (
    Probe,
    Session,
    Dissent,
    Proposal,
    Observation,
    Placement,
    Participant,
    Moment,
    Pattern,
    Amendment,
    Event,
    Guideline,
)
"""Every kind of record, in the order in which an archive lists its tables."""


def stamp(now: float) -> str:
    """`now`, in seconds since the epoch, as ISO time with the zone of this computer."""
    return datetime.fromtimestamp(now).astimezone().isoformat(timespec="seconds")
