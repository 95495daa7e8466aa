"""The kinds of field in the probe's form. Each reads its text from the probe and saves a new one."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from store.debrief import Debrief
from store.entries import add_expected, read_expected
from store.model import QUESTIONS
from store.probe import form_lists, pact, scope
from store.probe.non_negotiables import in_force
from store.refused import Refused
from store.session.flow import judged_anew
from store.words import dates
from store.words.text import lines_of

Question = Literal["ally", "funding", "language"]
Put = Callable[[Debrief, str, float], Debrief]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        id: its name in the code.
        label: its name on the form.
        example: what to type, shown while the field is empty.
        about: what the field is for, in a sentence or two.
        get: reads the field's text.
        put: saves a new text; raises Refused.
        rows: visible rows; more than one for a long text or for a list with one entry per line.
    """

    id: str
    label: str
    example: str
    about: str
    get: Callable[[Debrief], str]
    put: Put
    rows: int = 1


def _probe(debrief: Debrief, **changes: object) -> Debrief:
    return replace(debrief, probe=debrief.probe.but(**changes))


def with_pact(debrief: Debrief, **changes: object) -> Debrief:
    """A copy with changed pact fields."""
    return _probe(debrief, pact=debrief.probe.pact.but(**changes))


def text(name: str, label: str, example: str, about: str, rows: int = 1) -> Field:
    """A field for a text of the probe, kept exactly as typed."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        if name == "title" and not text.strip():
            raise Refused("A probe needs a title: type what you do, and where.")
        return _probe(debrief, **{name: text})

    return Field(name, label, example, about, lambda debrief: str(getattr(debrief.probe, name)), put, rows)


def put_scope(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save a rung of the ladder, typed by its first letters."""
    return _probe(debrief, scope=scope.read(text))


def names(name: str, label: str, about: str) -> Field:
    """A field for a list of names."""
    return Field(
        name,
        label,
        "names, on separate lines or separated by commas",
        about,
        lambda debrief: ", ".join(getattr(debrief.probe, name)),
        lambda debrief, text, now: _probe(debrief, **{name: form_lists.names(text)}),
        rows=2,
    )


def answer(name: Question, label: str) -> Field:
    """A field for the answer to one of the three questions of independence."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        others = {key: value for key, value in debrief.probe.independence.items() if key != name}
        answers = {**others, name: text} if text.strip() else others
        return _probe(debrief, independence={key: answers[key] for key in QUESTIONS if key in answers})

    about = f"{QUESTIONS[name]} Answer it before the action, and again in the debrief."
    return Field(name, label, QUESTIONS[name], about, lambda debrief: debrief.probe.independence.get(name, ""), put, 2)


# -------------------------------------------------------------------------------------------------------- the pact


def lines(name: str, label: str, example: str, about: str, put: Put | None = None) -> Field:
    """A field for a list of the pact with one sentence per line."""

    def take(debrief: Debrief, text: str, now: float) -> Debrief:
        return with_pact(debrief, **{name: lines_of(text)})

    return Field(
        name, label, example, about, lambda debrief: "\n".join(getattr(debrief.probe.pact, name)), put or take, rows=4
    )


def records(
    name: str,
    label: str,
    example: str,
    about: str,
    read: Callable[[str], Any],
    write: Callable[[Any], str],
    rows: int = 4,
) -> Field:
    """A field for a list of the pact whose lines have several parts."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        before = getattr(debrief.probe.pact, name)
        return with_pact(debrief, **{name: form_lists.taken(text, read, write, before)})

    def get(debrief: Debrief) -> str:
        return "\n".join(write(each) for each in getattr(debrief.probe.pact, name))

    return Field(name, label, example, about, get, put, rows)


def get_partners(debrief: Debrief) -> str:
    """The partners, one per line."""
    return "\n".join(form_lists.partner_line(each) for each in debrief.probe.partners)


def put_partners(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save partners, one per line."""
    return _probe(
        debrief, partners=form_lists.taken(text, form_lists.partner, form_lists.partner_line, debrief.probe.partners)
    )


def _ordered(debrief: Debrief) -> Debrief:
    if wrong := pact.out_of_order(debrief.probe.pact):
        raise Refused(wrong[0])
    return debrief


def day(name: str, label: str, about: str) -> Field:
    """A field for a date of the pact."""

    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        return _ordered(with_pact(debrief, **{name: dates.read(text) if text.strip() else None}))

    def get(debrief: Debrief) -> str:
        value: date | None = getattr(debrief.probe.pact, name)
        return value.isoformat() if value else ""

    return Field(name, label, "2026-11-07, or 7 November 2026", about, get, put)


def get_end(debrief: Debrief) -> str:
    """The last day, with its hour if it is known."""
    found = debrief.probe.pact
    if found.ends is None:
        return ""
    return f"{found.ends}" + (f" {found.ends_at:%H:%M}" if found.ends_at else "")


def read_end(text: str) -> tuple[date | None, time | None]:
    """Parse the last day with an optional hour: `2026-11-07 15:30`.

    Raises:
        Refused: the date is refused by `dates.read`, or the hour is invalid.
    """
    typed = re.sub(r"(?<=[0-9])T(?=[0-9]+:)", " ", text.strip())
    day, _, hour = typed.rpartition(" ") if ":" in typed.rpartition(" ")[2] else (typed, "", "")
    try:
        at = time.fromisoformat(hour) if hour else None
    except ValueError as error:
        raise Refused("Type the hour after the date: 2026-11-07 15:30.") from error
    return dates.read(day) if typed else None, at


def put_end(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save the last day, with or without the hour, and judge anew whether the expected placements came after the action."""
    ends, ends_at = read_end(text)
    return judged_anew(_ordered(with_pact(debrief, ends=ends, ends_at=ends_at)))


def suggestions(debrief: Debrief) -> tuple[str, ...]:
    """Suggestions for red lines: the non-negotiables in force, then the guidelines in force."""
    stated = in_force(debrief.non_negotiables)
    found = (*(stated.principles if stated else ()), *(each.text for each in debrief.guidelines))
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def taken_over(debrief: Debrief, line: str) -> str:
    """The red line that a line means: `#3` is the third suggestion, anything else is the text itself.

    Raises:
        Refused: there is no such suggestion.
    """
    found = re.fullmatch(r"\s*#\s*([0-9]{1,4})\s*", line)
    if found is None:
        return line
    known = suggestions(debrief)
    if not 1 <= int(found[1]) <= len(known):
        say = f"they are numbered 1 to {len(known)}" if known else "there are none yet"
        raise Refused(f"There is no suggestion {int(found[1])}: {say}.")
    return known[int(found[1]) - 1]


def put_red_lines(debrief: Debrief, text: str, now: float) -> Debrief:
    """Save red lines, one per line. `#3` is the third suggestion."""
    before = debrief.probe.pact.red_lines
    lines = (line if line in before else taken_over(debrief, line) for line in lines_of(text))
    return with_pact(debrief, red_lines=tuple(lines))


# ------------------------------------------------------------------------------------------------------ the expected


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
