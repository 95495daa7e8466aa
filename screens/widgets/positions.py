"""Positions and proposals as lists: what was said word for word, numbered, with its voice; proposals with their letters."""

from textual.content import Content

from screens.widgets.paragraphs import below
from store.debrief import Debrief
from store.matrix.proposals import letter
from store.model import Dissent, Proposal, Pull
from store.words.text import visible

_INDENT = 4
_DASH = "—\N{NO-BREAK SPACE}"


def position_line(position: Dissent, width: int) -> Content:
    """One position, wrapped to `width` cells, with its voice after it."""
    number = (f"{position.number:>3} ", "dim")
    if not position.voice:
        return Content.assemble(number, below(visible(position.text), width, _INDENT))
    # a no-break space keeps the dash with its name
    text = below(f"{visible(position.text)}  {_DASH}{visible(position.voice)}", width, _INDENT)
    said, dash, name = text.rpartition(_DASH)
    return Content.assemble(number, said, (dash + name, "$accent"))


def position_list(debrief: Debrief, pull: Pull, width: int) -> Content:
    """All positions of one pull in their order."""
    found = [position_line(each, width) for each in debrief.dissent if each.pull == pull]
    return Content("\n").join(found) if found else Content.styled("    Nobody has said so yet.", "dim")


def proposal_line(proposal: Proposal, width: int) -> Content:
    """One proposal, wrapped to `width` cells, below its letter."""
    name = f"{letter(proposal.number):>3} "
    return Content.assemble((name, "bold $accent"), below(visible(proposal.title), width, len(name)))
