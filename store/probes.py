"""The probe's form: each field's text from the probe, and the probe with a field's text put in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

from store.debrief import Debrief
from store.entries import add_expected
from store.model import Pact, Partner, Responsibility
from store.refused import Refused
from store.text import clipped, entries

Put = Callable[[Debrief, str, float], Debrief]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form.

    Attributes:
        id: its name.
        label: as the form shows it.
        example: what to type.
        get: its text as it stands.
        put: the debrief with a new text; raises Refused.
        several: whether it holds a list, one entry a line.
    """

    id: str
    label: str
    example: str
    get: Callable[[Debrief], str]
    put: Put
    several: bool = False


def _text(name: str, label: str, example: str) -> Field:
    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        if name == "title" and not text.strip():
            raise Refused("A probe needs a title: what is done, and where.")
        return replace(debrief, probe=debrief.probe.but(**{name: text}))

    return Field(name, label, example, lambda debrief: str(getattr(debrief.probe, name)), put)


def _pact(debrief: Debrief, **changes: object) -> Debrief:
    return replace(debrief, probe=debrief.probe.but(pact=debrief.probe.pact.but(**changes)))


def _pact_text(name: str, label: str, example: str) -> Field:
    return Field(
        name,
        label,
        example,
        lambda debrief: str(getattr(debrief.probe.pact, name)),
        lambda debrief, text, now: _pact(debrief, **{name: text}),
    )


def _pact_lines(name: str, label: str, example: str) -> Field:
    return Field(
        name,
        label,
        example,
        lambda debrief: "\n".join(getattr(debrief.probe.pact, name)),
        lambda debrief, text, now: _pact(debrief, **{name: entries(text)}),
        several=True,
    )


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused("Type the day as year-month-day: 2026-11-07.") from error


def _date(name: str, label: str) -> Field:
    def put(debrief: Debrief, text: str, now: float) -> Debrief:
        changed = _pact(debrief, **{name: _day(text)})
        _ordered(changed.probe.pact)
        return changed

    def get(debrief: Debrief) -> str:
        value = getattr(debrief.probe.pact, name)
        return value.isoformat() if value else ""

    return Field(name, label, "2026-11-07", get, put)


def _ordered(pact: Pact) -> None:
    if pact.starts and pact.ends and pact.ends < pact.starts:
        raise Refused(f"The action can't end ({pact.ends}) before it starts ({pact.starts}).")


def _end(debrief: Debrief) -> str:
    pact = debrief.probe.pact
    if pact.ends is None:
        return ""
    return f"{pact.ends}" + (f" {pact.ends_at:%H:%M}" if pact.ends_at else "")


def _put_end(debrief: Debrief, text: str, now: float) -> Debrief:
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    try:
        at = time.fromisoformat(hour.strip()) if hour.strip() else None
    except ValueError as error:
        raise Refused("Type the hour after the day: 2026-11-07 15:30.") from error
    changed = _pact(debrief, ends=_day(day), ends_at=at)
    _ordered(changed.probe.pact)
    return changed


def _partner(line: str) -> Partner:
    name, *rest = (part.strip() for part in line.split(";", 2))
    if not name:
        raise Refused("Begin the line with the partner's name: “name; kind; power”.")
    return Partner(name=name, kind=rest[0] if rest else "", power=rest[1] if len(rest) > 1 else "")


def _partners(debrief: Debrief) -> str:
    found = debrief.probe.partners
    return "\n".join("; ".join((p.name, p.kind, p.power)).removesuffix("; ").removesuffix("; ") for p in found)


def _put_partners(debrief: Debrief, text: str, now: float) -> Debrief:
    return replace(debrief, probe=debrief.probe.but(partners=tuple(_partner(line) for line in entries(text))))


def _responsibility(line: str) -> Responsibility:
    who, colon, what = line.partition(":")
    if not colon or not who.strip() or not what.strip():
        raise Refused(f"Say who does what, with a colon between: “{clipped(line.strip(), 30)}: …”.")
    return Responsibility(who=who.strip(), what=what.strip())


def _responsibilities(debrief: Debrief) -> str:
    return "\n".join(f"{r.who}: {r.what}" for r in debrief.probe.pact.responsibilities)


def _put_responsibilities(debrief: Debrief, text: str, now: float) -> Debrief:
    return _pact(debrief, responsibilities=tuple(_responsibility(line) for line in entries(text)))


def _expected(debrief: Debrief) -> str:
    return "\n".join(f"{p.by} {p.autonomy} {p.benefit}" for p in debrief.expected)


def _put_expected(debrief: Debrief, text: str, now: float) -> Debrief:
    if text == _expected(debrief):
        return debrief
    before = {(p.by, p.autonomy, p.benefit): p for p in debrief.expected}
    changed = replace(debrief, placements=tuple(p for p in debrief.placements if p.round))
    for line in entries(text):
        changed = add_expected(changed, line, now, whole=[p.by for p in debrief.expected])
    kept = tuple(
        before[place].but(number=p.number) if p.round == 0 and (place := (p.by, p.autonomy, p.benefit)) in before else p
        for p in changed.placements
    )
    return replace(changed, placements=kept)


FIELDS: tuple[Field, ...] = (
    _text("title", "Title", "Noise protest at Gate 2"),
    _text("issue", "Issue", "what it is about"),
    _text("scope", "Scope", "building, site, neighbourhood, city or region"),
    _text("place", "Place", "where"),
    _text("our_organisation", "We are", "our organisation"),
    Field("partners", "Partners", "name; kind; power dynamics - one a line", _partners, _put_partners, several=True),
    _text("context", "Context", "the conjuncture: who is strong, who is tired, what is coming"),
    _pact_text("purpose", "Purpose", "what the action is for"),
    _date("starts", "Starts"),
    Field("ends", "Ends", "2026-11-07 15:30; the 24 hours run from here", _end, _put_end),
    _date("sunset", "Sunset"),
    Field(
        "responsibilities",
        "Who does what",
        "who: what - one a line",
        _responsibilities,
        _put_responsibilities,
        several=True,
    ),
    _pact_lines("messaging", "Messaging", "agreements on public words, one a line"),
    _pact_lines("red_lines", "Red lines", "what is not for sale, one a line"),
    Field("expected", "Expected", "name autonomy benefit, one a line: Ana 6 5", _expected, _put_expected, several=True),
)
"""The form, from top to bottom."""


def put(debrief: Debrief, field: Field, text: str, now: float) -> Debrief:
    """The debrief with one field of the form filled in.

    Raises:
        Refused: the text is not what the field takes, or the probe has no title yet.
    """
    if text == field.get(debrief):
        return debrief
    if field.id != "title" and not debrief.probe.title.strip():
        raise Refused("Begin with the title: what is done, and where.")
    return field.put(debrief, text, now)
