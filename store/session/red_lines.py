"""The red lines in the debrief: each is read out, and the room says whether it was held, strained or crossed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from store.debrief import Debrief
from store.model import HELD, RedLine, RedLineState
from store.refused import Refused
from store.session.flow import live

SIGNS: Mapping[RedLineState | None, str] = {"held": "✓", "strained": "~", "crossed": "✗", None: "·"}
"""The sign for each state, and for a line that is not marked."""


@dataclass(frozen=True, slots=True)
class JudgedRedLine:
    """A red line of the pact with what the room says of it, None until it has said.

    One that is `gone` was marked, but is no longer in the pact.
    """

    text: str
    state: RedLineState | None
    gone: bool = False


def read_out(debrief: Debrief) -> tuple[JudgedRedLine, ...]:
    """The red lines in the order of the pact, then any that were marked and are no longer in it."""
    marks = {line.text: line.state for line in debrief.session.red_lines}
    agreed = tuple(dict.fromkeys(debrief.probe.pact.red_lines))
    gone = tuple(JudgedRedLine(text, state, gone=True) for text, state in marks.items() if text not in agreed)
    return (*(JudgedRedLine(text, marks.get(text)) for text in agreed), *gone)


def unmarked(debrief: Debrief) -> int:
    """How many red lines are not marked yet."""
    return sum(line.state is None for line in read_out(debrief))


def mark(debrief: Debrief, text: str, state: RedLineState | None) -> Debrief:
    """Record what the room says became of a red line; None takes the mark off.

    Raises:
        Refused: the session is sealed, or there is no such red line.
    """
    live(debrief)
    lines = read_out(debrief)
    if text not in (line.text for line in lines):
        raise Refused("That red line is no longer in the pact: choose another.")
    said = ((line.text, state if line.text == text else line.state) for line in lines)
    return debrief.with_session(red_lines=tuple(RedLine(text=t, state=s) for t, s in said if s))


def in_words(debrief: Debrief) -> str:
    """How many were held, strained and crossed: “Of 5 red lines 3 held, 1 strained, none crossed; 1 not marked.”"""
    lines = read_out(debrief)
    if not lines:
        return "The pact has no red lines."
    n: Counter[str | None] = Counter(line.state for line in lines)
    several = "the one red line" if len(lines) == 1 else f"{len(lines)} red lines"
    if n[None] == len(lines):
        return "The red line is not marked yet." if len(lines) == 1 else f"{len(lines)} red lines, none marked yet."
    counted = ", ".join(f"{n[state] or 'none'} {state}" for state in HELD)
    return f"Of {several} {counted}{f'; {n[None]} not marked' if n[None] else ''}."
