"""The records of the archive, in DESIGN.md's words. All are frozen: a change is a new value.

A record's `key` tells it from the others of its table; what belongs to one session or probe carries its id. Places on
the matrix are whole numbers from 0 to 10, moments and patterns are numbered from 1 in the order in which they came.
"""

from store.model.agenda import Agenda, Break
from store.model.base import Mark, Record, Row, Stamp, Text, Value, stamp
from store.model.group import Given, Guideline, NonNegotiables, RecurringPattern, Seen, Stance, Version
from store.model.probe import (
    PULLS,
    QUESTIONS,
    SCOPES,
    Answers,
    Choice,
    Dissent,
    EarlierPact,
    Observation,
    Pact,
    Partner,
    Placement,
    Probe,
    Proposal,
    Pull,
    Responsibility,
    Signature,
)
from store.model.session import (
    DECISIONS,
    HELD,
    MEASURES,
    OUTCOMES,
    RHYTHMS,
    WORKED,
    Amendment,
    Change,
    Closing,
    Event,
    Felt,
    Gap,
    Moment,
    Paired,
    Participant,
    Pattern,
    RedLine,
    RedLineState,
    Session,
    SessionRecord,
    Shift,
    Sound,
    Tally,
    Verdict,
)
from store.words.observation_kinds import OBSERVED

RECORDS: tuple[type[Record], ...] = (
    Probe,
    Session,
    Dissent,
    Proposal,
    Observation,
    Placement,
    Participant,
    Moment,
    Pattern,
    Amendment,
    Event,
    Guideline,
    NonNegotiables,
    RecurringPattern,
)
"""Every kind of record, in the order in which an archive lists its tables."""
