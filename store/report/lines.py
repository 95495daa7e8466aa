"""The lines of a report, and the lines in which moments, observations, patterns, amendments and feelings are read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from store.debrief import Debrief
from store.model import Amendment, Moment, Observation, Pattern
from store.words.dates import local
from store.words.names import fold
from store.words.numbers import counted
from store.words.text import visible


class Line(NamedTuple):
    """One paragraph: a screen draws its parts, and as a string it is as `redraw show` prints it. Every control character in it is visible.

    Attributes:
        text: what it says.
        label: what it is about, where several lines are about the same: “issue”, “red lines”.
        lead: what stands before the text, which goes on behind it where it is wrapped: a number with its sign, or blanks.
        head: whether it begins an entry, and the lines behind it belong to it.
    """

    text: str
    label: str = ""
    lead: str = ""
    head: bool = False

    def __str__(self) -> str:
        return f"{self.label}: {self.text}" if self.label else f"{self.lead}{self.text}"


def detail(text: str) -> Line:
    """A line that belongs to the one before."""
    return Line(text, lead="    ")


def in_order(found: Iterable[Observation]) -> list[Observation]:
    """Observations sorted by time."""
    return sorted(found, key=lambda each: (local(each.at), each.number))


def moment_line(moment: Moment) -> Line:
    """A moment with its number and sign."""
    later = " (added later)" if moment.added_later else ""
    return Line(f"{visible(moment.text)}{later}", lead=f"{moment.number:>3} {moment.felt.sign} ")


def observation_head(observation: Observation, sealed: bool = False) -> str:
    """When it was seen, its kind, and who saw it; in a record that is `sealed` by the clock of whoever saw it."""
    at = datetime.fromisoformat(observation.at) if sealed else local(observation.at)
    when = f"{at.day} {at:%B}, {at:%H:%M}"
    return "  ".join(part for part in (when, visible(observation.kind), visible(observation.by or "")) if part)


def evidence(pattern: Pattern) -> str:
    """What a pattern rests on, in words."""
    parts = []
    if pattern.moments:
        several = "" if len(pattern.moments) == 1 else "s"
        parts.append(f"moment{several} {', '.join(map(str, pattern.moments))}")
    if pattern.paper_maps:
        parts.append(counted(pattern.paper_maps, "paper map"))
    return " and ".join(parts)


def amendment_lines(amendment: Amendment) -> Iterator[Line]:
    """An amendment: new, old, why, how decided, reservations."""
    number = f" {amendment.guideline}" if amendment.guideline else ""
    yield Line(f"guideline{number}: {visible(amendment.principle)}", head=True)
    if amendment.replaces is not None:
        yield detail(f"before: {visible(amendment.replaces)}")
    if amendment.because:
        several = "" if len(amendment.because) == 1 else "s"
        yield detail(f"rests on pattern{several} {', '.join(map(str, amendment.because))}")
    yield detail(f"decided by {visible(amendment.decision)}")
    for reservation in amendment.reservations:
        yield detail(f"reservation: {visible(reservation)}")


def feelings(debrief: Debrief) -> Iterator[Line]:
    """The words of decompression, the most frequent first."""
    for word, count in feelings_counted(debrief):
        yield feeling_line(word, count)


def feelings_counted(debrief: Debrief) -> list[tuple[str, int]]:
    """The words as they were typed with how many said each, the most frequent first."""
    return sorted(debrief.session.feelings.items(), key=lambda pair: (-pair[1], fold(pair[0])))


def feeling_line(word: str, count: int) -> Line:
    """A word and how many people said it."""
    return Line(visible(word), lead=f"{count:>3} ")
