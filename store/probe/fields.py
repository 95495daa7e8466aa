"""The kinds of field in the probe's form. Each reads its text from the probe and saves a new one."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from store.debrief import Debrief
from store.entries import add_expected, read_expected
from store.model import QUESTIONS, Pact, Partner, Responsibility, Signature
from store.probe import pact
from store.probe.non_negotiables import in_force
from store.refused import Refused
from store.session.flow import judged_anew
from store.words import dates, hours
from store.words.names import fold
from store.words.text import clipped, lines_of


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        id: its name in the code.
        label: its name on the form.
        example: what to type, shown while the field is empty.
        about: what the field is for, in a sentence or two.
        get: reads the field's text.
        put: saves a new text at a time in seconds since the epoch; raises Refused.
        rows: visible rows; more than one for a long text or for a list with one entry per line.
    """

    id: str
    label: str
    example: str
    about: str
    get: Callable[[Debrief], str]
    put: Callable[[Debrief, str, float], Debrief]
    rows: int = 1


def _with(debrief: Debrief, **changes: object) -> Debrief:
    """A copy with changed fields of the pact or of the probe itself."""
    if changes.keys() <= Pact.model_fields.keys():
        changes = {"pact": debrief.probe.pact.but(**changes)}
    return replace(debrief, probe=debrief.probe.but(**changes))


def _value(debrief: Debrief, name: str) -> Any:
    return getattr(debrief.probe.pact if name in Pact.model_fields else debrief.probe, name)


def text(
    name: str, label: str, example: str, about: str, rows: int = 1, read: Callable[[str], str] | None = None
) -> Field:
    """A field for a text of the probe or of its pact, kept exactly as typed unless `read` parses it."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        return _with(debrief, **{name: read(text) if read else text})

    return Field(name, label, example, about, lambda debrief: str(_value(debrief, name)), put, rows)


def names(name: str, label: str, about: str) -> Field:
    """A field for a list of names."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        return _with(debrief, **{name: tuple(filter(None, map(str.strip, re.split(r"[,\r\n]", text))))})

    example = "names, on separate lines or separated by commas"
    return Field(name, label, example, about, lambda debrief: ", ".join(_value(debrief, name)), put, rows=2)


def answer(name: Literal["ally", "funding", "language"], label: str) -> Field:
    """A field for the answer to one of the three questions of independence."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        others = {key: value for key, value in debrief.probe.independence.items() if key != name}
        answers = {**others, name: text} if text.strip() else others
        return _with(debrief, independence={key: answers[key] for key in QUESTIONS if key in answers})

    about = f"{QUESTIONS[name]} Answer it before the action, and again in the debrief."
    return Field(name, label, QUESTIONS[name], about, lambda debrief: debrief.probe.independence.get(name, ""), put, 2)


def lines(
    name: str,
    label: str,
    example: str,
    about: str,
    read: Callable[[str], Any] = str,
    write: Callable[[Any], str] = str,
    rows: int = 4,
) -> Field:
    """A field for a list of the probe or of its pact with one entry per line. `read` parses a line, `write` writes an entry.

    A line that hasn't changed keeps its entry, even if it would now be parsed differently.
    """

    def get(debrief: Debrief) -> str:
        return "\n".join(map(write, _value(debrief, name)))

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        kept = {write(each): each for each in _value(debrief, name)}
        return _with(debrief, **{name: tuple(kept[line] if line in kept else read(line) for line in lines_of(text))})

    return Field(name, label, example, about, get, put, rows)


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


EXAMPLE_YEAR = "{year}"
"""Stands in the example of a date for the present year."""


def was(debrief: Debrief) -> bool:
    """Whether a day of the action without its year is one that was: after the action, in its debrief."""
    return debrief.begun and debrief.session.kind == "debrief"


def day(name: str, label: str, about: str, ahead: bool = False) -> Field:
    """A field for a date of the pact; with `ahead` one that always lies ahead where it has no year."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        past = was(debrief) and not ahead
        return _ordered(_with(debrief, **{name: dates.read(text, dates.day_at(now), past) if text.strip() else None}))

    example = f"7 Nov, or {EXAMPLE_YEAR}-11-07"
    return Field(name, label, example, about, lambda debrief: str(_value(debrief, name) or ""), put)


def _ordered(debrief: Debrief) -> Debrief:
    if wrong := pact.out_of_order(debrief.probe.pact):
        raise Refused(wrong[0])
    return debrief


def get_end(debrief: Debrief) -> str:
    """The last day, with its hour if it is known."""
    found = debrief.probe.pact
    if found.ends is None:
        return ""
    return f"{found.ends}" + (f" {found.ends_at:%H:%M}" if found.ends_at else "")


def read_end(text: str, today: date, past: bool) -> tuple[date | None, time | None]:
    """Parse the last day with an optional hour, `7 Nov 15:30`; see `hours.day_and_hour`."""
    return hours.day_and_hour(text, today, past) if text.strip() else (None, None)


def put_end(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save the last day, with or without the hour, and judge anew whether the expected placements came after the action."""
    ends, ends_at = read_end(text, dates.day_at(now), was(debrief))
    return judged_anew(_ordered(_with(debrief, ends=ends, ends_at=ends_at)))


LONGEST_TAG = 30
"""Characters of a tag at most: what is longer is a sentence, which hardly repeats."""


def used_tags(debrief: Debrief) -> tuple[str, ...]:
    """The tags of our other probes as they were first spelt, those of most probes first."""
    spelt: dict[str, str] = {}
    times: Counter[str] = Counter()
    for probe in debrief.past.probes:
        own = {fold(tag): tag for tag in reversed(probe.tags) if tag.strip()}
        spelt = own | spelt
        times.update(own.keys())
    return tuple(spelt[folded] for folded, _ in times.most_common())


def put_tags(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save tags, separated by commas. A tag that was used before keeps that spelling, and `#3` is the third of `used_tags`.

    Raises:
        Refused: one is longer than `LONGEST_TAG`, or there is no such suggestion.
    """
    known = used_tags(debrief)
    spelt = {fold(tag): tag for tag in known}
    tags: dict[str, str] = {}
    for typed in filter(str.strip, re.split(r"[,\r\n]", text)):
        tag = taken_over(known, typed.strip())
        if len(tag) > LONGEST_TAG:
            raise Refused(f"“{clipped(tag, LONGEST_TAG)}” is too long for a tag: use {LONGEST_TAG} characters at most.")
        tags.setdefault(fold(tag), spelt.get(fold(tag), tag))
    return _with(debrief, tags=tuple(tags.values()))


def suggestions(debrief: Debrief) -> tuple[str, ...]:
    """Suggestions for red lines: the non-negotiables in force, then the guidelines in force."""
    stated = in_force(debrief.non_negotiables)
    found = (*(stated.principles if stated else ()), *(each.text for each in debrief.guidelines))
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def taken_over(known: Sequence[str], line: str) -> str:
    """What a line means: `#3` is the third of the suggestions, anything else is the text itself.

    Raises:
        Refused: there is no such suggestion.
    """
    found = re.fullmatch(r"\s*#\s*(\d{1,4})\s*", line)
    if found is None:
        return line
    if not 1 <= int(found[1]) <= len(known):
        say = f"they are numbered 1 to {len(known)}" if known else "there are none yet"
        raise Refused(f"There is no suggestion {int(found[1])}: {say}.")
    return known[int(found[1]) - 1]


def put_red_lines(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save red lines, one per line. `#3` is the third suggestion."""
    before, known = debrief.probe.pact.red_lines, suggestions(debrief)
    return _with(
        debrief, red_lines=tuple(line if line in before else taken_over(known, line) for line in lines_of(text))
    )


def get_expected(debrief: Debrief) -> str:
    """The expected placements, one per line."""
    return "\n".join(f"{p.by} {p.autonomy} {p.benefit}" for p in debrief.expected)


def put_expected(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save expected placements. Unchanged ones keep the time they were recorded and whether they are reconstructed."""
    if text == get_expected(debrief):
        return debrief
    before = {(p.by, p.autonomy, p.benefit): p for p in debrief.expected}
    changed = replace(debrief, placements=tuple(p for p in debrief.placements if p.round))
    known = [p.by for p in debrief.expected]
    for line in lines_of(text):
        changed = add_expected(changed, read_expected(line, changed.names, known), now)
    kept = tuple(
        before[place].but(number=p.number) if p.round == 0 and (place := (p.by, p.autonomy, p.benefit)) in before else p
        for p in changed.placements
    )
    return replace(changed, placements=kept)
