"""What the rules for typed lines share: what a rule is, how several lines are entered, and how a line begins."""

from collections.abc import Callable, Iterable

from store.debrief import Debrief
from store.model import Felt
from store.refused import Refused
from store.words.names import fold
from store.words.text import lines_of
from store.words.typed_numbers import plain

Rule = Callable[[Debrief, str, float], Debrief]
"""Debrief, one line, `Timekeeper.now()` → the debrief with the line entered."""

_SIGNS = {"+": Felt.STRENGTHENED, "-": Felt.COMPROMISED}


def enter(rule: Rule, debrief: Debrief, text: str, now: float) -> tuple[Debrief, tuple[tuple[str, Refused], ...]]:
    """Enter every line of `text`.

    Returns:
        The debrief with all that could be entered, and each line that was refused, in order, with the reason.
    """
    refused: list[tuple[str, Refused]] = []
    for line in lines_of(text):
        try:
            debrief = rule(debrief, line, now)
        except Refused as why:
            refused.append((line, why))
    return debrief, tuple(refused)


def takes_out(line: str) -> bool:
    """Whether a line begins with a minus, and so takes somebody (or their ballot) out again."""
    return plain(line.lstrip()[:1]) == "-"


def signed(text: str, felt: Felt) -> tuple[Felt, str]:
    """The feeling that a line's sign gives (+ strengthened, − compromised), or `felt` without one, and the text.

    One blank after the sign belongs to it; everything else stays as typed.
    """
    stripped = text.lstrip()
    if felt_so := _SIGNS.get(plain(stripped[:1])):
        return felt_so, stripped[1:].removeprefix(" ")
    return felt, text


def at_whole_name(line: str, names: Iterable[str]) -> tuple[str, str] | None:
    """The one of `names` that stands whole after the @ that begins a line, and what follows; None where there is none.

    A whole name may hold blanks and signs, so it is looked for before any beginning of a name.
    """
    said = line.lstrip()
    for name in sorted(names, key=len, reverse=True) if said.startswith("@") else ():
        head, rest = said[1 : 1 + len(name)], said[1 + len(name) :]
        if head and not rest[:1].strip() and fold(head) == fold(name):
            return name, rest
    return None
