"""Patterns that the group has seen before: what is offered, and what people decide.

The program offers the nearest texts (`store.words.similar`), however far they are; people decide whether it is the same pattern.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from store.debrief import Debrief, next_number
from store.model import Felt, RecurringPattern, Seen
from store.probe_state import RowSource
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold
from store.words.similar import Differing, differing, nearest
from store.words.text import visible

MOST = 5
"""How many earlier patterns are offered."""

PatternKey = tuple[str, int]
"""A pattern's session and its number there."""


@dataclass(frozen=True, slots=True)
class Known:
    """A pattern of an earlier debrief of ours, with the title of its probe."""

    place: PatternKey
    felt: Felt
    text: str
    title: str


EarlierPatterns = Mapping[PatternKey, Known]


def earlier_patterns(archive: RowSource) -> Iterator[EarlierPatterns]:
    """All patterns of our own debriefs, oldest first; those of other groups are left out. Read it in the background."""
    probes = archive.each("probes")
    titles = {row["id"]: row["title"] for row in probes if not row.get("origin") and not row.get("conflicts_with")}
    ours = {row["id"]: titles[row["probe"]] for row in archive.each("sessions") if row["probe"] in titles}
    found = {}
    for row in archive.each("patterns"):
        if row["session"] in ours:
            place = (row["session"], row["number"])
            found[place] = Known(place, Felt(row["felt"]), row["text"], ours[row["session"]])
    yield found


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier pattern that a present one may be the same as.

    Attributes:
        known: the earlier pattern.
        times: how often it has been seen.
        number: of the recurring pattern that it belongs to; None if it doesn't recur yet.
        differs: where its text differs from the present one.
    """

    known: Known
    times: int
    number: int | None
    differs: Differing = field(default=Differing((), (), ()), compare=False)


def recurring(debrief: Debrief, place: PatternKey) -> RecurringPattern | None:
    """The recurring pattern that people decided a pattern belongs to, if any."""
    seen = Seen(session=place[0], pattern=place[1])
    return next((each for each in debrief.recurring_patterns if seen in each.seen), None)


def offers(debrief: Debrief, number: int, known: EarlierPatterns, words: str = "") -> tuple[Offer, ...]:
    """The earlier patterns that are nearest to a pattern of this debrief and were felt the same, nearest first.

    Of one recurring pattern only the nearest is offered. With `words`, every pattern that holds all of them is offered,
    however alike, the latest first.
    """
    here = debrief.session.id
    pattern = next((each for each in debrief.patterns if each.number == number), None)
    if pattern is None:
        return ()
    others = {place: each for place, each in known.items() if place[0] != here and each.felt is pattern.felt}
    ranked: Iterable[PatternKey]
    if words.strip():
        wanted = fold(words).split()
        ranked = (place for place, each in reversed(others.items()) if all(map(fold(each.text).__contains__, wanted)))
    else:
        ranked = nearest(pattern.text, {place: each.text for place, each in others.items()})
    again = {(seen.session, seen.pattern): each for each in debrief.recurring_patterns for seen in each.seen}
    found: dict[object, Offer] = {}
    for place in ranked:
        same = again.get(place)
        one = same.number if same else place
        if one not in found:
            differs = differing(pattern.text, others[place].text)
            found[one] = Offer(others[place], len(same.seen) if same else 1, same.number if same else None, differs)
        if len(found) == MOST:
            break
    return tuple(found.values())


def mark(debrief: Debrief, number: int, offer: Offer) -> Debrief:
    """Record that a pattern was seen before.

    Raises:
        Refused: the session is sealed, there is no such pattern, or it is marked already.
    """
    live(debrief)
    place = (debrief.session.id, number)
    if all(each.number != number for each in debrief.patterns):
        raise Refused(f"There is no pattern {number}.")
    if recurring(debrief, place):
        raise Refused(f"Pattern {number} is marked already.", "take off the mark")
    here = Seen(session=place[0], pattern=number)
    before = recurring(debrief, offer.known.place)
    if before is not None:
        grown = before.but(seen=(*before.seen, here))
        kept = tuple(grown if each is before else each for each in debrief.recurring_patterns)
        return replace(debrief, recurring_patterns=kept)
    fresh = RecurringPattern(
        number=next_number(debrief.recurring_patterns),
        text=offer.known.text,
        seen=(Seen(session=offer.known.place[0], pattern=offer.known.place[1]), here),
    )
    return replace(debrief, recurring_patterns=(*debrief.recurring_patterns, fresh))


def unmark(debrief: Debrief, number: int) -> Debrief:
    """Take that mark off a pattern; a recurring pattern that is left with one place no longer recurs."""
    gone = Seen(session=debrief.session.id, pattern=number)
    rest = (
        each.but(seen=tuple(seen for seen in each.seen if seen != gone)) if gone in each.seen else each
        for each in debrief.recurring_patterns
    )
    return replace(debrief, recurring_patterns=tuple(each for each in rest if len(each.seen) > 1))


def seen_before(debrief: Debrief, number: int) -> str:
    """Where a pattern of this debrief was seen before, in words; empty if nobody has said so."""
    found = recurring(debrief, (debrief.session.id, number))
    if found is None:
        return ""
    titles = {held.session: held.title for held in debrief.past.debriefs}
    before = [visible(titles[seen.session]) for seen in found.seen if seen.session in titles]
    elsewhere = len(found.seen) - 1 - len(before)
    said = f"seen before in {', '.join(before)}" if before else ""
    later = f"seen {elsewhere} more time{'' if elsewhere == 1 else 's'}" if elsewhere else ""
    return "; ".join(part for part in (said, later) if part)
