"""Feelings: a word at a time, counted."""

import re

from store.debrief import Debrief
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold

_BETWEEN = re.compile("[,;،、，；]")  # the commas and semicolons of several scripts

Said = tuple[tuple[str, int], ...]
"""Words, each with how many people said it."""


def _said(line: str) -> Said:
    return tuple(_counted(part) for part in _BETWEEN.split(line) if part.strip())


def _counted(said: str) -> tuple[str, int]:
    *words, last = said.rsplit(maxsplit=1)
    counted = bool(words) and re.fullmatch(r"[0-9]{1,3}", last) is not None
    return (words[0].strip(), int(last)) if counted else (said.strip(), 1)


def _kept(debrief: Debrief, word: str) -> str | None:
    """A word as it was first typed; None where nobody has said it."""
    return next((each for each in debrief.session.feelings if fold(each) == fold(word)), None)


def add_feeling(debrief: Debrief, line: str, now: float) -> Debrief:
    """A word or a few, and how many people said it where more than one did: `tired`, `let down 7`, or `tired 7, proud`."""
    live(debrief)
    said = _said(line)
    if not said:
        raise Refused("Type a word, with a number after it if several people said it: “tired 3”.")
    if not all(count for _, count in said):
        raise Refused("Nobody said it: leave the word out, or type how many did, as in “tired 3”.")
    for word, count in said:
        there = _kept(debrief, word) or word
        feelings = debrief.session.feelings
        debrief = debrief.with_session(feelings={**feelings, there: feelings.get(there, 0) + count})
    return debrief


def take_back_feeling(debrief: Debrief, line: str) -> Debrief:
    """The debrief without the words (and their numbers) that were entered as `line`."""
    live(debrief)
    said = _said(line)
    if len(said) > 1 and _kept(debrief, line):  # a record from elsewhere may hold a comma
        said = ((line, 1),)
    for word, count in said or ((line, 1),):
        there = _kept(debrief, word)
        if there is None:
            raise Refused("There is nothing to take back.")
        left = debrief.session.feelings[there] - count
        others = {each: n for each, n in debrief.session.feelings.items() if each != there}
        debrief = debrief.with_session(feelings={**others, there: left} if left > 0 else others)
    return debrief
