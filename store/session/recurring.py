"""Patterns that a group has seen before: what is offered, what people decide, and whether it still recurs.

The program only offers, by how alike two texts are (`store.words.similar`); that a pattern is one that was seen before is said by
people.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from time import sleep
from typing import Any, Protocol

from store.debrief import Debrief
from store.model import Felt, RecurringPattern, Seen
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold
from store.words.similar import alike
from store.words.text import visible

MOST = 5
"""As many earlier patterns as are offered."""

_PIECE = 2000  # texts that are compared at once, in some milliseconds: in between whoever types has their turn

Place = tuple[str, int]
"""A pattern's session and its number there."""


@dataclass(frozen=True, slots=True)
class Known:
    """A pattern of an earlier debrief of ours, with the title of its probe."""

    place: Place
    felt: Felt
    text: str
    title: str


Library = Mapping[Place, Known]


class Rows(Protocol):
    """What this needs of an archive."""

    def each(self, table: str) -> Iterable[Mapping[str, Any]]:
        """The documents of a table, one after another."""


def library(archive: Rows) -> Library:
    """All patterns of our debriefs, oldest first; those of other groups are theirs."""
    probes = archive.each("probes")
    titles = {row["id"]: row["title"] for row in probes if not row.get("origin") and not row.get("conflicts_with")}
    ours = {row["id"]: titles[row["probe"]] for row in archive.each("sessions") if row["probe"] in titles}
    found = {}
    for row in archive.each("patterns"):
        if row["session"] in ours:
            place = (row["session"], row["number"])
            found[place] = Known(place, Felt(row["felt"]), row["text"], ours[row["session"]])
    return found


def reading(archive: Rows) -> Iterator[Library]:
    """The same as something to be read aside."""
    yield library(archive)


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier pattern that one of now may be the same as, and how often it has been seen; `number` if it recurs already."""

    known: Known
    times: int
    number: int | None


def recurring(debrief: Debrief, place: Place) -> RecurringPattern | None:
    """What a pattern was decided to be, if anything."""
    seen = Seen(session=place[0], pattern=place[1])
    return next((each for each in debrief.recurring_patterns if seen in each.seen), None)


def offers(debrief: Debrief, number: int, known: Library, words: str = "") -> tuple[Offer, ...]:
    """Earlier patterns that say nearly what a pattern of this debrief says, the most alike first.

    Of those that are one recurring pattern only the most alike is offered. With `words` all that hold each of them are, of
    whatever likeness, the latest first.
    """
    here = debrief.session.id
    pattern = next((each for each in debrief.patterns if each.number == number), None)
    if pattern is None:
        return ()
    others = {place: each for place, each in known.items() if place[0] != here and each.felt is pattern.felt}
    ranked: Iterable[Place]
    if words.strip():
        wanted = fold(words).split()
        ranked = (place for place, each in reversed(others.items()) if all(map(fold(each.text).__contains__, wanted)))
    else:
        ranked = (place for place, _ in _most_alike(pattern.text, others))
    again = {(seen.session, seen.pattern): each for each in debrief.recurring_patterns for seen in each.seen}
    found: dict[object, Offer] = {}
    for place in ranked:
        same = again.get(place)
        offer = Offer(others[place], len(same.seen) if same else 1, same.number if same else None)
        found.setdefault(same.number if same else place, offer)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _most_alike(text: str, others: Library) -> list[tuple[Place, float]]:
    found: list[tuple[Place, float]] = []
    places = iter(others)
    while piece := tuple(islice(places, _PIECE)):
        found += alike(text, {place: others[place].text for place in piece}, most=4 * MOST)
        sleep(0)
    return sorted(found, key=lambda pair: -pair[1])


def mark(debrief: Debrief, number: int, offer: Offer) -> Debrief:
    """The debrief in which a pattern is one that was seen before.

    Raises:
        Refused: the session is sealed, there is no such pattern, or it was decided already.
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
        number=max((each.number for each in debrief.recurring_patterns), default=0) + 1,
        text=offer.known.text,
        seen=(Seen(session=offer.known.place[0], pattern=offer.known.place[1]), here),
    )
    return replace(debrief, recurring_patterns=(*debrief.recurring_patterns, fresh))


def unmark(debrief: Debrief, number: int) -> Debrief:
    """The debrief in which a pattern is none that was seen before; what was seen but once then doesn't recur."""
    gone = Seen(session=debrief.session.id, pattern=number)
    rest = (
        each.but(seen=tuple(seen for seen in each.seen if seen != gone)) if gone in each.seen else each
        for each in debrief.recurring_patterns
    )
    return replace(debrief, recurring_patterns=tuple(each for each in rest if len(each.seen) > 1))


def seen_before(debrief: Debrief, number: int) -> str:
    """Where a pattern of this debrief was seen before, in words; empty where nobody has said that it was."""
    found = recurring(debrief, (debrief.session.id, number))
    if found is None:
        return ""
    titles = {held.session: held.title for held in debrief.past.debriefs}
    before = [visible(titles[seen.session]) for seen in found.seen if seen.session in titles]
    elsewhere = len(found.seen) - 1 - len(before)
    said = f"seen before in {', '.join(before)}" if before else ""
    later = f"seen {elsewhere} more time{'' if elsewhere == 1 else 's'}" if elsewhere else ""
    return "; ".join(part for part in (said, later) if part)
