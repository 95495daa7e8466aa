"""What the form holds as lists: a line an entry, read from what is typed and written back as it was typed."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from store.model import Partner, Responsibility, Signature
from store.refused import Refused
from store.words.text import clipped, lines_of

V = TypeVar("V")


def taken(typed: str, read: Callable[[str], V], write: Callable[[V], str], before: Sequence[V]) -> tuple[V, ...]:
    """The entries of a list; one that stands as it was written stays what it was, also where it would be read otherwise."""
    kept = {write(each): each for each in before}
    return tuple(kept[line] if line in kept else read(line) for line in lines_of(typed))


_HISTORY = re.compile(r"(?:^|;)\s*history:", re.IGNORECASE)


def partner(line: str) -> Partner:
    """`name; kind; power; history: …`, of which the name must be there; what says who holds what power may hold semicolons."""
    name, kind, rest = (part.strip() for part in (*line.split(";", 2), "", "")[:3])
    if not name:
        raise Refused("Begin the line with the partner's name: “name; kind; power; history: …”.")
    marks = list(_HISTORY.finditer(rest))
    power, history = (rest[: marks[-1].start()], rest[marks[-1].end() :]) if marks else (rest, "")
    return Partner(name=name, kind=kind, power=power.strip(), history=history.strip())


def partner_line(found: Partner) -> str:
    """A partner as it is typed."""
    parts = [found.name, found.kind, found.power]
    if found.history:
        return "; ".join([*parts, f"history: {found.history}"])
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def responsibility(line: str) -> Responsibility:
    """`who: what`."""
    who, colon, what = line.partition(":")
    if not colon or not who.strip() or not what.strip():
        raise Refused(f"Say who does what, with a colon between: “{clipped(line.strip(), 30)}: …”.")
    return Responsibility(who=who.strip(), what=what.strip())


def responsibility_line(found: Responsibility) -> str:
    """A responsibility as it is typed."""
    return f"{found.who}: {found.what}"


def signature(line: str) -> Signature:
    """`name, organisation`; a semicolon does where the name has a comma."""
    name, mark, organisation = line.partition(";" if ";" in line else ",")
    if not mark or not name.strip() or not organisation.strip():
        raise Refused(f"Say for whom, with a comma between: “{clipped(line.strip(), 30)}, organisation”.")
    return Signature(name=name.strip(), organisation=organisation.strip())


def signature_line(found: Signature) -> str:
    """A signature as it is typed."""
    both = f"{found.name}{found.organisation}"
    return f"{found.name}{';' if ',' in found.name or ';' in both else ','} {found.organisation}"


def names(typed: str) -> tuple[str, ...]:
    """Names, one a line or with commas between."""
    return tuple(name for each in re.split(r"[,\r\n]", typed) if (name := each.strip()))
