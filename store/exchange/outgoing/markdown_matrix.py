"""Where a probe landed on the matrix, as a table and in words."""

from collections.abc import Iterator

from store.exchange.outgoing.markdown_text import inline, table
from store.matrix import figures
from store.matrix.statistics import Spread
from store.words.numbers import number, signed


def median(spread: Spread | None) -> str:
    """The median of some placements on one axis; a dash where there are none."""
    return number(spread.median) if spread else "–"


def landed(rounds: tuple[figures.MatrixFigures, ...]) -> Iterator[str]:
    """What was expected and what became of it, round by round."""
    for found in rounds:
        if not found.expected.n and not found.actual.n:
            continue
        if len(rounds) > 1:
            yield f"**Round {found.round}**"
        if found.actual.n:
            yield f"**{_sentence(figures.gap_in_words(found.gap))}**"
        expected = "expected" + (" (reconstructed)" if found.reconstructed else "")
        rows = [
            (name, median(each.autonomy), median(each.benefit), str(each.n))
            for name, each in ((expected, found.expected), ("actual", found.actual))
            if each.n
        ]
        if found.gap:
            rows.append(("gap", signed(found.gap.autonomy), signed(found.gap.benefit), ""))
        rows += [
            (f"actual, {inline(name)}", median(each.autonomy), median(each.benefit), str(each.n))
            for name, each in found.by_organisation.items()
        ]
        yield table(("", "autonomy", "benefit", "placed"), rows)
        said = [
            f"Half of the room stands {_half(spread)} on {axis} (agreement {spread.agreement:.2f})".replace("-", "−")
            + "."
            for axis, spread in (("autonomy", found.actual.autonomy), ("benefit", found.actual.benefit))
            if spread
        ]
        if found.actual.n:
            yield " ".join((*said, *map(inline, figures.remarks(found))))
    if any(found.expected.n or found.actual.n for found in rounds):
        yield "*Medians of where people placed it, 0 to 10 on each axis: autonomy preserved and concrete benefit delivered.*"


def _half(spread: Spread) -> str:
    low, high = number(spread.q1), number(spread.q3)
    return f"at {low}" if low == high else f"within {low} to {high}"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
