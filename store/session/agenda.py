"""The agenda as people type it, a line each: “small groups 25”, “mapping 10 What did you see?”, “break 15 after reposition”,
“skip decompression”, “keep decompression”, “skip first sovereignty, decompression”, “start 14:00”, “default”.

`store.session.agenda_words` reads other ways to write the same.
"""

import re
from collections.abc import Iterator

from store.debrief import Debrief
from store.model import Agenda, Break
from store.model.agenda import AS_USUAL
from store.phases import FIRST_AND_LAST, Phase, plan
from store.refused import Refused
from store.session import flow
from store.session.agenda_names import examples, no_phase, phase_in
from store.session.agenda_words import amount, question, tidied, whole
from store.timetable import current, to_come
from store.words import hours
from store.words.text import clipped
from store.words.typed_numbers import plain

_AFTER = re.compile(r"[\s,:;]*\bafter\s+", re.IGNORECASE)
_BEFORE = re.compile(r"[\s,:;]*\bbefore\s+", re.IGNORECASE)
_UNTIL = re.compile(r"(?:back\s+at|until|till|to)\s+", re.IGNORECASE)
_HOUR = re.compile(r"\d{1,2}\s?(?:[:h.]\s?\d{2}.*|[ap]\.?m\.?)", re.IGNORECASE)
_WORD = re.compile(
    r"(skip\s+first|first\s+skip|skip|omit|drop|leave\s+out|without|keep|unskip|bring\s+back|break|no\s+break|starts?|begins?)\b[\s:]*",
    re.IGNORECASE,
)
_DEFAULT = ("default", "defaults", "reset", "as usual")


def agenda_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """Change the agenda as a typed line says: that of the session, or before it begins that of the probe.

    Raises:
        Refused: the line can't be read, the phase can't be skipped, or the session is sealed.
    """
    flow.live(debrief)
    return _with(debrief, _read(debrief, line.strip()))


def _with(debrief: Debrief, agenda: Agenda) -> Debrief:
    return debrief.with_session(agenda=agenda) if debrief.begun else debrief.with_probe_agenda(agenda)


def _read(debrief: Debrief, line: str) -> Agenda:
    parts = [part for part in re.split(r"[,;،；，]", line) if part.strip()]
    if len(parts) > 1 and all(_says_enough(debrief, part) for part in parts):
        for part in parts:  # opening 5, mapping 15, break 10 after groups
            debrief = _with(debrief, _read(debrief, part))
        return debrief.agenda
    line = tidied(line)
    agenda, read = debrief.agenda, plain(line)
    if read.casefold().rstrip(".") in _DEFAULT:
        return _default(debrief)
    verb = _WORD.match(read)
    if not verb:
        return _phase(debrief, agenda, line)
    rest = line[verb.end() :].strip()
    match " ".join(verb[1].casefold().split()):
        case "skip first" | "first skip":
            return _in_order(debrief, agenda, rest)
        case "break":
            return _break(debrief, agenda, rest)
        case "no break":
            return agenda.with_break(_break_that_is_there(debrief, rest).name, None)
        case "start" | "starts" | "begin" | "begins":
            rest = re.sub(r"at\s+", "", rest, count=1, flags=re.IGNORECASE)
            return agenda.but(starts=hours.read(rest) if rest and rest.casefold() != "now" else None)
        case what:
            skip = what not in ("keep", "unskip", "bring back")
            if not rest:
                said, such = "skip" if skip else "keep", examples(debrief)
                raise Refused.openly(f"Say which phase: “{said} {such.skipped}”.")
            for each in _named(debrief, rest):
                agenda = _skipped(debrief, agenda, each, skip)
            return agenda


def _default(debrief: Debrief) -> Agenda:
    for each in plan(debrief.session.phase):
        if debrief.agenda.skips(each.name):
            _not_past(debrief, each)
    return AS_USUAL


def _says_enough(debrief: Debrief, part: str) -> bool:
    """Whether a part of a line between commas can stand alone: a phase with its minutes and nothing more, or a line with a verb."""
    part = tidied(part)
    if _WORD.match(plain(part)):
        return True
    try:
        found = amount(phase_in(debrief, part)[1])
    except Refused:
        return False
    return found is not None and not question(found.rest)


def _phase(debrief: Debrief, agenda: Agenda, line: str) -> Agenda:
    try:
        before = amount(line) if plain(line.lstrip("(["))[:1].isdigit() else None  # 15 min mapping
    except Refused as why:
        raise no_phase(debrief, plain(line)) from why
    phase, rest = phase_in(debrief, before.rest if before else line)
    title, changes = phase.title.casefold(), dict[str, object]()
    try:
        time = amount(rest) or before
    except Refused as why:
        raise Refused.openly(f"Type whole minutes in figures, as in “{title} {phase.minutes}”.") from why
    if time:
        changes["minutes"] = whole(time.minutes + (agenda.minutes(phase.name) if time.by else 0))
        rest = time.rest if time is not before else rest
    if asked := question(rest):
        changes["question"] = "" if asked == "?" else asked
    if not changes:
        raise Refused.openly(f"Say how many minutes {title} takes, or its question.")
    return agenda.with_phase(phase.name, **changes)


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
    how, where = _parted(debrief, rest)
    if not how:  # break after reposition 15
        found, how = phase_in(debrief, where)
        where, how = found.title, how.strip(" \t,:;")
    place = _place_of_break(debrief, where)
    where = place.title.casefold()
    if until := _UNTIL.match(how):
        return agenda.with_break(place.name, Break(until=hours.read(how[until.end() :])))
    if _HOUR.fullmatch(plain(how)):
        return agenda.with_break(place.name, Break(until=hours.read(how)))
    try:
        long = amount(how)
    except Refused:
        long = None
    if long is None or long.by or question(long.rest):
        raise Refused.openly(f"Say how long: “break 15 after {where}”, or “break until 14:20 after {where}”.")
    return agenda.with_break(place.name, Break(minutes=whole(long.minutes)))


def _parted(debrief: Debrief, rest: str) -> tuple[str, str]:
    """How long a break is and the phase that it comes after, both as typed; “before” a phase is after the one before it."""
    said = _AFTER.split(f" {rest}", maxsplit=1)
    if len(said) == 2:
        return said[0].strip(" \t,:;"), said[1]
    said = _BEFORE.split(f" {rest}", maxsplit=1)
    if len(said) == 2:
        found, behind = phase_in(debrief, said[1])
        phases = plan(found.name)
        if found is phases[0]:
            raise Refused.openly(f"Nothing comes before {found.title.casefold()}, so no break does.")
        return said[0].strip(" \t,:;"), f"{phases[phases.index(found) - 1].title}{behind}"
    how = rest if rest and plain(rest)[0].isdigit() and len(rest) < 10 else "15"
    how = f"until {how}" if _HOUR.fullmatch(plain(how)) else how
    raise Refused(f"Say after which phase: “break {how} after {examples(debrief).before}”.")


def _break_that_is_there(debrief: Debrief, where: str) -> Phase:
    """The phase after which a break is taken out; the only break needs no place."""
    where = _AFTER.sub("", f" {where}", count=1).strip()
    if where:
        return _place_of_break(debrief, where)
    there = [each for each in plan(debrief.session.phase) if each.name in debrief.agenda.breaks]
    if not there:
        raise Refused.openly("There is no break to take out.")
    if len(there) > 1:
        raise Refused.openly(f"Say after which phase: “no break after {there[0].title.casefold()}”.")
    return there[0]


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


def _named(debrief: Debrief, text: str) -> Iterator[Phase]:
    """The phases in a list."""
    for each in filter(None, re.split(r"\s*(?:[,;،；，+&]|\band\b)\s*", text.strip(" .,;"))):
        yield _alone(debrief, each)


def _alone(debrief: Debrief, text: str) -> Phase:
    found, rest = phase_in(debrief, text)
    if rest.strip(" \t.,:;"):
        said = clipped(rest.strip(), 30)
        raise Refused(f"“{said}” is more than the name of a phase: leave it out, or type it as a line of its own.")
    return found


def offered(debrief: Debrief) -> Phase | None:
    """The phase to skip next when time runs short, in the group's own order; None where none is left."""
    ahead = {stop.phase.name: stop.phase for stop in to_come(debrief) if not stop.rest}
    fresh = (name for name in debrief.agenda.spare if name in ahead and name not in debrief.session.clocks)
    return next((ahead[name] for name in fresh), None)
