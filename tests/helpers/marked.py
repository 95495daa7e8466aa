"""A debrief with a marker in every field that is not public, by what the model says of its fields."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from store.archive.archive import Archive
from store.archive.signs import SignOfLife
from store.clock import Clock
from store.debrief import KINDS, Debrief
from store.exchange.incoming.rooms import read_room
from store.model import PULLS, Dissent, Mark, Observation, Proposal, Record, Session, stamp
from store.model.privacy import Privacy, fields
from store.phases import NAMES, phase
from store.session import decisions
from tests.helpers.rooms import NOW, PEOPLE, ROOM

MARK = "zq"
"""What every private text holds, and nothing that is public."""

PHASES_OF_DISSENT = ("positions", "proposals", "placing", "choice")


def marked(found: Debrief) -> Debrief:
    """The debrief with the marker in all that isn't public; organisations count as private here."""
    lists: dict[str, Any] = {kind.table: tuple(map(_marked, getattr(found, kind.table))) for kind in KINDS}
    return replace(found, probe=_marked(found.probe), session=_marked(found.session), **lists)


def _marked(record: Any) -> Any:
    changes: dict[str, Any] = {}
    for each in fields(record.__class__):
        value = getattr(record, each.name)
        if each.mark is not Privacy.PUBLIC:
            changes[each.name] = _parts(value) if each.part else _texts(value)
    return record.model_copy(update=changes)


def _parts(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _marked(value)
    if isinstance(value, Mapping):
        return {key: _marked(each) for key, each in value.items()}
    return tuple(map(_marked, value)) if value else value


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return f"{MARK}{value}"
    if isinstance(value, Mapping):
        return {_texts(key): each for key, each in value.items()}
    return tuple(map(_texts, value)) if isinstance(value, tuple) else value


def full(name: str, **session: object) -> Debrief:
    """A full room in a phase of a debrief or of a dissent session, with the marker in all that is private.

    Its clock runs since `NOW` - 60. `session` changes fields of its session.
    """
    close = {"sunset": "renew", "decided_by": PEOPLE[0], "renewed_until": "2026-12-31", "rhythm": "act"}
    found = read_room({**ROOM, "close": {**close, "next_facilitator": PEOPLE[1]}}, stamp(NOW - 86400))
    probe, people = found.probe.id, PEOPLE[:4]
    if name not in NAMES:
        dissent = Session(id=found.session.id, probe=probe, kind="dissent", created=stamp(NOW))
        ahead = found.probe.but(pact=found.probe.pact.but(starts=None, ends=None, sunset=None))
        found = replace(found, probe=ahead, session=dissent, events=())
        found = replace(found, patterns=(), moments=(), amendments=(), placements=())
    marks = tuple(Mark(by=each, autonomy=at, benefit=9 - at) for at, each in enumerate(people))
    found = replace(
        found.with_session(sealed=None),
        observations=(
            Observation(probe=probe, number=1, at=stamp(NOW), by=PEOPLE[0], kind="friction", text="they left"),
        ),
        dissent=tuple(
            Dissent(probe=probe, number=at, voice=each, pull=PULLS[at % 2], text=f"said {at}")
            for at, each in enumerate(people, 1)
        ),
        proposals=tuple(
            Proposal(probe=probe, number=at, title=title, placements=marks)
            for at, title in enumerate(("canvass a stairwell", "a rent school"), 1)
        ),
    )
    clocks = {name: Clock(planned=phase(name).seconds, started=NOW - 60)}
    found = decisions.mix_groups(found, NOW).with_session(phase=name, began=NOW - 60, clocks=clocks, **session)
    return marked(found)


def saved(path: Path, found: Debrief) -> Debrief:
    """The debrief in an archive at `path`, with a sign of life of its session."""
    archive = Archive(path)
    records: list[Record] = [*found.records()]
    archive.save(records)
    archive.sign(found.session.id, SignOfLife(NOW, "this run", 0.0, 0))
    archive.close()
    return Archive(path).debrief(found.handle)
