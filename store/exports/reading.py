"""A probe out of an export, checked: every record of the present form, and nothing in it that rests on what isn't there."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from store.debrief import OF_THE_GROUP
from store.exports.bundle import LISTS, Bundle, Row
from store.model import Amendment, Moment, Participant, Pattern, Placement, Probe, Record, Session
from store.names import fold
from store.refused import Refused
from store.rooms import sentence
from store.text import clipped

_NAMES = ("probe", "sessions", *(kind.table for kind in LISTS))


def probe(data: object, at: int, anonymous: bool) -> Bundle:
    """The probe at a place of an export's list.

    Args:
        data: what stands there.
        at: the place, from 0.
        anonymous: whether names and raw notes were left out; then several have placed under one organisation's name.

    Raises:
        Refused: one sentence that names the place and what is wrong with it.
    """
    place = f"probes.{at}"
    if not isinstance(data, dict):
        raise Refused(f"Mend the file at {place}: it should be an object with a probe and its sessions.")
    if unknown := next((name for name in data if name not in _NAMES), None):
        raise Refused(f"Mend the file at {place}.{clipped(unknown, 60)}: there stand only {', '.join(_NAMES)}.")
    (own,) = _records(Probe, [data.get("probe")], f"{place}.probe", placed=False)
    sessions = _records(Session, data.get("sessions", []), f"{place}.sessions")
    records = {kind.table: _records(kind, data.get(kind.table, []), f"{place}.{kind.table}") for kind in LISTS}
    _check_owners(own.id, sessions, records, place)
    _check_numbers(records, place)
    if not anonymous:
        _check_names(records, place)
        _check_evidence(records, Pattern, "moments", Moment, place)
    _check_evidence(records, Amendment, "because", Pattern, place)
    return Bundle(
        own.row(), [each.row() for each in sessions], {kind.table: _rows(kind, records[kind.table]) for kind in LISTS}
    )


def held(head: Mapping[str, Any]) -> dict[str, list[Row]]:
    """What the group of an export holds across probes, checked."""
    found = {}
    for kind in OF_THE_GROUP:
        records = _records(kind, head.get(kind.table, []), kind.table)
        _check_numbers({kind.table: records}, "")
        found[kind.table] = _rows(kind, records)
    return found


@cache
def _all_of(kind: type[Record]) -> TypeAdapter[list[Any]]:
    """pydantic's own loop over a list: several times as quick as one over its records."""
    return TypeAdapter(list[kind])  # type: ignore[valid-type]


def _records(kind: type[Record], rows: object, place: str, placed: bool = True) -> list[Any]:
    if not isinstance(rows, list):
        raise Refused(f"Mend the file at {place}: it should be a list.")
    try:
        return _all_of(kind).validate_python(rows)
    except ValidationError as error:
        found = sentence(error)
        raise Refused(f"Mend the file at {place}.{found if placed else found.partition('.')[2] or found}.") from error


def _rows(kind: type[Record], records: Sequence[Any]) -> list[Row]:
    return _all_of(kind).dump_python(list(records), mode="json") if records else []


def _check_owners(probe: str, sessions: Sequence[Session], records: Mapping[str, Sequence[Any]], place: str) -> None:
    known = {session.id for session in sessions}
    if not probe:
        raise Refused(f"Mend the file at {place}.probe.id: there is none.")
    for at, session in enumerate(sessions):
        if session.probe != probe or not session.id or len(known) < len(sessions):
            raise Refused(f"Mend the file at {place}.sessions.{at}: it is there twice, or of another probe.")
    for kind in LISTS:
        of_session = kind.key_fields[0] == "session"
        for at, record in enumerate(records[kind.table]):
            if record.key[0] not in known if of_session else record.key[0] != probe:
                whose = f"there is no session {clipped(record.key[0], 20)}" if of_session else "it is another probe's"
                raise Refused(f"Mend the file at {place}.{kind.table}.{at}: {whose}.")


def _check_numbers(records: Mapping[str, Sequence[Any]], place: str) -> None:
    for table, found in records.items():
        seen = set()
        for at, record in enumerate(found):
            if record.key in seen:
                raise Refused(
                    f"Mend the file at {place}{'.' * bool(place)}{table}.{at}: the same number is there twice."
                )
            seen.add(record.key)


def _check_names(records: Mapping[str, Sequence[Any]], place: str) -> None:
    """See that nobody has placed twice in a round, and that nobody is in the roster twice."""
    for kind, key in ((Placement, "round"), (Participant, "session")):
        seen = set()
        for at, record in enumerate(records[kind.table]):
            name = record.by if isinstance(record, Placement) else record.alias
            who = (getattr(record, key), fold(name))
            if who in seen:
                raise Refused(f"Mend the file at {place}.{kind.table}.{at}: {clipped(name, 40)} is there twice.")
            seen.add(who)


def _check_evidence(
    records: Mapping[str, Sequence[Any]], kind: type[Record], field: str, on: type[Record], place: str
) -> None:
    known = {record.key for record in records[on.table]}
    for at, record in enumerate(records[kind.table]):
        for number in getattr(record, field):
            if (record.session, number) not in known:
                raise Refused(
                    f"Mend the file at {place}.{kind.table}.{at}.{field}: there is no {number} among the {on.table}."
                )
