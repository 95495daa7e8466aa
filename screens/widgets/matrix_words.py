"""The words beside the matrix: how people moved, the figures, what the signs mean, each sign in its own colour."""

import re
from collections.abc import Iterator

from textual.content import Content

from screens.widgets.matrix_styles import ORGANISATION, STYLES
from screens.widgets.paragraphs import KEPT, below, hung
from store.debrief import Debrief
from store.matrix import chart, figures, in_words, moves
from store.report.lines import Line
from store.report.matrix_in_words import matrix_lines, place

_PLACE = re.compile(r"(\d), (\d)")


def words_beside(
    found: figures.MatrixFigures, width: int, roomy: bool, organisations: bool = False, under_gap: bool = False
) -> Iterator[Content]:
    """All words beside the chart except the gap, wrapped to `width` cells.

    Args:
        roomy: whether there are rows for blank lines between the parts.
        organisations: whether the chart shows the medians of organisations.
        under_gap: whether the gap in words stands right above. Then, where there are few rows, what belongs to the chart comes first:
            how people moved, without a heading, because the gap says whose movement it is; or whose the letters are.
    """
    first = under_gap and not roomy
    moved = [*_moved(found, width, headed=not first or organisations)]
    figured, *others = _parts(found, width)
    parts = [[*figured, *_key(found, organisations)], *others]
    parts.insert(0 if roomy or (first and not organisations) else len(parts), moved)
    if first and organisations and chart.legend(found):
        parts.insert(0, parts.pop(1))
    for part in filter(None, parts):
        if roomy:
            yield Content("")
        yield from part


def _parts(found: figures.MatrixFigures, width: int) -> list[list[Content]]:
    """The figures of the room, those of its organisations, and the remarks, as far as there are any."""
    parts: list[list[Content]] = []
    _, *lines = matrix_lines(found)
    for line in lines:
        if line.text:
            parts[-1].append(_said(line, width))
        else:
            parts.append([])
    return parts


def _said(line: Line, width: int) -> Content:
    text, long = line.text, len(line.lead) + len(line.text) > width
    if not line.lead and not long:
        return Content(text)
    sign = line.lead.strip()
    text = _PLACE.sub(rf"\1,{KEPT}\2", text) if long else text
    return hung(Content(text), width, line.lead, STYLES.get(sign, ORGANISATION if sign else "bold"))


def _key(found: figures.MatrixFigures, organisations: bool) -> Iterator[Content]:
    """What the signs of the chart mean, each sign in its own colour."""
    yield Content.styled("7, 6: autonomy, then benefit", "dim")
    if organisations:
        yield Content.assemble((f"{chart.ORGANISATION}A", ORGANISATION), ("  where A has its median", "dim"))
    else:
        _, left, right = chart.PLATES[-1]
        plate = ((left, "bold"), ("4", "bold reverse"), (right, "bold"))
        yield Content.assemble((chart.MARK, "bold"), (" one person  ", "dim"), *plate, (" four", "dim"))
    if found.actual.centre:
        ends = f"{chart.LEFT_END}{chart.ACROSS}{chart.RIGHT_END}"
        yield Content.assemble((ends, "$accent"), (" the middle half", "dim"))
    if found.gap and not found.gap.length:
        both = (chart.EXPECTED, chart.ACTUAL)
        yield Content.assemble((chart.BOTH, STYLES[chart.BOTH]), (f" {' and '.join(both)} at one place", "dim"))


def _moved(found: figures.MatrixFigures, width: int, headed: bool) -> Iterator[Content]:
    """How the same people moved, as a small chart: red is lower and green higher; `headed` by whose movement it is."""
    paired = found.gap.paired if found.gap else None
    if not (rows := moves.bars(paired, width)) or paired is None:
        return
    if headed:
        yield Content.styled(below(moves.heading(paired), width, 0), "dim")
    for at, (name, lower, same, higher) in enumerate(rows):
        parts = (name, (lower, "bold $error"), (same, "bold" if at else ""), (higher, "bold $success"))
        yield Content.assemble(*parts)


def other_rounds(
    debrief: Debrief, found: figures.MatrixFigures, rounds: tuple[figures.MatrixFigures, ...]
) -> Iterator[str]:
    """The rounds that aren't in the chart, a line each; a blind one too."""
    for each in rounds:
        if each is not found and each.actual.centre:
            where = f"{chart.ACTUAL} {place(each.actual.centre)} ({each.actual.n} placed)"
            yield f"{in_words.in_short(each)}  {where}"
    if debrief.session.round > len(rounds):
        placed = len(debrief.ballots(debrief.session.round))
        yield f"Round {debrief.session.round}, {'not revealed' if debrief.sealed else 'blind'}: {placed} placed"
