"""A durable storage through any saves, faults, kills, power cuts and reopenings, against what must be in it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tinydb import where

from store.archive.disk.lock import Held
from tests.helpers.disks import Bytes, Fault, FaultyDisk, Killed, Names, SimulatedDisk
from tests.helpers.workload import ARCHIVE, JOURNAL, Database, Edit, Group, Save, State, after, do, opened, small

pytestmark = [pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

TABLES = ("probes", "moments", "events")
ENDINGS = ("", " é\n", ' "\\', " long" * 40)


class _ChangedTheirMinds(Exception):
    """Raised inside a transaction."""


def seen_in(database: Database) -> State:
    """What TinyDB's own calls show, also where they remember."""
    return State((name, row["text"]) for name in TABLES for row in database.table(name).search(where("text").exists()))


class Evenings(RuleBasedStateMachine):
    """A group that writes, one who looks on, and another group that would like to write."""

    def __init__(self) -> None:
        super().__init__()
        self.group = Group(FaultyDisk(SimulatedDisk(), {}))
        self.texts = 0
        self._start()

    def _start(self) -> None:
        self._do(lambda: self.group.open())
        self.looker = opened(self.group.disk.disk)

    def _do(self, act: Callable[[], object]) -> None:
        """Do something; where it ends with a kill, start again."""
        try:
            act()
        except Killed:
            self.group = self.group.killed()
            self._start()

    def _drawn(self, data: st.DataObject, most: int) -> Save:
        """Edits, each of which makes sense after those before it."""
        edits: list[Edit] = []
        state = self.group.shown
        for _ in range(data.draw(st.integers(1, most), label="edits")):
            self.texts += 1
            edit: Edit = (
                data.draw(st.sampled_from(TABLES)),
                None,
                f"{self.texts}{data.draw(st.sampled_from(ENDINGS))}",
            )
            if state and (what := data.draw(st.sampled_from(("insert", "update", "remove", "drop")))) != "insert":
                table, text = data.draw(st.sampled_from(sorted(state)))
                edit = (table, None if what == "drop" else text, edit[2] if what == "update" else None)
            edits.append(edit)
            state = after(state, (edit,))
        return tuple(edits)

    @rule(data=st.data(), most=st.sampled_from((1, 4)))
    def save(self, data: st.DataObject, most: int) -> None:
        save = self._drawn(data, most)
        self._do(lambda: self.group.save(*save))

    @rule(data=st.data())
    def begin_to_save_and_not_do_it(self, data: st.DataObject) -> None:
        save = self._drawn(data, 3)
        with suppress(_ChangedTheirMinds), self.group.disk.spared(), self.group.storage.transaction():
            do(self.group.database, save)
            assert seen_in(self.group.database) == after(self.group.shown, save)
            raise _ChangedTheirMinds

    @precondition(lambda self: self.group.storage.writes)
    @rule(data=st.data(), path=st.sampled_from((ARCHIVE, JOURNAL)))
    def save_after_somebody_removed_a_file(self, data: st.DataObject, path: Path) -> None:
        self.group.disk.faults.clear()
        if self.group.disk.disk.exists(path):
            self.group.disk.disk.remove(path)
            self.group.save(*self._drawn(data, 2))

    @rule()
    def make_a_checkpoint(self) -> None:
        self._do(self.group.checkpoint)

    @rule()
    def close_and_open(self) -> None:
        self._do(self.group.close_and_open)

    @rule(ahead=st.integers(0, 60), fault=st.sampled_from([fault for fault in Fault if fault in Fault.all_of("open")]))
    def have_a_fault_soon(self, ahead: int, fault: Fault) -> None:
        self.group.have_a_fault(ahead, fault)

    @rule()
    def be_killed(self) -> None:
        self.group = self.group.killed()
        self._start()

    @rule(bytes=st.sampled_from(Bytes), names=st.sampled_from(Names))
    def have_no_power(self, bytes: Bytes, names: Names) -> None:
        self.group = self.group.without_power(bytes, names)
        self._start()

    @rule(data=st.data(), closes=st.booleans())
    def another_group_saves(self, data: st.DataObject, closes: bool) -> None:
        save = self._drawn(data, 3)
        other = opened(self.group.disk.disk)
        if self.group.storage.writes:
            with pytest.raises(Held):
                do(other, save)
            return
        do(other, save)
        self.group.saved = self.group.shown = after(self.group.shown, save)
        if closes:
            other.close()

    def teardown(self) -> None:
        self.group.disk.faults.clear()

    @invariant()
    def everybody_sees_what_was_saved(self) -> None:
        with self.group.disk.spared():
            assert seen_in(self.group.database) == self.group.look() == self.group.shown
        assert seen_in(self.looker) == self.group.shown


def _run(examples: int, steps: int) -> None:
    with small(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.archive.saving.LARGE", 1500)
        run_state_machine_as_test(
            Evenings, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None)
        )


@pytest.mark.sweep
@pytest.mark.slow
def test_nothing_saved_is_lost_whatever_happens() -> None:
    _run(examples=30, steps=25)


@pytest.mark.sweep
def test_nothing_saved_is_lost_whatever_happens_for_long() -> None:
    _run(examples=600, steps=50)
