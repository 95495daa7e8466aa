"""Act, reflect, pause: whether the debriefs came in time, whether the room could breathe, who led, what was to come next.

“Act intensely, reflect deeply, pause deliberately” (the essay, “Iteration Over Scale”). The remarks say gently what is out of
balance, and only where the last debriefs bear it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.trends.case import Case
from store.trends.finding import Finding, split
from store.words import numbers

LATEST = 4
"""Debriefs that the remarks look back on."""

IN_A_ROW = 3
"""Debriefs in a row led by one person before a remark says so."""

WORDS = ("act", "reflect", "pause")
"""What can come next."""

_COUNTED = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The rhythm of some debriefs. A pair holds the probes in which something was so and all for which it is known, oldest first.

    Attributes:
        in_time: the debrief began within 24 hours of the action.
        decompressed: the room took time for its feelings.
        led: the latest probes whose facilitators are known, at most `LATEST`, and all of them.
        leaders: how many different people led those latest ones.
        in_a_row: how many of the last debriefs the same person led.
        next: what each debrief said was to come next, as pairs of probe and word.
    """

    in_time: tuple[tuple[str, ...], tuple[str, ...]]
    decompressed: tuple[tuple[str, ...], tuple[str, ...]]
    led: tuple[tuple[str, ...], tuple[str, ...]]
    leaders: int
    in_a_row: int
    next: tuple[tuple[str, str], ...]


def rhythm(cases: Sequence[Case]) -> Rhythm:
    """What the cases show; they come oldest first."""
    led = [case for case in cases if case.facilitators]
    latest = led[-LATEST:]
    again, in_a_row = set(led[-1].facilitators) if led else set(), 0
    for case in reversed(led):
        again &= set(case.facilitators)
        if not again:
            break
        in_a_row += 1
    return Rhythm(
        in_time=(
            tuple(case.probe for case in cases if case.in_time),
            tuple(case.probe for case in cases if case.in_time is not None),
        ),
        decompressed=(
            tuple(case.probe for case in cases if case.decompressed),
            tuple(case.probe for case in cases if case.decompressed is not None),
        ),
        led=(tuple(case.probe for case in latest), tuple(case.probe for case in led)),
        leaders=len({name for case in latest for name in case.facilitators}),
        in_a_row=in_a_row,
        next=tuple((case.probe, case.rhythm) for case in cases if case.rhythm),
    )


def lines(found: Rhythm) -> tuple[Finding, ...]:
    """The counts, a finding each."""
    said = []
    for what, yes, no, page, (those, of) in (
        ("began within 24 hours of the action", "in time", "later", "Probe", found.in_time),
        ("held decompression, and did not skip it", "held", "skipped", "Decompression", found.decompressed),
    ):
        line = f"{len(those)} of {len(of)} {what}" if of else f"not known of any whether it {what}"
        said.append(Finding(line, split(those, of, yes, no), page))
    latest = len(found.led[0])
    people = numbers.counted(found.leaders, "different person")
    line = f"{people} led the last {latest}" if latest > 1 else "who led is known of fewer than two"
    said.append(Finding(line, split(*found.led, f"the last {latest}", "before"), "Who was there"))
    parts = tuple((word, tuple(probe for probe, each in found.next if each == word)) for word in WORDS)
    counted = ", ".join(f"{word} {len(those)}" for word, those in parts)
    line = f"what came next, of {len(found.next)}: {counted}" if found.next else "what came next: nobody said"
    said.append(Finding(line, parts, "Close"))
    return tuple(said)


def remarks(found: Rhythm) -> tuple[Finding, ...]:
    """What is out of balance, gently; nothing where all is well, or where there are too few debriefs to tell."""
    late = "came later than 24 hours after the action: memories cool quickly."
    skipped = "skipped decompression: feelings that stay unsaid come back as strategy."
    said = [
        *_ending(found.next[-LATEST:]),
        *_missed(late, found.in_time, "later", "in time", "Probe"),
        *_missed(skipped, found.decompressed, "skipped", "held", "Decompression"),
    ]
    if found.in_a_row >= IN_A_ROW:
        led = found.led[1][-found.in_a_row :]
        line = f"One person has led the last {found.in_a_row} debriefs: whose turn is it?"
        said.append(Finding(line, (("led by one", led),), "Who was there"))
    return tuple(said)


def _missed(
    what: str, pair: tuple[tuple[str, ...], tuple[str, ...]], yes: str, no: str, page: str
) -> Iterator[Finding]:
    held, of = set(pair[0]), pair[1][-LATEST:]
    missed = tuple(probe for probe in of if probe not in held)
    if len(missed) >= 2:
        yield Finding(f"{len(missed)} of the last {len(of)} debriefs {what}", split(missed, of, yes, no), page)


def _ending(last: tuple[tuple[str, str], ...]) -> Iterator[Finding]:
    """A remark on what the last debriefs said was to come next."""
    words = [word for _, word in last]
    if len(words) < IN_A_ROW:
        return
    several, parts = _COUNTED[len(words)], (("of these", tuple(probe for probe, _ in last)),)
    if set(words) == {"act"}:
        line = f"The last {several} debriefs ended in “act”: nothing was paused. What would it take to stop for once?"
    elif "pause" not in words:
        line = f"None of the last {several} debriefs ended in “pause”: when is there time to rest?"
    elif set(words) == {"pause"}:
        line = f"The last {several} debriefs ended in “pause”: is there something small to try?"
    else:
        return
    yield Finding(line, parts, "Close", dict(last), "what came next")
