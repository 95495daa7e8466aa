"""Positions of an open dissent session: what somebody said, verbatim, with the pull it voices.

An open dissent session has no roster, so whoever speaks or places is taken by any name, as typed.
"""

import re
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.line import Rule, at_whole_name
from store.matrix.proposals import voters
from store.model import PULLS, Dissent, Pull
from store.refused import Refused
from store.session.flow import live
from store.words.names import find, fold, matching

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
    said_pull = next(each for each in PULLS if each.startswith(sign["pull"].casefold()))
    return NewPosition(said_pull, said[sign.end() :], voice)


def known(debrief: Debrief) -> tuple[str, ...]:
    """Every name so far: voices, then whoever placed a proposal; each as it was first typed."""
    seen: dict[str, str] = {}
    for name in (*(position.voice for position in debrief.dissent if position.voice), *voters(debrief)):
        seen.setdefault(fold(name), name)
    return tuple(seen.values())


def person(typed: str, names: tuple[str, ...]) -> str:
    """The known name that `typed` begins, else a new one. A name in quotes is taken exactly, even if it begins a known one.

    Raises:
        Refused: several fit, or there is no name.
    """
    name = typed.strip()
    if len(name) > 2 and name[0] in '"“”' and name[-1] in '"“”':
        name = name[1:-1].strip()
        names = tuple(each for each in names if fold(each) == fold(name))
    if not fold(name):
        raise Refused("There is no name here: type one, or its first letters.")
    return find(name, names) if matching(name, names) else name


def _voice(line: str, names: tuple[str, ...]) -> tuple[str, str]:
    """Whose position it is, where the line begins with `@name`, and what follows.

    A new name with blanks ends before the sign of a pull.
    """
    if whole := at_whole_name(line, names):
        return whole[0], whole[1][1:]
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
