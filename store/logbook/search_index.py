"""Building the index of the search: which texts of an archive are found, under what label, and which are behind the curtain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from store.logbook.search import SearchIndex, SearchText, Texts
from store.probe_state import StoredRow
from store.words.sought import folded

if TYPE_CHECKING:
    from store.archive.archive import Archive
    from store.model import Record

RESPONSIBILITY = "responsibility"
"""The label of texts that say who does what: behind the curtain, because they name people."""

_Kind = tuple[str, bool, Iterable[SearchText]]
"""A label, whether it is behind the curtain, the texts."""


def _each(rows: Iterable[StoredRow], probes: Mapping[str, str], *fields: str) -> Iterator[SearchText]:
    """Some fields of records that belong to a probe or a session."""
    for row in rows:
        probe = row.get("probe") or probes.get(row.get("session", ""), "")
        text = "  ".join(str(row[field]) for field in fields if row.get(field))
        if text:
            yield probe, row.get("number", 0), text


def _of_probes(row: StoredRow) -> Iterator[tuple[str, str]]:
    pact = row.get("pact") or {}
    for field in ("title", "issue", "scope", "place", "context"):
        yield field, row.get(field) or ""
    yield "place of the debrief", row.get("debrief_place") or ""
    for tag in row.get("tags", ()):
        yield "tag", tag
    for partner in row.get("partners", ()):
        said = (partner.get(name, "") for name in ("name", "kind", "power", "history"))
        yield "partner", "  ".join(filter(None, said))
    yield "purpose", pact.get("purpose") or ""
    for line in pact.get("red_lines", ()):
        yield "red line", line
    for line in pact.get("messaging", ()):
        yield "messaging agreement", line
    for each in pact.get("responsibilities", ()):
        yield RESPONSIBILITY, f"{each['who']}: {each['what']}"
    for answer in (row.get("independence") or {}).values():
        yield "answer before", answer


def _of_sessions(row: StoredRow) -> Iterator[tuple[str, str]]:
    for name, said in (row.get("sovereignty") or {}).items():
        yield name, said.get("note") or ""
    closing = row.get("closing") or {}
    yield "close", closing.get("reason") or ""
    yield "why no amendment", row.get("no_amendment") or ""
    for answer in (row.get("independence") or {}).values():
        yield "answer after", answer


def build(archive: Archive) -> Iterator[SearchIndex | float]:
    """Build the index piece by piece: yields how much is done, 0 to 1, after each, and the index at the end.

    A screen that builds it goes on between two pieces.
    """
    from store.model import Amendment, Dissent, Moment, Observation, Participant, Pattern, Proposal
    from store.model.privacy import curtained

    sessions = {row["id"]: row for row in archive.each("sessions")}
    probes = {id: row["probe"] for id, row in sessions.items()}
    texts: list[Texts] = []
    labelled: dict[str, list[SearchText]] = {}
    titles: dict[str, str] = {}
    for row in archive.each("probes"):
        titles[row["id"]] = row["title"]
        for label, text in _of_probes(row):
            labelled.setdefault(label, []).append((row["id"], 0, text))
    for row in sessions.values():
        for label, text in _of_sessions(row):
            labelled.setdefault(label, []).append((row["probe"], 0, text))

    def found(label: str, kind: type[Record], *fields: str) -> _Kind:
        return label, curtained(kind, *fields), _each(archive.each(kind.table), probes, *fields)

    guidelines = (("", row["number"], row["history"][-1]["text"]) for row in archive.each("guidelines"))
    kinds: list[_Kind] = [
        ("guideline", False, guidelines),
        *((label, label == RESPONSIBILITY, of) for label, of in labelled.items()),
        found("amendment", Amendment, "principle", "replaces"),
        ("pattern", True, _each(archive.each(Pattern.table), probes, "text")),  # the review keeps its page shut as well
        found("proposal", Proposal, "title"),
        ("non-negotiable", False, _principles(archive.each("non_negotiables"))),
        found("dissent", Dissent, "text", "voice"),
        found("observation", Observation, "text", "by"),
        found("moment", Moment, "text"),
        found("person", Participant, "alias", "organisation"),
    ]
    for at, (label, raw, of) in enumerate(kinds):
        made = Texts(label, raw, "", [], [])
        for share in _fill(made, of):
            yield (at + share) / len(kinds)
        texts.append(made)
    yield SearchIndex(texts, titles)


_PIECE = 500
"""Records that are taken in without a break, in some milliseconds."""


def _fill(made: Texts, of: Iterable[SearchText]) -> Iterator[float]:
    """Take in texts; after each piece something that grows towards 1."""
    lines: list[str] = []
    length = 0
    for each in of:
        if not each[2]:
            continue
        line = folded(each[2]) + "\n"
        made.starts.append(length)
        made.owners.append(each)
        lines.append(line)
        length += len(line)
        if len(lines) % _PIECE == 0:
            yield 1 - _PIECE / (len(lines) + _PIECE)
    made.folded = "".join(lines)


def _principles(rows: Iterable[StoredRow]) -> Iterator[SearchText]:
    """The principles of the last revision that was adopted."""
    adopted = [row for row in rows if row.get("adopted")]
    return iter([("", number, text) for row in adopted[-1:] for number, text in enumerate(row["principles"], 1)])
