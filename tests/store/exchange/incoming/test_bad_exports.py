"""Exports with a mistake, and files that are none: refused in a sentence, and nothing is saved."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Shell
from tests.helpers.imports import AT, OURS, holding

Change = Callable[[dict[str, Any]], object]


def first(data: dict[str, Any]) -> dict[str, Any]:
    return data["probes"][0]  # type: ignore[no-any-return]


WRONG: dict[str, tuple[Change, str]] = {
    "another form": (lambda e: e.update(redraw=2), "update Redraw"),
    "no form": (lambda e: e.pop("redraw"), "update Redraw"),
    "an unknown list": (lambda e: e.update(probe=[]), "at probe: an export holds only"),
    "a group that is a number": (lambda e: e.update(group=5), "at group"),
    "probes that are an object": (lambda e: e.update(probes={}), "at probes: it should be a list"),
    "a probe that is a text": (lambda e: e["probes"].append("x"), "at probes.1: it should be an object"),
    "no probe in it": (lambda e: first(e).pop("probe"), "at probes.0.probe"),
    "an unknown name beside it": (
        lambda e: first(e).update(moment=[]),
        "at probes.0.moment: there is no such name here",
    ),
    "an unknown field": (lambda e: first(e)["moments"][1].update(mood="x"), "at probes.0.moments.1.mood"),
    "a place off the matrix": (
        lambda e: first(e)["placements"][0].update(autonomy=11),
        "probes.0.placements.0.autonomy",
    ),
    "moments that are an object": (lambda e: first(e).update(moments={}), "at probes.0.moments: it should be a list"),
    "a moment twice": (lambda e: first(e)["moments"].append(first(e)["moments"][0]), "at probes.0.moments.3: the same"),
    "a ballot twice": (
        lambda e: first(e)["placements"].append({**first(e)["placements"][-1], "number": 99}),
        "is there twice",
    ),
    "a wrong index": (
        lambda e: first(e)["patterns"][0].update(moments=[1, 9]),
        "at probes.0.patterns.0.moments: there is no moment 9 in s1",
    ),
    "another wrong index": (
        lambda e: first(e)["amendments"][0].update(because=[0]),
        "amendments.0.because: there is no pattern 0 in s1",
    ),
    "a record of another session": (
        lambda e: first(e)["events"].append(
            {"session": "s7", "number": 1, "at": AT, "phase": "opening", "what": "x", "seconds": None}
        ),
        "at probes.0.events.0: there is no session s7",
    ),
    "a record of another probe": (lambda e: first(e)["placements"][0].update(probe="p7"), "there is no probe p7"),
    "a session of another probe": (
        lambda e: first(e)["sessions"][0].update(probe="p7"),
        "at probes.0.sessions.0: there is no probe p7",
    ),
    "a probe without an id": (lambda e: first(e)["probe"].update(id=""), "at probes.0.probe.id"),
    "a probe twice": (lambda e: e["probes"].append(first(e)), "at probes.1: the id p1 is there already"),
    "an amendment of no guideline": (
        lambda e: first(e)["amendments"][0].update(guideline=999),
        "at probes.0.amendments.0.guideline: there is no guideline 999",
    ),
    "a verdict on no guideline": (
        lambda e: first(e)["sessions"][0].update(verdicts=[{"guideline": 77, "worked": "yes"}]),
        "at probes.0.sessions.0.verdicts.0.guideline: there is no guideline 77",
    ),
    "a statement that isn't there": (
        lambda f: f["probes"][0]["probe"].update(statement=77),
        "at probes.0.probe.statement: there is no revision 77 of the non-negotiables",
    ),
    "an id that moves the cursor": (
        lambda f: f["probes"][0]["sessions"][0].update(id="s\x1b[2J"),
        "at probes.0.sessions.0.id: an id is letters and digits",
    ),
    "an id that turns the line": (
        lambda f: f["probes"][0]["probe"].update(conflicts_with="p\u202e1"),
        "at probes.0.probe.conflicts_with: it should be an id",
    ),
    "a conflict with what isn't there": (
        lambda f: f["probes"][0]["probe"].update(conflicts_with="p99"),
        "at probes.0.probe.conflicts_with: there is no probe p99",
    ),
    "a probe that differs from itself": (
        lambda f: f["probes"][0]["probe"].update(conflicts_with=f["probes"][0]["probe"]["id"]),
        "at probes.0.probe.conflicts_with: a probe can't differ from itself",
    ),
    "more borne out than was said": (
        lambda f: f["probes"][0]["sessions"][0].update(impulses={"autonomy": [5, 2]}),
        "at probes.0.sessions.0.impulses.autonomy",
    ),
    "a recurring pattern that was not seen": (
        lambda e: e["recurring_patterns"].append(
            {"number": 1, "text": "x", "seen": [{"session": "s7", "pattern": 1}, {"session": "s1", "pattern": 999}]}
        ),
        "at recurring_patterns.0.seen.1.pattern: there is no pattern 999 in s1",
    ),
    "a guideline twice": (lambda e: e["guidelines"].append(e["guidelines"][0]), "at guidelines.1: the same number"),
    "a guideline without a history": (lambda e: e["guidelines"][0].pop("history"), "at guidelines.0.history"),
    "guidelines that are a text": (lambda e: e.update(guidelines="x"), "at guidelines: it should be a list"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("filled", [False, True])
def test_a_mistake_is_named_in_a_sentence_and_nothing_is_saved(
    redraw: Shell, path: Path, theirs: bytes, name: str, filled: bool
) -> None:
    change, wanted = WRONG[name]
    data = json.loads(theirs)
    change(data)
    if filled:
        holding(path, OURS).close()
    before = path.read_bytes() if filled else b""
    sentence = redraw("import", "-", stdin=json.dumps(data).encode()).sentence
    assert wanted in sentence
    assert (path.read_bytes() if path.exists() else b"") == before


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.7, 0.999])
def test_half_a_file_is_said_to_be_one(redraw: Shell, path: Path, theirs: bytes, share: float) -> None:
    sentence = redraw("import", "-", stdin=theirs[: int(len(theirs) * share)]).sentence
    assert "there is nothing in it" in sentence or "it ends too early" in sentence
    if share == 0.7:
        assert "at probes.0" in sentence
    assert not path.exists()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"[1, 2]", "holds no room"),
        (b'"x"', "holds no room"),
        (b'{"probes": []}', "update Redraw"),
        (b'{"redraw": 1, "probes": [],}', "not JSON"),
        (b'{"redraw": 1, "probes": []} x', "there is more after its end"),
        (b'{"redraw": 1, "redraw": 1}', "that name is there twice"),
        (b'{"redraw": 1 "probes": []}', "expecting ,"),
        (b'{"probes": [], "group": "x", "redraw": 1}', "has to stand before the probes"),
        (b"\xc3{}", "not UTF-8"),
        (b'{"redraw": 1, "probes": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"redraw": 1, "probes": [NaN]}', "is no number"),
        (b'{"redraw": 1, "probes": [1e999]}', "is no number"),
        (b'{"redraw": 1, 5: 6}', "not JSON"),
    ],
    ids=lambda value: ascii(value[:24]),
)
def test_other_json_is_refused_in_a_sentence(redraw: Shell, path: Path, data: bytes, wanted: str) -> None:
    assert wanted in redraw("import", "-", stdin=data).sentence
    assert not path.exists()
