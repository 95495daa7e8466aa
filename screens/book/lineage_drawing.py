"""How a guideline's lineage looks: whether each wording worked, what changed in it, and what it rests on."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from screens.widgets.paragraphs import hung, worded
from store.book import guidelines
from store.book.guidelines import verdicts
from store.book.lineage import WordingOrigin
from store.debrief import EarlierDebrief
from store.matrix import gap
from store.model import WORKED, Amendment, Guideline
from store.report.lines import evidence, moment_line
from store.words.changes import compared
from store.words.dates import date_of, day
from store.words.numbers import counted
from store.words.text import visible

_WORKED = max(map(len, WORKED)) + 2
"""Columns for the verdict on a wording."""

_VERDICTS = {"yes": "bold $success", "no": "bold $error"}


def worked(steps: Sequence[WordingOrigin], debriefs: Sequence[EarlierDebrief], width: int) -> Iterator[Content]:
    """What later debriefs said of each wording, the latest first; the steps come oldest first."""
    guideline = Guideline(number=1, history=tuple(step.version for step in steps))
    return said_of(guideline, debriefs, width)


def said_of(
    guideline: Guideline, debriefs: Sequence[EarlierDebrief], width: int, indent: str = ""
) -> Iterator[Content]:
    """What later debriefs said of each wording of a guideline, the latest first."""
    found = verdicts(guideline, debriefs)
    for each in reversed(found):
        which = f"wording {each.wording}, " if len(guideline.history) > 1 else ""
        said = f"{which}{visible(each.held.title)}, {day(date_of(each.held.at))}"
        yield hung(Content(said), width, f"{indent}{each.worked:<{_WORKED}}", _VERDICTS.get(each.worked, "bold"))
    if not found:
        yield hung(Content("No later debrief has said yet."), width, indent)


def wording(
    step: WordingOrigin, number: int, width: int, chosen: bool = False, moments: bool = False, whole: bool = True
) -> Iterator[Content]:
    """A wording with what changed in it, and where it comes from.

    Args:
        step: the wording; `number`: its place, from 1.
        width: columns that there are.
        chosen: whether it is marked.
        moments: whether the moments are told that its patterns rest on; they were written for one room.
        whole: whether the reservations are told; otherwise they are only counted.
    """
    where = f", {visible(step.title)}" if step.title else ""
    title = f"Wording {number}, {guidelines.since(step.version)}{where}"
    style = "bold reverse" if chosen else "bold"
    yield hung(Content.styled(title, style), width, "▸ " if chosen else "  ", "bold $accent")
    if step.before is None:
        yield hung(Content(visible(step.version.text)), width, "    ")
    else:
        for line in compared((step.before,), (step.version.text,)):
            yield hung(worded(line.parts), width, "    ")
    if step.amendment is not None:
        yield from _decided(step, step.amendment, width, moments, whole)
    elif step.version.session is not None:
        yield Content.styled("    how it was decided is not in this archive", "dim")
    yield Content("")


def _decided(step: WordingOrigin, amendment: Amendment, width: int, moments: bool, whole: bool) -> Iterator[Content]:
    yield hung(Content(f"decided by {visible(amendment.decision)}"), width, "    ")
    for reservation in amendment.reservations if whole else ():
        yield hung(Content.assemble(("reservation: ", "dim"), visible(reservation)), width, "    ")
    if amendment.reservations and not whole:
        yield Content.styled(f"    {counted(len(amendment.reservations), 'reservation')}", "dim")
    if step.gap is not None:
        said = gap.in_words(step.gap.model_dump())
        yield hung(Content.assemble(("answers the gap: ", "dim"), said), width, "    ")
    if not step.patterns:
        yield Content.styled("    rests on no pattern", "dim")
    for pattern in step.patterns:
        text = Content.assemble(
            ("rests on pattern ", "dim"),
            (f"{pattern.number} {pattern.felt.sign} ", "bold"),
            visible(pattern.text),
            (f"  ({evidence(pattern)})", "dim"),
        )
        yield hung(text, width, "    ")
        for moment in step.moments if moments else ():
            if moment.number in pattern.moments:
                yield hung(Content(str(moment_line(moment)).strip()), width, "        ")


def in_short(steps: Sequence[WordingOrigin], debriefs: Sequence[EarlierDebrief], width: int, height: int) -> Content:
    """The lineage without what was written for one room, in so many columns and rows; the steps come oldest first."""
    lines = [Content.styled("Did it work?", "bold $accent"), *worked(steps, debriefs, width), Content("")]
    for number, step in reversed([*enumerate(steps, 1)]):
        lines += wording(step, number, width, whole=False)
    rows = Content("\n").join(lines).rstrip().split("\n")
    if len(rows) > height:
        rows = [*rows[: max(0, height - 1)], Content.styled("… Enter: the rest", "dim")]
    return Content("\n").join(rows)
