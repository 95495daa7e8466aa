"""What stands beside the probe's form, on the field that somebody is in: earlier probes, suggestions, how a day was read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from store.debrief import Debrief
from store.model import SCOPES
from store.probe import fields, form, pact, partners, rotation, scope
from store.probe.fields import Field
from store.refused import Refused
from store.words import dates
from store.words.text import clipped, entries

WARNING = "! "
"""What a line begins with that the group should not overlook."""

PARTNERS = 4
"""Partners of whom earlier probes are told; more of them would not be read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is told of: the debrief as it is saved, the field's text as it stands on the screen, and today."""

    debrief: Debrief
    typed: str
    today: date


Told = Iterator[str]


def beside(debrief: Debrief, field: Field, typed: str, now: float) -> tuple[str, ...]:
    """What to know while filling in a field, line by line: what it is for, then each `WARNING`, then the rest."""
    seen = Seen(debrief, typed, datetime.fromtimestamp(now).astimezone().date())
    more = ABOUT.get(field.id)
    of_the_pact = field in PACT
    told = (
        *(_page(seen) if of_the_pact else ()),
        *(more(seen) if more else ()),
        *(_missing(seen) if of_the_pact else ()),
    )
    return (field.about, *sorted(told, key=lambda line: not line.startswith(WARNING)))


def _scope(seen: Seen) -> Told:
    before = scope.largest(seen.debrief.past)
    yield " < ".join(SCOPES)
    if before:
        yield f"The largest that was debriefed: {before.scope}, {clipped(before.title, 60)}."
    else:
        yield "No probe has been debriefed yet: begin small."
    try:
        wanted = scope.read(seen.typed)
    except Refused as why:
        yield f"{WARNING}{why}"
        return
    if jump := scope.warning(seen.debrief, wanted):
        yield f"{WARNING}{jump} Test each stage first, or say why below."


def _reason(seen: Seen) -> Told:
    if jump := scope.warning(seen.debrief):
        yield f"{WARNING}{jump}"
        yield "With a reason the pact can be agreed all the same."
    else:
        yield "This step is no larger than one rung: nothing to explain."


def _partners(seen: Seen) -> Told:
    lines = entries(seen.typed)
    for line in lines[:PARTNERS]:
        name, kind, *_ = (*(part.strip() for part in line.split(";")), "")
        yield from partners.told(seen.debrief.past, name, kind, seen.today)
    if not lines:
        yield "With the name or the kind of one you had before, what happened then stands here."


def _day(seen: Seen, read: Callable[[str], date | None]) -> Told:
    try:
        day = read(seen.typed)
    except Refused as why:
        yield f"{WARNING}{why}"
        return
    if day is not None:
        yield f"That is {dates.told(day, seen.today)}."
        if doubt := dates.doubt(day, seen.today):
            yield f"{WARNING}{doubt}"


def _date(seen: Seen) -> Told:
    return _day(seen, lambda typed: dates.read(typed) if typed.strip() else None)


def _ends(seen: Seen) -> Told:
    return _day(seen, lambda typed: fields.read_end(typed)[0])


def _red_lines(seen: Seen) -> Told:
    known = fields.suggestions(seen.debrief)
    if not known:
        return
    yield "To take one over, type # and its number on a line of its own:"
    there = set(entries(seen.typed))
    for at, text in enumerate(known, 1):
        yield f"{'✓' if text in there else '#'}{at} {clipped(text, 200)}"


def _page(seen: Seen) -> Told:
    n = len(pact.page(seen.debrief))
    yield f"{n} of {pact.LINES} lines are on the page." if n <= pact.LINES else f"{WARNING}{pact.length(n)}."


def _missing(seen: Seen) -> Told:
    wanted = pact.missing(seen.debrief)
    if seen.debrief.probe.pact.agreed is not None:
        yield "Agreed. A change to its terms makes it a draft again."
    elif wanted:
        yield "Before it can be agreed:"
        yield from (f"- {sentence}" for sentence in wanted)
    else:
        yield "It can be agreed, on its page."


def _turn(role: rotation.Role) -> Callable[[Seen], Told]:
    return lambda seen: iter(rotation.suggestions(seen.debrief, role))


ABOUT: Mapping[str, Callable[[Seen], Told]] = {
    "scope": _scope,
    "scope_reason": _reason,
    "partners": _partners,
    "facilitators": _turn("facilitator"),
    "spokespeople": _turn("spokesperson"),
    "starts": _date,
    "ends": _ends,
    "sunset": _date,
    "red_lines": _red_lines,
}
"""What is told of a field beyond what it is for, by its id."""

PACT = next(of for title, of in form.SECTIONS if title == "Pact")
