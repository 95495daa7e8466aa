"""How a count looks in the list: its level by sign and word, its share as a bar, and columns that make room for each other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from store.trends.bars import share_bar
from store.trends.trends import EVERYWHERE, Trend
from store.words.numbers import signed
from store.words.text import clipped

_SIGNS = {"REPEATS": "▲", "part of it": "▴", "watch": "△"}
"""The sign before the word for a level; a few cases have the word alone."""

_STYLES = {"REPEATS": "bold $warning", "part of it": "$warning", "watch": ""}

_OFTEN, _HAPPENED, _IN = "how often", "what happened", "in probes"
_FIGURES, _BAR, _ELSEWHERE = 8, 11, 16
"""Columns for the bounds of an interval, for a bar, and for how often it happened elsewhere."""

_LONGEST, _SHORTEST = 26, 16
"""Columns that the longest name of some probes may ask for, and that the bars leave it: the sentence about the line has it whole."""

_WIDEST = 44
"""Columns for what happened at most."""


class Columns(NamedTuple):
    """Columns of each part of a line; 0 where there is no room for it.

    Attributes:
        mark, counts, of: for the level, and for “7 of 9” on both sides of its “of”.
        bar, figures: for the share as a bar, and for its bounds or its median.
        fact: for what happened; `brief` if that is said without “than expected” and the like.
        where: for which probes; `named` if those with a partner are told by its name alone.
        elsewhere: for how often it happened in the other probes.
    """

    mark: int
    counts: int
    of: int
    bar: int
    figures: int
    fact: int
    where: int
    elsewhere: int
    brief: bool
    named: bool

    @property
    def often(self) -> int:
        """Columns of “7 of 9”, with a blank after it; its head may begin above the mark."""
        return max(self.counts + self.of + 4, len(_OFTEN) - self.mark) + 1


class Shown(NamedTuple):
    """What is listed.

    Attributes:
        trends: the counts.
        also: what a question found there besides, for some of them.
        sizes: the median that a question asked for, of some of them.
    """

    trends: Sequence[Trend]
    also: Mapping[Trend, Sequence[Trend]]
    sizes: Mapping[Trend, float]


def columns(shown: Shown, width: int) -> Columns:
    """How `width` cells are shared: where there are too few, what is least needed goes first, or is said more briefly."""
    facts = {(each.fact, len(shown.also.get(each, ()))) for each in shown.trends}
    places = {(each.dimension, each.value) for each in shown.trends}
    start = Columns(
        mark=_most(map(_leveled, {each.mark for each in shown.trends})),
        counts=len(str(max((each.count for each in shown.trends), default=0))),
        of=len(str(max((each.of for each in shown.trends), default=0))),
        bar=_BAR,
        figures=_FIGURES,
        fact=0,
        where=0,
        elsewhere=_ELSEWHERE,
        brief=False,
        named=False,
    )
    figures: dict[str, int] = {} if shown.sizes else {"figures": 0}
    found = start
    for dropped in ({}, figures, {"elsewhere": 0}, {"brief": True}, {"named": True}, {"bar": 0}):
        found = found._replace(**dropped)
        fact = _most(_fact(*each, found.brief) for each in facts)
        where = max((cell_len(_where(*each, found.named)) for each in places), default=0)
        where = max(len(_IN), min(where, _LONGEST)) + bool(found.elsewhere)
        found = found._replace(fact=max(len(_HAPPENED) + 1, min(fact, _WIDEST)), where=where)
        room = width - _used(found) + found.where
        if room >= (found.where if not found.named else min(found.where, _SHORTEST)):
            break
    return found._replace(where=min(room, found.where + 6) if found.elsewhere else max(8, room))


def _most(texts: Iterable[str]) -> int:
    most = max(map(len, texts), default=0)
    return most + 1 if most else 0


def _used(of: Columns) -> int:
    return of.mark + of.often + of.bar + of.figures + of.fact + of.where + of.elsewhere


def _leveled(mark: str) -> str:
    """A level: a sign and a word; empty for a plain count."""
    return f"{_SIGNS.get(mark, ' ')} {mark}" if mark else ""


def _fact(fact: str, more: int, brief: bool) -> str:
    """What happened, and how much else happened there."""
    if brief:
        fact = fact.replace(" capacity", "").removeprefix("the room was ").replace(" than expected", "")
    return f"{fact} +{more}" if more else fact


def _where(dimension: str, value: str, named: bool) -> str:
    """In which probes."""
    if dimension == "partner" and named:
        return value
    dimension = {EVERYWHERE: "all", "partner": "with", "issue": "about"}.get(dimension, f"{dimension}:")
    return f"{dimension} {'all held' if value == 'held' else value}".strip()


def heads(of: Columns, shown: Shown) -> Content:
    """The heads of the columns; above the bars stands their scale."""
    often = of.mark + of.often
    parts = (
        f"{f'{_OFTEN:>{often - 1}}':<{often}}",
        f"{'0   50 100':<{of.bar}}" if of.bar else "",
        f"{'median' if shown.sizes else 'of 100':>{of.figures - 2}}  " if of.figures else "",
        f"{_HAPPENED:<{of.fact}}",
        f"{_IN:<{of.where}}"[: of.where],
        "elsewhere" if of.elsewhere else "",
    )
    return Content.styled("".join(parts).rstrip(), "dim")


def line(trend: Trend, of: Columns, shown: Shown) -> Content:
    """A count in the list."""
    often = f"{trend.count:>{of.counts}} of {trend.of:>{of.of}}"
    fact = _fact(trend.fact, len(shown.also.get(trend, ())), of.brief)
    where = _where(trend.dimension, trend.value, of.named)
    return Content.assemble(
        (f"{_leveled(trend.mark):<{of.mark}}" if of.mark else "", _STYLES.get(trend.mark, "dim")),
        (f"{f'{often:>{of.often - 1}}':<{of.often}}", "bold"),
        Content.assemble(bar(trend), " ") if of.bar else "",
        f"{_figures(trend, shown):>{of.figures - 2}}  " if of.figures else "",
        (f"{clipped(fact, of.fact - 1):<{of.fact}}", "bold" if trend.is_pattern else ""),
        _cut(where, of.where - bool(of.elsewhere)),
        " " if of.elsewhere else "",
        (_elsewhere(trend) if of.elsewhere else "", "dim"),
    )


def bar(trend: Trend) -> Content:
    """Its share and the interval around it; the interval is dim."""
    text = share_bar(trend.count / trend.of if trend.of else 0, trend.low, trend.high)
    return Content.assemble(*((sign, _BAR_STYLES.get(sign, "dim")) for sign in text))


_BAR_STYLES: Mapping[str, str] = {"█": "bold $primary"}


def _figures(trend: Trend, shown: Shown) -> str:
    if not shown.sizes:
        return f"{trend.low * 100:.0f}–{trend.high * 100:.0f}"
    size = shown.sizes.get(trend)
    return "" if size is None else signed(size)


def _elsewhere(trend: Trend) -> str:
    if trend.has_opposite:
        return f"the opposite {trend.against}"
    count, of = trend.elsewhere
    return f"{count} of {of}" if of else ""


def _cut(text: str, width: int) -> Content:
    """A text in so many cells; a letter may take two."""
    return Content(clipped(text, width)).truncate(width, ellipsis=True, pad=True)
