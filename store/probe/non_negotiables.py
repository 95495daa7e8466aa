"""The non-negotiables: the statement of principles that can't be traded, revision after revision."""

from collections.abc import Sequence
from datetime import datetime

from store.model import NonNegotiables
from store.words.dates import day
from store.words.names import fold
from store.words.text import visible

CONCISE = 10
"""As many principles as a statement can have before it is said that a concise one is better kept in mind."""


def in_force(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    """The newest revision that was adopted; None while there is none."""
    return next((each for each in reversed(revisions) if each.adopted is not None), None)


def quoted(
    revisions: Sequence[NonNegotiables], theirs: NonNegotiables
) -> tuple[tuple[NonNegotiables, ...], int | None]:
    """The revisions with one that a probe from elsewhere quotes, and the number it has here; None where it says nothing.

    The same words are the same revision. Others become a revision of their own: in force where nothing is yet, otherwise a
    draft, for to take in a file decides nothing for the group.
    """
    if not theirs.principles:
        return tuple(revisions), None
    if same := next((each for each in reversed(revisions) if each.principles == theirs.principles), None):
        return tuple(revisions), same.number
    number = max((each.number for each in revisions), default=0) + 1
    adopted = None if in_force(revisions) else theirs.adopted or theirs.at
    return (*revisions, theirs.but(number=number, adopted=adopted)), number


def draft(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    """The revision that the group works on; None while it works on none. What came in from elsewhere is nobody's draft."""
    return next((each for each in reversed(revisions) if each.adopted is None and not each.source), None)


def silent(revision: NonNegotiables) -> tuple[str, ...]:
    """Who was asked and has not consented, by name."""
    consenting = set(map(fold, revision.consents))
    return tuple(name for name in revision.asked if fold(name) not in consenting)


def consensus(revision: NonNegotiables) -> str:
    """How far a draft is agreed to, in numbers: “9 asked, 7 consent, 2 have not said; 1 thing open”."""
    if not revision.asked:
        said = "nobody is asked yet"
    else:
        consent, rest = len(revision.consents), len(silent(revision))
        said = f"{len(revision.asked)} asked, {consent or 'none'} consent{'s' if consent == 1 else ''}"
        said += f", {rest} {'has' if rest == 1 else 'have'} not said" if rest else ""
    return said + _still_open(revision, "; ")


def _still_open(revision: NonNegotiables, before: str) -> str:
    n = len(revision.open)
    return f"{before}{n} thing{'' if n == 1 else 's'} open" if n else ""


def adoption(revision: NonNegotiables) -> str:
    """What was said for a revision when it was put in force, for as long as it is kept: “7 of 9 consented, 1 thing open”."""
    asked = len(revision.asked)
    said = f"{len(revision.consents)} of {asked} consented" if asked else "nobody was asked"
    return said + _still_open(revision, ", ")


def standing(revisions: Sequence[NonNegotiables], revision: NonNegotiables) -> str:
    """Where a revision stands: a draft, in force since a day, in force until one, or from elsewhere and not adopted here."""
    origin = f"came in with probe {visible(revision.source)}" if revision.source else ""
    if revision.adopted is None:
        return f"{origin}, not adopted here" if origin else f"draft: {consensus(revision)}"
    later = [each for each in revisions if each.adopted is not None and each.number > revision.number]
    since = _day(revision.adopted)
    when = f"in force from {since} to {_day(str(later[0].adopted))}" if later else f"in force since {since}"
    return ", ".join((when, origin or adoption(revision)))


def before(revisions: Sequence[NonNegotiables], revision: NonNegotiables) -> NonNegotiables | None:
    """The revision that one took the place of, or would: the newest before it that was in force."""
    return in_force([each for each in revisions if each.number < revision.number])


def _day(at: str) -> str:
    return day(datetime.fromisoformat(at).date())
