"""The probe's form: its sections and their fields, and the probe with a field's text put in."""

from store.debrief import Debrief
from store.probe import fields, form_lists, pact
from store.probe.fields import Field
from store.refused import Refused

SECTIONS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    (
        "Probe",
        (
            fields.text(
                "title", "Title", "Noise protest at Gate 2", "What is done, and where: the name by which all know it."
            ),
            fields.text("issue", "Issue", "what it is about", "What it is about, in one sentence."),
            Field(
                "scope",
                "Scope",
                "building, site, neighbourhood, city or region",
                "How large it is. Scale grows a rung at a time, and each rung is debriefed before the next.",
                lambda debrief: debrief.probe.scope,
                fields.put_scope,
            ),
            fields.text(
                "scope_reason",
                "Why so large",
                "only for a step of two rungs or more",
                "A step of two rungs or more needs a reason, in the group's words.",
            ),
            fields.text("place", "Place", "where", "Where it happens."),
            fields.text("our_organisation", "We are", "our organisation", "The name under which we sign the pact."),
        ),
    ),
    (
        "Context and partners",
        (
            Field(
                "partners",
                "Partners",
                "name; kind; power; history: … - one a line",
                "One a line: its name; its kind (union, NGO, party …); who holds what power; after “history:” what was before with them.",
                fields.get_partners,
                fields.put_partners,
                rows=4,
            ),
            fields.text(
                "context",
                "Context",
                "the conjuncture: who is strong, who is tired, what is coming",
                "Who is strong and who is tired, what is coming, what the others need this for.",
                rows=3,
            ),
        ),
    ),
    (
        "Roles",
        (
            fields.names("facilitators", "Facilitators", "Who leads on our side."),
            fields.names("spokespeople", "Spokespeople", "Who speaks for us. Nobody else does."),
            fields.names(
                "observers", "Observers", "Who watches for friction, narrative shift, synergy and autonomy erosion."
            ),
        ),
    ),
    (
        "Pact",
        (
            Field(
                "purpose",
                "Purpose",
                "what the action is for",
                "What the action is for: one concrete thing.",
                lambda debrief: debrief.probe.pact.purpose,
                lambda debrief, text, now: fields.with_pact(debrief, purpose=text),
                rows=2,
            ),
            fields.day("starts", "Starts", "The first day."),
            Field(
                "ends",
                "Ends",
                "2026-11-07 15:30; the 24 hours run from here",
                "The last day, and the hour if it is known: the 24 hours for the debrief run from there.",
                fields.get_end,
                fields.put_end,
            ),
            fields.day("sunset", "Sunset", "On this day it dissolves by itself, unless a debrief renews it."),
            fields.records(
                "responsibilities",
                "Who does what",
                "who: what - one a line",
                "One a line, with a colon between: who does what.",
                form_lists.responsibility,
                form_lists.responsibility_line,
            ),
            fields.lines(
                "messaging",
                "Messaging",
                "agreements on public words, one a line",
                "What is said in public, by whom, and who reads it first.",
            ),
            fields.lines(
                "red_lines",
                "Red lines",
                "what is not for sale, one a line; #1 takes over a suggestion",
                "What is not for sale. They are read out when the debrief opens.",
                fields.put_red_lines,
            ),
            fields.records(
                "signatures",
                "Names under it",
                "name, organisation - one a line, from both sides",
                "Who agrees to it, and for which side.",
                form_lists.signature,
                form_lists.signature_line,
                rows=3,
            ),
        ),
    ),
    (
        "Independence",
        (
            fields.answer("ally", "Without the ally"),
            fields.answer("funding", "Without funds"),
            fields.answer("language", "Their language"),
        ),
    ),
    (
        "Expected",
        (
            Field(
                "expected",
                "Expected",
                "name autonomy benefit, one a line: Ana 6 5",
                "Where each expects it to land, autonomy then benefit, 0 to 10. What is entered after the action is marked"
                " reconstructed.",
                fields.get_expected,
                fields.put_expected,
                rows=4,
            ),
        ),
    ),
)
"""The form, from top to bottom: the title of each section, and its fields."""

FIELDS: tuple[Field, ...] = tuple(field for _, of in SECTIONS for field in of)
"""All of its fields, in their order."""


_SEALED = {
    *("title", "our_organisation", "partners"),
    *(field.id for title, of in SECTIONS if title in ("Pact", "Independence", "Expected") for field in of),
}
"""The fields that a debrief rests on: what both sides agreed to, and what was said and expected before the action."""


def stands(debrief: Debrief, field: Field) -> bool:
    """Whether a field stays as it is for good, because the debrief that rests on it is sealed."""
    return debrief.sealed and debrief.session.kind == "debrief" and field.id in _SEALED


def put(debrief: Debrief, field: Field, text: str, now: float) -> Debrief:
    """The debrief with one field of the form filled in; where that changes what a pact was agreed to, it is a draft again.

    Raises:
        Refused: the text is not what the field takes, the probe has no title yet, or a sealed debrief rests on the field.
    """
    if text == field.get(debrief):
        return debrief
    if stands(debrief, field):
        raise Refused("The debrief is sealed: what was agreed before it stays as it was.")
    if field.id != "title" and not debrief.probe.title.strip():
        raise Refused("Begin with the title: what is done, and where.")
    return pact.redrafted(field.put(debrief, text, now), debrief)
