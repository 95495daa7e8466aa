"""Mending and taking back the last entry."""

from dataclasses import replace

from store.debrief import Debrief
from store.entries.felt import takes_out
from store.entries.roster import remove_participant
from store.entries.rule import Rule
from store.flow import live
from store.model import Felt, Moment, Participant, Pattern, Placement
from store.refused import Refused


def line_of(entry: Participant | Moment | Pattern | Placement) -> str:
    """An entry as it would be typed."""
    match entry:
        case Participant():
            parts = (entry.alias, entry.organisation, entry.role)
            return ("\t" if any(mark in part for mark in "\t;" for part in parts) else "; ").join(parts)
        case Moment():
            by = f"@{entry.by} " if entry.by else ""
            return f"{by}{'+' if entry.felt is Felt.STRENGTHENED else '-'} {entry.text}"
        case Placement():
            return f"{entry.by} {entry.autonomy} {entry.benefit}"
        case Pattern():
            sign = "+" if entry.felt is Felt.STRENGTHENED else "-"
            evidence = " ".join([*map(str, entry.moments), *([f"p{entry.paper_maps}"] if entry.paper_maps else [])])
            return f"{entry.group}{sign} {entry.text} # {evidence}"


KINDS = ("participants", "moments", "patterns", "ballots")
"""What is entered line by line and kept as records."""


def last(debrief: Debrief, kind: str) -> Participant | Moment | Pattern | Placement | None:
    """The last entry of a kind (`participants`, `moments`, `patterns`, `ballots`), or None."""
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
            if debrief.sealed and not entry.added_later:
                raise Refused("This session is sealed: what was said in it stays as it is.")
            if any(entry.number in pattern.moments for pattern in debrief.patterns):
                raise Refused(f"A pattern rests on moment {entry.number}: take that pattern back first.")
            return replace(debrief, moments=tuple(each for each in debrief.moments if each is not entry))
        case Pattern():
            if any(entry.number in amendment.because for amendment in debrief.amendments):
                raise Refused(f"An amendment rests on pattern {entry.number}: take that amendment back first.")
            return replace(debrief, patterns=tuple(each for each in debrief.patterns if each is not entry))
        case Placement():
            if debrief.session.revealed >= debrief.session.round:
                raise Refused("This round is revealed and stays as it is.")
            return replace(debrief, placements=tuple(each for each in debrief.placements if each is not entry))


def instead(kind: str, rule: Rule) -> Rule:
    """The rule that puts a line in the place of the last entry of a kind, under the same number.

    What rests on that entry goes on resting on it, so it is taken out without asking what does. A line that takes
    somebody out, `-name`, mends nothing.
    """

    def mend(debrief: Debrief, line: str, now: float) -> Debrief:
        entry = last(debrief, kind)
        out = kind in ("participants", "ballots") and takes_out(line)
        if entry is None or out:
            return rule(debrief, line, now)
        if debrief.sealed and not (isinstance(entry, Moment) and entry.added_later):
            live(debrief)
        field = "placements" if kind == "ballots" else kind
        rest = tuple(each for each in getattr(debrief, field) if each is not entry)
        mended = rule(replace(debrief, **{field: rest}), line, now)  # type: ignore[arg-type]
        if isinstance(entry, Participant):
            return _renamed(mended, entry.alias, mended.participants[-1].alias)
        return mended

    return mend


def _renamed(debrief: Debrief, old: str, new: str) -> Debrief:
    """The debrief with somebody's group, moments and placements under the name that the roster has now."""
    if old == new:
        return debrief
    groups = tuple(tuple(new if name == old else name for name in group) for group in debrief.session.groups)
    return replace(
        debrief.with_session(groups=groups) if debrief.session.groups else debrief,
        moments=tuple(each.but(by=new) if each.by == old else each for each in debrief.moments),
        placements=tuple(each.but(by=new) if each.by == old else each for each in debrief.placements),
    )
