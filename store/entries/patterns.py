"""Patterns: what a small group saw, and the moments and paper maps that it rests on."""

import re
from dataclasses import dataclass, replace

from store.debrief import Debrief, next_number
from store.entries.moments import moments
from store.entries.rule import Rule
from store.entries.signs import signed
from store.model import Felt, Pattern, stamp
from store.refused import Refused
from store.session.flow import live

_GROUP = re.compile(r"\s*(?P<group>\d{1,2})\s*(?=[+\-−–])")


@dataclass(frozen=True, slots=True)
class PatternLine:
    """A pattern's parts as typed."""

    group: int
    felt: Felt
    text: str
    moments: tuple[int, ...]
    paper_maps: int


def read_pattern(line: str, group: int, felt: Felt, groups: int = 0) -> PatternLine:
    """`[group][+|-] text # 3 8 12 p2`: group and sign default to those given, `p2` stands for two paper maps.

    Where there are `groups`, a larger number with no blank after the sign is not a group but the beginning of the text
    (“10-minute silence”).
    """
    match = _GROUP.match(line)
    if match and (not 0 < groups < int(match["group"]) or line[match.end() + 1 : match.end() + 2].isspace()):
        group, line = int(match["group"]), line[match.end() :]
    how, text = signed(line, felt)
    text, evidence = _evidence(text)
    numbers = tuple(dict.fromkeys(int(word) for word in evidence if not word.startswith("p")))
    return PatternLine(group, how, text, numbers, sum(int(word[1:]) for word in evidence if word.startswith("p")))


def _evidence(text: str) -> tuple[str, list[str]]:
    """A line parted before the numbers at its end: the text, and the numbers as words (`3`, `p2`).

    They follow the last # that stands by itself (`at gate #2 # 3 8`), else the first of those at the end (`#3 #8`).
    """
    head = text.rstrip("#, \tpP0123456789")
    alone = text.rfind("# ", len(head))
    mark = alone if alone >= 0 else text.find("#", len(head))
    words = text[mark:].replace("#", " ").replace(",", " ").lower().split() if mark >= 0 else []
    if not words or not all(re.fullmatch(r"p?[0-9]{1,5}", word) for word in words):
        return text, []
    return text[:mark].rstrip(), words


def patterns(group: int, felt: Felt) -> Rule:
    """The rule for patterns; see `read_pattern`."""

    def add_pattern(debrief: Debrief, line: str, now: float) -> Debrief:
        live(debrief)
        read = read_pattern(line, group, felt, len(debrief.session.groups))
        if 0 < len(debrief.session.groups) < read.group:
            raise Refused(f"There is no group {read.group}: they go from 1 to {len(debrief.session.groups)}.")
        if not read.text.strip():
            raise Refused("Write what the group saw, then # and the moments it rests on: “- the form decides # 3 8”.")
        known = {moment.number for moment in debrief.moments}
        if unknown := [number for number in read.moments if number not in known]:
            raise Refused(
                f"There is no moment {unknown[0]}: they go from 1 to {max(known, default=0)}."
                if known
                else "No moments are entered: rest it on paper maps, “# p3” for three of them."
            )
        if not read.moments and not read.paper_maps:
            raise Refused("Say what it rests on: end the line with # and moments (“# 3 8”) or paper maps (“# p2”).")
        if read.group < 1:
            raise Refused(
                "Groups are numbered from 1: begin the line with the group, as in “2- the form decides # 3 8”."
            )
        pattern = Pattern(
            session=debrief.session.id,
            number=next_number(debrief.patterns),
            at=stamp(now),
            group=read.group,
            felt=read.felt,
            text=read.text,
            moments=read.moments,
            paper_maps=read.paper_maps,
        )
        return replace(debrief, patterns=(*debrief.patterns, pattern))

    return add_pattern


_LATE_MOMENT = re.compile(r"\s*m\s*(?=[+\-−–])", re.IGNORECASE)


def patterns_and_moments(group: int, felt: Felt) -> Rule:
    """The rule for small groups: patterns, and with `m` before the sign a moment that was still on paper (`m+ …`)."""
    add_pattern, add_moment = patterns(group, felt), moments(felt)

    def add(debrief: Debrief, line: str, now: float) -> Debrief:
        if late := _LATE_MOMENT.match(line):
            return add_moment(debrief, line[late.end() :], now)
        return add_pattern(debrief, line, now)

    return add
