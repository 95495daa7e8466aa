"""Moments: what somebody wrote in the silent mapping."""

import re
from dataclasses import replace

from store.debrief import Debrief, next_number
from store.entries.rule import Rule
from store.entries.signs import signed
from store.model import Felt, Moment, stamp
from store.refused import Refused
from store.words.names import find, fitting, fold

_NAMED = (re.compile(r"\s*@(.{1,80}?)\s(?=\s*[+\-−–])"), re.compile(r"\s*@(\S{1,80})(?:\s|$)"))


def _author(line: str, names: tuple[str, ...]) -> tuple[str | None, str]:
    """Who wrote a moment, where the line begins with `@name`, and what follows.

    A whole name comes first, for it may hold blanks and signs; the beginning of one ends before a sign or a blank.
    """
    said = line.lstrip()[1:] if line.lstrip().startswith("@") else ""
    for name in sorted(names, key=len, reverse=True):
        head, rest = said[: len(name)], said[len(name) :]
        if head and not rest[:1].strip() and fold(head) == fold(name):
            return name, rest[1:]
    found = [match for form in _NAMED if (match := form.match(line))]
    for match in found:
        if len(fitting(match[1], names)) == 1:
            return find(match[1], names), line[match.end() :]
    return (find(found[-1][1], names), "") if found else (None, line)


def _next(debrief: Debrief) -> int:
    """The number of the next moment. One that is late in a record that came without its moments takes none of their numbers,
    on which patterns rest.
    """
    named = (number for pattern in debrief.patterns for number in pattern.moments if debrief.sealed)
    return max(next_number(debrief.moments), max(named, default=0) + 1)


def moments(felt: Felt) -> Rule:
    """The rule for moments: `[@name] [+|-] text`; without a sign they are `felt`, without a name nobody's."""

    def add_moment(debrief: Debrief, line: str, now: float) -> Debrief:
        by, line = _author(line, debrief.names)
        how, text = signed(line, felt)
        if not text.strip():
            raise Refused("Write the moment after the sign: “+ what happened” or “- what happened”.")
        moment = Moment(
            session=debrief.session.id,
            number=_next(debrief),
            at=stamp(now),
            felt=how,
            text=text,
            by=by,
            added_later=debrief.sealed,
        )
        return replace(debrief, moments=(*debrief.moments, moment))

    return add_moment
