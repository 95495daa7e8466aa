"""Records as lists: numbers to refer to, signs that need no colour, and names only where they belong to what was said."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import TypeVar

from textual.content import Content
from textual.widgets import Static

from screens.widgets.columns import across, beside
from screens.widgets.paragraphs import FRESH, below
from store.debrief import Debrief
from store.logbook.search import spans
from store.matrix.proposals import letter
from store.model import Dissent, Felt, Moment, Observation, Pattern, Proposal, Pull
from store.report.lines import evidence
from store.session import impulses
from store.session.recurring import seen_before
from store.words.dates import day, local
from store.words.sought import folded, wanted
from store.words.text import visible

_OBSERVATION_INDENT, _MOMENT_INDENT, _PATTERN_INDENT, _POSITION_INDENT = 2, 7, 5, 4

_MOMENT_COLUMN = 44
"""The least columns for moments beside others."""

_DASH = "—\N{NO-BREAK SPACE}"
"""Stands before the voice of a position; the no-break space keeps it with the name."""


def marked(entry: Content, fresh: bool) -> Content:
    """An entry of a list, marked if it was just entered."""
    return entry.stylize(FRESH) if fresh else entry


def observation_lines(
    seen: Sequence[Observation],
    width: int,
    today: date | None = None,
    fresh: Collection[object] = (),
    numbered: bool = False,
) -> Iterator[Content]:
    """Observations in the given order: the day once, unless it is today, then the time, the kind and whose it is.

    What was seen is below that, wrapped to `width` cells. Where they are `numbered`, those that can be edited have their numbers.
    """
    before = today
    for each in seen:
        mark = each in fresh
        number = f"  {each.number}:" if numbered and not each.note else ""
        at = local(each.at)
        if at.date() != before:
            before = at.date()
            yield Content.styled(f"{at:%A}, {day(before)}", "bold")
        who = f"  {visible(each.by)}" if each.by else ""
        kind = f"  {visible(each.kind)}" if each.kind else ""
        head = Content.assemble((f"{at:%H:%M}", "bold $accent"), (kind, "bold"), (who, "dim"), (number, "dim"))
        text = below(visible(each.text), width, _OBSERVATION_INDENT)
        yield marked(head, mark)
        yield marked(Content(f"{' ' * _OBSERVATION_INDENT}{text}"), mark)


def _sign(felt: Felt) -> tuple[str, str]:
    return (felt.sign, "bold $success" if felt is Felt.STRENGTHENED else "bold $error")


def moment_list(
    debrief: Debrief, width: int, picked: frozenset[int] = frozenset(), fresh: Collection[object] = ()
) -> Content:
    """All moments in their order, wrapped to `width` cells; those picked come first, marked with an arrow."""
    return moment_columns(debrief, width, picked, fresh, most=1)


def moment_columns(
    debrief: Debrief,
    width: int,
    picked: frozenset[int] = frozenset(),
    fresh: Collection[object] = (),
    typed: str = "",
    most: int = 3,
) -> Content:
    """The moments that hold the words that are `typed`, which are marked; in up to `most` columns, numbered across. Those picked come
    first, marked with an arrow."""
    if not debrief.moments:
        return Content("No moments are entered yet.")
    moments = having(debrief.moments, typed)
    if not moments:
        return Content("No moment has these words.")
    columns, each = across(len(moments), width, _MOMENT_COLUMN, most)
    shown = sorted(moments, key=lambda moment: moment.number not in picked)
    drawn = [marked(_moment(moment, each, moment.number in picked, typed), moment in fresh) for moment in shown]
    return beside(drawn, columns, each)


R = TypeVar("R", Moment, Observation)


def having(records: Sequence[R], typed: str) -> Sequence[R]:
    """The records whose texts hold all words that are typed; without words, all."""
    words = wanted(typed)
    return [each for each in records if all(word in folded(each.text) for word in words)] if words else records


def _moment(moment: Moment, width: int, picked: bool, typed: str = "") -> Content:
    later = " (added later)" if moment.added_later else ""
    drawn = Content.assemble(
        (f"{'▸' if picked else ' '}{moment.number:>3} ", "bold" if picked else "dim"),
        _sign(moment.felt),
        f" {below(visible(moment.text) + later, width, _MOMENT_INDENT)}",
    )
    return sought(drawn, typed) if typed else drawn


def sought(drawn: Content, typed: str) -> Content:
    """A text with the words marked that are typed."""
    for start, stop in spans(drawn.plain, typed):
        drawn = drawn.stylize("bold underline", start, stop)
    return drawn


def pattern_list(
    debrief: Debrief, width: int, fresh: Collection[object] = (), picked: Collection[int] | None = None
) -> Content:
    """All patterns in their order, wrapped to `width` cells; below each what it rests on and where it was seen before.

    Where some can be `picked` by their numbers, those come first, marked with an arrow.
    """
    if not debrief.patterns:
        return Content("No patterns are entered yet.")
    return Content("\n").join(
        marked(_pattern(pattern, width, seen_before(debrief, pattern.number), picked), pattern in fresh)
        for pattern in sorted(debrief.patterns, key=lambda pattern: pattern.number not in (picked or ()))
    )


def _pattern(pattern: Pattern, width: int, seen: str, picked: Collection[int] | None = None) -> Content:
    arrow = "" if picked is None else "▸" if pattern.number in picked else " "
    indent = _PATTERN_INDENT + len(arrow)
    before = f"\n{' ' * indent}↻ {below(seen, width, indent + 2)}" if seen else ""
    return Content.assemble(
        (f"{arrow}{pattern.number:>2} ", "bold"),
        _sign(pattern.felt),
        f" {below(visible(pattern.text), width, indent)}\n{' ' * indent}",
        (below(f"group {pattern.group}, {evidence(pattern)}", width, indent), "dim"),
        (before, "$accent"),
    )


def position_list(debrief: Debrief, pull: Pull, width: int, fresh: Collection[object] = ()) -> Content:
    """All positions of one pull in their order, wrapped to `width` cells, each with its voice after it."""
    found = [marked(_position(each, width), each in fresh) for each in debrief.dissent if each.pull == pull]
    return Content("\n").join(found) if found else Content.styled("    Nobody has said so yet.", "dim")


def _position(position: Dissent, width: int) -> Content:
    number = (f"{position.number:>3} ", "dim")
    if not position.voice:
        return Content.assemble(number, below(visible(position.text), width, _POSITION_INDENT))
    text = below(f"{visible(position.text)}  {_DASH}{visible(position.voice)}", width, _POSITION_INDENT)
    said, dash, name = text.rpartition(_DASH)
    return Content.assemble(number, said, (dash + name, "$accent"))


def proposal_line(proposal: Proposal, width: int) -> Content:
    """One proposal, wrapped to `width` cells, below its letter."""
    name = f"{letter(proposal.number):>3} "
    return Content.assemble((name, "bold $accent"), below(visible(proposal.title), width, len(name)))


class RunningRecord(Static):
    """Whose impulse was right until now: counts over the probes, nobody's words and nobody's name.

    It takes no room while there is none.
    """

    DEFAULT_CSS = "RunningRecord { height: auto; max-height: 4; color: $text-muted; }"

    def __init__(self) -> None:
        super().__init__(markup=False)

    def show(self, debrief: Debrief) -> None:
        runs = impulses.record(each.impulses for each in debrief.past.debriefs)
        self.display = bool(runs)
        self.update(Content("\n").join(Content(str(run)).stylize("bold", 0, len(run.pull)) for run in runs))
