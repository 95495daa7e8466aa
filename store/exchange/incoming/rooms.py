"""Reading a room file, a whole debrief as people would type it, into a debrief.

Room files count moments and patterns from 0, the archive from 1.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import FailFast, Field, ValidationError

from store.debrief import Debrief
from store.matrix.shown import ALONE
from store.model import (
    MEASURES,
    Amendment,
    Answers,
    Change,
    Choice,
    Closing,
    Dissent,
    Felt,
    Mark,
    Moment,
    Observation,
    Pact,
    Participant,
    Partner,
    Pattern,
    Placement,
    Probe,
    Proposal,
    Record,
    RedLine,
    Session,
    Stamp,
    Text,
    Value,
)
from store.ranges import Count, Day, Number
from store.refused import Refused
from store.validation.limits import too_much
from store.validation.records import dotted, first_problem
from store.words.names import fold
from store.words.text import clipped

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_OF_A_DEBRIEF = (
    "moments",
    "patterns",
    "actual",
    "amendments",
    "red_lines",
    "independence_after",
    "sovereignty",
    "feelings",
    "close",
)
"""What a room file holds only once there was a debrief."""


Several = Annotated[tuple[T, ...], FailFast()]
"""Some parts, of which the first that is wrong is told."""


class RoomDissent(Value):
    """A position of the open dissent session in a room file."""

    voice: Text
    pull: Literal["autonomy", "benefit"]
    borne_out: bool | None = None
    text: Text


class RoomProposal(Value):
    """A candidate probe in a room file."""

    title: Text
    placements: Several[Mark] = ()


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

    group: Number
    felt: Felt
    text: Text
    moments: tuple[int, ...] = Field(default=(), alias="from")
    paper_maps: Count = 0


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
    renewed_until: Day | None = None
    no_amendment: Text = ""


class Room(Value):
    """A room file: a whole debrief as it would be typed.

    Fields with the names of a probe's fields mean the same. `red_lines` are as the room marked them at the debrief, and
    `independence_after` holds its answers then to the three questions. Once anything of a debrief is written down, the
    debrief is over, even without a `close`: then nobody knows how it ended.
    """

    title: Text
    issue: Text = ""
    tags: tuple[Text, ...] = ()
    scope: Text = ""
    scope_reason: Text = ""
    place: Text = ""
    context: Text = ""
    our_organisation: Text = ""
    partners: Several[Partner] = ()
    non_negotiables: tuple[Text, ...] = ()
    facilitators: tuple[Text, ...] = ()
    spokespeople: tuple[Text, ...] = ()
    observers: tuple[Text, ...] = ()
    independence: Answers = {}
    choice: Choice | None = None
    dissent: Several[RoomDissent] = ()
    proposals: Several[RoomProposal] = ()
    pact: Pact = Pact()
    observations: Several[RoomObservation] = ()
    participants: Several[RoomParticipant] = ()
    moments: Several[RoomMoment] = ()
    patterns: Several[RoomPattern] = ()
    expected: Several[Mark] = ()
    actual: Several[Mark] = ()
    amendments: Several[RoomAmendment] = ()
    red_lines: Several[RedLine] = ()
    independence_after: Answers = {}
    sovereignty: Mapping[str, Change] = {}
    turnout: Count | None = None
    joined: Count | None = None
    stayed: Count | None = None
    feelings: Mapping[Text, Annotated[Count, Field(ge=1)]] = {}
    close: RoomClose | None = None

    @property
    def debriefed(self) -> bool:
        """Whether it holds anything that was said in a debrief. A list of who will come doesn't count."""
        counts = (self.turnout, self.joined, self.stayed)
        return any(each is not None for each in counts) or any(getattr(self, name) for name in _OF_A_DEBRIEF)


def checked(data: Mapping[str, Any]) -> Room:
    """Validate a room file.

    Raises:
        Refused: one sentence that names the place in the file and what is wrong with it.
    """
    if found := too_much(data):
        raise _wrong(dotted(found.path), found.what)
    try:
        room = Room.model_validate(data)
    except ValidationError as error:
        path, what = first_problem(error)
        raise _wrong(dotted(path) or "the file", what) from error
    _check_places(room.patterns, "patterns", "from", "moments", len(room.moments), lambda p: p.moments)
    _check_places(room.amendments, "amendments", "because", "patterns", len(room.patterns), lambda a: a.because)
    names: set[str] = set()
    for at, person in enumerate(room.participants):
        if not (name := fold(person.alias)):
            raise _wrong(f"participants.{at}", "there is no name")
        if name in names:
            raise _wrong(f"participants.{at}", f"{clipped(person.alias, 40)} is there twice")
        names.add(name)
    for kind, marks in (("expected", room.expected), ("actual", room.actual)):
        voters: set[str] = set()
        for at, mark in enumerate(marks):
            if (name := fold(mark.by)) in voters:
                raise _wrong(f"{kind}.{at}", f"{clipped(mark.by, 40)} has placed twice")
            if kind == "actual" and name not in names:
                raise _wrong(f"{kind}.{at}", f"{clipped(mark.by, 40)} is not among the participants")
            voters.add(name)
    if unknown := next((name for name in room.sovereignty if name not in MEASURES), None):
        raise _wrong("sovereignty", f"“{clipped(unknown, 40)}” is not one of {', '.join(MEASURES)}")
    return room


def _wrong(place: str, what: str) -> Refused:
    return Refused(f"Fix the room file at {place}: {what}.")


def _check_places(records: Iterable[Any], name: str, field: str, of: str, count: int, places: Any) -> None:
    for at, record in enumerate(records):
        for place in places(record):
            if not 0 <= place < count:
                what = f"there is no {place} among the {count} {of}, which count from 0"
                raise _wrong(f"{name}.{at}.{field}", what)


def read_room(data: Mapping[str, Any], now: str, debriefed: str | None = None) -> Debrief:
    """Read a room file into a debrief that is in no archive yet: its probe is `p0`, and its session, if it has one, `s0`.

    Args:
        data: the object in the file.
        now: the present, as ISO time, for a room that has no dates.
        debriefed: when the debrief took place, as ISO time; by default on the evening of the pact's last day.

    Raises:
        Refused: as from `checked`.
    """
    room = checked(data)
    pact = room.pact
    at = debriefed or (f"{pact.ends}T20:00:00" if pact.ends else now)
    created = room.choice.at if room.choice else f"{pact.starts}T09:00:00" if pact.starts else at
    session = Session(
        id="s0" if room.debriefed or room.participants else "",
        probe="p0",
        created=at,
        phase="close" if room.debriefed else "opening",
        sealed=at if room.debriefed else None,
        revealed=1 if len(room.actual) >= ALONE else 0,
        red_lines=room.red_lines,
        independence=room.independence_after,
        sovereignty={name: room.sovereignty[name] for name in MEASURES if name in room.sovereignty},
        turnout=room.turnout,
        joined=room.joined,
        stayed=room.stayed,
        feelings=room.feelings,
        no_amendment=room.close.no_amendment if room.close else "",
        closing=Closing(**_shared(Closing, room.close)) if room.close else Closing(),
    )
    patterns = [each.model_copy(update={"moments": _from_1(each.moments)}) for each in room.patterns]
    amendments = [each.model_copy(update={"because": _from_1(each.because)}) for each in room.amendments]
    rounds = enumerate((room.expected, room.actual))
    return Debrief(
        probe=Probe(id="p0", created=created, **_shared(Probe, room)),
        session=session,
        participants=_numbered(Participant, room.participants, session="s0"),
        moments=_numbered(Moment, room.moments, session="s0", at=at),
        patterns=_numbered(Pattern, patterns, session="s0", at=at),
        placements=tuple(
            each for turn, marks in rounds for each in _numbered(Placement, marks, probe="p0", round=turn)
        ),
        amendments=_numbered(Amendment, amendments, session="s0", at=at, guideline=0),
        dissent=_numbered(Dissent, room.dissent, probe="p0"),
        proposals=_numbered(Proposal, room.proposals, probe="p0"),
        observations=_numbered(Observation, room.observations, probe="p0"),
    )


def _numbered(kind: type[R], parts: Iterable[Value], **common: Any) -> tuple[R, ...]:
    """Parts of a room file as records, which count from 1."""
    return tuple(
        kind.model_validate({"number": number, **common, **_shared(kind, part)}) for number, part in enumerate(parts, 1)
    )


def _from_1(places: Iterable[int]) -> tuple[int, ...]:
    return tuple(place + 1 for place in places)


def _shared(kind: type[Value], part: Value) -> dict[str, Any]:
    """What a part of a room file says that a record or a value of some kind has a field for."""
    return {name: getattr(part, name) for name in type(part).model_fields if name in kind.model_fields}
