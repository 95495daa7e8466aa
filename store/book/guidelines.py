"""The alliance guidelines as they were held on any day.

“Over time, this gap analysis reveals patterns” (the essay): a guideline is as good as what it was learned from, so its
lineage goes back to the room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from store.model import Guideline, Version
from store.words.dates import day
from store.words.names import bare
from store.words.question import keywords


@dataclass(frozen=True, slots=True)
class HeldGuideline:
    """A guideline as it was on some day: its number, its wording then, and how many wordings it had had before."""

    number: int
    version: Version
    earlier: int


def date_of(stamp: str) -> date:
    """The local day of a point in time."""
    return datetime.fromisoformat(stamp).astimezone().date()


def book_at(guidelines: Sequence[Guideline], when: date | None = None) -> tuple[HeldGuideline, ...]:
    """The guidelines held at the end of a day, by number; those held now by default.

    A wording without a date is older than the archive, so it was held on every day before the next one.
    """
    book = []
    for each in guidelines:
        held = [
            version
            for version in each.history
            if when is None or version.since is None or date_of(version.since) <= when
        ]
        if held:
            book.append(HeldGuideline(each.number, held[-1], len(held) - 1))
    return tuple(book)


def matching(book: Sequence[HeldGuideline], typed: str) -> tuple[HeldGuideline, ...]:
    """The guidelines that have the number or every word typed; where there are none, those with every keyword of the question.

    “Did it work?” has no keyword and finds all of them.
    """
    asked = typed.strip().lstrip("#")
    return _holding(book, bare(typed), asked) or _holding(book, keywords(typed))


def _holding(book: Sequence[HeldGuideline], words: str, number: str = "") -> tuple[HeldGuideline, ...]:
    wanted = words.split()
    return tuple(
        each for each in book if number == str(each.number) or all(word in bare(each.version.text) for word in wanted)
    )


def since(version: Version) -> str:
    """Since when a wording has been held, in words."""
    return f"since {day(date_of(version.since))}" if version.since else "older than this archive"
