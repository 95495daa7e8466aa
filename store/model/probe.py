"""The records of a probe: what is known, agreed and observed before and during the action."""

from collections.abc import Mapping
from datetime import time
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from store.model.agenda import Agenda
from store.model.base import Mark, Record, Stamp, Text, Value
from store.model.privacy import Holder, Home, Organisation, Person, Public, Raw, Signer, Spoken, Voter, Withheld
from store.model.uids import without_digest
from store.ranges import Count, Day, Number, Point, Round

_unless_unknown: Any = Field(default=None, exclude_if=lambda value: value is None)
"""A count that a row has only where somebody counted."""

_unless_empty: Any = Field(default="", exclude_if=lambda value: not value)
"""A text that a row has only where it says something: most partners have no history written down, most notes no name."""


class Partner(Value):
    """An organisation in a probe, its kind (union, NGO, party …), the power dynamics and the history with it."""

    name: Organisation[Text]
    kind: Public[Text] = ""
    power: Public[Text] = ""
    history: Public[Text] = _unless_empty


class Responsibility(Value):
    """Who does what, in a pact."""

    who: Holder[Text]
    what: Public[Text]


class Signature(Value):
    """A name under a pact, and for which organisation."""

    name: Signer[Text]
    organisation: Organisation[Text]


class Pact(Value):
    """One page: purpose, time, responsibilities, messaging agreements, red lines, sunset, and the names under it.

    `agreed` is when both sides agreed to it as it stands; until then it is a draft.

    `ends_at` is the hour at which the action ended on the day `ends`, where it is known: the 24 hours for the debrief run
    from there, and otherwise from the end of that day.
    """

    purpose: Public[Text] = ""
    starts: Public[Day | None] = None
    ends: Public[Day | None] = None
    ends_at: Public[time | None] = None
    sunset: Public[Day | None] = None
    responsibilities: tuple[Responsibility, ...] = ()
    messaging: Public[tuple[Text, ...]] = ()
    red_lines: Public[tuple[Text, ...]] = ()
    signatures: tuple[Signature, ...] = ()
    agreed: Public[Stamp | None] = None


class EarlierPact(Value):
    """A wording of the pact that both sides agreed to and that was changed since, with the names under it.

    `sides` are our organisation and the partners, `non_negotiables` the principles that it quoted.
    """

    title: Public[Text]
    sides: Organisation[tuple[Text, ...]]
    spokespeople: Person[tuple[Text, ...]] = ()
    non_negotiables: Public[tuple[Text, ...]] = ()
    pact: Pact


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

    proposal: Public[Number]
    reason: Public[Text] = ""
    at: Public[Stamp]
    instead_of: Public[Text] = ""


class Probe(Record):
    """A micro-experiment: one concrete, limited, time-boxed collaboration.

    Attributes:
        uid: tells this probe from any other in the world, so that a record of it that comes back is known again; see
            `store.model.uids`.
        file_digest: recognises the file that it came from, if that is imported again; empty where it came from none.
        origin: the group whose probe it is; empty for our own.
        conflicts_with: the id of the probe here that the same probe from elsewhere differs from, until that is decided.
        tags: what it is about in a few short words, the same from probe to probe.
        scope: how large it is; a rung of `SCOPES`, though what was imported may say it otherwise.
        scope_reason: why the group takes a step of two rungs or more, where it does.
        non_negotiables, statement: the principles as the pact quotes them, and the number of the revision they are from.
        place, debrief_place: where the action takes place, and where its debrief is held.
        choice: how it was chosen among the proposals; None where it was entered without a dissent session.
        agenda: the plan of its debrief until that begins; None where none was made.
        independence: the answers to `QUESTIONS` before the action.
        facilitators, spokespeople, observers: who does what, by name.
        pact: as it is now.
        earlier_pacts: each wording that was agreed before, the oldest first.
        reconstructed: how many of the expected placements were made after the action and don't say so themselves: a record without
            names has only this count.
    """

    table: ClassVar[str] = "probes"
    key_fields: ClassVar[tuple[str, ...]] = ("id",)

    id: Public[str]
    uid: Public[str] = ""
    file_digest: Home[str] = _unless_empty
    origin: Public[Text] = _unless_empty
    conflicts_with: Public[str] = _unless_empty
    created: Public[Stamp]
    title: Public[Text]
    issue: Public[Text] = ""
    tags: Public[tuple[Text, ...]] = Field(default=(), exclude_if=lambda value: not value)
    scope: Public[Text] = ""
    scope_reason: Public[Text] = ""
    place: Public[Text] = ""
    debrief_place: Public[Text] = _unless_empty
    context: Public[Text] = ""
    our_organisation: Organisation[Text] = ""
    partners: tuple[Partner, ...] = ()
    non_negotiables: Public[tuple[Text, ...]] = ()
    statement: Public[Count | None] = None
    choice: Choice | None = None
    agenda: Agenda | None = _unless_unknown
    independence: Public[Answers] = {}
    facilitators: Person[tuple[Text, ...]] = ()
    spokespeople: Person[tuple[Text, ...]] = ()
    observers: Person[tuple[Text, ...]] = ()
    pact: Pact = Pact()
    earlier_pacts: tuple[EarlierPact, ...] = Field(default=(), exclude_if=lambda value: not value)
    reconstructed: Public[Count | None] = _unless_unknown

    @model_validator(mode="before")
    @classmethod
    def _without_digest(cls, found: Any) -> Any:
        return without_digest(found) if isinstance(found, Mapping) else found


Pull = Literal["autonomy", "benefit"]
PULLS: tuple[Pull, ...] = ("autonomy", "benefit")
"""What a position can pull to: to keep our autonomy, or to win a concrete benefit."""


class Dissent(Record):
    """A position said in an open dissent session, verbatim, with the pull it voices; `voice` is empty for nobody's name.

    `borne_out` is what the debrief says of it: whether what happened proved it right; None while nobody has said.
    """

    table: ClassVar[str] = "dissent"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: Public[str]
    number: Public[Number]
    voice: Person[Text] = ""
    pull: Public[Pull]
    text: Spoken[Text]
    borne_out: Public[bool | None] = None


class Proposal(Record):
    """A candidate probe that the room placed on the matrix."""

    table: ClassVar[str] = "proposals"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: Public[str]
    number: Public[Number]
    title: Public[Text]
    placements: tuple[Mark, ...] = ()


class Observation(Record):
    """An embedded observer's note, its kind one of `store.words.observation_kinds.OBSERVED`, with its time.

    `note` is the name under which `redraw note` dropped it, so that none is taken in twice.
    """

    table: ClassVar[str] = "observations"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "number")

    probe: Public[str]
    number: Public[Number]
    at: Public[Stamp]
    by: Person[Text | None] = None
    kind: Public[Text] = ""
    text: Raw[Text]
    note: Withheld[str] = _unless_empty


class Placement(Record):
    """Where one person puts a probe on the matrix: expected before the action, actual at the debrief.

    `round` is 0 for what was expected and counts from 1 for the rounds of the debrief. An expected placement made
    after the action is `reconstructed`; whoever knows who came late would know whose it is. `at` is when something was expected, where that is known; no ballot keeps its time.
    """

    table: ClassVar[str] = "placements"
    key_fields: ClassVar[tuple[str, ...]] = ("probe", "round", "number")

    probe: Public[str]
    round: Public[Round]
    number: Public[Number]
    by: Voter[Text]
    autonomy: Public[Point]
    benefit: Public[Point]
    reconstructed: Withheld[bool] = False
    at: Withheld[Stamp | None] = Field(default=None, exclude_if=lambda value: value is None)
