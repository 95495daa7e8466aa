"""How long since the guidelines were amended, and whether it has been too long."""

from collections.abc import Sequence
from datetime import datetime

from store.book.guidelines import date_of
from store.debrief import EarlierDebrief
from store.model import Guideline, Version

STILL = 90
"""Days without an amendment after which the framework may fossilise."""

STILL_DEBRIEFS = 3
"""Debriefs without an amendment after which it may too."""


def last_amended(guidelines: Sequence[Guideline]) -> Version | None:
    """The latest wording of all; None where none has a date."""
    dated = [version for each in guidelines for version in each.history if version.since is not None]
    return max(dated, key=lambda version: datetime.fromisoformat(str(version.since)).astimezone(), default=None)


def stillness(guidelines: Sequence[Guideline], debriefs: Sequence[EarlierDebrief], now: float) -> tuple[str, bool]:
    """How long since the last amendment, in words, and whether it has been so long that the framework may fossilise.

    Args:
        guidelines: the book.
        debriefs: those that were sealed, oldest first.
        now: seconds since the epoch.
    """
    last = last_amended(guidelines)
    if last is None:
        return ("nothing was ever amended here", bool(guidelines) and len(debriefs) >= STILL_DEBRIEFS)
    today = datetime.fromtimestamp(now).astimezone().date()
    since = date_of(str(last.since))
    days = max(0, (today - since).days)
    later = sum(
        each.session != last.session
        and datetime.fromisoformat(each.at).astimezone() > datetime.fromisoformat(str(last.since)).astimezone()
        for each in debriefs
    )
    ago = "today" if not days else "yesterday" if days == 1 else f"{days} days ago"
    said = f"last amended {ago}"
    if later:
        said += f", {later} debrief{'' if later == 1 else 's'} since"
    return said, days >= STILL or later >= STILL_DEBRIEFS


FOSSIL = "A framework that stops changing fossilises: what has the room learned that no guideline says yet?"
"""The warning where `stillness` finds that it has been too long."""
