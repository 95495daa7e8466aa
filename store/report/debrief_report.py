"""A debrief as people read it, section by section: for the review on screen and for `redraw show`."""

from collections.abc import Iterator
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
    Session,
)
from store.probe import non_negotiables, pact_versions
from store.probe.pact import signers
from store.report import dissent_report, summary
from store.report.lines import (
    Line,
    amendment_lines,
    detail,
    evidence,
    feelings,
    in_order,
    moment_line,
    observation_head,
)
from store.report.matrix_in_words import matrix_page
from store.report.section import Section
from store.session import decisions, impulses, organisers, recurring, red_lines, verdicts
from store.session.flow import lateness, planned_against_used
from store.timekeeper import duration
from store.timetable import passed_over
from store.words import numbers
from store.words.dates import date_of, day, rhythm_in_words, sunset_in_words
from store.words.names import fold
from store.words.text import visible

_BELOW = " " * 6
"""Before what belongs to a pattern."""

_WITH_VERDICT = 52
"""Columns from which a row has room for how far it was over or under."""


def sections(debrief: Debrief, now: float, columns: int = 65, charts: bool = True) -> tuple[Section, ...]:
    """All pages, in the order of the session.

    Args:
        columns: the room for a chart.
        charts: whether the page of the matrix has its charts; a screen draws its own, and to draw them takes time.
    """
    probe = Section("Probe", tuple(_probe(debrief, now)), (Probe, Session))
    time = Section("Time", tuple(_time(debrief, now, columns)), (Session, Event))
    if debrief.session.kind == "dissent":
        return (probe, *_before(debrief, columns), time)
    placed = bool(debrief.expected or (debrief.session.revealed and debrief.placements))
    people, moments, seen, patterns, amended = map(
        len, (debrief.participants, debrief.moments, debrief.observations, debrief.patterns, debrief.amendments)
    )
    return (
        *([Section("In short", tuple(summary.in_short(debrief)), (Session, Amendment))] if debrief.sealed else ()),
        probe,
        *(section for section in _before(debrief, columns) if section.lines),
        Section("Who was there", tuple(_people(debrief)), (Participant, Session), people, "person"),
        Section("Moments", tuple(map(moment_line, debrief.moments)), (Moment,), moments, "moment"),
        Section("Observations", tuple(_observations(debrief)), (Observation,), seen, "observation"),
        Section("Patterns", tuple(_patterns(debrief)), (Pattern, Moment), patterns, "pattern"),
        Section("Matrix", tuple(matrix_page(debrief, charts)) if placed else (), (Placement,)),
        Section("Amendments", tuple(_amendments(debrief)), (Amendment, Session), amended, "amendment"),
        Section("Sovereignty", tuple(_sovereignty(debrief)), (Probe, Session)),
        Section("Decompression", tuple(feelings(debrief)), (Session,)),
        Section("Close", tuple(close(debrief)), (Session,)),
        time,
    )


def _before(debrief: Debrief, columns: int) -> tuple[Section, ...]:
    """What was said and placed before the action, in the open dissent session."""
    said, proposed = tuple(dissent_report.positions(debrief)), tuple(dissent_report.ranked(debrief, columns))
    return (
        Section("Dissent", said, (Dissent,), len(debrief.dissent), "position"),
        Section("Proposals", proposed, (Proposal,), len(debrief.proposals), "proposal"),
    )


def as_text(debrief: Debrief, now: float) -> str:
    """The whole report as plain text, under the title of its probe."""
    parts = [visible(debrief.probe.title)]
    for section in sections(debrief, now):
        if section.lines:
            parts.append("\n".join((section.title.upper(), *(f"  {line}".rstrip() for line in section.lines))))
    return "\n\n".join(parts)


def _probe(debrief: Debrief, now: float) -> Iterator[Line]:
    probe, pact = debrief.probe, debrief.probe.pact
    for label, text in (
        ("issue", probe.issue),
        ("tags", ", ".join(probe.tags)),
        ("scope", probe.scope),
        ("why so large", probe.scope_reason),
        ("place", probe.place),
        ("debrief at", probe.debrief_place),
        ("ourselves", probe.our_organisation),
        ("whose", probe.origin),
        ("facilitators", ", ".join(probe.facilitators)),
        ("spokespeople", ", ".join(probe.spokespeople)),
        ("observers", ", ".join(probe.observers)),
        ("context", probe.context),
        ("purpose", pact.purpose),
    ):
        if text:
            yield Line(visible(text), label)
    for partner in probe.partners:
        kind = f" ({visible(partner.kind)})" if partner.kind else ""
        yield Line(f"{visible(partner.name)}{kind}" + (f": {visible(partner.power)}" if partner.power else ""), "with")
        if partner.history:
            yield Line(f"before: {visible(partner.history)}", "with")
    for name, when in (("starts", pact.starts), ("ends", pact.ends), ("sunset", pact.sunset)):
        if when:
            yield Line(day(when), name)
    for each in pact.responsibilities:
        yield Line(f"{visible(each.who)}: {visible(each.what)}", "responsible")
    for agreement in pact.messaging:
        yield Line(visible(agreement), "messaging")
    yield from _non_negotiables(debrief)
    if pact.agreed:
        yield Line(day(date_of(pact.agreed)), "agreed")
    yield from (Line(visible(each), "signed") for each in signers(probe))
    for how, changed in pact_versions.history(debrief):
        yield Line(visible(how), "versions")
        yield from (Line(f"  {visible(each)}", "versions") for each in changed)
    for line in red_lines.read_out(debrief):
        said = ", ".join(part for part in (line.state or "", "no longer in the pact" if line.gone else "") if part)
        yield Line(f"{f'{said}: ' if said else ''}{visible(line.text)}", "red lines")
    if debrief.session.red_lines:
        yield Line(red_lines.in_words(debrief), "red lines")
    if debrief.begun and debrief.session.kind == "debrief" and (late := lateness(debrief, now)):
        yield Line(late, "debriefed")
    yield Line(f"{probe.id}{f', session {debrief.session.id}' if debrief.begun else ''}", "kept as")


def _non_negotiables(debrief: Debrief) -> Iterator[Line]:
    """The principles that the pact quotes, and what was answered to the revision that they are from."""
    yield from (Line(visible(each), "principles") for each in debrief.probe.non_negotiables)
    if (revision := non_negotiables.quoted_in(debrief)) is not None:
        yield Line(f"revision {revision.number}: {non_negotiables.adoption(revision)}", "consents")
        yield from (Line(visible(each), "consents") for each in non_negotiables.stances(revision))


def _people(debrief: Debrief) -> Iterator[Line]:
    for organisation, count in debrief.headcount().items():
        yield Line(f"{visible(organisation)} ({count})", head=True)
        for person in debrief.participants:
            if person.organisation == organisation:
                role = "" if fold(person.role) == "participant" else f", {visible(person.role)}"
                yield detail(f"{visible(person.alias)}{role}{', left' if person.left else ''}")
    for number, group in enumerate(debrief.session.groups, 1):
        yield Line(f"group {number}: {', '.join(visible(name) for name in group)}", head=True)


def _observations(debrief: Debrief) -> Iterator[Line]:
    for observation in in_order(debrief.observations):
        yield Line(observation_head(observation, debrief.sealed), head=True)
        yield detail(visible(observation.text))


def _patterns(debrief: Debrief) -> Iterator[Line]:
    texts = {moment.number: moment for moment in debrief.moments}
    for pattern in debrief.patterns:
        yield Line(visible(pattern.text), lead=f"{pattern.number:>3} {pattern.felt.sign} ", head=True)
        yield Line(f"group {pattern.group}, rests on {evidence(pattern)}", lead=_BELOW)
        if seen := recurring.seen_before(debrief, pattern.number):
            yield Line(seen, lead=_BELOW)
        for number in pattern.moments:
            if number in texts:
                moment = moment_line(texts[number])
                yield moment._replace(lead=f"  {_BELOW}{moment.lead}")


def _amendments(debrief: Debrief) -> Iterator[Line]:
    for amendment in debrief.amendments:
        yield from amendment_lines(amendment)
    if debrief.session.no_amendment:
        yield Line(f"No amendment: {visible(debrief.session.no_amendment)}", head=True)
    for each in verdicts.said(debrief):
        yield Line(f"{each.name} worked: {each.worked}", head=True)
        if each.text:
            yield detail(visible(each.text))


def _sovereignty(debrief: Debrief) -> Iterator[Line]:
    for name in MEASURES:
        if name in debrief.session.sovereignty:
            said = debrief.session.sovereignty[name]
            taken = f"{numbers.change_bar(said.change)} {numbers.signed(said.change):>2}"
            yield Line(f"{name:<24} {taken}", head=True)
            if said.note:
                yield detail(visible(said.note))
    for each in decisions.answers(debrief):
        if each.before or each.after:
            yield Line(each.question, head=True)
            yield detail(f"before: {visible(each.before) or 'not answered'}")
            if debrief.begun:
                yield detail(f"after: {visible(each.after) or 'not answered'}")
    if debrief.session.turnout is not None:
        yield Line(f"turnout, not added in: {debrief.session.turnout}", head=True)
    if new := organisers.told(debrief):
        yield Line(f"new organisers, not added in: {new}", head=True)


def close(debrief: Debrief) -> Iterator[Line]:
    """How the session ended."""
    closing = debrief.session.closing
    if closing.sunset:
        reason = f": {visible(closing.reason)}" if closing.reason else ""
        yield Line(f"{sunset_in_words(closing.sunset, closing.renewed_until)}{reason}", "sunset")
        if closing.sunset == "renew" and closing.decided_by:
            yield Line(visible(closing.decided_by), "decided by")
    if closing.rhythm:
        yield Line(rhythm_in_words(closing.rhythm, closing.paused_until), "next")
    if closing.next_facilitator:
        yield Line(visible(closing.next_facilitator), "facilitates")
    if impulses.tally(debrief.dissent):
        yield from (Line(line, "pulls") for line in impulses.lines(debrief))


def _time(debrief: Debrief, now: float, columns: int) -> Iterator[Line]:
    """The table of the phases, and below it the events, a line each; `columns` is the room there is."""
    used = planned_against_used(debrief, now)
    if used and not any(spent for *_, spent in used):
        yield Line("The clock was never started, so how long each phase took is not known.")
    elif used:
        together = ("together", sum(planned for _, planned, _ in used), sum(spent for *_, spent in used))
        yield Line(f"{'':<15}{'planned':>9}{'used':>13}")
        for title, planned, spent in (*used, together):
            over = spent - planned
            verdict = f"{duration(over)} {'over' if over > 0 else 'under'}" if abs(over) >= 1 else "on time"
            row = f"{title:<15}{duration(planned):>9}{duration(spent):>13}"
            yield Line(f"{row}  {verdict}" if columns >= _WITH_VERDICT else row)
    for phase in passed_over(debrief):
        yield Line(f"{phase.title:<15}{'skipped':>9}")
    if used:
        yield Line("")
    for event in debrief.events:
        at = f"{datetime.fromisoformat(event.at):%H:%M:%S}"
        yield Line(f"{at}  {event.phase.replace('_', ' ')}: {_happened(event)}")


def _happened(event: Event) -> str:
    """What happened, with its length: the time left, given, taken or used, or an absence."""
    if event.seconds is None:
        return event.what
    length = duration(event.seconds)
    match event.what:
        case "advanced" | "returned" | "paused" | "started" | "went on" | "break began" | "break ended":
            return f"{event.what}, {length} {'over' if event.seconds < 0 else 'left'}"
        case "extended" | "shortened":
            return f"{event.what} by {length}"
        case "restarted":
            return f"restarted after {length}"
        case "away, counted" | "away, not counted":
            return event.what.replace("away", f"away for {length}")
        case "computer's clock set back" | "computer's clock set forward":
            return f"{event.what} by {length}"
    return f"{event.what} {length}"
