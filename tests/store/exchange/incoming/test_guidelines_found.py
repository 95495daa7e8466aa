"""Guidelines that come in find ours by their wording, or stay in their own book."""

import json
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.export import export
from store.exchange.outgoing.json_document import as_json
from store.model import Guideline, NonNegotiables, Verdict
from store.report import debrief_report
from store.session.verdicts import asked
from tests.conftest import Shell
from tests.helpers.builders import NOW
from tests.helpers.imports import AT, OURS, around, everything, holding, out, taken, with_a_verdict


def test_a_file_of_guidelines_alone_says_what_became_of_them(redraw: Shell, path: Path, tmp_path: Path) -> None:
    out(with_a_verdict(tmp_path / "t.json", "Thirders"), tmp_path / "g.json", "guidelines")
    assert redraw("import", str(tmp_path / "g.json")).out == "There is no probe in the file: 3 guidelines came in.\n"
    assert len(Archive(path).group_records(Guideline)) == 3
    assert redraw("import", str(tmp_path / "g.json")).out.splitlines() == [
        "There is no probe in the file: nothing changed.",
        "Guidelines come in with the debriefs that decided them, or into an empty archive.",
    ]


def test_a_probe_of_our_own_group_comes_in_as_ours_and_its_amendments_find_their_guidelines(
    ours: Archive, tmp_path: Path
) -> None:
    elsewhere = Archive(tmp_path / "laptop.json")
    taken(elsewhere, out(ours, tmp_path / "e.json"))
    revised = {"principle": "Ask twice.", "replaces": "whoever stands at the gate speaks first", "decision": "vote"}
    again = {**OURS, "title": "Later", "amendments": [revised], "non_negotiables": ["One."]}
    take_in(elsewhere, read_room(again, AT))
    done = taken(ours, out(elsewhere, tmp_path / "e.json"))
    assert [(each.how, each.probe) for each in done.probes] == [("same", "p1"), ("new", "p2")]
    assert [[version.text for version in each.history] for each in ours.group_records(Guideline)] == [
        ["whoever stands at the gate speaks first", "Ask twice."]
    ]
    assert ours.group_records(Guideline)[0].history[-1].session == "s2"
    found = ours.debrief("p2")
    assert found.probe.origin == ""
    assert found.amendments[0].guideline == 1
    assert found.probe.statement == 1
    assert [each.principles for each in ours.group_records(NonNegotiables)] == [("One.",)]
    assert ours.check()[1] == []


def test_what_another_group_says_of_a_guideline_stands_on_none_of_ours(ours: Archive, tmp_path: Path) -> None:
    take_in(ours, read_room({"title": "z", "amendments": [{"principle": "Ours.", "decision": "vote"}]}, AT))
    theirs = with_a_verdict(tmp_path / "t.json", "Thirders")
    data = out(theirs, tmp_path / "e.json")
    taken(ours, data)
    assert ours.debrief("px2").session.verdicts == (Verdict(guideline=2, worked="partly", wording="Ask first."),)
    document = export(ours, ("px2",), "md", tmp_path / "px2.md").read_text("utf-8")
    assert "- Their guideline 2 (Ask first.): **partly**" in document
    assert "### Their guideline 2\n" in document
    assert "Ours." not in document
    assert "their guideline 2 worked: partly\n      Ask first." in debrief_report.as_text(ours.debrief("px2"), NOW)
    assert asked(ours.debrief("px2")) == ()
    assert json.loads(out(ours, tmp_path / "alone.json", "px2"))["guidelines"] == []
    before = everything(ours)
    assert [each.how for each in taken(ours, data).probes] == ["same", "same"]
    assert everything(ours) == before
    around(tmp_path, ours)


@pytest.mark.parametrize("names", [(), ("p2",)])
def test_what_our_own_group_says_of_a_guideline_finds_it_by_its_wording(
    ours: Archive, tmp_path: Path, names: tuple[str, ...]
) -> None:
    elsewhere = with_a_verdict(tmp_path / "t.json", "Kettle and Key")
    data = out(elsewhere, tmp_path / "e.json", *names)
    if names:
        take_in(ours, elsewhere.debrief("p1"))
    taken(ours, data)
    assert [(each.number, each.text) for each in ours.group_records(Guideline)][1:] == [
        (2, "Two observers."),
        (3, "Ask twice."),
        (4, "One banner."),
    ]
    assert ours.debrief("p3").session.verdicts == (Verdict(guideline=3, worked="partly"),)
    assert "guideline 3 worked: partly\n      Ask first." in debrief_report.as_text(ours.debrief("p3"), NOW)
    assert {each.how for each in taken(ours, data).probes} == {"same"}


def test_what_our_own_group_says_of_a_guideline_that_never_was_here_keeps_its_wording(
    ours: Archive, tmp_path: Path
) -> None:
    elsewhere = with_a_verdict(tmp_path / "t.json", "Kettle and Key")
    data = json.loads(out(elsewhere, tmp_path / "e.json", "p2"))
    data["probes"][0]["amendments"] = []
    taken(ours, json.dumps(data).encode())
    assert ours.debrief("p2").session.verdicts == (Verdict(guideline=0, worked="partly", wording="Ask first."),)
    assert (
        "- An earlier guideline (Ask first.): **partly**" in export(ours, ("p2",), "md", tmp_path / "d.md").read_text()
    )
    around(tmp_path, ours)


def test_show_json_brings_what_was_said_of_a_guideline_to_its_wording(
    redraw: Shell, path: Path, tmp_path: Path
) -> None:
    shown = as_json(with_a_verdict(tmp_path / "t.json", "Kettle and Key").debrief("p2"))
    holding(path, OURS).close()
    redraw("import", "-", stdin=json.dumps(shown).encode())
    assert Archive(path).debrief("p2").session.verdicts == (Verdict(guideline=2, worked="partly"),)
    shown["session"]["verdicts"][0]["guideline"] = 77
    assert (
        "at session.verdicts.0.guideline: there is no guideline 77"
        in redraw("import", "-", stdin=json.dumps(shown).encode()).sentence
    )
