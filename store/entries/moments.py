"""Moments: what somebody wrote in the silent mapping."""

import re
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.line import Rule, at_whole_name, signed
from store.model import Felt, Moment, stamp
from store.refused import Refused
from store.words.names import find, matching, whole_name

_NAMED = (re.compile(r"\s*@(.{1,80}?)\s(?=\s*[+\-−–])"), re.compile(r"\s*@(\S{1,80})(?:\s|$)"))


@dataclass(frozen=True, slots=True)
class NewMoment:
    """A moment to enter.

    Attributes:
        felt: how independence felt.
        text: kept to the letter.
        by: who wrote it, by their whole name in the roster; None for nobody in particular.
    """

    felt: Felt
    text: str
    by: str | None = None


def read_moment(line: str, felt: Felt, names: tuple[str, ...]) -> NewMoment:
    """`[@name] [+|-] text`: without a sign it is `felt`, without a name nobody's.

    Raises:
        Refused: the name fits nobody in `names`, or several.
    """
    by, said = _author(line, names)
    how, text = signed(said, felt)
    return NewMoment(how, text, by)


def _author(line: str, names: tuple[str, ...]) -> tuple[str | None, str]:
    """Who wrote a moment, where the line begins with `@name`, and what follows.

    The beginning of a name ends before a sign or a blank.
    """
    if whole := at_whole_name(line, names):
        return whole[0], whole[1][1:]
    found = [match for form in _NAMED if (match := form.match(line))]
    for match in found:
        if len(matching(match[1], names)) == 1:
            return find(match[1], names), line[match.end() :]
    return (find(found[-1][1], names), "") if found else (None, line)


def add_moment(debrief: Debrief, new: NewMoment, now: float) -> Debrief:
    """Enter a moment; after the seal it is marked *added later*.

    Raises:
        Refused: it has no text, or its author is not in the roster.
    """
    if not new.text.strip():
        raise Refused("Write the moment.", "write a moment")
    moment = Moment(
        session=debrief.session.id,
        number=_next(debrief),
        at=stamp(now),
        felt=new.felt,
        text=new.text,
        by=None if new.by is None else whole_name(new.by, debrief.names),
        added_later=debrief.sealed,
    )
    return replace(debrief, moments=(*debrief.moments, moment))


def _next(debrief: Debrief) -> int:
    """The number of the next moment.

    A sealed record may have come without its moments. Its patterns still rest on their numbers, so none of those is reused.
    """
    named = (number for pattern in debrief.patterns for number in pattern.moments if debrief.sealed)
    return max(next_number(debrief.moments), max(named, default=0) + 1)


def moment_rule(felt: Felt) -> Rule:
    """The rule for lines of moments; see `read_moment`."""
    return lambda debrief, line, now: add_moment(debrief, read_moment(line, felt, debrief.names), now)
