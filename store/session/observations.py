"""Observations in order of time, and their times in this computer's zone."""

from collections.abc import Sequence
from datetime import UTC, datetime

from store.model import Observation


def in_order(found: Sequence[Observation]) -> list[Observation]:
    """Observations sorted by time."""
    return sorted(found, key=lambda each: (local(each.at), each.number))


def local(at: str) -> datetime:
    """A time in this computer's zone; one without a zone, as in a room file, is already in it."""
    when = datetime.fromisoformat(at)
    try:
        return when.astimezone()
    except (ValueError, OverflowError):  # the first and last representable days can't move to another zone
        return when.replace(tzinfo=UTC)
