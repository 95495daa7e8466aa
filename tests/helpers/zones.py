"""The zone of this process, set for a test: half an hour off, both hemispheres, with and without summer time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

ZONES = {
    "UTC": "UTC0",
    "Europe/Berlin": "CET-1CEST,M3.5.0,M10.5.0/3",
    "America/New_York": "EST5EDT,M3.2.0,M11.1.0",
    "America/St_Johns": "NST3:30NDT,M3.2.0,M11.1.0",
    "Asia/Kathmandu": "<+0545>-5:45",
    "Pacific/Auckland": "NZST-12NZDT,M9.5.0,M4.1.0/3",
}
"""Zones by their names, spelled out so that no table of time zones is needed."""


@contextmanager
def zone(name: str) -> Iterator[None]:
    """This computer's zone, one of `ZONES`, for a while."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process can't be set here")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TZ", ZONES[name])
            time.tzset()
            yield
    finally:
        time.tzset()


def in_every_zone(told: Callable[[], object]) -> list[object]:
    """What is told in each of `ZONES`."""
    found = []
    for name in ZONES:
        with zone(name):
            found.append(told())
    return found
