"""All that is shown across probes, in one frozen value: for the screen, for `redraw trends` and for its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from store.archive.archive import Archive
from store.book.recurrence import Recurrence, recurrences
from store.trends.case import Case, of_ours
from store.trends.read_cases import read
from store.trends.rhythm import Rhythm, rhythm
from store.trends.sovereignty import Course, courses
from store.trends.timing import Timing, timings
from store.trends.trend_search import TrendSearch
from store.trends.trends import Trend, in_pieces, trends


@dataclass(frozen=True)
class Overview:
    """What some cases show.

    Attributes:
        cases: the probes that were counted, oldest first.
        trends, courses, timings: see their modules; `search` finds trends by words.
        rhythm: of our own probes, since only ours can be out of balance; `recurrences` are ours too.
    """

    cases: tuple[Case, ...]
    trends: tuple[Trend, ...]
    search: TrendSearch = field(compare=False)
    courses: tuple[Course, ...]
    timings: tuple[Timing, ...]
    rhythm: Rhythm
    recurrences: tuple[Recurrence, ...] = ()


def overview(
    cases: Iterable[Case], recurrences: tuple[Recurrence, ...] = (), counted: tuple[Trend, ...] | None = None
) -> Overview:
    """Count everything; `counted` are the trends, if somebody has made them already."""
    known = tuple(cases)
    counts = trends(known) if counted is None else counted
    ours = rhythm(of_ours(known))
    return Overview(known, counts, TrendSearch(counts, known), courses(known), timings(known), ours, recurrences)


def build(archive: Archive, ours: bool = False) -> Iterator[float | Overview]:
    """Read the archive and count, `ours` or all: yields the share that is done, 0 to 1, again and again, and last the overview.

    Raises:
        ArchiveError: a record isn't as Redraw writes it.
    """
    for each in read(archive):
        if isinstance(each, float):
            yield each * 0.9
        else:
            recurring = any(True for _ in archive.each("recurring_patterns"))
            known = of_ours(each) if ours else each
            counted: tuple[Trend, ...] = ()
            for piece in in_pieces(known):
                counted = piece
                yield 0.95
            yield overview(known, recurrences(archive) if recurring else (), counted)


def built(archive: Archive, ours: bool = False) -> Overview:
    """The overview, at once."""
    (found,) = (each for each in build(archive, ours) if isinstance(each, Overview))
    return found
