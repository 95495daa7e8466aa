"""Act, reflect, pause: whether the debriefs came in time, whether the room could breathe, who led, what was to come next.

“Act intensely, reflect deeply, pause deliberately” (the essay, “Iteration Over Scale”). What is out of balance is said gently,
and only where the last debriefs bear it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.across.cases import Case

LATEST = 4
"""Debriefs that the remarks look back on."""

IN_A_ROW = 3
"""Debriefs led by one person, from which on that is said."""

_COUNTED = {2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Attributes are pairs of the probes in which something was so and all of which it is known, oldest first.

    Attributes:
        in_time: the debrief began within 24 hours of the action.
        decompressed: the room took time for its feelings.
        led: probes whose facilitators are known, and of those the latest, at most `LATEST`.
        leaders: how many different people led these latest ones.
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
    """What the cases show; they are in the order of time."""
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


def lines(found: Rhythm) -> tuple[str, ...]:
    """The counts, a line each."""
    said = []
    for what, (those, of) in (
        ("began within 24 hours of the action", found.in_time),
        ("held decompression, and did not skip it", found.decompressed),
    ):
        said.append(f"{len(those)} of {len(of)} {what}" if of else f"not known of any whether it {what}")
    latest = len(found.led[0])
    people = f"{found.leaders} different {'person' if found.leaders == 1 else 'people'}"
    said.append(f"{people} led the last {latest}" if latest > 1 else "who led is known of fewer than two")
    words = [word for _, word in found.next]
    counted = ", ".join(f"{word} {words.count(word)}" for word in ("act", "reflect", "pause"))
    said.append(f"what came next, of {len(words)}: {counted}" if words else "what came next: nobody said")
    return tuple(said)


def remarks(found: Rhythm) -> tuple[str, ...]:
    """What is out of balance, gently; nothing where it isn't, or where there are too few to say."""
    said = []
    last = [word for _, word in found.next[-LATEST:]]
    if len(last) >= IN_A_ROW and "pause" not in last:
        several = _COUNTED[len(last)]
        if set(last) == {"act"}:
            said.append(
                f"The last {several} debriefs ended in “act”: nothing was paused. What would it take to stop for once?"
            )
        else:
            said.append(f"None of the last {several} debriefs ended in “pause”: when is there time to rest?")
    elif len(last) >= IN_A_ROW and set(last) == {"pause"}:
        said.append(f"The last {_COUNTED[len(last)]} debriefs ended in “pause”: is there something small to try?")
    said += _skipped(found.in_time, "came later than 24 hours after the action: memories cool quickly.")
    said += _skipped(found.decompressed, "skipped decompression: feelings that stay unsaid come back as strategy.")
    if found.in_a_row >= IN_A_ROW:
        said.append(f"One person has led the last {found.in_a_row} debriefs: whose turn is it?")
    return tuple(said)


def _skipped(pair: tuple[tuple[str, ...], tuple[str, ...]], what: str) -> list[str]:
    """A remark where two or more of the latest went without."""
    those, of = set(pair[0]), pair[1][-LATEST:]
    missed = sum(probe not in those for probe in of)
    return [f"{missed} of the last {len(of)} debriefs {what}"] if missed >= 2 else []
