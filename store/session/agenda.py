"""The agenda as people type it, a line each: “small groups 25”, “mapping 10 What did you see?”, “break 15 after reposition”,
“skip decompression”, “keep decompression”, “skip first sovereignty, decompression”, “start 14:00”, “default”.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.debrief import Debrief
from store.model import Agenda, Break
from store.model.agenda import AS_USUAL, LONGEST
from store.phases import FIRST_AND_LAST, NAMES, Phase, plan
from store.refused import Refused
from store.session import flow
from store.timetable import current, to_come
from store.words import hours
from store.words.typed_numbers import plain

_MINUTES = re.compile(r"(\d{1,4})\s*(?:minutes?\b|mins?\b|m\b|['′])?(?=[\s:,?]|\.(?!\d)|\Z)", re.IGNORECASE)
_AFTER = re.compile(r"\s*\bafter\s+", re.IGNORECASE)
_UNTIL = re.compile(r"(?:back\s+at|until|till|to)\s+", re.IGNORECASE)
_WORD = re.compile(
    r"(skip\s+first|first\s+skip|skip|keep|break|no\s+break|start|starts|begin|begins)\b[\s:]*", re.IGNORECASE
)


class Examples(NamedTuple):
    """Phases to show in examples of what can be typed: to time, to ask, to have a break after, to skip, and to skip first."""

    timed: str
    asked: str
    before: str
    skipped: str
    first: str


def examples(debrief: Debrief) -> Examples:
    """Examples for the kind of session."""
    if debrief.session.phase in NAMES:
        return Examples("small groups", "mapping", "reposition", "decompression", "sovereignty")
    return Examples("placing", "positions", "positions", "placing", "placing")


def agenda_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """Change the agenda as a typed line says: that of the session, or before it begins that of the probe.

    Raises:
        Refused: the line can't be read, the phase can't be skipped, or the session is sealed.
    """
    flow.live(debrief)
    agenda = _read(debrief, line.strip())
    if debrief.begun:
        return debrief.with_session(agenda=agenda)
    return debrief.with_probe_agenda(agenda)


def _read(debrief: Debrief, line: str) -> Agenda:
    agenda, read = debrief.agenda, plain(line)
    if read.casefold() in ("default", "defaults"):
        return _default(debrief)
    verb = _WORD.match(read)
    if not verb:
        return _phase(debrief, agenda, line)
    rest = line[verb.end() :].strip()
    match " ".join(verb[1].casefold().split()):
        case "skip first" | "first skip":
            return _in_order(debrief, agenda, rest)
        case "skip" | "keep" as what:
            for each in _named(debrief, rest):
                agenda = _skipped(debrief, agenda, each, what == "skip")
            return agenda
        case "break":
            return _break(debrief, agenda, rest)
        case "no break":
            return agenda.with_break(_place_of_break(debrief, _AFTER.sub("", f" {rest}", count=1)).name, None)
    if not rest:
        return agenda.but(starts=None)
    return agenda.but(starts=hours.read(rest))


def _default(debrief: Debrief) -> Agenda:
    for each in plan(debrief.session.phase):
        if debrief.agenda.skips(each.name):
            _not_past(debrief, each)
    return AS_USUAL


def _phase(debrief: Debrief, agenda: Agenda, line: str) -> Agenda:
    found, rest = phase_in(debrief, line)
    rest = rest.lstrip(" \t:")
    changes: dict[str, object] = {}
    if minutes := _MINUTES.match(plain(rest)):
        changes["minutes"] = _whole(minutes[1])
        rest = rest[minutes.end() :]
    elif plain(rest)[:1].isdigit():
        raise Refused.openly(f"Type whole minutes, as in “{found.title.casefold()} {found.minutes}”.")
    rest = rest.strip(" \t:")
    if rest:
        changes["question"] = "" if rest == "?" else rest
    if not changes:
        raise Refused.openly(f"Say how many minutes {found.title.casefold()} takes, or its question.")
    return agenda.with_phase(found.name, **changes)


def _skipped(debrief: Debrief, agenda: Agenda, phase: Phase, skip: bool) -> Agenda:
    name = phase.title
    if skip and phase.name in FIRST_AND_LAST:
        why = "a session begins with it" if phase is plan(phase.name)[0] else "the session is sealed in it"
        raise Refused.openly(f"{name} can't be skipped, because {why}.")
    if skip and (phase.name in debrief.session.clocks or phase.name == debrief.session.phase):
        raise Refused.openly(f"{name} can't be skipped any more, because the room has entered it.")
    if not skip and agenda.skips(phase.name):
        _not_past(debrief, phase)
    return agenda.with_phase(phase.name, skipped=skip)


def _not_past(debrief: Debrief, phase: Phase) -> None:
    """Raise Refused if the session has passed over a phase: the record says that it was skipped."""
    phases = [each.name for each in plan(debrief.session.phase)]
    if debrief.begun and phases.index(phase.name) < phases.index(debrief.session.phase):
        raise Refused.openly(f"{phase.title} was passed over: go back before it, then keep it.", "go back")


def _break(debrief: Debrief, agenda: Agenda, rest: str) -> Agenda:
    said = _AFTER.split(f" {rest}", maxsplit=1)
    if len(said) < 2:
        raise Refused.openly(f"Say after which phase: “break 15 after {examples(debrief).before}”.")
    how, where = said[0].strip(), said[1]
    if not how:  # break after reposition 15
        found, how = phase_in(debrief, where)
        where = found.title
        how = how.strip()
    place = _place_of_break(debrief, where)
    where = place.title.casefold()
    if until := _UNTIL.match(how):
        return agenda.with_break(place.name, Break(until=hours.read(how[until.end() :])))
    if minutes := _MINUTES.fullmatch(plain(how)):
        return agenda.with_break(place.name, Break(minutes=_whole(minutes[1])))
    if ":" in how:
        return agenda.with_break(place.name, Break(until=hours.read(how)))
    raise Refused.openly(f"Say how long: “break 15 after {where}”, or “break until 14:20 after {where}”.")


def _place_of_break(debrief: Debrief, where: str) -> Phase:
    found = _alone(debrief, where)
    if found is plan(found.name)[-1]:
        raise Refused.openly(f"Nothing comes after {found.title.casefold()}, so no break does.")
    if debrief.begun and found not in (each.phase for each in (current(debrief), *to_come(debrief))):
        raise Refused.openly(f"{found.title} is over: type a break after a phase that is still to come.")
    return found


def _in_order(debrief: Debrief, agenda: Agenda, rest: str) -> Agenda:
    names = []
    for each in _named(debrief, rest) if rest else ():
        if each.name in FIRST_AND_LAST:
            raise Refused.openly(f"{each.title} can't be skipped.")
        names.append(each.name)
    return agenda.but(spare=tuple(dict.fromkeys(names)))


def _whole(digits: str) -> int:
    minutes = int(digits)
    if not 1 <= minutes <= LONGEST:
        raise Refused.openly(f"A phase or a break takes 1 to {LONGEST} minutes, not {minutes}.")
    return minutes


def _named(debrief: Debrief, text: str) -> Iterator[Phase]:
    """The phases in a list."""
    for each in re.split(r"\s*(?:[,;]|\band\b)\s*", text.strip()):
        yield _alone(debrief, each)


def _alone(debrief: Debrief, text: str) -> Phase:
    found, rest = phase_in(debrief, text)
    if rest.strip():
        raise Refused(f"“{rest.strip()[:30]}” is more than the name of a phase.")
    return found


def phase_in(debrief: Debrief, line: str) -> tuple[Phase, str]:
    """The phase with whose name, or its beginning, a line begins, and what follows it.

    Raises:
        Refused: none is meant, or more than one.
    """
    phases, said = plan(debrief.session.phase), plain(line).strip()
    line = line.strip()
    whole = [(name, each) for each in phases for name in _names(each)]
    for name, each in sorted(whole, key=lambda pair: -len(pair[0])):
        if re.match(rf"{re.escape(name)}(?!\w)", said, re.IGNORECASE):
            return each, line[len(name) :]
    word = re.match(r"[^\W\d_]+", said)
    begun = {each for name, each in whole if word and name.startswith(word[0].casefold())}
    if word and len(begun) == 1:
        return begun.pop(), line[word.end() :]
    if begun and word:
        known = ", ".join(each.title.casefold() for each in phases if each in begun)
        raise Refused(f"“{word[0][:20]}” could be {known}: type more of it.")
    such = examples(debrief)
    how = f"“{such.timed} 25”, “break 15 after {such.before}” or “skip {such.skipped}”"
    raise Refused.openly(f"That names no phase: type it as in {how}.")


def _names(phase: Phase) -> set[str]:
    title = phase.title.casefold()
    return {title, phase.short.casefold(), *title.split()}


def offered(debrief: Debrief) -> Phase | None:
    """The phase to skip next when time runs short, in the group's own order; None where none is left."""
    ahead = {stop.phase.name: stop.phase for stop in to_come(debrief) if not stop.rest}
    fresh = (name for name in debrief.agenda.spare if name in ahead and name not in debrief.session.clocks)
    return next((ahead[name] for name in fresh), None)
