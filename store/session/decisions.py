"""What the room decides besides its amendments: groups, reveals, sovereignty, the close. Each rule returns a new debrief."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from store.debrief import Debrief, pairs_in
from store.matrix.in_words import ballots
from store.matrix.shown import ALONE
from store.model import MEASURES, QUESTIONS, Change
from store.refused import Refused
from store.session import mixer, organisers
from store.session.flow import live, too_early
from store.words import dates
from store.words.names import fold

_MIXED = "groups mixed"


def mix_groups(debrief: Debrief, now: float, count: int | None = None) -> Debrief:
    """Mix the small groups; where there are some, into others: who is together now counts as having met once more.

    Patterns stay as they are, under the numbers of their groups.
    """
    live(debrief)
    people = debrief.present
    if not people:
        raise Refused.openly("Nobody is in the roster yet.", "go back to the opening")
    turn = 1 + sum(event.what == _MIXED for event in debrief.events)
    met = Counter(debrief.past.pairs) + pairs_in(debrief.session.groups)
    mixed = mixer.mix(people, count or mixer.how_many(len(people)), met, turn)
    return debrief.with_session(groups=mixed.groups, ready=()).with_event(_MIXED, now)


def seat_latecomers(debrief: Debrief) -> Debrief:
    """Put everybody who is in no group into one, without moving anybody."""
    if not debrief.session.groups or debrief.sealed:
        return debrief
    seated = {fold(name) for group in debrief.session.groups for name in group}
    people = [each for each in debrief.participants if not each.left or fold(each.alias) in seated]
    mixed = mixer.add_latecomers(debrief.session.groups, people, debrief.past.pairs)
    return debrief.with_session(groups=mixed.groups)


def split_groups(debrief: Debrief, now: float) -> Debrief:
    """Split the groups that are too large; the others stay, and each keeps its number."""
    live(debrief)
    large = mixer.crowded(debrief.session.groups)
    mixed = mixer.split(debrief.session.groups, debrief.participants, debrief.past.pairs)
    ready = [number for number in debrief.session.ready if number not in large]
    return debrief.with_session(groups=mixed.groups, ready=ready).with_event("groups split", now)


def turn_ready(debrief: Debrief, number: int) -> Debrief:
    """A small group has said that it is done; or, if it had, that it isn't yet.

    Raises:
        Refused: there is no such group.
    """
    live(debrief)
    groups = len(debrief.session.groups)
    if not 1 <= number <= groups:
        known = f"they go from 1 to {groups}" if groups else "nobody is in one yet"
        raise Refused.openly(f"There is no group {number}: {known}.")
    return debrief.with_session(ready=tuple(sorted({number} ^ set(debrief.session.ready))))


def reveal(debrief: Debrief, now: float) -> Debrief:
    """Show the round's ballots. They can't be changed after that.

    Raises:
        Refused: there are fewer than three, which would show one person's vote.
    """
    live(debrief)
    turn = debrief.session.round
    if debrief.session.revealed >= turn:
        raise Refused.openly(f"Round {turn} is revealed already.")
    placed = len(debrief.ballots(turn))
    if not placed:
        raise Refused.openly("Nobody has placed yet.", "place a ballot")
    if placed < ALONE:
        raise Refused(
            f"{ballots(placed)} too few: everybody would know whose. Collect more, or go on without a reveal.",
            "go on",
        )
    return debrief.with_session(revealed=turn).with_event(f"round {turn} revealed", now)


def another_round(debrief: Debrief, now: float) -> Debrief:
    """Open a second round beside the first, which is never changed."""
    live(debrief)
    turn = debrief.session.round
    if debrief.session.revealed < turn:
        raise Refused.openly(f"Reveal round {turn} first.")
    return debrief.with_session(round=turn + 1).with_event(f"round {turn + 1} opened", now)


def measure(debrief: Debrief, name: str, change: int | None, note: str) -> Debrief:
    """Record how one of the four measures changed, −2 to +2; None takes it back. The note stays as typed."""
    live(debrief)
    if name not in MEASURES:
        raise KeyError(name)
    others = {key: value for key, value in debrief.session.sovereignty.items() if key != name}
    said = {} if change is None else {name: Change(change=change, note=note)}
    kept = {**others, **said}
    return debrief.with_session(sovereignty={key: kept[key] for key in MEASURES if key in kept})


def count(debrief: Debrief, what: str, typed: str) -> Debrief:
    """Record how many people came, joined or stayed: one of `COUNTED`. Nothing typed takes it back; none is ever added in.

    Raises:
        Refused: the session is sealed, it is no number, or more stayed than have joined through earlier probes.
        KeyError: there is no such count.
    """
    live(debrief)
    if what not in organisers.COUNTED:
        raise KeyError(what)
    wanted = typed.strip()
    if not wanted:
        return debrief.with_session(**{what: None})
    if not re.fullmatch(r"\d{1,7}", wanted):
        number = "Turnout is" if what == "turnout" else f"Type how many {what} as"
        raise Refused(f"{number} a whole number, such as 138; leave it empty if nobody counted.")
    if what == "stayed" and int(wanted) > (most := organisers.joined_before(debrief)):
        raise Refused(f"Type {most} at most: that is how many joined through earlier probes.")
    return debrief.with_session(**{what: int(wanted)})


@dataclass(frozen=True, slots=True)
class Answered:
    """One of `QUESTIONS` with both answers, each empty if not given."""

    name: str
    question: str
    before: str
    after: str


def answers(debrief: Debrief) -> tuple[Answered, ...]:
    """The three questions with the answers from before the action and from the debrief."""
    before: Mapping[Any, str] = debrief.probe.independence
    after: Mapping[Any, str] = debrief.session.independence
    return tuple(
        Answered(name, question, before.get(name, ""), after.get(name, "")) for name, question in QUESTIONS.items()
    )


def answer(debrief: Debrief, name: str, text: str) -> Debrief:
    """Record what the room answers in the debrief, as typed; a blank text takes the answer back.

    Raises:
        Refused: the session is sealed.
        KeyError: there is no such question.
    """
    live(debrief)
    if name not in QUESTIONS:
        raise KeyError(name)
    answered: Mapping[Any, str] = debrief.session.independence
    said = {**answered, name: text}
    return debrief.with_session(independence={each: said[each] for each in QUESTIONS if said.get(each, "").strip()})


def bear_out(debrief: Debrief, number: int, borne_out: bool | None) -> Debrief:
    """Record whether what happened bore out a position of dissent; None takes it back.

    Raises:
        Refused: the session is sealed or precedes the action, or there is no such position.
    """
    live(debrief)
    if debrief.session.kind != "debrief":
        raise Refused("What happened is known only after the action: answer this in the debrief.")
    if all(each.number != number for each in debrief.dissent):
        raise Refused("That position is no longer there: choose another.")
    said = tuple(each.but(borne_out=borne_out) if each.number == number else each for each in debrief.dissent)
    return replace(debrief, dissent=said)


def close_with(debrief: Debrief, **changes: object) -> Debrief:
    """Change some of what the session ends with; see `Closing`."""
    live(debrief)
    return debrief.with_session(closing=debrief.session.closing.but(**changes))


def renew_until(debrief: Debrief, typed: str, now: float) -> Debrief:
    """Set the new end of a renewal; nothing typed takes it back.

    Raises:
        Refused: it is not a day, or a renewed probe can't end on that day; see `flow.too_early`.
    """
    until = dates.read(typed, dates.day_at(now)) if typed.strip() else None
    if until is not None and (why := too_early(debrief, until, now)):
        raise Refused(why)
    return close_with(debrief, renewed_until=until)


def pause_until(debrief: Debrief, typed: str, now: float) -> Debrief:
    """Set the last day of a pause; nothing typed takes it back.

    Raises:
        Refused: it is not a day, or not one after today.
    """
    today = dates.day_at(now)
    until = dates.read(typed, today) if typed.strip() else None
    if until is not None and until <= today:
        raise Refused(f"A pause ends after today: {dates.day(until)} doesn't.")
    return close_with(debrief, paused_until=until)


def explain_no_amendment(debrief: Debrief, reason: str) -> Debrief:
    """Record why no guideline is added or revised; a session without an amendment can't be sealed without it."""
    live(debrief)
    return debrief.with_session(no_amendment=reason)


def keep_feelings(debrief: Debrief, keep: bool) -> Debrief:
    """Whether the words of decompression stay in the archive after the close."""
    live(debrief)
    return debrief.with_session(keep_feelings=keep)
