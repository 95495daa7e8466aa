"""What the wall says of each phase in numbers: how many, never who."""

from collections.abc import Callable, Mapping

from store.debrief import Debrief
from store.matrix import proposals
from store.model import MEASURES, QUESTIONS
from store.report import dissent_report
from store.timetable import following
from store.words.numbers import counted


def count(debrief: Debrief) -> str:
    """How many have done what the present phase asks, in words; in a break, what follows it. Empty where nothing is counted."""
    if debrief.session.resting:
        ahead = following(debrief)
        return f"then {ahead.title.casefold()}" if ahead else ""
    counted_in = _COUNTS.get(debrief.session.phase)
    return counted_in(debrief) if counted_in else ""


def placed(debrief: Debrief) -> str:
    """How many of those who are asked have placed the action in this round: “12 of 14 have placed”."""
    n = len(debrief.ballots(debrief.session.round))
    people = max(n, len(debrief.electorate))  # a mark that is kept as somebody's has nobody in the roster
    return f"{n} of {people} {'has' if n == 1 else 'have'} placed"


def _opening(debrief: Debrief) -> str:
    people = len(debrief.present)
    left = len(debrief.participants) - people
    organisations = counted(len(debrief.headcount()), "organisation")
    gone = f", {left} left" if left else ""
    return f"{counted(people, 'person')} from {organisations}{gone}"


def _silent_mapping(debrief: Debrief) -> str:
    return f"{counted(len(debrief.moments), 'moment')} in the room"


def _small_groups(debrief: Debrief) -> str:
    groups = len(debrief.session.groups)
    if ready := len(debrief.session.ready):
        return f"{ready} of {counted(groups, 'group')} {'is' if groups == 1 else 'are'} ready"
    heard = len({pattern.group for pattern in debrief.patterns})
    of = f"{heard} of " if debrief.patterns and heard < groups else ""
    return f"{counted(len(debrief.patterns), 'pattern')} from {of}{counted(groups, 'group')}"


def _reposition(debrief: Debrief) -> str:
    turn = f"round {debrief.session.round}: " if debrief.session.round > 1 else ""
    return f"{turn}{placed(debrief)}"


def _amendments(debrief: Debrief) -> str:
    return counted(len(debrief.amendments), "amendment") if debrief.amendments else "none yet, and one is needed"


def _sovereignty(debrief: Debrief) -> str:
    measured = f"{len(debrief.session.sovereignty)} of {len(MEASURES)} measured"
    return f"{measured}, {len(debrief.session.independence)} of {len(QUESTIONS)} questions answered"


def _decompression(debrief: Debrief) -> str:
    return counted(sum(debrief.session.feelings.values()), "word")


def _proposals(debrief: Debrief) -> str:
    return counted(len(debrief.proposals), "proposal")


def _placing(debrief: Debrief) -> str:
    n = len(proposals.voters(debrief))
    return f"{n} {'person has' if n == 1 else 'people have'} placed"


def _choice(debrief: Debrief) -> str:
    if debrief.probe.choice is not None:
        return f"{proposals.letter(debrief.probe.choice.proposal)} is chosen"
    if debrief.session.closing.reason:
        return "none is chosen"
    return f"{counted(len(debrief.proposals), 'proposal')} to choose from"


_COUNTS: Mapping[str, Callable[[Debrief], str]] = {
    "opening": _opening,
    "silent_mapping": _silent_mapping,
    "small_groups": _small_groups,
    "reposition": _reposition,
    "amendments": _amendments,
    "sovereignty": _sovereignty,
    "decompression": _decompression,
    "positions": dissent_report.counted,
    "proposals": _proposals,
    "placing": _placing,
    "choice": _choice,
}
