"""Help beside the probe's form for the current field: earlier probes, suggestions, how a date was parsed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from store.debrief import Debrief, EarlierProbe, GroupHistory
from store.matrix import gap
from store.model import HELD, SCOPES
from store.probe import fields, form, pact, rotation, scope
from store.probe.fields import Field
from store.refused import Refused
from store.session import pause
from store.words import dates
from store.words.dates import date_of, day
from store.words.names import fold
from store.words.text import clipped, lines_of

WARNING = "! "
"""Starts a line that the group should not overlook."""

PARTNERS = 4
"""The most partners whose earlier probes are shown. Nobody reads more."""

NEWEST = 3
"""The most cases described one by one. The others are only counted."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a hint depends on: the debrief as saved, the text in the field, today's date, and the time."""

    debrief: Debrief
    typed: str
    today: date
    now: float


def hints(debrief: Debrief, field: Field, typed: str, now: float) -> tuple[str, ...]:
    """The hints for a field, line by line: what the field is for, then each `WARNING`, then the rest."""
    context = Context(debrief, typed, dates.day_at(now), now)
    more = MORE_HINTS.get(field.id)
    paused = pause.too_soon(debrief, context.today) if field.id in ("title", "starts") else ""
    of_the_pact = field in form.SECTIONS["Pact"]
    found = (
        *([f"{WARNING}{paused}"] if paused else []),
        *(_page(context) if of_the_pact else ()),
        *(more(context) if more else ()),
        *(_missing(context) if of_the_pact else ()),
    )
    return (field.about, *sorted(found, key=lambda line: not line.startswith(WARNING)))


def _suggested(known: Sequence[str], there: Iterable[str], how: str) -> Iterator[str]:
    """Suggestions by their numbers, with those ticked that are there; first how one is copied."""
    if known:
        yield how
    taken = set(map(fold, there))
    for at, text in enumerate(known, 1):
        yield f"{'✓' if fold(text) in taken else '#'}{at} {clipped(text, 200)}"


def _tags(context: Context) -> Iterator[str]:
    known = fields.used_tags(context.debrief)
    return _suggested(known, context.typed.split(","), "Used before. To copy a tag, type # and its number:")


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
        yield from what_happened(context.debrief.past, name, kind, context.today)
    if not lines:
        yield "Type the name or kind of an earlier partner to see what happened with them."


def _day(context: Context, ahead: bool = False) -> Iterator[str]:
    if not context.typed.strip():
        return
    try:
        day, _ = fields.read_end(context.typed, context.today, fields.was(context.debrief) and not ahead)
    except Refused as why:
        yield f"{WARNING}{why}"
        return
    if day is not None:
        yield f"That is {dates.read_back(day, context.today)}."
        if doubt := dates.unlikely_year(day, context.today):
            yield f"{WARNING}{doubt}"


def _red_lines(context: Context) -> Iterator[str]:
    how = "To copy a suggestion, type # and its number on its own line:"
    return _suggested(fields.suggestions(context.debrief), lines_of(context.typed), how)


def _page(context: Context) -> Iterator[str]:
    n = len(pact.page(context.debrief))
    yield f"The pact takes {n} of {pact.LINES} lines." if n <= pact.LINES else f"{WARNING}{pact.length(n)}."


def _missing(context: Context) -> Iterator[str]:
    probe = context.debrief.probe
    wanted = pact.missing(context.debrief)
    agreed_before = probe.earlier_pacts[-1].pact.agreed if probe.earlier_pacts else None
    if (sunset := pact.past_sunset(probe, context.now)) is not None:
        yield pact.only_renewed(sunset)
        return
    if agreed_before and probe.pact.agreed is None:
        yield f"What was agreed on {day(date_of(agreed_before))} is kept: undo the changes, and it is agreed again."
    if probe.pact.agreed is not None:
        yield "Agreed. Changing its terms makes it a draft again; what was agreed is kept."
    elif wanted:
        yield "Before you can agree to the pact:"
        yield from (f"- {sentence}" for sentence in wanted)
    else:
        yield "Ready to agree, on its page."


MORE_HINTS: Mapping[str, Callable[[Context], Iterator[str]]] = {
    "tags": _tags,
    "scope": _scope,
    "scope_reason": _reason,
    "partners": _partners,
    "facilitators": lambda context: iter(rotation.suggestions(context.debrief, "facilitator")),
    "spokespeople": lambda context: iter(rotation.suggestions(context.debrief, "spokesperson")),
    **dict.fromkeys(("starts", "ends"), _day),
    "sunset": lambda context: _day(context, ahead=True),
    "red_lines": _red_lines,
}
"""More hints for some fields, by field id."""


def what_happened(past: GroupHistory, name: str, kind: str, today: date) -> tuple[str, ...]:
    """What a new probe with this partner can learn, line by line. Leaves out probes that haven't started by `today`."""
    begun = [each for each in reversed(past.probes) if each.debriefed or date_of(each.began) <= today]
    ours = [each for each in begun if name.strip() and any(fold(n) == fold(name) for n, _ in each.partners)]
    alike = [each for each in begun if kind.strip() and any(fold(k) == fold(kind) for _, k in each.partners)]
    lines = []
    if ours:
        lines.append(f"Earlier with {clipped(name, 60)}: {_probes(len(ours))}.")
        lines += [f"- {case(each)}" for each in ours[:NEWEST]]
        lines += _landed(ours)
    elif name.strip():
        lines.append(f"No earlier probe with {clipped(name, 60)}.")
    if len(alike) > len(ours):
        lines.append(f"Earlier with any “{clipped(kind, 30)}”: {_probes(len(alike))}.")
        lines += [f"- {case(each)}" for each in alike if each not in ours][: NEWEST - min(NEWEST - 1, len(ours))]
        lines += _landed(alike)
    return tuple(lines)


def case(earlier: EarlierProbe) -> str:
    """One probe on one line: title, date, where it landed, and its red lines."""
    if not earlier.debriefed:
        learned = "not debriefed"
    elif earlier.gap is None:
        learned = "debriefed, gap unknown"
    else:
        learned = gap.in_short(earlier.gap)
    marked = ", ".join(f"{earlier.red_lines[state]} {state}" for state in HELD if earlier.red_lines.get(state))
    lines = f"; red lines: {marked}" if marked else ""
    return f"{clipped(earlier.title, 60)}, {day(date_of(earlier.began))}: {learned}{lines}"


def _probes(count: int) -> str:
    return "one probe" if count == 1 else f"{count} probes"


def _landed(cases: Sequence[EarlierProbe]) -> Iterator[str]:
    """How often autonomy was lower than expected, among the cases with a known gap."""
    gaps = [found for each in cases if (found := gap.step(each.gap)) is not None]
    less = sum(autonomy < 0 for autonomy, _ in gaps)
    if len(gaps) == 1:
        yield "This is a single case."
    elif gaps:
        yield f"{less} of {len(gaps)} landed with less autonomy than expected."
