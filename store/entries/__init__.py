"""What is typed in the room, line by line: people, moments, ballots, patterns, feelings, positions, proposals.

Every rule takes a debrief and one line and answers with the debrief that holds it, or raises `Refused` with a sentence
that says what to type instead. `line_of` gives an entry back as it would be typed, so that the last one can be mended.
"""

from store.entries.ballots import Ballot, add_ballot, add_expected, read_ballot
from store.entries.editing import KINDS, instead, last, line_of, take_back
from store.entries.feelings import add_feeling, take_back_feeling
from store.entries.moments import moments
from store.entries.observations import (
    as_read,
    instead_of_last,
    last_observation,
    line_of_observation,
    observations,
    observers,
    read_observation,
    take_back_observation,
    whose,
)
from store.entries.patterns import PatternLine, patterns, patterns_and_moments, read_pattern
from store.entries.placing import instead_of_placing, last_placing, placing, take_back_placing
from store.entries.positions import positions
from store.entries.proposals import add_proposal
from store.entries.roster import ROLES, add_participant, awaited
from store.entries.rule import Rule, enter
from store.entries.signs import SIGNS

__all__ = [
    "KINDS",
    "ROLES",
    "SIGNS",
    "Ballot",
    "PatternLine",
    "Rule",
    "add_ballot",
    "add_expected",
    "add_feeling",
    "add_participant",
    "add_proposal",
    "as_read",
    "awaited",
    "enter",
    "instead",
    "instead_of_last",
    "instead_of_placing",
    "last",
    "last_observation",
    "last_placing",
    "line_of",
    "line_of_observation",
    "moments",
    "observations",
    "observers",
    "patterns",
    "patterns_and_moments",
    "placing",
    "positions",
    "read_ballot",
    "read_observation",
    "read_pattern",
    "take_back",
    "take_back_feeling",
    "take_back_observation",
    "take_back_placing",
    "whose",
]
