"""The power is cut after every call of a workload; whatever then becomes of what was not synced, nothing saved is lost."""

from collections.abc import Iterable, Iterator
from itertools import product

import pytest

from tests.helpers.disks import LOOKS, Bytes, Fault, FaultyDisk, Killed, Names, SimulatedDisk
from tests.helpers.workload import Group, run, small

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

SOON = 8
"""Calls after another fault in which the power is cut."""


@pytest.fixture(autouse=True)
def _small() -> Iterator[None]:
    with small():
        yield


def cut(group: Group, ways: Iterable[Names] = Names) -> int:
    """Go on after a power cut, in every way that leaves another disk; how many that were."""
    seen = []
    for bytes, names in product(Bytes, ways):
        found = group.disk.disk.power_cut(bytes, names).files()
        if found not in seen:
            seen.append(found)
            group.without_power(bytes, names).use()
    return len(seen)


def worked(faults: dict[int, Fault]) -> Group:
    """A group that has worked until the last of the faults killed it."""
    group = Group(FaultyDisk(SimulatedDisk(), faults))
    script = group.work
    while True:
        with pytest.raises(Killed):
            script()
        if not faults:
            return group
        group = group.killed()
        script = group.use


def changing(calls: list[str]) -> list[int]:
    """The numbers of the calls that change something on the disk."""
    return [number for number, call in enumerate(calls) if call not in LOOKS]


def cut_everywhere(step: int = 1) -> None:
    """Cut the power at every call that changes something, or at one in `step`."""
    ways = (Names.LOST, Names.KEPT, Names.NEWEST)
    cuts = [cut(worked({number: Fault.KILLED_BEFORE}), ways) for number in changing(run({}))[::step]]
    assert max(cuts) == len(Bytes) * len(ways), "the ways differ"


@pytest.mark.slow
def test_a_power_cut_at_one_call_in_five_loses_nothing() -> None:
    cut_everywhere(5)


@pytest.mark.sweep
def test_a_power_cut_at_any_call_loses_nothing() -> None:
    cut_everywhere()


@pytest.mark.slow
def test_a_power_cut_after_a_close_loses_nothing() -> None:
    group = Group(FaultyDisk(SimulatedDisk(), {}))
    group.work()
    assert cut(group) > 1


@pytest.mark.sweep
def test_a_power_cut_that_keeps_some_of_the_names_loses_nothing() -> None:
    for number in changing(run({})):
        cut(worked({number: Fault.KILLED_BEFORE}), (Names.FIRST, Names.EVERY_SECOND))


@pytest.mark.sweep
def test_a_power_cut_soon_after_another_fault_loses_nothing() -> None:
    """The first may be a kill: then the power is cut in the recovery. Only calls that change something are tried."""
    calls = run({})
    for number in changing(calls):
        for first in Fault.telling_of(calls[number]):
            for later in changing(run({number: first})):
                if number < later <= number + SOON:
                    cut(worked({number: first, later: Fault.KILLED_BEFORE}), (Names.LOST, Names.KEPT))
