"""The patterns that were seen more than once: what was amended because of them, and whether they still recur."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.archive.archive import Archive
from store.debrief import EarlierDebrief
from store.model import RecurringPattern
from store.session.recurring import PatternKey
from store.words import numbers
from store.words.dates import date_of, day


@dataclass(frozen=True, slots=True)
class Against:
    """An amendment that rests on a recurring pattern: its guideline, and the debrief that decided it."""

    guideline: int
    principle: str
    held: EarlierDebrief


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A recurring pattern with what became of it.

    Attributes:
        pattern: its name and where it was seen.
        seen: the debriefs in which it was, oldest first.
        against: the amendments that rest on it, oldest first.
        again, since: in how many debriefs after the last of those it was seen, and of how many.
    """

    pattern: RecurringPattern
    seen: tuple[EarlierDebrief, ...]
    against: tuple[Against, ...]
    again: int = 0
    since: int = 0

    def verdict(self) -> str:
        """Whether it still recurs, in words."""
        if not self.against:
            return "no amendment rests on it yet"
        last = self.against[-1]
        after = f"guideline {last.guideline} of {day(date_of(last.held.at))}"
        if not self.since:
            return f"no debrief since {after}"
        debriefs = numbers.counted(self.since, "debrief")
        if self.again:
            return f"still recurs: seen in {self.again} of {debriefs} since {after}"
        return f"not seen again in the {debriefs} since {after}"


def recurrences(archive: Archive) -> tuple[Recurrence, ...]:
    """Each recurring pattern and what became of it, those seen most often first. The amendments are read once."""
    with archive.intact("recurring-patterns"):
        found, debriefs = archive.group_records(RecurringPattern), archive.past().debriefs
        order = {held.session: at for at, held in enumerate(debriefs)}
        resting = _resting(archive, found, order, debriefs)
        each_of_them = (_recurrence(each, order, debriefs, resting) for each in found)
        return tuple(sorted(each_of_them, key=lambda each: -len(each.pattern.seen)))


def _resting(
    archive: Archive, found: Sequence[RecurringPattern], order: Mapping[str, int], debriefs: Sequence[EarlierDebrief]
) -> Mapping[PatternKey, Sequence[Against]]:
    """The amendments that rest on a pattern, by the pattern's place."""
    sessions = {seen.session for each in found for seen in each.seen} & order.keys()
    resting: dict[PatternKey, list[Against]] = {}
    for row in archive.each("amendments") if sessions else ():
        if row["session"] in sessions:
            for number in row.get("because", ()):
                against = Against(row["guideline"], row["principle"], debriefs[order[row["session"]]])
                resting.setdefault((row["session"], number), []).append(against)
    return resting


def _recurrence(
    pattern: RecurringPattern,
    order: Mapping[str, int],
    debriefs: Sequence[EarlierDebrief],
    resting: Mapping[PatternKey, Sequence[Against]],
) -> Recurrence:
    at = sorted({order[seen.session] for seen in pattern.seen if seen.session in order})
    resting_on_it = (each for seen in pattern.seen for each in resting.get((seen.session, seen.pattern), ()))
    against = {(each.held.session, each.guideline, each.principle): each for each in resting_on_it}
    ordered = sorted(against.values(), key=lambda each: order[each.held.session])
    last = order[ordered[-1].held.session] if ordered else len(debriefs) - 1
    return Recurrence(
        pattern,
        tuple(debriefs[place] for place in at),
        tuple(ordered),
        again=sum(place > last for place in at),
        since=len(debriefs) - 1 - last,
    )
