"""What the figures, dates and counts of a record may be. A room can have no others, and beyond them some systems can't reckon."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import Field

from store.timekeeper import FIRST, LAST

_FIRST, _LAST = (datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() for day in (FIRST, LAST))

Day = Annotated[date, Field(ge=FIRST, le=LAST)]
"""A date."""

Instant = Annotated[float, Field(ge=_FIRST, le=_LAST)]
"""A point in time in seconds since the epoch."""

Seconds = Annotated[float, Field(ge=-1e8, le=1e8)]
"""A length of time, up to three years: a clock that nobody stopped."""

Number = Annotated[int, Field(ge=1, le=1_000_000)]
"""What a record is counted by, from 1."""

Count = Annotated[int, Field(ge=0, le=10_000_000)]
"""How many there are of something, or 0; the most are the people of a large demonstration."""

Step = Annotated[float, Field(ge=-10, le=10)]
"""A difference between two places on one axis."""

Point = Annotated[int, Field(ge=0, le=10)]
"""A place on one axis of the matrix."""

PEOPLE = 500
"""People in a room at most, and what at most as many bring: what is placed at one time, partners, proposals, amendments."""

Rate = Annotated[float, Field(gt=0, le=100_000)]
"""How many times as fast as real ones a session's clocks run."""

Round = Annotated[int, Field(ge=0, le=1000)]
"""A round of placements; 0 is what was expected."""
