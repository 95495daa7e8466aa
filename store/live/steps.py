"""The steps that were made in the debrief in hand, to be taken back and brought back one after the other.

They are in memory only, because an archive keeps nothing that was taken back. Each place, such as a phase, has its own steps, in
the order in which they were made. A step knows what it changed, record by record, so that taking it back leaves alone whatever
came in beside it, such as a note from the spool.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, TypeAlias

from store.debrief import KINDS, Debrief
from store.entries.editing import may_change, may_go
from store.model import Participant, Placement, Record
from store.phases import PASSING
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold, is_stand_in
from store.words.text import clipped

Step: TypeAlias = Callable[[Debrief, float], Debrief]
"""Makes the next debrief from the present one and `now`, as in `store.live.live`."""

REVEAL_WITHIN = 10.0
"""Seconds within which a reveal can be taken back (DESIGN.md, rules of the room)."""

_OWNERS = frozenset({"id", "uid", "probe", "session"})
"""What the first save of a new probe gives to it and to all its records."""

Part = tuple[str, Any]
"""A table with the key of a record in it, or the name of a field: `("session", "groups")`."""


@dataclass(frozen=True, slots=True)
class StepMade:
    """One saved change.

    Attributes:
        place: where it was made, such as the name of a phase.
        at: when, in seconds on a clock that nobody can set.
        text: what was typed, if it may be shown; otherwise empty.
        changes: what each part was before and is after it; None where it was not there.
    """

    place: str
    at: float
    text: str
    changes: Mapping[Part, tuple[Any, Any]]

    @property
    def reveals(self) -> bool:
        """Whether blind ballots became public by it."""
        return ("session", "revealed") in self.changes

    @property
    def removes_ballots(self) -> bool:
        """Whether ballots went with it, as with somebody who was taken out."""
        pairs = self.changes.values()
        return any(isinstance(was, Placement) and was.round > 0 and now is None for was, now in pairs)

    def inverse(self) -> StepMade:
        """The step that leads back."""
        return replace(self, changes={part: (after, before) for part, (before, after) in self.changes.items()})

    def applied(self, debrief: Debrief) -> Debrief:
        """The debrief with this step made in it.

        Raises:
            Refused: a part of it has changed since, something rests on what would go, or it stays as it is.
        """
        for (table, key), (before, _) in self.changes.items():
            if _part(debrief, table, key) != before:
                raise Refused.openly("That has changed since, so it stays: edit it by its number or its name.")
        found, about_people = debrief, self.is_about_people
        if about_people:
            live(debrief)
        # What rests on something goes before it.
        for (table, key), (was, now) in reversed(list(self.changes.items())):
            if isinstance(was, Record) and not about_people:
                may_go(found, was) if now is None else may_change(found, was)
            found = _with(found, table, key, now)
        _leave_nobody_behind(debrief, found)
        return found

    @property
    def is_about_people(self) -> bool:
        """Whether it entered, took out or renamed somebody: then it goes through all that bears the name, revealed or not."""
        pairs = (pair for (table, _), pair in self.changes.items() if table == Participant.table)
        return any(len({each.alias if each else None for each in pair}) > 1 for pair in pairs)


def _strangers(debrief: Debrief) -> set[str]:
    """Whoever has a moment, a ballot or a group in the session, by the folded name, and isn't in the roster."""
    ballots = (each.by for each in debrief.placements if each.round)
    named = chain((each.by or "" for each in debrief.moments), ballots, *debrief.session.groups)
    return {fold(name) for name in named if not is_stand_in(name)} - {*map(fold, debrief.names), ""}


def _leave_nobody_behind(before: Debrief, after: Debrief) -> None:
    """Raise Refused if somebody would be named in the session and no longer, or not yet again, in the roster."""
    left = _strangers(after) - _strangers(before)
    for name in (clipped(each, 40) for each in before.names if fold(each) in left):
        raise Refused(
            f"{name} has a moment, a ballot or a group by now: “-{name}” asks what becomes of it, “{name} = …” mends the name."
        )
    if left:
        raise Refused(
            "Whoever said that is out of the roster, so it stays out: enter it again, or bring them back first."
        )


def _key(record: Record) -> tuple[Any, ...]:
    """What tells a record from the others of its table in one debrief."""
    return tuple(getattr(record, name) for name in record.key_fields if name not in _OWNERS)


def _part(debrief: Debrief, table: str, key: Any) -> Any:
    if table in ("session", "probe"):
        return getattr(getattr(debrief, table), key)
    return next((each for each in getattr(debrief, table) if _key(each) == key), None)


def _with(debrief: Debrief, table: str, key: Any, value: Any) -> Debrief:
    if table in ("session", "probe"):
        return replace(debrief, **{table: getattr(debrief, table).but(**{key: value})})
    records = getattr(debrief, table)
    if _part(debrief, table, key) is not None:
        found = (value if _key(each) == key else each for each in records)
        records = tuple(each for each in found if each is not None)
    elif value is not None:
        at = next((n for n, each in enumerate(records) if _key(each) > key), len(records))
        records = (*records[:at], value, *records[at:])
    return replace(debrief, **{table: records})


def _differences(before: Debrief, after: Debrief) -> Iterator[tuple[Part, tuple[Any, Any]]]:
    for name in ("session", "probe"):
        old, new = getattr(before, name), getattr(after, name)
        for each in type(old).model_fields if old is not new else ():
            if each not in PASSING | _OWNERS and getattr(old, each) != getattr(new, each):
                yield (name, each), (getattr(old, each), getattr(new, each))
    for kind in KINDS:
        was, now = getattr(before, kind.table), getattr(after, kind.table)
        if was is now:
            continue
        old, new = ({_key(each): each for each in records} for records in (was, now))
        for key in old | new:
            pair = old.get(key), new.get(key)
            if pair[0] is not pair[1] and pair[0] != pair[1]:
                yield (kind.table, key), pair


def step_between(before: Debrief, after: Debrief, place: str, at: float, text: str = "") -> StepMade | None:
    """What was changed between two debriefs; None if only the clock or the phase was."""
    changes = dict(_differences(before, after))
    return StepMade(place, at, text, changes) if any(table != "events" for table, _ in changes) else None


class Steps:
    """What can be taken back and brought back in the debrief in hand."""

    def __init__(self, change: Callable[[Step], tuple[Debrief, Debrief, float]], steady: Callable[[], float]) -> None:
        """`change` saves a change and returns the debrief before and after it, and when it was made, by the `steady` clock."""
        self._change, self._steady = change, steady
        self.made: list[StepMade] = []
        """Every step that is in force, of all places, in their order."""
        self.back: list[StepMade] = []
        """Every step that was taken back and can be brought back, in that order."""
        self._latest: StepMade | None = None  # the last change of all, also one that can't be taken back here

    def took(self, before: Debrief, after: Debrief, place: str, at: float, text: str) -> None:
        """A change was made. Nothing that was taken back at its place can be brought back any more."""
        step = step_between(before, after, place, at, text)
        if step is None:
            return
        self._latest = step
        if place:
            self.made.append(step)
            self.back = [each for each in self.back if each.place != place]

    def last(self, place: str) -> StepMade | None:
        """The last step at a place."""
        return next((each for each in reversed(self.made) if each.place == place), None)

    def next(self, place: str) -> StepMade | None:
        """The step at a place that was taken back last."""
        return next((each for each in reversed(self.back) if each.place == place), None)

    def reveal_open(self, place: str) -> float:
        """For how many seconds the reveal at a place can still be taken back; 0 if it can't or there is none."""
        step = self.last(place)
        if step is None or not step.reveals or step is not self._latest:
            return 0.0
        return max(0.0, step.at + REVEAL_WITHIN - self._steady())

    def take_back(self, place: str, otherwise: Step | None = None) -> str:
        """Take back the last step at a place, as a change that is saved; returns what was typed in it, if it may be shown.

        Where none is left from since the debrief was opened, `otherwise` takes back what is older.

        Raises:
            Refused: there is nothing to take back, or it stays; see `StepMade.applied`. A reveal stays after ten seconds, and as
                soon as something was entered after it.
        """
        step = self.last(place)
        if step is None:
            if otherwise is None:
                raise Refused.openly("There is nothing to take back.")
            before, after, at = self._change(otherwise)
            step = step_between(after, before, place, at)
        elif step.reveals and not self.reveal_open(place):
            raise Refused.openly(
                f"The reveal stays: it could be taken back for {REVEAL_WITHIN:.0f} seconds, until the next entry."
            )
        elif step.removes_ballots and any(each.reveals for each in self.made[self.made.index(step) :]):
            raise Refused(
                "A round was revealed since, so their ballot can't come back: enter them in the roster again."
            )
        else:
            self._change(lambda debrief, _: step.inverse().applied(debrief))
            self.made.remove(step)
        self._latest = None
        if step is None:
            return ""
        if not step.reveals:  # a reveal takes two presses, so one key doesn't bring it back
            self.back.append(step)
        return step.text

    def bring_back(self, place: str) -> str:
        """Make the step again that was taken back last at a place; returns what `take_back` does.

        Raises:
            Refused: there is none, or what it changed has changed since.
        """
        step = self.next(place)
        if step is None:
            raise Refused.openly("There is nothing to bring back.")
        self._change(lambda debrief, _: step.applied(debrief))
        self.back.remove(step)
        self.made.append(step)
        self._latest = step
        return step.text
