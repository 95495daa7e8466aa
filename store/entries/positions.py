"""Positions of an open dissent session: what somebody said, verbatim, with the pull it voices."""

import re
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.rule import Rule
from store.entries.voices import known, person
from store.model import PULLS, Dissent, Pull
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold

_PULL = re.compile(r"\s*(?P<pull>[ab])> ?", re.IGNORECASE)
_VOICE = (re.compile(r"\s*@(.{1,80}?)\s+(?=[abAB]>)"), re.compile(r"\s*@(\S{1,80})(?:\s|$)"))


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A position to enter.

    Attributes:
        pull: what it voices.
        text: kept to the letter.
        voice: whose it is, by their whole name; empty for nobody in particular.
    """

    pull: Pull
    text: str
    voice: str = ""


def read_position(line: str, pull: Pull, names: tuple[str, ...]) -> NewPosition:
    """`[@voice] [a>|b>] text`: without a sign it voices `pull`, without a voice it is nobody's.

    Nobody says the signs, so they are safe in speech. One blank after a sign belongs to it; everything else stays as typed.

    Raises:
        Refused: the voice fits several of `names`, or is empty.
    """
    voice, said = _voice(line, names)
    sign = _PULL.match(said)
    if sign is None:
        return NewPosition(pull, said, voice)
    return NewPosition(_pull_of(sign["pull"]), said[sign.end() :], voice)


def _pull_of(sign: str) -> Pull:
    return next(pull for pull in PULLS if pull.startswith(sign.casefold()))


def _voice(line: str, names: tuple[str, ...]) -> tuple[str, str]:
    """Whose position it is, where the line begins with `@name`, and what follows.

    Whole names are tried first, because they may hold blanks; a new name with blanks ends before the sign of a pull.
    """
    said = line.lstrip()[1:] if line.lstrip().startswith("@") else ""
    for name in sorted(names, key=len, reverse=True):
        head, rest = said[: len(name)], said[len(name) :]
        if head and not rest[:1].strip() and fold(head) == fold(name):
            return name, rest[1:]
    for form in _VOICE:
        if match := form.match(line):
            return person(match[1], names), line[match.end() :]
    return "", line


def add_position(debrief: Debrief, new: NewPosition, now: float) -> Debrief:
    """Enter a position. Two that say the same stay two.

    Raises:
        Refused: it has no text, or the session is sealed.
    """
    live(debrief)
    if not new.text.strip():
        raise Refused("Write what was said, word for word.", "write a position")
    position = Dissent(
        probe=debrief.probe.id, number=next_number(debrief.dissent), voice=new.voice, pull=new.pull, text=new.text
    )
    return replace(debrief, dissent=(*debrief.dissent, position))


def position_rule(pull: Pull) -> Rule:
    """The rule for lines of positions; see `read_position`."""
    return lambda debrief, line, now: add_position(debrief, read_position(line, pull, known(debrief)), now)


def line_of_position(position: Dissent) -> str:
    """A position as it would be typed."""
    voice = f"@{position.voice} " if position.voice else ""
    return f"{voice}{position.pull[0]}> {position.text}"
