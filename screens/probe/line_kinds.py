"""What a line of the non-negotiables can be: a principle, who is asked, who consents, an open question."""

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
_ASKED = "asked", "names, with commas between them", "paste a list too  ·  -Ana: not asked"
_CONSENTS = (
    "consents",
    "who consents: an, bo",
    "all but an  ·  an aside: why  ·  an objects: why  ·  -an: out",
)
_OPEN = "open", "what is still open, word for word", "a line, word for word  ·  -1: settled"

LINE_KINDS = {
    "principles": LineKind(*_PRINCIPLE, drafting.enter_principle, drafting.enter_principle),
    "asked": LineKind(*_ASKED, drafting.enter_asked, drafting.rename_last_asked),
    "consents": LineKind(*_CONSENTS, drafting.enter_consent, drafting.replace_last_consent),
    "open": LineKind(*_OPEN, drafting.enter_open_question, drafting.enter_open_question),
}
"""What a typed line can be, by name, as `drafting.last_line` calls them, in the order in which Tab goes through them."""
