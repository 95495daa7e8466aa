"""What a line typed under the non-negotiables can be: a principle, somebody asked, a consent, something left open."""

from typing import NamedTuple

from store.entries import Rule
from store.probe import drafting


class LineKind(NamedTuple):
    """What stands before the field, in it while it is empty, and below it; the rules that enter a line and replace the last."""

    lead: str
    placeholder: str
    hint: str
    rule: Rule
    editing_rule: Rule


_PRINCIPLE = "principle", "what won't you trade?", "a line adds one  ·  “3: new wording”  ·  -3: out"
_ASKED = "asked", "names, with commas between them", "names, by commas or lines  ·  -Ana: not asked"
_CONSENTS = "consents", "first letters of a name", "first letters, by commas  ·  -an: takes it back"
_OPEN = "open", "what is still open, word for word", "a line, word for word  ·  -1: settled"

LINE_KINDS = {
    "principles": LineKind(*_PRINCIPLE, drafting.enter_principle, drafting.enter_principle),
    "asked": LineKind(*_ASKED, drafting.enter_asked, drafting.rename_last_asked),
    "consents": LineKind(*_CONSENTS, drafting.enter_consent, drafting.replace_last_consent),
    "open": LineKind(*_OPEN, drafting.enter_open_question, drafting.enter_open_question),
}
"""By name, as `drafting.last_line` calls them, in the order in which Tab goes through them."""


def kind_after(name: str, step: int = 1) -> str:
    """The name of the kind so many steps after another one; after the last comes the first."""
    names = list(LINE_KINDS)
    return names[(names.index(name) + step) % len(names)]
