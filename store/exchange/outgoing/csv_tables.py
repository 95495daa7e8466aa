"""An export as flat tables for a spreadsheet: one file for each kind of record, one row for each record.

Text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises; numbers stay numbers. Half of
the world's spreadsheets part cells at semicolons or tabs, and then a text goes on in the next cell: what follows such a sign is
treated alike. The files are UTF-8 with a byte order mark, without which Excel takes them for something older, and end their lines
as RFC 4180 says.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from store.exchange.bundle import LISTS, Bundle
from store.exchange.outgoing.export import Contents, Rounds
from store.exchange.outgoing.listed import stays
from store.exchange.outgoing.nameless import handed_on
from store.matrix.figures import Placed, Pool
from store.matrix.gap import AXES
from store.model import (
    MEASURES,
    QUESTIONS,
    Guideline,
    NonNegotiables,
    Pact,
    Probe,
    Proposal,
    RecurringPattern,
    Row,
    Session,
    Shift,
)
from store.model.privacy import fields
from store.probe import pact_versions
from store.probe.pact import side_meant
from store.probe.pact_versions import in_text
from store.words.text import visible

_FORMULA = re.compile(r"(?:(?<=[;|\t\r\n])|^)(?=[ \xa0]*[=+\-−@\t\r\n＝＋－＠])")
"""Where a formula would begin: at the start of a cell, whatever parts the cells."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters, which a terminal would act on, but for tabs and the ends of lines."""

_BOM = "\ufeff"
_ROWS_TOGETHER = 500

Cell = str | int | float | bool | None
TableRow = Sequence[object]


def cell(value: object) -> Cell:
    """A value as a spreadsheet takes it: a text as typed, but for what would be read as a formula; lists in one cell."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(str(each) for each in value)
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return _FORMULA.sub("'", _UNSEEN.sub(lambda found: visible(found[0]), text))


def _table(head: Sequence[str], lines: Iterable[TableRow]) -> Iterator[bytes]:
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_NONNUMERIC)
    held.write(_BOM)
    writer.writerow(head)
    for at, line in enumerate(lines, 1):
        writer.writerow([cell(value) for value in line])
        if at % _ROWS_TOGETHER == 0:
            yield held.getvalue().encode()
            held.seek(0)
            held.truncate()
    yield held.getvalue().encode()


def files(contents: Contents) -> dict[str, Iterator[bytes]]:
    """A table for each kind of record of which anything goes out; of the guidelines alone where only they were asked for."""
    tables = {
        f"{table}.csv": _table(head, chain.from_iterable(map(each, contents.held[table])))
        for table, (head, each) in _HELD.items()
    }
    if contents.only_guidelines:
        return {"guidelines.csv": tables["guidelines.csv"]}
    probes = [*contents.measured()]

    def of(lines: Callable[[Bundle, Rounds], Iterable[TableRow]]) -> Iterator[TableRow]:
        return chain.from_iterable(lines(bundle, rounds) for bundle, rounds in probes)

    found = {f"{name}.csv": _table(head, of(lines)) for name, (head, lines) in _TABLES.items()}
    for kind in LISTS:
        if kind is not Proposal and (contents.raw or handed_on(kind)):
            names = [
                each.name for each in fields(kind) if each.part is None and not stays(each) and each.name != "note"
            ]
            found[f"{kind.table}.csv"] = _table(names, of(partial(_records, kind.table, names)))
    return {**found, **tables}


def _records(table: str, names: Sequence[str], bundle: Bundle, _: object) -> Iterator[TableRow]:
    for row in bundle.lists[table]:
        yield [row.get(name) for name in names]


_PARTNER = ("name", "kind", "power", "history")
_PACT = ("purpose", "starts", "ends", "ends_at", "sunset", "agreed")
_PROBE = (
    *("id", "uid", "origin", "created", "title", "issue", "tags", "scope", "scope_reason", "place", "debrief_place"),
    *("context", "our_organisation", "non_negotiables", "facilitators", "spokespeople", "observers"),
)
assert set(_PACT) < set(Pact.model_fields)
assert set(_PROBE) < set(Probe.model_fields)


def _probes(bundle: Bundle, _: object) -> Iterator[TableRow]:
    row, pact = bundle.probe, bundle.probe["pact"]
    partners = row["partners"]
    yield [
        *(row.get(name, "") for name in _PROBE),
        [each["name"] for each in partners],
        [each["kind"] for each in partners],
        *(pact[name] for name in _PACT),
        *(row["independence"].get(name) for name in QUESTIONS),
        (row["choice"] or {}).get("proposal"),
        (row["choice"] or {}).get("reason"),
    ]


def _partners(bundle: Bundle, _: object) -> Iterator[TableRow]:
    for each in bundle.probe["partners"]:
        yield [bundle.probe["id"], *(each.get(name, "") for name in _PARTNER)]


def _pacts(bundle: Bundle, _: object) -> Iterator[TableRow]:
    pact = bundle.probe["pact"]
    for each in pact["responsibilities"]:
        yield [bundle.probe["id"], "responsibility", each["who"], each["what"]]
    for each in pact["messaging"]:
        yield [bundle.probe["id"], "messaging", "", each]
    for each in bundle.probe["non_negotiables"]:
        yield [bundle.probe["id"], "non-negotiable", "", each]
    probe = bundle.probe
    sides = [each for each in (probe["our_organisation"], *(p["name"] for p in probe["partners"])) if each.strip()]
    for each in pact["signatures"]:
        yield [probe["id"], "signature", side_meant(each["organisation"], sides), each["name"]]


def _pact_versions(bundle: Bundle, _: object) -> Iterator[TableRow]:
    row = bundle.probe
    if not (row["pact"]["agreed"] or row.get("earlier_pacts") or any(each["sealed"] for each in bundle.sessions)):
        return
    found = replace(bundle, lists=dict.fromkeys(bundle.lists, ())).debrief()
    for version in pact_versions.versions(found):
        changed = (f"{about}: {in_text(line.parts)}" for about, line in pact_versions.changes(found, version)[1])
        yield [row["id"], version.number, version.how, version.probe.pact.sunset, "\n".join(changed)]


def _red_lines(bundle: Bundle, _: object) -> Iterator[TableRow]:
    session = bundle.of_kind("debrief")
    marked = {each["text"]: each["state"] for each in (session or {}).get("red_lines", ())}
    for text in dict.fromkeys((*bundle.probe["pact"]["red_lines"], *marked)):
        yield [bundle.probe["id"], text, marked.get(text)]


_SESSION = ("id", "probe", "kind", "created", "sealed", "phase", "turnout", "joined", "stayed", "no_amendment")
_CLOSING = ("sunset", "reason", "decided_by", "renewed_until", "rhythm", "paused_until", "next_facilitator")
assert set(_SESSION) < set(Session.model_fields)


def _sessions(bundle: Bundle, _: object) -> Iterator[TableRow]:
    for row in bundle.sessions:
        yield [
            *(row.get(name) for name in _SESSION),
            *(row["sovereignty"].get(name, {}).get(part) for name in MEASURES for part in ("change", "note")),
            *(row["closing"].get(name) for name in _CLOSING),
            *(row["independence"].get(name) for name in QUESTIONS),
            sum(row["feelings"].values()),
            _skipped(row),
        ]


def _skipped(session: Row) -> list[str]:
    """The phases that the agenda skips and nobody has entered."""
    phases = (session.get("agenda") or {}).get("phases", {})
    return [name for name, own in phases.items() if own.get("skipped") and name not in session["clocks"]]


_SPREAD = ("median", "q1", "q3", "agreement")


def _matrix(bundle: Bundle, rounds: Rounds) -> Iterator[TableRow]:
    def line(round: int, who: str, found: Placed | Pool, reconstructed: int = 0) -> TableRow:
        spreads = [getattr(axis, name, None) for axis in (found.autonomy, found.benefit) for name in _SPREAD]
        return [bundle.probe["id"], round, who, found.n, *spreads, reconstructed]

    if rounds and rounds[0].expected.n:
        yield line(0, "", rounds[0].expected, rounds[0].late)
    for found in rounds:
        if found.actual.n:
            yield line(found.round, "", found.actual)
        for name, placed in found.by_organisation.items():
            yield line(found.round, name, placed)


def _gaps(bundle: Bundle, rounds: Rounds) -> Iterator[TableRow]:
    for found in rounds:
        if found.gap is None or found.chance is None:
            continue
        paired = found.gap.paired
        for axis in AXES:
            same = [getattr(getattr(paired, axis, None), name, None) for name in Shift.model_fields]
            row = [found.round, axis, getattr(found.gap, axis), paired and paired.n, *same, found.chance[axis]]
            yield [bundle.probe["id"], *row]


def _proposals(bundle: Bundle, _: object) -> Iterator[TableRow]:
    for row in bundle.lists["proposals"]:
        for mark in row["placements"] or ({"by": None, "autonomy": None, "benefit": None},):
            yield [row["probe"], row["number"], row["title"], mark["by"], mark["autonomy"], mark["benefit"]]


def _feelings(bundle: Bundle, _: object) -> Iterable[TableRow]:
    return [[row["id"], *felt] for row in bundle.sessions for felt in row["feelings"].items()]


_TABLES: dict[str, tuple[Sequence[str], Callable[..., Iterable[TableRow]]]] = {
    "probes": (
        [
            *_PROBE,
            "partners",
            "kinds",
            *(f"pact_{name}" for name in _PACT),
            *(f"independence_{name}" for name in QUESTIONS),
            "chosen_proposal",
            "chosen_because",
        ],
        _probes,
    ),
    "partners": (["probe", *_PARTNER], _partners),
    "pacts": (["probe", "part", "who", "text"], _pacts),
    "pact_versions": (["probe", "version", "how", "sunset", "changed"], _pact_versions),
    "red_lines": (["probe", "text", "state"], _red_lines),
    "sessions": (
        [
            *_SESSION,
            *(f"{name.replace(' ', '_').replace('-', '_')}_{part}" for name in MEASURES for part in ("change", "note")),
            *(f"closing_{name}" for name in _CLOSING),
            *(f"independence_{name}" for name in QUESTIONS),
            "words_of_decompression",
            "skipped",
        ],
        _sessions,
    ),
    "matrix": (
        [
            "probe",
            "round",
            "organisation",
            "placed",
            *(f"{axis}_{name}" for axis in ("autonomy", "benefit") for name in _SPREAD),
            "reconstructed",
        ],
        _matrix,
    ),
    "gaps": (
        [
            *("probe", "round", "axis", "between_medians"),
            *("same_people", *(f"same_people_{name}" for name in Shift.model_fields), "may_be_chance"),
        ],
        _gaps,
    ),
    "proposals": (["probe", "number", "title", "by", "autonomy", "benefit"], _proposals),
    "feelings": (["session", "word", "count"], _feelings),
}


def _guideline(row: Row) -> Iterator[TableRow]:
    last = len(row["history"])
    for at, version in enumerate(row["history"], 1):
        yield [row["number"], at, version["text"], version["since"], version["session"], at == last]


_STANCES = ("stands_aside", "objects")


def _principles(row: Row) -> Iterator[TableRow]:
    stances = [[f"{each['name']}: {each['reason']}" for each in row.get(kind, ())] for kind in _STANCES]
    for text in row["principles"]:
        asked, consents = len(row["asked"]), len(row["consents"])
        yield [row["number"], row["at"], row["adopted"], text, asked, consents, row["open"], *stances]


def _recurring(row: Row) -> Iterator[TableRow]:
    for seen in row["seen"] or ({"session": None, "pattern": None},):
        yield [row["number"], row["text"], seen["session"], seen["pattern"]]


_HELD: dict[str, tuple[Sequence[str], Callable[[Row], Iterable[TableRow]]]] = {
    Guideline.table: (["number", "version", "text", "since", "session", "in_force"], _guideline),
    NonNegotiables.table: (
        ["revision", "at", "adopted", "principle", "asked", "consents", "open", *_STANCES],
        _principles,
    ),
    RecurringPattern.table: (["number", "text", "session", "pattern"], _recurring),
}
