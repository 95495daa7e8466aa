"""The non-negotiables: the statement of principles that can't be traded, with its revisions."""

from collections.abc import Sequence

from store.model import NonNegotiables
from store.words.dates import date_of, day
from store.words.names import fold
from store.words.numbers import counted
from store.words.text import visible

CONCISE = 10
"""Above this many principles, Redraw suggests a more concise statement."""


def in_force(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    """The newest adopted revision, or None."""
    return next((each for each in reversed(revisions) if each.adopted is not None), None)


def quoted(
    revisions: Sequence[NonNegotiables], theirs: NonNegotiables
) -> tuple[tuple[NonNegotiables, ...], int | None]:
    """Add the revision that an imported probe quotes. Returns the revisions and its number here, or None if it is empty.

    A revision with the same words is reused. Any other becomes a new revision. It is in force only if no revision is yet,
    because an import must not decide anything for the group.
    """
    if not theirs.principles:
        return tuple(revisions), None
    if same := next((each for each in reversed(revisions) if each.principles == theirs.principles), None):
        return tuple(revisions), same.number
    number = max((each.number for each in revisions), default=0) + 1
    adopted = None if in_force(revisions) else theirs.adopted or theirs.at
    return (*revisions, theirs.but(number=number, adopted=adopted)), number


def draft(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    """The draft that the group is editing, or None. An imported revision is never the draft."""
    return next((each for each in reversed(revisions) if each.adopted is None and not each.source), None)


def not_consented(revision: NonNegotiables) -> tuple[str, ...]:
    """The names of those who were asked and have not consented."""
    consenting = set(map(fold, revision.consents))
    return tuple(name for name in revision.asked if fold(name) not in consenting)


def consensus(revision: NonNegotiables) -> str:
    """How many consent to a draft: “9 asked, 7 consent, 2 have not answered; 1 question open”."""
    if not revision.asked:
        said = "nobody asked yet"
    else:
        consent, rest = len(revision.consents), len(not_consented(revision))
        said = f"{len(revision.asked)} asked, {consent or 'none'} consent{'s' if consent == 1 else ''}"
        said += f", {rest} {'has' if rest == 1 else 'have'} not answered" if rest else ""
    return said + _still_open(revision, "; ")


def _still_open(revision: NonNegotiables, before: str) -> str:
    return f"{before}{counted(len(revision.open), 'question')} open" if revision.open else ""


def adoption(revision: NonNegotiables) -> str:
    """How many consented when a revision was adopted: “7 of 9 consented, 1 question open”."""
    asked = len(revision.asked)
    said = f"{len(revision.consents)} of {asked} consented" if asked else "nobody was asked"
    return said + _still_open(revision, ", ")


def state_in_words(revisions: Sequence[NonNegotiables], revision: NonNegotiables) -> str:
    """The state of a revision: a draft, in force since a date, in force until a date, or imported and not adopted here."""
    origin = f"came in with probe {visible(revision.source)}" if revision.source else ""
    if revision.adopted is None:
        return f"{origin}, not adopted here" if origin else f"draft: {consensus(revision)}"
    later = [each for each in revisions if each.adopted is not None and each.number > revision.number]
    since = day(date_of(revision.adopted))
    when = f"in force from {since} to {day(date_of(str(later[0].adopted)))}" if later else f"in force since {since}"
    return ", ".join((when, origin or adoption(revision)))


def before(revisions: Sequence[NonNegotiables], revision: NonNegotiables) -> NonNegotiables | None:
    """The revision that `revision` replaced or would replace: the newest adopted one before it."""
    return in_force([each for each in revisions if each.number < revision.number])
