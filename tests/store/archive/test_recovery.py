"""What is found at opening: put together, or refused and left alone."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from store.archive.disk.calls import Disk
from store.archive.disk.changes import Changes
from store.archive.disk.lock import Held
from store.archive.following import Changed, JournalDamaged, Moved, SeveralNames
from store.archive.storage import DurableStorage
from tests.conftest import beside, fails, files, lines
from tests.helpers.storages import everything, ids, put, seen


@pytest.fixture
def left(path: Path) -> Path:
    """An archive with two documents in its file and three in its journal, that nobody has closed."""
    kept = DurableStorage(path)
    for id in range(1, 6):
        put(kept, id)
        if id == 2:
            kept.checkpoint()
    return path


def test_a_journal_cut_off_anywhere_gives_what_was_whole_and_keeps_the_rest_aside(left: Path) -> None:
    journal, torn = beside(left, "journal"), beside(left, "torn")
    data = lines(left)
    for length in range(0, len(data), 11):
        journal.write_bytes(data[:length])
        whole = list(range(1, max(data[:length].count(b"\n"), 1) + 2))
        before = everything(left)
        assert seen(left) == whole
        assert everything(left) == before, "looking changes nothing"
        kept = DurableStorage(left)
        put(kept, 9)
        assert ids(kept) == seen(left) == [*whole, 9]
        tail = data[:length].rpartition(b"\n")[2].rstrip(b" ")
        assert (torn.read_bytes() if torn.exists() else b"") == tail
        torn.unlink(missing_ok=True)
        del kept


@pytest.mark.parametrize("line", [0, 1, 2])
def test_damage_in_the_middle_of_a_journal_is_refused_and_nothing_is_touched(left: Path, line: int) -> None:
    journal = beside(left, "journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b'"', b"'", 1)
    journal.write_bytes(b"".join(lines))
    before = everything(left)
    with pytest.raises(JournalDamaged, match=f"line {line + 1} "):
        DurableStorage(left)
    assert everything(left) == before


def test_a_journal_that_becomes_damaged_is_written_anew_by_whoever_has_read_it_before(left: Path) -> None:
    kept = DurableStorage(left)
    journal = beside(left, "journal")
    journal.write_bytes(journal.read_bytes().replace(b'"3"', b'"7"'))
    with pytest.raises(JournalDamaged):
        DurableStorage(left)
    put(kept, 9)
    assert ids(kept) == seen(left) == [1, 2, 3, 4, 5, 9]


@pytest.mark.parametrize("begun", [b"", b"0", b"0 1234", b"\0" * 4096, b"\n"])
def test_an_empty_journal_or_half_a_header_is_as_good_as_none(path: Path, begun: bytes) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.close()
    beside(path, "journal").write_bytes(begun)
    assert seen(path) == [1]
    put(kept, 2)
    assert seen(path) == [1, 2]


@pytest.mark.parametrize("what", ["gone", "backup", "edited", "another journal"])
def test_a_journal_is_put_upon_no_other_file_than_its_own(left: Path, tmp_path: Path, what: str) -> None:
    if what == "gone":
        left.unlink()
    elif what == "backup":
        kept = DurableStorage(left)
        kept.checkpoint()
        put(kept, 6)
        del kept
        os.replace(beside(left, "backup-1"), left)
    elif what == "edited":
        left.write_bytes(left.read_bytes().replace(b'"x"', b'"y"'))
    else:
        other = DurableStorage(tmp_path / "other.json")
        put(other, 1)
        other.checkpoint()
        put(other, 7)
        beside(left, "journal").write_bytes(beside(other.path, "journal").read_bytes())
        del other
    before = everything(left)
    with pytest.raises(Changed):
        DurableStorage(left)
    assert everything(left) == before


def test_a_journal_fits_upon_the_file_that_a_checkpoint_made_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    kept.change(Changes(tables={"moments": {1: None}}))
    journal = lines(path)
    remove = Disk.remove

    def keeps_journals(disk: Disk, each: Path) -> None:
        fails(errno.EIO)() if each == beside(path, "journal") else remove(disk, each)

    with monkeypatch.context() as broken:
        broken.setattr(Disk, "remove", keeps_journals)
        kept.checkpoint()
    assert beside(path, "journal").read_bytes().startswith(journal)
    del kept
    assert seen(path) == [2]
    later = DurableStorage(path)
    put(later, 3)
    later.close()
    assert seen(path) == [2, 3]


def test_a_whole_folder_that_is_removed_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "logbook.json"
    kept = DurableStorage(path, create_dirs=True)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    shutil.rmtree(tmp_path / "a")
    put(kept, 3)
    assert seen(path) == [1, 2, 3]
    assert files(path) >= {path.name, beside(path, "journal").name}
    with pytest.raises(Held):
        put(DurableStorage(path), 4)


@pytest.mark.parametrize("above", [True, False])
def test_in_a_folder_that_is_renamed_saving_goes_on_and_it_is_said(tmp_path: Path, above: bool) -> None:
    path = tmp_path / "a" / "b" / "logbook.json"
    kept = DurableStorage(path, create_dirs=True)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    renamed = (tmp_path / "c", tmp_path / "c" / "b") if above else (tmp_path / "a" / "c",) * 2
    os.replace(tmp_path / "a" if above else tmp_path / "a" / "b", renamed[0])
    there = renamed[1] / path.name
    put(kept, 3)
    assert isinstance(kept.displaced, Moved)
    assert not path.parent.exists(), "it isn't made anew"
    assert seen(there) == [1, 2, 3]
    with pytest.raises(Moved):
        kept.checkpoint()
    assert not path.parent.exists()
    os.replace(renamed[0], tmp_path / "a" if above else tmp_path / "a" / "b")
    put(kept, 4)
    assert kept.displaced is None
    kept.close()
    assert seen(path) == [1, 2, 3, 4]


@pytest.mark.parametrize("saves", [1, 2])
def test_another_file_in_place_of_the_archive_is_said_at_the_next_save_and_both_are_kept(
    path: Path, tmp_path: Path, saves: int
) -> None:
    kept, other = DurableStorage(path), DurableStorage(tmp_path / "other.json")
    put(other, 9)
    other.close()
    put(kept, 1)
    kept.checkpoint()
    for id in range(2, 2 + saves):
        put(kept, id)
    os.replace(path, tmp_path / "mine.json")
    os.replace(tmp_path / "other.json", path)
    theirs = path.read_bytes()
    put(kept, 4)
    assert isinstance(kept.displaced, Changed)
    with pytest.raises(Changed):
        kept.close()
    assert path.read_bytes() == theirs
    os.replace(tmp_path / "mine.json", path)
    assert seen(path) == [1, *range(2, 2 + saves), 4]


def test_a_second_name_of_the_archive_makes_no_second_writer(path: Path, tmp_path: Path) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    kept.close()
    (tmp_path / "name.json").hardlink_to(path)
    for name in (path, tmp_path / "name.json"):
        assert seen(name) == [1], "it can be read"
        with pytest.raises(SeveralNames):
            put(DurableStorage(name), 2)
    (tmp_path / "name.json").unlink()
    put(DurableStorage(path), 2)
    assert seen(path) == [1, 2]


def test_the_name_that_a_checkpoint_gave_its_backup_before_it_was_cut_off_is_no_obstacle(path: Path) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    kept.close()
    beside(path, "backup-1").unlink(missing_ok=True)
    beside(path, "backup-1").hardlink_to(path)
    put(DurableStorage(path), 2)
    assert seen(path) == [1, 2]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open can't be removed")
@pytest.mark.parametrize("closes", [True, False])
def test_a_lock_that_was_removed_is_taken_again_only_after_what_another_saved_is_seen(path: Path, closes: bool) -> None:
    kept = DurableStorage(path)
    put(kept, 1)
    kept.checkpoint()
    put(kept, 2)
    beside(path, "lock").unlink()
    other = DurableStorage(path)
    put(other, 3)
    if closes:
        other.close()
    else:  # it was killed
        other._lock.release()
    for _ in range(2):
        with pytest.raises(Changed):
            put(kept, 4)
    assert seen(path) == [1, 2, 3], "what the other one has saved"
    kept.close()
    assert seen(path) == [1, 2, 3]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file that is open can't be removed")
def test_who_has_taken_over_after_a_folder_was_removed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "logbook.json"
    kept = DurableStorage(path, create_dirs=True)
    put(kept, 1)
    shutil.rmtree(path.parent)
    other = DurableStorage(path, create_dirs=True)
    put(other, 2)
    with pytest.raises(Held):
        put(kept, 3)
    put(other, 4)
    assert seen(path) == ids(other) == [2, 4]
    assert ids(kept) == [1]
    other.close()
    with pytest.raises(Changed):
        put(kept, 5)
    with pytest.raises(Changed):
        kept.checkpoint()
