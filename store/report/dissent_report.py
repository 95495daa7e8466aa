"""An open dissent session in words and in its chart: positions, proposals with their figures, the choice."""

from collections.abc import Iterator

from store.debrief import Debrief
from store.matrix import chart, proposals
from store.matrix.chart import ProposalChart
from store.matrix.proposals import Ranked, letter
from store.model import PULLS, Dissent
from store.report.lines import Line, detail
from store.words import numbers
from store.words.text import visible


def counted(debrief: Debrief) -> str:
    """How many positions voice which pull: “5 for autonomy, 4 for benefit”."""
    return ", ".join(f"{sum(each.pull == pull for each in debrief.dissent)} for {pull}" for pull in PULLS)


def position(said: Dissent) -> Line:
    """A position with its number and its voice."""
    voice = f"{visible(said.voice)}: " if said.voice else ""
    became = {None: "", True: "  (✓ borne out)", False: "  (✗ not borne out)"}[said.borne_out]
    return Line(f"{voice}{visible(said.text)}{became}", lead=f"{said.number:>3} ")


def positions(debrief: Debrief) -> Iterator[Line]:
    """Every position, word for word, by the pull it voices."""
    for pull in PULLS:
        found = [each for each in debrief.dissent if each.pull == pull]
        if found:
            yield Line(f"{pull} ({len(found)})", head=True)
            yield from map(position, found)


def in_figures(found: Ranked, brief: bool = False) -> str:
    """Where the room put a proposal: “6, 6 · 11 placed · agreement 0.66, split on autonomy”.

    Where `brief`, no sentence tells why it ranks there, so its distance to the centre takes the place of the agreement:
    “6, 6 · 1.4 off · 11 placed, split on autonomy”.
    """
    theirs = found.placed
    if theirs.centre is None or theirs.autonomy is None or theirs.benefit is None:
        return f"{theirs.n} placed, too few to be shown" if theirs.n else "nobody placed it"
    x, y = theirs.centre
    placed = f"{theirs.n} placed"
    agreement = f"agreement {numbers.two_places(found.agreement or 0.0)}"
    figured = [f"{found.distance:.1f} off", placed] if brief else [placed, agreement]
    said = " · ".join([f"{numbers.number(x)}, {numbers.number(y)}", *figured])
    for axis, spread in (("autonomy", theirs.autonomy), ("benefit", theirs.benefit)):
        said += f", split on {axis}" if spread.agreement < 0 else ""
    deserted = [axis for axis, of in (("autonomy", theirs.autonomy), ("benefit", theirs.benefit)) if of.deserted]
    return said + (f", nobody stands there on {' and '.join(deserted)}" if deserted else "")


def notes(drawn: ProposalChart) -> Iterator[str]:
    """What the signs of a chart of proposals mean."""
    sharing: dict[str, list[str]] = {}
    for name, sign in drawn.marks.items():
        if sign in chart.TOGETHER:
            sharing.setdefault(sign, []).append(name)
    for sign, names in sharing.items():
        yield f"{sign} is {', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"{sign} is {names[0]}"
    nearest = f" of the {chart.SPREADS} nearest to the centre" if drawn.without_spread else ""
    yield "6, 5: autonomy, then benefit; + the centre"
    yield f"─ │ the middle half{nearest}"
    yield "agreement: 1 alike, 0 spread evenly, −1 split; the mean of both axes"


def ranked(debrief: Debrief, columns: int) -> Iterator[Line]:
    """The choice, then the chart and the ranking; while placing is blind, only how many have placed each proposal."""
    found = proposals.ranking(debrief.proposals)
    if not proposals.revealed(debrief):
        for name, proposal in proposals.letters(debrief.proposals).items():
            n = len(proposal.placements)
            blind = "too few to be shown" if _over(debrief) else "still blind"
            yield Line(f"{name} {visible(proposal.title)}")
            yield detail(f"{n} {'has' if n == 1 else 'have'} placed it, {blind}" if n else "nobody placed it")
        return
    if said := [line for line in choice(debrief) if line]:
        yield from map(Line, (*said, ""))
    if any(each.placed.n for each in found):
        drawn = chart.draw_proposals(found, columns)
        yield from map(Line, (*drawn.rows, "", *notes(drawn)))
    for each in found:
        yield Line("")
        yield Line(f"{each.letter} {visible(each.proposal.title)}")
        yield detail(in_figures(each))
        yield detail(each.why)


def _over(debrief: Debrief) -> bool:
    """Whether the open dissent session was sealed: what it left blind stays so."""
    session = debrief.session if debrief.session.kind == "dissent" else debrief.dissent_session
    return session is not None and session.sealed is not None


def choice(debrief: Debrief) -> Iterator[str]:
    """What was chosen, and why; or why nothing was."""
    chosen = debrief.probe.choice
    if chosen is not None:
        reason = f": {visible(chosen.reason)}" if chosen.reason.strip() else "."
        yield ""
        yield f"{letter(chosen.proposal)} is chosen{reason}"
        return
    session = debrief.session if debrief.session.kind == "dissent" else debrief.dissent_session
    if session is not None and session.closing.reason.strip():
        yield ""
        yield f"None is chosen: {visible(session.closing.reason)}"
