"""The probe's form: its sections, their fields, and saving a field."""

from collections.abc import Iterator
from typing import NamedTuple

from store.debrief import Debrief
from store.probe import fields, pact, pact_versions, scope
from store.probe.fields import Field
from store.refused import Refused

SECTIONS: dict[str, tuple[Field, ...]] = {
    "Probe": (
        fields.text(
            "title",
            "Title",
            "Noise protest at Gate 2",
            "What you do, and where. Everybody knows the probe by this name.",
        ),
        fields.text("issue", "Issue", "what it is about", "What the action is about, in one sentence."),
        Field(
            "tags",
            "Tags",
            "rent, damp - separated by commas",
            "What it is about in a word or two. Probes with the same tag are counted together in the trends.",
            lambda debrief: ", ".join(debrief.probe.tags),
            fields.put_tags,
        ),
        fields.text(
            "scope",
            "Scope",
            "building, site, neighbourhood, city or region",
            "How large the probe is. Go up one rung at a time, and debrief each before the next.",
            read=scope.read,
        ),
        fields.text(
            "scope_reason",
            "Why so large",
            "only for a step of two rungs or more",
            "A step of two rungs or more needs a reason, in the group's words.",
        ),
        fields.text("place", "Place", "where", "Where the action takes place."),
        fields.text("our_organisation", "We are", "our organisation", "The name we sign the pact with."),
    ),
    "Context and partners": (
        fields.lines(
            "partners",
            "Partners",
            "name; kind; power; history: … - one per line",
            "One per line: name; kind (union, NGO, party …); who holds what power; and, after “history:”, what happened with them before.",
            fields.partner,
            fields.partner_line,
        ),
        fields.text(
            "context",
            "Context",
            "who is strong, who is tired, what is coming",
            "Who is strong, who is tired, what is coming, and why the partners need this.",
            rows=3,
        ),
    ),
    "Roles": (
        fields.names("facilitators", "Facilitators", "Who leads the action for us."),
        fields.names("spokespeople", "Spokespeople", "Who speaks for us. Nobody else does."),
        fields.names(
            "observers", "Observers", "Who watches for friction, narrative shift, synergy and autonomy erosion."
        ),
    ),
    "Pact": (
        fields.text(
            "purpose", "Purpose", "what the action is for", "What the action is for. Name one concrete thing.", rows=2
        ),
        fields.day("starts", "Starts", "The first day."),
        Field(
            "ends",
            "Ends",
            f"7 Nov 15:30, or {fields.EXAMPLE_YEAR}-11-07 15:30",
            "The last day, with the hour if you know it. The 24 hours for the debrief start then.",
            fields.get_end,
            fields.put_end,
        ),
        fields.day("sunset", "Sunset", "On this day the probe dissolves, unless a debrief renews it.", ahead=True),
        fields.lines(
            "responsibilities",
            "Who does what",
            "who: what - one per line",
            "Who does what, one per line, with a colon in between.",
            fields.responsibility,
            fields.responsibility_line,
        ),
        fields.lines(
            "messaging",
            "Messaging",
            "agreements on public statements, one per line",
            "What we say in public, who says it, and who reads it first.",
        ),
        Field(
            "red_lines",
            "Red lines",
            "what is not for sale, one per line; #1 copies a suggestion",
            "What is not for sale. The debrief begins by reading these out.",
            lambda debrief: "\n".join(debrief.probe.pact.red_lines),
            fields.put_red_lines,
            rows=4,
        ),
        fields.lines(
            "signatures",
            "Signatures",
            "name, organisation - one per line, from both sides",
            "Who agrees to the pact, and for which side.",
            fields.signature,
            fields.signature_line,
            rows=3,
        ),
    ),
    "Independence": (
        fields.answer("ally", "Without the ally"),
        fields.answer("funding", "Without funds"),
        fields.answer("language", "Their language"),
    ),
    "Expected": (
        Field(
            "expected",
            "Expected",
            "name autonomy benefit, one per line: Ana 6 5",
            "Where each person expects the action to land: autonomy, then benefit, 0 to 10. Placements entered after the action"
            " are marked reconstructed.",
            fields.get_expected,
            fields.put_expected,
            rows=4,
        ),
    ),
    "Debrief": (
        fields.text(
            "debrief_place",
            "Debrief at",
            "where you meet within 24 hours of the action",
            "Where the debrief is held: a setting connected to the action, such as the gate, the stairwell, the hall beside it.",
        ),
    ),
}
"""The sections of the form from top to bottom, each by its title."""

FIELDS: tuple[Field, ...] = tuple(field for of in SECTIONS.values() for field in of)
"""All fields of the form, in order."""


class Filled(NamedTuple):
    """How far a section is filled in, by the labels of its fields.

    Attributes:
        title: the section's.
        needed: the fields without which the pact can't be agreed.
        empty: the other empty ones.
    """

    title: str
    needed: tuple[str, ...]
    empty: tuple[str, ...]


def filled(debrief: Debrief) -> tuple[Filled, ...]:
    """How far each section is filled in; nothing is needed any more once the pact is agreed or the debrief sealed."""
    needed = set() if debrief.probe.pact.agreed or debrief.sealed else set(_needed(debrief))
    return tuple(
        Filled(
            title,
            tuple(field.label for field in of if field.id in needed),
            tuple(field.label for field in of if _is_empty(debrief, field) and field.id not in needed),
        )
        for title, of in SECTIONS.items()
    )


def _needed(debrief: Debrief) -> Iterator[str]:
    yield from (field.id for field in FIELDS if field.id in _WANTED and not field.get(debrief).strip())
    if not all(names for _, names in pact.signed(debrief.probe)):
        yield "signatures"
    if not debrief.probe.scope_reason.strip() and scope.warning(debrief):
        yield "scope_reason"


def _is_empty(debrief: Debrief, field: Field) -> bool:
    return field.id != "scope_reason" and not field.get(debrief).strip()


_WANTED = ("title", "our_organisation", "partners", "ends", "sunset", "red_lines", "signatures")
"""What each pact has to have; see `pact.missing`."""

_SEALED = {
    *("title", "our_organisation", "partners", "debrief_place"),
    *(field.id for title in ("Pact", "Independence", "Expected") for field in SECTIONS[title]),
}
"""The fields a debrief depends on: what both sides agreed to, and what was said and expected before the action, and where it was held."""


def is_locked(debrief: Debrief, field: Field) -> bool:
    """Whether a field can no longer change, because the debrief that depends on it is sealed."""
    if not debrief.sealed or debrief.session.kind != "debrief":
        return False
    agreed = field.id == "spokespeople" and debrief.probe.pact.agreed is not None  # they stand on the pact
    return agreed or field.id in _SEALED


def put(debrief: Debrief, field: Field, text: str, now: float) -> Debrief:
    """Save one field of the form. If that changes the terms of an agreed pact, the pact becomes a draft again.

    Raises:
        Refused: the text is invalid, the probe has no title yet, a sealed debrief depends on the field, or the agreed pact is past
            its sunset.
    """
    if text == field.get(debrief):
        return debrief
    if is_locked(debrief, field):
        raise Refused("The debrief is sealed, so what was agreed before it can't change.")
    if field.id == "title" and not text.strip():
        raise Refused("A probe needs a title: type what you do, and where.")
    if field.id != "title" and not debrief.probe.title.strip():
        raise Refused("Start with the title: what you do, and where.")
    return pact_versions.redrafted(field.put(debrief, text, now), debrief, now)
