"""What can be done in a live session, by name: the facilitator's commands, and the rules for what is entered."""

from collections.abc import Callable, Mapping

from store import entries
from store.debrief import Debrief
from store.entries import Rule
from store.model import Felt
from store.refused import Refused
from store.session import decisions, dissent, flow


def _reveal(debrief: Debrief, now: float) -> Debrief:
    return dissent.reveal(debrief, now) if debrief.session.kind == "dissent" else decisions.reveal(debrief, now)


def _seal(debrief: Debrief, now: float) -> Debrief:
    return dissent.seal(debrief, now) if debrief.session.kind == "dissent" else flow.seal(debrief, now)


COMMANDS: Mapping[str, Callable[[Debrief, float], Debrief]] = {
    "start or pause": flow.start_or_pause,
    "add a minute": lambda debrief, now: flow.extend(debrief, now, 1),
    "take a minute": lambda debrief, now: flow.extend(debrief, now, -1),
    "restart": flow.restart,
    "next phase": flow.advance,
    "previous phase": flow.go_back,
    "reveal": _reveal,
    "another round": decisions.another_round,
    "seal": _seal,
}
"""The facilitator's commands, the clock's first."""


def _place(debrief: Debrief, line: str, now: float) -> Debrief:
    if not debrief.proposals:
        raise Refused("There are no proposals yet.", "go back to the proposals")
    return entries.placing_rule(debrief.proposals[0].number)(debrief, line, now)


RULES: Mapping[str, Rule] = {
    "participants": entries.participant_rule,
    "moments": entries.moment_rule(Felt.STRENGTHENED),
    "patterns": entries.pattern_or_moment_rule(1, Felt.STRENGTHENED),
    "ballots": entries.ballot_rule,
    "feelings": entries.feeling_rule,
    "dissent": entries.position_rule("autonomy"),
    "proposals": entries.add_proposal,
    "placings": _place,
    "choice": entries.choice_rule,
    "observations": entries.observation_rule(),
}
"""The rule for each kind of entry.

Unless the line says otherwise, a moment is *strengthened*, a pattern belongs to group 1, a position pulls to autonomy, and two
numbers place the first proposal.
"""


def take_back(debrief: Debrief, kind: str) -> Debrief:
    """The debrief without its last entry of a kind of `RULES`.

    Feelings and placings have no last one: `store.entries` takes them back by a word or a name.

    Raises:
        Refused: there is none, or something rests on it.
    """
    match kind:
        case "choice":
            return dissent.take_back_choice(debrief)
        case "observations":
            return entries.take_back_observation(debrief)
        case _:
            return entries.take_back(debrief, kind)
