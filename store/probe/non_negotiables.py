"""The non-negotiables: the statement of principles that can't be traded, with its revisions."""

from collections.abc import Iterator, Sequence

from store.debrief import Debrief
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


def quoted_in(debrief: Debrief) -> NonNegotiables | None:
    """The revision that the pact of a probe quotes, if it is known who was asked about it."""
    found = next((each for each in debrief.non_negotiables if each.number == debrief.probe.statement), None)
    return found if found is not None and found.asked else None


def draft(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    """The draft that the group is editing, or None. An imported revision is never the draft."""
    return next((each for each in reversed(revisions) if each.adopted is None and not each.source), None)


def answered(revision: NonNegotiables) -> tuple[str, ...]:
    """The names of those who have answered: who consents, stands aside or objects."""
    return (*revision.consents, *(each.name for each in (*revision.stands_aside, *revision.objects)))


def unanswered(revision: NonNegotiables) -> tuple[str, ...]:
    """The names of those who were asked and have not answered."""
    said = set(map(fold, answered(revision)))
    return tuple(name for name in revision.asked if fold(name) not in said)


def stances(revision: NonNegotiables) -> tuple[str, ...]:
    """Those who don't simply consent, each with the reason, as it is typed: “Ana stands aside: too early”."""
    return (
        *(f"{each.name} stands aside: {each.reason}" for each in revision.stands_aside),
        *(f"{each.name} objects: {each.reason}" for each in revision.objects),
    )


def consensus(revision: NonNegotiables) -> str:
    """What people answer to a draft: “9 asked, 5 consent, 1 stands aside, 1 objects, 2 have not answered; 1 question open”."""
    if not revision.asked:
        said = "nobody asked yet"
    else:
        consent, rest = len(revision.consents), len(unanswered(revision))
        said = f"{len(revision.asked)} asked, {consent or 'none'} consent{'s' if consent == 1 else ''}"
        said += "".join(f", {each}" for each in _reserved(revision, "stand{} aside", "object{}"))
        said += f", {rest} {'has' if rest == 1 else 'have'} not answered" if rest else ""
    return said + _still_open(revision, "; ")


def _reserved(revision: NonNegotiables, *verbs: str) -> Iterator[str]:
    """How many stand aside and object, where any do; braces in a verb stand for the ending of one."""
    for count, verb in zip((len(revision.stands_aside), len(revision.objects)), verbs, strict=True):
        if count:
            yield f"{count} {verb.format('s' if count == 1 else '')}"


def _still_open(revision: NonNegotiables, before: str) -> str:
    return f"{before}{counted(len(revision.open), 'question')} open" if revision.open else ""


def adoption(revision: NonNegotiables) -> str:
    """What was answered when a revision was adopted: “5 of 7 consented, 1 stood aside, 1 objected, 1 question open”."""
    asked = len(revision.asked)
    said = f"{len(revision.consents)} of {asked} consented" if asked else "nobody was asked"
    return ", ".join((said, *_reserved(revision, "stood aside", "objected"))) + _still_open(revision, ", ")


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
