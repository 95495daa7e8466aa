"""Feelings: a word at a time, counted."""

import re

from store.debrief import Debrief
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold


def add_feeling(debrief: Debrief, line: str, now: float) -> Debrief:
    """A word or a few, and how many people said it where more than one did: `tired` or `tired 7`."""
    live(debrief)
    *words, last = line.rsplit(maxsplit=1) or [""]
    counted = bool(words) and re.fullmatch(r"[0-9]{1,3}", last) is not None
    word, count = (words[0].strip(), int(last)) if counted else (line.strip(), 1)
    if not word:
        raise Refused("Type a word, with a number after it if several people said it: “tired 3”.")
    if not count:
        raise Refused("Nobody said it: leave the word out, or type how many did, as in “tired 3”.")
    there = next((each for each in debrief.session.feelings if fold(each) == fold(word)), word)
    feelings = {**debrief.session.feelings, there: debrief.session.feelings.get(there, 0) + count}
    return debrief.with_session(feelings=feelings)


def take_back_feeling(debrief: Debrief, line: str) -> Debrief:
    """The debrief without a word (and its number) that was entered as `line`."""
    live(debrief)
    *words, count = line.rsplit(maxsplit=1) or [""]
    word, times = (words[0], int(count)) if words and re.fullmatch(r"[0-9]{1,3}", count) else (line.strip(), 1)
    there = next((each for each in debrief.session.feelings if fold(each) == fold(word)), None)
    if there is None:
        raise Refused("There is nothing to take back.")
    left = debrief.session.feelings[there] - times
    others = {each: n for each, n in debrief.session.feelings.items() if each != there}
    return debrief.with_session(feelings={**others, there: left} if left > 0 else others)
