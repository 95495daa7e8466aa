"""The records of a probe: what is known, agreed and observed before and during the action."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, ClassVar, Literal

from pydantic import Field

from store.model.base import Mark, Point, Record, Stamp, Text, Value

_unless_empty: Any = Field(default="", exclude_if=lambda value: not value)
"""A text that a row has only where it says something: most partners have no history written down, most notes no name."""


class Partner(Value):
    """An organisation in a probe, its kind (union, NGO, party …), the power dynamics and the history with it."""

    name: Text
    kind: Text = ""
    power: Text = ""
    history: Text = _unless_empty


class Responsibility(Value):
    """Who does what, in a pact."""

    who: Text
    what: Text


class Signature(Value):
    """A name under a pact, and for which organisation."""

    name: Text
    organisation: Text


class Pact(Value):
    """One page: purpose, time, responsibilities, messaging agreements, red lines, sunset, and the names under it.

    `agreed` is when both sides agreed to it as it stands; until then it is a draft.

    `ends_at` is the hour at which the action ended on the day `ends`, where it is known: the 24 hours for the debrief run
    from there, and otherwise from the end of that day.
    """

    purpose: Text = ""
    starts: date | None = None
    ends: date | None = None
    ends_at: time | None = None
    sunset: date | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    messaging: tuple[Text, ...] = ()
    red_lines: tuple[Text, ...] = ()
    signatures: tuple[Signature, ...] = ()
    agreed: Stamp | None = None


QUESTIONS: Mapping[str, str] = {
    "ally": "If the ally withdraws, can we continue?",
    "funding": "If the funding disappears, can we pivot?",
    "language": "If the coalition adopts language that we reject, can we dissent in public without a break?",
}
"""The three questions of independence (the essay, “Independence as Sovereign Capacity”), by the names of their answers."""

Answers = Mapping[Literal["ally", "funding", "language"], Text]
"""What the group answers to `QUESTIONS`."""

SCOPES = ("building", "site", "neighbourhood", "city", "region")
"""The rungs of the ladder of scope, the smallest first."""


class Choice(Value):
    """Which proposal the group chose, by its number, and why: also where Redraw's ranking had another first.

    `instead_of` is the title that the probe had until then.
    """

    proposal: int
    reason: Text = ""
    at: Stamp
    instead_of: Text = ""


class Probe(Record):
    """A micro-experiment: one concrete, limited, time-boxed collaboration.

    Attributes:
        uid: tells this probe from any other in the world, so that a record of it that comes back is known again.
        origin: the group whose probe it is; empty for our own.
        conflicts_with: the id of the probe here that the same probe from elsewhere differs from, until that is decided.
        scope: how large it is; a rung of `SCOPES`, though what was imported may say it otherwise.
        scope_reason: why the group takes a step of two rungs or more, where it does.
        non_negotiables, statement: the principles as the pact quotes them, and the number of the revision they are from.
        choice: how it was chosen among the proposals; None where it was entered without a dissent session.
        independence: the answers to `QUESTIONS` before the action.
        facilitators, spokespeople, observers: who does what, by name.
    """

    table: ClassVar[str] = "probes"
    key_fields: ClassVar[tuple[str, ...]] = ("id",)

    id: str
    uid: str = ""
    origin: Text = _unless_empty
    conflicts_with: str = _unless_empty
    created: Stamp
    title: Text
    issue: Text = ""
    scope: Text = ""
    scope_reason: Text = ""
    place: Text = ""
    context: Text = ""
    our_organisation: Text = ""
    partners: tuple[Partner, ...] = ()
    non_negotiables: tuple[Text, ...] = ()
    statement: int | None = None
    choice: Choice | None = None
    independence: Answers = {}
    facilitators: tuple[Text, ...] = ()
    spokespeople: tuple[Text, ...] = ()
    observers: tuple[Text, ...] = ()
    pact: Pact = Pact()


Pull = Literal["autonomy", "benefit"]
PULLS: tuple[Pull, ...] = ("autonomy", "benefit")
"""What a position can pull to: to keep our autonomy, or to win a concrete benefit."""


class Dissent(Record):
    """A position said in an open dissent session, verbatim, with the pull it voices; `voice` is empty for nobody's name.

    `borne_out` is what the debrief says of it: whether what happened proved it right; None while nobody has said.
    """

    table: ClassVar[str] = "dissent"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: str
    number: int
    voice: Text = ""
    pull: Pull
    text: Text
    borne_out: bool | None = None


class Proposal(Record):
    """A candidate probe that the room placed on the matrix."""

    table: ClassVar[str] = "proposals"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: str
    number: int
    title: Text
    placements: tuple[Mark, ...] = ()


class Observation(Record):
    """An embedded observer's note, its kind one of `store.words.observation_kinds.OBSERVED`, with its time.

    `note` is the name under which `redraw note` dropped it, so that none is taken in twice.
    """

    table: ClassVar[str] = "observations"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: str
    number: int
    at: Stamp
    by: Text | None = None
    kind: Text = ""
    text: Text
    note: str = _unless_empty


class Placement(Record):
    """Where one person puts a probe on the matrix: expected before the action, actual at the debrief.

    `round` is 0 for what was expected and counts from 1 for the rounds of the debrief. An expected placement made
    after the action is `reconstructed`. `at` is when something was expected, where that is known; no ballot keeps its time.
    """

    table: ClassVar[str] = "placements"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "round", "number")

    probe: str
    round: int = Field(ge=0)
    number: int
    by: Text
    autonomy: Point
    benefit: Point
    reconstructed: bool = False
    at: Stamp | None = Field(default=None, exclude_if=lambda value: value is None)
