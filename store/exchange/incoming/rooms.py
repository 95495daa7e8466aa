"""Room files: whole debriefs as people would type them. They count moments and patterns from 0, the archive from 1."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from store.debrief import Debrief
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
    RedLine,
    Session,
    Stamp,
    Text,
    Value,
)
from store.refused import Refused
from store.words.names import fold
from store.words.text import clipped


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

    Those fields that have a probe's names are the probe's. `red_lines` are as the room marked them at the debrief, and
    `independence_after` are its answers then to the three questions. A debrief of which anything was written down is over, also
    without a `close`: then nothing is known of how it ended.
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
        """Whether it holds anything that was said in a debrief; who will come to one isn't."""
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


_WHOLE, _DATE, _TIME = (
    "it should be a whole number",
    "it should be a date, as in 2026-11-07",
    "it should be a time, as in 15:30",
)
_LIST, _OBJECT = "it should be a list", "it should be an object"

_WRONG = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such name here",
    "is_instance_of": "it should be a text",
    "string_type": "it should be a text",
    "string_unicode": "it should be a text",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "it should be a number",
    "float_parsing": "it should be a number",
    "bool_type": "it should be true or false",
    "bool_parsing": "it should be true or false",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "mapping_type": _OBJECT,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "time_type": _TIME,
    "time_parsing": _TIME,
    "less_than_equal": "it should be at most {le}",
    "greater_than_equal": "it should be at least {ge}",
    "literal_error": "it should be {expected}",
    "enum": "it should be {expected}",
}
"""What is wrong, by pydantic's names for it."""


def sentence(error: ValidationError) -> str:
    """Where pydantic found something wrong first, and what."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    known = _WRONG.get(first["type"])
    what = known.format(**first.get("ctx", {})) if known else message[:1].lower() + message[1:]
    return f"{clipped(place, 60) or 'the file'}: {clipped(what, 200)}"


def checked(data: Mapping[str, Any]) -> Room:
    """A room file, checked.

    Raises:
        Refused: one sentence that names the place in the file and what is wrong with it.
    """
    try:
        room = Room.model_validate(data)
    except ValidationError as error:
        raise Refused(f"Mend the room file at {sentence(error)}.") from error
    _check_places(room.patterns, "patterns", "from", "moments", len(room.moments), lambda p: p.from_)
    _check_places(room.amendments, "amendments", "because", "patterns", len(room.patterns), lambda a: a.because)
    names = [fold(person.alias) for person in room.participants]
    for at, name in enumerate(names):
        if not name:
            raise Refused(f"Mend the room file at participants.{at}: there is no name.")
        if name in names[:at]:
            raise Refused(
                f"Mend the room file at participants.{at}: {clipped(room.participants[at].alias, 40)} is there twice."
            )
    for kind, marks in (("expected", room.expected), ("actual", room.actual)):
        voters = [fold(mark.by) for mark in marks]
        for at, name in enumerate(voters):
            if name in voters[:at]:
                raise Refused(f"Mend the room file at {kind}.{at}: {clipped(marks[at].by, 40)} has placed twice.")
            if kind == "actual" and name not in names:
                raise Refused(
                    f"Mend the room file at {kind}.{at}: {clipped(marks[at].by, 40)} is not among the participants."
                )
    if unknown := next((name for name in room.sovereignty if name not in MEASURES), None):
        raise Refused(
            f"Mend the room file at sovereignty: “{clipped(unknown, 40)}” is not one of {', '.join(MEASURES)}."
        )
    return room


def _check_places(records: Iterable[Any], name: str, field: str, of: str, count: int, places: Any) -> None:
    for at, record in enumerate(records):
        for place in places(record):
            if not 0 <= place < count:
                raise Refused(
                    f"Mend the room file at {name}.{at}.{field}: there is no {place} among the {count} {of}, which count from 0."
                )


def read_room(data: Mapping[str, Any], now: str, debriefed: str | None = None) -> Debrief:
    """A room file as a debrief that is in no archive yet, its probe `p0`; where it was debriefed its session is `s0`.

    Args:
        data: the object in the file.
        now: the present, as ISO time, for a room without dates.
        debriefed: when the debrief was, as ISO time; by default in the evening of the pact's last day.

    Raises:
        Refused: see `checked`.
    """
    room = checked(data)
    pact = room.pact
    at = debriefed or (f"{pact.ends}T20:00:00" if pact.ends else now)
    created = room.choice.at if room.choice else f"{pact.starts}T09:00:00" if pact.starts else at
    closing = room.close
    return Debrief(
        probe=Probe(
            id="p0",
            created=created,
            **{name: getattr(room, name) for name in Room.model_fields if name in Probe.model_fields},
        ),
        session=Session(
            id="s0" if room.debriefed or room.participants else "",
            probe="p0",
            created=at,
            phase="close" if room.debriefed else "opening",
            sealed=at if room.debriefed else None,
            revealed=1 if room.actual else 0,
            red_lines=room.red_lines,
            independence=room.independence_after,
            sovereignty={name: room.sovereignty[name] for name in MEASURES if name in room.sovereignty},
            turnout=room.turnout,
            feelings=room.feelings,
            no_amendment=closing.no_amendment if closing else "",
            closing=Closing(**{name: getattr(closing, name) for name in Closing.model_fields})
            if closing
            else Closing(),
        ),
        participants=tuple(
            Participant(session="s0", number=n, alias=p.alias, organisation=p.organisation, role=p.role)
            for n, p in enumerate(room.participants, 1)
        ),
        moments=tuple(
            Moment(session="s0", number=n, at=at, felt=m.felt, text=m.text, by=m.by)
            for n, m in enumerate(room.moments, 1)
        ),
        patterns=tuple(
            Pattern(
                session="s0",
                number=n,
                at=at,
                group=p.group,
                felt=p.felt,
                text=p.text,
                moments=tuple(place + 1 for place in p.from_),
                paper_maps=p.paper_maps,
            )
            for n, p in enumerate(room.patterns, 1)
        ),
        placements=tuple(
            Placement(probe="p0", round=turn, number=n, by=m.by, autonomy=m.autonomy, benefit=m.benefit)
            for turn, marks in enumerate((room.expected, room.actual))
            for n, m in enumerate(marks, 1)
        ),
        amendments=tuple(
            Amendment(
                session="s0",
                number=n,
                at=at,
                guideline=0,
                principle=a.principle,
                replaces=a.replaces,
                because=tuple(place + 1 for place in a.because),
                decision=a.decision,
                reservations=a.reservations,
            )
            for n, a in enumerate(room.amendments, 1)
        ),
        dissent=tuple(
            Dissent(probe="p0", number=n, voice=d.voice, pull=d.pull, text=d.text, borne_out=d.borne_out)
            for n, d in enumerate(room.dissent, 1)
        ),
        proposals=tuple(
            Proposal(probe="p0", number=n, title=p.title, placements=p.placements)
            for n, p in enumerate(room.proposals, 1)
        ),
        observations=tuple(
            Observation(probe="p0", number=n, at=o.at, by=o.by, kind=o.kind, text=o.text)
            for n, o in enumerate(room.observations, 1)
        ),
    )
