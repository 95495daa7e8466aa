"""Ways in which people write a line of an agenda, read as `store.session.agenda` has it: “15' break after groups”, “Mapping: 20 min”,
“- pause 10 minutes after groups”, pasted lists."""

import re
from typing import NamedTuple

from store.model.agenda import LONGEST
from store.refused import Refused
from store.words.typed_numbers import plain

_UNIT = r"(?:minutes?\b|mins?\b\.?|m\b|['′’´])"
_HOURS = r"(?:hours?|hrs?|h)"
_ENDS = r"(?=[\s?)\]]|[,;:.](?!\d)|\Z)"
"""What follows a number of minutes. In “1:30”, “7.5” and “7,5” another digit does, and no whole minutes are meant."""

_AMOUNT = re.compile(
    rf"[(\[]?\s*(?:(?P<hours>\d)\s*{_HOURS}(?:\s*(?:and\s*)?(?P<rest>\d{{1,2}})\s*{_UNIT}?)?|(?P<minutes>\d{{1,6}})\s*(?P<unit>{_UNIT})?)"
    rf"\s*[)\]]?{_ENDS}",
    re.IGNORECASE,
)
_IN_WORDS = {"half an hour": 30, "an hour": 60, "one hour": 60, "a quarter of an hour": 15}
_BY = re.compile(rf"(?P<sign>\s-(?=\d)|\+)\s*(?P<n>\d{{1,3}})\s*{_UNIT}?\s*[.]?\s*\Z", re.IGNORECASE)
_MORE = re.compile(
    rf"\s*(?P<n>\d{{1,3}})\s*{_UNIT}?\s*(?P<how>more|longer|less|fewer|shorter)\s*[.]?\s*\Z", re.IGNORECASE
)
_LEAD = re.compile(r"(?:(?:for|of|to|takes?|gets?|lasts?|is|now|only|about)\s+)+", re.IGNORECASE)
_COUNTED = re.compile(r"[^\W\d_]+(?:[\s-][^\W\d_]+)?\s+(?:minutes?|mins?)\s*\.?", re.IGNORECASE)
_ASKS = re.compile(r"(?:question|asks?)\s*:\s*", re.IGNORECASE)

APART = " \t:=,;.)]-–—→"
"""What may stand between a phase, its minutes and its question."""

_MARK = re.compile(r"\A\s*(?:[-*•·–—▸]|\d{1,2}[.)])\s+")
"""What stands before a line of a list."""

_SET = re.compile(r"\A(?:please\s+)?(?:set|make|change|add)\s+", re.IGNORECASE)

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "`": "`"}

_REST = r"(?:(?:a|an|the|short|long|coffee|tea|lunch)\s+)*(?:break|pause|rest)\b"
_REST_FIRST = re.compile(_REST, re.IGNORECASE)
_LONG_FIRST = re.compile(
    rf"(?:a\s+)?(?P<long>\d{{1,4}}\s*{_UNIT}?|\d\s*{_HOURS})[\s-]*{_REST}(?P<where>.*)", re.IGNORECASE | re.DOTALL
)
_AFTER_FIRST = re.compile(
    rf"(?P<where>(?:after|before)\b.*?)[\s,:;]+(?P<what>(?:\d.*?)?{_REST}.*)", re.IGNORECASE | re.DOTALL
)
_NOT = re.compile(rf"(?:remove|delete|cancel|drop|without|skip)\s+(?={_REST})", re.IGNORECASE)
_NO_REST = re.compile(rf"no\s+{_REST}", re.IGNORECASE)


def tidied(line: str) -> str:
    """A line without the quotes around it or the mark of a list before it, and a break with that word first: “break 15 after …”."""
    line = _SET.sub("", _MARK.sub("", line, count=1).strip(), count=1)
    if line and len(line) > 1 and line[-1] == _QUOTES.get(line[0]) and line[-1] not in line[1:-1]:
        line = line[1:-1].strip()
    read = plain(line)
    if found := _AFTER_FIRST.fullmatch(read):
        line = f"{line[slice(*found.span('what'))]} {line[slice(*found.span('where'))]}"
        read = plain(line)
    if found := _LONG_FIRST.fullmatch(read):
        return f"break {line[slice(*found.span('long'))]} {line[slice(*found.span('where'))].strip()}"
    if found := _NOT.match(read):
        line = f"no {line[found.end() :]}"
        read = plain(line)
    if found := _NO_REST.match(read):
        return f"no break{line[found.end() :]}"
    if found := _REST_FIRST.match(read):
        return f"break{line[found.end() :]}"
    return line


class Amount(NamedTuple):
    """So many minutes, or with `by` so many more or fewer; and what is typed behind them."""

    minutes: int
    by: bool
    rest: str


def amount(text: str) -> Amount | None:
    """The minutes with which a text begins; None if it begins with something else.

    Raises:
        Refused: it begins with a number that is no number of whole minutes, or with one in words.
    """
    read = plain(text)
    if found := _BY.match(read) or _BY.match(read.lstrip()):
        return Amount(int(f"{found['sign'].strip()}{found['n']}"), True, "")
    if found := _MORE.match(read):
        n = int(found["n"])
        return Amount(n if found["how"].casefold() in ("more", "longer") else -n, True, "")
    start = len(read) - len(read.lstrip(APART))
    if lead := _LEAD.match(read, start):
        behind = _AMOUNT.match(read, lead.end())
        if behind and (behind["unit"] or behind["hours"] or not read[behind.end() :].strip(APART)):
            start = lead.end()
    said = read[start:].strip(APART).casefold()
    if said in _IN_WORDS:
        return Amount(_IN_WORDS[said], False, "")
    if found := _AMOUNT.match(read, start):
        n = int(found["hours"]) * 60 + int(found["rest"] or 0) if found["hours"] else int(found["minutes"])
        return Amount(n, False, text[found.end() :])
    if read[start : start + 1].isdigit() or _COUNTED.fullmatch(said):
        raise Refused.openly("Type whole minutes in figures, 1 to 180.")
    return None


def question(text: str) -> str:
    """What is left of a line behind a phase and its minutes, as its question; empty if nothing is."""
    asked = text.strip().lstrip(APART)
    if behind := _ASKS.match(asked):
        asked = asked[behind.end() :]
    return asked.strip()


def whole(minutes: int) -> int:
    """These minutes.

    Raises:
        Refused: no phase and no break takes so long.
    """
    if not 1 <= minutes <= LONGEST:
        raise Refused.openly(f"A phase or a break takes 1 to {LONGEST} minutes, not {minutes}.")
    return minutes
