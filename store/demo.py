"""The sample year of `redraw demo`: probes as rooms, moved to the days before the present one."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from store import mixer
from store.archive import Archive
from store.debrief import Debrief
from store.intake import take_in
from store.model import Event, stamp
from store.phases import PHASES
from store.rooms import read_room

DUE_FOR = timedelta(hours=5)
"""How long ago the action ended whose debrief is due."""


def fill(archive: Archive, now: float) -> None:
    """Put the sample year into an empty archive, so that its last action ended `DUE_FOR` before `now`."""
    today = datetime.fromtimestamp(now).astimezone()
    archive.save([], demo=True)
    for sample in json.loads(files("store").joinpath("samples.json").read_text("utf-8")):
        _take_in(archive, sample, today)


def _take_in(archive: Archive, sample: dict[str, Any], today: datetime) -> None:
    offset = sample.pop("debriefed")
    pact: dict[str, Any] = sample["pact"]
    if offset is None and pact["ends"] == 0:
        over = today - DUE_FOR
        shift = (over.date() - today.date()).days
        pact.update(ends=shift, ends_at=f"{over:%H:%M}", starts=min(pact["starts"], shift))
    for name in ("starts", "ends", "sunset"):
        pact[name] = _day(today, pact[name])
    for note in sample.get("observations", ()):
        day, hour = note["at"]
        note["at"] = f"{_day(today, day)}T{hour}"
    roster = sample.pop("participants", []) if offset is None else sample.get("participants", [])
    debriefed = None if offset is None else f"{_day(today, offset)}T19:00:00"
    found = read_room({**sample, "participants": roster}, stamp(today.timestamp()), debriefed)
    if debriefed is None:
        # the roster of the debrief that is due waits in its session, which nobody has begun yet
        found = found if found.begun else replace(found, participants=())
    else:
        found = _with_history(found, datetime.fromisoformat(debriefed).astimezone())
    sample_uid = str(uuid5(NAMESPACE_OID, found.probe.title))  # the same year comes out each time
    take_in(archive, replace(found, probe=found.probe.but(uid=sample_uid)))


def _day(today: datetime, offset: int) -> str:
    return (today.date() + timedelta(days=offset)).isoformat()


def _with_history(found: Debrief, begin: datetime) -> Debrief:
    """The debrief with groups, clocks and events, as it will have gone: a little over in some phases, under in others."""
    chance = random.Random(found.probe.title)
    clocks: dict[str, Mapping[str, object]] = {}
    events: list[Event] = []
    at = begin

    def event(phase: str, what: str, seconds: float | None = None) -> None:
        events.append(
            Event(session="s0", number=len(events) + 1, at=at.isoformat(), phase=phase, what=what, seconds=seconds)
        )

    for number, phase in enumerate(PHASES):
        used = round(phase.seconds * chance.choice((0.7, 0.9, 0.95, 1.0, 1.0, 1.05, 1.3)))
        extended = 60.0 * max(0, (used - phase.seconds) // 60)
        clocks[phase.name] = {"planned": phase.seconds, "extended": extended, "banked": float(used)}
        if number == 0:
            event(phase.name, "session began")
        at += timedelta(seconds=used)
        if extended:
            event(phase.name, "extended", extended)
        last = phase is PHASES[-1]
        event(phase.name, "sealed" if last else "advanced", None if last else phase.seconds + extended - used)
    groups = mixer.mix(found.participants, mixer.how_many(len(found.participants))).groups
    return replace(found, events=tuple(events)).with_session(
        clocks=clocks, began=begin.timestamp(), groups=groups, sealed=at.isoformat()
    )
