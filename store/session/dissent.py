"""The open dissent session: how it begins, the reveal, the choice, how it ends. Each rule returns a new debrief.

“Before selecting a micro-experiment, gather your base for what might be called an open dissent session.” (the essay,
“Surface the Contradictions”).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from store.debrief import Debrief
from store.matrix.proposals import letter, lettered, ranking, revealed
from store.model import Choice, Placement, Proposal, Session, stamp
from store.phases import DISSENT_PHASES
from store.refused import Refused
from store.session.flow import after_the_action, live


class ProbeSource(Protocol):
    """The archive methods that this uses."""

    def debrief(self, name: str) -> Debrief:
        """A probe with its session, whole."""

    def new_debrief(self, now: float) -> Debrief:
        """An empty debrief, of a probe that is not in the archive yet."""

    def new_id(self, table: str) -> str:
        """An id that is free in a table."""


def working_title(now: float) -> str:
    """What a probe is called before anybody knows what it will be: “Open dissent session, 24 November”."""
    day = datetime.fromtimestamp(now).astimezone()
    return f"Open dissent session, {day.day} {day:%B}"


def opened(debrief: Debrief, id: str, now: float, rate: float = 1.0) -> Debrief:
    """The probe with its open dissent session: the one it has, or a new one with the id `id`.

    Raises:
        Refused: its debrief has begun, or its open dissent session is over.
    """
    if debrief.session.kind == "dissent":
        live(debrief)
        return debrief
    if debrief.sealed:
        raise Refused("This probe has been debriefed: an open dissent session comes before the action.")
    if debrief.begun:
        raise Refused("The debrief of this probe has begun: an open dissent session comes before the action.")
    if debrief.dissent_session is not None:
        raise Refused("This probe has had its open dissent session: begin one for a new probe.")
    session = Session(
        id=id,
        probe=debrief.probe.id,
        kind="dissent",
        created=stamp(now),
        phase=DISSENT_PHASES[0].name,
        rate=rate,
    )
    title = debrief.probe.title if debrief.probe.title.strip() else working_title(now)
    return replace(debrief, probe=debrief.probe.but(title=title), session=session)


def in_hand(archive: ProbeSource, name: str | None, now: float, rate: float = 1.0) -> tuple[Debrief, Debrief]:
    """A probe as it is saved, and the same with its open dissent session; None for a new probe.

    A new session is saved with the first change in it, so that just looking leaves no trace.

    Raises:
        Refused: see `opened`.
    """
    found = archive.new_debrief(now) if name is None else archive.debrief(name)
    if found.dissent_session is not None and not found.dissent_session.sealed and not found.begun:
        found = archive.debrief(found.dissent_session.id)
    return found, opened(found, archive.new_id("sessions"), now, rate)


def reveal(debrief: Debrief, now: float) -> Debrief:
    """Show all placements at once. They can't be changed after that.

    Raises:
        Refused: they are revealed already, or nobody has placed.
    """
    live(debrief)
    if revealed(debrief):
        raise Refused("The placements are revealed already.", "go on to the choice")
    if not debrief.proposals:
        raise Refused("There are no proposals yet.", "go back to the proposals")
    if not any(proposal.placements for proposal in debrief.proposals):
        raise Refused("Nobody has placed yet.", "place a ballot")
    return debrief.with_session(revealed=1).with_event("placements revealed", now)


@dataclass(frozen=True, slots=True)
class NewChoice:
    """What the room chooses, and why; the letter of a proposal, or None for none of them."""

    letter: str | None
    reason: str = ""


def choose(debrief: Debrief, new: NewChoice, now: float) -> Debrief:
    """Choose a proposal, or none; a later choice replaces an earlier one.

    The probe takes its title from the proposal. Where the room placed the proposal becomes what is expected of the probe, and
    the debrief is measured against that.

    Raises:
        Refused: there is no such proposal, the placements are still blind, or a reason is missing.
    """
    live(debrief)
    if new.letter is None:
        return _choose_none(debrief, new.reason)
    if not revealed(debrief) and any(proposal.placements for proposal in debrief.proposals):
        raise Refused("The placements are still blind.", "go back and reveal")
    if not new.letter:
        raise Refused("Choose a proposal by its letter.", "name a proposal")
    chosen = lettered(debrief.proposals, new.letter)
    first = ranking(debrief.proposals)[0]
    if first.placed.n and first.proposal is not chosen and not new.reason.strip():
        raise Refused(
            f"{first.letter} stands first. Say why the room chooses {letter(chosen.number)}.", "give a reason"
        )
    without = take_back_choice(debrief) if debrief.probe.choice else debrief
    choice = Choice(proposal=chosen.number, reason=new.reason, at=stamp(now), instead_of=without.probe.title)
    return replace(
        without,
        probe=without.probe.but(choice=choice, title=chosen.title),
        placements=_expected(without, chosen, after_the_action(without, now)),
    ).with_session(closing=without.session.closing.but(reason=""))


def _expected(debrief: Debrief, chosen: Proposal, reconstructed: bool) -> tuple[Placement, ...]:
    """All placements, with those of the proposal as what is expected; where nobody placed it, they stay as they are."""
    if not chosen.placements:
        return debrief.placements
    expected = (
        Placement(
            probe=debrief.probe.id,
            round=0,
            number=n,
            by=mark.by,
            autonomy=mark.autonomy,
            benefit=mark.benefit,
            reconstructed=reconstructed,
        )
        for n, mark in enumerate(chosen.placements, 1)
    )
    return *(each for each in debrief.placements if each.round), *expected


def _choose_none(debrief: Debrief, reason: str) -> Debrief:
    if not reason.strip():
        raise Refused("Say why the room chooses none of them.", "choose none")
    without = take_back_choice(debrief) if debrief.probe.choice else debrief
    return without.with_session(closing=without.session.closing.but(reason=reason))


def take_back_choice(debrief: Debrief) -> Debrief:
    """The probe as it was before the choice, with its old title and nothing expected; a reason for choosing none goes too.

    Raises:
        Refused: there is no choice.
    """
    live(debrief)
    choice = debrief.probe.choice
    if choice is None and not debrief.session.closing.reason:
        raise Refused("There is nothing to take back.")
    probe = debrief.probe if choice is None else debrief.probe.but(choice=None, title=choice.instead_of)
    theirs = choice is not None and any(p.placements for p in debrief.proposals if p.number == choice.proposal)
    kept = tuple(each for each in debrief.placements if each.round or not theirs)
    without = replace(debrief, probe=probe, placements=kept)
    return without.with_session(closing=without.session.closing.but(reason=""))


def missing(debrief: Debrief) -> Refused | None:
    """Why the session can't be sealed yet; None where everything is said."""
    if debrief.probe.choice is None and not debrief.session.closing.reason.strip():
        return Refused("Choose a proposal by its letter, or say why the room chooses none.", "choose none")
    return None


def seal(debrief: Debrief, now: float) -> Debrief:
    """Close the open dissent session for good; the probe is planned from here on.

    Raises:
        Refused: nothing was chosen, and nobody said why.
    """
    live(debrief)
    if wanted := missing(debrief):
        raise wanted
    stopped = debrief.with_clock(debrief.clock().pause(now)).with_event("sealed", now)
    return stopped.with_session(sealed=stamp(now), revealed=1)
