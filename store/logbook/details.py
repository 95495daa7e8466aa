"""One probe of the logbook in detail: what a room should know before it opens the probe, from what the list has read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from store.logbook.listing import LogbookEntry
from store.matrix import gap
from store.probe_state import State, StoredRow
from store.words.dates import date_of, day, rhythm_in_words, sunset_in_words
from store.words.numbers import signed
from store.words.text import clipped

_LONGEST = 400
"""Characters of a text that are shown; Enter opens all of it."""

NOT_AGREED = "not agreed yet"
"""How the line ends that says it of a pact."""


def told(entry: LogbookEntry) -> tuple[tuple[str, str], ...]:
    """The details, a label and a line each; of several lines only the first has the label."""
    probe, session = entry.rows
    pact = probe.get("pact") or {}
    found: list[tuple[str, str]] = []
    for label, lines in (
        ("pact", _pact(entry, pact, session)),
        ("gap", gap.sentences(entry.gap) if entry.gap else ()),
        ("of", [entry.origin]),
        ("with", _partners(probe)),
        ("when", _when(pact, session)),
        ("red lines", _red_lines(pact, session)),
        ("next", _next(session)),
        ("sovereignty", _sovereignty(session)),
        ("issue", [probe.get("issue") or ""]),
        ("tags", [", ".join(probe.get("tags", ()))]),
        ("purpose", [pact.get("purpose") or ""]),
        ("where", [", ".join(filter(None, (probe.get("place"), probe.get("scope"))))]),
        ("debrief at", [probe.get("debrief_place") or ""]),
    ):
        said = [clipped(line, _LONGEST) for line in lines if line]
        found += [("" if at else label, line) for at, line in enumerate(said)]
    return tuple(found)


def _partners(probe: StoredRow) -> Iterator[str]:
    for each in probe.get("partners", ()):
        yield each["name"] + (f" ({each['kind']})" if each.get("kind") else "")


def _when(pact: StoredRow, session: StoredRow) -> Iterator[str]:
    for name in ("starts", "ends", "sunset"):
        if on := pact.get(name):
            yield f"{name} {day(date.fromisoformat(on))}"
    if session.get("sealed"):
        yield f"debriefed {day(date_of(session['sealed']))}"


def _sovereignty(session: StoredRow) -> Iterator[str]:
    for name, said in (session.get("sovereignty") or {}).items():
        yield f"{signed(said['change']):>2} {name}"


def _red_lines(pact: StoredRow, session: StoredRow) -> Iterator[str]:
    marked = {line["text"]: line["state"] for line in session.get("red_lines", ())}
    for text in dict.fromkeys((*(pact.get("red_lines") or ()), *marked)):
        yield f"{marked[text]}: {text}" if text in marked else text


def _pact(entry: LogbookEntry, pact: StoredRow, session: StoredRow) -> Iterator[str]:
    """Where the pact stands: a draft, agreed, renewed or lapsed."""
    closing = session.get("closing") or {}
    until = closing.get("renewed_until")
    if agreed := pact.get("agreed"):
        yield f"agreed by both on {day(date_of(agreed))}"
    elif entry.unfinished:
        yield f"drafted, {NOT_AGREED}" if any(pact.values()) else NOT_AGREED
    if entry.state is State.LAPSED and (until or pact.get("sunset")):
        yield "lapsed at its sunset"
    elif session.get("sealed") and closing.get("sunset"):
        yield sunset_in_words(closing["sunset"], date.fromisoformat(until) if until else None)


def _next(session: StoredRow) -> Iterator[str]:
    closing = session.get("closing") or {}
    if not session.get("sealed"):
        return
    if closing.get("rhythm"):
        until = closing.get("paused_until")
        yield f"the rhythm: {rhythm_in_words(closing['rhythm'], date.fromisoformat(until) if until else None)}"
    if closing.get("next_facilitator"):
        yield f"facilitates next: {closing['next_facilitator']}"
