"""The pact: its page as plain text, its state, what is still missing, and agreeing to it.

The essay, “The Pact”: one page is enough; it holds purpose, start and end, responsibilities, messaging agreements, explicit
red lines, and a sunset clause. Nobody reads more than a page in a stairwell, so a longer pact can't be agreed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from itertools import zip_longest

from store.debrief import Debrief
from store.model import Pact, Probe, stamp
from store.probe import scope
from store.probe.non_negotiables import in_force
from store.probe_state import ended
from store.refused import Refused
from store.session.flow import live
from store.words.cells import width, wrapped
from store.words.dates import day, weekday
from store.words.names import SOMEBODY, matching
from store.words.numbers import counted
from store.words.text import clipped, lines_of, visible

LINES = 60
"""Lines on a page."""

COLUMNS = 76
"""The most columns a line of the page takes. A page has room for 80, but a screen of 80 columns loses some to borders."""

HEADINGS = (
    "PURPOSE",
    "BEGINNING, END AND SUNSET",
    "WHO DOES WHAT",
    "MESSAGING AGREEMENTS",
    "RED LINES",
    "NOT NEGOTIABLE",
    "AGREED BY",
)
"""The headings of the page. Each has its own line, with people's texts indented below it."""


class PactState(StrEnum):
    """The state of a pact."""

    DRAFT = "draft"
    AGREED = "agreed"
    RUNNING = "running"
    ENDED = "ended"


def state(debrief: Debrief, now: float) -> PactState:
    """The state of the pact: a draft until both sides agree, then decided by its dates, including the new end of a renewal.

    Once the debrief is sealed the pact is no longer a draft, even if no agreement was recorded.
    """
    pact, closing = debrief.probe.pact, debrief.session.closing
    if pact.agreed is None and not debrief.sealed:
        return PactState.DRAFT
    over = ended(pact.ends, pact.ends_at)
    if debrief.sealed and closing.sunset == "renew" and closing.renewed_until:
        over = ended(closing.renewed_until, None)
    at = datetime.fromtimestamp(now).astimezone()
    if over is not None and over <= at:
        return PactState.ENDED
    return PactState.RUNNING if pact.starts is None or pact.starts <= at.date() else PactState.AGREED


# ----------------------------------------------------------------------------------------------------- the two sides


def sides(probe: Probe) -> tuple[str, ...]:
    """The names of our organisation and of each partner, as typed."""
    return tuple(each for each in (probe.our_organisation, *(p.name for p in probe.partners)) if each.strip())


def signed(probe: Probe) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each side with the names that signed for it. A signature refers to its side by the first letters."""
    names: dict[str, list[str]] = {side: [] for side in sides(probe)}
    for signature in probe.pact.signatures:
        names.setdefault(side_meant(signature.organisation, names), []).append(signature.name)
    return tuple((side, tuple(those)) for side, those in names.items())


def side_meant(organisation: str, sides: Iterable[str]) -> str:
    """The side that a signature is for, which may name it by its first letters; otherwise what stands there."""
    found = matching(organisation, sides)
    return found[0] if len(found) == 1 else organisation


def signers(probe: Probe) -> tuple[str, ...]:
    """Who signed for whom, a text for each side that has signed: “Ana and Bo for Breathers”.

    In a record without names a side stands alone, because it has taken the place of its people.
    """
    found = []
    for side, names in signed(probe):
        people = [name for name in names if side_meant(name, (side,)) != side]
        if names:
            found.append(f"{_and(people)} for {side}" if people else side)
    return tuple(found)


# ---------------------------------------------------------------------------------------------------------- the page


def quoted(debrief: Debrief) -> tuple[tuple[str, ...], int | None]:
    """The non-negotiables that the page quotes, and the number of their revision.

    These are the ones in force. A pact that was agreed or debriefed keeps those it quoted then.
    """
    probe, newest = debrief.probe, in_force(debrief.non_negotiables)
    kept = probe.pact.agreed is not None or debrief.begun
    if newest is None or (kept and probe.non_negotiables):
        return probe.non_negotiables, probe.statement
    return newest.principles, newest.number


def page(debrief: Debrief) -> tuple[str, ...]:
    """The whole pact as plain text, in lines of at most `COLUMNS`. With more than `LINES` lines it can't be agreed."""
    probe, pact = debrief.probe, debrief.probe.pact
    principles, number = quoted(debrief)
    parts = (
        _text(pact.purpose),
        tuple(_when(debrief)),
        _each((f"{visible(r.who)}: {visible(r.what)}" for r in pact.responsibilities), hang="  "),
        _each(map(visible, (*speakers(probe), *pact.messaging))),
        _each(map(visible, pact.red_lines), numbered=True),
        _each(map(visible, principles)),
        tuple(_signatures(probe)),
    )
    rows = [*_head(debrief)]
    for heading, part in zip(HEADINGS, parts, strict=True):
        if heading != "NOT NEGOTIABLE":
            rows += ["", heading, *part]
        elif principles:
            rows += ["", f"{heading}, revision {number}" if number else heading, *part]
    return tuple(rows)


def speakers(probe: Probe) -> tuple[str, ...]:
    """Who speaks for us, as the first of the messaging agreements; nothing where nobody is named, or no name is left."""
    named = [name for name in dict.fromkeys(probe.spokespeople) if name.strip() and name != SOMEBODY]
    return (f"{_and(named)} speak{'s' if len(named) == 1 else ''} for us, and nobody else.",) if named else ()


def printed(debrief: Debrief) -> tuple[str, ...]:
    """The page as printed. If the pact is too long, the last line says how many lines are cut off."""
    found = page(debrief)
    if len(found) <= LINES:
        return found
    more = f" {counted(len(found) - LINES + 1, 'line')} more than the page holds "
    return (*found[: LINES - 1], f"{more:-^{COLUMNS}}")


def is_heading(line: str) -> bool:
    """Whether a line of the page is one of its headings."""
    return line.partition(", revision ")[0] in HEADINGS


def _head(debrief: Debrief) -> Iterator[str]:
    probe, agreed = debrief.probe, debrief.probe.pact.agreed
    stands = "debriefed, agreement not recorded" if debrief.sealed else "draft, not agreed"
    if agreed:
        stands = f"agreed on {day(datetime.fromisoformat(agreed))}"
    if probe.earlier_pacts:
        stands = f"version {len(probe.earlier_pacts) + 1}, {stands}"
    yield f"PACT{stands:>{COLUMNS - 4}}"
    yield "=" * COLUMNS
    yield from wrapped(visible(probe.title) or "(no title yet)", COLUMNS)
    ours, *partners = [visible(each) for each in (probe.our_organisation, *(p.name for p in probe.partners))]
    yield from wrapped(f"{ours or '(who we are)'} with {_and(partners) or '(whom)'}", COLUMNS)


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


NOT_YET = "  (not yet)"


def _text(text: str) -> tuple[str, ...]:
    return tuple(row for line in lines_of(text) for row in wrapped(visible(line), COLUMNS, "  ")) or (NOT_YET,)


def _each(texts: Iterable[str], numbered: bool = False, hang: str = "") -> tuple[str, ...]:
    """A list with dashes or numbers. With `hang`, continuation lines are indented instead."""
    rows: list[str] = []
    for at, text in enumerate(texts, 1):
        if hang:
            first, *rest = wrapped(text, COLUMNS - 2 - width(hang))
            rows += [f"  {first}", *(f"  {hang}{row}" for row in rest)]
        else:
            rows += wrapped(text, COLUMNS, f"  {at:>2}. " if numbered else "  - ")
    return tuple(rows) or (NOT_YET,)


def _when(debrief: Debrief) -> Iterator[str]:
    """The first and the last day, and the sunset clause in words."""
    pact, closing = debrief.probe.pact, debrief.session.closing
    hour = f"{pact.ends_at:%H:%M}" if pact.ends_at else ""
    if pact.starts is not None and pact.starts == pact.ends:
        said = f"On {weekday(pact.starts)}{hour and f', until {hour}'}."
    else:
        begin = f"From {weekday(pact.starts)}" if pact.starts else "From (no beginning yet)"
        end = f"until {weekday(pact.ends)}{hour and f', {hour}'}" if pact.ends else "until (no end yet)"
        said = f"{begin} {end}."
    yield from wrapped(said, COLUMNS, "  ")
    clause = f"on {day(pact.sunset)} unless both sides renew it." if pact.sunset else "(no sunset yet)."
    yield from wrapped(f"It dissolves by itself {clause}", COLUMNS, "  ")
    if debrief.sealed and closing.sunset == "renew" and closing.renewed_until:
        by = f", decided by {visible(closing.decided_by)}" if closing.decided_by.strip() else ""
        yield from wrapped(f"Renewed until {day(closing.renewed_until)}{by}.", COLUMNS, "  ")


_HALF = COLUMNS // 2 - 2


def _signatures(probe: Probe) -> Iterator[str]:
    """A line to sign for each name, two beside each other; a side of which there is no name has one without."""
    cells = [
        ("_" * (_HALF - 4), *wrapped(visible(name), _HALF - 4), *wrapped(f"for {visible(side)}", _HALF - 4))
        for side, names in signed(probe) or (("(who we are)", ()), ("(whom)", ()))
        for name in names or ("(name)",)
    ]
    for left, right in zip_longest(cells[::2], cells[1::2], fillvalue=()):
        yield ""
        for one, other in zip_longest(left, right, fillvalue=""):
            yield f"  {one}{' ' * (_HALF - width(one))}{other}".rstrip()


# --------------------------------------------------------------------------------------------- what it lacks, agreeing


def missing(debrief: Debrief) -> tuple[str, ...]:
    """What the pact can't be agreed without, each as a sentence that says what to do."""
    probe, pact = debrief.probe, debrief.probe.pact
    wanted = []
    if not probe.title.strip():
        wanted.append("Start with the title: what you do, and where.")
    if pact.ends is None:
        wanted.append("Say when the action ends.")
    if not pact.red_lines:
        wanted.append("Write at least one red line: what is not for sale.")
    if pact.sunset is None:
        wanted.append("Set the sunset: the day on which the probe dissolves.")
    wanted += out_of_order(pact)
    if not probe.our_organisation.strip():
        wanted.append("Say who we are: our organisation.")
    if not probe.partners:
        wanted.append("Name a partner: a pact has two sides.")
    for side, names in signed(probe):
        if not names:
            wanted.append(f"Add a signature for {clipped(side, 60)}.")
    if not probe.scope_reason.strip() and (jump := scope.warning(debrief)):
        wanted.append(f"{jump} Give a reason in “Why so large”, or take a smaller step.")
    over = len(page(debrief)) - LINES
    if over > 0:
        wanted.append(f"The pact is {counted(over, 'line')} too long for one page of {LINES}: shorten it.")
    return tuple(wanted)


def length(count: int) -> str:
    """How much of the page a number of lines takes: “51 of 60 lines”, or “69 lines, 9 more than the page holds”."""
    over = count - LINES
    if over <= 0:
        return f"{count} of {LINES} lines"
    return f"{counted(count, 'line')}, {over} more than the page holds"


def out_of_order(pact: Pact) -> tuple[str, ...]:
    """What is wrong with the order of the pact's dates, one sentence each."""
    wrong = []
    if pact.starts and pact.ends and pact.ends < pact.starts:
        wrong.append(f"The action can't end ({pact.ends}) before it starts ({pact.starts}).")
    if pact.ends and pact.sunset and pact.sunset < pact.ends:
        wrong.append(f"The sunset ({pact.sunset}) can't come before the end of the action ({pact.ends}).")
    return tuple(wrong)


def agree(debrief: Debrief, now: float) -> Debrief:
    """Record that both sides agree to the pact, and fix the non-negotiables it quotes.

    Raises:
        Refused: something is missing, the pact is already agreed, or the debrief is sealed.
    """
    live(debrief)
    if debrief.probe.pact.agreed is not None:
        raise Refused("Both sides have already agreed: changing the terms makes the pact a draft again.")
    if (sunset := past_sunset(debrief.probe, now)) is not None:
        raise Refused(only_renewed(sunset))
    if wanted := missing(debrief):
        raise Refused(wanted[0])
    principles, number = quoted(debrief)
    agreed = debrief.probe.pact.but(agreed=stamp(now))
    return replace(debrief, probe=debrief.probe.but(pact=agreed, non_negotiables=principles, statement=number))


def past_sunset(probe: Probe, now: float) -> date | None:
    """The sunset that both sides agreed to, if it has passed: then the pact can only be renewed (the essay, “The Pact”)."""
    agreed = probe.pact if probe.pact.agreed is not None or not probe.earlier_pacts else probe.earlier_pacts[-1].pact
    over = agreed.agreed is not None and ended(agreed.sunset, None)
    return agreed.sunset if over and over.timestamp() <= now else None


def only_renewed(sunset: date) -> str:
    """Says where a pact past its sunset is renewed."""
    return f"The sunset, {day(sunset)}, has passed: only a debrief can renew the pact, at its close, with a reason."


def afterwards(debrief: Debrief, now: float) -> bool:
    """Whether the action is over, so that agreeing now would come after the fact."""
    return (end := ended(debrief.probe.pact.ends, debrief.probe.pact.ends_at)) is not None and end.timestamp() <= now
