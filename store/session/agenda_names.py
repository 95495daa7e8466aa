"""Which phase a text names, by its title, its short title or the beginning of either."""

import re
from typing import NamedTuple

from store.debrief import Debrief
from store.phases import NAMES, Phase, plan
from store.refused import Refused
from store.words import hours
from store.words.typed_numbers import plain

_ENDS = re.compile(r"(?:ends?|until|till)\b", re.IGNORECASE)


class Examples(NamedTuple):
    """Phases to show in examples of what can be typed: to time, to ask, to have a break after, to skip, and to skip first."""

    timed: str
    asked: str
    before: str
    skipped: str
    first: str


def examples(debrief: Debrief) -> Examples:
    """Examples for the kind of session."""
    if debrief.session.phase in NAMES:
        return Examples("small groups", "mapping", "reposition", "decompression", "sovereignty")
    return Examples("placing", "positions", "positions", "placing", "placing")


def phase_in(debrief: Debrief, line: str) -> tuple[Phase, str]:
    """The phase with whose name, or its beginning, a line begins, and what follows it.

    Raises:
        Refused: none is meant, or more than one.
    """
    line = line.strip()
    line = line[4:].lstrip() if line[:4].casefold() == "the " else line
    phases, said = plan(debrief.session.phase), plain(line)
    called = [(name, each) for each in phases for name in _names(each)]
    for name, each in sorted(called, key=lambda pair: -len(pair[0])):
        if re.match(rf"{re.escape(name)}(?!-?[^\W\d])", said, re.IGNORECASE):
            return each, _behind_title(each, line[len(name) :])
    word = re.match(r"[^\W\d_]+", said)
    begun = {each for name, each in called if word and name.startswith(word[0].casefold())}
    if word and len(begun) == 1:
        found = begun.pop()
        return found, _behind_title(found, line[word.end() :])
    if begun and word:
        known = ", ".join(each.title.casefold() for each in phases if each in begun)
        raise Refused(f"“{word[0][:20]}” could be {known}: type more of it.")
    raise no_phase(debrief, said)


def _behind_title(phase: Phase, rest: str) -> str:
    """What is left where the second word of a title is typed or begun too: “sil map 15”."""
    word = re.match(r"[\s-]+([^\W\d_]{2,})(?!\w)", rest)
    second = phase.title.casefold().split()[1:]
    return rest[word.end() :] if word and second and second[0].startswith(word[1].casefold()) else rest


def no_phase(debrief: Debrief, said: str) -> Refused:
    """Why a line that begins with no phase can't be read, and what to type."""
    such = examples(debrief)
    if hours.leading(said):
        return Refused.openly(f"Times of day follow from the minutes: “{such.timed} 25”, or “start 14:00”.")
    if _ENDS.match(said):
        return Refused.openly(f"The end follows from the minutes: change those, as in “{such.timed} 25”.")
    if meant := _nearly(debrief, said):
        return Refused.openly(f"That names no phase: type “{meant.title.casefold()}” if you mean that one.")
    how = f"“{such.timed} 25”, “break 15 after {such.before}” or “skip {such.skipped}”"
    return Refused.openly(f"That names no phase: type it as in {how}.")


def _nearly(debrief: Debrief, said: str) -> Phase | None:
    """The phase whose name a line nearly begins with, for a refusal to name: nothing is guessed."""
    from difflib import get_close_matches  # only after a slip

    words = re.findall(r"[^\W\d_]+", said[:60].casefold())[:2]
    called = {name: each for each in plan(debrief.session.phase) for name in _names(each)}
    for typed in (" ".join(words), *words[:1]):
        if found := get_close_matches(typed, called, n=1, cutoff=0.75):
            return called[found[0]]
    return None


def _names(phase: Phase) -> set[str]:
    title = phase.title.casefold()
    return {title, phase.short.casefold(), *title.split()}
