"""Everything that is shown of a probe and handed on without names, at once, as texts that can be compared."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any, cast

from store.debrief import OF_THE_GROUP, Debrief
from store.exchange.bundle import Bundle
from store.exchange.outgoing import csv_tables, json_document, markdown_probe
from store.exchange.outgoing.export import Contents, Rounds
from store.exchange.outgoing.nameless import anonymous
from store.exchange.outgoing.orders import made_anew
from store.matrix import chart, figures, in_words, proposals
from store.report.debrief_report import as_text
from store.report.dissent_report import ranked
from store.report.matrix_in_words import matrix_lines
from store.report.summary import in_short
from store.trends.read_cases import cases
from tests.helpers.builders import NOW


@dataclass
class _InHand:
    """What an export needs to know, of a debrief that is in no archive."""

    whole: Debrief
    group: str = "Breathers"
    raw: bool = False
    only_guidelines: bool = False
    held: Mapping[str, list[Any]] = field(default_factory=lambda: {kind.table: [] for kind in OF_THE_GROUP})

    @cached_property
    def bundles(self) -> list[Bundle]:
        return [made_anew(anonymous(Bundle.of(self.whole)), Random(0))]

    def measured(self) -> Iterator[tuple[Bundle, Rounds]]:
        yield from ((bundle, figures.rounds(self.whole)) for bundle in self.bundles)


@dataclass
class _Rows:
    """The rows of a debrief as the trends read them."""

    whole: Debrief

    def each(self, table: str) -> list[Any]:
        return [record.row() for record in self.whole.records() if record.table == table]

    def where(self, table: str, name: str, value: object) -> list[Any]:
        return [row for row in self.each(table) if row[name] == value]


def as_tables(debrief: Debrief) -> dict[str, str]:
    """The export as tables, by their names."""
    return _tables(_InHand(debrief))


def _tables(whole: _InHand) -> dict[str, str]:
    files = csv_tables.files(cast(Contents, whole))
    return {name: b"".join(parts).decode("utf-8-sig") for name, parts in files.items()}


def as_export(debrief: Debrief) -> dict[str, Any]:
    """The export as JSON: the one probe in it."""
    (found,) = json.loads(_document(_InHand(debrief)))["probes"]
    return cast(dict[str, Any], found)


def _document(whole: _InHand) -> str:
    return b"".join(json_document.file(cast(Contents, whole))).decode()


def everything(debrief: Debrief, drawn: bool = True) -> Iterator[str]:
    """Screens, wall, command line and exports together; what they all are drawn from, and what they say.

    `drawn` is whether with the charts and the pages that have some: these take most of the time.
    """
    whole = _InHand(debrief)
    rounds = figures.rounds(debrief)
    for found in rounds:
        yield json.dumps(figures.as_json(found))
        yield in_words.headline(found)
        yield from in_words.remarks(found)
        yield from map(str, matrix_lines(found))
        if drawn:
            yield from (*chart.draw(found), *chart.draw(found, organisations=True))
    yield in_words.recorded(debrief)
    yield str([*figures.completeness(debrief)])
    yield from map(str, in_short(debrief))
    if drawn:
        yield as_text(debrief, NOW)
    if debrief.proposals:
        found_out = proposals.ranking(debrief.proposals) if proposals.revealed(debrief) else ()
        yield str([(each.letter, each.distance, each.agreement, each.why) for each in found_out])
        yield from map(str, ranked(debrief, 65) if drawn else ())
    yield str(cases(_Rows(debrief)))
    yield str(debrief.session.gap)
    (bundle,) = whole.bundles
    yield from markdown_probe.probe(bundle.debrief(), rounds)
    yield from _tables(whole).values()
    yield _document(whole)
