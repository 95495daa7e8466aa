"""Whether guidelines worked: what later debriefs said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from store.book.guidelines import date_of
from store.debrief import EarlierDebrief
from store.model import Guideline
from store.session.verdicts import found_by


@dataclass(frozen=True, slots=True)
class GuidelineVerdict:
    """A later debrief's answer: whether a wording of a guideline, by its place from 1, had worked."""

    held: EarlierDebrief
    worked: str
    wording: int


def verdicts(
    guideline: Guideline, debriefs: Sequence[EarlierDebrief], when: date | None = None
) -> tuple[GuidelineVerdict, ...]:
    """What later debriefs said about a guideline, oldest first; only up to the end of a day, where one is given.

    A debrief that revised it spoke about the wording before.
    """
    return tuple(
        GuidelineVerdict(held, verdict.worked, _found_by(held, guideline))
        for held in debriefs
        if when is None or date_of(held.at) <= when
        for verdict in held.verdicts
        if verdict.guideline == guideline.number
    )


def _found_by(held: EarlierDebrief, guideline: Guideline) -> int:
    """The number of the wording that a debrief found, from 1; 0 where there was none yet."""
    found = found_by(guideline, held.session, held.at)
    return guideline.history.index(found) + 1 if found else 0
