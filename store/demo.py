"""The sample year of `redraw demo`: room files, with their dates moved to the year before today."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.model import Event, NonNegotiables, RecurringPattern, Seen, Session, Verdict, stamp
from store.model.uids import made
from store.phases import PHASES
from store.session import mixer
from store.session.agenda import agenda_rule

DUE_FOR = timedelta(hours=5)
"""How long ago the action ended whose debrief is due."""


def fill(archive: Archive, now: float) -> None:
    """Fill an empty archive with the sample year, so that its last action ended `DUE_FOR` before `now`."""
    today = datetime.fromtimestamp(now).astimezone()
    samples = json.loads(files("store").joinpath("samples.json").read_text("utf-8"))
    # saved first, each as adopted on its day: a second one that came in with a probe would stay a draft
    archive.save([NonNegotiables(**_dated(each, today)) for each in samples["non_negotiables"]], demo=True)
    sessions = [_take_in(archive, _dated(sample, today), today).session for sample in samples["rooms"]]
    archive.save([*_verdicts(samples["verdicts"], sessions), *_recurring(samples["recurring_patterns"], sessions)])


def _verdicts(samples: Sequence[Mapping[str, Any]], sessions: Sequence[Session]) -> Iterator[Session]:
    """The sessions with their verdicts on the guidelines of the debrief before; `room` counts from 0."""
    said: dict[int, list[Verdict]] = {}
    for each in samples:
        said.setdefault(each["room"], []).append(Verdict(guideline=each["guideline"], worked=each["worked"]))
    for room, verdicts in said.items():
        yield sessions[room].but(verdicts=verdicts)


def _recurring(samples: Sequence[Mapping[str, Any]], sessions: Sequence[Session]) -> Iterator[RecurringPattern]:
    """The patterns that recur; `room` counts from 0, `pattern` from 1."""
    for number, each in enumerate(samples, 1):
        seen = tuple(Seen(session=sessions[at["room"]].id, pattern=at["pattern"]) for at in each["seen"])
        yield RecurringPattern(number=number, text=each["text"], seen=seen)


def _take_in(archive: Archive, sample: dict[str, Any], today: datetime) -> Debrief:
    offset, agenda = sample.pop("debriefed"), sample.pop("agenda", ())
    pact: dict[str, Any] = sample["pact"]
    if offset is None and pact["ends"] == 0:
        over = today - DUE_FOR
        shift = (over.date() - today.date()).days
        pact.update(ends=shift, ends_at=f"{over:%H:%M}", starts=min(pact["starts"], shift))
    for name in ("starts", "ends", "sunset"):
        pact[name] = _day(today, pact[name])
    close = sample.get("close", {})
    if "renewed_until" in close:
        close["renewed_until"] = _day(today, close["renewed_until"])
    roster = sample.pop("participants", []) if offset is None else sample.get("participants", [])
    debriefed = None if offset is None else _stamp(today, offset, "19:00")
    found = read_room({**sample, "participants": roster}, stamp(today.timestamp()), debriefed)
    if debriefed is None:
        # the debrief that is due has its roster already, in a session that nobody has begun
        found = found if found.begun else replace(found, participants=())
    else:
        found = _with_history(found, datetime.fromisoformat(debriefed))
    for line in agenda:
        found = agenda_rule(found, line, today.timestamp())
    sample_uid = made(found.probe.title)  # the same year each time
    return take_in(archive, replace(found, probe=found.probe.but(uid=sample_uid)))


def _dated(value: Any, today: datetime) -> Any:
    """The samples with a time stamp in place of each `[days from today, "hour:minute"]`."""
    match value:
        case [int(offset), str(hour)]:
            return _stamp(today, offset, hour)
        case list():
            return [_dated(each, today) for each in value]
        case dict():
            return {name: _dated(each, today) for name, each in value.items()}
    return value


def _stamp(today: datetime, offset: int, hour: str) -> str:
    return stamp(datetime.combine(_day(today, offset), time.fromisoformat(hour)).timestamp())


def _day(today: datetime, offset: int) -> date:
    return today.date() + timedelta(days=offset)


def _with_history(found: Debrief, begin: datetime) -> Debrief:
    """The debrief with groups, clocks and events as in a real one: a little over time in some phases, under in others."""
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
