"""The pact: its one page as plain text, where it stands, what it still lacks, and how both sides agree to it.

The essay, “The Pact”: one page is enough; it holds purpose, start and end, responsibilities, messaging agreements, explicit
red lines, and a sunset clause. What is longer than a page isn't read in a stairwell, so it can't be agreed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from itertools import zip_longest

from store.debrief import Debrief
from store.model import Pact, Probe, Signature, stamp
from store.probe import scope
from store.probe.non_negotiables import in_force
from store.probe_state import ended
from store.refused import Refused
from store.session.flow import live
from store.words.cells import width, wrapped
from store.words.dates import day, weekday
from store.words.names import fitting
from store.words.text import clipped, lines_of, visible

LINES = 60
"""Lines on a page."""

COLUMNS = 76
"""Columns that the page's lines take at most. A page has room for 80; a screen of 80 has its own edges."""

HEADINGS = (
    "PURPOSE",
    "BEGINNING, END AND SUNSET",
    "WHO DOES WHAT",
    "MESSAGING AGREEMENTS",
    "RED LINES",
    "NOT NEGOTIABLE",
    "AGREED BY",
)
"""The parts of the page; each stands on a line of its own, and what people wrote is indented below it."""


class State(StrEnum):
    """Where a pact stands."""

    DRAFT = "draft"
    AGREED = "agreed"
    RUNNING = "running"
    ENDED = "ended"


def state(debrief: Debrief, now: float) -> State:
    """Where the pact stands: a draft until both sides agree; then by its dates, with the new end where it was renewed.

    What was held and debriefed is no draft, whether or not its agreement was recorded.
    """
    pact, closing = debrief.probe.pact, debrief.session.closing
    if pact.agreed is None and not debrief.sealed:
        return State.DRAFT
    over = ended(pact.ends, pact.ends_at)
    if debrief.sealed and closing.sunset == "renew" and closing.renewed_until:
        over = ended(closing.renewed_until, None)
    at = datetime.fromtimestamp(now).astimezone()
    if over is not None and over <= at:
        return State.ENDED
    return State.RUNNING if pact.starts is None or pact.starts <= at.date() else State.AGREED


# ----------------------------------------------------------------------------------------------------- the two sides


def sides(probe: Probe) -> tuple[str, ...]:
    """Our organisation and each partner, as typed."""
    return tuple(each for each in (probe.our_organisation, *(p.name for p in probe.partners)) if each.strip())


def signed(probe: Probe) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each side with the names that stand under the pact for it; a signature names its side by the beginning of its name."""
    names: dict[str, list[str]] = {side: [] for side in sides(probe)}
    for signature in probe.pact.signatures:
        names.setdefault(_side(signature, names), []).append(signature.name)
    return tuple((side, tuple(found)) for side, found in names.items())


def _side(signature: Signature, among: Iterable[str]) -> str:
    found = fitting(signature.organisation, among)
    return found[0] if len(found) == 1 else signature.organisation


# ---------------------------------------------------------------------------------------------------------- the page


def quoted(debrief: Debrief) -> tuple[tuple[str, ...], int | None]:
    """The non-negotiables that the page quotes and the number of their revision.

    Those in force; what was agreed to or debriefed keeps what it quoted then.
    """
    probe, newest = debrief.probe, in_force(debrief.non_negotiables)
    kept = probe.pact.agreed is not None or debrief.begun
    if newest is None or (kept and probe.non_negotiables):
        return probe.non_negotiables, probe.statement
    return newest.principles, newest.number


def page(debrief: Debrief) -> tuple[str, ...]:
    """The whole pact as plain text, each line at most `COLUMNS` wide; at most `LINES` of them if it is to be agreed."""
    probe, pact = debrief.probe, debrief.probe.pact
    principles, number = quoted(debrief)
    parts = {
        "PURPOSE": _text(pact.purpose),
        "BEGINNING, END AND SUNSET": tuple(_when(debrief)),
        "WHO DOES WHAT": _each((f"{visible(r.who)}: {visible(r.what)}" for r in pact.responsibilities), hang="  "),
        "MESSAGING AGREEMENTS": _each(map(visible, pact.messaging)),
        "RED LINES": _each(map(visible, pact.red_lines), numbered=True),
        "NOT NEGOTIABLE": _each(map(visible, principles)),
        "AGREED BY": tuple(_signatures(probe)),
    }
    rows = [*_head(debrief)]
    for heading in HEADINGS:
        if heading == "NOT NEGOTIABLE":
            if not principles:
                continue
            revision = f", revision {number}" if number else ""
            rows += ["", f"{heading}{revision}"]
        else:
            rows += ["", heading]
        rows += parts[heading]
    return tuple(rows)


def printed(debrief: Debrief) -> tuple[str, ...]:
    """The page as it is printed: of one that is too long as much as fits, and in its last line how much is missing."""
    found = page(debrief)
    if len(found) <= LINES:
        return found
    return (*found[: LINES - 1], f"{f' {lines(len(found) - LINES + 1)} more than the page holds ':-^{COLUMNS}}")


def is_heading(line: str) -> bool:
    """Whether a line of the page is one of its headings."""
    return line.partition(", revision ")[0] in HEADINGS


def _head(debrief: Debrief) -> Iterator[str]:
    probe, agreed = debrief.probe, debrief.probe.pact.agreed
    stands = "held, its agreement not recorded" if debrief.sealed else "draft, not agreed"
    if agreed:
        stands = f"agreed on {day(datetime.fromisoformat(agreed))}"
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
    """A list; with `hang` an entry's further lines are indented in place of a dash before it."""
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
        wanted.append("Begin with the title: what is done, and where.")
    if pact.ends is None:
        wanted.append("Say when it ends.")
    if not pact.red_lines:
        wanted.append("Write at least one red line: what is not for sale.")
    if pact.sunset is None:
        wanted.append("Set the sunset: the day on which it dissolves by itself.")
    wanted += out_of_order(pact)
    if not probe.our_organisation.strip():
        wanted.append("Say who we are: our organisation.")
    if not probe.partners:
        wanted.append("Name a partner: a pact has two sides.")
    for side, names in signed(probe):
        if not names:
            wanted.append(f"Put a name under it for {clipped(side, 60)}.")
    if not probe.scope_reason.strip() and (jump := scope.warning(debrief)):
        wanted.append(f"{jump} Say why in “Why so large”, or take a smaller step.")
    over = len(page(debrief)) - LINES
    if over > 0:
        wanted.append(f"It is {lines(over)} longer than one page of {LINES}: shorten it.")
    return tuple(wanted)


def lines(count: int) -> str:
    """So many lines, in words."""
    return f"{count} line{'' if count == 1 else 's'}"


def length(count: int) -> str:
    """How much of the page so many lines take: “51 of 60 lines”, or “69 lines, 9 more than the page holds”."""
    over = count - LINES
    return f"{count} of {lines(LINES)}" if over <= 0 else f"{lines(count)}, {over} more than the page holds"


def out_of_order(pact: Pact) -> tuple[str, ...]:
    """What is wrong with the order of its days, each as a sentence."""
    wrong = []
    if pact.starts and pact.ends and pact.ends < pact.starts:
        wrong.append(f"The action can't end ({pact.ends}) before it starts ({pact.starts}).")
    if pact.ends and pact.sunset and pact.sunset < pact.ends:
        wrong.append(f"The sunset ({pact.sunset}) can't come before the end of the action ({pact.ends}).")
    return tuple(wrong)


def agree(debrief: Debrief, now: float) -> Debrief:
    """Both sides agree to the pact as it stands; it then quotes the non-negotiables in force.

    Raises:
        Refused: something is missing, it is agreed already, or the debrief is sealed; the sentence says what to do.
    """
    live(debrief)
    if debrief.probe.pact.agreed is not None:
        raise Refused("Both sides have agreed to this page: a change to its terms makes it a draft again.")
    if wanted := missing(debrief):
        raise Refused(wanted[0])
    principles, number = quoted(debrief)
    agreed = debrief.probe.pact.but(agreed=stamp(now))
    return replace(debrief, probe=debrief.probe.but(pact=agreed, non_negotiables=principles, statement=number))


def afterwards(debrief: Debrief, now: float) -> bool:
    """Whether the action is over, so that who agrees now agrees to something that has happened."""
    return (end := ended(debrief.probe.pact.ends, debrief.probe.pact.ends_at)) is not None and end.timestamp() <= now


def _terms(probe: Probe) -> tuple[str, tuple[str, ...], Pact]:
    """What both sides agreed to; the hour of the end is noted afterwards, and names may be added."""
    return probe.title, sides(probe), probe.pact.but(ends_at=None, signatures=(), agreed=None)


def redrafted(debrief: Debrief, before: Debrief) -> Debrief:
    """The debrief with its pact a draft again, where its terms are no longer those of `before`, or a side has lost its name."""
    if debrief.probe.pact.agreed is None:
        return debrief
    if _terms(debrief.probe) == _terms(before.probe) and all(names for _, names in signed(debrief.probe)):
        return debrief
    return replace(debrief, probe=debrief.probe.but(pact=debrief.probe.pact.but(agreed=None)))
