"""Reading a room file into a debrief. Room files count moments and patterns from 0, the archive from 1."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from store.debrief import Debrief
from store.exchange.incoming.room_file import Room
from store.model import (
    MEASURES,
    Amendment,
    Closing,
    Dissent,
    Moment,
    Observation,
    Participant,
    Pattern,
    Placement,
    Probe,
    Proposal,
    Session,
)
from store.refused import Refused
from store.validation.problems import dotted, first_problem
from store.words.names import fold
from store.words.text import clipped


def checked(data: Mapping[str, Any]) -> Room:
    """Validate a room file.

    Raises:
        Refused: one sentence that names the place in the file and what is wrong with it.
    """
    try:
        room = Room.model_validate(data)
    except ValidationError as error:
        path, what = first_problem(error)
        raise Refused(f"Fix the room file at {dotted(path) or 'the file'}: {what}.") from error
    _check_places(room.patterns, "patterns", "from", "moments", len(room.moments), lambda p: p.from_)
    _check_places(room.amendments, "amendments", "because", "patterns", len(room.patterns), lambda a: a.because)
    names = [fold(person.alias) for person in room.participants]
    for at, name in enumerate(names):
        if not name:
            raise Refused(f"Fix the room file at participants.{at}: there is no name.")
        if name in names[:at]:
            raise Refused(
                f"Fix the room file at participants.{at}: {clipped(room.participants[at].alias, 40)} is there twice."
            )
    for kind, marks in (("expected", room.expected), ("actual", room.actual)):
        voters = [fold(mark.by) for mark in marks]
        for at, name in enumerate(voters):
            if name in voters[:at]:
                raise Refused(f"Fix the room file at {kind}.{at}: {clipped(marks[at].by, 40)} has placed twice.")
            if kind == "actual" and name not in names:
                raise Refused(
                    f"Fix the room file at {kind}.{at}: {clipped(marks[at].by, 40)} is not among the participants."
                )
    if unknown := next((name for name in room.sovereignty if name not in MEASURES), None):
        raise Refused(
            f"Fix the room file at sovereignty: “{clipped(unknown, 40)}” is not one of {', '.join(MEASURES)}."
        )
    return room


def _check_places(records: Iterable[Any], name: str, field: str, of: str, count: int, places: Any) -> None:
    for at, record in enumerate(records):
        for place in places(record):
            if not 0 <= place < count:
                raise Refused(
                    f"Fix the room file at {name}.{at}.{field}: there is no {place} among the {count} {of}, which count from 0."
                )


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
