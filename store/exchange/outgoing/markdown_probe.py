"""A probe as a document that one would be glad to hand out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from store.debrief import Debrief
from store.exchange.outgoing.markdown_text import bullets, inline, paragraphs, quoted, table
from store.exchange.outgoing.people import WORDS
from store.matrix import figures, in_words
from store.matrix.statistics import Middle, Spread
from store.model import MEASURES, QUESTIONS, Amendment, Pattern
from store.probe import non_negotiables, pact_versions
from store.probe.pact import signed as signed_by
from store.probe.pact import signers, speakers
from store.report.lines import evidence
from store.session import organisers, verdicts
from store.timetable import passed_over
from store.words.dates import day, rhythm_in_words, sunset_in_words
from store.words.names import SOMEBODY, fold
from store.words.numbers import counted, number, signed, two_places

_DECIDED = {"vote": "a vote"}


def title(debrief: Debrief) -> str:
    """The title of a probe, which is not Markdown yet."""
    return debrief.probe.title if debrief.probe.title.strip() else "A probe without a title"


def probe(debrief: Debrief, rounds: tuple[figures.MatrixFigures, ...], at: int | None = None) -> Iterator[str]:
    """The blocks of the document, with the figures of each round that was revealed: at least one, and none holds a name.

    `at` is the number of the probe among several; then its heading is one step lower.
    """
    below = "##" if at is None else "###"
    yield f"{below[1:]} {'' if at is None else f'{at}. '}{inline(title(debrief))}"
    yield bullets(_in_short(debrief))
    for name, blocks in (
        ("What we were up against", paragraphs(debrief.probe.context)),
        ("Before the action", [*_before(debrief)]),
        ("What was agreed", [*_agreed(debrief)]),
        (
            "How it landed" if any(each.actual.n for each in rounds) else "What was expected of it",
            [*_landed(rounds)],
        ),
        ("Red lines", [*_red_lines(debrief)]),
        ("If they left, could we go on?", [*_independence(debrief)]),
        ("What was observed", [*_observed(debrief)]),
        ("Moments", [*_moments(debrief)]),
        ("What we saw", [*_patterns(debrief)]),
        ("What we changed", [*_amendments(debrief, below)]),
        ("Sovereignty", [*_sovereignty(debrief)]),
        ("How we were", [*_feelings(debrief)]),
        ("What ends, what goes on", [*_close(debrief)]),
    ):
        if blocks:
            yield f"{below} {name}"
            yield from blocks


def _in_short(debrief: Debrief) -> Iterator[str]:
    probe, pact = debrief.probe, debrief.probe.pact
    if probe.origin:
        yield f"**Whose:** {inline(probe.origin)}"
    ours = inline(probe.our_organisation)
    partners = [inline(each.name) + (f" ({inline(each.kind)})" if each.kind.strip() else "") for each in probe.partners]
    if ours or partners:
        yield f"**Who:** {ours or 'we'}" + (f", with {_listed(partners)}" if partners else "")
    if probe.issue.strip():
        yield f"**What about:** {inline(probe.issue)}"
    if probe.tags:
        yield f"**Tags:** {_listed([inline(each) for each in probe.tags])}"
    if where := [inline(each) for each in (probe.place, probe.scope) if each.strip()]:
        yield f"**Where:** {', '.join(where)}"
    if pact.starts or pact.ends:
        days = [day(each) for each in dict.fromkeys((pact.starts, pact.ends)) if each]
        yield f"**When:** {' to '.join(days)}"
    if pact.sunset:
        yield f"**Sunset:** {day(pact.sunset)}"
    sealed = debrief.session.sealed
    yield "**Debriefed:** " + (
        f"{day(datetime.fromisoformat(sealed).date())}, {_headcount(debrief)}" if sealed else "not yet"
    )
    if skipped := passed_over(debrief):
        yield f"**Skipped:** {', '.join(each.title.casefold() for each in skipped)}"
    if probe.debrief_place.strip():
        yield f"**Debrief held at:** {inline(probe.debrief_place)}"


def _headcount(debrief: Debrief) -> str:
    count, counts = len(debrief.participants), debrief.headcount()
    among = _listed([f"{inline(name)} {counts[name]}" for name in debrief.organisations if name in counts])
    return f"{count} in the room" + (f" ({among})" if among else "")


def _listed(names: Sequence[str]) -> str:
    """Names in a row; where one has a comma in it, with semicolons between them."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _before(debrief: Debrief) -> Iterator[str]:
    for pull in ("autonomy", "benefit"):
        lines = []
        for each in debrief.dissent:
            if each.pull != pull:
                continue
            voice = f" — {inline(each.voice)}" if each.voice.strip() else ""
            borne = {True: " *(borne out)*", False: " *(not borne out)*", None: ""}[each.borne_out]
            lines.append(f"“{inline(each.text)}”{voice}{borne}")
        if lines:
            yield f"For {'our autonomy' if pull == 'autonomy' else 'what we could win'}:"
            yield bullets(lines)
    if debrief.proposals:
        yield "What we could have done, and where the room placed it:"
        placed = [(each, figures.placed(each.placements)) for each in debrief.proposals]
        yield table(
            ("proposal", "autonomy", "benefit", "placed"),
            ((inline(each.title), _median(at.autonomy), _median(at.benefit), str(at.n)) for each, at in placed),
        )
    if choice := debrief.probe.choice:
        chosen = next((each.title for each in debrief.proposals if each.number == choice.proposal), "")
        reason = f": {inline(choice.reason)}" if choice.reason.strip() else ""
        yield f"**Chosen:** {inline(chosen) or f'proposal {choice.proposal}'}{reason}"


def _agreed(debrief: Debrief) -> Iterator[str]:
    pact = debrief.probe.pact
    yield from paragraphs(pact.purpose)
    for label, lines in (
        ("Who does what:", [f"**{inline(each.who)}:** {inline(each.what)}" for each in pact.responsibilities]),
        ("How we speak:", [inline(each) for each in (*speakers(debrief.probe), *pact.messaging)]),
        ("What can't be traded:", [inline(each) for each in debrief.probe.non_negotiables]),
    ):
        if lines:
            yield label
            yield bullets(lines)
    if (revision := non_negotiables.quoted_in(debrief)) is not None:
        yield f"Revision {revision.number} of these: {non_negotiables.adoption(revision)}."
        if stances := non_negotiables.stances(revision):
            yield bullets(map(inline, stances))
    if pact.signatures:
        missing = [inline(side) for side, names in signed_by(debrief.probe) if not names]
        under = _listed([inline(each) for each in signers(debrief.probe)])
        yield f"**Signed:** {under}" + (f". **Not signed:** {_listed(missing)}" if missing else "")
    if history := [*pact_versions.history(debrief)]:
        yield "Its versions:"
        yield "\n".join(
            "\n".join((f"- {inline(how)}", *(f"  - {inline(each)}" for each in changed))) for how, changed in history
        )


def _median(spread: Spread | Middle | None) -> str:
    """The median of some placements on one axis; a dash where there are none."""
    return number(spread.median) if spread else "–"


def _landed(rounds: tuple[figures.MatrixFigures, ...]) -> Iterator[str]:
    """What was expected and what became of it, round by round."""
    for found in rounds:
        if not found.expected.n and not found.actual.n:
            continue
        if len(rounds) > 1:
            yield f"**Round {found.round}**"
        if found.actual.n:
            yield f"**{in_words.headline(found)}**"
        late = in_words.reconstructed(found.late, found.expected.n)
        expected = "expected" + (f" ({late})" if late else "")
        rows: list[tuple[str, ...]] = [
            (name, _median(each.autonomy), _median(each.benefit), str(each.n))
            for name, each in ((expected, found.expected), ("actual, the whole room", found.actual))
            if each.n
        ]
        if found.way and found.gap and found.gap.paired:
            rows.append(("actual, the same people", *map(number, found.way[1]), str(found.gap.paired.n)))
        if found.partners:
            spreads = found.partners.autonomy, found.partners.benefit
            rows.append(("actual, all partners", *map(_median, spreads), str(found.partners.n)))
        if found.gap:
            rows.append(("between the medians", signed(found.gap.autonomy), signed(found.gap.benefit), ""))
        rows += [
            (f"actual, {inline(name)}", _median(each.autonomy), _median(each.benefit), str(each.n))
            for name, each in found.by_organisation.items()
        ]
        yield table(("", "autonomy", "benefit", "placed"), rows)
        said = [
            f"{in_words.stands(spread, axis)} (agreement {two_places(spread.agreement)})."
            for axis, spread in (("autonomy", found.actual.autonomy), ("benefit", found.actual.benefit))
            if spread
        ]
        if found.actual.n:
            yield " ".join((*said, *map(inline, in_words.remarks(found))))
    if any(found.expected.n or found.actual.n for found in rounds):
        yield "*Medians of where people placed it, 0 to 10 on each axis: autonomy preserved and concrete benefit delivered.*"


def _red_lines(debrief: Debrief) -> Iterator[str]:
    marked = {line.text: line.state for line in debrief.session.red_lines}
    lines = list(dict.fromkeys((*debrief.probe.pact.red_lines, *marked)))
    if marked:
        yield table(("red line", "it"), ((inline(each), marked.get(each, "was not marked")) for each in lines))
    elif lines:
        yield bullets(map(inline, lines))


def _independence(debrief: Debrief) -> Iterator[str]:
    for name, question in QUESTIONS.items():
        before, after = (dict(each.independence).get(name, "") for each in (debrief.probe, debrief.session))  # type: ignore[call-overload]
        if before.strip() or after.strip():
            yield f"*{question}*"
            yield bullets(
                f"**{when}:** {inline(said)}" for when, said in (("Before", before), ("After", after)) if said.strip()
            )


def _observed(debrief: Debrief) -> Iterator[str]:
    if debrief.observations:
        yield bullets(
            f"{inline(each.at[:16].replace('T', ' '))}"
            + (f", {inline(each.kind)}" if each.kind.strip() else "")
            + (f", {inline(each.by)}" if each.by else "")
            + f": {inline(each.text)}"
            for each in debrief.observations
        )


def _moments(debrief: Debrief) -> Iterator[str]:
    if debrief.moments:
        yield bullets(
            f"**{each.felt.sign} {each.number}** {inline(each.text)}"
            + (f" — {inline(each.by)}" if each.by else "")
            + (" *(added later)*" if each.added_later else "")
            for each in debrief.moments
        )


def _rests_on(pattern: Pattern) -> str:
    counts = ((len(pattern.moments), "moment"), (pattern.paper_maps, "paper map"))
    return " and ".join(counted(count, what) for count, what in counts if count)


def _patterns(debrief: Debrief) -> Iterator[str]:
    for felt in ("strengthened", "compromised"):
        lines = []
        for each in debrief.patterns:
            if each.felt == felt:
                rests = evidence(each) if debrief.moments else _rests_on(each)
                lines.append(f"{inline(each.text)}" + (f" *({rests})*" if rests else ""))
        if lines:
            yield f"Independence felt {felt}:"
            yield bullets(lines)


def _amendments(debrief: Debrief, heading: str) -> Iterator[str]:
    whose = "Their guideline" if debrief.probe.origin else "Guideline"
    for each in debrief.amendments:
        yield f"{heading}# {f'{whose} {each.guideline}' if each.guideline else 'A guideline'}"
        yield from amendment(debrief, each)
    if debrief.session.no_amendment.strip():
        yield f"No guideline was added or revised: {inline(debrief.session.no_amendment)}"
    if debrief.session.verdicts:
        yield "Whether what the debrief before added has worked:"
        yield bullets(
            f"{each.name[0].upper()}{each.name[1:]}"
            + (f" ({inline(each.text)})" if each.text.strip() else "")
            + f": **{each.worked}**"
            for each in verdicts.said(debrief)
        )


def amendment(debrief: Debrief, found: Amendment, also: Iterable[str] = ()) -> Iterator[str]:
    """New, old, why, how it was decided, and with which reservations; and what else is to be said of it."""
    yield quoted(found.principle)
    texts = {each.number: each.text for each in debrief.patterns}
    facts = [f"**Before:** {inline(found.replaces)}" if found.replaces is not None else "**New**"]
    facts += [f"**Rests on:** {inline(texts[number])}" for number in found.because if number in texts]
    facts.append(f"**Decided by:** {inline(_DECIDED.get(found.decision, found.decision))}")
    facts += [f"**Reservation:** {inline(each)}" for each in found.reservations]
    yield bullets((*facts, *also))


def _sovereignty(debrief: Debrief) -> Iterator[str]:
    said = debrief.session.sovereignty
    if rows := [(name, signed(said[name].change), inline(said[name].note)) for name in MEASURES if name in said]:
        yield table(("what we can do", "change", "why"), rows)
        yield "*From −2, lost a lot, to +2, gained a lot.*"
    if debrief.session.turnout is not None:
        yield f"Turnout, which is not added in: {debrief.session.turnout}"
    if new := organisers.told(debrief):
        yield f"New organisers, who are not added in: {new}"


def _feelings(debrief: Debrief) -> Iterator[str]:
    feelings = debrief.session.feelings
    if set(feelings) == {WORDS}:
        yield f"{counted(feelings[WORDS], 'word')} for how we were, said aloud and not handed on."
    elif feelings:
        words = sorted(feelings.items(), key=lambda pair: (-pair[1], fold(pair[0])))
        yield ", ".join(inline(word) + (f" ×{count}" if count > 1 else "") for word, count in words)


def _close(debrief: Debrief) -> Iterator[str]:
    closing = debrief.session.closing
    lines = []
    if closing.sunset:
        decided = sunset_in_words(closing.sunset, closing.renewed_until)
        what = f"The collaboration {'is ' if closing.sunset == 'renew' else ''}{decided}"
        lines.append(what + (f": {inline(closing.reason)}" if closing.reason.strip() else ""))
    if closing.decided_by.strip() not in ("", SOMEBODY):
        lines.append(f"Decided by {inline(closing.decided_by)}")
    if closing.rhythm:
        lines.append(f"Next we {rhythm_in_words(closing.rhythm, closing.paused_until)}")
    if closing.next_facilitator.strip() not in ("", SOMEBODY):
        lines.append(f"The next debrief is facilitated by {inline(closing.next_facilitator)}")
    if lines:
        yield bullets(lines)
