"""Moments: what somebody wrote in the silent mapping."""

from dataclasses import replace

from store.debrief import Debrief, next_number
from store.entries.line import Rule, at_beginnings, at_whole_name, signed
from store.model import Felt, Moment, stamp
from store.refused import Refused
from store.words.names import find, matching, whole_name


def _author(line: str, names: tuple[str, ...]) -> tuple[str | None, str] | None:
    """Who wrote a moment, where a line begins with `@name`, and what follows; None where no @ begins it.

    The beginning of a name ends before a sign or a blank. An @ by itself means nobody.
    """
    if whole := at_whole_name(line, names):
        return whole[0], whole[1][1:]
    found = list(at_beginnings(line, "[+-]"))
    if not found:
        return None
    typed, rest = next((each for each in found if len(matching(each[0], names)) == 1), found[-1])
    return find(typed, names) if typed else None, rest[1:]


def read_felt(line: str, felt: Felt) -> Felt:
    """The feeling that a half-typed line of a moment has so far; `felt` while it has no sign."""
    _, rest = next(at_beginnings(line, "[+-]"), ("", line))
    return signed(rest, felt)[0]


def add_moment(debrief: Debrief, felt: Felt, text: str, by: str | None, now: float) -> Debrief:
    """Enter a moment; after the seal it is marked *added later*. `by` is a whole name; None for nobody in particular.

    Raises:
        Refused: it has no text, or its author is not in the roster.
    """
    if not text.strip():
        raise Refused.openly("Write the moment.", "write a moment")
    moment = Moment(
        session=debrief.session.id,
        number=_next(debrief),
        at=stamp(now),
        felt=felt,
        text=text,
        by=None if by is None else whole_name(by, debrief.names),
        added_later=debrief.sealed,
    )
    return replace(debrief, moments=(*debrief.moments, moment))


def _next(debrief: Debrief) -> int:
    """The number of the next moment.

    A sealed record may have come without its moments. Its patterns still rest on their numbers, so none of those is reused.
    """
    named = (number for pattern in debrief.patterns for number in pattern.moments if debrief.sealed)
    return max(next_number(debrief.moments), max(named, default=0) + 1)


def moment_rule(felt: Felt, by: str | None = None) -> Rule:
    """The rule for lines of moments, `[@name] [+|-] text`, the first two in any order.

    Without a sign it is `felt`, without a name it is by `by`, or nobody's.
    """

    def rule(debrief: Debrief, line: str, now: float) -> Debrief:
        author = _author(line, debrief.names)
        how, text = signed(author[1] if author else line, felt)
        if author is None and text != line:
            author = _author(text, debrief.names)
            text = author[1] if author else text
        return add_moment(debrief, how, text, author[0] if author else by, now)

    return rule
