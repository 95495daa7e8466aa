"""What a line typed under the non-negotiables can be: a principle, somebody asked, a consent, something left open."""

from dataclasses import dataclass

from store.entries import Rule
from store.probe import drafting


@dataclass(frozen=True, slots=True)
class LineKind:
    """One kind of line.

    Attributes:
        lead: stands before the field.
        placeholder: stands in the empty field.
        hint: how to type it.
        rule: enters a line.
        editing_rule: replaces the last entry by a line.
    """

    lead: str
    placeholder: str
    hint: str
    rule: Rule
    editing_rule: Rule


LINE_KINDS = {
    "principles": LineKind(
        "principle",
        "what won't you trade?",
        "a line adds one  ·  “3: new wording”  ·  -3: out",
        drafting.word,
        drafting.word,
    ),
    "asked": LineKind(
        "asked",
        "names, with commas between them",
        "names, by commas or lines  ·  -Ana: not asked",
        drafting.ask,
        drafting.rename,
    ),
    "consents": LineKind(
        "consents",
        "first letters of a name",
        "first letters, by commas  ·  -an: takes it back",
        drafting.consent,
        drafting.instead,
    ),
    "open": LineKind(
        "open",
        "what is still open, word for word",
        "a line, word for word  ·  -1: settled",
        drafting.leave_open,
        drafting.leave_open,
    ),
}
"""By name, as `drafting.next_line` calls them, in the order in which Tab goes through them."""


def kind_after(name: str, step: int = 1) -> str:
    """The name of the kind so many steps after another one; after the last comes the first."""
    names = list(LINE_KINDS)
    return names[(names.index(name) + step) % len(names)]
