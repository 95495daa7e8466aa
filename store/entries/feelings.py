"""Feelings: a word at a time, counted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.debrief import Debrief
from store.entries.line import takes_out
from store.refused import Refused
from store.session.flow import live
from store.words.names import fold
from store.words.text import clipped
from store.words.typed_numbers import plain

_BETWEEN = re.compile("[,;،、，；]")  # the commas and semicolons of several scripts
_FRACTION = re.compile(r"[0-9]\s*[.,]\s*[0-9]+\s*(?:[,;]|\Z)")
"""Decimal places where a count would end."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """A word or a few, and how many people said it."""

    word: str
    count: int = 1


def read_feelings(line: str) -> tuple[Feeling, ...]:
    """`tired`, `let down 7`, or `tired 7, proud`: a number after the words counts the people who said them."""
    return tuple(_counted(part) for part in _BETWEEN.split(line) if part.strip())


def _counted(said: str) -> Feeling:
    *words, last = said.rsplit(maxsplit=1)
    counted = bool(words) and re.fullmatch(r"\d{1,3}", last) is not None
    return Feeling(words[0].strip(), int(last)) if counted else Feeling(said.strip())


def _kept(feelings: Mapping[str, int], word: str) -> str | None:
    """A word as it was first typed; None where nobody has said it."""
    return next((each for each in feelings if fold(each) == fold(word)), None)


def add_feelings(debrief: Debrief, said: Sequence[Feeling], now: float) -> Debrief:
    """Count some words with those that were said before; a word is kept as it was first typed.

    Raises:
        Refused: there is no word, or one that nobody said.
    """
    live(debrief)
    if not said or not all(each.word.strip() for each in said):
        raise Refused.openly("Type a word.", "count a feeling")
    if any(each.count < 1 for each in said):
        raise Refused.openly("Nobody said it: leave the word out, or say how many people did.")
    feelings = dict(debrief.session.feelings)
    for each in said:
        word = _kept(feelings, each.word) or each.word
        feelings[word] = feelings.get(word, 0) + each.count
    return debrief.with_session(feelings=feelings)


def take_back_feelings(debrief: Debrief, said: Sequence[Feeling]) -> Debrief:
    """The debrief without some words that were entered.

    Raises:
        Refused: one of them was never said.
    """
    live(debrief)
    feelings = dict(debrief.session.feelings)
    for each in said:
        word = _kept(feelings, each.word)
        if word is None:
            raise Refused.openly("There is nothing to take back.")
        left = feelings.pop(word) - each.count
        if left > 0:
            feelings[word] = left
    return debrief.with_session(feelings=feelings)


def feeling_rule(debrief: Debrief, line: str, now: float) -> Debrief:
    """The rule for lines of feelings: see `read_feelings`, or `-tired 2`, which takes two of them out again.

    Raises:
        Refused: a count has decimal places; see also `add_feelings` and `take_back_feelings`.
    """
    if _FRACTION.search(plain(line)):
        raise Refused.openly("People are counted in whole numbers.", "count a feeling")
    if takes_out(line):
        said = read_feelings(line.lstrip()[1:])
        if never := next((each for each in said if _kept(debrief.session.feelings, each.word) is None), None):
            raise Refused(f"Nobody has said “{clipped(never.word, 40)}”.")
        return take_back_feelings(debrief, said)
    return add_feelings(debrief, read_feelings(line), now)


def take_back_feeling_line(debrief: Debrief, line: str) -> Debrief:
    """The debrief without the words, and their numbers, that were entered as `line`."""
    said = read_feelings(line)
    if not said or (len(said) > 1 and _kept(debrief.session.feelings, line)):  # an imported word may hold a comma
        said = (Feeling(line),)
    return take_back_feelings(debrief, said)
