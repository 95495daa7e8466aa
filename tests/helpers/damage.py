"""Damaged archives: files that aren't archives, and records that another program has damaged."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Change = Callable[[dict[str, dict[str, Any]]], object]

BAD_FILES: dict[str, tuple[bytes, str]] = {
    "zero bytes": (b"", "it is empty"),
    "not JSON": (b"Dear diary,\n", "it isn't JSON"),
    "binary": (b"\x00\xff\xfe\x80" * 50, "it isn't JSON"),
    "an object": (b"{}", "it is empty"),
    "a list": (b"[]", "it isn't JSON as Redraw writes it"),
    "a number": (b"1", "it isn't JSON as Redraw writes it"),
    "another program's tables": (b'{"_default": {"1": {"a": 1}}}', "which schema"),
    "no schema": (b'{"meta": {"1": {"demo": true}}}', "which schema"),
    "a schema that is no number": (b'{"meta": {"1": {"schema": "1"}}}', "which schema"),
    "a schema that is true": (b'{"meta": {"1": {"schema": true}}}', "which schema"),
    "schema 0": (b'{"meta": {"1": {"schema": 0}}}', "which schema"),
    "a newer schema": (b'{"meta": {"1": {"schema": 2}}, "x": {"1": {}}}', "update Redraw"),
    "meta that is a list": (b'{"meta": [1], "probes": {}}', "which schema"),
    "meta that holds a list": (b'{"meta": {"1": [1]}, "probes": {}}', "which schema"),
    "cut off": (b'{\n"meta":\n{\n"1": {"schema": 1}\n},\n"probes":\n{\n"1": {"id"', "it isn't JSON"),
    "cut off behind a line": (b'{\n"meta":\n{\n"1": {"schema": 1}\n},\n"probes":\n{\n"1": {}', "it isn't JSON"),
    "NaN": (b'{"meta": {"1": {"schema": 1}}, "probes": {"1": {"at": NaN}}}', "it isn't JSON"),
    "a number without end": (b'{"meta": {"1": {"schema": 1}}, "probes": {"1": {"at": 1e999}}}', "it isn't JSON"),
    "an infinity": (b'{"meta": {"1": {"schema": 1}}, "probes": {"1": {"at": -Infinity}}}', "it isn't JSON"),
    "NaN in a line": (b'{\n"meta":\n{\n"1": {"schema": NaN}\n}\n}\n', "it isn't JSON"),
    "invalid UTF-8": (b'{"meta": {"1": {"schema": 1}}, "probes": {"1": {"title": "\xff"}}}', "it isn't JSON"),
    "invalid UTF-8 in a line": (b'{\n"meta":\n{\n"1": {"schema": 1, "\xff": 1}\n}\n}\n', "it isn't JSON"),
    "a table that is there twice": (b'{"meta": {"1": {"schema": 1}}, "x": {}, "x": {"1": {}}}', "it isn't JSON"),
    "a document that is there twice": (b'{"meta": {"1": {"schema": 1}, "1": {}}}', "it isn't JSON"),
    "a field that is there twice": (b'{"meta": {"1": {"schema": 1, "schema": 2}}}', "it isn't JSON"),
    "nested too deeply": (b"[" * 200_000, "it isn't JSON as Redraw writes it"),
    "nested too deeply, laid out": (b'{\n"meta":\n{\n"1": ' + b"[" * 200_000 + b"\n}\n}\n", "it isn't JSON"),
    "a number too long": (b'{"meta": {"1": {"schema": 1' + b"0" * 10_000 + b"}}}", "it isn't JSON"),
}
"""The content of a file that isn't an archive, and what the error about it says."""

DAMAGE: dict[str, tuple[Change, str]] = {
    "a field of the wrong type": (lambda t: t["placements"]["2"].update(autonomy="six"), "placements 2: autonomy: "),
    "a ballot of 11": (lambda t: t["placements"]["1"].update(benefit=11), "placements 1: benefit: "),
    "an unknown field": (lambda t: t["moments"]["1"].update(mood="good"), "moments 1: mood: "),
    "a missing field": (lambda t: t["moments"]["2"].pop("text"), "moments 2: text: "),
    "a time that is none": (lambda t: t["moments"]["2"].update(at="noon"), "moments 2: at: "),
    "an unknown phase": (lambda t: t["sessions"]["1"].update(phase="lunch"), "sessions 1: phase: "),
    "a missing session": (lambda t: t["patterns"]["1"].update(session="s7"), "patterns 1: there is no session s7."),
    "a missing probe": (
        lambda t: t["observations"]["1"].update(probe="p7"),
        "observations 1: there is no probe p7.",
    ),
    "a session without its probe": (
        lambda t: t["sessions"]["1"].update(probe="p7"),
        "sessions 1: there is no probe p7.",
    ),
    "a record that is there twice": (
        lambda t: t["moments"].update({"3": t["moments"]["2"]}),
        "moments 3: the same number is there already.",
    ),
    "an id that is a list": (lambda t: t["probes"]["1"].update(id=["p1"]), "probes 1: id: "),
    "an id that is missing": (lambda t: t["sessions"]["1"].pop("id"), "sessions 1: id: "),
    "an unknown table": (lambda t: t.update(diary={"1": {}}), "The table “diary” is not one of Redraw's."),
}
"""A change to the tables of an archive with one debrief, and how the line of `redraw check` about it begins."""

NOWHERE: dict[str, tuple[Change, str]] = {
    "a moment": (lambda t: t["patterns"]["1"].update(moments=[1, 99]), "patterns 1: there is no moment 99 in s1."),
    "a pattern": (lambda t: t["amendments"]["1"].update(because=[99]), "amendments 1: there is no pattern 99 in s1."),
    "a pattern that recurs": (
        lambda t: t.update(
            recurring_patterns={"1": {"number": 1, "text": "x", "seen": [{"session": "s1", "pattern": 99}]}}
        ),
        "recurring_patterns 1: there is no pattern 99 in s1.",
    ),
    "a guideline": (lambda t: t["amendments"]["1"].update(guideline=99), "amendments 1: there is no guideline 99."),
    "a guideline that was judged": (
        lambda t: t["sessions"]["1"].update(verdicts=[{"guideline": 99, "worked": "yes"}]),
        "sessions 1: there is no guideline 99.",
    ),
    "a revision": (
        lambda t: t["probes"]["1"].update(statement=99),
        "probes 1: there is no revision 99 of the non-negotiables.",
    ),
}
"""A reference to a record that doesn't exist, and what `redraw check` says about it."""


def spoil(path: Path, change: Change) -> None:
    """Change the tables of an archive as another program might."""
    tables = json.loads(path.read_bytes())
    change(tables)
    path.write_text(json.dumps(tables))
