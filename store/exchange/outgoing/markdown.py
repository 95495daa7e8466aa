"""An export as a document: its probes one after another, and the alliance guidelines where they were asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from store.book.guidelines import FOSSIL, GuidelineVerdict, last_amended, stillness, verdicts
from store.debrief import Debrief
from store.exchange.outgoing.export import Contents
from store.exchange.outgoing.markdown_probe import amendment, probe, title
from store.exchange.outgoing.markdown_text import bullets, document, inline, linked, quoted
from store.matrix import gap
from store.model import Guideline, NonNegotiables, Version
from store.words.changes import words
from store.words.dates import day
from store.words.numbers import counted

NAMELESS = (
    "Names, moments and observations were left out: people stand here as their organisations, and as somebody where fewer"
    " than three of theirs were in the room. Sentences are as they were written, and where one mentions somebody it does so"
    " still: read it through before you hand it on."
)
RAW = "With names, moments and observations, as they were entered: for the group itself."


def file(contents: Contents) -> Iterator[bytes]:
    """The document."""
    parts: list[str] = []
    several = len(contents.ids) > 1
    links: list[str] = []
    chapters: list[str] = []
    revisions = tuple(map(NonNegotiables.model_validate, contents.held[NonNegotiables.table]))
    for at, (bundle, rounds) in enumerate(contents.measured(), 1):
        debrief = replace(bundle.debrief(contents.guidelines), non_negotiables=revisions)
        links.append(linked(at, title(debrief)))
        chapters += probe(debrief, rounds, at if several else None)
    if several:
        whose = f" of {inline(contents.group)}" if contents.group else ""
        parts += [f"# {len(contents.ids)} probes{whose}", bullets(links)]
    parts += chapters
    if contents.with_guidelines:
        parts += _guidelines(contents, "##" if contents.ids else "#")
    elif not contents.ids:
        parts.append("# No probes\n\nThe logbook is empty.")
    yield document([*parts, "---", f"*{RAW if contents.raw else NAMELESS}*"]).encode("utf-8", "replace")


def _guidelines(contents: Contents, heading: str) -> Iterator[str]:
    """The blocks of the alliance guidelines: what is in force, whether it worked, where it comes from, and what changed.

    `heading` is the signs before the title.
    """
    yield f"{heading} Alliance guidelines" + (f" of {inline(contents.group)}" if contents.group.strip() else "")
    found, sessions, debriefs = contents.guidelines, contents.deciders(), contents.debriefs()
    if not found:
        yield "There are none yet: the first debrief that adds one begins them."
        return
    last = last_amended(found)
    said, still = stillness(found, debriefs, contents.now)
    yield f"{counted(len(found), 'principle')} in force" + (
        f", last changed on {_day(str(last.since))}, {said.removeprefix('last amended ')}." if last else "."
    )
    if still:
        yield f"*{FOSSIL}*"
    yield "\n".join(f"{each.number}. {inline(each.text)}" for each in found)
    yield f"{heading}# Where they come from"
    for each in found:
        yield f"{heading}## Guideline {each.number}"
        if worked := verdicts(each, debriefs):
            yield "Did it work?"
            yield bullets(_said(each, one) for one in reversed(worked))
        yield from _lineage(each, sessions)


def _said(found: Guideline, said: GuidelineVerdict) -> str:
    """What a later debrief said; of which wording, where there were several."""
    wording = f" (its {_ORDINALS.get(said.wording, f'{said.wording}th')} wording)" if len(found.history) > 1 else ""
    return f"**{said.worked}**{wording}, said after “{inline(said.held.title)}” on {_day(said.held.at)}"


_ORDINALS = {1: "first", 2: "second", 3: "third"}


def _lineage(found: Guideline, sessions: Mapping[str, Debrief]) -> Iterator[str]:
    for at in range(len(found.history) - 1, -1, -1):
        version = found.history[at]
        debrief = sessions.get(version.session or "")
        in_force = at == len(found.history) - 1
        yield ("**In force**" if in_force else "**Before that**") + _whence(version, debrief)
        made = debrief and next(
            (each for each in debrief.amendments if each.guideline == found.number and each.principle == version.text),
            None,
        )
        facts = []
        if at:
            facts.append(f"**What changed:** {_changed(found.history[at - 1].text, version.text)}")
        if debrief and debrief.session.gap:
            facts.append(f"**Answers the gap:** {inline(gap.in_words(debrief.session.gap.model_dump()))}")
        if debrief and made:
            yield from amendment(debrief, made, facts)
        else:
            yield from filter(None, (quoted(version.text), bullets(facts)))


def _changed(before: str, after: str) -> str:
    """A wording with what was taken out struck through and what came in bold."""
    shown = {"=": "{}", "−": "~~{}~~", "+": "**{}**"}
    return " ".join(shown[sign].format(inline(text)) for sign, text in words(before, after) if text.strip())


def _whence(version: Version, debrief: Debrief | None) -> str:
    since = f" since {_day(version.since)}" if version.since else ", from before these records"
    return since + (f", from “{inline(title(debrief))}”" if debrief else "")


def _day(stamp: str) -> str:
    return day(datetime.fromisoformat(stamp).date())
