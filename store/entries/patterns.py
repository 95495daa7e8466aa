"""Patterns: what a small group saw, and the moments and paper maps that it rests on."""

import re
from dataclasses import asdict, dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.line import Rule, signed
from store.entries.moments import moment_rule
from store.model import Felt, Pattern, stamp
from store.refused import Refused
from store.session.flow import live
from store.words.typed_numbers import plain

_GROUP = re.compile(r"\s*(?P<group>\d{1,2})\s*(?=[+-])")
_LATE_MOMENT = re.compile(r"\s*m\s*(?=[+-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NewPattern:
    """A pattern to enter, as in `store.model.Pattern`."""

    group: int
    felt: Felt
    text: str
    moments: tuple[int, ...] = ()
    paper_maps: int = 0


def read_pattern(line: str, group: int, felt: Felt, groups: int = 0) -> NewPattern:
    """`[group][+|-] text # 3 8 12 p2`: group and sign default to those given; `p2` stands for two paper maps.

    Where there are `groups`, a larger number with no blank after the sign is not a group but the beginning of the text
    (“10-minute silence”).
    """
    match = _GROUP.match(plain(line))
    if match and (not 0 < groups < int(match["group"]) or line[match.end() + 1 : match.end() + 2].isspace()):
        group, line = int(match["group"]), line[match.end() :]
    how, text = signed(line, felt)
    text, evidence = _evidence(text)
    numbers = tuple(dict.fromkeys(int(word) for word in evidence if not word.startswith("p")))
    return NewPattern(group, how, text, numbers, sum(int(word[1:]) for word in evidence if word.startswith("p")))


def _evidence(text: str) -> tuple[str, list[str]]:
    """The text of a line, and the numbers at its end as words (`3`, `p2`).

    They follow the last # that stands by itself (`at gate #2 # 3 8`), else the first of those at the end (`#3 #8`).
    """
    read = plain(text)
    head = read.rstrip("#, \tpP0123456789")
    alone = read.rfind("# ", len(head))
    mark = alone if alone >= 0 else read.find("#", len(head))
    words = read[mark:].replace("#", " ").replace(",", " ").lower().split() if mark >= 0 else []
    if not words or not all(re.fullmatch(r"p?[0-9]{1,5}", word) for word in words):
        return text, []
    return text[:mark].rstrip(), words


def add_pattern(debrief: Debrief, new: NewPattern, now: float) -> Debrief:
    """Enter a pattern.

    Raises:
        Refused: it has no text, no such group, or nothing that it rests on; or the session is sealed.
    """
    live(debrief)
    if 0 < len(debrief.session.groups) < new.group:
        raise Refused.openly(f"There is no group {new.group}: they go from 1 to {len(debrief.session.groups)}.")
    if not new.text.strip():
        raise Refused.openly("Write what the group saw.", "write a pattern")
    known = {moment.number for moment in debrief.moments}
    if unknown := [number for number in new.moments if number not in known]:
        if not known:
            raise Refused.openly("No moments are entered: rest it on paper maps.", "count paper maps")
        raise Refused.openly(f"There is no moment {unknown[0]}: they go from 1 to {max(known)}.")
    if not new.moments and new.paper_maps < 1:
        raise Refused.openly("Say what it rests on.", "name the evidence")
    if new.group < 1:
        raise Refused.openly("Groups are numbered from 1.", "name the group")
    pattern = Pattern(
        session=debrief.session.id,
        number=next_number(debrief.patterns),
        at=stamp(now),
        **asdict(new),
    )
    return replace(debrief, patterns=(*debrief.patterns, pattern))


def late_moment(line: str) -> str | None:
    """What a line of a moment that was on paper, `m+ …`, says after its `m`; None if the line is none."""
    late = _LATE_MOMENT.match(plain(line))
    return line[late.end() :] if late else None


def pattern_rule(group: int, felt: Felt, evidence: tuple[tuple[int, ...], int] = ((), 0)) -> Rule:
    """The rule for small groups: lines of patterns, and with `m` before the sign moments that were on paper (`m+ …`).

    A pattern that doesn't say what it rests on has this `evidence`: moments, and a number of paper maps.
    """

    def rule(debrief: Debrief, line: str, now: float) -> Debrief:
        if late := late_moment(line):
            return moment_rule(felt)(debrief, late, now)
        read = read_pattern(line, group, felt, len(debrief.session.groups))
        if not read.moments and not read.paper_maps:
            read = replace(read, moments=evidence[0], paper_maps=evidence[1])
        return add_pattern(debrief, read, now)

    return rule
