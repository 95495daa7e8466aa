"""The matrix in words, and as a page of text with its charts."""

from collections.abc import Iterator

from store.debrief import Debrief
from store.matrix import chart, figures, in_words, moves
from store.report.lines import Line
from store.words.numbers import number, two_places
from store.words.text import visible

MOVES = 62
"""Columns of the chart of how people moved, as wide as the matrix above it."""


def matrix_lines(found: figures.MatrixFigures) -> Iterator[Line]:
    """The figures of the matrix in words; empty lines separate the room, its organisations and the remarks."""
    yield Line(in_words.headline(found))
    yield Line("")
    for name, placed in (("expected", found.expected), ("actual", found.actual)):
        if placed.centre is None:
            blind = found.blind if name == "actual" else 0
            few = f"{placed.n} placed, too few to be shown" if placed.n else "nobody has placed it"
            yield Line(f"{name}: {f'{blind} placed, not revealed' if blind else few}")
            continue
        mark = chart.EXPECTED if name == "expected" else chart.ACTUAL
        late = in_words.reconstructed(found.late, found.expected.n) if name == "expected" else ""
        note = f", {late}" if late else ""
        under = placed.marks.count(placed.centre)
        hidden = f", {under} just there" if under and (name == "actual" or not found.actual.n) else ""
        yield Line(f"{name:<8} {place(placed.centre)}  ({placed.n} placed{hidden}{note})", lead=f"{mark} ")
    if found.way and found.gap and found.gap.paired and found.gap.paired.n < found.actual.n:
        start, end = found.way
        yield Line(f"the same {found.gap.paired.n} now {place(end)}", lead=f"{chart.head(start, end)} ")
    if found.partners:
        yield Line(f"partners {place(found.partners.centre)}  ({found.partners.n} placed)", lead="  ")
    for axis, spread in (("autonomy", found.actual.autonomy), ("benefit", found.actual.benefit)):
        if spread is not None:
            yield Line(f"{axis}: {in_words.standing(spread)}, agreement {two_places(spread.agreement)}")
    if organisations := chart.legend(found):
        yield Line("")
        for letter, name, pool in organisations:
            yield Line(f"{visible(name)}  {place(pool.centre)}  ({pool.n})", lead=f"{letter} ")
    if remarks := in_words.remarks(found):
        yield Line("")
        yield from (Line(visible(line)) for line in remarks)


def place(at: tuple[float, float]) -> str:
    """A place on the matrix, autonomy first."""
    return f"{number(at[0])}, {number(at[1])}"


def matrix_page(debrief: Debrief, charts: bool = True) -> Iterator[Line]:
    """Every revealed round: its chart, if `charts`, and its figures in words."""
    rounds = figures.rounds(debrief)
    for found in rounds:
        if len(rounds) > 1:
            if found.round > 1:
                yield Line("")
            yield Line(f"Round {found.round}")
        if charts:
            yield from map(Line, chart.draw(found))
            yield Line("")
        yield from matrix_lines(found)
        if rows := moves.as_text(found.gap.paired if found.gap else None, MOVES):
            yield Line("")
            yield from map(Line, rows)
