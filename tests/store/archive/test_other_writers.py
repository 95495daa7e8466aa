"""An archive that others write, change or remove meanwhile."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive.archive import Archive, ArchiveError, InUse
from store.archive.disk.calls import Disk
from tests.conftest import beside, fails, files
from tests.helpers.small_archives import NOW, ballot, debrief_of, kept, moment, new_probe, same


def test_what_another_process_wrote_in_between_is_taken_in_and_not_overwritten(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    other = Archive(path)
    mine, theirs = debrief_of(moments=(moment(1), moment(2), moment(3))), debrief_of(placements=(ballot(1),))
    archive.commit(debrief_of(), mine)
    archive.close()
    other.commit(debrief_of(), theirs)
    other.close()
    new_probe(archive, "third", NOW)
    both = debrief_of(moments=mine.moments, placements=theirs.placements)
    for opened in (archive, Archive(path)):
        assert same(opened.debrief("p1"), both)
        assert [row["title"] for row in opened.rows("probes")] == ["Weekend canvass", "third"]
    assert other.follow()
    assert not other.follow()
    assert same(other.debrief("s1"), both)


def test_two_processes_that_write_to_one_table_take_turns(archive: Archive, path: Path) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    other = Archive(path)
    for number, writer in enumerate((other, archive, archive, other, archive), 3):
        writer.save([moment(number, f"{number}"), moment(1, f"mended {number}")])
        writer.close()
    other.save([], gone=[moment(5)])
    other.close()
    archive.save([moment(8, "8")])
    texts = {row["number"]: row["text"] for row in kept(path, "moments")}
    assert texts == {1: "mended 7", 2: "a moment", 3: "3", 4: "4", 6: "6", 7: "7", 8: "8"}
    assert archive.check()[1] == []


def test_a_second_archive_reads_and_follows_and_is_told_who_writes(archive: Archive, path: Path) -> None:
    reader = Archive(path)
    archive.commit(None, debrief_of())
    assert (archive.writes, reader.writes) == (True, False)
    new = debrief_of(moments=(moment(1), moment(2), moment(3)))
    steps: tuple[Callable[[], object], ...] = (
        lambda: archive.commit(debrief_of(), new),
        archive.checkpoint,
        lambda: archive.save([ballot(1)]),
        lambda: archive.save([], gone=[ballot(1)]),
    )
    for step in steps:
        step()
        assert reader.follow()
        assert same(reader.debrief("p1"), archive.debrief("p1"))
        for save in (lambda: new_probe(reader, "x", NOW), reader.claim):
            with pytest.raises(InUse, match=rf"process {os.getpid()}, since \d\d \w+, \d\d:\d\d\), and only one can"):
                save()
    assert not reader.follow()
    before = beside(path, "journal").read_bytes()
    reader.close()
    assert beside(path, "journal").read_bytes() == before, "closing a reader changes nothing"
    archive.close()
    assert new_probe(reader, "x", NOW).id == "p2"
    with pytest.raises(InUse):
        new_probe(archive, "y", NOW)


def test_the_saves_of_an_archive_that_was_never_closed_are_there_and_its_lock_is_no_obstacle(path: Path) -> None:
    Archive(path).commit(None, debrief_of())
    assert not path.exists()
    later = Archive(path)
    assert same(later.debrief("p1"), debrief_of())
    new_probe(later, "x", NOW)
    later.close()
    assert [row["title"] for row in kept(path, "probes")] == ["Weekend canvass", "x"]
    assert files(path) == {path.name}


def test_an_archive_goes_on_after_it_was_closed(archive: Archive, path: Path) -> None:
    for number in range(3):
        new_probe(archive, f"{number}", NOW)
        archive.close()
        assert (archive.writes, files(path) >= {path.name}) == (False, True)
    assert [row["id"] for row in kept(path, "probes")] == ["p1", "p2", "p3"]


@pytest.mark.parametrize("checkpoint", [True, False])
def test_an_archive_that_is_removed_meanwhile_is_written_again_whole(
    archive: Archive, path: Path, checkpoint: bool
) -> None:
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    if checkpoint:
        archive.checkpoint()
    path.unlink()
    archive.save([ballot(2)])
    archive.close()
    assert same(Archive(path).debrief("p1"), debrief_of(placements=(ballot(1), ballot(2))))


@pytest.mark.parametrize("checkpoint", [True, False])
def test_a_folder_that_is_removed_meanwhile_is_made_again_with_all_in_it(tmp_path: Path, checkpoint: bool) -> None:
    path = tmp_path / "folder" / "logbook.json"
    archive = Archive(path)
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    if checkpoint:
        archive.checkpoint()
    shutil.rmtree(path.parent)
    assert same(archive.debrief("p1"), debrief_of(placements=(ballot(1),))), "what was read before can still be shown"
    archive.save([ballot(2)])
    wanted = debrief_of(placements=(ballot(1), ballot(2)))
    assert same(Archive(path).debrief("p1"), wanted)
    with pytest.raises(InUse):
        Archive(path).claim()
    archive.close()
    assert same(Archive(path).debrief("p1"), wanted)
    assert files(path) == {path.name}


def test_a_folder_that_is_removed_before_the_end_is_made_again_by_closing(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "logbook.json"
    archive = Archive(path)
    archive.commit(None, debrief_of())
    shutil.rmtree(path.parent)
    archive.close()
    assert same(Archive(path).debrief("p1"), debrief_of())


SPOILT = (b"", b"{}", b"not JSON", b'{"meta": {"1": {"schema": 2}}}', b'{"notes": {"1": {}}}', b"[" * 100_000)


@pytest.mark.parametrize("claims", [True, False])
@pytest.mark.parametrize("in_place", [True, False])
@pytest.mark.parametrize("bad", SPOILT, ids=lambda bad: bad[:20])
def test_an_archive_that_is_spoilt_meanwhile_is_never_overwritten(
    path: Path, bad: bytes, in_place: bool, claims: bool
) -> None:
    archive = Archive(path)
    archive.commit(None, debrief_of())
    archive.close()
    if claims:
        archive.claim()
    good = path.read_bytes()
    if not in_place:
        path.rename(path.with_name("good.json"))
    path.write_bytes(bad)
    new = debrief_of(placements=(ballot(1),))
    for _ in range(2):
        with pytest.raises(ArchiveError, match="untouched"):
            archive.commit(debrief_of(), new)
        assert path.read_bytes() == bad
    assert in_place or same(archive.debrief("p1"), debrief_of()), "what was read before can still be shown"
    path.write_bytes(good)
    archive.commit(debrief_of(), new)
    assert same(Archive(path).debrief("p1"), new)


@pytest.mark.parametrize("bad", SPOILT, ids=lambda bad: bad[:20])
def test_an_archive_that_is_spoilt_while_saves_stand_in_the_journal_is_kept_beside_it(
    archive: Archive, path: Path, bad: bytes
) -> None:
    archive.commit(None, debrief_of())
    archive.checkpoint()
    archive.save([ballot(1)])
    good = path.read_bytes()
    path.write_bytes(bad)
    archive.save([ballot(2)])
    for end in (archive.checkpoint, archive.close):
        with pytest.raises(ArchiveError, match=r"was changed by another program .* what you entered is in"):
            end()
        assert path.read_bytes() == bad
    journal = beside(path, "journal").read_bytes()
    with pytest.raises(ArchiveError, match=r"was changed by another program, or removed, .* Both were left untouched"):
        Archive(path)
    assert (path.read_bytes(), beside(path, "journal").read_bytes()) == (bad, journal)
    path.write_bytes(good)
    assert same(Archive(path).debrief("p1"), debrief_of(placements=(ballot(1), ballot(2))))


def test_a_file_that_another_program_makes_where_there_was_none_is_not_overwritten(
    archive: Archive, path: Path
) -> None:
    archive.commit(None, debrief_of())
    path.write_bytes(b"theirs")
    with pytest.raises(ArchiveError, match="was changed by another program"):
        archive.close()
    assert path.read_bytes() == b"theirs"
    path.unlink()
    assert same(Archive(path).debrief("p1"), debrief_of())


@pytest.mark.parametrize("main", [True, False])
def test_a_journal_that_belongs_to_another_archive_is_refused_and_nothing_is_touched(
    archive: Archive, path: Path, tmp_path: Path, main: bool
) -> None:
    other = Archive(tmp_path / "other.json")
    new_probe(other, "theirs", NOW)
    other.checkpoint()
    new_probe(other, "theirs as well", NOW)
    new_probe(archive, "mine", NOW)
    archive.close()
    journal = beside(other.path, "journal").read_bytes()
    beside(path, "journal").write_bytes(journal)
    if not main:
        path.unlink()
    held = {each: each.read_bytes() for each in tmp_path.iterdir()}
    with pytest.raises(ArchiveError, match=r"was changed by another program, or removed") as raised:
        Archive(path)
    assert "\n" not in str(raised.value)
    assert {each: each.read_bytes() for each in tmp_path.iterdir()} == held


@pytest.mark.parametrize("call", ["open", "lock"])
@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_a_folder_that_can_not_be_written_is_one_sentence_and_the_archive_is_read(
    archive: Archive, path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    archive.commit(None, debrief_of())
    archive.close()
    before = path.read_bytes()
    opens = Disk.open

    def read_only(disk: Disk, path: Path, flags: int) -> int:
        return fails(number)() if flags & (os.O_WRONLY | os.O_RDWR) else opens(disk, path, flags)

    monkeypatch.setattr(Disk, call, read_only if call == "open" else fails(number))
    reader = Archive(path)
    assert same(reader.debrief("p1"), debrief_of())
    for save in (reader.claim, lambda: new_probe(reader, "x", NOW)):
        with pytest.raises(ArchiveError, match="Check the permissions of its folder") as raised:
            save()
        assert not isinstance(raised.value, InUse)
    reader.close()
    assert path.read_bytes() == before
