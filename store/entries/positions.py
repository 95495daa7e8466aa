"""Positions of an open dissent session: what somebody said, verbatim, with the pull it voices."""

import re
from dataclasses import replace

from store.debrief import Debrief, next_number
from store.entries.rule import Rule
from store.entries.voices import known, person
from store.model import PULLS, Dissent, Pull
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold

_PULL = re.compile(r"\s*(?P<pull>[ab])> ?", re.IGNORECASE)
_VOICE = (re.compile(r"\s*@(.{1,80}?)\s+(?=[abAB]>)"), re.compile(r"\s*@(\S{1,80})(?:\s|$)"))


def positions(pull: Pull) -> Rule:
    """The rule for positions: `[@voice] [a>|b>] text`; without a sign it voices `pull`, without a voice it is nobody's.

    The signs are made of what nobody says. One blank after them belongs to them; all else is kept as it is typed, and two
    that say the same stay two.
    """

    def add_position(debrief: Debrief, line: str, now: float) -> Debrief:
        live(debrief)
        voice, said = _voice(line, known(debrief))
        sign = _PULL.match(said)
        text = said[sign.end() :] if sign else said
        if not text.strip():
            raise Refused("Write what was said, word for word: “@Ruth it is their canvass by Sunday”.")
        voiced = _pull_of(sign["pull"]) if sign else pull
        position = Dissent(
            probe=debrief.probe.id, number=next_number(debrief.dissent), voice=voice, pull=voiced, text=text
        )
        return replace(debrief, dissent=(*debrief.dissent, position))

    return add_position


def _pull_of(sign: str) -> Pull:
    return next(pull for pull in PULLS if pull.startswith(sign.casefold()))


def _voice(line: str, names: tuple[str, ...]) -> tuple[str, str]:
    """Whose position it is, where the line begins with `@name`, and what follows.

    A whole name comes first, for it may hold blanks; a new one with blanks ends before the sign of a pull.
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


def line_of_position(position: Dissent) -> str:
    """A position as it would be typed."""
    voice = f"@{position.voice} " if position.voice else ""
    return f"{voice}{position.pull[0]}> {position.text}"
