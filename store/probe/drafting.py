"""Editing a draft of the non-negotiables line by line, and adopting it.

The first change after an adoption starts a draft as a copy of the adopted revision, which never changes again. People consent to
a wording: if the principles change, all consents are cleared.
"""

import re
from dataclasses import replace

from store.debrief import Debrief
from store.entries.line import takes_out
from store.model import NonNegotiables, stamp
from store.probe import non_negotiables
from store.refused import Refused
from store.words.names import find, fold
from store.words.text import clipped

_LISTS = ("principles", "asked", "consents", "open")
_AMONG = "a name among those asked"
_REVISED = re.compile(r"\s*([0-9]{1,3}):(?![0-9]) ?")
_TAKEN_OUT = re.compile(r"\s*[-−–]\s*([0-9]{1,3})\s*")


def last_line(debrief: Debrief, kind: str) -> str | None:
    """The line that edits the last entry of a kind (`principles`, `asked`, `consents`, `open`); None if there is no entry."""
    held = _held(debrief, kind)
    if not held:
        return None
    return f"{len(held)}: {held[-1]}" if kind in ("principles", "open") else held[-1]


def _held(debrief: Debrief, kind: str) -> tuple[str, ...]:
    revisions = debrief.non_negotiables
    newest = non_negotiables.draft(revisions) or non_negotiables.in_force(revisions)
    return getattr(newest, kind) if newest else ()


def _changed(debrief: Debrief, now: float, **changes: tuple[str, ...]) -> Debrief:
    """Change the draft. A draft that says the same as the revision in force is dropped."""
    revisions = debrief.non_negotiables
    drafted, force = non_negotiables.draft(revisions), non_negotiables.in_force(revisions)
    if drafted is None:
        number = max((each.number for each in revisions), default=0) + 1
        copied = {name: getattr(force, name) for name in _LISTS} if force else {}
        drafted = NonNegotiables(number=number, at=stamp(now), **copied)
    changed = drafted.but(**changes)
    if changed.principles != drafted.principles:
        changed = changed.but(consents=())
    others = tuple(each for each in revisions if each.number != changed.number)
    if force is not None and all(getattr(force, name) == getattr(changed, name) for name in _LISTS):
        return replace(debrief, non_negotiables=others)
    return replace(debrief, non_negotiables=tuple(sorted((*others, changed), key=lambda each: each.number)))


def _listed(held: tuple[str, ...], line: str, what: str) -> tuple[str, ...]:
    """Add a sentence to a list, reword one with `3: new wording`, or remove one with `-3`."""
    out, revised = _TAKEN_OUT.fullmatch(line), _REVISED.match(line)
    match = out or revised
    if match is None:
        if any(fold(each) == fold(line) for each in held):
            raise Refused(f"That is already there, word for word: type “{len(held)}: …” to reword a {what}.")
        return (*held, line)
    at = int(match[1]) - 1
    if not 0 <= at < len(held):
        there = f"they are numbered 1 to {len(held)}" if held else "there is none yet"
        raise Refused(f"There is no {what} {at + 1}: {there}.")
    text = "" if out else line[match.end() :]
    if revised and not text.strip():
        raise Refused(f"Type the new wording after “{at + 1}:”, or “-{at + 1}” to remove it.")
    return (*held[:at], *((text,) if revised else ()), *held[at + 1 :])


def enter_principle(debrief: Debrief, line: str, now: float) -> Debrief:
    """Add a principle, reword the third with `3: new wording`, or remove it with `-3`. Texts are kept as typed.

    Raises:
        Refused: there is no such principle, the new wording is missing, or the principle is already there.
    """
    return _changed(debrief, now, principles=_listed(_held(debrief, "principles"), line, "principle"))


def enter_open_question(debrief: Debrief, line: str, now: float) -> Debrief:
    """Record an open question verbatim, reword the second with `2: …`, or remove it with `-2` when it is settled."""
    return _changed(debrief, now, open=_listed(_held(debrief, "open"), line, "open question"))


def _names(line: str) -> tuple[str, ...]:
    found = tuple(name.strip() for name in re.split(r"[,;\t]", line) if name.strip())
    if not found:
        raise Refused("Type a name, or several separated by commas.")
    return found


def enter_asked(debrief: Debrief, line: str, now: float) -> Debrief:
    """Add people to ask, separated by commas, semicolons or tabs. `-name` removes one together with their consent."""
    asked = _held(debrief, "asked")
    if takes_out(line):
        gone = find(line.lstrip()[1:], asked, _AMONG)
        consents = tuple(each for each in _held(debrief, "consents") if fold(each) != fold(gone))
        return _changed(debrief, now, asked=tuple(each for each in asked if each != gone), consents=consents)
    known = {fold(name): name for name in asked}
    names = _names(line)
    if all(fold(name) in known for name in names):
        raise Refused(f"{clipped(known[fold(names[0])], 40)} has already been asked.", "consent")
    for name in names:
        known.setdefault(fold(name), name)
    return _changed(debrief, now, asked=tuple(known.values()))


def enter_consent(debrief: Debrief, line: str, now: float) -> Debrief:
    """Record who of those asked consents, each by the beginning of their name. `-name` takes a consent back.

    Raises:
        Refused: nobody asked has that name, several do, or they have already consented.
    """
    asked, consents = _held(debrief, "asked"), _held(debrief, "consents")
    if not asked:
        raise Refused("Nobody has been asked yet.", "ask somebody")
    if not _held(debrief, "principles"):
        raise Refused("There is nothing to consent to yet.", "write a principle")
    if takes_out(line):
        gone = find(line.lstrip()[1:], consents, _AMONG)
        return _changed(debrief, now, consents=tuple(each for each in consents if each != gone))
    for typed in _names(line):
        name = find(typed, asked, _AMONG)
        if fold(name) in map(fold, consents):
            short = clipped(name, 40)
            raise Refused(f"{short} has already consented: “-{short}” takes that back.")
        consents = (*consents, name)
    return _changed(debrief, now, consents=consents)


def rename_last_asked(debrief: Debrief, line: str, now: float) -> Debrief:
    """Rename the last person asked. They keep their consent."""
    asked = _held(debrief, "asked")
    if not asked or takes_out(line):
        return enter_asked(debrief, line, now)
    old, (new, *more) = asked[-1], _names(line)
    if any(fold(new) == fold(each) for each in asked[:-1]):
        raise Refused(f"{clipped(new, 40)} has already been asked: “-{clipped(old, 40)}” removes the last name.")
    consents = tuple(new if fold(each) == fold(old) else each for each in _held(debrief, "consents"))
    renamed = _changed(debrief, now, asked=(*asked[:-1], new), consents=consents)
    return enter_asked(renamed, ", ".join(more), now) if more else renamed


def replace_last_consent(debrief: Debrief, line: str, now: float) -> Debrief:
    """Replace the last consent with another."""
    consents = _held(debrief, "consents")
    if not consents or takes_out(line):
        return enter_consent(debrief, line, now)
    return enter_consent(_changed(debrief, now, consents=consents[:-1]), line, now)


def missing_agreement(drafted: NonNegotiables, names: bool = True) -> str:
    """What is missing before everybody agrees, for the warning before an adoption; empty if nothing is.

    Without `names` those who have not consented are only counted, as on the wall.
    """
    said = []
    silent = non_negotiables.not_consented(drafted)
    if not drafted.asked:
        said.append("nobody was asked")
    elif silent:
        n = len(silent)
        listed = ", ".join(clipped(name, 30) for name in silent[:6]) + (" …" if n > 6 else "")
        who = f" ({listed})" if names else ""
        said.append(f"{n} of {len(drafted.asked)} {'has' if n == 1 else 'have'} not consented{who}")
    if n := len(drafted.open):
        said.append(f"{n} question{' is' if n == 1 else 's are'} open")
    return " and ".join(said)


def adopt(debrief: Debrief, now: float) -> Debrief:
    """Adopt the draft as of now, with its consents and open questions.

    It gets a new number if a revision was imported in the meantime, since the newest adopted revision is the one in force.

    Raises:
        Refused: there is no draft, or it has no principles.
    """
    revisions = debrief.non_negotiables
    drafted, force = non_negotiables.draft(revisions), non_negotiables.in_force(revisions)
    if drafted is None:
        raise Refused(
            f"Revision {force.number} is already in force: your next change starts a draft."
            if force
            else "There is no draft yet: enter a principle first."
        )
    if not drafted.principles:
        raise Refused("The draft has no principles yet: enter one first.")
    others = tuple(each for each in revisions if each.number != drafted.number)
    number = max((drafted.number, *(each.number + 1 for each in others)))
    return replace(debrief, non_negotiables=(*others, drafted.but(number=number, adopted=stamp(now))))
