"""Editing a draft of the non-negotiables line by line, and adopting it.

The first change after an adoption starts a draft as a copy of the adopted revision, which never changes again. People answer to a
wording: if the principles change, they are asked anew, and what they answered is there again with that very wording.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from store.debrief import Debrief
from store.entries.line import takes_out
from store.model import Given, NonNegotiables, Stance, stamp
from store.probe import non_negotiables
from store.refused import Refused
from store.words.names import find, fold, matching
from store.words.text import clipped

_ANSWERS = ("consents", "stands_aside", "objects")
_LISTS = ("principles", "asked", *_ANSWERS, "open")
_AMONG = "a name among those asked"
_REVISED = re.compile(r"\s*([0-9]{1,3}):(?![0-9]) ?")
_TAKEN_OUT = re.compile(r"\s*[-−–]\s*([0-9]{1,3})\s*")


def last_line(debrief: Debrief, kind: str) -> str | None:
    """The line that edits the last entry of a kind (`principles`, `asked`, `consents`, `open`); None if there is no entry."""
    newest = _newest(debrief)
    held: tuple[str, ...] = getattr(newest, kind) if newest else ()
    if newest and kind == "consents":
        held = (*held, *non_negotiables.stances(newest))
    if not held:
        return None
    return f"{len(held)}: {held[-1]}" if kind in ("principles", "open") else held[-1]


def _newest(debrief: Debrief) -> NonNegotiables | None:
    """What is changed next: the draft, otherwise the revision in force, of which the next change makes a draft."""
    return non_negotiables.draft(debrief.non_negotiables) or non_negotiables.in_force(debrief.non_negotiables)


def _held(debrief: Debrief, kind: str) -> tuple[str, ...]:
    return getattr(newest, kind) if (newest := _newest(debrief)) else ()


def _changed(debrief: Debrief, now: float, **changes: tuple[object, ...]) -> Debrief:
    """Change the draft. One that says the same as the revision in force is dropped, unless another wording of it has answers."""
    revisions = debrief.non_negotiables
    drafted, force = non_negotiables.draft(revisions), non_negotiables.in_force(revisions)
    if drafted is None:
        number = max((each.number for each in revisions), default=0) + 1
        copied = {name: getattr(force, name) for name in _LISTS} if force else {}
        drafted = NonNegotiables(number=number, at=stamp(now), **copied)
    changed = _with_answers(drafted, drafted.but(**changes))
    others = tuple(each for each in revisions if each.number != changed.number)
    if (
        force is not None
        and not changed.given
        and all(getattr(force, name) == getattr(changed, name) for name in _LISTS)
    ):
        return replace(debrief, non_negotiables=others)
    return replace(debrief, non_negotiables=tuple(sorted((*others, changed), key=lambda each: each.number)))


def _with_answers(old: NonNegotiables, new: NonNegotiables) -> NonNegotiables:
    """A changed draft with the answers that those asked gave to its wording; all others are kept as given."""
    given = {each.principles: each for each in old.given}
    if new.principles != old.principles:
        own = given.pop(new.principles, Given(principles=new.principles))
        given[old.principles] = _joined(old, given.get(old.principles))
    else:
        own = _joined(new, given.pop(new.principles, None))
    asked = set(map(fold, new.asked))
    given[new.principles] = own.but(**_answers_of(own, lambda name: fold(name) not in asked))
    kept = tuple(each for each in given.values() if any(getattr(each, kind) for kind in _ANSWERS))
    return new.but(**_answers_of(own, lambda name: fold(name) in asked), given=kept)


def _joined(drafted: NonNegotiables, away: Given | None) -> Given:
    """The answers to the wording of a draft, with those of people who were not asked any more."""
    found = {kind: (*getattr(drafted, kind), *(getattr(away, kind) if away else ())) for kind in _ANSWERS}
    return Given(principles=drafted.principles, **found)


def _name_of(answer: str | Stance) -> str:
    return answer if isinstance(answer, str) else answer.name


def _answers_of(held: NonNegotiables | Given, wanted: Callable[[str], bool]) -> dict[str, tuple[Any, ...]]:
    """The answers of those people whose names are wanted, by kind."""
    return {kind: tuple(each for each in getattr(held, kind) if wanted(_name_of(each))) for kind in _ANSWERS}


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
    """Add people to ask, separated by commas, semicolons or tabs. `-name` removes one; asked again they have their answer back."""
    asked = _held(debrief, "asked")
    if takes_out(line):
        gone = find(line.lstrip()[1:], asked, _AMONG)
        return _changed(debrief, now, asked=tuple(each for each in asked if each != gone))
    known = {fold(name): name for name in asked}
    names = _names(line)
    if all(fold(name) in known for name in names):
        raise Refused(f"{clipped(known[fold(names[0])], 40)} has already been asked.", "consent")
    for name in names:
        known.setdefault(fold(name), name)
    return _changed(debrief, now, asked=tuple(known.values()))


_ALL = re.compile(r"\s*all(?:\s+but\b(.*))?\s*", re.IGNORECASE | re.DOTALL)
_STANCE = re.compile(r"(.+?)\s+(?:stands?\s+)?(aside|objects?)\s*(?::(.*))?", re.IGNORECASE | re.DOTALL)


def enter_consent(debrief: Debrief, line: str, now: float) -> Debrief:
    """Record what those asked answer, each by the beginning of their name: who consents (`ana, bo`, or `all but ana, bo`), who
    stands aside (`ana aside: too early`), who objects (`ana objects: we lose the hall`). `-name` takes an answer back.

    “All” are those who have not answered yet. In a list, those who have consented already are skipped; see `consented_already`.

    Raises:
        Refused: nobody asked has that name, several do, a reason is missing, or nobody is left who could consent.
    """
    newest = _newest(debrief)
    if newest is None or not newest.asked:
        raise Refused("Nobody has been asked yet.", "ask somebody")
    if not newest.principles:
        raise Refused("There is nothing to consent to yet.", "write a principle")
    if takes_out(line):
        gone = find(line.lstrip()[1:], non_negotiables.answered(newest), _AMONG)
        return _changed(debrief, now, **_answers_of(newest, lambda name: fold(name) != fold(gone)))
    if (stance := _STANCE.fullmatch(line)) and not matching(line, newest.asked):
        typed, said, reason = stance.groups()
        names, kind = _among(typed, newest), "stands_aside" if said.casefold() == "aside" else "objects"
        if not (reason or "").strip():
            verb = "aside" if kind == "stands_aside" else "objects"
            raise Refused(f"The reason is kept too: type “{clipped(names[0], 30)} {verb}: …”.")
        fresh: tuple[str | Stance, ...] = tuple(Stance(name=name, reason=reason.strip()) for name in names)
    else:
        names, kind = _consenting(line, newest), "consents"
        already = set(map(fold, newest.consents))
        fresh = tuple(name for name in names if fold(name) not in already)
        if not fresh:
            short = clipped(names[0], 40)
            who = f"{short} has" if len(names) == 1 else "All of them have"
            raise Refused(f"{who} already consented: “-{short}” takes that back.")
    anew = {fold(_name_of(each)) for each in fresh}
    others = _answers_of(newest, lambda name: fold(name) not in anew)
    return _changed(debrief, now, **{**others, kind: (*others[kind], *fresh)})


def _among(typed: str, drafted: NonNegotiables) -> tuple[str, ...]:
    return tuple(dict.fromkeys(find(name, drafted.asked, _AMONG) for name in _names(typed)))


def _consenting(line: str, drafted: NonNegotiables) -> tuple[str, ...]:
    """Who is named by a line that says who consents."""
    everybody = _ALL.fullmatch(line)
    if everybody is None or matching(line, drafted.asked):
        return _among(line, drafted)
    but = _among(everybody[1], drafted) if everybody[1] is not None else ()
    if rest := tuple(name for name in non_negotiables.unanswered(drafted) if name not in but):
        return rest
    raise Refused("Everybody else has answered already: name those who change their answer.")


def consented_already(debrief: Debrief, line: str) -> tuple[str, ...]:
    """Those whom a line that says who consents names although they have; it skips them."""
    newest = _newest(debrief)
    if newest is None or takes_out(line) or _STANCE.fullmatch(line):
        return ()
    try:
        consents = set(map(fold, newest.consents))
        return tuple(name for name in _consenting(line, newest) if fold(name) in consents)
    except Refused:
        return ()


def rename_last_asked(debrief: Debrief, line: str, now: float) -> Debrief:
    """Rename the last person asked. They keep what they answered, to every wording."""
    newest = _newest(debrief)
    if newest is None or not newest.asked or takes_out(line):
        return enter_asked(debrief, line, now)
    asked, (new, *more) = newest.asked, _names(line)
    old = asked[-1]
    if any(fold(new) == fold(each) for each in asked[:-1]):
        raise Refused(f"{clipped(new, 40)} has already been asked: “-{clipped(old, 40)}” removes the last name.")

    def renamed(held: NonNegotiables | Given) -> dict[str, tuple[Any, ...]]:
        def named(each: Any) -> Any:
            if fold(_name_of(each)) != fold(old):
                return each
            return new if isinstance(each, str) else each.but(name=new)

        return {kind: tuple(map(named, getattr(held, kind))) for kind in _ANSWERS}

    given = tuple(each.but(**renamed(each)) for each in newest.given)
    found = _changed(debrief, now, asked=(*asked[:-1], new), given=given, **renamed(newest))
    return enter_asked(found, ", ".join(more), now) if more else found


def replace_last_consent(debrief: Debrief, line: str, now: float) -> Debrief:
    """Replace the last answer with another."""
    newest, last = _newest(debrief), last_line(debrief, "consents")
    if newest is None or last is None or takes_out(line):
        return enter_consent(debrief, line, now)
    gone = non_negotiables.answered(newest)[-1]
    without = _changed(debrief, now, **_answers_of(newest, lambda name: fold(name) != fold(gone)))
    return enter_consent(without, line, now)


def missing_agreement(drafted: NonNegotiables, names: bool = True) -> str:
    """What is missing before everybody agrees, for the warning before an adoption; empty if nothing is.

    “3 of 7 consent, 1 stands aside (Bo), 2 have not answered (Ana, Dez) and 1 question is open”; where nobody stands aside or
    objects, only how many have not consented. Without `names` people are only counted, as on the wall.
    """
    aside, against, silent = drafted.stands_aside, drafted.objects, non_negotiables.unanswered(drafted)
    asked, consent = len(drafted.asked), len(drafted.consents)
    said = []
    if not asked:
        said.append("nobody was asked")
    elif aside or against:
        said.append(f"{'only ' if consent else ''}{consent or 'none'} of {asked} consent{'s' if consent == 1 else ''}")
        for found, verbs in ((aside, ("stands aside", "stand aside")), (against, ("objects", "object"))):
            if found:
                said.append(_how_many([each.name for each in found], verbs, names))
        if silent:
            said.append(_how_many(silent, ("has not answered", "have not answered"), names))
    elif silent:
        said.append(_how_many(silent, ("has not consented", "have not consented"), names, f" of {asked}"))
    if n := len(drafted.open):
        said.append(f"{n} question{' is' if n == 1 else 's are'} open")
    return " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))


def _how_many(who: Sequence[str], verbs: tuple[str, str], names: bool, of: str = "") -> str:
    listed = ", ".join(clipped(name, 30) for name in who[:6]) + (" …" if len(who) > 6 else "")
    return f"{len(who)}{of} {verbs[len(who) > 1]}{f' ({listed})' if names else ''}"


def adopt(debrief: Debrief, now: float) -> Debrief:
    """Adopt the draft as of now, with its consents and open questions.

    It gets a new number if a revision was imported in the meantime, since the newest adopted revision is the one in force.

    Raises:
        Refused: there is no draft, it has no principles, or it says what is in force.
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
    if force is not None and all(getattr(force, name) == getattr(drafted, name) for name in _LISTS):
        raise Refused(f"The draft says what revision {force.number} says, which is in force: change a line first.")
    others = tuple(each for each in revisions if each.number != drafted.number)
    number = max((drafted.number, *(each.number + 1 for each in others)))
    return replace(debrief, non_negotiables=(*others, drafted.but(number=number, adopted=stamp(now), given=())))
