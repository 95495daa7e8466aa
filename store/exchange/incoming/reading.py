"""A probe out of an export, checked: every record of the present form, and nothing in it that rests on what isn't there."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from pydantic import TypeAdapter, ValidationError

from store.debrief import OF_THE_GROUP
from store.exchange.bundle import LISTS, Bundle, Row
from store.exchange.incoming.rooms import sentence
from store.model import (
    Amendment,
    Guideline,
    Moment,
    NonNegotiables,
    Participant,
    Pattern,
    Placement,
    Probe,
    Proposal,
    Record,
    RecurringPattern,
    Session,
)
from store.refused import Refused
from store.words.names import fold
from store.words.text import clipped

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""What an id is made of: it is shown in a terminal, and typed in a shell."""

_LETTERS = "an id is letters and digits, 40 at the most"

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
    if own.conflicts_with and not _ID.fullmatch(own.conflicts_with):
        raise Refused(f"Mend the file at {place}.probe.conflicts_with: it should be an id, as p1.")
    if own.id and own.conflicts_with == own.id:
        raise Refused(f"Mend the file at {place}.probe.conflicts_with: a probe can't differ from itself.")
    sessions = _records(Session, data.get("sessions", []), f"{place}.sessions")
    _check_sessions(own.id, sessions, place)
    rows = {
        kind.table: _rows(kind, _records(kind, data.get(kind.table, []), f"{place}.{kind.table}")) for kind in LISTS
    }
    ids = [session.id for session in sessions]
    for kind in LISTS:
        _check_keys(
            kind, rows[kind.table], f"{place}.{kind.table}", ids if kind.key_fields[0] == "session" else [own.id]
        )
    if not anonymous:
        _check_names(rows, place)
        _check_evidence(rows, Pattern.table, "moments", Moment.table, place)
    _check_evidence(rows, Amendment.table, "because", Pattern.table, place)
    return Bundle(own.row(), [each.row() for each in sessions], rows)


class References:
    """What the probes of a file say of what its group holds, until the whole of the file is read."""

    def __init__(self) -> None:
        self._guidelines: list[tuple[str, int]] = []
        self._statements: list[tuple[str, int]] = []
        self._probes: set[str] = set()
        self._conflicts: list[tuple[str, str]] = []
        self._patterns: set[tuple[str, int]] = set()
        self._sessions: set[str] = set()

    def add(self, bundle: Bundle, at: int) -> None:
        """Keep in mind what a probe rests on; what another group's does, or one that is in conflict, is in another book."""
        self._probes.add(bundle.id)
        if differs := bundle.probe.get("conflicts_with"):
            self._conflicts.append((f"probes.{at}.probe.conflicts_with", differs))
        self._sessions |= {row["id"] for row in bundle.sessions}
        self._patterns |= {(row["session"], row["number"]) for row in bundle.lists[Pattern.table]}
        if not bundle.probe.get("origin") and not bundle.probe.get("conflicts_with"):
            self._guidelines += [(f"probes.{at}.{place}", number) for place, number in bundle.guidelines()]
            if (number := bundle.probe["statement"]) is not None:
                self._statements.append((f"probes.{at}.probe.statement", number))

    def check(self, held: Mapping[str, Sequence[Row]]) -> None:
        """Raise Refused where something isn't there; sessions that stayed where the file came from are not missed."""
        book = {0, *(row["number"] for row in held[Guideline.table])}
        for where, number in self._guidelines:
            if number not in book:
                raise Refused(f"Mend the file at {where}: there is no {number} among the guidelines.")
        revisions = {row["number"] for row in held[NonNegotiables.table]}
        for where, number in self._statements:
            if number not in revisions:
                raise Refused(f"Mend the file at {where}: there is no {number} among the non-negotiables.")
        for where, probe in self._conflicts:
            if probe not in self._probes:
                raise Refused(f"Mend the file at {where}: there is no {probe} among the probes.")
        for at, row in enumerate(held[RecurringPattern.table]):
            for place, seen in enumerate(row["seen"]):
                if seen["session"] in self._sessions and (seen["session"], seen["pattern"]) not in self._patterns:
                    where = f"{RecurringPattern.table}.{at}.seen.{place}.pattern"
                    raise Refused(f"Mend the file at {where}: there is no {seen['pattern']} among the patterns.")


def held(head: Mapping[str, Any]) -> dict[str, list[Row]]:
    """What the group of an export holds across probes, checked."""
    found = {}
    for kind in OF_THE_GROUP:
        found[kind.table] = _rows(kind, _records(kind, head.get(kind.table, []), kind.table))
        _check_keys(kind, found[kind.table], kind.table)
    return found


_WITHOUT_PARTS = frozenset(LISTS) - {Proposal}


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
    """The rows of some records. Where a record has no parts they are what it holds, which needs no going over."""
    if kind in _WITHOUT_PARTS:
        seldom = [name for name, field in kind.model_fields.items() if field.exclude_if]
        if not seldom:
            return [vars(record) for record in records]
        return [{name: v for name, v in vars(record).items() if v or name not in seldom} for record in records]
    return _all_of(kind).dump_python(list(records), mode="json") if records else []


def _check_sessions(probe: str, sessions: Sequence[Session], place: str) -> None:
    if not probe:
        raise Refused(f"Mend the file at {place}.probe.id: there is none.")
    if not _ID.fullmatch(probe):
        raise Refused(f"Mend the file at {place}.probe.id: {_LETTERS}, as p1.")
    known: set[str] = set()
    for at, session in enumerate(sessions):
        if session.probe != probe or not session.id or session.id in known:
            raise Refused(f"Mend the file at {place}.sessions.{at}: it is there twice, or of another probe.")
        if not _ID.fullmatch(session.id):
            raise Refused(f"Mend the file at {place}.sessions.{at}.id: {_LETTERS}, as s1.")
        known.add(session.id)


def _check_keys(kind: type[Record], rows: Sequence[Row], place: str, owners: Collection[str] | None = None) -> None:
    """See that every record is of the probe or of one of its sessions, and none is there twice."""
    fields = itemgetter(*kind.key_fields)
    keys = list(map(fields, rows))
    if len(set(keys)) < len(keys):
        at = next(at for at, key in enumerate(keys) if key in keys[:at])
        raise Refused(f"Mend the file at {place}.{at}: the same number is there twice.")
    if owners is not None and not {key[0] for key in keys} <= set(owners):
        at = next(at for at, key in enumerate(keys) if key[0] not in owners)
        raise Refused(
            f"Mend the file at {place}.{at}: there is no {kind.key_fields[0]} {clipped(str(keys[at][0]), 20)}."
        )


def _check_names(rows: Mapping[str, Sequence[Row]], place: str) -> None:
    """See that nobody has placed twice in a round, and that nobody is in the roster twice."""
    for table, group, name in ((Placement.table, "round", "by"), (Participant.table, "session", "alias")):
        who = [(row[group], fold(row[name])) for row in rows[table]]
        if len(set(who)) < len(who):
            at = next(at for at, each in enumerate(who) if each in who[:at])
            raise Refused(
                f"Mend the file at {place}.{table}.{at}: {clipped(rows[table][at][name], 40)} is there twice."
            )


def _check_evidence(rows: Mapping[str, Sequence[Row]], table: str, field: str, on: str, place: str) -> None:
    known = {(row["session"], row["number"]) for row in rows[on]}
    for at, row in enumerate(rows[table]):
        for number in row[field]:
            if (row["session"], number) not in known:
                raise Refused(f"Mend the file at {place}.{table}.{at}.{field}: there is no {number} among the {on}.")
