"""What people enter one by one: participants, moments, ballots, patterns, feelings, positions, proposals, observations.

Each file has three steps. `read_…` reads a line of text into a small frozen value and may raise `Refused`; names in it are
whole names by then. `add_…` applies such a value to a debrief, and takes its text to the letter. `…_rule` is the two in a
row, for lines. `line_of` gives an entry back as it would be typed, so that the last one can be edited.
"""

from store.entries.ballots import NewBallot, add_ballot, add_expected, ballot_rule, read_expected, take_back_ballot
from store.entries.choices import NONE, choice_rule, line_of_choice
from store.entries.editing import KINDS, instead, last, line_of, take_back
from store.entries.feelings import Feeling, add_feelings, feeling_rule, take_back_feeling_line, take_back_feelings
from store.entries.moments import NewMoment, add_moment, moment_rule
from store.entries.observations import (
    NewObservation,
    add_observation,
    as_read,
    instead_of_last,
    last_observation,
    line_of_observation,
    observation_rule,
    observers,
    read_observation,
    take_back_observation,
    whose,
)
from store.entries.patterns import NewPattern, add_pattern, pattern_or_moment_rule, pattern_rule, read_pattern
from store.entries.placing import (
    NewPlacing,
    add_placing,
    instead_of_placing,
    last_placing,
    placing_rule,
    remove_placings,
    take_back_placing,
)
from store.entries.positions import NewPosition, add_position, position_rule
from store.entries.proposals import add_proposal
from store.entries.roster import (
    ROLES,
    EnterAwaited,
    NewParticipant,
    add_awaited,
    add_participant,
    awaited,
    participant_rule,
    remove_participant,
)
from store.entries.rule import Rule, enter
from store.entries.signs import TakeOut

__all__ = [
    "KINDS",
    "NONE",
    "ROLES",
    "EnterAwaited",
    "Feeling",
    "NewBallot",
    "NewMoment",
    "NewObservation",
    "NewParticipant",
    "NewPattern",
    "NewPlacing",
    "NewPosition",
    "Rule",
    "TakeOut",
    "add_awaited",
    "add_ballot",
    "add_expected",
    "add_feelings",
    "add_moment",
    "add_observation",
    "add_participant",
    "add_pattern",
    "add_placing",
    "add_position",
    "add_proposal",
    "as_read",
    "awaited",
    "ballot_rule",
    "choice_rule",
    "enter",
    "feeling_rule",
    "instead",
    "instead_of_last",
    "instead_of_placing",
    "last",
    "last_observation",
    "last_placing",
    "line_of",
    "line_of_choice",
    "line_of_observation",
    "moment_rule",
    "observation_rule",
    "observers",
    "participant_rule",
    "pattern_or_moment_rule",
    "pattern_rule",
    "placing_rule",
    "position_rule",
    "read_expected",
    "read_observation",
    "read_pattern",
    "remove_participant",
    "remove_placings",
    "take_back",
    "take_back_ballot",
    "take_back_feeling_line",
    "take_back_feelings",
    "take_back_observation",
    "take_back_placing",
    "whose",
]
