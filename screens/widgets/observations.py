"""Observations as a list: the day once, then the time, the kind, whose it is, and below that what was seen."""

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from screens.widgets.paragraphs import below
from store.model import Observation
from store.session.observations import local
from store.words.dates import day
from store.words.text import visible

_INDENT = 2


def observation_lines(seen: Sequence[Observation], width: int, today: date | None = None) -> Iterator[Content]:
    """Observations in the given order, each wrapped to `width` cells; the day is left out if it is today."""
    before = today
    for each in seen:
        at = local(each.at)
        if at.date() != before:
            before = at.date()
            yield Content.styled(f"{at:%A}, {day(before)}", "bold")
        who = f"  {visible(each.by)}" if each.by else ""
        yield Content.assemble(
            (f"{at:%H:%M}", "bold $accent"), (f"  {visible(each.kind)}" if each.kind else "", "bold"), (who, "dim")
        )
        yield Content(f"{' ' * _INDENT}{below(visible(each.text), width, _INDENT)}")
