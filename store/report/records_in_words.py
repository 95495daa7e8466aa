"""What people wrote, in the words in which it is read: moments, observations, patterns, amendments, feelings."""

from collections.abc import Iterable, Iterator

from store.debrief import Debrief
from store.model import Amendment, Moment, Observation, Pattern
from store.report.line import Line, detail
from store.words.dates import local
from store.words.names import fold
from store.words.text import visible


def in_order(found: Iterable[Observation]) -> list[Observation]:
    """Observations sorted by time."""
    return sorted(found, key=lambda each: (local(each.at), each.number))


def moment_line(moment: Moment) -> Line:
    """A moment with its number and sign."""
    later = " (added later)" if moment.added_later else ""
    return Line(f"{visible(moment.text)}{later}", lead=f"{moment.number:>3} {moment.felt.sign} ")


def observation_head(observation: Observation, with_day: bool = True) -> str:
    """When it was seen, its kind, and who saw it."""
    at = local(observation.at)
    when = f"{at:%H:%M}" if not with_day else f"{at.day} {at:%B}, {at:%H:%M}"
    return "  ".join(part for part in (when, visible(observation.kind), visible(observation.by or "")) if part)


def evidence(pattern: Pattern) -> str:
    """What a pattern rests on, in words."""
    parts = []
    if pattern.moments:
        parts.append(("moment " if len(pattern.moments) == 1 else "moments ") + ", ".join(map(str, pattern.moments)))
    if pattern.paper_maps:
        parts.append(f"{pattern.paper_maps} paper map{'' if pattern.paper_maps == 1 else 's'}")
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
    for word, count in sorted(debrief.session.feelings.items(), key=lambda pair: (-pair[1], fold(pair[0]))):
        yield Line(visible(word), lead=f"{count:>3} ")
