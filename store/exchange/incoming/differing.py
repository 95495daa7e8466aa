"""Two records of the same probe side by side: what differs in them, with both values, for whoever has to decide which stays.

What was written or said for one room, and ballots, are only counted: the question stands on a screen that the hall may see.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from store.exchange.bundle import LISTS, Bundle
from store.model import Amendment, Event, Participant, Pattern, Record, Row
from store.words.numbers import counted
from store.words.text import clipped

NOTHING = "nothing"
"""Stands for a value that isn't there."""

_OF_THE_ARCHIVE = (
    "id",
    "uid",
    "file_digest",
    "origin",
    "conflicts_with",
    "statement",
    "probe",
    "session",
    "number",
    "guideline",
    "at",
)
"""Fields that depend on the archive that holds a record, or only say when it was typed."""

_UNTOLD = (
    "clocks",
    "rate",
    "feelings",
    "gap",
    "impulses",
    "verdicts",
    "groups",
    "began",
    "action_ended",
    "round",
    "revealed",
    "phase",
    "resting",
    "ready",
    "agenda",
)
"""Fields of a session whose values say nothing to a reader, or too much to a hall."""

_TOLD: Sequence[type[Record]] = (Participant, Pattern, Amendment)
"""The lists whose records are shown; all others are counted."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A thing in which two records differ, with its value in ours and in theirs; `NOTHING` where there is none."""

    what: str
    here: str
    there: str

    def clipped(self, length: int) -> tuple[str, str]:
        """Both values cut to at most `length` characters; where they would be cut before they differ, from a word before that on."""
        if max(map(len, (self.here, self.there))) <= length:
            return clipped(self.here, length), clipped(self.there, length)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(self.here, self.there, strict=False)))
        begin = self.here.rfind(" ", 0, max(0, alike - length // 4)) + 1
        lead = "…" if begin else ""
        here, there = (clipped(f"{lead}{each[begin:]}", length) for each in (self.here, self.there))
        return here, there


def values(ours: Bundle, theirs: Bundle) -> tuple[Differing, ...]:
    """All in which two records of a probe differ, in the order of the form and of the debrief."""
    found = list(_rows(ours.probe, theirs.probe, ""))
    for kind in ("dissent", "debrief"):
        here, there = ours.of_kind(kind), theirs.of_kind(kind)
        if (here is None) != (there is None):
            found.append(Differing(f"{kind} session", *("held" if each else NOTHING for each in (here, there))))
        elif here and there:
            found += _rows(here, there, "")
    for table in LISTS:
        if table is not Event:
            found += _lists(table, ours.lists[table.table], theirs.lists[table.table])
    return tuple(found)


def _rows(ours: Row, theirs: Row, inside: str) -> Iterator[Differing]:
    """The fields in which two rows, or parts of them, differ."""
    for name in dict.fromkeys((*ours, *theirs)):
        here, there = ours.get(name), theirs.get(name)
        if here == there or name in _OF_THE_ARCHIVE or name in _UNTOLD or not (here or there):
            continue
        what = f"{inside}{name.replace('_', ' ')}"
        if isinstance(here, Mapping) and isinstance(there, Mapping):
            yield from _rows(dict(here), dict(there), f"{what}: ")
        elif isinstance(here or there, list):
            only_here, only_there = (
                [_text(x) for x in a or () if x not in (b or ())] for a, b in ((here, there), (there, here))
            )
            if only_here or only_there:
                yield Differing(what, *("; ".join(each) or NOTHING for each in (only_here, only_there)))
            else:
                yield Differing(what, "in this order", "in another order")
        else:
            yield Differing(what, _text(here), _text(there))


def _lists(kind: type[Record], ours: Sequence[Row], theirs: Sequence[Row]) -> Iterator[Differing]:
    """The records of a kind that only one of both has; those that aren't told are counted."""
    name = kind.table if kind is not Participant else "people"
    here, there = ([_without(each) for each in rows] for rows in (ours, theirs))
    if here == there:
        return
    if kind in _TOLD:
        texts = [[_text(x) for x in a if x not in b] for a, b in ((here, there), (there, here))]
        yield Differing(name, *("; ".join(each) or NOTHING for each in texts))
    elif len(here) != len(there):
        yield Differing(name, *(counted(len(rows), "record") for rows in (here, there)))
    else:
        yield Differing(
            name,
            *(f"{counted(len(rows), 'record')}, worded {how}" for rows, how in ((here, "so"), (there, "otherwise"))),
        )


def _without(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _OF_THE_ARCHIVE}


def _text(value: Any) -> str:
    """A value in one line: the texts in it, and figures."""
    if isinstance(value, Mapping):
        return ", ".join(filter(None, (_text(each) if each or each == 0 else "" for each in value.values())))
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return NOTHING if value is None or value == "" else str(value)
