"""Observations in the order of what they tell, and when that was."""

from collections.abc import Sequence
from datetime import UTC, datetime

from store.model import Observation


def in_order(found: Sequence[Observation]) -> list[Observation]:
    """Observations by their time."""
    return sorted(found, key=lambda each: (local(each.at), each.number))


def local(at: str) -> datetime:
    """A time in this computer's zone, in which one is taken to be that says none, as in a room file."""
    when = datetime.fromisoformat(at)
    try:
        return when.astimezone()
    except (ValueError, OverflowError):  # the first and the last days there are can't be moved to another zone
        return when.replace(tzinfo=UTC)
