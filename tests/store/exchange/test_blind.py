"""What is blind goes out nowhere, with names or without: rounds that nobody has revealed, and the ballots of one or two people."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from store.archive.archive import Archive
from store.debrief import Debrief
from store.exchange.bundle import Bundle
from store.exchange.incoming.importing import import_file
from store.exchange.outgoing.formats import FORMATS
from store.exchange.outgoing.json_document import as_json
from store.trends.read_cases import cases
from tests.helpers.builders import NOW, debrief, with_ballots
from tests.helpers.exports import out

SIX = tuple(f"Person{n}" for n in range(6))


def kept(path: Path, found: Debrief) -> Archive:
    archive = Archive(path)
    archive.commit(None, archive.with_id(found))
    return archive


@pytest.mark.parametrize(("people", "revealed", "seen"), [(6, 0, False), (2, 1, False), (3, 1, True)])
def test_only_revealed_rounds_of_three_and_more_go_out(
    path: Path, tmp_path: Path, people: int, revealed: int, seen: bool
) -> None:
    placed = with_ballots(
        debrief(*SIX, revealed=revealed, sealed="2026-11-07T21:00:00"), dict.fromkeys(SIX[:people], (9, 1))
    )
    archive = kept(path, placed)
    count = people * seen
    assert len(as_json(archive.debrief("p1"))["placements"]) == count
    (data,) = json.loads(out(archive, tmp_path, "json", raw=True))["probes"]
    assert len(data["placements"]) == count
    for form in FORMATS:
        for raw in (False, True):
            assert ("9,1" in out(archive, tmp_path, form, raw=raw).replace(" | ", ",")) == (seen and form != "json")
    (case,) = cases(archive)
    assert (case.actual is not None) == seen
    assert archive.check() == ({"probes": 1, "sessions": 1, "participants": len(SIX), "placements": count}, [])


@pytest.mark.parametrize(("people", "seen"), [(2, 0), (3, 3)])
def test_an_import_counts_what_may_be_shown(path: Path, people: int, seen: int) -> None:
    names = SIX[:people]
    room = {
        "title": "x",
        "our_organisation": "Ours",
        "participants": [{"alias": name, "organisation": "Ours"} for name in names],
        "actual": [{"by": name, "autonomy": 9, "benefit": 1} for name in names],
    }
    done = import_file(Archive(path), BytesIO(json.dumps(room).encode()).read, NOW)
    assert (done.counts["participants"], done.counts["placements"]) == (people, seen)


@pytest.mark.parametrize(("sealed", "people", "seen"), [(False, 3, False), (True, 2, False), (True, 3, True)])
def test_proposals_go_out_with_placements_once_three_people_s_are_revealed(
    sealed: bool, people: int, seen: bool
) -> None:
    row = {"placements": [{"by": name, "autonomy": 9, "benefit": 1} for name in SIX[:people]]}
    before = {"kind": "dissent", "sealed": "2026-11-07T21:00:00" if sealed else None, "revealed": 0}
    found = Bundle({}, [before], {"placements": [], "proposals": [row]}).seen()
    assert len(found.lists["proposals"][0]["placements"]) == people * seen
