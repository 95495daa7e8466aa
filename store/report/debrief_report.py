"""A debrief as people read it, section by section: for the review on screen and for `redraw show`.

A section is plain text, one paragraph per line, with every control character made visible. A tab separates the label of a line
from its text. A section is `raw` if the model says so of the records that it shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from store.debrief import Debrief
from store.model import (
    MEASURES,
    Amendment,
    Dissent,
    Event,
    Moment,
    Observation,
    Participant,
    Pattern,
    Placement,
    Probe,
    Proposal,
    Record,
    Session,
)
from store.model.privacy import of_one_room
from store.report import dissent_report, summary
from store.report.matrix_in_words import matrix_page
from store.report.records_in_words import amendment_lines, evidence, feelings, moment_line, observation_head
from store.session import decisions, impulses, recurring, red_lines, verdicts
from store.session.flow import lateness, planned_against_used
from store.session.observations import in_order
from store.timekeeper import duration
from store.words import numbers
from store.words.dates import date_of, day, sunset_in_words
from store.words.names import fold
from store.words.text import visible

_WITH_VERDICT = 56
"""Columns from which a row has room for how far it was over or under."""


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the report.

    Attributes:
        title, lines: what is on it.
        of: the kinds of record whose texts it shows.
        kept: what the page says while the curtain is drawn.
    """

    title: str
    lines: tuple[str, ...]
    of: tuple[type[Record], ...]
    kept: str = "written for that room"

    @property
    def raw(self) -> bool:
        """Whether it holds what people wrote or said only for one room."""
        return any(map(of_one_room, self.of))


def sections(debrief: Debrief, now: float, columns: int = 65) -> tuple[Section, ...]:
    """All pages, in the order of the session; `columns` is the room for a chart."""
    probe = Section("Probe", tuple(_probe(debrief, now)), (Probe, Session))
    time = Section("Time", tuple(_time(debrief, now, columns)), (Session, Event))
    if debrief.session.kind == "dissent":
        return (probe, *_before(debrief, columns), time)
    placed = bool(debrief.expected or (debrief.session.revealed and debrief.placements))
    return (
        *([Section("In short", tuple(summary.in_short(debrief)), (Session, Amendment))] if debrief.sealed else ()),
        probe,
        *(section for section in _before(debrief, columns) if section.lines),
        Section("Who was there", tuple(_people(debrief)), (Participant, Session)),
        Section(
            "Moments",
            tuple(moment_line(m) for m in debrief.moments),
            (Moment,),
            f"{numbers.counted(len(debrief.moments), 'moment')}, written for that room",
        ),
        Section(
            "Observations",
            tuple(_observations(debrief)),
            (Observation,),
            f"{numbers.counted(len(debrief.observations), 'observation')} of the action",
        ),
        Section(
            "Patterns",
            tuple(_patterns(debrief)),
            (Pattern, Moment),
            f"{numbers.counted(len(debrief.patterns), 'pattern')}, written for that room",
        ),
        Section("Matrix", tuple(matrix_page(debrief)) if placed else (), (Placement,)),
        Section("Amendments", tuple(_amendments(debrief)), (Amendment, Session)),
        Section("Sovereignty", tuple(_sovereignty(debrief)), (Probe, Session)),
        Section("Decompression", tuple(feelings(debrief)), (Session,)),
        Section("Close", tuple(close(debrief)), (Session,)),
        time,
    )


def _before(debrief: Debrief, columns: int) -> tuple[Section, ...]:
    """What was said and placed before the action, in the open dissent session."""
    said = f"{numbers.counted(len(debrief.dissent), 'position')}, said for that room"
    return (
        Section("Dissent", tuple(dissent_report.positions(debrief)), (Dissent,), said),
        Section("Proposals", tuple(dissent_report.ranked(debrief, columns)), (Proposal,)),
    )


def as_text(debrief: Debrief, now: float) -> str:
    """The whole report as plain text, under the title of its probe."""
    parts = [visible(debrief.probe.title)]
    for section in sections(debrief, now):
        if section.lines:
            parts.append(
                "\n".join(
                    (section.title.upper(), *(f"  {line}".rstrip().replace("\t", ": ") for line in section.lines))
                )
            )
    return "\n\n".join(parts)


def _probe(debrief: Debrief, now: float) -> Iterator[str]:
    probe, pact = debrief.probe, debrief.probe.pact
    for label, text in (
        ("issue", probe.issue),
        ("scope", probe.scope),
        ("why so large", probe.scope_reason),
        ("place", probe.place),
        ("ourselves", probe.our_organisation),
        ("whose", probe.origin),
        ("context", probe.context),
        ("purpose", pact.purpose),
    ):
        if text:
            yield f"{label}\t{visible(text)}"
    for partner in probe.partners:
        kind = f" ({visible(partner.kind)})" if partner.kind else ""
        yield f"with\t{visible(partner.name)}{kind}" + (f": {visible(partner.power)}" if partner.power else "")
        if partner.history:
            yield f"with\tbefore: {visible(partner.history)}"
    for name, when in (("starts", pact.starts), ("ends", pact.ends), ("sunset", pact.sunset)):
        if when:
            yield f"{name}\t{day(when)}"
    for each in pact.responsibilities:
        yield f"responsible\t{visible(each.who)}: {visible(each.what)}"
    for agreement in pact.messaging:
        yield f"messaging\t{visible(agreement)}"
    if pact.agreed:
        yield f"agreed\t{day(date_of(pact.agreed))}"
    for line in red_lines.read_out(debrief):
        said = ", ".join(part for part in (line.state or "", "no longer in the pact" if line.gone else "") if part)
        yield f"red lines\t{f'{said}: ' if said else ''}{visible(line.text)}"
    if debrief.session.red_lines:
        yield f"red lines\t{red_lines.in_words(debrief)}"
    if debrief.begun and debrief.session.kind == "debrief" and (late := lateness(debrief, now)):
        yield f"debriefed\t{late}"
    yield f"kept as\t{probe.id}{f', session {debrief.session.id}' if debrief.begun else ''}"


def _people(debrief: Debrief) -> Iterator[str]:
    for organisation, count in debrief.headcount().items():
        yield f"{visible(organisation)} ({count})"
        for person in debrief.participants:
            if person.organisation == organisation:
                role = "" if fold(person.role) == "participant" else f", {visible(person.role)}"
                yield f"    {visible(person.alias)}{role}"
    for number, group in enumerate(debrief.session.groups, 1):
        yield f"group {number}: {', '.join(visible(name) for name in group)}"


def _observations(debrief: Debrief) -> Iterator[str]:
    for observation in in_order(debrief.observations):
        yield observation_head(observation)
        yield f"    {visible(observation.text)}"


def _patterns(debrief: Debrief) -> Iterator[str]:
    texts = {moment.number: moment for moment in debrief.moments}
    for pattern in debrief.patterns:
        yield f"{pattern.number:>3} {pattern.felt.sign} {visible(pattern.text)}"
        yield f"      group {pattern.group}, rests on {evidence(pattern)}"
        if seen := recurring.seen_before(debrief, pattern.number):
            yield f"      {seen}"
        for number in pattern.moments:
            if number in texts:
                yield f"        {moment_line(texts[number])}"


def _amendments(debrief: Debrief) -> Iterator[str]:
    for amendment in debrief.amendments:
        yield from amendment_lines(amendment)
    if debrief.session.no_amendment:
        yield f"No amendment: {visible(debrief.session.no_amendment)}"
    yield from verdicts.lines(debrief)


def _sovereignty(debrief: Debrief) -> Iterator[str]:
    for name in MEASURES:
        if name in debrief.session.sovereignty:
            said = debrief.session.sovereignty[name]
            yield f"{name:<24} {numbers.change_bar(said.change)} {numbers.signed(said.change):>2}"
            if said.note:
                yield f"    {visible(said.note)}"
    for each in decisions.answers(debrief):
        if each.before or each.after:
            yield each.question
            yield f"    before: {visible(each.before) or 'not answered'}"
            if debrief.begun:
                yield f"    after: {visible(each.after) or 'not answered'}"
    if debrief.session.turnout is not None:
        yield f"turnout, not added in: {debrief.session.turnout}"


def close(debrief: Debrief) -> Iterator[str]:
    """How the session ended."""
    closing = debrief.session.closing
    if closing.sunset:
        reason = f": {visible(closing.reason)}" if closing.reason else ""
        yield f"sunset\t{sunset_in_words(closing.sunset, closing.renewed_until)}{reason}"
        if closing.sunset == "renew" and closing.decided_by:
            yield f"decided by\t{visible(closing.decided_by)}"
    if closing.rhythm:
        yield f"next\t{closing.rhythm}"
    if closing.next_facilitator:
        yield f"facilitates\t{visible(closing.next_facilitator)}"
    if impulses.tally(debrief.dissent):
        yield from (f"pulls\t{line}" for line in impulses.lines(debrief))


def _time(debrief: Debrief, now: float, columns: int) -> Iterator[str]:
    """The table of the phases, and below it the events, a line each; `columns` is the room there is."""
    used = planned_against_used(debrief, now)
    if used and not any(spent for *_, spent in used):
        yield "The clock was never started, so how long each phase took is not known."
    elif used:
        together = ("together", sum(planned for _, planned, _ in used), sum(spent for *_, spent in used))
        yield f"{'':<15}{'planned':>9}{'used':>13}"
        for title, planned, spent in (*used, together):
            over = spent - planned
            verdict = f"{duration(over)} {'over' if over > 0 else 'under'}" if abs(over) >= 1 else "on time"
            row = f"{title:<15}{duration(planned):>9}{duration(spent):>13}"
            yield f"{row}  {verdict}" if columns >= _WITH_VERDICT else row
        yield ""
    for event in debrief.events:
        yield f"{datetime.fromisoformat(event.at):%H:%M:%S}  {event.phase.replace('_', ' ')}: {_happened(event)}"


def _happened(event: Event) -> str:
    """What happened, with its length: the time left, given, taken or used, or an absence."""
    if event.seconds is None:
        return event.what
    length = duration(event.seconds)
    match event.what:
        case "advanced" | "returned" | "paused" | "started" | "went on":
            return f"{event.what}, {length} {'over' if event.seconds < 0 else 'left'}"
        case "extended" | "shortened":
            return f"{event.what} by {length}"
        case "restarted":
            return f"restarted after {length}"
        case "away, counted" | "away, not counted":
            return event.what.replace("away", f"away for {length}")
    return f"{event.what} {length}"
