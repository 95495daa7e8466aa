"""A record with names after one without: the same, until its names are wanted."""

import json
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.exchange.incoming.importing import take_in
from store.exchange.incoming.rooms import read_room
from store.exchange.outgoing.json_document import as_json
from store.model import Guideline
from tests.conftest import Shell
from tests.helpers.imports import AT, NAMED, OURS, everything, holding, out, with_a_verdict


@pytest.mark.parametrize("own", [False, True])
def test_a_record_with_names_after_one_without_is_the_same_and_fills_it_where_that_is_wanted(
    redraw: Shell, path: Path, tmp_path: Path, own: bool
) -> None:
    group = "Kettle and Key" if own else "Breathers of Pellan"
    theirs = with_a_verdict(tmp_path / "t.json", group)
    for named in (NAMED, {"title": "z", "facilitators": ["Zebedee"]}):
        take_in(theirs, read_room({**named, "our_organisation": group}, AT))
    out(theirs, tmp_path / "bare.json", raw=False)
    out(theirs, tmp_path / "full.json")
    out(theirs, tmp_path / "full-one.json", "p3")
    holding(path, OURS).close()
    redraw("import", str(tmp_path / "bare.json"))
    before = everything(Archive(path))
    said = redraw("import", str(tmp_path / "full.json")).out.splitlines()
    whose = "" if own else f" of {group}"
    assert said[0] == f"4 probes{whose}: 0 new, 2 here already, 2 here already, but without names and raw notes."
    assert said[-1] == "The file has those names and notes: --with-raw-notes fills them in."
    assert everything(Archive(path)) == before
    known = Archive(path).group_records(Guideline)
    done = redraw("import", str(tmp_path / "full.json"), "--with-raw-notes").out
    assert done.startswith(f"4 probes{whose}: 0 new, 2 here already, 2 now with names and raw notes (9 participants, ")
    archive = Archive(path)
    assert archive.check()[1] == []
    assert archive.group_records(Guideline) == known
    id = "p4" if own else "px3"
    assert [(row["id"], row.get("origin", "")) for row in archive.rows("probes") if row["title"] == "Theirs"] == [
        (id, "" if own else group)
    ]
    found = archive.debrief(id)
    assert found.names == theirs.debrief("p3").names
    assert found.probe.facilitators == ("Brannoc",)
    assert found.amendments[0].reservations == ("Dagny: too slow", "Zebedee would not")
    before = everything(archive)
    for file in ("full", "bare", "full-one"):
        assert "new, " in redraw("import", str(tmp_path / f"{file}.json"), "--with-raw-notes").out
    assert everything(Archive(path)) == before, "whichever comes then is here already"


def test_what_differs_in_more_than_names_is_a_conflict_also_where_ours_has_none(
    redraw: Shell, path: Path, tmp_path: Path
) -> None:
    theirs = holding(tmp_path / "t.json", NAMED)
    out(theirs, tmp_path / "bare.json", raw=False)
    holding(path, OURS).close()
    redraw("import", str(tmp_path / "bare.json"))
    data = json.loads(out(theirs, tmp_path / "full.json"))
    data["probes"][0]["patterns"][0]["text"] = "otherwise"
    said = redraw("import", "-", "--with-raw-notes", stdin=json.dumps(data).encode()).out
    assert "0 new, 1 in conflict" in said


def test_one_debrief_by_itself_fills_what_is_here_without_names(redraw: Shell, path: Path, tmp_path: Path) -> None:
    theirs = holding(tmp_path / "t.json", NAMED)
    out(theirs, tmp_path / "bare.json", raw=False)
    shown = json.dumps(as_json(theirs.debrief("p1"))).encode()
    holding(path, OURS).close()
    redraw("import", str(tmp_path / "bare.json"))
    assert "px1 Theirs is here already, but without names" in redraw("import", "-", stdin=shown).out
    assert "now has its names and raw notes" in redraw("import", "-", "--with-raw-notes", stdin=shown).out
    assert redraw("import", "-", stdin=shown).out == "px1 Theirs is here already: nothing changed.\n"
