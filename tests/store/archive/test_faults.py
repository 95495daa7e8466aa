"""The disk fails at every call that a workload makes, in every way; what was acknowledged is always there, once."""

import random
from collections.abc import Iterator

import pytest

from store.archive.disk.calls import make_folders
from tests.helpers.disks import Fault, FaultyDisk, SimulatedDisk
from tests.helpers.workload import ARCHIVE, do, opened, run, small, state_of, storage_of

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"  # a descriptor that is given back by the garbage collector may fail
)

NEAR = 5
"""Calls after the first fault at which every second one is tried."""

FAR = 6
"""Second faults that are tried for each first one anywhere later."""


@pytest.fixture(autouse=True)
def _small() -> Iterator[None]:
    with small():
        yield


def test_what_another_program_writes_after_a_failed_save_is_taken_in_and_the_failed_save_is_not() -> None:
    save = (("probes", None, "ours"),)
    whole = FaultyDisk(SimulatedDisk(), {})
    database = opened(whole)
    first = len(whole.calls)
    do(database, save)
    failed = 0
    for number in range(first, len(whole.calls)):
        disk = FaultyDisk(SimulatedDisk(), {number: Fault.BROKEN})
        database = opened(disk)
        try:
            do(database, save)
        except OSError:
            failed += 1
        else:
            continue
        make_folders(disk, ARCHIVE.parent)
        disk.disk.put(ARCHIVE, b'{"probes": {"1": {"text": "theirs"}}}')
        assert storage_of(database).follow()
        assert state_of(storage_of(database).read()) == {("probes", "theirs"): 1}
    assert failed > 10


def test_a_file_in_another_layout_that_is_removed_under_a_save_is_written_again() -> None:
    disk = SimulatedDisk()
    make_folders(disk, ARCHIVE.parent)
    disk.put(ARCHIVE, b'{"probes": {"1": {"text": "theirs"}}}')
    database = opened(disk)
    disk.remove(ARCHIVE)
    do(database, (("probes", None, "ours"),))
    assert state_of(opened(disk).storage.read()) == {("probes", "theirs"): 1, ("probes", "ours"): 1}


@pytest.mark.slow
def test_a_fault_at_any_call_loses_and_doubles_nothing() -> None:
    for number, call in enumerate(run({})):
        faults = Fault.all_of(call)
        run({number: faults[number % len(faults)]})


@pytest.mark.sweep
def test_every_fault_at_every_call_loses_and_doubles_nothing() -> None:
    for number, call in enumerate(run({})):
        for fault in Fault.all_of(call):
            run({number: fault})


@pytest.mark.sweep
def test_two_faults_lose_and_double_nothing() -> None:
    """All pairs are some millions. Tried are, after each telling first fault, all telling ones at the next few calls, which
    are those of the second try or of the recovery, and some of any kind, chosen at random, at any later call.
    """
    chance = random.Random(0)
    for number, call in enumerate(run({})):
        for first in Fault.telling_of(call):
            later = list(enumerate(run({number: first})))[number + 1 :]
            near = [(at, second) for at, name in later[:NEAR] for second in Fault.telling_of(name)]
            rest = later[NEAR:]
            far = [(at, chance.choice(Fault.all_of(name))) for at, name in chance.sample(rest, min(FAR, len(rest)))]
            for at, second in (*near, *far):
                run({number: first, at: second})
