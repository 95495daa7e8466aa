"""The form's lists, with one entry per line: parsed from what people type, and written back the same way."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from store.model import Partner, Responsibility, Signature
from store.refused import Refused
from store.words.text import clipped, lines_of

V = TypeVar("V")


def taken(typed: str, read: Callable[[str], V], write: Callable[[V], str], before: Sequence[V]) -> tuple[V, ...]:
    """The entries of a list. A line that hasn't changed keeps its entry, even if it would now be parsed differently."""
    kept = {write(each): each for each in before}
    return tuple(kept[line] if line in kept else read(line) for line in lines_of(typed))


_HISTORY = re.compile(r"(?:^|;)\s*history:", re.IGNORECASE)


def partner(line: str) -> Partner:
    """Parse `name; kind; power; history: …`. Only the name is required, and the power may contain semicolons."""
    name, kind, rest = (part.strip() for part in (*line.split(";", 2), "", "")[:3])
    if not name:
        raise Refused("Start the line with the partner's name: “name; kind; power; history: …”.")
    marks = list(_HISTORY.finditer(rest))
    power, history = (rest[: marks[-1].start()], rest[marks[-1].end() :]) if marks else (rest, "")
    return Partner(name=name, kind=kind, power=power.strip(), history=history.strip())


def partner_line(found: Partner) -> str:
    """A partner as people type it."""
    parts = [found.name, found.kind, found.power]
    if found.history:
        return "; ".join([*parts, f"history: {found.history}"])
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def responsibility(line: str) -> Responsibility:
    """Parse `who: what`."""
    who, colon, what = line.partition(":")
    if not colon or not who.strip() or not what.strip():
        raise Refused(f"Type who does what, with a colon in between: “{clipped(line.strip(), 30)}: …”.")
    return Responsibility(who=who.strip(), what=what.strip())


def responsibility_line(found: Responsibility) -> str:
    """A responsibility as people type it."""
    return f"{found.who}: {found.what}"


def signature(line: str) -> Signature:
    """Parse `name, organisation`. Use a semicolon if the name contains a comma."""
    name, mark, organisation = line.partition(";" if ";" in line else ",")
    if not mark or not name.strip() or not organisation.strip():
        raise Refused(f"Type the organisation after a comma: “{clipped(line.strip(), 30)}, organisation”.")
    return Signature(name=name.strip(), organisation=organisation.strip())


def signature_line(found: Signature) -> str:
    """A signature as people type it."""
    both = f"{found.name}{found.organisation}"
    return f"{found.name}{';' if ',' in found.name or ';' in both else ','} {found.organisation}"


def names(typed: str) -> tuple[str, ...]:
    """Parse names on separate lines or separated by commas."""
    return tuple(name for each in re.split(r"[,\r\n]", typed) if (name := each.strip()))
