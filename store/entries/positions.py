"""Positions of an open dissent session: what somebody said, verbatim, with the pull it voices.

An open dissent session has no roster, so whoever speaks or places is taken by any name, as typed.
"""

import re
from dataclasses import replace

from store.debrief import Debrief, next_number
from store.entries.line import Rule, at_beginnings, at_whole_name
from store.matrix.proposals import voters
from store.model import PULLS, Dissent, Pull
from store.refused import Refused
from store.session.flow import live
from store.words.names import find, fold, matching

_SIGN = r"[abAB]>"
_PULL = re.compile(rf"\s*(?P<pull>{_SIGN}) ?")
_BEFORE_SIGN = re.compile(rf"\s*(\S.{{0,79}}?)[,:;]?\s+(?={_SIGN})")


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
        raise Refused.openly("There is no name here: type one, or its first letters.")
    return find(name, names) if matching(name, names) else name


def _voice(line: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """Whose position it is, where a line begins with `@name`, and what follows; None where no @ begins it.

    A new name with blanks ends before the sign of a pull. An @ by itself means nobody.
    """
    if whole := at_whole_name(line, names):
        return whole[0], whole[1][1:]
    for typed, rest in at_beginnings(line, _SIGN):
        return person(typed, names) if typed else "", rest[1:]
    return None


def _bare_voice(line: str, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The same for a known name without its @ before the sign of a pull, which nobody says."""
    found = _BEFORE_SIGN.match(line)
    fits = matching(found[1], names) if found else ()
    return (fits[0], line[found.end() :]) if found and len(fits) == 1 else None


def read_pull(line: str, pull: Pull) -> Pull:
    """The pull that a half-typed line of a position voices so far; `pull` while it has no sign."""
    _, rest = next(at_beginnings(line, _SIGN), ("", line))
    sign = _PULL.match(rest)
    return _signed(sign["pull"]) if sign else pull


def _signed(sign: str) -> Pull:
    return next(each for each in PULLS if each.startswith(sign[0].casefold()))


def add_position(debrief: Debrief, pull: Pull, text: str, voice: str) -> Debrief:
    """Enter a position; `voice` is a whole name, or empty for nobody in particular. Two that say the same stay two.

    Raises:
        Refused: it has no text, or the session is sealed.
    """
    live(debrief)
    if not text.strip():
        raise Refused.openly("Write what was said, word for word.", "write a position")
    position = Dissent(probe=debrief.probe.id, number=next_number(debrief.dissent), voice=voice, pull=pull, text=text)
    return replace(debrief, dissent=(*debrief.dissent, position))


def position_rule(pull: Pull, by: str = "") -> Rule:
    """The rule for lines of positions, `[@voice] [a>|b>] text`, the first two in any order.

    Without a sign it voices `pull`, without a voice it is `by`'s. Nobody says the signs, so they are safe in speech. One blank
    after a sign belongs to it; everything else stays as typed.
    """

    def rule(debrief: Debrief, line: str, now: float) -> Debrief:
        names = known(debrief)
        voice = _voice(line, names) or _bare_voice(line, names)
        said, voiced = voice[1] if voice else line, pull
        if sign := _PULL.match(said):
            voiced, said = _signed(sign["pull"]), said[sign.end() :]
            if voice is None and (voice := _voice(said, names)):
                said = voice[1]
        return add_position(debrief, voiced, said, voice[0] if voice else by)

    return rule
