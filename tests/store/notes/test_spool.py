"""The spool: a note is there whole or not at all, once, and whatever else lies there is left alone."""

import errno
import json
import os
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.archive.archive import Archive, ArchiveError
from store.archive.disk.calls import Disk, make_folders
from store.model import OBSERVED, Probe
from store.notes import take_in
from store.notes.spool import ABANDONED, Note, Spool, unique_name
from tests.conftest import fails
from tests.helpers.builders import AT, HOSTILE_LINES, a_property
from tests.helpers.disks import Bytes, Fault, FaultyDisk, Killed, Names, SimulatedDisk
from tests.helpers.texts import ANY

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

PLACE = Path("/simulated/group/logbook.json")


def note(
    text: str = "seen", probe: str = "p1", created: str = AT, kind: str = "friction", by: str | None = None
) -> Note:
    return Note(probe, created, AT, by, kind, text)


def texts(spool: Spool) -> list[str]:
    """What waits, in its order; all of it has to be notes."""
    found = [each for _, each in spool.waiting()]
    assert all(isinstance(each, Note) for each in found), found
    return [each.text for each in found if isinstance(each, Note)]


@pytest.fixture
def held(path: Path) -> Archive:
    """An archive with two probes."""
    archive = Archive(path)
    archive.save([Probe(id=id, created=AT, title=f"Probe {id}") for id in ("p1", "p2")])
    return archive


def observations(archive: Archive, probe: str = "p1") -> list[tuple[int, str]]:
    archive.follow()
    return [(each.number, each.text) for each in archive.debrief(probe).observations]


# ---------------------------------------------------------------------------------------------------------- dropping


@a_property
@given(ANY, st.none() | ANY, st.sampled_from(["", *OBSERVED]))
def test_a_note_comes_back_to_the_code_point(text: str, by: str | None, kind: str) -> None:
    disk = SimulatedDisk()
    make_folders(disk, PLACE.parent)
    spool = Spool(PLACE, disk)
    dropped = note(text, by=by, kind=kind)
    name = spool.drop(dropped)
    assert spool.waiting() == [(name, dropped)]


def test_it_is_its_owners_alone_and_stands_in_the_order_of_time(path: Path) -> None:
    spool = Spool(path)
    for n in range(12):
        spool.drop(note(str(n)))
    assert texts(spool) == [str(n) for n in range(12)]
    assert not list((spool.folder / "tmp").iterdir())
    for folder, _, files in os.walk(spool.folder):
        assert os.stat(folder).st_mode & 0o777 == 0o700
        assert all(os.stat(Path(folder) / name).st_mode & 0o777 == 0o600 for name in files)


def test_two_at_the_same_instant_in_one_process_have_names_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.notes.spool.time.time_ns", lambda: 1)
    assert len({unique_name() for _ in range(1000)}) == 1000


def lives(
    faults: dict[int, Fault], disk: SimulatedDisk | None = None
) -> tuple[SimulatedDisk, list[str], list[str], list[str]]:
    """Two notes are dropped while the disk fails: what is left, what was said to be noted, what may be, and the calls."""
    under = disk or SimulatedDisk()
    make_folders(under, PLACE.parent)
    faulty = FaultyDisk(under, faults)
    numbers = count()
    spool = Spool(PLACE, faulty, lambda: f"{next(numbers)}.json")
    said, perhaps = [], []
    for text in ("one", "two"):
        try:
            spool.drop(note(text))
        except OSError:
            continue
        except BaseException as end:
            perhaps.append(text)
            if isinstance(end, Killed):
                break
        else:
            said.append(text)
    return under, said, perhaps, faulty.calls


@pytest.mark.sweep
def test_whatever_the_disk_does_a_note_that_was_acknowledged_is_there_and_one_that_was_refused_is_not() -> None:
    _, said, _, calls = lives({})
    assert said == ["one", "two"]
    tried = 0
    for number, call in enumerate(calls):
        for fault in Fault.all_of(call):
            under, said, perhaps, _ = lives({number: fault})
            for after in (under.crashed(), *(under.power_cut(b, n) for b in Bytes for n in Names)):
                found = texts(Spool(PLACE, after))
                assert set(said) <= set(found), (number, call, fault)
                lost_power = after.files() != under.files()
                if not lost_power and not fault.kills:
                    assert set(found) <= {*said, *perhaps}, (number, call, fault)
                assert len(found) == len(set(found))
                tried += 1
    assert tried > 500


def test_a_full_disk_leaves_nothing_behind(path: Path) -> None:
    class Full(Disk):
        def write(self, fd: int, data: bytes, at: int | None = None) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    spool = Spool(path, Full())
    with pytest.raises(OSError, match="No space"):
        spool.drop(note())
    assert Spool(path).waiting() == []
    assert not list((spool.folder / "tmp").iterdir())


# -------------------------------------------------------------------------------------------------------- taking in


def test_each_is_taken_in_once_for_its_own_probe_and_then_it_is_gone(held: Archive) -> None:
    spool = Spool(held.path)
    for text, probe in (("a", "p1"), ("b", "p2"), ("c", "p1")):
        spool.drop(note(text, probe))
    take_in.take_in_all(held)
    assert observations(held) == [(1, "a"), (2, "c")]
    assert observations(held, "p2") == [(1, "b")]
    assert not spool.waiting()
    take_in.take_in_all(held)
    assert observations(held) == [(1, "a"), (2, "c")]
    assert held.check()[1] == []


def test_one_that_could_not_be_removed_after_it_was_saved_is_not_taken_in_twice(
    held: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(held.path)
    spool.drop(note("once"))
    with monkeypatch.context() as patch:
        patch.setattr(Spool, "remove", fails(errno.EROFS))
        take_in.take_in_all(held)
        take_in.take_in_all(held)
    assert observations(held) == [(1, "once")]
    assert len(spool.waiting()) == 1
    take_in.take_in_all(held)
    assert observations(held) == [(1, "once")]
    assert not spool.waiting()


def test_one_that_could_not_be_saved_waits(held: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(held.path)
    spool.drop(note("waits"))
    with monkeypatch.context() as patch:
        patch.setattr(Disk, "write", fails(errno.ENOSPC))
        with pytest.raises(ArchiveError, match="Not saved"):
            take_in.take_in_all(held)
    assert texts(spool) == ["waits"]
    take_in.take_in_all(held)
    assert observations(held) == [(1, "waits")]


def test_what_is_read_holds_what_waits_under_the_numbers_that_it_would_get(held: Archive) -> None:
    spool = Spool(held.path)
    spool.drop(note("first"))
    take_in.take_in_all(held)
    spool.drop(note("second"))
    read = take_in.with_waiting(held, held.debrief("p1"))
    assert [(each.number, each.text) for each in read.observations] == [(1, "first"), (2, "second")]
    assert texts(spool) == ["second"]
    take_in.take_in_all(held)
    assert held.debrief("p1").observations == read.observations


def strays(spool: Spool) -> dict[str, str]:
    """Put into the spool what doesn't belong there; answers with a part of the sentence for each."""
    spool.drop(note("for nobody", probe="p9"))
    spool.drop(note("another's", created="2020-01-01T00:00:00"))
    gone, another = (name for name, _ in spool.waiting())
    new = spool.folder / "new"
    whole = json.dumps({"redraw_note": 1, "probe": "p1", "created": AT, "at": AT, "by": None, "kind": "", "text": "x"})
    contents = {
        "half": (whole[:40], "it is not JSON"),
        "empty": ("", "it is not JSON"),
        "bytes": ("\x00\x01", "it is not JSON"),
        "nested": ("[" * 100_000, "it is not JSON"),
        "list": ("[1]", "not a note"),
        "newer": (whole.replace('"redraw_note": 1', '"redraw_note": 2'), "not a note"),
        "lacking": (whole.replace('"kind": "", ', ""), "missing or too much"),
        "more": (whole.replace('"kind": "", ', '"kind": "", "z": 1, '), "missing or too much"),
        "time": (whole.replace(f'"at": "{AT}"', '"at": "yesterday"'), "missing or too much"),
        "number": (whole.replace('"x"', "7"), "wrong kind"),
        "kind": (whole.replace('"kind": ""', '"kind": "gossip"'), "wrong kind"),
        "no-by": (whole.replace('"by": null', '"by": 0'), "wrong kind"),
    }
    for name, (content, _) in contents.items():
        (new / name).write_text(content)
    (new / "folder").mkdir()
    (new / "link").symlink_to(spool.folder.parent / "elsewhere")
    os.mkfifo(new / "pipe")
    others = dict.fromkeys(("folder", "link", "pipe"), "it is not a file")
    return {
        gone: "no probe here",
        another: "another archive's",
        **{name: said for name, (_, said) in contents.items()},
        **others,
    }


def test_what_can_not_be_taken_in_is_left_where_it_is_and_told(held: Archive) -> None:
    spool = Spool(held.path)
    told = strays(spool)
    spool.drop(note("a good one"))
    before = set(os.listdir(spool.folder / "new"))
    found = take_in.waiting(held)
    assert sum(map(len, found.notes.values())) == 1
    assert found.left.keys() == told.keys()
    for name, said in told.items():
        assert said in found.left[name]
        assert name in found.left[name]
    take_in.take_in_all(held)
    assert observations(held) == [(1, "a good one")]
    assert set(os.listdir(spool.folder / "new")) == {name for name in before if name in told}
    assert not take_in.waiting(held, told.keys()).left
    assert len(take_in.troubles(held, 0)) == len(told)


def test_what_a_crash_left_half_written_is_told_only_when_it_is_old(held: Archive) -> None:
    spool = Spool(held.path)
    spool.drop(note())
    left = spool.folder / "tmp" / "left"
    left.write_text("{")
    now = left.stat().st_mtime
    assert take_in.troubles(held, now + 1) == []
    (sentence,) = take_in.troubles(held, now + ABANDONED + 1)
    assert str(left) in sentence


def test_a_file_in_place_of_the_folder(held: Archive) -> None:
    spool = Spool(held.path)
    spool.folder.write_text("mine")
    with pytest.raises(NotADirectoryError):
        spool.drop(note())
    assert not spool.holds()
    assert take_in.with_waiting(held, held.debrief("p1")).observations == ()
    (sentence,) = take_in.troubles(held, 0)
    assert "nothing can be noted" in sentence
    assert spool.folder.read_text() == "mine"


@pytest.mark.parametrize("text", HOSTILE_LINES, ids=ascii)
def test_hostile_text_on_its_way_into_the_archive(held: Archive, text: str) -> None:
    Spool(held.path).drop(note(text, by=text))
    take_in.take_in_all(held)
    held.close()
    (found,) = Archive(held.path).debrief("p1").observations
    assert (found.text, found.by) == (text, text)
