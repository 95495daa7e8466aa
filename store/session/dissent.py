"""The open dissent session: how it begins, the reveal, the choice, how it ends. Each rule returns a new debrief.

“Before selecting a micro-experiment, gather your base for what might be called an open dissent session.” (the essay,
“Surface the Contradictions”).
"""

from dataclasses import replace
from datetime import datetime

from store.debrief import Debrief
from store.matrix.expectation import as_expected
from store.matrix.in_words import ballots
from store.matrix.proposals import letter, lettered, ranking, revealed
from store.matrix.shown import ALONE
from store.model import Choice, Placement, Proposal, Session, stamp
from store.phases import DISSENT_PHASES
from store.refused import Refused
from store.session.flow import after_the_action, live
from store.words.names import fold


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
        agenda=debrief.past.agendas.get("dissent"),
    )
    title = debrief.probe.title if debrief.probe.title.strip() else working_title(now)
    return replace(debrief, probe=debrief.probe.but(title=title), session=session)


def reveal(debrief: Debrief, now: float) -> Debrief:
    """Show all placements at once. They can't be changed after that.

    Raises:
        Refused: they are revealed already, or fewer than three have placed, which would show one person's vote.
    """
    live(debrief)
    if revealed(debrief):
        raise Refused.openly("The placements are revealed already.", "go on to the choice")
    if not debrief.proposals:
        raise Refused.openly("There are no proposals yet.", "go back to the proposals")
    most = max(len(proposal.placements) for proposal in debrief.proposals)
    if not most:
        raise Refused.openly("Nobody has placed yet.", "place a ballot")
    if most < ALONE:
        raise Refused(
            f"{ballots(most)} too few: everybody would know whose. Collect more, or choose by hand without a reveal.",
            "go on",
        )
    return debrief.with_session(revealed=1).with_event("placements revealed", now)


def choose(debrief: Debrief, typed: str | None, reason: str, now: float) -> Debrief:
    """Choose a proposal by its letter, or none with None; a later choice replaces an earlier one.

    The probe takes its title from the proposal. Where the room placed the proposal becomes what is expected of the probe, and
    the debrief is measured against that.

    Raises:
        Refused: there is no such proposal, a reason is missing, or the placements are still blind. Those of one or two people stay
            so: then the room chooses by hand.
    """
    live(debrief)
    without = take_back_choice(debrief) if debrief.probe.choice else debrief
    if typed is None:
        if not reason.strip():
            raise Refused.openly("Say why the room chooses none of them.", "choose none")
        return without.with_session(closing=without.session.closing.but(reason=reason))
    if not revealed(debrief) and any(len(proposal.placements) >= ALONE for proposal in debrief.proposals):
        raise Refused.openly("The placements are still blind.", "go back and reveal")
    if not typed:
        raise Refused.openly("Choose a proposal by its letter.", "name a proposal")
    chosen = lettered(debrief.proposals, typed)
    first = ranking(debrief.proposals)[0]
    if first.placed.centre and first.proposal is not chosen and not reason.strip():
        raise Refused.openly(
            f"{first.letter} stands first. Say why the room chooses {letter(chosen.number)}.", "give a reason"
        )
    choice = Choice(proposal=chosen.number, reason=reason, at=stamp(now), instead_of=without.probe.title)
    return replace(
        without,
        probe=without.probe.but(choice=choice, title=chosen.title),
        placements=_expected(without, chosen, after_the_action(without, now)),
    ).with_session(closing=without.session.closing.but(reason=""))


def _expected(debrief: Debrief, chosen: Proposal, reconstructed: bool) -> tuple[Placement, ...]:
    """All placements, with those of the proposal as what is expected; where nobody placed it, they stay as they are."""
    if not chosen.placements:
        return debrief.placements
    late = {fold(mark.by) for mark in chosen.placements} if reconstructed else ()
    expected = as_expected(debrief.probe.id, chosen.placements, late)
    return *(each for each in debrief.placements if each.round), *expected


def take_back_choice(debrief: Debrief) -> Debrief:
    """The probe as it was before the choice, with its old title and nothing expected; a reason for choosing none goes too.

    Raises:
        Refused: there is no choice.
    """
    live(debrief)
    choice = debrief.probe.choice
    if choice is None and not debrief.session.closing.reason:
        raise Refused.openly("There is nothing to take back.")
    probe = debrief.probe if choice is None else debrief.probe.but(choice=None, title=choice.instead_of)
    theirs = choice is not None and any(p.placements for p in debrief.proposals if p.number == choice.proposal)
    kept = tuple(each for each in debrief.placements if each.round or not theirs)
    without = replace(debrief, probe=probe, placements=kept)
    return without.with_session(closing=without.session.closing.but(reason=""))


def missing(debrief: Debrief) -> Refused | None:
    """Why the session can't be sealed yet; None where everything is said."""
    if debrief.probe.choice is None and not debrief.session.closing.reason.strip():
        return Refused.openly("Choose a proposal by its letter, or say why the room chooses none.", "choose none")
    return None


def seal(debrief: Debrief, now: float) -> Debrief:
    """Close the open dissent session for good; the probe is planned from here on.

    What the room has not seen is revealed by that, unless fewer than three placed each proposal: then it stays blind.

    Raises:
        Refused: nothing was chosen, and nobody said why.
    """
    live(debrief)
    if wanted := missing(debrief):
        raise wanted
    stopped = debrief.with_clock(debrief.clock().pause(now)).with_event("sealed", now)
    seen = revealed(debrief) or any(len(proposal.placements) >= ALONE for proposal in debrief.proposals)
    return stopped.with_session(sealed=stamp(now), revealed=int(seen))
