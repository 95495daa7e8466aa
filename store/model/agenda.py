"""A group's own agenda: the minutes, questions and breaks of a session, and what it skips, where they differ from the plan."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any

from pydantic import Field, model_validator

from store.model.base import Text, Value
from store.model.privacy import Public
from store.phases import FIRST_AND_LAST, phase

LONGEST = 180
"""Minutes that a phase or a break takes at most."""

Minutes = Annotated[int, Field(ge=1, le=LONGEST)]
"""How long a phase or a break is planned to take, in minutes."""

_unless_set: Any = Field(default=None, exclude_if=lambda value: value is None)
"""A field that a row has only where the group has set it."""

_where_skipped: Any = Field(default=False, exclude_if=lambda value: not value)
_where_asked: Any = Field(default="", exclude_if=lambda value: not value)
_where_any: Any = Field(default={}, exclude_if=lambda value: not value)
_where_listed: Any = Field(default=(), exclude_if=lambda value: not value)

BREAK = " break"
"""Follows the name of a phase in the name of the clock of the break after it."""


class OwnPhase(Value):
    """What a group has set for a phase; what it has not set is as in `store.phases`.

    Attributes:
        minutes: how long it is planned to take; None for the default.
        question: its question in the group's own words; empty for the default.
        skipped: whether it is left out.
    """

    minutes: Public[Minutes | None] = _unless_set
    question: Public[Text] = _where_asked
    skipped: Public[bool] = _where_skipped


class Break(Value):
    """A break: either so many `minutes`, or `until` a time of day, which goes before."""

    minutes: Public[Minutes | None] = _unless_set
    until: Public[time | None] = _unless_set


class Agenda(Value):
    """The plan of a session as far as a group has set it; each mapping is by the names of phases.

    Attributes:
        starts: at what time of day the session is to begin.
        phases: what is set for phases.
        breaks: the break after a phase.
        spare: the phases to skip when time runs short, the first first.
    """

    starts: Public[time | None] = _unless_set
    phases: Mapping[Public[str], OwnPhase] = _where_any
    breaks: Mapping[Public[str], Break] = _where_any
    spare: Public[tuple[str, ...]] = _where_listed

    @model_validator(mode="after")
    def _of_phases(self) -> "Agenda":
        for name in (*self.phases, *self.breaks, *self.spare):
            try:
                phase(name)
            except KeyError as error:
                raise ValueError("there is no such phase in an agenda") from error
        if any(self.skips(name) for name in FIRST_AND_LAST):
            raise ValueError("the first and the last phase can't be skipped")
        return self

    def minutes(self, name: str) -> int:
        """The minutes of the phase called `name`."""
        own = self.phases.get(name)
        return own.minutes if own and own.minutes else phase(name).minutes

    def seconds(self, name: str) -> float:
        """The seconds planned for a phase, or for the break whose clock has this name; 0 for a break until a time of day."""
        if name.endswith(BREAK):
            rest = self.breaks.get(name.removesuffix(BREAK))
            return (rest.minutes or 0) * 60.0 if rest else 0.0
        return self.minutes(name) * 60.0

    def question(self, name: str) -> str:
        """The question of a phase: the group's own or the default."""
        own = self.phases.get(name)
        return own.question if own and own.question.strip() else phase(name).prompt

    def skips(self, name: str) -> bool:
        """Whether a phase is left out."""
        own = self.phases.get(name)
        return own is not None and own.skipped

    def with_phase(self, name: str, **changes: object) -> "Agenda":
        """The same with something else set for a phase; what is as by default is not kept."""
        own = self.phases.get(name, OwnPhase()).but(**changes)
        if own.minutes == phase(name).minutes:
            own = own.but(minutes=None)
        rest = {each: set for each, set in self.phases.items() if each != name}
        return self.but(phases=rest if own == OwnPhase() else {**rest, name: own})

    def with_break(self, name: str, rest: Break | None) -> "Agenda":
        """The same with this break after a phase, or with none."""
        others = {each: set for each, set in self.breaks.items() if each != name}
        return self.but(breaks={**others, name: rest} if rest else others)


AS_USUAL = Agenda()
"""An agenda with which nothing is other than in `store.phases`. Made once: a clock asks for it ten times a second."""
