"""Working on a draft of the non-negotiables, line by line, and putting it in force.

The first change after a revision was put in force begins a draft that is a copy of it; what was in force stays as it is for
good. A consent is to the wording as it stood: where that changes, everybody is asked anew.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from store.debrief import Debrief
from store.entries.signs import takes_out
from store.model import NonNegotiables, stamp
from store.probe import non_negotiables
from store.refused import Refused
from store.words.names import find, fold
from store.words.text import clipped

_REVISED = re.compile(r"\s*([0-9]{1,3}):(?![0-9]) ?")
_TAKEN_OUT = re.compile(r"\s*[-−–]\s*([0-9]{1,3})\s*")


def next_line(debrief: Debrief, kind: str) -> str | None:
    """The last entry of a kind (`principles`, `asked`, `consents`, `open`) as a line that mends it; None without one."""
    held = _held(debrief, kind)
    if not held:
        return None
    return f"{len(held)}: {held[-1]}" if kind in ("principles", "open") else held[-1]


def _held(debrief: Debrief, kind: str) -> tuple[str, ...]:
    at_work = _at_work(debrief.non_negotiables)
    return getattr(at_work, kind) if at_work else ()


def _at_work(revisions: Sequence[NonNegotiables]) -> NonNegotiables | None:
    return non_negotiables.draft(revisions) or non_negotiables.in_force(revisions)


def _changed(debrief: Debrief, now: float, **changes: tuple[str, ...]) -> Debrief:
    """The debrief with a draft in which something is changed; a draft that says what is in force is none."""
    revisions = debrief.non_negotiables
    drafted, force = non_negotiables.draft(revisions), non_negotiables.in_force(revisions)
    if drafted is None:
        number = max((each.number for each in revisions), default=0) + 1
        fields = ("principles", "asked", "consents", "open")
        copied = {name: getattr(force, name) for name in fields} if force else {}
        drafted = NonNegotiables(number=number, at=stamp(now), **copied)
    changed = drafted.but(**changes)
    if changed.principles != drafted.principles:
        changed = changed.but(consents=())
    others = tuple(each for each in revisions if each.number != changed.number)
    same = force is not None and _said(force) == _said(changed)
    return replace(debrief, non_negotiables=others if same else tuple(sorted((*others, changed), key=_number)))


def _number(revision: NonNegotiables) -> int:
    return revision.number


def _said(revision: NonNegotiables) -> tuple[tuple[str, ...], ...]:
    return revision.principles, revision.asked, revision.consents, revision.open


def _listed(held: tuple[str, ...], line: str, what: str) -> tuple[str, ...]:
    """A list of sentences with one added, `3: worded anew` or `-3` taken out."""
    out, revised = _TAKEN_OUT.fullmatch(line), _REVISED.match(line)
    match = out or revised
    if match is None:
        if any(fold(each) == fold(line) for each in held):
            raise Refused(f"That is there already, word for word: type “{len(held)}: …” to put a {what} differently.")
        return (*held, line)
    at = int(match[1]) - 1
    if not 0 <= at < len(held):
        there = f"they go from 1 to {len(held)}" if held else "there is none yet"
        raise Refused(f"There is no {what} {at + 1}: {there}.")
    text = "" if out else line[match.end() :]
    if revised and not text.strip():
        raise Refused(f"Write the new wording after “{at + 1}:”; “-{at + 1}” takes it out.")
    return (*held[:at], *((text,) if revised else ()), *held[at + 1 :])


def word(debrief: Debrief, line: str, now: float) -> Debrief:
    """A line adds a principle; `3: new wording` revises the third, `-3` takes it out. Texts are kept as typed.

    Raises:
        Refused: there is no such principle, its wording is missing, or it is there already.
    """
    return _changed(debrief, now, principles=_listed(_held(debrief, "principles"), line, "principle"))


def leave_open(debrief: Debrief, line: str, now: float) -> Debrief:
    """A line is kept as still open, verbatim; `2: …` says the second otherwise, and `-2` takes it away when it is settled."""
    return _changed(debrief, now, open=_listed(_held(debrief, "open"), line, "open thing"))


def _names(line: str) -> tuple[str, ...]:
    found = tuple(name.strip() for name in re.split(r"[,;\t]", line) if name.strip())
    if not found:
        raise Refused("Type a name, or several with commas between them.")
    return found


def ask(debrief: Debrief, line: str, now: float) -> Debrief:
    """Names, by commas, semicolons or tabs, of those who are asked; `-name` takes somebody out with their consent."""
    asked = _held(debrief, "asked")
    if takes_out(line):
        gone = _find(line.lstrip()[1:], asked)
        consents = tuple(each for each in _held(debrief, "consents") if fold(each) != fold(gone))
        return _changed(debrief, now, asked=tuple(each for each in asked if each != gone), consents=consents)
    known = {fold(name): name for name in asked}
    names = _names(line)
    if all(fold(name) in known for name in names):
        raise Refused(f"{clipped(known[fold(names[0])], 40)} is asked already.", "consent")
    for name in names:
        known.setdefault(fold(name), name)
    return _changed(debrief, now, asked=tuple(known.values()))


def consent(debrief: Debrief, line: str, now: float) -> Debrief:
    """Names of those asked who consent, each by its beginning; `-name` takes a consent back.

    Raises:
        Refused: nobody who is asked is called so, several are, or they consent already.
    """
    asked, consents = _held(debrief, "asked"), _held(debrief, "consents")
    if not asked:
        raise Refused("Nobody is asked yet.", "ask somebody")
    if not _held(debrief, "principles"):
        raise Refused("There is nothing to consent to yet.", "write a principle")
    if takes_out(line):
        gone = _find(line.lstrip()[1:], consents)
        return _changed(debrief, now, consents=tuple(each for each in consents if each != gone))
    for typed in _names(line):
        name = _find(typed, asked)
        if fold(name) in map(fold, consents):
            short = clipped(name, 40)
            raise Refused(f"{short} consents already: “-{short}” takes that back.")
        consents = (*consents, name)
    return _changed(debrief, now, consents=consents)


def _find(typed: str, names: Sequence[str]) -> str:
    return find(typed, names, "a name among those asked")


def rename(debrief: Debrief, line: str, now: float) -> Debrief:
    """The last of those asked by another name; a consent that they gave stays theirs."""
    asked = _held(debrief, "asked")
    if not asked or takes_out(line):
        return ask(debrief, line, now)
    old, (new, *more) = asked[-1], _names(line)
    if any(fold(new) == fold(each) for each in asked[:-1]):
        raise Refused(f"{clipped(new, 40)} is asked already: “-{clipped(old, 40)}” takes the last one out.")
    consents = tuple(new if fold(each) == fold(old) else each for each in _held(debrief, "consents"))
    renamed = _changed(debrief, now, asked=(*asked[:-1], new), consents=consents)
    return ask(renamed, ", ".join(more), now) if more else renamed


def instead(debrief: Debrief, line: str, now: float) -> Debrief:
    """Another consent in the place of the last one."""
    consents = _held(debrief, "consents")
    if not consents or takes_out(line):
        return consent(debrief, line, now)
    return consent(_changed(debrief, now, consents=consents[:-1]), line, now)


def wanting(drafted: NonNegotiables, names: bool = True) -> str:
    """What is wanting before all agree, for the sentence before it is put in force all the same; empty where nothing is.

    Args:
        drafted: the draft.
        names: whether those who have not consented are named; on a wall nobody is.
    """
    said = []
    silent = non_negotiables.silent(drafted)
    if not drafted.asked:
        said.append("nobody was asked")
    elif silent:
        n = len(silent)
        listed = ", ".join(clipped(name, 30) for name in silent[:6]) + (" …" if n > 6 else "")
        who = f" ({listed})" if names else ""
        said.append(f"{n} of {len(drafted.asked)} {'has' if n == 1 else 'have'} not consented{who}")
    if n := len(drafted.open):
        said.append(f"{n} thing{' is' if n == 1 else 's are'} open")
    return " and ".join(said)


def adopt(debrief: Debrief, now: float) -> Debrief:
    """Put the draft in force from now, with what was said for it and what was not.

    It gets a new number where one came in from elsewhere meanwhile: the newest that was adopted is in force.

    Raises:
        Refused: there is no draft, or nothing is written in it.
    """
    revisions = debrief.non_negotiables
    drafted, force = non_negotiables.draft(revisions), non_negotiables.in_force(revisions)
    if drafted is None:
        raise Refused(
            f"Revision {force.number} is in force already: the next change begins a draft."
            if force
            else "Nothing is written yet: enter a principle first."
        )
    if not drafted.principles:
        raise Refused("The draft says nothing yet: enter a principle first.")
    others = tuple(each for each in revisions if each.number != drafted.number)
    number = max((drafted.number, *(each.number + 1 for each in others)))
    return replace(debrief, non_negotiables=(*others, drafted.but(number=number, adopted=stamp(now))))
