"""Editing and taking back the last entry."""

from dataclasses import replace

from store.debrief import Debrief
from store.entries.line import Rule, takes_out
from store.entries.roster import remove_participant
from store.matrix.proposals import letter, revealed
from store.model import Dissent, Felt, Moment, Participant, Pattern, Placement, Proposal
from store.refused import Refused
from store.session.flow import live
from store.session.recurring import unmark
from store.words import table

Entry = Participant | Moment | Pattern | Placement | Dissent | Proposal


def line_of(entry: Entry) -> str:
    """An entry as it would be typed."""
    match entry:
        case Participant():
            return table.line_of((entry.alias, entry.organisation, entry.role))
        case Moment():
            return f"{_at(entry.by, entry.text)}{_sign(entry)} {entry.text}"
        case Placement():
            return f"{entry.by} {entry.autonomy} {entry.benefit}"
        case Pattern():
            evidence = " ".join([*map(str, entry.moments), *([f"p{entry.paper_maps}"] if entry.paper_maps else [])])
            return f"{entry.group}{_sign(entry)} {entry.text} # {evidence}"
        case Dissent():
            return f"{_at(entry.voice, entry.text)}{entry.pull[0]}> {entry.text}"
        case Proposal():
            return entry.title


def _at(name: str | None, text: str) -> str:
    """Whose words a line brings; an @ by itself where they are nobody's and begin with an @ themselves."""
    return f"@{name} " if name else "@ " if text.lstrip()[:1] in ("@", "＠") else ""


def _sign(entry: Moment | Pattern) -> str:
    return "+" if entry.felt is Felt.STRENGTHENED else "-"


KINDS = ("participants", "moments", "patterns", "ballots", "dissent", "proposals")
"""What is entered line by line and saved as records."""


def last(debrief: Debrief, kind: str) -> Entry | None:
    """The last entry of a kind (one of `KINDS`), or None."""
    of_kind = debrief.ballots(debrief.session.round) if kind == "ballots" else getattr(debrief, kind)
    return max(of_kind, key=lambda entry: entry.number, default=None)


def take_back(debrief: Debrief, kind: str) -> Debrief:
    """The debrief without its last entry of a kind.

    Raises:
        Refused: there is none, or something rests on it.
    """
    if kind != "moments":
        live(debrief)
    entry = last(debrief, kind)
    match entry:
        case None:
            raise Refused("There is nothing to take back.")
        case Participant():
            return remove_participant(debrief, entry.alias)
        case Moment():
            if not entry.added_later:
                live(debrief)
            if any(entry.number in pattern.moments for pattern in debrief.patterns):
                raise Refused(f"A pattern rests on moment {entry.number}: take that pattern back first.")
        case Pattern():
            if any(entry.number in amendment.because for amendment in debrief.amendments):
                raise Refused(f"An amendment rests on pattern {entry.number}: take that amendment back first.")
            debrief = unmark(debrief, entry.number)  # the next pattern with this number is another one
        case Placement():
            if debrief.session.revealed >= debrief.session.round:
                raise Refused("This round is revealed and stays as it is.")
        case Proposal():
            name = letter(entry.number)
            if entry.placements:
                raise Refused(f"{len(entry.placements)} have placed {name}: it stays.", "reword it")
            if debrief.probe.choice and debrief.probe.choice.proposal == entry.number:
                raise Refused(f"{name} is chosen: take the choice back first.")
    return _without(debrief, kind, entry)


def _without(debrief: Debrief, kind: str, entry: Entry) -> Debrief:
    field = "placements" if kind == "ballots" else kind
    rest = tuple(each for each in getattr(debrief, field) if each is not entry)
    return replace(debrief, **{field: rest})  # type: ignore[arg-type]


def replacing_rule(kind: str, rule: Rule) -> Rule:
    """The rule for a line that replaces the last entry of a kind, under the same number.

    Whatever rests on that entry keeps its number and goes on resting on it. A line that takes somebody out, `-name`,
    replaces nothing.
    """

    def replacing(debrief: Debrief, line: str, now: float) -> Debrief:
        entry = last(debrief, kind)
        out = kind in ("participants", "ballots") and takes_out(line)
        if entry is None or out:
            return rule(debrief, line, now)
        if debrief.sealed and not (isinstance(entry, Moment) and entry.added_later):
            live(debrief)
        edited = rule(_without(debrief, kind, entry), line, now)
        if isinstance(entry, Participant):
            return _renamed(edited, entry.alias, edited.participants[-1].alias)
        if isinstance(entry, Proposal) and (entry.placements or debrief.probe.choice):
            return _reworded(debrief, entry, edited.proposals[-1])
        return edited

    return replacing


def _renamed(debrief: Debrief, old: str, new: str) -> Debrief:
    """The debrief with somebody's place in a group, moments and placements moved to their new name."""
    if old == new:
        return debrief
    groups = tuple(tuple(new if name == old else name for name in group) for group in debrief.session.groups)
    return replace(
        debrief.with_session(groups=groups) if debrief.session.groups else debrief,
        moments=tuple(each.but(by=new) if each.by == old else each for each in debrief.moments),
        placements=tuple(each.but(by=new) if each.by == old else each for each in debrief.placements),
    )


def _reworded(debrief: Debrief, old: Proposal, new: Proposal) -> Debrief:
    """The debrief with a proposal reworded, its placements kept; once those are revealed, the words stay too."""
    chosen = debrief.probe.choice is not None and debrief.probe.choice.proposal == old.number
    if (old.placements and revealed(debrief)) or chosen:
        raise Refused(f"{letter(old.number)} has been shown to the room as it is: enter other words as a new proposal.")
    kept = new.but(placements=old.placements)
    return replace(debrief, proposals=tuple(kept if each is old else each for each in debrief.proposals))
