"""Names and raw notes of another group come in only where somebody asks for them, however the file looks that has them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.archive.archive import Archive
from tests.conftest import Shell
from tests.helpers.imports import OURS, around, everything, holding, out, taken
from tests.helpers.rooms import PEOPLE, ROOM
from tests.helpers.terminal import launch

RAW = (*PEOPLE, *(each["text"] for each in ROOM["moments"]), "the van was early", "jittery")
"""What stays in a file of another group."""

ROOM_OF_THEIRS = {
    **ROOM,
    "title": "Theirs",
    "our_organisation": "Other group",
    "facilitators": [PEOPLE[0]],
    "observations": [{"at": "2026-11-07T14:05", "by": PEOPLE[1], "kind": "friction", "text": "the van was early"}],
    "dissent": [{"voice": PEOPLE[2], "pull": "autonomy", "text": "I would wait."}],
}


@pytest.fixture
def others(tmp_path: Path) -> Archive:
    """The archive of another group."""
    return holding(tmp_path / "others.json", ROOM_OF_THEIRS)


@pytest.fixture
def raw(others: Archive, tmp_path: Path) -> bytes:
    """What they export with names and raw notes."""
    return out(others, tmp_path / "raw.json")


def through_a_third(raw: bytes, folder: Path) -> bytes:
    third = holding(folder / "third.json", {"title": "z", "our_organisation": "Third"})
    taken(third, raw, fill=True)
    return out(third, folder / "third-out.json")


def shown_by_a_third(raw: bytes, folder: Path) -> bytes:
    third = holding(folder / "third.json", {"title": "z", "our_organisation": "Third"})
    taken(third, raw, fill=True)
    third.close()
    return Shell(third.path)("show", "px1", "--json").out.encode()


def of_nobody(raw: bytes, folder: Path) -> bytes:
    return json.dumps({**json.loads(raw), "group": ""}).encode()


def without_uid(raw: bytes, folder: Path) -> bytes:
    data = json.loads(raw)
    data["probes"][0]["probe"]["uid"] = ""
    return json.dumps(data).encode()


def that_says_nothing(raw: bytes, folder: Path) -> bytes:
    data = json.loads(raw)
    del data["anonymous"]
    return json.dumps(data).encode()


FILES: tuple[Callable[[bytes, Path], bytes], ...] = (
    lambda raw, folder: raw,
    through_a_third,
    shown_by_a_third,
    of_nobody,
    without_uid,
    that_says_nothing,
)
NAMES = (
    "as it was exported",
    "through a third group",
    "shown by one",
    "of no group",
    "without uid",
    "that says nothing",
)


def bytes_of(archive: Archive) -> str:
    """All that stands in an archive's files."""
    archive.close()
    folder = archive.path.parent
    return "".join(each.read_text() for each in folder.glob(f"{archive.path.name}*") if each.is_file())


@pytest.mark.parametrize("made", FILES, ids=NAMES)
def test_without_being_asked_for_no_name_and_no_note_comes_in(
    path: Path, raw: bytes, tmp_path: Path, made: Callable[[bytes, Path], bytes]
) -> None:
    holding(path, {"title": "Ours", "our_organisation": "Kettle and Key"}).close()
    data = made(raw, tmp_path)
    assert all(text in data.decode() for text in RAW)
    redraw = Shell(path)
    done = redraw("import", "-", stdin=data)
    assert done.code == 0
    assert "Theirs came in without the names and raw notes that the file has." in done.out
    assert "--with-raw-notes fills them in" in done.out
    found = bytes_of(Archive(path))
    assert [text for text in RAW if text in found] == []
    assert "loudness is shared" in found, "what may be handed on has come"
    assert redraw("check").code == 0
    before = everything(Archive(path))
    again = redraw("import", "-", stdin=data)
    assert "here already, but without names and raw notes" in again.out
    assert everything(Archive(path)) == before
    assert json.loads(redraw("import", "-", "--json", stdin=data).out)


@pytest.mark.parametrize("made", FILES, ids=NAMES)
def test_once_they_are_asked_for_all_of_it_is_there_as_if_it_had_come_at_once(
    raw: bytes, tmp_path: Path, made: Callable[[bytes, Path], bytes]
) -> None:
    data = made(raw, tmp_path)
    later, at_once = (holding(tmp_path / name, {"title": "Ours", "our_organisation": "Ours"}) for name in ("1", "2"))
    taken(later, data)
    taken(later, data, fill=True)
    taken(at_once, data, fill=True)
    files = (json.loads(out(each, tmp_path / "x.json"))["probes"] for each in (later, at_once))
    one, other = (next(each for each in probes if each["probe"]["title"] == "Theirs") for probes in files)
    assert one == other
    assert all(text in json.dumps(one) for text in RAW)


def test_it_is_told_to_other_programs_too(ours: Archive, raw: bytes) -> None:
    ours.close()
    redraw = Shell(ours.path)
    (found,) = json.loads(redraw("import", "-", "--json", stdin=raw).out)["probes"]
    assert (found["how"], found["without_names"]) == ("new", True)


def test_one_that_differs_from_what_is_here_without_names_brings_none(
    ours: Archive, others: Archive, raw: bytes, tmp_path: Path
) -> None:
    taken(ours, out(others, tmp_path / "nameless.json", raw=False))
    data = json.loads(raw)
    data["probes"][0]["probe"]["issue"] = "another"
    (found,) = taken(ours, json.dumps(data).encode()).probes
    assert (found.how, found.shorn) == ("conflict", True)
    assert ours.debrief(found.probe).moments == ()
    assert {each.by for each in ours.debrief(found.probe).placements} == {"others"}
    assert "the van was early" not in bytes_of(ours)


def test_one_that_differs_from_what_is_here_with_names_brings_its_own(ours: Archive, raw: bytes) -> None:
    taken(ours, raw, fill=True)
    data = json.loads(raw)
    data["probes"][0]["probe"]["issue"] = "another"
    (found,) = taken(ours, json.dumps(data).encode()).probes
    assert (found.how, found.shorn) == ("conflict", False)
    assert ours.debrief(found.probe).names == PEOPLE


def test_our_own_export_and_a_room_file_bring_their_names(path: Path, tmp_path: Path) -> None:
    archive = holding(path, {"title": "Here", "our_organisation": OURS["our_organisation"]})
    own = out(holding(tmp_path / "own.json", OURS), tmp_path / "own-out.json")
    (found,) = taken(archive, own).probes
    assert (found.how, found.shorn) == ("new", False)
    assert archive.debrief(found.probe).names == PEOPLE
    (typed,) = taken(archive, json.dumps(ROOM_OF_THEIRS).encode()).probes
    assert archive.debrief(typed.probe).names == PEOPLE


def test_without_names_there_is_nothing_to_ask(ours: Archive, others: Archive, tmp_path: Path) -> None:
    (found,) = taken(ours, out(others, tmp_path / "nameless.json", raw=False)).probes
    assert (found.how, found.shorn) == ("new", False)


def test_into_an_empty_archive_it_comes_back_as_it_was_and_that_is_said(redraw: Shell, raw: bytes) -> None:
    done = redraw("import", "-", stdin=raw)
    assert "Its names and raw notes came in too, since nothing was here before." in done.out
    assert json.loads(redraw("show", "p1", "--json").out)["moments"]


def test_what_stands_there_with_names_and_without_goes_on_to_others(ours: Archive, raw: bytes, tmp_path: Path) -> None:
    taken(ours, raw)
    around(tmp_path, ours)
    third = holding(tmp_path / "the-third.json", {"title": "z", "our_organisation": "Third"})
    assert [each.how for each in taken(third, out(ours, tmp_path / "on.json"), fill=True).probes] == ["new", "new"]
    assert third.check()[1] == []


def test_the_same_probe_twice_in_a_file_is_one(ours: Archive, raw: bytes) -> None:
    data: Any = json.loads(raw)
    twice = json.loads(json.dumps(data["probes"][0]).replace('"p1"', '"p8"').replace('"s1"', '"s8"'))
    data["probes"].append(twice)
    assert [each.how for each in taken(ours, json.dumps(data).encode()).probes] == ["new", "same"]


@pytest.mark.parametrize(("answer", "named"), [("y", True), pytest.param("", False, marks=pytest.mark.sweep)])
def test_at_a_terminal_it_is_asked(path: Path, raw: bytes, tmp_path: Path, answer: str, named: bool) -> None:
    holding(path, OURS).close()
    file = tmp_path / "file.json"
    file.write_bytes(raw)
    with launch("--archive", str(path), "import", str(file)) as terminal:
        terminal.wait("Take in those names and raw notes? [y/N]:")
        terminal.type(answer, "enter")
        assert terminal.finish() == 0
        assert ("now with names and raw notes" in terminal.text) is named
    assert bool(Archive(path).debrief("px1").moments) is named
