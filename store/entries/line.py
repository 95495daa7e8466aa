"""What the rules for typed lines share: what a rule is, how several lines are entered, and how a line begins."""

import re
from collections.abc import Callable, Iterable, Iterator

from store.debrief import Debrief
from store.model import Felt
from store.refused import Refused
from store.validation.records import refusing
from store.words.names import fold
from store.words.text import lines_of, too_long
from store.words.typed_numbers import plain

Rule = Callable[[Debrief, str, float], Debrief]
"""Debrief, one line, `Timekeeper.now()` → the debrief with the line entered."""

_AT = "@＠"
_STOPS = ",;:.>›，；："
"""What may follow a name without belonging to it."""

_SIGNS = {"+": Felt.STRENGTHENED, "-": Felt.COMPROMISED}


def enter(rule: Rule, debrief: Debrief, text: str, now: float) -> tuple[Debrief, tuple[tuple[str, Refused], ...]]:
    """Enter every line of `text`.

    Returns:
        The debrief with all that could be entered, and each line that was refused, in order, with the reason.
    """
    refused: list[tuple[str, Refused]] = []
    for line in lines_of(text):
        try:
            if why := too_long(line):
                raise Refused(why)
            with refusing():
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

    A whole name may hold blanks and signs, so it is looked for before any beginning of a name. A comma or colon may follow it.
    """
    said = line.lstrip()
    known = {fold(name): name for name in names} if said[:1] in _AT and said[1:].strip() else {}
    longest = 2 * max(map(len, known.values()), default=0)
    for end in reversed([found.start() for found in re.finditer(r"\s|\Z", said[1 : longest + 2])]):
        head = said[1 : end + 1]
        for typed in (head, head.rstrip(_STOPS)):
            if fold(typed) in known and typed.strip() and typed == typed.rstrip():
                return known[fold(typed)], said[end + 1 :]
    return None


def at_beginnings(line: str, sign: str) -> Iterator[tuple[str, str]]:
    """What may be the beginning of a name after the @ that begins a line, as typed, and what follows.

    First what stands before a sign, which is given as a pattern, then the first word. An @ by itself stands for nobody.
    """
    for form in (rf"(.{{1,80}}?)(?=\s+{sign})", r"(\S{0,80})(?=\s|\Z)"):
        if found := re.match(rf"\s*[{_AT}]{form}", plain(line)):
            yield line[found.start(1) : found.end(1)].rstrip(_STOPS), line[found.end() :]


def names_somebody(texts: Iterable[str], names: Iterable[str]) -> bool:
    """Whether one of the texts begins with one of `names`, or with its first word."""
    words = {tuple(fold(name).split()) for name in names}
    words |= {each[:1] for each in words}
    heads = [tuple(fold(word.strip(_STOPS)) for word in text.split(maxsplit=8)[:8]) for text in texts]
    return any(head[: len(each)] == each for head in heads for each in words - {()})
