"""A debrief in short: the close reads it out, and the review begins with it. Nothing in it is raw."""

from collections.abc import Iterator

from store.debrief import Debrief
from store.matrix import figures, in_words
from store.model import MEASURES
from store.report.lines import Line, detail
from store.session import impulses, organisers, red_lines, verdicts
from store.words import numbers
from store.words.text import visible

NOTHING_NEW = "No guideline was added or revised."


def changes(debrief: Debrief) -> tuple[str, ...]:
    """The change in each measure of sovereignty that was taken: “skills +1”."""
    measured = debrief.session.sovereignty
    return tuple(f"{name} {numbers.signed(measured[name].change)}" for name in MEASURES if name in measured)


def present(debrief: Debrief) -> str:
    """How many were in the room, and what they left: “14 people, 18 moments, 6 patterns”."""
    people, moments, patterns = map(len, (debrief.participants, debrief.moments, debrief.patterns))
    here = numbers.counted(people, "person")
    return f"{here}, {numbers.counted(moments, 'moment')}, {numbers.counted(patterns, 'pattern')}"


def in_short(debrief: Debrief) -> Iterator[Line]:
    """One page to take home, part by part."""
    new = organisers.told(debrief)
    for head, lines in (
        ("What was learned", _landed(debrief)),
        ("Red lines", _red_lines(debrief)),
        ("What we do differently", _differently(debrief)),
        ("What the last guidelines did", (f"{each.name} worked: {each.worked}" for each in verdicts.said(debrief))),
        ("Sovereignty", (", ".join(changes(debrief)), new and f"new organisers: {new}")),
        ("What had pulled us", impulses.lines(debrief)),
        ("In the room", (present(debrief),)),
    ):
        told = [line for line in lines if line]
        if told:
            yield Line(head, head=True)
            yield from map(detail, told)


def _landed(debrief: Debrief) -> Iterator[str]:
    rounds = figures.rounds(debrief)
    for found in rounds:
        yield in_words.headline(found, len(rounds) > 1)
        yield from (visible(line) for line in in_words.remarks(found))


def _red_lines(debrief: Debrief) -> Iterator[str]:
    if debrief.session.red_lines:
        yield red_lines.in_words(debrief)
        for each in red_lines.read_out(debrief):
            if each.state in ("strained", "crossed"):
                yield f"{each.state}: {visible(each.text)}"


def _differently(debrief: Debrief) -> Iterator[str]:
    for amendment in debrief.amendments:
        number = f"{amendment.guideline}. " if amendment.guideline else ""
        yield f"{number}{visible(amendment.principle)}"
    if not debrief.amendments:
        yield f"{NOTHING_NEW} {visible(debrief.session.no_amendment)}".strip()
