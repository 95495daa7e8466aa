"""What people enter one by one: participants, moments, ballots, patterns, feelings, positions, proposals, observations.

`…_rule` is for typed lines: it reads one, with names by their beginnings, or raises `Refused`, and enters it. `add_…` enters
what was read, or what a front end with fields has: names are whole names there, and texts are kept to the letter. `line_of`
turns an entry back into a line, to be edited.

Here are the names that a front end with lines needs; the others are in the files.
"""

from store.entries.ballots import PlacedAlready, add_expected, ballot_anew_rule, ballot_rule, read_expected
from store.entries.editing import KINDS, NUMBERED, addressed, last, line_of, numbered_rule, replacing_rule, take_back
from store.entries.feelings import feeling_rule, take_back_feeling_line
from store.entries.leaving import (
    corrected,
    entered_again,
    has_left,
    leaver,
    roster_rule,
)
from store.entries.line import Rule, enter, names_somebody, takes_out
from store.entries.moments import moment_rule, read_felt
from store.entries.observations import (
    as_read,
    observation_rule,
    observers,
    read_observation,
    whose,
)
from store.entries.pasted_roster import MANY, PastedRoster, read_roster
from store.entries.patterns import late_moment, pattern_rule, read_pattern
from store.entries.placing import placing_rule, take_back_placing
from store.entries.positions import known as voices
from store.entries.positions import position_rule, read_pull
from store.entries.proposals import NONE, add_proposal, choice_rule, line_of_choice
from store.entries.roster import ROLES, awaited, participant_rule
from store.entries.taking_out import HangsOn, hangs_on, remove_participant, take_out_person
