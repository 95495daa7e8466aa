"""Help beside the probe's form for the current field: earlier probes, suggestions, how a date was parsed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from store.debrief import Debrief
from store.model import SCOPES
from store.probe import fields, form, pact, partners, rotation, scope
from store.probe.fields import Field
from store.refused import Refused
from store.words import dates
from store.words.text import clipped, lines_of

WARNING = "! "
"""Starts a line that the group should not overlook."""

PARTNERS = 4
"""The most partners whose earlier probes are shown. Nobody reads more."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a hint depends on: the debrief as saved, the text in the field, and today's date."""

    debrief: Debrief
    typed: str
    today: date


def hints(debrief: Debrief, field: Field, typed: str, now: float) -> tuple[str, ...]:
    """The hints for a field, line by line: what the field is for, then each `WARNING`, then the rest."""
    context = Context(debrief, typed, datetime.fromtimestamp(now).astimezone().date())
    more = MORE_HINTS.get(field.id)
    of_the_pact = field in form.SECTIONS["Pact"]
    found = (
        *(_page(context) if of_the_pact else ()),
        *(more(context) if more else ()),
        *(_missing(context) if of_the_pact else ()),
    )
    return (field.about, *sorted(found, key=lambda line: not line.startswith(WARNING)))


def _scope(context: Context) -> Iterator[str]:
    before = scope.largest(context.debrief.past)
    yield " < ".join(SCOPES)
    if before:
        yield f"The largest probe debriefed so far: {before.scope}, {clipped(before.title, 60)}."
    else:
        yield "No probe has been debriefed yet: start small."
    try:
        wanted = scope.read(context.typed)
    except Refused as why:
        yield f"{WARNING}{why}"
        return
    if jump := scope.warning(context.debrief, wanted):
        yield f"{WARNING}{jump} Test each stage first, or give a reason below."


def _reason(context: Context) -> Iterator[str]:
    if jump := scope.warning(context.debrief):
        yield f"{WARNING}{jump}"
        yield "You can still agree to the pact if you give a reason."
    else:
        yield "This step is at most one rung, so it needs no reason."


def _partners(context: Context) -> Iterator[str]:
    lines = lines_of(context.typed)
    for line in lines[:PARTNERS]:
        name, kind, *_ = (*(part.strip() for part in line.split(";")), "")
        yield from partners.what_happened(context.debrief.past, name, kind, context.today)
    if not lines:
        yield "Type the name or kind of an earlier partner to see what happened with them."


def _day(context: Context, read: Callable[[str], date | None] = dates.read) -> Iterator[str]:
    if not context.typed.strip():
        return
    try:
        day = read(context.typed)
    except Refused as why:
        yield f"{WARNING}{why}"
        return
    if day is not None:
        yield f"That is {dates.read_back(day, context.today)}."
        if doubt := dates.unlikely_year(day, context.today):
            yield f"{WARNING}{doubt}"


def _red_lines(context: Context) -> Iterator[str]:
    known = fields.suggestions(context.debrief)
    if not known:
        return
    yield "To copy a suggestion, type # and its number on its own line:"
    there = set(lines_of(context.typed))
    for at, text in enumerate(known, 1):
        yield f"{'✓' if text in there else '#'}{at} {clipped(text, 200)}"


def _page(context: Context) -> Iterator[str]:
    n = len(pact.page(context.debrief))
    yield f"The pact takes {n} of {pact.LINES} lines." if n <= pact.LINES else f"{WARNING}{pact.length(n)}."


def _missing(context: Context) -> Iterator[str]:
    wanted = pact.missing(context.debrief)
    if context.debrief.probe.pact.agreed is not None:
        yield "Agreed. Changing its terms makes it a draft again."
    elif wanted:
        yield "Before you can agree to the pact:"
        yield from (f"- {sentence}" for sentence in wanted)
    else:
        yield "Ready to agree, on its page."


MORE_HINTS: Mapping[str, Callable[[Context], Iterator[str]]] = {
    "scope": _scope,
    "scope_reason": _reason,
    "partners": _partners,
    "facilitators": lambda context: iter(rotation.suggestions(context.debrief, "facilitator")),
    "spokespeople": lambda context: iter(rotation.suggestions(context.debrief, "spokesperson")),
    **dict.fromkeys(("starts", "sunset"), _day),
    "ends": lambda context: _day(context, lambda typed: fields.read_end(typed)[0]),
    "red_lines": _red_lines,
}
"""More hints for some fields, by field id."""
